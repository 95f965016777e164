"""Thinking over a real portfolio: the figures agree with health and the map, also in the past."""

from __future__ import annotations

import datetime as dt

import pytest

from kam_desktop.models.registry import (
    AccountTeamMember,
    Attendee,
    Commitment,
    Interaction,
    Meeting,
    Opportunity,
    Person,
    TeamContact,
    TeamMember,
)
from kam_desktop.models.vocabulary import (
    InteractionKind,
    MeetingType,
    Side,
    TeamContactState,
    TeamRole,
    TieKind,
)
from kam_desktop.services import accounts, ties
from kam_desktop.services.analysis.health_indicators import scene
from kam_desktop.services.analysis.suggestions import SuggestionKind
from kam_desktop.services.errors import UserError
from kam_desktop.services.queries.health import health_inputs, health_rules
from kam_desktop.services.queries.map_analysis import (
    account_thinking,
    deal_notices,
    person_thinking,
    thin_deals,
    thinking_of,
)
from kam_desktop.services.queries.relationship_map import map_data
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.thinking_words import sections
from kam_desktop.services.thread_words import deals_sentence
from tests.conftest import StillClock


class Case:
    """Ann is met by Pia in meetings and on calls of mine; Ben only knows Ann."""

    def __init__(self, portfolio: Portfolio, clock: StillClock) -> None:
        with portfolio.unit_of_work("Set up") as work:
            self.account = accounts.add_account(work, name="Aurora Foods")
            self.other = accounts.add_account(work, name="Borealis")
            work.flush()
            me, pia = TeamMember(name="You", is_me=True), TeamMember(name="Pia Sund")
            gone = TeamMember(name="Gone", left_on=clock.today())
            stranger = TeamMember(name="Stranger")
            ann = Person(account_id=self.account, name="Ann Ost", influence=6)
            ben = Person(account_id=self.account, name="Ben Ott", influence=4)
            guest = Person(account_id=self.other, name="Gus Guest", influence=9)
            for each in (me, pia, gone, stranger, ann, ben, guest):
                work.add(each)
            work.flush()
            ties.add_tie(work, ben.id, ann.id, TieKind.ALLIED)
            ties.add_tie(work, guest.id, ann.id, TieKind.INFORMAL)
            meeting = Meeting(
                account_id=self.account, title="Review", type=MeetingType.BUSINESS_REVIEW,
                starts_at=clock.now() + dt.timedelta(days=3),
            )  # fmt: skip
            work.add(meeting)
            work.flush()
            work.add(Attendee(meeting_id=meeting.id, person_id=ann.id))
            work.add(Attendee(meeting_id=meeting.id, team_member_id=pia.id))
            for meeting_id, kind in ((meeting.id, InteractionKind.VISIT), (None, "call")):
                work.add(
                    Interaction(
                        account_id=self.account, kind=InteractionKind(kind), person_id=ann.id,
                        at=clock.now() - dt.timedelta(days=4), meeting_id=meeting_id,
                    )
                )  # fmt: skip
            work.add(TeamContact(person_id=ben.id, member_id=gone.id, state=TeamContactState.GOOD))
            work.add(
                Commitment(
                    account_id=self.account, side=Side.OURS, text="Send drawings",
                    person_id=ann.id,
                )
            )  # fmt: skip
            work.add(Opportunity(account_id=self.account, name="Line 4", person_id=ann.id))
        self.ann, self.ben, self.guest, self.me, self.pia = ann.id, ben.id, guest.id, me.id, pia.id


@pytest.fixture
def case(portfolio: Portfolio, clock: StillClock) -> Case:
    return Case(portfolio, clock)


def test_figures_agree_with_health_and_with_the_cards(portfolio: Portfolio, case: Case) -> None:
    on = portfolio.clock.today()
    with portfolio.reading() as db:
        thinking = account_thinking(db, case.account, on=on)
        at = scene(health_inputs(db, case.account, on, 1), health_rules(db), on)
        cards = {card.id: card for card in map_data(db, case.account, on=on).people}
    assert {c.person.id: c.strength for c in at.contacts} == {
        person.id: thinking.facts.strengths[person.id] for person in thinking.facts.present
    }
    assert len(thinking.threads[0].people) == at.threads()
    for person in thinking.facts.people:
        assert thinking.facts.strengths[person.id] == cards[person.id].strength


