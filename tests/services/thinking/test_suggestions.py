"""What is suggested and why, that dismissing lasts, and that confirming is one step."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from kam_desktop.models.registry import (
    Attendee,
    Claim,
    Interaction,
    InteractionPerson,
    Meeting,
    Person,
    RoleInDecision,
)
from kam_desktop.models.vocabulary import (
    ClaimField,
    ClaimSource,
    Confidence,
    DecisionRole,
    InteractionKind,
    MeetingType,
    TieKind,
)
from kam_desktop.services import accounts
from kam_desktop.services.analysis.relationship_rules import SuggestionRules
from kam_desktop.services.analysis.role_quota import role_needs
from kam_desktop.services.analysis.suggestions import (
    Hints,
    Judged,
    Suggestion,
    Together,
    suggestions,
)
from kam_desktop.services.analysis.suggestions import SuggestionKind as Kind
from kam_desktop.services.errors import UserError
from kam_desktop.services.queries.map_analysis import AccountThinking, account_thinking
from kam_desktop.services.queries.map_facts import count_together
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.suggestion_words import suggestion_reason, suggestion_text
from kam_desktop.services.suggestions import (
    confirm_suggestion,
    dismiss_suggestion,
    recall_suggestions,
)
from tests.conftest import StillClock
from tests.services.thinking.people import ON, facts, somebody, tie, visits

RULES = SuggestionRules()


def found(*people: object, **given: object) -> dict[Kind, Suggestion]:
    ties = given.pop("ties", ())
    known = facts(people, ties)  # type: ignore[arg-type]
    hints = Hints(**given)  # type: ignore[arg-type]
    return {each.kind: each for each in suggestions(known, (), hints, RULES)}


def test_people_who_met_three_times_seem_to_know_each_other() -> None:
    often = {("a", "b"): Together(2, 1, ON)}
    suggested = found(somebody("a"), somebody("b"), together=often)[Kind.TIE_BY_TOUCHES]
    assert (suggested.people, suggested.tie) == (("a", "b"), TieKind.INFORMAL)
    reason = suggestion_reason(suggested)
    assert "2 meetings or talks and 1 e-mail" in reason
    seldom = {("a", "b"): Together(2, 0, ON)}
    assert Kind.TIE_BY_TOUCHES not in found(somebody("a"), somebody("b"), together=seldom)


def test_people_who_are_tied_already_are_not_suggested_whatever_the_tie() -> None:
    often = {("a", "b"): Together(9, 0, ON)}
    ties = [tie("b", "a", TieKind.CONFLICT)]
    assert Kind.TIE_BY_TOUCHES not in found(somebody("a"), somebody("b"), together=often, ties=ties)


def test_a_title_that_names_a_colleague_suggests_a_manager() -> None:
    boss = somebody("Maria Rossi")
    helper = somebody("x", title="Assistant to Maria Rossi, Lodi")
    suggested = found(boss, helper)[Kind.TIE_BY_TITLE]
    assert (suggested.people, suggested.tie) == (("x", "Maria Rossi"), TieKind.REPORTS_TO)
    assert Kind.TIE_BY_TITLE not in found(
        boss, helper, somebody("other"), ties=[tie("x", "other", TieKind.REPORTS_TO)]
    )


def test_two_of_one_name_in_a_title_suggest_nobody() -> None:
    twins = [
        type(somebody("m"))("m1", "Maria Rossi"),
        type(somebody("m"))("m2", "Maria Rossi"),
    ]
    assert found(*twins, somebody("x", title="Assistant to Maria Rossi")) == {}


def test_what_is_unknown_is_asked_only_of_people_who_matter() -> None:
    buyer = somebody("a", roles=[DecisionRole.ECONOMIC_BUYER])
    assert {Kind.UNKNOWN_INFLUENCE, Kind.UNKNOWN_SUPPORT} <= set(found(buyer))
    assert set(found(somebody("b", influence=8))) == {Kind.UNKNOWN_SUPPORT}
    assert found(somebody("c", influence=3)) == {}


def test_faded_judgements_of_people_who_matter_are_to_be_renewed() -> None:
    person = somebody("a", influence=9, support=1)
    old = {("a", ClaimField.SUPPORT): Judged(ON - dt.timedelta(days=500), 0.1)}
    suggested = found(person, judged=old)[Kind.FADED]
    assert suggested.field is ClaimField.SUPPORT
    fresh = {("a", ClaimField.SUPPORT): Judged(ON, 0.9)}
    assert found(person, judged=fresh) == {}


def test_a_contact_is_due_past_its_cadence_and_the_key_goes_by_the_last_touch() -> None:
    late = somebody("a", cadence_days=30, touches=visits(1))
    assert found(late) == {}
    never = found(somebody("a", cadence_days=30))[Kind.CADENCE_OVERDUE]
    assert never.on is None
    assert never.key == "cadence_overdue:a:None"


def test_left_but_still_with_a_role_comes_first() -> None:
    gone = somebody("a", left_on=ON, roles=[DecisionRole.CHAMPION])
    here = somebody("b", influence=9)
    assert next(iter(found(gone, here))) is Kind.LEFT_WITH_ROLE


def test_a_missing_role_is_suggested_until_a_seat_keeps_it_in_sight() -> None:
    quotas = {"": {DecisionRole.CHAMPION: 1}}
    seat = somebody("seat", vacant=True, roles=[DecisionRole.CHAMPION])
    for people, expected in (([somebody("a")], 1), ([somebody("a"), seat], 0)):
        known = facts(people)
        made = suggestions(known, role_needs(known, quotas), Hints(), RULES)
        assert len(made) == expected


def test_nothing_is_suggested_while_nobody_is_there() -> None:
    assert suggestions(facts([]), (), Hints(sponsored=False), RULES) == ()
    assert Kind.NO_SPONSOR in found(somebody("a"), sponsored=False)


def test_a_meeting_and_its_touch_are_one_occasion_and_a_crowd_is_none() -> None:
    day = ON.isoformat()
    rows = [("m1", "", day, "a"), ("m1", "visit", day, "b"), ("m1", "visit", day, "a")]
    assert count_together(rows) == {("a", "b"): Together(1, 0, ON)}
    assert count_together([("m1", "", day, f"p{n}") for n in range(13)]) == {}


@dataclass(frozen=True, slots=True)
class Story:
    account: str
    ann: str
    ben: str
    gone: str


@pytest.fixture
def story(portfolio: Portfolio, clock: StillClock) -> Story:
    """Ann and Ben met three times; a champion has left; Ann's support was judged long ago."""
    with portfolio.unit_of_work("Set up") as work:
        account = accounts.add_account(work, name="Aurora Foods")
        work.flush()
        ann = Person(account_id=account, name="Ann Ost", influence=9, support=1)
        ben = Person(account_id=account, name="Ben Ott")
        gone = Person(account_id=account, name="Gil Gone", left_on=clock.today())
        for person in (ann, ben, gone):
            work.add(person)
        work.flush()
        work.add(RoleInDecision(person_id=gone.id, role=DecisionRole.CHAMPION))
        work.add(
            Claim(
                person_id=ann.id, field=ClaimField.SUPPORT, value="1", source=ClaimSource.SEEN,
                confidence=Confidence.HIGH, on=clock.today() - dt.timedelta(days=900),
            )
        )  # fmt: skip
        for days in (10, 20):
            touch = Interaction(
                account_id=account, kind=InteractionKind.VISIT, person_id=ann.id,
                at=clock.now() - dt.timedelta(days=days),
            )  # fmt: skip
            work.add(touch)
            work.flush()
            work.add(InteractionPerson(interaction_id=touch.id, person_id=ben.id))
        meeting = Meeting(
            account_id=account, title="Review", type=MeetingType.BUSINESS_REVIEW,
            starts_at=clock.now() - dt.timedelta(days=5),
        )  # fmt: skip
        work.add(meeting)
        work.flush()
        for person in (ann, ben):
            work.add(Attendee(meeting_id=meeting.id, person_id=person.id))
        return Story(account, ann.id, ben.id, gone.id)


