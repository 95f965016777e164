"""Actions, the steps after a proposal, the tender clock and reviews that come back."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.models.registry import Action, InternalReview, Opportunity, TenderGate
from kam_desktop.models.vocabulary import ActionState, Rhythm
from kam_desktop.services import accounts, actions, tenders
from kam_desktop.services.errors import UserError
from kam_desktop.services.storage.portfolio import Portfolio

FRIDAY = dt.date(2026, 11, 20)


@pytest.fixture
def aurora(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Add") as work:
        return accounts.add_account(work, name="Aurora Foods", country="Italy")


def test_an_action_needs_words(portfolio: Portfolio, aurora: str) -> None:
    with portfolio.unit_of_work("Add") as work:
        with pytest.raises(UserError, match="to be done"):
            actions.add_action(work, aurora, "  ")
        action = actions.add_action(work, aurora, "Ask Ben", due_on=FRIDAY)
    with portfolio.unit_of_work("Done") as work:
        actions.set_action_state(work, action, ActionState.DONE)
        assert work.get(Action, action).closed_on == FRIDAY
        actions.set_action_state(work, action, ActionState.OPEN)
        assert work.get(Action, action).closed_on is None


def test_the_steps_after_a_proposal_fall_on_working_days_there(
    portfolio: Portfolio, aurora: str
) -> None:
    with portfolio.unit_of_work("Add") as work:
        deal = Opportunity(account_id=aurora, name="Oil")
        work.add(deal)
        work.flush()
        valid = dt.date(2027, 1, 31)
        ids = actions.start_follow_up(
            work, aurora, FRIDAY, opportunity_id=deal.id, valid_until=valid
        )
        found = [work.get(Action, each) for each in ids]
        assert (deal.proposed_on, deal.valid_until) == (FRIDAY, valid)
    assert [each.step for each in found] == ["sent", "confirm", "next_step", "urgency", "next_talk"]
    assert found[0].state is ActionState.DONE
    # 8 December is a holiday in Italy: ten working days after 20 November are 4 December.
    assert [each.due_on for each in found] == [
        FRIDAY, dt.date(2026, 11, 23), dt.date(2026, 11, 25), dt.date(2026, 12, 1),
        dt.date(2026, 12, 4),
    ]  # fmt: skip


def test_a_proposal_is_not_over_before_it_is_sent(portfolio: Portfolio, aurora: str) -> None:
    with (
        portfolio.unit_of_work("Add") as work,
        pytest.raises(UserError, match="before it is sent"),
    ):
        actions.start_follow_up(work, aurora, FRIDAY, valid_until=dt.date(2026, 11, 1))


def test_gates_are_counted_back_from_the_award(portfolio: Portfolio, aurora: str) -> None:
    with portfolio.unit_of_work("Add") as work:
        tender = tenders.add_tender(work, aurora, "Oil 2027", dt.date(2027, 9, 30))
    with portfolio.reading() as db:
        gates = db.rows('SELECT id, "on" FROM tender_gate ORDER BY position')
    assert gates[0][1] == "2026-12-30"
    assert gates[-1][1] == "2027-09-30"
    assert [day for _id, day in gates] == sorted(day for _id, day in gates)
    with portfolio.unit_of_work("Move") as work:
        tenders.pass_gate(work, gates[0][0])
        tenders.move_award(work, tender, dt.date(2027, 10, 10))
        assert work.get(TenderGate, gates[0][0]).on == dt.date(2026, 12, 30)
        assert work.get(TenderGate, gates[-1][0]).on == dt.date(2027, 10, 10)


def test_a_review_comes_back_after_today(portfolio: Portfolio, aurora: str) -> None:
    with portfolio.unit_of_work("Add") as work:
        review = tenders.add_internal_review(
            work, aurora, "Account talk", Rhythm.MONTHLY, dt.date(2026, 8, 31)
        )
    with portfolio.unit_of_work("Hold") as work:
        assert tenders.hold_internal_review(work, review) == dt.date(2026, 11, 30)
        assert work.get(InternalReview, review).next_on == dt.date(2026, 11, 30)


@given(
    planned=st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
    today=st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
    rhythm=st.sampled_from(Rhythm),
)
def test_the_next_day_is_the_first_that_is_left(
    planned: dt.date, today: dt.date, rhythm: Rhythm
) -> None:
    day = tenders.next_day(planned, rhythm, today)
    longest = {Rhythm.WEEKLY: 7, Rhythm.MONTHLY: 31, Rhythm.QUARTERLY: 92}[rhythm]
    assert day > max(planned, today)
    assert day - max(planned, today) <= dt.timedelta(days=longest)