def test_touches_belong_to_who_took_part_and_the_rest_to_me(
    portfolio: Portfolio, case: Case
) -> None:
    with portfolio.reading() as db:
        thinking = account_thinking(db, case.account, on=portfolio.clock.today())
    strengths = thinking.facts.strengths_by_member(thinking.facts.by_id[case.ann])
    assert set(strengths) == {case.me, case.pia}
    assert strengths[case.pia] > strengths[case.me]
    # Who has left us or has nothing to do with the account is nobody to count on.
    assert {member.id for member in thinking.facts.team} == {case.me, case.pia}


def test_guests_are_in_the_graph_but_not_in_the_figures(portfolio: Portfolio, case: Case) -> None:
    with portfolio.reading() as db:
        thinking = account_thinking(db, case.account, on=portfolio.clock.today())
    assert case.guest in thinking.graph.nodes
    assert case.guest not in {person.id for person in thinking.facts.present}
    ann = next(point for point in thinking.failures if point.id == case.ann)
    assert ann.cuts_off == {case.ben, case.guest}


def test_a_sponsor_of_ours_is_seen(portfolio: Portfolio, case: Case) -> None:
    def asked_for() -> bool:
        with portfolio.reading() as db:
            found = account_thinking(db, case.account, on=portfolio.clock.today()).suggestions
        return any(each.kind is SuggestionKind.NO_SPONSOR for each in found)

    assert asked_for()
    with portfolio.unit_of_work("Sponsor") as work:
        work.add(
            AccountTeamMember(
                account_id=case.account, member_id=case.pia, role=TeamRole.EXECUTIVE_SPONSOR
            )
        )
    assert not asked_for()


def test_what_hangs_on_a_person_is_named(
    portfolio: Portfolio, case: Case, clock: StillClock
) -> None:
    with portfolio.reading() as db:
        thinking = account_thinking(db, case.account, on=clock.today())
        ann = person_thinking(db, thinking, case.ann, clock.now())
        pia = person_thinking(db, thinking, case.pia, clock.now())
        nobody = person_thinking(db, thinking, "nobody", clock.now())
    assert [each.text for each in ann.promises] == ["Send drawings"]
    assert [each.text for each in ann.meetings] == ["Review"]
    assert [each.text for each in ann.deals] == ["Line 4"]
    assert [each.text for each in pia.meetings] == ["Review"]
    assert pia.ways == ()
    assert (nobody.what_if, nobody.ways) == (None, ())


def test_an_open_deal_with_few_threads_is_a_notice(portfolio: Portfolio, case: Case) -> None:
    on = portfolio.clock.today()
    with portfolio.reading() as db:
        (deal,) = deal_notices(db, case.account, on)
        assert deal_notices(db, case.other, on) == ()
        (thin,) = thin_deals(db, [case.account, case.account, case.other], on, limit=5)
        assert thin_deals(db, [case.account], on, limit=0) == ()
    assert thin.threads == deal
    assert deals_sentence([deal]).startswith("Line 4: only 1 thread, 3 are safe; neither")
    assert deals_sentence([deal, deal]).endswith("; 1 more deal is like it")
    assert deals_sentence([]) == ""


def test_the_past_is_thought_about_as_it_was(
    portfolio: Portfolio, case: Case, clock: StillClock
) -> None:
    then = clock.now()
    clock.go_on(days=3)
    with portfolio.unit_of_work("Judge") as work:
        work.get(Person, case.ben).influence = 10
        ties.delete_tie(work, work.reader.value("SELECT id FROM tie WHERE kind = 'allied'"))
    with portfolio.reading() as db:
        now = thinking_of(db, case.account, clock.today())
        past = thinking_of(db, case.account, clock.today(), then)
    assert case.ben in now.out_of_reach
    assert past.out_of_reach == ()
    assert past.facts.by_id[case.ben].influence == 4
    assert past.facts.on == then.date()


def test_an_empty_account_says_nothing_and_a_missing_one_is_an_error(
    portfolio: Portfolio, case: Case
) -> None:
    with portfolio.unit_of_work("Empty") as work:
        empty = accounts.add_account(work, name="Empty")
    with portfolio.reading() as db:
        assert sections(account_thinking(db, empty, on=portfolio.clock.today())) == ()
        with pytest.raises(UserError):
            account_thinking(db, "nobody", on=portfolio.clock.today())
