"""The signs of the map for those who paint by hand, drawn from the same marks as the cards."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from kam_desktop.services.map_signs import SIGN as SIZE
from kam_desktop.services.map_signs import sign_width, support_ink, support_sign
from kam_desktop.services.marks import Disc, Way
from kam_desktop.ui.relationship_map.mark_painting import add_to_path
from kam_desktop.ui.theme import Colours

__all__ = ["FILLED", "SIZE", "draw_support", "sign_path", "sign_pen", "support_colour"]

FILLED = frozenset({2, 1, 0})
"""The signs that are filled; the others are stroked."""


def support_colour(support: int | None, colours: Colours) -> QColor:
    """The colour that goes with the shape of a support value; grey for unknown."""
    return QColor(getattr(colours, support_ink(support).value))


def sign_path(support: int | None, x: float, y: float, size: float) -> QPainterPath:
    """The sign of a support value around (``x``, ``y``), to be filled or stroked (`FILLED`)."""
    path = QPainterPath()
    for mark in support_sign(support, x, y, size):
        if isinstance(mark, Disc | Way):
            add_to_path(path, mark)
    return path


def sign_pen(support: int | None, colour: QColor, size: float) -> QPen:
    """The pen of a sign that is ``size`` high."""
    if support in FILLED:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(colour, max(1.2, size / 6.5))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def draw_support(
    painter: QPainter, right: float, middle: float, support: int | None, colour: QColor, size: float
) -> float:
    """Draw the sign of a support value ending at ``right``; returns its width."""
    width = sign_width(support, size)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(sign_pen(support, colour, size))
    painter.setBrush(colour if support in FILLED else Qt.BrushStyle.NoBrush)
    painter.drawPath(sign_path(support, right - width / 2, middle, size))
    return width
