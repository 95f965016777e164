"""Reminders in the running program: shown by the system, else in the window, each once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services import meetings
from kam_desktop.services.analysis.reminders import Seen
from kam_desktop.services.zones import LocalTime
from kam_desktop.ui.settings.reminders import RemindersSection
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.navigator import Notice
from kam_desktop.ui.shell.preferences import Preferences, from_json
from kam_desktop.ui.shell.reminder_store import ReminderStore
from kam_desktop.ui.shell.reminders import Reminders
from tests.conftest import StillClock
from tests.services.meetings.world import World, make_world, wall

Settle = Callable[[], None]


class Told:
    """Stands in for the system's notifications; ``works`` or not."""

    def __init__(self, *, works: bool = True) -> None:
        self.works = works
        self.said: list[tuple[str, str]] = []

    def tell(self, title: str, text: str) -> bool:
        if self.works:
            self.said.append((title, text))
        return self.works


@pytest.fixture
def world(app_context: AppContext) -> World:
    return make_world(app_context.portfolio)


def make(context: AppContext, told: Told, tmp_path: Path) -> Reminders:
    return Reminders(
        context.lanes, context.bus, context.navigator, context.preferences, context.clock,
        ReminderStore(tmp_path / "reminders.json", context.portfolio.path), told,
    )  # fmt: skip


def plan(world: World, when: str, title: str = "Talk") -> str:
    with world.portfolio.unit_of_work("Plan") as work:
        return meetings.add_meeting(
            work, world.account, MeetingType.INFORMAL, LocalTime(wall(when), "UTC"),
            title=title, template_ids=(),
        )  # fmt: skip


def test_it_comes_once_when_it_is_time(
    app_context: AppContext, clock: StillClock, world: World, tmp_path: Path, settled: Settle
) -> None:
    meeting = plan(world, "2026-11-20 10:00")
    told = Told()
    running = make(app_context, told, tmp_path)
    running.start()
    settled()
    assert told.said == []
    assert running.waits
    clock.go_on(minutes=46)
    for _count in range(3):
        running.ask()
        settled()
    assert [title for title, _text in told.said] == ["Talk · Aurora Foods"]
    assert "in 14 minutes" in told.said[0][1]
    front: list[bool] = []

    def came() -> None:
        front.append(True)

    running.front_wanted.connect(came)
    running.open_last()
    place = app_context.navigator.place
    assert place is not None
    assert (place.page, place.parameters, front) == ("meetings", {"meeting_id": meeting}, [True])
    running.stop()
    again = make(app_context, told, tmp_path)
    again.start()
    settled()
    assert len(told.said) == 1
    again.stop()


def test_without_notifications_of_the_system_the_window_says_it(
    app_context: AppContext, clock: StillClock, world: World, tmp_path: Path, settled: Settle
) -> None:
    meeting = plan(world, "2026-11-20 09:10")
    notices: list[Notice] = []
    app_context.navigator.noticed.connect(notices.append)
    running = make(app_context, Told(works=False), tmp_path)
    running.start()
    settled()
    (notice,) = notices
    assert notice.text.startswith("Talk · Aurora Foods: Begins in 10 minutes")
    assert notice.action is not None
    notice.action()
    place = app_context.navigator.place
    assert place is not None
    assert place.parameters == {"meeting_id": meeting}
    running.stop()


def test_many_that_were_missed_are_said_in_one(
    app_context: AppContext, clock: StillClock, world: World, tmp_path: Path, settled: Settle
) -> None:
    told = Told()
    running = make(app_context, told, tmp_path)
    running.start()
    settled()
    running.stop()
    for hour in range(10, 16):
        plan(world, f"2026-11-20 {hour}:00", f"Talk {hour}")
    clock.go_on(hours=30)
    later = make(app_context, told, tmp_path)
    later.start()
    settled()
    later.ask()
    settled()
    assert [title for title, _text in told.said] == ["6 reminders"]
    later.stop()


def test_a_change_of_the_data_is_seen(
    app_context: AppContext, clock: StillClock, world: World, tmp_path: Path, settled: Settle
) -> None:
    told = Told()
    running = make(app_context, told, tmp_path)
    running.start()
    settled()
    with world.portfolio.unit_of_work("Plan") as work:
        meetings.add_meeting(
            work, world.account, MeetingType.INFORMAL, LocalTime(wall("2026-11-20 09:05"), "UTC"),
            template_ids=(),
        )  # fmt: skip
    app_context.bus.publish(work.changes)
    assert running._timer.interval() == 1_000
    running.ask()
    settled()
    assert len(told.said) == 1
    running.stop()


def test_reminders_are_off_when_the_user_says_so(
    app_context: AppContext, clock: StillClock, world: World, tmp_path: Path, settled: Settle
) -> None:
    told = Told()
    running = make(app_context, told, tmp_path)
    running.start()
    settled()
    section = RemindersSection(app_context)
    section.load()
    section.on.click()
    assert not app_context.preferences.values.reminders
    assert not running.waits
    assert not section.lead.isEnabled()
    plan(world, "2026-11-20 09:30")
    clock.go_on(minutes=20)
    running.ask()
    settled()
    clock.go_on(minutes=30)
    section.on.click()
    running.ask()
    settled()
    assert told.said == []
    running.stop()
    section.deleteLater()


def test_each_portfolio_has_its_own_and_a_damaged_file_is_none(tmp_path: Path) -> None:
    path, now = tmp_path / "reminders.json", dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    one = ReminderStore(path, tmp_path / "one.kam")
    other = ReminderStore(path, tmp_path / "other.kam")
    seen = Seen(now - dt.timedelta(days=1), ("a", "b"))
    one.keep(seen)
    other.keep(Seen(now))
    assert one.load(now) == seen
    assert other.load(now + dt.timedelta(days=1)) == Seen(now)
    for text in ("", "[]", '{"x": 1}', f'{{"{tmp_path / "one.kam"}": {{"until": "x"}}}}'):
        path.write_text(text, "utf-8")
        assert one.load(now) == Seen(now)


def test_preferences_keep_sense() -> None:
    kept = from_json('{"reminders": "yes", "reminder_minutes": 99999, "remind_due": false}')
    assert (kept.reminders, kept.reminder_minutes, kept.remind_due) == (True, 1440, False)
    assert from_json('{"reminder_minutes": true}') == Preferences()
