"""The brief's content out of a real portfolio."""

from __future__ import annotations

import datetime as dt

import pypdfium2
import pytest

from kam_desktop.models.registry import (
    Account,
    Attendee,
    ChecklistItem,
    Commitment,
    Contract,
    Interaction,
    Meeting,
    Note,
    Opportunity,
    Person,
    RevenueEntry,
    RoleInDecision,
    TeamMember,
)
from kam_desktop.models.vocabulary import (
    ActionState,
    ChecklistState,
    ClaimField,
    CommitmentState,
    DecisionRole,
    InteractionKind,
    MeetingType,
    OpportunityState,
    Side,
    Tier,
)
from kam_desktop.services import actions, brief_editing, claims, meetings, people
from kam_desktop.services.accounts import add_account
from kam_desktop.services.analysis.health import Band
from kam_desktop.services.errors import UserError
from kam_desktop.services.formatting import set_region
from kam_desktop.services.handouts.audience import Internal
from kam_desktop.services.handouts.brief import brief_content
from kam_desktop.services.handouts.brief_edits import BriefEdits
from kam_desktop.services.handouts.brief_outline import outline
from kam_desktop.services.handouts.content import BriefContent, ChangeKind, RemarkKind
from kam_desktop.services.handouts.outline import BriefLine, SectionKey
from kam_desktop.services.handouts.pdf import render_brief
from kam_desktop.services.handouts.remark_words import remark_text
from kam_desktop.services.map_change_words import change_text
from kam_desktop.services.queries import brief as rows
from kam_desktop.services.storage.portfolio import Portfolio
from tests.conftest import StillClock

ZONE = "Europe/Lisbon"
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def english() -> None:
    set_region("en_GB")


def at(month: int, day: int, hour: int = 9) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, tzinfo=dt.UTC)


@pytest.fixture
def aurora(portfolio: Portfolio) -> str:
    """An account with one of everything."""
    account = Account(
        name="Aurora Foods", tier=Tier.KEY, street="Via Torino 12", postcode="20123",
        city="Milano", country="Italy", time_zone="Europe/Rome",
    )  # fmt: skip
    key = account.id
    marta = Person(account_id=key, name="Marta Díaz", title="Operations", support=2, influence=7)
    kenji = Person(account_id=key, name="Kenji Mori", title="Finance", influence=9)
    gone = Person(account_id=key, name="Left Long Ago", influence=10, left_on=dt.date(2026, 1, 1))
    clara = TeamMember(name="Clara Novak", is_me=True)
    before = Meeting(
        account_id=key, title="Summer review", type=MeetingType.BUSINESS_REVIEW,
        starts_at=at(9, 3), zone="Europe/Rome", outcome="Pilot extended", next_step="Report",
    )  # fmt: skip
    coming = Meeting(
        account_id=key, title="Autumn review", type=MeetingType.BUSINESS_REVIEW,
        starts_at=at(11, 24), zone="Europe/Rome", objective_ours="Agree the second line",
    )  # fmt: skip
    entities = [
        RoleInDecision(person_id=marta.id, role=DecisionRole.CHAMPION),
        Attendee(meeting_id=coming.id, person_id=kenji.id),
        Attendee(meeting_id=coming.id, team_member_id=clara.id),
        ChecklistItem(meeting_id=coming.id, position=0, text="Read", state=ChecklistState.DONE),
        ChecklistItem(meeting_id=coming.id, position=1, text="Book the train"),
        Commitment(account_id=key, side=Side.OURS, text="Pilot report",
                   due_on=dt.date(2026, 11, 18)),
        Commitment(account_id=key, side=Side.THEIRS, text="Forecast", person_id=kenji.id),
        Commitment(account_id=key, side=Side.OURS, text="Spare parts", state=CommitmentState.KEPT,
                   closed_on=dt.date(2026, 10, 9)),
        Commitment(account_id=key, side=Side.OURS, text="Older than that",
                   state=CommitmentState.KEPT, closed_on=dt.date(2026, 8, 1)),
        Interaction(account_id=key, kind=InteractionKind.VISIT, at=at(11, 14), person_id=marta.id,
                    summary="Walked the line"),
        Interaction(account_id=key, kind=InteractionKind.CALL, at=at(8, 1), summary="Too old"),
        Note(account_id=key, text="Quality seat vacant", at=at(10, 20)),
        Opportunity(account_id=key, name="Second line", value_minor=48_000_000, currency="EUR"),
        Opportunity(account_id=key, name="Brazil", value_minor=9_500_000, currency="BRL"),
        Opportunity(account_id=key, name="Won already", value_minor=1, currency="EUR",
                    state=OpportunityState.WON),
        Contract(account_id=key, name="Frame", notice_on=dt.date(2026, 12, 31),
                 ends_on=dt.date(2027, 3, 31)),
        Contract(account_id=key, name="Ancient", ends_on=dt.date(2020, 1, 1)),
        RevenueEntry(account_id=key, starts_on=dt.date(2026, 10, 1), ends_on=dt.date(2026, 10, 31),
                     amount_minor=4_000_000, currency="EUR"),
    ]  # fmt: skip
    with portfolio.unit_of_work("Make an account") as work:
        work.add(account)
        work.session.flush()
        for entity in (marta, kenji, gone, clara, before, coming):
            work.add(entity)
        work.session.flush()
        for row in entities:
            work.add(row)
    return key


