"""The shapes that stand for support, readable without colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from kam_desktop.ui.theme import colours, theme


def support_colour(value: int | None) -> str:
    """The colour of a support value −2 … +2; None is unknown and is never drawn as neutral."""
    in_use = colours()
    if value is None:
        return in_use.text3
    return in_use.good if value > 0 else in_use.warn if value == 0 else in_use.bad


def support_sign(value: int | None) -> str:
    """The character for a support value, for text: ▲▲ ▲ ● ▽ ✕ ?"""
    return {2: "▲▲", 1: "▲", 0: "●", -1: "▽", -2: "✕"}.get(value, "?") if value is not None else "?"


def draw_support(painter: QPainter, rect: QRectF, value: int | None) -> None:
    """Draw the symbol of a support value in the middle of ``rect``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(support_colour(value))
    painter.setPen(QPen(colour, 1.6))
    painter.setBrush(colour)
    size = min(rect.width(), rect.height()) * 0.4
    middle = rect.center()
    if value is None:
        painter.setFont(theme().font(bold=True))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "?")
    elif value == 0:
        painter.drawEllipse(middle, size / 2, size / 2)
    elif value == -2:
        _draw_cross(painter, middle, size)
    elif value == -1:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(_triangle(middle, size, upwards=False))
    elif value == 1:
        painter.drawPolygon(_triangle(middle, size, upwards=True))
    else:
        for shift in (-0.6, 0.6):
            side = middle + QPointF(shift * size, 0)
            painter.drawPolygon(_triangle(side, size * 0.9, upwards=True))
    painter.restore()


def _triangle(middle: QPointF, size: float, *, upwards: bool) -> QPolygonF:
    tip = -size / 2 if upwards else size / 2
    return QPolygonF(
        [
            middle + QPointF(0, tip),
            middle + QPointF(size / 2, -tip),
            middle + QPointF(-size / 2, -tip),
        ]
    )


def _draw_cross(painter: QPainter, middle: QPointF, size: float) -> None:
    half = size / 2
    painter.drawLine(middle + QPointF(-half, -half), middle + QPointF(half, half))
    painter.drawLine(middle + QPointF(-half, half), middle + QPointF(half, -half))