def think(portfolio: Portfolio, story: Story) -> AccountThinking:
    with portfolio.reading() as db:
        return account_thinking(db, story.account, on=portfolio.clock.today())


def one(portfolio: Portfolio, story: Story, kind: Kind) -> Suggestion:
    return next(each for each in think(portfolio, story).suggestions if each.kind is kind)


def kinds(portfolio: Portfolio, story: Story) -> set[Kind]:
    return {each.kind for each in think(portfolio, story).suggestions}


def test_suggestions_are_drawn_from_what_is_recorded(portfolio: Portfolio, story: Story) -> None:
    thinking = think(portfolio, story)
    met = one(portfolio, story, Kind.TIE_BY_TOUCHES)
    assert set(met.people) == {story.ann, story.ben}
    assert met.together == Together(3, 0, portfolio.clock.today() - dt.timedelta(days=5))
    assert one(portfolio, story, Kind.FADED).people == (story.ann,)
    assert {Kind.LEFT_WITH_ROLE, Kind.NO_SPONSOR, Kind.MISSING_ROLE} <= kinds(portfolio, story)
    for each in thinking.suggestions:
        assert suggestion_text(thinking, each)
        assert suggestion_reason(each).endswith(".")
        assert len(each.key) <= 300


def test_confirming_a_tie_adds_it_with_source_and_day_in_one_step(
    portfolio: Portfolio, story: Story
) -> None:
    met = one(portfolio, story, Kind.TIE_BY_TOUCHES)
    steps = len(portfolio.history(limit=50))
    with portfolio.unit_of_work("Confirm") as work:
        confirm_suggestion(work, story.account, met)
    with portfolio.reading() as db:
        row = db.row('SELECT kind, "on", source, confidence, note FROM tie')
    day = (portfolio.clock.today() - dt.timedelta(days=5)).isoformat()
    assert row == ("informal", day, "seen", "medium", suggestion_reason(met))
    assert Kind.TIE_BY_TOUCHES not in kinds(portfolio, story)
    assert len(portfolio.history(limit=50)) == steps + 1
    portfolio.undo()
    assert Kind.TIE_BY_TOUCHES in kinds(portfolio, story)