@pytest.fixture
def brief(portfolio: Portfolio, aurora: str, clock: StillClock) -> BriefContent:
    with portfolio.reading() as db:
        return brief_content(db, aurora, clock=clock, zone=ZONE)


def test_whom_and_when(brief: BriefContent) -> None:
    assert brief.account.content.address == "Via Torino 12, 20123 Milano, Italy"
    assert brief.tier.content is Tier.KEY
    meeting = brief.meeting.content
    assert meeting is not None
    assert (meeting.title, meeting.ours) == ("Autumn review", ("Clara Novak",))
    assert brief.aim.content.ours == "Agree the second line"


def test_who_is_in_the_room_comes_first_and_who_left_is_not_there(brief: BriefContent) -> None:
    people = brief.people.content.rows
    assert [(each.name, each.attends) for each in people] == [
        ("Kenji Mori", True),
        ("Marta Díaz", False),
    ]
    assert people[0].support is None


def test_what_changed_since_the_last_meeting(brief: BriefContent) -> None:
    changes = brief.changes.content
    assert changes.since == dt.date(2026, 9, 3)
    assert (changes.outcome, changes.next_step) == ("Pilot extended", "Report")
    assert [(each.kind, each.text) for each in changes.listed.rows] == [
        (InteractionKind.VISIT, "Walked the line"),
        (ChangeKind.NOTE, "Quality seat vacant"),
        (ChangeKind.KEPT, "Spare parts"),
    ]


def test_open_promises_of_both_sides(brief: BriefContent) -> None:
    rows = brief.promises.content.rows
    assert [(each.side, each.text, each.days_late) for each in rows] == [
        (Side.OURS, "Pilot report", 2),
        (Side.THEIRS, "Forecast", 0),
    ]
    assert rows[1].person == "Kenji Mori"


def test_money_stays_in_its_currency(brief: BriefContent) -> None:
    deals = brief.deals.content
    assert deals.count == 2
    assert deals.totals == (("BRL", 9_500_000), ("EUR", 48_000_000))
    (revenue,) = brief.revenue.content
    assert revenue.currency == "EUR"
    assert [amount for amount in revenue.minor if amount] == [4_000_000]
    assert revenue.minor.count(None) == 12


def test_contracts_long_over_are_left_out(brief: BriefContent) -> None:
    assert [each.name for each in brief.contracts.content.rows] == ["Frame"]


def test_risks_and_questions(brief: BriefContent) -> None:
    assert [each.kind for each in brief.risks.content] == [
        RemarkKind.NOTICE_SOON,
        RemarkKind.OURS_LATE,
    ]
    assert [(each.kind, each.about) for each in brief.questions.content] == [
        (RemarkKind.NO_ECONOMIC_BUYER, ""),
        (RemarkKind.SUPPORT_UNKNOWN, "Kenji Mori"),
        (RemarkKind.ROLE_UNKNOWN, "Kenji Mori"),
        (RemarkKind.RENEWAL, "Frame"),
    ]


def test_preparation(brief: BriefContent) -> None:
    checklist = brief.checklist.content
    assert checklist is not None
    assert (checklist.done, [item.text for item in checklist.open]) == (1, ["Book the train"])


