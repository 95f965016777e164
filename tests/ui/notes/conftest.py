"""A meeting under way, and its notes in the real window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import Account
from kam_desktop.models.vocabulary import MeetingType, PointKind
from kam_desktop.services import meeting_points, meetings
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.zones import LocalTime
from kam_desktop.ui.meetings.capture_page import NotesPage
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.window import MainWindow
from tests.conftest import StillClock
from tests.services.meetings.world import World, make_world


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that began 20 minutes ago and takes an hour."""

    world: World
    meeting: str


@pytest.fixture
def held(portfolio: Portfolio, clock: StillClock) -> Held:
    world = make_world(portfolio)
    with portfolio.unit_of_work("Plan") as work:
        work.get(Account, world.account).country = "Italy"
        when = LocalTime.of_instant(clock.now() - dt.timedelta(minutes=20), "Europe/Rome")
        meeting = meetings.add_meeting(
            work,
            world.account,
            MeetingType.PROPOSAL,
            when,
            person_ids=[world.elena, world.kenji],
            team_member_ids=[world.me],
            title="Oil proposal",
        )
        for text, minutes in (("Welcome", 10), ("Pilot results", 30), ("Decision", 20)):
            meeting_points.add_point(work, meeting, PointKind.AGENDA, text, minutes=minutes)
            work.flush()
        meeting_points.add_point(work, meeting, PointKind.QUESTION, "Who signs?")
        meeting_points.add_point(work, meeting, PointKind.OBJECTION, "Too dear")
    return Held(world, meeting)


@pytest.fixture
def page(
    qtbot: QtBot, window: MainWindow, app_context: AppContext, held: Held,
    settled: Callable[[], None],
) -> NotesPage:  # fmt: skip
    """The notes of the meeting, with the keyboard in the text."""
    window.resize(1200, 800)
    window.commands["take_notes"].trigger()
    settled()
    shown = window.page
    assert isinstance(shown, NotesPage)
    assert shown.noted is not None
    return shown
