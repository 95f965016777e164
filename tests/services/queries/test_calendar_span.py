from __future__ import annotations

import datetime as dt

import pytest

from kam_desktop.models.registry import Contract
from kam_desktop.models.vocabulary import MeetingType, Rhythm, Side
from kam_desktop.services import actions, commitments, meetings, personal, tenders
from kam_desktop.services.queries.calendar import (
    CalendarSpan,
    MarkKind,
    calendar_span,
    start_of_day,
)
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.zones import LocalTime
from tests.conftest import StillClock
from tests.services.meetings.world import World, make_world, wall

ROME = "Europe/Rome"


@pytest.fixture
def world(portfolio: Portfolio) -> World:
    return make_world(portfolio)


def span(world: World, clock: StillClock, first: str, last: str, zone: str = ROME) -> CalendarSpan:
    with world.portfolio.reading() as db:
        begin, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        return calendar_span(db, begin, end, zone, clock.now())


def test_meetings_that_touch_the_days_are_there(world: World, clock: StillClock) -> None:
    with world.portfolio.unit_of_work("Plan") as work:
        for title, when, minutes in (
            ("before", "2026-11-22 23:00", 60),
            ("into", "2026-11-22 23:00", 61),
            ("fair", "2026-11-20 09:00", 5 * 1440),
            ("last", "2026-11-23 23:59", 600),
            ("after", "2026-11-24 00:00", 60),
        ):
            meetings.add_meeting(
                work, world.account, MeetingType.INFORMAL, LocalTime(wall(when), ROME),
                minutes=minutes, title=title,
            )  # fmt: skip
        gone = meetings.add_meeting(
            work, world.account, MeetingType.INFORMAL, LocalTime(wall("2026-11-23 10:00"), ROME)
        )
        meetings.delete_meeting(work, gone)
    found = span(world, clock, "2026-11-23", "2026-11-24")
    assert [row.title for row in found.meetings] == ["fair", "into", "last"]
    assert not found.more


def test_the_day_is_the_one_of_the_zone(world: World, clock: StillClock) -> None:
    with world.portfolio.unit_of_work("Plan") as work:
        meetings.add_meeting(
            work, world.account, MeetingType.INFORMAL, LocalTime(wall("2026-11-23 20:00"), ROME)
        )
    assert len(span(world, clock, "2026-11-24", "2026-11-25", "Asia/Tokyo").meetings) == 1
    assert span(world, clock, "2026-11-24", "2026-11-25").meetings == ()


def test_what_is_due_is_marked_and_what_is_done_is_not(world: World, clock: StillClock) -> None:
    day = dt.date(2026, 11, 23)
    with world.portfolio.unit_of_work("Fill") as work:
        commitments.add_commitment(work, world.account, Side.OURS, "Offer", due_on=day)
        commitments.add_commitment(work, world.account, Side.THEIRS, "NDA", due_on=day)
        actions.add_action(work, world.account, "Call", due_on=day)
        work.add(Contract(account_id=world.account, name="Frame", notice_on=day, ends_on=day))
        work.add(Contract(account_id=world.account, name="Service", ends_on=day))
        tenders.add_internal_review(work, world.account, "Look back", Rhythm.MONTHLY, day)
        personal.set_birthday(work, world.elena, 11, 23)
        tender = tenders.add_tender(work, world.account, "Pumps", day)
        assert tender
    found = span(world, clock, "2026-11-23", "2026-11-24")
    kinds = sorted(mark.kind.value for mark in found.marks if mark.kind is not MarkKind.GATE)
    assert kinds == [
        "action", "birthday", "our_promise", "renewal", "renewal", "review", "their_promise",
    ]  # fmt: skip
    assert [mark.text for mark in found.marks if mark.kind is MarkKind.BIRTHDAY] == ["Elena Rossi"]
    assert span(world, clock, "2026-11-24", "2026-11-25").marks == ()
    gates = span(world, clock, "2026-01-01", "2026-12-31").marks
    assert sum(mark.kind is MarkKind.GATE for mark in gates) >= 1


def test_a_birthday_comes_every_year_and_29_february_on_1_march(
    world: World, clock: StillClock
) -> None:
    with world.portfolio.unit_of_work("Birthday") as work:
        personal.set_birthday(work, world.elena, 2, 29)
    found = span(world, clock, "2026-01-01", "2029-01-01")
    days = [mark.on.isoformat() for mark in found.marks]
    assert days == ["2026-03-01", "2027-03-01", "2028-02-29"]


def test_a_day_whose_midnight_is_skipped_begins_an_hour_later() -> None:
    """In Havana clocks go forward at midnight on 8 March 2026."""
    begin = start_of_day(dt.date(2026, 3, 8), "America/Havana")
    assert begin == dt.datetime(2026, 3, 8, 5, 0, tzinfo=dt.UTC)


def test_every_query_walks_an_index(world: World, clock: StillClock) -> None:
    from kam_desktop.services.queries import calendar

    with world.portfolio.reading() as db:
        for sql in calendar._DATED:
            window = {"first": "2026-01-01", "last": "2026-02-01"}
            steps = [row[3] for row in db.rows(f"EXPLAIN QUERY PLAN {sql}", window)]
            scans = [step for step in steps if step.startswith("SCAN")]
            # Contracts and gates are few; promises and actions are many.
            assert not any(" c" in step and "contract" not in sql for step in scans), (sql, steps)
