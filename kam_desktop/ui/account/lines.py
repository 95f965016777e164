"""Records as lines of wrapped text, walked with the arrow keys and changed in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.icons import icon
from kam_desktop.ui.theme import FOCUS_WIDTH, Space, colours, theme
from kam_desktop.ui.widgets import IconButton, make_action
from kam_desktop.ui.widgets.scrolling import bring_into_view

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_RADIUS = 6
_BUTTON = 26


def _always(_row: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class LineAction:
    """Something to do with a line, by its key or from its menu.

    ``applies`` says whether it can be done with a record.
    """

    name: str
    text: str
    icon: str
    key: str
    applies: Callable[[Any], bool] = _always


class LineActions(QObject):
    """The actions of all lines of one section. ``wanted`` carries an action's name and the row."""

    wanted = Signal(str, object)

    def __init__(self, owner: QWidget, specs: Sequence[LineAction]) -> None:
        super().__init__(owner)
        self.specs = tuple(specs)
        self._row: Any = None
        self.actions = [make_action(spec.text, owner, shortcut=spec.key) for spec in self.specs]
        for spec, action in zip(self.specs, self.actions, strict=True):
            action.setData(spec.name)
            action.setIcon(icon(spec.icon))
            action.setEnabled(False)
            action.triggered.connect(self._triggered)

    def _triggered(self) -> None:
        action, focused = self.sender(), QApplication.focusWidget()
        owner = self.parent()
        inside = focused is not None and isinstance(owner, QWidget) and owner.isAncestorOf(focused)
        # A letter pressed on a button or a list of choices means nothing here.
        on_line = not inside or isinstance(focused, Line)
        if isinstance(action, QAction) and self._row is not None and on_line:
            self.wanted.emit(str(action.data()), self._row)

    def choose(self, row: Any) -> None:
        """The line the user is on; None when there is none."""
        self._row = row
        for spec, action in zip(self.specs, self.actions, strict=True):
            action.setEnabled(row is not None and spec.applies(row))

    def perform(self, name: str, row: Any) -> None:
        """A line's own button was clicked."""
        self.wanted.emit(name, row)

    def menu(self, parent: QWidget) -> QMenu:
        """What can be done with the line the user is on."""
        made = QMenu(parent)
        made.addActions([action for action in self.actions if action.isEnabled()])
        made.aboutToHide.connect(made.deleteLater)
        return made


