"""Labels. User text is always shown as it was typed, never read as markup."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kam_desktop.ui.stylesheet import mark
from kam_desktop.ui.theme import State


def text_label(
    text: str = "", role: str = "body", *, wrap: bool = False, parent: QWidget | None = None
) -> QLabel:
    """A plain-text label.

    ``role`` is title, section, heading, strong, body, secondary, small, hint, error or key.
    """
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wrap)
    label.setProperty("role", role)
    return label


class Heading(QLabel):
    """A heading: ``role`` is title (one per page), section or heading."""

    def __init__(
        self, text: str = "", role: str = "heading", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setText(text)


class ElidedLabel(QLabel):
    """One line of plain text that is shortened with an ellipsis where there is no room.

    The whole text is in the tool tip then.
    """

    def __init__(self, text: str = "", role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self._tell_rest()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        shortest = QFontMetrics(self.font()).horizontalAdvance("…") * 3
        return QSize(min(hint.width(), shortest), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_rest()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        area = self.contentsRect()
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)

    def _tell_rest(self) -> None:
        width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        cut = width > self.contentsRect().width()
        self.setToolTip(plain_tip(self.text()) if cut else "")


class Pill(QLabel):
    """A state in a word or two on a soft ground; ``state`` is good, warn, bad, accent or plain."""

    def __init__(
        self, text: str = "", state: State | str = State.PLAIN, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setProperty("pill", str(State(state)))
        self.setText(text)

    def show_state(self, text: str, state: State | str) -> None:
        """Say something else."""
        self.setText(text)
        mark(self, pill=str(State(state)))


def plain_tip(text: str) -> str:
    """``text`` as a tool tip that is never taken for markup."""
    from html import escape

    return f"<span>{escape(text)}</span>" if text else ""
