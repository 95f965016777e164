"""A calendar with something in it, in the real window, on a laptop in Rome."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QLocale

from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services import meetings
from kam_desktop.services.formatting import set_region
from kam_desktop.services.queries.meetings import MeetingRow, meeting_detail
from kam_desktop.services.zones import LocalTime
from kam_desktop.ui.calendar.page import CalendarPage
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.window import MainWindow
from tests.services.meetings.world import wall
from tests.ui.meetings_world import BusyWorld, make_busy_world

Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def in_rome(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The laptop is in Italy: weeks begin on Monday."""
    locale = QLocale()
    monkeypatch.setenv("TZ", "Europe/Rome")
    time.tzset()
    monkeypatch.setattr("kam_desktop.ui.calendar.frame.home_zone", _rome)
    monkeypatch.setattr("kam_desktop.ui.meetings.plan_panel.home_zone", _rome)
    set_region("en_GB")
    QLocale.setDefault(QLocale("en_GB"))
    yield
    set_region("en")
    QLocale.setDefault(locale)
    os.environ.pop("TZ", None)
    time.tzset()


def _rome() -> str:
    return "Europe/Rome"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The page with its world; ``add`` plans one more meeting."""

    page: CalendarPage
    busy: BusyWorld
    context: AppContext
    settle: Settle

    def add(self, when: str, title: str, minutes: int = 60, zone: str = "Europe/Rome") -> str:
        with self.context.portfolio.unit_of_work("Plan") as work:
            made = meetings.add_meeting(
                work, self.busy.world.account, MeetingType.INFORMAL, LocalTime(wall(when), zone),
                minutes=minutes, title=title,
            )  # fmt: skip
        self.context.bus.publish(work.changes)
        self.settle()
        return made

    def stored(self, meeting_id: str) -> MeetingRow:
        """A meeting as it is in the file."""
        with self.context.portfolio.reading() as db:
            found = meeting_detail(db, meeting_id, self.context.clock.now())
        assert found is not None
        return found.row


@pytest.fixture
def calendar(window: MainWindow, app_context: AppContext, settled: Settle) -> Calendar:
    busy = make_busy_world(app_context.portfolio)
    window.resize(1329, 830)
    app_context.navigator.open("calendar", view="month", day="2026-11-20")
    settled()
    page = window.page
    assert isinstance(page, CalendarPage)
    page.month.setFocus()
    return Calendar(page, busy, app_context, settled)