def test_a_thin_account_has_no_colour(portfolio: Portfolio, clock: StillClock) -> None:
    account = Account(name="Thin")
    with portfolio.unit_of_work("Add") as work:
        work.add(account)
    with portfolio.reading() as db:
        brief = brief_content(db, account.id, clock=clock, zone=ZONE)
    assert brief.health.content.band is Band.UNKNOWN
    assert brief.meeting.content is None
    assert brief.questions.content[0].kind is RemarkKind.NOBODY_KNOWN
    assert b"%PDF" in render_brief(brief)


def test_it_prints(brief: BriefContent) -> None:
    page = pypdfium2.PdfDocument(render_brief(brief))[0]
    text = page.get_textpage().get_text_bounded()
    for words in ("Aurora Foods", "Kenji Mori", "Walked the line", "Pilot report", "2 days late"):
        assert words in text


def test_what_is_gone_is_said(portfolio: Portfolio, aurora: str, clock: StillClock) -> None:
    with portfolio.reading() as db:
        with pytest.raises(UserError, match="account is no longer here"):
            brief_content(db, "nobody", clock=clock)
        with pytest.raises(UserError, match="meeting is no longer here"):
            brief_content(db, aurora, meeting_id="never", clock=clock)


def test_people_who_are_new_gone_or_judged_anew_since_the_last_meeting(
    portfolio: Portfolio, clock: StillClock
) -> None:
    """What was recorded after the meeting counts, also where it was noted for an earlier day."""
    then = clock.instant
    clock.instant = then - dt.timedelta(days=100)
    with portfolio.unit_of_work("Add account") as work:
        account = add_account(work, name="Borealis")
        work.flush()
        kenji = people.add_person(work, account, "Kenji Mori", support=0, title="CFO")
        ana = people.add_person(work, account, "Ana Costa")
        work.add(
            Meeting(
                account_id=account,
                title="Review",
                type=MeetingType.BUSINESS_REVIEW,
                starts_at=then - dt.timedelta(days=60),
            )
        )
    clock.instant = then - dt.timedelta(days=10)
    with portfolio.unit_of_work("Judge") as work:
        people.update_person(work, kenji, support=1, title="CEO")
        people.update_person(work, ana, left_on=work.today - dt.timedelta(days=80))
        people.add_person(work, account, "Anna Berg")
    clock.instant = then
    with portfolio.reading() as db:
        changes = brief_content(db, account, clock=clock).changes
    assert isinstance(changes, Internal)
    assert [change_text(each) for each in changes.content.people.rows] == [
        "Ana Costa has left",
        "Kenji Mori: neutral → supporter",
        "Anna Berg is new",
    ]
    assert (changes.content.people.more, changes.content.listed.more) == (0, 0)


def test_an_account_that_is_newer_than_the_last_three_months_has_no_news_of_people(
    portfolio: Portfolio, clock: StillClock
) -> None:
    with portfolio.unit_of_work("Add account") as work:
        account = add_account(work, name="Borealis")
        work.flush()
        people.add_person(work, account, "Kenji Mori")
    with portfolio.reading() as db:
        changes = brief_content(db, account, clock=clock).changes.content
    assert changes.people.rows == ()


def test_open_actions_of_ours(portfolio: Portfolio, aurora: str, clock: StillClock) -> None:
    with portfolio.unit_of_work("Add actions") as work:
        for number in range(3):
            actions.add_action(work, aurora, f"Step {number}", due_on=dt.date(2026, 11, 18))
        done = actions.add_action(work, aurora, "Done already")
        work.flush()
        actions.set_action_state(work, done, ActionState.DONE)
    with portfolio.reading() as db:
        found = brief_content(db, aurora, clock=clock).actions.content
    assert [(each.text, each.days_late) for each in found.rows] == [
        (f"Step {number}", 2) for number in range(3)
    ]
    assert found.more == 0


def test_a_judgement_of_long_ago_is_faded_and_asked_for(
    portfolio: Portfolio, aurora: str, clock: StillClock
) -> None:
    """Support of medium confidence: 0.7 · 2^(−400/180) = 0.15, below 0.25. An unknown one does
    not fade, and neither does one of yesterday."""
    long_ago, yesterday = clock.today() - dt.timedelta(days=400), clock.today() - ONE_DAY
    with portfolio.reading() as db:
        ids = {each.name: each.id for each in rows.people(db, aurora, "", 9)}
    with portfolio.unit_of_work("Judge") as work:
        for name, field, value, day in (
            ("Marta Díaz", "support", 2, long_ago),
            ("Marta Díaz", "influence", 7, yesterday),
            ("Kenji Mori", "support", None, long_ago),
        ):
            claims.state_claim(
                work, ids[name], field, value, source="said", confidence="medium", on=day
            )
    with portfolio.reading() as db:
        brief = brief_content(db, aurora, clock=clock)
    faded = {each.name: each.faded for each in brief.people.content.rows}
    assert faded == {"Marta Díaz": ((ClaimField.SUPPORT, long_ago),), "Kenji Mori": ()}
    (question,) = (
        each for each in brief.questions.content if each.kind is RemarkKind.SUPPORT_FADED
    )
    assert remark_text(question) == "Has Marta Díaz’s view of us changed since 16 Oct 2025?"
    assert question.id == ids["Marta Díaz"]