def test_confirming_a_missing_role_keeps_a_vacant_seat_for_it(
    portfolio: Portfolio, story: Story
) -> None:
    missing = one(portfolio, story, Kind.MISSING_ROLE)
    with portfolio.unit_of_work("Confirm") as work:
        confirm_suggestion(work, story.account, missing)
    need = next(n for n in think(portfolio, story).needs if n.role is missing.role)
    assert len(need.seats) == 1
    assert need.missing == 1


def test_confirming_that_somebody_left_takes_the_roles_away(
    portfolio: Portfolio, story: Story
) -> None:
    left = one(portfolio, story, Kind.LEFT_WITH_ROLE)
    with portfolio.unit_of_work("Confirm") as work:
        assert confirm_suggestion(work, story.account, left) == story.gone
    assert Kind.LEFT_WITH_ROLE not in kinds(portfolio, story)


def test_a_question_is_not_confirmed_by_the_program(portfolio: Portfolio, story: Story) -> None:
    faded = one(portfolio, story, Kind.FADED)
    with pytest.raises(UserError), portfolio.unit_of_work("Confirm") as work:
        confirm_suggestion(work, story.account, faded)


def test_what_is_dismissed_stays_away_until_it_is_recalled(
    portfolio: Portfolio, story: Story
) -> None:
    sponsor = one(portfolio, story, Kind.NO_SPONSOR)
    for _again in range(2):
        with portfolio.unit_of_work("Not now") as work:
            dismiss_suggestion(work, story.account, sponsor.key)
    assert Kind.NO_SPONSOR not in kinds(portfolio, story)
    assert think(portfolio, story).dismissed == 1
    with portfolio.unit_of_work("Bring back") as work:
        assert recall_suggestions(work, story.account) == 1
    assert Kind.NO_SPONSOR in kinds(portfolio, story)
