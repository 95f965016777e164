"""A score explained: what lifted it and what held it down, from 50 to where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kam_desktop.services.formatting import points
from kam_desktop.ui.theme import RADIUS, Space, State, colours, theme


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: ``start`` and ``end`` on 0 … 100; a total stands on the ground."""

    name: str
    start: float
    end: float
    total: bool = False
    state: State = State.PLAIN
    note: str = ""

    @property
    def figure(self) -> str:
        """What is written beside the bar."""
        return str(round(self.end)) if self.total else points(self.end - self.start)


class Waterfall(QWidget):
    """Horizontal bars, one under the other, joined by thin lines.

    The whole content is in the accessible description as well.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def show_bars(self, bars: Sequence[Bar], name: str) -> None:
        """Draw these bars from now on."""
        self._bars = tuple(bars)
        self.setAccessibleName(name)
        self.setAccessibleDescription("; ".join(f"{bar.name} {bar.figure}" for bar in bars))
        self.updateGeometry()
        self.update()

    @property
    def bars(self) -> tuple[Bar, ...]:
        return self._bars

    def _row(self) -> int:
        return theme().px(28)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(420), self._row() * max(1, len(self._bars)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(260), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = self._name_width(painter)
        figure = theme().px(44)
        scale = QRectF(names, 0, max(40, self.width() - names - figure), self.height())
        self._paint_middle(painter, scale)
        for row, bar in enumerate(self._bars):
            self._paint_bar(painter, bar, row, scale)
        painter.end()

    def _name_width(self, painter: QPainter) -> int:
        painter.setFont(theme().font())
        widths = [painter.fontMetrics().horizontalAdvance(bar.name) for bar in self._bars]
        return min(max(widths, default=0) + theme().px(Space.L), self.width() // 2)

    def _paint_middle(self, painter: QPainter, scale: QRectF) -> None:
        pen = QPen(QColor(colours().line), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        x = scale.left() + scale.width() / 2
        painter.drawLine(int(x), 0, int(x), self.height())

    def _paint_bar(self, painter: QPainter, bar: Bar, row: int, scale: QRectF) -> None:
        look, height = theme(), self._row()
        top = row * height
        text = QColor(colours().text)
        painter.setPen(text)
        painter.setFont(look.font(bold=bar.total))
        name = QRectF(0, top, scale.left() - look.px(Space.S), height)
        elided = painter.fontMetrics().elidedText(
            bar.name, Qt.TextElideMode.ElideRight, int(name.width())
        )
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
        left = scale.left() + scale.width() * min(bar.start, bar.end) / 100
        right = scale.left() + scale.width() * max(bar.start, bar.end) / 100
        thickness = look.px(14)
        body = QRectF(left, top + (height - thickness) / 2, max(2.0, right - left), thickness)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_fill(bar)))
        painter.drawRoundedRect(body, RADIUS / 3, RADIUS / 3)
        if row + 1 < len(self._bars):
            x = scale.left() + scale.width() * bar.end / 100
            painter.setPen(QPen(QColor(colours().text3), 1))
            painter.drawLine(int(x), int(body.bottom()), int(x), int(body.bottom() + height / 2))
        painter.setPen(text)
        painter.setFont(look.figures())
        figure = QRectF(self.width() - look.px(44), top, look.px(44), height)
        painter.drawText(
            figure, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, bar.figure
        )


def _fill(bar: Bar) -> str:
    look = colours()
    if bar.total:
        return look.text3 if bar.state is State.PLAIN else look.state(bar.state)[0]
    return look.good if bar.end >= bar.start else look.bad