class Line(QWidget):
    """One record: its content, and a button for its menu under the pointer or the keyboard."""

    entered = Signal(object)
    walked = Signal(object)
    act_wanted = Signal(str, object)

    def __init__(
        self,
        row: Any,
        content: QWidget,
        name: str,
        actions: LineActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.row = row
        self._actions = actions
        self._menu_button: IconButton | None = None
        px = theme().px
        self.setAccessibleName(name)
        box = QHBoxLayout(self)
        box.setContentsMargins(px(Space.S), px(Space.XS), px(Space.XS), px(Space.XS))
        box.setSpacing(px(Space.XS))
        box.addWidget(content, 1)
        self._tools = QHBoxLayout()
        room = QWidget()
        room.setLayout(self._tools)
        self._tools.setContentsMargins(0, 0, 0, 0)
        room.setFixedWidth(px(_BUTTON))
        box.addWidget(room, 0, Qt.AlignmentFlag.AlignTop)
        self.set_tab_stop(False)

    def set_tab_stop(self, on: bool) -> None:
        """Only one line of a list is met by Tab; the arrow keys lead to the others."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)

    def _show_button(self, on: bool) -> None:
        if on and self._menu_button is None:
            # Made when first needed, since most lines are only read.
            self._menu_button = IconButton("ellipsis", _("What can be done"))
            # The keyboard has the menu key and a key for each action.
            self._menu_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._menu_button.setFixedSize(theme().px(_BUTTON), theme().px(_BUTTON))
            self._menu_button.clicked.connect(self._open_menu_below)
            self._tools.addWidget(self._menu_button)
        if self._menu_button is not None:
            self._menu_button.setVisible(on)

    def _open_menu_below(self) -> None:
        button = self._menu_button
        if button is not None:
            self._open_menu(button.mapToGlobal(QPoint(0, button.height())))

    def _open_menu(self, at: QPoint) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._actions.choose(self.row)
        self._actions.menu(self).popup(at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit(self.row)
        self._show_button(True)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_button(self.underMouse())
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_button(True)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_button(self.hasFocus())
        self.update()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.act_wanted.emit(self._actions.specs[0].name, self.row)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self._open_menu(self.mapToGlobal(QPoint(0, self.height())) if by_key else event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.walked.emit(step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not (self.hasFocus() or self.underMouse()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = FOCUS_WIDTH / 2
        area = QRectF(self.rect()).adjusted(ring, ring, -ring, -ring)
        painter.setBrush(QColor(colours().accent_soft if self.hasFocus() else colours().bg))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours().accent), FOCUS_WIDTH))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(area, theme().px(_RADIUS), theme().px(_RADIUS))
        painter.end()


class LineList(QWidget):
    """Lines made by ``make(row)``, brought up to date by difference.

    ``name(row)`` is what a screen reader says of a line; neither may hold the page, which would
    then never be freed without the collector. A form can stand in the place of a line
    (`edit`) or above all of them (`add`); it stays there while the rows change.
    """

    def __init__(
        self,
        make: Callable[[Any], QWidget],
        name: Callable[[Any], str],
        actions: LineActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._name = name
        self._actions = actions
        self._lines: list[Line] = []
        self._form: QWidget | None = None
        self._edited = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(2))

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(self._lines)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these records; lines of records that did not change stay as they are."""
        focused = next((at for at, line in enumerate(self._lines) if line.hasFocus()), -1)
        focused_id = self._lines[focused].row.id if focused >= 0 else ""
        old = {line.row.id: line for line in self._lines}
        self._lines = [self._line(row, old) for row in rows]
        for line in old.values():
            if line not in self._lines:
                self._column.removeWidget(line)
                line.hide()
                line.deleteLater()
        self._arrange()
        if focused >= 0:
            at = next((n for n, each in enumerate(self._lines) if each.row.id == focused_id), -1)
            self._focus(at if at >= 0 else min(focused, len(self._lines) - 1))

    def _line(self, row: Any, old: dict[str, Line]) -> Line:
        line = old.get(row.id)
        if line is not None and line.row == row:
            return line
        made = Line(row, self._make(row), self._name(row), self._actions)
        made.entered.connect(self._actions.choose)
        made.walked.connect(self._walk)
        made.act_wanted.connect(self._actions.perform)
        return made

    def _arrange(self) -> None:
        wanted: list[QWidget] = []
        if self._form is not None and not any(each.row.id == self._edited for each in self._lines):
            wanted.append(self._form)
        for at, line in enumerate(self._lines):
            wanted.append(line)
            if self._form is not None and line.row.id == self._edited:
                wanted.append(self._form)
            line.set_tab_stop(at == 0)
        for at, widget in enumerate(wanted):
            if self._column.indexOf(widget) != at:
                self._column.insertWidget(at, widget)
        for line in self._lines:
            # Only now: shown before they lie in the column, they would flash up as windows.
            line.setVisible(self._form is None or line.row.id != self._edited)

    def add(self, form: QWidget) -> None:
        """Put a form above the lines."""
        self.edit("", form)

    def edit(self, row_id: str, form: QWidget) -> None:
        """Put a form in the place of a line."""
        self._form, self._edited = form, row_id
        self._arrange()

    def end_edit(self) -> None:
        """The form is gone; the line is back, with the keyboard on it."""
        form, row_id = self._form, self._edited
        if form is None:
            return
        self._form, self._edited = None, ""
        self._column.removeWidget(form)
        self._arrange()
        if not self.focus_row(row_id) and self._lines:
            self._focus(0)

    def focus_row(self, row_id: str) -> bool:
        """Put the keyboard on a line; False when it is not there."""
        at = next((n for n, line in enumerate(self._lines) if line.row.id == row_id), -1)
        return at >= 0 and self._focus(at)

    def _walk(self, step: int) -> None:
        line = self.sender()
        if isinstance(line, Line) and line in self._lines:
            self._focus(self._lines.index(line) + step)

    def _focus(self, at: int) -> bool:
        if not 0 <= at < len(self._lines):
            if not self._lines:
                self._actions.choose(None)
            return False
        for number, line in enumerate(self._lines):
            line.set_tab_stop(number == at)
        self._lines[at].setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(self._lines[at])
        return True
