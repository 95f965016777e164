"""The scales beside the grid. They stay in sight while the grid is scrolled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kam_desktop.services.grid_marks import AXIS_HEIGHT, AXIS_WIDTH, column_label
from kam_desktop.services.grid_scene import AxisLabel
from kam_desktop.services.i18n import _
from kam_desktop.ui.relationship_map.grid.view import GridView
from kam_desktop.ui.relationship_map.mark_painting import Pens, Recording
from kam_desktop.ui.theme import Space, TextRole, colours, theme

_LEAST = 26.0


class SupportAxis(QWidget):
    """The columns: sign, word and how many people."""

    def __init__(self, view: GridView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._labels: Sequence[AxisLabel] = ()
        view.scrolled.connect(self.update)
        theme().changed.connect(self.updateGeometry)

    def show_labels(self, labels: Sequence[AxisLabel]) -> None:
        """Show the columns of another grid."""
        self._labels = labels
        self.setAccessibleName(_("Support"))
        self.setAccessibleDescription(_described(labels))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, theme().px(AXIS_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for label in self._labels:
            left = self._view.mapFromScene(QPointF(label.start, 0)).x()
            width = label.length * self._view.zoom
            if left + width > 0 and left < self.width():
                # A wide column's name stays in sight while a part of the column is.
                start, end = max(left, 0), min(left + width, self.width())
                self._label(painter, label, QRectF(start, 0, end - start, self.height()))
        painter.end()

    def _label(self, painter: QPainter, label: AxisLabel, area: QRectF) -> None:
        look = theme()
        marks = column_label(replace(label, length=area.width()), look.scale)
        painter.translate(area.left(), 0)
        Recording(marks, Pens.of(look)).paint(painter)
        painter.translate(-area.left(), 0)


class InfluenceAxis(QWidget):
    """The rows: the figure, and a bar as long as the influence."""

    def __init__(self, view: GridView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._labels: Sequence[AxisLabel] = ()
        view.scrolled.connect(self.update)
        theme().changed.connect(self.updateGeometry)

    def show_labels(self, labels: Sequence[AxisLabel]) -> None:
        """Show the rows of another grid."""
        self._labels = labels
        self.setAccessibleName(_("Influence"))
        self.setAccessibleDescription(_described(labels))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(AXIS_WIDTH), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme()
        painter.setFont(look.figures(TextRole.SMALL))
        for label in self._labels:
            top = self._view.mapFromScene(QPointF(0, label.start)).y()
            height = label.length * self._view.zoom
            start, end = max(top, 0), min(top + height, self.height())
            if end - start >= min(height, _LEAST * 0.6):
                self._label(painter, label, QRectF(0, start, self.width(), end - start))
        painter.end()

    def _label(self, painter: QPainter, label: AxisLabel, area: QRectF) -> None:
        look, px = theme(), theme().px
        ink = colours().text if label.count else colours().text3
        painter.setPen(QColor(ink))
        figure = area.adjusted(0, 0, -px(Space.S), 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(figure, right, label.text)
        if label.value:
            longest = self.width() - px(36)
            bar = QRectF(0, area.center().y() - px(2), longest * label.value / 10, px(4))
            bar.moveRight(self.width() - px(30))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.colours.text3))
            painter.drawRoundedRect(bar, 2, 2)


def _described(labels: Sequence[AxisLabel]) -> str:
    return ", ".join(f"{label.text}: {label.count}" for label in labels)