def test_more_than_is_read_is_counted(portfolio: Portfolio, aurora: str, clock: StillClock) -> None:
    with portfolio.unit_of_work("Add") as work:
        for number in range(30):
            people.add_person(work, aurora, f"Somebody {number}")
            work.add(Interaction(account_id=aurora, kind=InteractionKind.CALL, at=at(11, 15),
                                 summary=f"Call {number}"))  # fmt: skip
            work.add(Opportunity(account_id=aurora, name=f"Deal {number}"))
    with portfolio.reading() as db:
        brief = brief_content(db, aurora, clock=clock)
    assert brief.people.content.more == 32 - len(brief.people.content.rows)
    assert brief.deals.content.listed.more == 32 - len(brief.deals.content.listed.rows)
    changes = brief.changes.content.listed
    assert changes.more == 33 - len(changes.rows)


def test_questions_already_written_down_are_not_proposed_again(
    portfolio: Portfolio, aurora: str, clock: StillClock
) -> None:
    with portfolio.reading() as db:
        before = brief_content(db, aurora, clock=clock)
    meeting = before.meeting.content
    assert meeting is not None
    with portfolio.unit_of_work("Ask") as work:
        brief_editing.take_question(work, meeting.id, "Where does Kenji Mori stand?")
    with portfolio.reading() as db:
        after = brief_content(db, aurora, clock=clock)
    assert [line.group for line in questions_of(before)] == [""] * 4
    assert questions_of(after)[0].text == "Where does Kenji Mori stand?"
    assert [line.group for line in questions_of(after)] == [
        "Written down",
        *["Proposed: unknown or long ago"] * 3,
    ]


def questions_of(brief: BriefContent) -> tuple[BriefLine, ...]:
    sections = {each.key: each for each in outline(brief).content}
    return sections[SectionKey.QUESTIONS].lines


def test_the_users_version_is_kept_with_the_meeting_and_undone(
    portfolio: Portfolio, aurora: str, clock: StillClock
) -> None:
    def edits() -> BriefEdits:
        with portfolio.reading() as db:
            return brief_content(db, aurora, clock=clock).edits.content

    with portfolio.reading() as db:
        meeting = brief_content(db, aurora, clock=clock).meeting.content
    assert meeting is not None
    made = BriefEdits().with_own("risks", "Mind\x00 the works council")
    with portfolio.unit_of_work("Edit") as work:
        brief_editing.keep_brief(work, meeting.id, made)
    assert [each.text for each in edits().own] == ["Mind the works council"]
    with portfolio.unit_of_work("Reset") as work:
        brief_editing.keep_brief(work, meeting.id, BriefEdits())
    assert edits().empty
    with portfolio.reading() as db:
        assert db.value("SELECT brief FROM meeting WHERE id = ?", (meeting.id,)) is None
    portfolio.undo()
    assert len(edits().own) == 1
    portfolio.undo()
    assert edits().empty


def test_when_to_leave_and_the_link(portfolio: Portfolio, aurora: str, clock: StillClock) -> None:
    with portfolio.reading() as db:
        before = brief_content(db, aurora, clock=clock).meeting.content
    assert before is not None
    with portfolio.unit_of_work("Plan the way") as work:
        meetings.set_travel(work, before.id, 90)
        meetings.update_meeting(work, before.id, link="https://meet.example/a")
    with portfolio.reading() as db:
        brief = brief_content(db, aurora, clock=clock, zone=ZONE)
    text = pypdfium2.PdfDocument(render_brief(brief))[0].get_textpage().get_text_bounded()
    # 10:00 in Rome is 09:00 in Lisbon, from where one sets out.
    assert "leave at 07:30" in text
    assert "https://meet.example/a" in text
