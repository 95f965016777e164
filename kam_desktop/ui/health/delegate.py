"""Paints the cells of the health table: a line for the trend, a pill for the score."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kam_desktop.services.queries.health import HealthRow
from kam_desktop.services.words import word
from kam_desktop.ui.charts.bands import BAND_STATES
from kam_desktop.ui.charts.sparkline import paint_sparkline, zoomed
from kam_desktop.ui.health.model import ROW_ROLE, Column, score_text
from kam_desktop.ui.theme import Space, TextRole, colours, theme
from kam_desktop.ui.widgets.table import paint_row_ground

Index = QModelIndex | QPersistentModelIndex


class HealthDelegate(QStyledItemDelegate):
    """Two lines per account (name, tier); the other cells in the middle of the row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().px(100), theme().px(48))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, HealthRow):
            super().paint(painter, option, index)
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        paint_row_ground(painter, option, index, selected=selected)
        area = QRectF(option.rect)
        if index.column() == Column.ACCOUNT:
            _paint_names(painter, area, row)
        elif index.column() == Column.TREND:
            low, high = zoomed(row.trend)
            side = theme().px(Space.S)
            state = BAND_STATES[row.health.band]
            paint_sparkline(
                painter, area.adjusted(0, side, -side, -side), row.trend, state, low=low, high=high
            )
        else:
            paint_pill(painter, area, score_text(row), BAND_STATES[row.health.band])
        painter.setPen(QColor(colours().line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()


def _paint_names(painter: QPainter, area: QRectF, row: HealthRow) -> None:
    look = theme()
    inner = area.adjusted(look.px(Space.M), look.px(6), -look.px(Space.S), -look.px(6))
    half = inner.height() / 2
    lines = (
        (row.name, look.font(bold=True), colours().text, 0.0),
        (word(row.tier), look.font(TextRole.SMALL), colours().text2, half),
    )
    for text, font, colour, down in lines:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        box = QRectF(inner.left(), inner.top() + down, inner.width(), half)
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(inner.width())
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def paint_pill(painter: QPainter, area: QRectF, text: str, state: str) -> None:
    """A state on its soft ground, at the right end of ``area``."""
    look = theme()
    font = look.font(TextRole.SMALL, bold=True)
    metrics = QFontMetrics(font)
    side = look.px(10)
    room = area.width() - look.px(Space.M)
    width = min(room, metrics.horizontalAdvance(text) + 2 * side)
    height = metrics.height() + look.px(5)
    box = QRectF(
        area.right() - look.px(Space.S) - width, area.center().y() - height / 2, width, height
    )
    ink, ground = colours().state(state)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width - side))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
