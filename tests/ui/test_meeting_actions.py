"""Actions on the page of a meeting that began: ticked, added in one line, kept when one leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kam_desktop.services import actions
from kam_desktop.services.queries.actions import ActionRow, of_meeting
from kam_desktop.ui.meetings.actions_card import MeetingActionsCard
from kam_desktop.ui.meetings.page import MeetingsPage
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.window import MainWindow
from tests.ui.meetings_world import BusyWorld, make_busy_world

TODAY = dt.date(2026, 11, 20)
Settle = Callable[[], None]


@pytest.fixture
def busy(app_context: AppContext) -> BusyWorld:
    return make_busy_world(app_context.portfolio)


@pytest.fixture
def card(
    window: MainWindow, app_context: AppContext, busy: BusyWorld, settled: Settle
) -> MeetingActionsCard:
    """The card of the meeting that was held."""
    with app_context.portfolio.unit_of_work("Add") as work:
        actions.add_action(
            work, busy.world.account, "Send drawings", meeting_id=busy.before,
            due_on=TODAY - dt.timedelta(days=2),
        )  # fmt: skip
    app_context.navigator.open("meetings", meeting_id=busy.before)
    settled()
    settled()
    page = window.page
    assert isinstance(page, MeetingsPage)
    return page.panel.our_actions


def stored(context: AppContext, meeting_id: str) -> list[ActionRow]:
    with context.portfolio.reading() as db:
        return list(of_meeting(db, meeting_id).rows)


def test_an_action_of_the_meeting_is_ticked_there_and_only_there(
    card: MeetingActionsCard, window: MainWindow, settled: Settle
) -> None:
    page = window.page
    assert isinstance(page, MeetingsPage)
    others = [line.box.accessibleName() for line in page.panel.open.lines.lines]
    assert "Done: Send drawings" not in others
    (line,) = card.lines.lines
    assert line.box.accessibleName() == "Done: Send drawings"
    line.box.click()
    settled()
    settled()
    assert card._done.text() == "1 is done"
    assert not card.lines.isVisibleTo(card)


def test_another_is_added_with_enter_and_is_the_users_own(
    card: MeetingActionsCard, app_context: AppContext, busy: BusyWorld, settled: Settle
) -> None:
    QTest.keyClicks(card.text.line, "Book the room")
    QTest.keyClicks(card.due.line, "+7")
    QTest.keyClick(card.due.line, Qt.Key.Key_Return)
    settled()
    settled()
    row = next(each for each in stored(app_context, busy.before) if each.text == "Book the room")
    assert (row.owner_id, row.due_on) == (busy.world.me, TODAY + dt.timedelta(days=7))
    assert len(card.lines.lines) == 2
    assert card.text.value() == ""
    app_context.operations.undo()
    settled()
    assert len(stored(app_context, busy.before)) == 1


def test_nothing_is_refused_and_a_day_that_cannot_be_read_too(
    card: MeetingActionsCard, settled: Settle
) -> None:
    card.add_button.click()
    settled()
    assert card.text.error_text
    QTest.keyClicks(card.text.line, "Book the room")
    QTest.keyClicks(card.due.line, "some day")
    card.add_button.click()
    assert card.due.error_text


def test_what_was_typed_is_kept_when_another_meeting_is_opened(
    card: MeetingActionsCard, app_context: AppContext, busy: BusyWorld, settled: Settle
) -> None:
    card.text.line.setText("Half typed")
    app_context.navigator.open("meetings", meeting_id=busy.meeting)
    settled()
    settled()
    texts = [row.text for row in stored(app_context, busy.before)]
    assert sorted(texts) == ["Half typed", "Send drawings"]
    assert card.isHidden(), "the coming meeting has no actions yet"
