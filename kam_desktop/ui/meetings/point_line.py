"""One line of the agenda, one question or one objection, edited where it stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import PointKind
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.meetings import PointRow
from kam_desktop.ui.theme import Space, TextRole, colours, theme
from kam_desktop.ui.widgets import IconButton, InlineChoice, InlineEditor, text_label
from kam_desktop.ui.widgets.minutes_field import InlineMinutes
from kam_desktop.ui.widgets.wrapped_line import WrappedLine

People = tuple[tuple[str, str], ...]
"""Whom a question can be for: (id, name)."""

_GRIP, _CLOCK, _MINUTES, _REMOVE, _WHOM = 14, 36, 84, 26, 150
_UP, _DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down
_NO_KEYS = Qt.KeyboardModifier.NoModifier


class PointLine(QWidget):
    """``committed`` carries (field, value, editor); the others say what the keyboard or the mouse
    asked for: the next line, this line gone, another place (-1 or +1), the line above or below.

    ``grip`` is where it is taken hold of.
    """

    committed = Signal(str, object, object)
    next_wanted = Signal()
    removed = Signal()
    moved = Signal(object)
    walked = Signal(object)

    def __init__(self, row: PointRow, people: People, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self.grip = Grip()
        self.clock = text_label("", "hint")
        self.text = WrappedLine(_LABELS[row.kind](), show_label=False)
        self.minutes: InlineMinutes | None = None
        self.whom: InlineChoice | None = None
        self.answer: WrappedLine | None = None
        self._remove: IconButton | None = None
        self._people: People = ()
        self._lay_out()
        self._connect_signals()
        self.show_row(row, people)

    @property
    def editors(self) -> list[InlineEditor]:
        """What can be edited here, in the order of Tab."""
        every = (self.text, self.minutes, self.whom, self.answer)
        return [editor for editor in every if editor is not None]

    def _lay_out(self) -> None:
        px = theme().px
        head = QHBoxLayout()
        head.setSpacing(px(2))
        head.addWidget(self.grip, 0, Qt.AlignmentFlag.AlignTop)
        if self.row.kind is PointKind.AGENDA:
            self.clock.setFixedWidth(px(_CLOCK))
            self.clock.setFixedHeight(px(30))
            head.addWidget(self.clock, 0, Qt.AlignmentFlag.AlignTop)
            self.minutes = InlineMinutes(_("Minutes"), show_label=False)
            self.minutes.set_placeholder(_("min"))
            self.minutes.line.setAlignment(
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
            self.minutes.setFixedWidth(px(_MINUTES))
        self.text.set_quiet()
        head.addWidget(self.text, 1)
        if self.minutes is not None:
            self.minutes.set_quiet()
            head.addWidget(self.minutes, 0, Qt.AlignmentFlag.AlignTop)
        self._room = QWidget()
        self._room.setFixedWidth(px(_REMOVE))
        self._tools = QHBoxLayout(self._room)
        self._tools.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._room, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        if self.row.kind is not PointKind.AGENDA:
            column.addLayout(self._second_row())
        column.addStretch(1)

    def _second_row(self) -> QHBoxLayout:
        px = theme().px
        below = QHBoxLayout()
        below.setContentsMargins(px(_GRIP) + px(2), 0, px(_REMOVE) + px(2), px(Space.XS))
        below.setSpacing(px(Space.XS))
        question = self.row.kind is PointKind.QUESTION
        if question:
            self.whom = InlineChoice(_("Whom to ask"), show_label=False)
            self.whom.set_quiet()
            self.whom.combo.setSizeAdjustPolicy(
                self.whom.combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            self.whom.setFixedWidth(px(_WHOM))
            below.addWidget(self.whom, 0, Qt.AlignmentFlag.AlignTop)
        label = _("What they answered") if question else _("What we answer")
        self.answer = WrappedLine(label, show_label=False)
        self.answer.set_placeholder(_("Their answer") if question else label)
        self.answer.set_quiet()
        self.answer.text.setFont(theme().font(TextRole.BODY))
        below.addWidget(self.answer, 1)
        return below

    def _connect_signals(self) -> None:
        for editor in self.editors:
            editor.committed.connect(self._commit)
            editor.entered.connect(self.next_wanted)
            field = editor.focusProxy()
            if field is not None:
                field.installEventFilter(self)

    # Showing

    def show_row(self, row: PointRow, people: People) -> None:
        """Show the line, or the same one with what changed."""
        self.row = row
        self.text.set_value(row.text)
        if self.minutes is not None:
            self.minutes.set_value(row.minutes)
        if self.answer is not None:
            self.answer.set_value(row.answer)
        if self.whom is not None:
            if row.person_id is not None and row.person_id not in dict(people):
                people = (*people, (row.person_id, row.person_name))
            if people != self._people or not self.whom.combo.count():
                self._people = people
                self.whom.set_choices([(None, _("For anyone")), *people])
            self.whom.set_value(row.person_id)

    def show_clock(self, text: str) -> None:
        """Say when this line of the agenda begins; '' when that is not known."""
        self.clock.setText(text)

    def focus_text(self, *, at_end: bool = True) -> None:
        """Put the keyboard into the text."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        cursor = self.text.text.textCursor()
        way = cursor.MoveOperation.End if at_end else cursor.MoveOperation.Start
        cursor.movePosition(way)
        self.text.text.setTextCursor(cursor)

    def text_left(self) -> int:
        """How far from the edge the text begins."""
        px = theme().px
        clock = px(_CLOCK) + px(2) if self.minutes is not None else 0
        return px(_GRIP) + px(2) + clock

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard is in one of its editors."""
        return any(field.hasFocus() for field in self.findChildren(QWidget))

    # Editing

    def _commit(self, value: object) -> None:
        editor = self.sender()
        names = {self.text: "text", self.minutes: "minutes", self.whom: "person_id"}
        field = names.get(editor, "answer")  # type: ignore[call-overload]
        if field == "text" and not value:
            self.removed.emit()
        else:
            self.committed.emit(field, value, editor)

    def commit_drafts(self) -> None:
        """Keep what was typed and not kept yet."""
        for editor in self.editors:
            editor.commit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(watched, event)
        if event.type() == QEvent.Type.FocusIn:
            self._show_remove(True)
        elif event.type() == QEvent.Type.FocusOut:
            self._show_remove(self.underMouse())
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        key, step = event.key(), {_UP: -1, _DOWN: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.commit_drafts()
            self.moved.emit(step)
            return True
        if watched is not self.text.text or event.modifiers() & ~_KEYPAD:
            return False
        if step and (self.text.is_first_line() if step < 0 else self.text.is_last_line()):
            self.walked.emit(step)
            return True
        if key == Qt.Key.Key_Backspace and not self.text.text.toPlainText():
            self.removed.emit()
            return True
        return False

    def _show_remove(self, on: bool) -> None:
        if on and self._remove is None:
            # Made when first needed, since most lines are only read.
            self._remove = IconButton("x", _("Delete this line"))
            # By keyboard a line is deleted by emptying it.
            self._remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._remove.setFixedSize(theme().px(_REMOVE), theme().px(_REMOVE))
            self._remove.clicked.connect(self.removed)
            self._tools.addWidget(self._remove)
        if self._remove is not None:
            self._remove.setVisible(on)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_remove(True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_remove(self.has_keyboard)


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def _agenda_label() -> str:
    return _("Line of the agenda")


def _question_label() -> str:
    return _("Question")


def _objection_label() -> str:
    return _("Objection")


_LABELS = {
    PointKind.AGENDA: _agenda_label,
    PointKind.QUESTION: _question_label,
    PointKind.OBJECTION: _objection_label,
}


class Grip(QWidget):
    """Six dots by which a line is dragged. ``dragged`` carries the place of the pointer on the
    screen while the button is down, ``dropped`` when it was let go."""

    dragged = Signal(QPoint)
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Drag to another place"))
        self._down = False

    def sizeHint(self) -> QSize:
        return QSize(theme().px(_GRIP), theme().px(30))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._down = event.button() == Qt.MouseButton.LeftButton

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._down:
            self.dragged.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._down:
            self._down = False
            self.dropped.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().text3 if self.underMouse() else colours().line))
        px = theme().px
        dot, gap = px(3), px(5)
        left, top = (self.width() - dot - gap) / 2, (self.height() - dot - 2 * gap) / 2
        for column in (0, 1):
            for row in (0, 1, 2):
                painter.drawEllipse(QRectF(left + column * gap, top + row * gap, dot, dot))
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()
