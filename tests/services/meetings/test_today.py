from __future__ import annotations

import datetime as dt
import re

import pytest
from sqlalchemy import select

from kam_desktop.models.registry import (
    Account,
    Contract,
    Opportunity,
    Person,
    TeamMember,
    TenderGate,
)
from kam_desktop.models.vocabulary import (
    ActionState,
    InteractionKind,
    MeetingType,
    OpportunityState,
    PersonalKind,
    Rhythm,
    Side,
    Tier,
)
from kam_desktop.services import (
    actions,
    commitments,
    interactions,
    meetings,
    personal,
    tenders,
)
from kam_desktop.services.queries import today, today_ahead
from kam_desktop.services.queries.today_ahead import DateKind
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


def test_actions_reviews_and_gates_past_their_day(world: World) -> None:
    day = dt.timedelta(days=1)
    with world.portfolio.unit_of_work("Add") as work:
        colleague = TeamMember(name="Bo Berg")
        work.add(colleague)
        work.flush()
        actions.add_action(
            work, world.account, "Call back", due_on=TODAY - 3 * day, owner_id=colleague.id
        )
        done = actions.add_action(work, world.account, "Done", due_on=TODAY - 9 * day)
        work.flush()
        actions.set_action_state(work, done, ActionState.DONE)
        actions.add_action(work, world.account, "Send list", due_on=TODAY, owner_id=world.me)
        actions.add_action(work, world.account, "Some day")
        actions.add_action(work, world.account, "Later", due_on=TODAY + 8 * day)
        tenders.add_internal_review(
            work, world.account, "Account review", Rhythm.MONTHLY, TODAY - 1 * day
        )
        tenders.add_internal_review(
            work, world.account, "Next review", Rhythm.MONTHLY, TODAY + 5 * day
        )
    shown = view(world.portfolio)
    assert [(row.kind, row.text, row.about, row.days_late(TODAY)) for row in shown.late] == [
        (DateKind.ACTION, "Call back", "Bo Berg", 3),
        (DateKind.REVIEW, "Account review", "", 1),
    ]
    assert [(row.kind, row.text, row.about) for row in shown.due] == [
        (DateKind.ACTION, "Send list", ""),
        (DateKind.REVIEW, "Next review", ""),
    ]
    assert not shown.quiet


def test_gates_count_until_the_award(world: World) -> None:
    with world.portfolio.unit_of_work("Add") as work:
        running = tenders.add_tender(work, world.account, "Line 4", dt.date(2027, 1, 29))
        tenders.add_tender(work, world.account, "Awarded", dt.date(2026, 11, 1))
    with world.portfolio.reading() as db:
        missed = today_ahead.late(db, TODAY, limit=20)
        coming = today_ahead.ahead(db, TODAY, limit=20)
        gates = db.rows(
            'SELECT name, "on" FROM tender_gate WHERE tender_id = ? ORDER BY "on"', (running,)
        )
    late = [gate for gate in gates if gate[1] < TODAY.isoformat()]
    soon = (TODAY + today_ahead.GATES_AHEAD).isoformat()
    near = [gate for gate in gates if TODAY.isoformat() <= gate[1] <= soon]
    for shown, expected in ((missed, late), (coming, near)):
        (row,) = shown
        assert (row.about, row.text, row.on.isoformat()) == ("Line 4", *expected[0])
        assert row.more == len(expected) - 1
    with world.portfolio.unit_of_work("Reach all") as work:
        for gate in work.session.scalars(select(TenderGate)):
            gate.done_on = TODAY
    assert not view(world.portfolio).late


def test_open_proposals_that_run_out(world: World) -> None:
    with world.portfolio.unit_of_work("Add") as work:
        for name, days, state in (
            ("Soon", 5, OpportunityState.OPEN),
            ("Just over", -4, OpportunityState.OPEN),
            ("Long over", -40, OpportunityState.OPEN),
            ("Far", 60, OpportunityState.OPEN),
            ("Won", 5, OpportunityState.WON),
        ):
            until = TODAY + dt.timedelta(days=days)
            work.add(
                Opportunity(account_id=world.account, name=name, state=state, valid_until=until)
            )
    assert [row.text for row in view(world.portfolio).ahead] == ["Just over", "Soon"]


@pytest.mark.parametrize(
    ("day", "today_is", "expected"),
    [
        (dt.date(4, 11, 20), TODAY, TODAY),
        (dt.date(1976, 12, 4), TODAY, dt.date(2026, 12, 4)),
        (dt.date(1976, 12, 5), TODAY, None),
        (dt.date(1976, 11, 19), TODAY, None),
        (dt.date(4, 1, 3), dt.date(2026, 12, 24), dt.date(2027, 1, 3)),
        (dt.date(4, 12, 31), dt.date(2026, 12, 31), dt.date(2026, 12, 31)),
        (dt.date(1980, 2, 29), dt.date(2027, 3, 1), dt.date(2027, 3, 1)),
        (dt.date(1980, 2, 29), dt.date(2028, 2, 20), dt.date(2028, 2, 29)),
        (dt.date(4, 12, 31), dt.date(2027, 1, 1), None),
    ],
)
def test_birthdays_come_up_over_the_turn_of_the_year(
    world: World, day: dt.date, today_is: dt.date, expected: dt.date | None
) -> None:
    with world.portfolio.unit_of_work("Add") as work:
        personal.add_personal_fact(
            work, world.elena, PersonalKind.BIRTHDAY, day=day, purpose="To wish them well"
        )
    with world.portfolio.reading() as db:
        found = today_ahead.birthdays(db, today_is, limit=6)
    assert [row.on for row in found] == ([] if expected is None else [expected])
    for row in found:
        assert row.turns == (None if day.year == 4 else row.on.year - day.year)


def test_meetings_after_the_next_one_say_what_is_missing(world: World) -> None:
    with world.portfolio.unit_of_work("Plan") as work:
        for day in (24, 30):
            meetings.add_meeting(
                work,
                world.account,
                MeetingType.FIRST,
                LocalTime(wall(f"2026-11-{day:02} 10:00"), "Europe/Rome"),
            )
    shown = view(world.portfolio)
    first, second = shown.meetings
    assert set(shown.missing) == {second.id}
    assert first.id not in shown.missing
    assert len(shown.missing[second.id]) == today.MISSING


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
    assert "ix_action_state_due (state=? AND due_on>? AND due_on<?)" in text
    assert "ix_tender_gate_on (on>? AND on<?)" in text
    assert "ix_internal_review_next (next_on>? AND next_on<?)" in text
    assert "ix_opportunity_valid_until (valid_until>? AND valid_until<?)" in text
    assert "ix_personal_fact_birthday (<expr>>? AND <expr><?)" in text
