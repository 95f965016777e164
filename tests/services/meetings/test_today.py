from __future__ import annotations

import datetime as dt
import re

import pytest

from kam_desktop.models.registry import Account, Contract, Person
from kam_desktop.models.vocabulary import InteractionKind, MeetingType, Side, Tier
from kam_desktop.services import commitments, interactions, meetings
from kam_desktop.services.queries import today
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.reader import Parameters, Reader
from kam_desktop.services.zones import LocalTime
from tests.services.meetings.world import World, wall

NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 20)


def view(portfolio: Portfolio) -> today.TodayView:
    with portfolio.reading() as db:
        return today.today_view(db, NOW, "Europe/Rome")


def test_an_empty_portfolio_is_quiet(portfolio: Portfolio) -> None:
    shown = view(portfolio)
    assert shown.quiet
    assert not shown.has_accounts
    assert shown.next_meeting is None


def test_the_next_meeting_says_what_is_missing(world: World) -> None:
    with world.portfolio.unit_of_work("Plan") as work:
        for day in (30, 24):
            meetings.add_meeting(
                work,
                world.account,
                MeetingType.BUSINESS_REVIEW,
                LocalTime(wall(f"2026-11-{day:02} 10:00"), "Europe/Rome"),
                person_ids=[world.elena, world.kenji],
                objective_ours="Renew",
            )
    shown = view(world.portfolio)
    assert len(shown.meetings) == 2
    following = shown.next_meeting
    assert following is not None
    assert following.row.days_left(NOW) == 4
    assert following.objective_ours == "Renew"
    assert (following.unknown_people, following.without_role) == (1, 1)
    dues = [item.due_on for item in following.missing]
    assert dues == sorted(dues)
    assert dues[0] < TODAY


def test_promises_and_contracts_ahead(world: World) -> None:
    with world.portfolio.unit_of_work("Add") as work:
        commitments.add_commitment(
            work, world.account, Side.OURS, "Pilot report",
            made_on=dt.date(2026, 10, 1), due_on=dt.date(2026, 11, 18),
        )  # fmt: skip
        commitments.add_commitment(
            work, world.account, Side.THEIRS, "Forecast", due_on=dt.date(2026, 11, 24)
        )
        for name, notice, ends in (
            ("Frame", dt.date(2026, 12, 31), dt.date(2027, 3, 31)),
            ("Service", None, dt.date(2026, 12, 1)),
            ("Far", dt.date(2028, 1, 1), dt.date(2026, 12, 1)),
            ("Gone", dt.date(2026, 1, 1), None),
        ):
            work.add(Contract(account_id=world.account, name=name, notice_on=notice, ends_on=ends))
    shown = view(world.portfolio)
    assert [row.text for row in shown.overdue] == ["Pilot report"]
    assert [row.text for row in shown.due_soon] == ["Forecast"]
    assert [(row.name, row.is_notice, row.days_left(TODAY)) for row in shown.contracts] == [
        ("Service", False, 11),
        ("Frame", True, 41),
    ]


def test_people_fade_by_influence_and_then_by_time(world: World) -> None:
    with world.portfolio.unit_of_work("Add") as work:
        former = Account(name="Old", tier=Tier.FORMER)
        work.add(former)
        work.flush()
        for account, name, influence, days in (
            (world.account, "Strong, fresh", 10, 5),
            (world.account, "Strong, faded", 9, 50),
            (world.account, "Weak, long gone", 2, 300),
            (world.account, "Weak, gone", 2, 90),
            (world.account, "Unknown, faded", None, 50),
            (world.account, "Weak, never met", 2, None),
            (former.id, "Former", 10, 400),
        ):
            person = Person(account_id=account, name=name, influence=influence, cadence_days=30)
            work.add(person)
            work.flush()
            if days is not None:
                at = work.now - dt.timedelta(days=days)
                interactions.log_touch(
                    work, account, InteractionKind.CALL, at, [person.id], "Called"
                )
    shown = view(world.portfolio).fading
    assert [(row.name, row.days_over(NOW)) for row in shown] == [
        ("Strong, faded", 20),
        ("Weak, never met", None),
        ("Weak, long gone", 270),
        ("Weak, gone", 60),
        ("Unknown, faded", 20),
    ]


class PlanningReader(Reader):
    """Collects the plan of every query that runs."""

    __slots__ = ("plans",)

    def __init__(self, inner: Reader) -> None:
        super().__init__(inner.connection)
        self.plans: list[str] = []

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[object, ...]]:
        for row in self.connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters).fetchall():
            self.plans.append(str(row[3]))
        return super().rows(sql, parameters)


@pytest.fixture
def plans(world: World) -> list[str]:
    with world.portfolio.unit_of_work("Plan") as work:
        meetings.add_meeting(
            work,
            world.account,
            MeetingType.FIRST,
            LocalTime(wall("2026-11-24 10:00"), "Europe/Rome"),
            person_ids=[world.elena],
        )
    with world.portfolio.reading() as db:
        reader = PlanningReader(db)
        today.today_view(reader, NOW, "Europe/Rome")
    return reader.plans


def test_no_query_scans_a_table(plans: list[str]) -> None:
    assert len(plans) > 20
    scans = [plan for plan in plans if re.match(r"SCAN (?!CONSTANT ROW|j VIRTUAL TABLE)", plan)]
    assert scans == []


def test_lists_come_in_the_order_of_an_index(plans: list[str]) -> None:
    text = "\n".join(plans)
    assert "ix_touch_due_influence (influence=? AND due_at<?)" in text
    assert "ix_commitment_state_due (state=? AND due_on<?)" in text
    assert "ix_contract_notice (notice_on>? AND notice_on<?)" in text
    assert "ix_meeting_starts_at (starts_at>?)" in text
