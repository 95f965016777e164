"""Each reminder comes exactly once, whatever the clock does."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.models.vocabulary import MeetingType, Side
from kam_desktop.services import actions, commitments, meetings
from kam_desktop.services.analysis.reminders import (
    Reminder,
    ReminderKind,
    ReminderWish,
    Seen,
    after,
    due,
    next_at,
    reminders,
)
from kam_desktop.services.queries.calendar import due_facts
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.zones import LocalTime
from tests.conftest import StillClock
from tests.services.meetings.world import World, make_world, wall

BEGIN = dt.datetime(2026, 3, 28, 9, 0, tzinfo=dt.UTC)
ROME = "Europe/Rome"


def reminder(minute: int, number: int = 0) -> Reminder:
    at = BEGIN + dt.timedelta(minutes=minute)
    return Reminder(ReminderKind.DUE, f"{number}", at, "a", "Aurora", "Offer")


minutes = st.integers(1, 3_000)


@given(st.lists(minutes, max_size=30), st.lists(minutes, min_size=1, max_size=40))
def test_each_comes_once_for_any_polling(moments: list[int], polls: list[int]) -> None:
    """Forward jumps are sleep or a clock set forward, backward ones a clock set back."""
    found = [reminder(minute, number) for number, minute in enumerate(moments)]
    seen, told = Seen(BEGIN), []
    for poll in polls:
        now = BEGIN + dt.timedelta(minutes=poll)
        shown = due(found, seen, now)
        told += [each.key for each in shown]
        seen = after(seen, now, shown)
    reached = BEGIN + dt.timedelta(minutes=max(polls))
    assert sorted(told) == sorted(each.key for each in found if each.at <= reached)


@given(st.lists(minutes, max_size=20), st.lists(minutes, min_size=2, max_size=20))
def test_a_new_session_goes_on_where_the_last_one_ended(
    moments: list[int], polls: list[int]
) -> None:
    """When the program is killed, what was kept is as of the last reminder that was shown."""
    found = [reminder(minute, number) for number, minute in enumerate(moments)]
    kept = seen = Seen(BEGIN)
    told: list[str] = []
    for number, poll in enumerate(sorted(polls)):
        if number % 3 == 2:
            seen = kept
        now = BEGIN + dt.timedelta(minutes=poll)
        shown = due(found, seen, now)
        told += [each.key for each in shown]
        seen = after(seen, now, shown)
        kept = seen if shown else kept
    reached = BEGIN + dt.timedelta(minutes=max(polls))
    assert sorted(told) == sorted(each.key for each in found if each.at <= reached)


@pytest.fixture
def world(portfolio: Portfolio) -> World:
    return make_world(portfolio)


def plan(world: World, when: str, **more: object) -> str:
    with world.portfolio.unit_of_work("Plan") as work:
        meeting = meetings.add_meeting(
            work, world.account, MeetingType.INFORMAL, LocalTime(wall(when), ROME), title="Talk"
        )
        if travel := more.get("travel"):
            assert isinstance(travel, int)
            meetings.set_travel(work, meeting, travel)
    return meeting


def read(
    world: World, clock: StillClock, since: dt.datetime, wish: ReminderWish | None = None
) -> list[Reminder]:
    wish = wish or ReminderWish()
    with world.portfolio.reading() as db:
        lead = dt.timedelta(minutes=wish.minutes)
        return reminders(due_facts(db, since, clock.now(), lead, ROME), wish, ROME)


def times(found: list[Reminder]) -> list[tuple[str, str]]:
    return [(each.kind.value, f"{each.at:%d %H:%M}") for each in found]


def test_before_a_meeting_and_before_setting_out(world: World, clock: StillClock) -> None:
    plan(world, "2026-11-20 12:00")
    plan(world, "2026-11-20 15:00", travel=90)
    only = ReminderWish(kinds=frozenset({ReminderKind.MEETING}))
    found = read(world, clock, clock.now(), only)
    assert times(found) == [("meeting", "20 10:45"), ("meeting", "20 12:15")]
    assert next_at(found, clock.now()) == found[0].at


def test_what_is_not_prepared_for_tomorrow_is_said_at_eight(
    world: World, clock: StillClock
) -> None:
    meeting = plan(world, "2026-11-22 09:00")
    only = ReminderWish(kinds=frozenset({ReminderKind.UNPREPARED}))
    assert times(read(world, clock, clock.now(), only)) == [("unprepared", "21 07:00")]
    with world.portfolio.unit_of_work("Cancel") as work:
        meetings.set_cancelled(work, meeting, True)
    assert read(world, clock, clock.now(), only) == []


def test_what_we_have_to_do_is_said_on_its_day(world: World, clock: StillClock) -> None:
    today = clock.today()
    with world.portfolio.unit_of_work("Promise") as work:
        for side, days in ((Side.OURS, 1), (Side.THEIRS, 1), (Side.OURS, 30)):
            due_on = today + dt.timedelta(days=days)
            commitments.add_commitment(work, world.account, side, "Offer", due_on=due_on)
        actions.add_action(work, world.account, "Call", due_on=today + dt.timedelta(days=1))
    found = read(world, clock, clock.now())
    assert times(found) == [("due", "21 07:00"), ("due", "21 07:00")]


def test_the_morning_is_that_of_the_wall_on_both_changes(world: World, clock: StillClock) -> None:
    """8 in Rome is 6 UTC from 29 March on and 7 UTC from 25 October on."""
    for day, utc in (("2026-03-28", 7), ("2026-03-29", 6), ("2026-10-24", 6), ("2026-10-25", 7)):
        on = dt.date.fromisoformat(day)
        clock.instant = dt.datetime.combine(on, dt.time(0), dt.UTC)
        with world.portfolio.unit_of_work("Promise") as work:
            commitments.add_commitment(work, world.account, Side.OURS, day, due_on=on)
        found = [each for each in read(world, clock, clock.now()) if each.title == day]
        assert [each.at.hour for each in found] == [utc]


def test_a_meeting_planned_at_the_last_minute_is_reminded_of_at_once(
    world: World, clock: StillClock
) -> None:
    seen = Seen(clock.now())
    plan(world, "2026-11-20 10:05")
    found = read(world, clock, seen.until)
    assert [each.title for each in due(found, seen, clock.now())] == ["Talk"]
    clock.go_on(minutes=10)
    assert due(read(world, clock, seen.until), Seen(clock.now()), clock.now()) == []


def test_a_moved_meeting_reminds_anew_and_an_earlier_warning_does_not(
    world: World, clock: StillClock
) -> None:
    meeting = plan(world, "2026-11-20 10:10")
    seen = Seen(clock.now())
    told = due(read(world, clock, seen.until), seen, clock.now())
    seen = after(seen, clock.now(), told)
    assert len(told) == 1
    earlier = ReminderWish(minutes=60)
    assert due(read(world, clock, seen.until, earlier), seen, clock.now()) == []
    with world.portfolio.unit_of_work("Move") as work:
        meetings.reschedule(work, meeting, LocalTime(wall("2026-11-20 11:30"), ROME))
    clock.go_on(hours=2)
    again = due(read(world, clock, seen.until), seen, clock.now())
    assert [each.record_id for each in again] == [meeting]
