"""Delegates of the calm table: plain text, numbers, pills, support, influence, checks."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from kam_desktop.ui.itemmodels.columns import STATE_ROLE, VALUE_ROLE
from kam_desktop.ui.theme import FOCUS_WIDTH, Space, TextRole, colours, theme
from kam_desktop.ui.widgets.symbols import draw_support
from kam_desktop.ui.widgets.table import CalmTable, paint_row_ground

Index = QModelIndex | QPersistentModelIndex
MAX_INFLUENCE = 10


class TextDelegate(QStyledItemDelegate):
    """Text in one line: ``quiet`` is secondary, ``strong`` bold, ``figures`` of equal width."""

    def __init__(
        self, parent: CalmTable, *, quiet: bool = False, strong: bool = False, figures: bool = False
    ) -> None:
        super().__init__(parent)
        self._quiet = quiet
        self._strong = strong
        self._figures = figures

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme().row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_row_ground(painter, option, index, selected=selected)
        painter.save()
        self.paint_content(painter, option.rect, index)
        painter.restore()
        self._paint_line(painter, option)
        if option.state & QStyle.StateFlag.State_HasFocus:
            _paint_focus(painter, option.rect)
        painter.restore()

    def paint_content(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw the cell's own content."""
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        painter.setFont(self._font())
        painter.setPen(QColor(colours().text2 if self._quiet else colours().text))
        area = padded(rect)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        flags = int(align) if align is not None else int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(area, flags | Qt.TextFlag.TextSingleLine, shown)

    def _font(self) -> QFont:
        look = theme()
        return look.figures() if self._figures else look.font(bold=self._strong)

    def _paint_line(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        painter.setPen(QColor(colours().sunken))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())


class PillDelegate(TextDelegate):
    """A state as a pill; a cell without a state is drawn as quiet text."""

    def paint_content(self, painter: QPainter, rect: QRect, index: Index) -> None:
        state = index.data(STATE_ROLE)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if not state or not text:
            super().paint_content(painter, rect, index)
            return
        look, px = theme(), theme().px
        ink, ground = look.colours.state(state)
        painter.setFont(look.font(TextRole.SMALL, bold=True))
        area = padded(rect)
        room = area.width() - 2 * px(10)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        width = painter.fontMetrics().horizontalAdvance(shown) + 2 * px(10)
        height = min(px(20), rect.height() - px(Space.XS))
        pill = QRectF(area.left(), rect.center().y() - height / 2 + 0.5, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(QColor(ink))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)


class SupportDelegate(TextDelegate):
    """The symbol of support (never colour alone) and its word."""

    def paint_content(self, painter: QPainter, rect: QRect, index: Index) -> None:
        area = padded(rect)
        side = theme().px(Space.XL)
        value = index.data(VALUE_ROLE)
        draw_support(painter, QRectF(area.left(), rect.center().y() - side / 2, side, side), value)
        super().paint_content(painter, rect.adjusted(side + theme().px(2), 0, 0, 0), index)


class InfluenceDelegate(TextDelegate):
    """Influence 0 … 10 as five pips, a question mark while unknown."""

    def paint_content(self, painter: QPainter, rect: QRect, index: Index) -> None:
        value = index.data(VALUE_ROLE)
        if value is None:
            super().paint_content(painter, rect, index)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius, step = theme().px(3), theme().px(10)
        area = padded(rect)
        left = area.left() + radius
        # Where not all five fit, half a pip would be read as a number.
        if 4 * step + 2 * radius > area.width():
            super().paint_content(painter, rect, index)
            return
        for pip in range(5):
            full = int(value) >= 2 * (pip + 1) - 1
            painter.setPen(QColor(colours().text2))
            painter.setBrush(QColor(colours().text2) if full else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(left + pip * step, rect.center().y() + 0.5), radius, radius)


def padded(rect: QRect) -> QRect:
    """The part of a cell that holds its content."""
    gap = theme().px(Space.S)
    return rect.adjusted(gap, 0, -gap, 0)


def _paint_focus(painter: QPainter, rect: QRect) -> None:
    pen = painter.pen()
    pen.setColor(QColor(colours().accent))
    pen.setWidth(FOCUS_WIDTH)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -2), 4, 4)


def use_delegate(table: QTableView, column: int, delegate: QStyledItemDelegate) -> None:
    """Draw a column with ``delegate``; the table keeps it alive."""
    delegate.setParent(table)
    table.setItemDelegateForColumn(column, delegate)
