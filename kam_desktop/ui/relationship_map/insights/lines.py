"""Lines of insight: a mark for the state, the fact, what it stands on; walked with the arrows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kam_desktop.services.formatting import isolate
from kam_desktop.services.i18n import _
from kam_desktop.services.insight_lines import BAD, GOOD, PLAIN, WARN, Line
from kam_desktop.ui.icons import pixmap
from kam_desktop.ui.theme import FOCUS_WIDTH, RADIUS, Space, colours, theme
from kam_desktop.ui.widgets import Button, clear_layout, text_label

MARKS = {BAD: "circle-alert", WARN: "triangle-alert", GOOD: "circle-check", PLAIN: "minus"}
_TONES = {BAD: "bad", WARN: "warn", GOOD: "good", PLAIN: "text3"}
_MARK = 14
_LONG_WORD = 24
FIRST = 4
_MORE = 30
_SEVERITY = (BAD, WARN, PLAIN, GOOD)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def breakable(text: str) -> str:
    """``text`` with places to break in words too long for a narrow panel (zero-width spaces)."""

    def broken(found: re.Match[str]) -> str:
        goes_on = unicodedata.category(text[found.end()]).startswith("M")
        return found[0] if goes_on else f"{found[0]}\u200b"

    return re.sub(f"\\S{{{_LONG_WORD}}}(?=\\S)", broken, text)


class Mark(QLabel):
    """A small picture of a state, drawn anew with the theme; the words beside it say the same."""

    def __init__(self, state: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        look = theme()
        self.setFixedWidth(look.px(_MARK + 2))
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setContentsMargins(0, look.px(2), 0, 0)
        self._draw()
        look.changed.connect(self._draw)

    def _draw(self) -> None:
        look = theme()
        tone = getattr(look.colours, _TONES[self._state])
        self.setPixmap(pixmap(MARKS[self._state], tone, look.px(_MARK), self.devicePixelRatioF()))


class InsightLine(QWidget):
    """One line. ``chosen`` on Enter, Space or a click, ``met`` when the keyboard comes to it.

    Both carry the `Line`; ``walked`` carries the step of an arrow key.
    """

    chosen = Signal(object)
    met = Signal(object)
    walked = Signal(object)

    def __init__(self, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.setAccessibleName(f"{line.text}. {line.detail}" if line.detail else line.text)
        px = theme().px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(Space.XS), px(3), px(Space.XS), px(3))
        row.setSpacing(px(6))
        row.addWidget(Mark(line.state), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text_label(breakable(line.text), wrap=True))
        if line.detail:
            words.addWidget(text_label(breakable(line.detail), "small", wrap=True))
        row.addLayout(words, 1)
        if line.people or line.who:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_tab_stop(False)

    def set_tab_stop(self, on: bool) -> None:
        """Only one line of a list is met by Tab; the arrow keys lead to the others."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.met.emit(self.line)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.chosen.emit(self.line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.walked.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.line)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_ground(self)


def paint_ground(widget: QWidget) -> None:
    """The ground of what the keyboard or the pointer is on."""
    if not (widget.hasFocus() or widget.underMouse()):
        return
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ring = FOCUS_WIDTH / 2
    area = QRectF(widget.rect()).adjusted(ring, ring, -ring, -ring)
    painter.setBrush(QColor(colours().accent_soft if widget.hasFocus() else colours().bg))
    pen = QPen(QColor(colours().accent), FOCUS_WIDTH) if widget.hasFocus() else Qt.PenStyle.NoPen
    painter.setPen(pen)
    painter.drawRoundedRect(area, theme().px(RADIUS), theme().px(RADIUS))
    painter.end()


class InsightLines(QWidget):
    """Lines under each other, the most pressing few until more are wanted.

    ``chosen`` and ``met`` as of `InsightLine`.
    """

    chosen = Signal(object)
    met = Signal(object)

    def __init__(self, first: int = FIRST, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = first
        self._all: tuple[Line, ...] = ()
        self._lines: list[InsightLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(1))

    @property
    def lines(self) -> tuple[InsightLine, ...]:
        """The lines that are shown."""
        return tuple(self._lines)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; the one the keyboard was on keeps it where it is still there."""
        if tuple(lines) == self._all:
            return
        focused = next((each.line for each in self._lines if each.hasFocus()), None)
        self._all = tuple(lines)
        self._fill()
        for each in self._lines:
            if focused is not None and each.line == focused:
                each.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        clear_layout(self._column)
        self._lines = []
        group = ""
        for line in most_pressing(self._all, self._count):
            if line.group != group:
                group = line.group
                heading = text_label(breakable(isolate(group)), "hint", wrap=True)
                heading.setContentsMargins(theme().px(Space.XS), theme().px(Space.XS), 0, 0)
                self._column.addWidget(heading)
            self._add(InsightLine(line))
        rest = len(self._all) - len(self._lines)
        if rest:
            more = Button(_("Show {n} more").format(n=min(rest, _MORE)), "quiet")
            more.clicked.connect(self._show_more)
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        if self._lines:
            self._lines[0].set_tab_stop(True)

    def _add(self, line: InsightLine) -> None:
        line.chosen.connect(self.chosen)
        line.met.connect(self.met)
        line.walked.connect(self._walk)
        self._lines.append(line)
        self._column.addWidget(line)

    def _show_more(self) -> None:
        self._count += _MORE
        self._fill()
        self._lines[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _walk(self, step: object) -> None:
        at = next((n for n, each in enumerate(self._lines) if each.hasFocus()), 0)
        assert isinstance(step, int)
        to = min(max(at + step, 0), len(self._lines) - 1)
        for n, line in enumerate(self._lines):
            line.set_tab_stop(n == to)
        self._lines[to].setFocus(Qt.FocusReason.OtherFocusReason)


def most_pressing(lines: Sequence[Line], count: int) -> list[Line]:
    """The ``count`` worst lines in the order they were in; one more rather than hide a single."""
    if len(lines) <= count + 1:
        return list(lines)
    ranked = sorted(enumerate(lines), key=lambda each: (_SEVERITY.index(each[1].state), each[0]))
    kept = sorted(ranked[:count], key=_place)
    return [line for _at, line in kept]


def _place(each: tuple[int, Line]) -> int:
    return each[0]
