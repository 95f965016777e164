"""Lines of one kind in the user's order, and the empty one that adds the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kam_desktop.services.queries.meetings import PointRow
from kam_desktop.ui.meetings.point_line import People, PointLine
from kam_desktop.ui.theme import Space, colours, theme
from kam_desktop.ui.widgets.scrolling import bring_into_view
from kam_desktop.ui.widgets.wrapped_line import WrappedLine


def drop_index(middles: Sequence[int], source: int, y: int) -> int:
    """Where the line at ``source`` goes when it is let go at ``y``, counted among the others.

    ``middles`` are the middles of all lines, from the top.
    """
    return sum(middle < y for at, middle in enumerate(middles) if at != source)


class PointList(QWidget):
    """Says what is wanted: ``added`` (text, id of the line before or None), ``changed`` (id, field,
    value, editor), ``move_wanted`` (id, index), ``delete_wanted`` (id)."""

    added = Signal(str, object)
    changed = Signal(str, str, object, object)
    move_wanted = Signal(str, object)
    delete_wanted = Signal(str)

    def __init__(self, label: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[PointLine] = []
        self._anchor: str | None = None
        self._dropping = -1
        self.draft = _Draft(label, placeholder)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(2))
        self._column.addWidget(self.draft)
        # Room that is left for a moment while heights change lies below all lines.
        self._column.addStretch(1)
        self._mark = _DropMark(self)
        self.draft.given.connect(self._give)
        self.draft.left.connect(self._draft_left)
        self.draft.walked.connect(self._walk_from_draft)

    # Showing

    def show_rows(self, rows: Sequence[PointRow], people: People) -> None:
        """Show these lines; those that are there already keep their editors and the keyboard."""
        old = {line.row.id: line for line in self.lines}
        self.lines = [self._line(row, people, old) for row in rows]
        for line in old.values():
            if line not in self.lines:
                self._column.removeWidget(line)
                line.hide()
                line.deleteLater()
        self._arrange()

    def _line(self, row: PointRow, people: People, old: dict[str, PointLine]) -> PointLine:
        line = old.get(row.id)
        if line is not None:
            line.show_row(row, people)
            return line
        made = PointLine(row, people)
        made.committed.connect(self._line_committed)
        made.next_wanted.connect(self._next)
        made.removed.connect(self._remove)
        made.moved.connect(self._move)
        made.walked.connect(self._walk)
        made.grip.dragged.connect(self._drag)
        made.grip.dropped.connect(self._drop)
        return made

    def _arrange(self) -> None:
        self.draft.indent(self.lines[0].text_left() if self.lines else 0)
        wanted: list[QWidget] = list(self.lines)
        wanted.insert(self._place_of_draft(), self.draft)
        moved = False
        for place, widget in enumerate(wanted):
            if self._column.indexOf(widget) != place:
                self._column.insertWidget(place, widget)
                widget.show()
                moved = True
        stops = [
            field
            for widget in wanted
            for editor in (widget.editors if isinstance(widget, PointLine) else [self.draft.text])
            if (field := editor.focusProxy()) is not None
        ]
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)
        if moved:
            QTimer.singleShot(0, self, self._show_keyboard)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            # A line that is shown for the first time takes the height it needs only now.
            QTimer.singleShot(0, self, self._show_keyboard)

    def _show_keyboard(self) -> None:
        """Keep what is being edited in sight, wherever it was moved."""
        keyboard = QApplication.focusWidget()
        for line in (*self.lines, self.draft):
            if keyboard is not None and line.isAncestorOf(keyboard):
                bring_into_view(line)

    def _place_of_draft(self) -> int:
        if self._anchor is None:
            return len(self.lines)
        at = next((n for n, line in enumerate(self.lines) if line.row.id == self._anchor), None)
        # The line before it may be stored and not be shown yet: it stays where it is meanwhile.
        return min(self._column.indexOf(self.draft), len(self.lines)) if at is None else at + 1

    # Adding

    def start_adding(self) -> None:
        """Put the keyboard where a line is added at the end."""
        self._place_draft(None)
        self._type_here()

    def went_in(self, after: str | None, point_id: str) -> None:
        """What was given behind ``after`` is a line now; what is typed next follows it."""
        if after is not None and self._anchor == after:
            self._place_draft(point_id)

    def _type_here(self) -> None:
        self.draft.take_keyboard()
        # Texts that were shown just now may still take the height they need.
        QTimer.singleShot(0, self, self._show_keyboard)

    def _place_draft(self, after: str | None) -> None:
        if after != self._anchor:
            self._anchor = after
            self._arrange()

    def _next(self) -> None:
        line = self.sender()
        if isinstance(line, PointLine):
            last = line is self.lines[-1]
            self._place_draft(None if last else line.row.id)
            self._type_here()

    def _give(self, text: str) -> None:
        self.added.emit(text, self._anchor)

    def _draft_left(self) -> None:
        self._place_draft(None)

    def _walk_from_draft(self, step: int) -> None:
        at = self._column.indexOf(self.draft)
        self._focus_place(at + step)

    # What the lines ask for

    def _line_committed(self, field: str, value: object, editor: object) -> None:
        line = self.sender()
        if isinstance(line, PointLine):
            self.changed.emit(line.row.id, field, value, editor)

    def _remove(self) -> None:
        line = self.sender()
        if isinstance(line, PointLine) and line in self.lines:
            if line.has_keyboard:
                self._leave(line)
            self.delete_wanted.emit(line.row.id)

    def _leave(self, line: PointLine) -> None:
        """Go on in the line above, or else in the one that adds."""
        at = self.lines.index(line)
        # What it says is not kept any more, so leaving it must not offer it.
        line.text.revert()
        if at > 0:
            self.lines[at - 1].focus_text()
            bring_into_view(self.lines[at - 1])
        else:
            self._type_here()

    def _move(self, step: int) -> None:
        line = self.sender()
        if isinstance(line, PointLine):
            at = self.lines.index(line) + step
            if 0 <= at < len(self.lines):
                self.move_wanted.emit(line.row.id, at)

    def _walk(self, step: int) -> None:
        line = self.sender()
        if isinstance(line, PointLine):
            self._focus_place(self._column.indexOf(line) + step)

    def _focus_place(self, place: int) -> None:
        item = self._column.itemAt(place) if place >= 0 else None
        widget = item.widget() if item is not None else None
        if isinstance(widget, PointLine):
            widget.focus_text()
            bring_into_view(widget)
        elif widget is self.draft:
            self._type_here()

    # Dragging

    def _drag(self, at: QPoint) -> None:
        line = self._line_of(self.sender())
        if line is None:
            return
        source, here = self.lines.index(line), self.mapFromGlobal(at)
        middles = [each.geometry().center().y() for each in self.lines]
        self._dropping = drop_index(middles, source, here.y())
        others = [each for each in self.lines if each is not line]
        after = others[self._dropping - 1] if self._dropping else None
        y = after.geometry().bottom() + 1 if after is not None else self.lines[0].y()
        if after is not None and self.lines.index(after) == source - 1:
            y = line.y()
        self._mark.show_at(y)
        scroller = _scroller_of(self)
        page = scroller.widget() if scroller is not None else None
        if scroller is not None and page is not None:
            place = self.mapTo(page, here)
            scroller.ensureVisible(place.x(), place.y(), 0, theme().px(Space.XXL))

    def _drop(self) -> None:
        line, target = self._line_of(self.sender()), self._dropping
        self._mark.hide()
        self._dropping = -1
        if line is not None and target >= 0 and target != self.lines.index(line):
            line.commit_drafts()
            self.move_wanted.emit(line.row.id, target)

    def _line_of(self, grip: QObject | None) -> PointLine | None:
        return next((line for line in self.lines if line.grip is grip), None)

    def commit_drafts(self) -> None:
        """Keep what was typed and not kept yet."""
        for line in self.lines:
            line.commit_drafts()
        self.draft.give()


def _scroller_of(widget: QWidget) -> QScrollArea | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


class _Draft(QWidget):
    """The empty line. ``given`` carries what was typed into it, ``left`` when it stays empty."""

    given = Signal(str)
    left = Signal()
    walked = Signal(object)

    def __init__(self, label: str, placeholder: str) -> None:
        super().__init__()
        self.text = WrappedLine(label, show_label=False)
        self.text.set_placeholder(placeholder)
        self.text.set_quiet()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.text)
        self.text.committed.connect(self._committed)
        self.text.text.installEventFilter(self)

    def take_keyboard(self) -> None:
        """Type here, where it can be seen."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(self)

    def indent(self, by: int) -> None:
        """Begin where the texts of the lines begin."""
        self._row.setContentsMargins(by, 0, 0, 0)

    def _committed(self, _text: object) -> None:
        self.give()

    def give(self) -> None:
        """Hand over what was typed, and be empty for the next line."""
        text = self.text.value()
        self.text.revert()
        if text:
            self.given.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.give()
            self.left.emit()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            edge = self.text.is_first_line() if step < 0 else self.text.is_last_line()
            if step and edge and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self.walked.emit(step)
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.text.text.toPlainText():
                self.walked.emit(-1)
                return True
        return super().eventFilter(watched, event)


class _DropMark(QWidget):
    """A stroke between two lines, where the dragged one will lie."""

    def __init__(self, parent: PointList) -> None:
        super().__init__(parent)
        self._list = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, y: int) -> None:
        """Draw it at a height of the list."""
        thick = theme().px(3)
        self.setGeometry(QRect(0, max(0, y - thick // 2), self._list.width(), thick))
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours().accent))
        painter.end()
