"""How the cells of the matrix are painted: from marks, as on paper."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kam_desktop.services.matrix_marks import cell_marks
from kam_desktop.ui.relationship_map.mark_painting import Pens, Recording
from kam_desktop.ui.relationship_map.matrix.model import MatrixModel
from kam_desktop.ui.theme import FOCUS_WIDTH, theme

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Cells of one look are turned into drawing steps once, so that scrolling stays smooth."""

    def __init__(self, model: MatrixModel) -> None:
        super().__init__(model)
        self._model = model
        self._kept: dict[tuple[object, ...], Recording] = {}
        self.lit: frozenset[str] = frozenset()
        self._pens = Pens.of(theme())

    def restyle(self) -> None:
        """Draw in the look of now."""
        self._pens = Pens.of(theme())
        self._kept.clear()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = self._model.cell(index)
        colours, area = theme().colours, option.rect
        painter.save()
        if cell is None:
            painter.fillRect(area, QColor(colours.sunken))
            painter.restore()
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(area, QColor(colours.accent_soft if selected else colours.surface))
        painter.setPen(QColor(colours.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        key = (cell.state, cell.suggestion, round(cell.contact.strength, 2), area.size().toTuple())
        steps = self._kept.get(key)
        if steps is None:
            marks = cell_marks(cell, area.width(), area.height(), theme().scale)
            steps = self._kept[key] = Recording(marks, self._pens)
        painter.translate(area.topLeft())
        if self.lit and cell.person_id not in self.lit:
            painter.setOpacity(0.35)
        steps.paint(painter)
        painter.restore()
        if option.state & QStyle.StateFlag.State_HasFocus:
            _focus(painter, area)


def _focus(painter: QPainter, area: QRect) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme().colours.accent), FOCUS_WIDTH))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -2), 4, 4)
    painter.restore()
