"""What is read of actions, tender gates and recurring reviews, and that it walks indexes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest

from kam_desktop.models.registry import TenderGate
from kam_desktop.models.vocabulary import ActionState, Rhythm
from kam_desktop.services import accounts
from kam_desktop.services import tenders as use_cases
from kam_desktop.services.actions import add_action, delete_action, set_action_state
from kam_desktop.services.queries import actions, tenders
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.reader import Parameters, Reader

TODAY = dt.date(2026, 11, 20)
DAY = dt.timedelta(days=1)


class PlanningReader(Reader):
    """Notes how SQLite answers each query."""

    def __init__(self, db: Reader) -> None:
        super().__init__(db.connection)
        self.plans: list[str] = []

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[object, ...]]:
        for row in self.connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters).fetchall():
            self.plans.append(str(row[3]))
        return super().rows(sql, parameters)


@pytest.fixture
def aurora(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Add") as work:
        return accounts.add_account(work, name="Aurora Foods", country="Italy")


@pytest.fixture
def three(portfolio: Portfolio, aurora: str) -> dict[str, str]:
    """Ids of a late, a coming and an undated action."""
    with portfolio.unit_of_work("Add") as work:
        return {
            "late": add_action(work, aurora, "Late", due_on=TODAY - 2 * DAY),
            "coming": add_action(work, aurora, "Coming", due_on=TODAY + 3 * DAY),
            "undated": add_action(work, aurora, "Undated"),
        }


def test_open_actions_come_by_day(portfolio: Portfolio, aurora: str, three: dict[str, str]) -> None:
    with portfolio.reading() as db:
        page = actions.open_of_account(db, aurora)
        assert [row.text for row in page.rows] == ["Late", "Coming", "Undated"]
        assert not page.more
        assert [row.days_late(TODAY) for row in page.rows] == [2, 0, 0]
        short = actions.open_of_account(db, aurora, limit=2)
        assert (len(short.rows), short.more) == (2, True)


def test_closed_and_deleted_actions_are_not_open(
    portfolio: Portfolio, aurora: str, three: dict[str, str]
) -> None:
    with portfolio.unit_of_work("Close") as work:
        set_action_state(work, three["late"], ActionState.DONE)
        set_action_state(work, three["coming"], ActionState.DROPPED)
        delete_action(work, three["undated"])
    with portfolio.reading() as db:
        assert actions.open_of_account(db, aurora).rows == ()
        closed = actions.closed_of_account(db, aurora).rows
        assert {row.state for row in closed} == {ActionState.DONE, ActionState.DROPPED}
        assert all(row.closed_on == TODAY and not row.days_late(TODAY) for row in closed)


def test_gates_ahead_and_missed(portfolio: Portfolio, aurora: str) -> None:
    award = TODAY + 120 * DAY
    with portfolio.unit_of_work("Add") as work:
        key = use_cases.add_tender(work, aurora, "Packaging 2027", award)
    with portfolio.reading() as db:
        (tender,) = tenders.of_account(db, aurora)
        missed, following = tender.missed(TODAY), tender.next_gate(TODAY)
        assert tender.id == key
        assert [gate.on for gate in tender.gates] == sorted(gate.on for gate in tender.gates)
        assert missed == tuple(gate for gate in tender.gates if gate.on < TODAY)
        assert missed
        assert following is not None
        assert following.on >= TODAY
    with portfolio.unit_of_work("Pass") as work:
        use_cases.pass_gate(work, missed[0].id)
        assert work.get(TenderGate, missed[0].id).done_on == TODAY
    with portfolio.reading() as db:
        assert tenders.of_account(db, aurora)[0].missed(TODAY) == missed[1:]
    with portfolio.unit_of_work("Delete") as work:
        use_cases.delete_tender(work, key)
    with portfolio.reading() as db:
        assert tenders.of_account(db, aurora) == []


def test_reviews_come_by_day(portfolio: Portfolio, aurora: str) -> None:
    with portfolio.unit_of_work("Add") as work:
        use_cases.add_internal_review(work, aurora, "Weekly", Rhythm.WEEKLY, TODAY)
        later = TODAY + 20 * DAY
        use_cases.add_internal_review(work, aurora, "Monthly", Rhythm.MONTHLY, later)
    with portfolio.reading() as db:
        assert [row.name for row in tenders.reviews_of_account(db, aurora)] == ["Weekly", "Monthly"]


@pytest.mark.parametrize(
    ("read", "index"),
    [
        (lambda db: actions.open_of_account(db, "a"), "ix_action_account_id (account_id=?)"),
        (lambda db: actions.closed_of_account(db, "a"), "ix_action_account_id (account_id=?)"),
        (lambda db: actions.of_meeting(db, "m"), "ix_action_meeting_id (meeting_id=?)"),
        (lambda db: tenders.of_account(db, "a"), "ix_tender_account_id (account_id=?)"),
        (
            lambda db: tenders.reviews_of_account(db, "a"),
            "ix_internal_review_account_id (account_id=?)",
        ),
    ],
)
def test_every_list_walks_an_index(
    portfolio: Portfolio, read: Callable[[Reader], object], index: str
) -> None:
    with portfolio.reading() as db:
        reader = PlanningReader(db)
        read(reader)
    plans = "\n".join(reader.plans)
    assert index in plans
    assert not re.search(r"^SCAN", plans, re.MULTILINE)
