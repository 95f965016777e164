"""The checklist of a meeting: what ticks itself, and putting items in order."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from kam_desktop.models.vocabulary import ChecklistCondition, ChecklistState
from kam_desktop.services import meetings
from kam_desktop.services.queries import meetings as queries
from kam_desktop.ui.meetings.checklist_card import ChecklistCard
from kam_desktop.ui.meetings.page import MeetingsPage
from kam_desktop.ui.meetings.templates_dialog import TemplatesDialog
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.navigator import Notice
from kam_desktop.ui.shell.window import MainWindow
from tests.ui.meetings_world import BusyWorld, make_busy_world

Settle = Callable[[], None]
AIMS = "Write down what we want from this meeting, and what they want"


@pytest.fixture
def busy(app_context: AppContext) -> BusyWorld:
    """A review for which both sides' aims are written down."""
    made = make_busy_world(app_context.portfolio)
    with app_context.portfolio.unit_of_work("Write the aims") as work:
        meetings.update_meeting(
            work, made.meeting, objective_ours="Renew", objective_theirs="Better terms"
        )
    return made


@pytest.fixture
def card(
    window: MainWindow, app_context: AppContext, busy: BusyWorld, settled: Settle
) -> ChecklistCard:
    app_context.navigator.open("meetings", meeting_id=busy.meeting)
    settled()
    assert isinstance(window.page, MeetingsPage)
    return window.page.panel.checklist


def row_of(card: ChecklistCard, text: str) -> queries.ChecklistRow:
    return next(row for row in card.model.rows if row.text == text)


def choose(card: ChecklistCard, text: str) -> None:
    at = card.model.rows.index(row_of(card, text))
    card.view.setCurrentIndex(card.model.index(at))


def test_what_ticked_itself_says_so_and_cannot_be_unticked(
    card: ChecklistCard, app_context: AppContext, qtbot: QtBot, settled: Settle
) -> None:
    notices: list[Notice] = []
    app_context.navigator.noticed.connect(notices.append)
    row = row_of(card, AIMS)
    assert (row.state, row.by_itself) == (ChecklistState.DONE, True)
    choose(card, AIMS)
    spoken = card.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Ticked itself: Both sides' aims are written down" in spoken
    qtbot.keyClick(card.view, Qt.Key.Key_Space)
    settled()
    assert row_of(card, AIMS).by_itself
    assert "If it does not apply, say so" in notices[-1].text
    assert app_context.operations.state.undo != "Reopen an item"


def test_what_ticked_itself_can_be_called_not_applicable_and_back(
    card: ChecklistCard, qtbot: QtBot, settled: Settle
) -> None:
    choose(card, AIMS)
    card._give_reason(row_of(card, AIMS).id, "A courtesy call")
    settled()
    row = row_of(card, AIMS)
    assert (row.state, row.reason) == (ChecklistState.NOT_APPLICABLE, "A courtesy call")
    qtbot.keyClick(card.view, Qt.Key.Key_Space)
    settled()
    assert row_of(card, AIMS).by_itself


def test_what_was_ticked_by_hand_can_be_unticked_also_when_it_waits_for_a_fact(
    card: ChecklistCard, qtbot: QtBot, settled: Settle
) -> None:
    waiting = "Plan the route with a buffer; be there ten minutes early"
    choose(card, waiting)
    spoken = card.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Ticks itself: Time for the way is planned" in spoken
    for state in (ChecklistState.DONE, ChecklistState.OPEN):
        qtbot.keyClick(card.view, Qt.Key.Key_Space)
        settled()
        assert row_of(card, waiting).state is state
        assert not row_of(card, waiting).by_itself


def test_an_open_item_says_what_should_show_it(
    card: ChecklistCard, app_context: AppContext, settled: Settle
) -> None:
    asked = "Ask the client beforehand what went well and what did not"
    choose(card, asked)
    spoken = card.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert "To show: Their answer, in their words" in spoken
    card._edit.trigger()
    settled()
    assert card.fields.evidence.line.placeholderText() == "Their answer, in their words"
    card.fields.evidence.committed.emit("Mail of 12 Nov")
    settled()
    spoken = card.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert "To show" not in spoken
    assert "Mail of 12 Nov" in spoken


def drag_row(view: QAbstractItemView, source: int, target: QPoint) -> None:
    """Drag a row and let it go at a point of the viewport.

    Without a screen there is no system drag and so no source of one; the view would refuse what
    comes from elsewhere, so it is told to take it. Where a row falls is Qt's and the model's work.
    """
    model = view.model()
    data = model.mimeData([model.index(source, 0)])
    view.setCurrentIndex(model.index(source, 0))
    assert view.dragEnabled()
    view.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
    move, left = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(target, move, data, left, none),
        QDragMoveEvent(target, move, data, left, none),
        QDropEvent(QPointF(target), move, data, left, none),
    ):
        QApplication.sendEvent(view.viewport(), event)
    view.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)


def test_an_item_is_dragged_with_the_mouse(
    card: ChecklistCard, busy: BusyWorld, app_context: AppContext, settled: Settle
) -> None:
    view = card.view
    before = [row.id for row in card.model.rows]
    third = view.visualRect(card.model.index(2))
    drag_row(view, 0, QPoint(80, third.bottom() - 1))
    settled()
    assert [row.id for row in card.model.rows] == [before[1], before[2], before[0], *before[3:]]
    with app_context.portfolio.reading() as db:
        detail = queries.meeting_detail(db, busy.meeting, app_context.clock.now())
    assert detail is not None
    assert [row.id for row in detail.checklist] == [row.id for row in card.model.rows]
    app_context.operations.undo()
    settled()
    assert [row.id for row in card.model.rows] == before


def test_a_line_of_a_template_is_dragged_with_the_mouse(
    window: MainWindow, app_context: AppContext, busy: BusyWorld, settled: Settle
) -> None:
    dialog = TemplatesDialog(app_context, window)
    dialog.open()
    settled()
    table = dialog.editor.table
    before = list(dialog.editor.lines.lines)
    third = table.visualRect(dialog.editor.lines.index(2, 0))
    drag_row(table, 0, QPoint(80, third.bottom() - 2))
    assert dialog.editor.lines.lines[:4] == [before[1], before[2], before[0], before[3]]
    assert dialog.editor.row == 2
    dialog.editor.take_back()
    dialog.close()


@given(source=st.integers(0, 19), gap=st.integers(0, 20))
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_dropped_item_lies_in_the_gap_it_was_dropped_into(
    card: ChecklistCard, settled: Settle, source: int, gap: int
) -> None:
    before = [row.id for row in card.model.rows]
    data = card.model.mimeData([card.model.index(source)])
    card.model.dropMimeData(data, Qt.DropAction.MoveAction, gap, 0, QModelIndex())
    settled()
    expected: list[str | None] = [*before]
    expected[source] = None
    expected.insert(gap, before[source])
    assert [row.id for row in card.model.rows] == [each for each in expected if each]
    assert {row.condition for row in card.model.rows} >= {ChecklistCondition.AIMS_WRITTEN}
