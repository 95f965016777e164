"""One line of the Today page: what, why, and one key to where it is handled."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
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
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from kam_desktop.ui.theme import FOCUS_WIDTH, RADIUS, Space, State, colours, theme
from kam_desktop.ui.widgets import Pill, text_label

LONGEST = 160
"""Characters of a text that are shown; the whole of it is one key away."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a row says. ``target`` is for whoever handles the row; ``symbol`` may be empty.

    ``quiet`` is for one of many things that belong to something larger: not bold, and its state as
    words under it rather than as a pill.
    """

    text: str
    detail: str
    pill: str = ""
    state: State = State.PLAIN
    symbol: str = ""
    symbol_state: State = State.PLAIN
    symbol_word: str = ""
    target: tuple[str, ...] = ()
    quiet: bool = False


class RowColumn(QVBoxLayout):
    """Rows whose text begins and ends where that of the column around them does.

    The ground that shows when a row is met reaches out of the column on both sides.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(0)
        self._reach = theme().px(Space.S)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect.adjusted(-self._reach, 0, self._reach, 0))

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(width + 2 * self._reach)


class LinkRow(QWidget):
    """``activated`` carries the `Line`, on click, Enter or Space. Up and Down go to neighbours."""

    activated = Signal(object)

    def __init__(self, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self._hovered = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        words = (line.text, line.detail, line.symbol_word, line.pill)
        self.setAccessibleName(", ".join(word for word in words if word))
        px = theme().px
        grid = QGridLayout(self)
        grid.setContentsMargins(px(Space.S), px(6), px(Space.S), px(6))
        grid.setHorizontalSpacing(px(Space.S))
        grid.setVerticalSpacing(px(1))
        if line.symbol:
            symbol = text_label(line.symbol, "strong")
            symbol.setProperty("tone", str(line.symbol_state))
            symbol.setFixedWidth(px(28))
            grid.addWidget(symbol, 0, 0)
        grid.addWidget(_words(line.text, "body" if line.quiet else "strong"), 0, 1)
        detail = _words(line.pill if line.quiet else line.detail, "small")
        if line.quiet:
            detail.setProperty("tone", str(line.state))
        if detail.text():
            grid.addWidget(detail, 1, 1)
        if line.pill and not line.quiet:
            grid.addWidget(Pill(line.pill, line.state), 0, 2, 2 if line.detail else 1, 1)
        grid.setColumnStretch(1, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit(self.line)
        elif key == Qt.Key.Key_Down:
            self.focusNextChild()
        elif key == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.activated.emit(self.line)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._hovered and not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = theme().px(RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().accent_soft if self.hasFocus() else colours().bg))
        painter.drawRoundedRect(area, radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours().accent), FOCUS_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, radius, radius)


def _words(text: str, role: str) -> QLabel:
    shown = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    label = text_label(" ".join(shown.split()), role, wrap=True)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label
