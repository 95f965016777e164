"""The signs of the map as vector shapes: meaning by form first, by colour as well."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from kam_desktop.ui.theme import Colours

SIZE = 12.0
PIPS = 5


def support_colour(support: int | None, colours: Colours) -> QColor:
    """The colour that goes with the shape of a support value; grey for unknown."""
    if support is None:
        return QColor(colours.text3)
    return QColor(colours.good if support > 0 else colours.bad if support < 0 else colours.warn)


FILLED = frozenset({2, 1, 0})
"""The signs that are filled; the others are stroked."""


@lru_cache(maxsize=64)
def _sign_at_origin(support: int | None, size: float) -> QPainterPath:
    return support_path(support, QPointF(0, 0), size)


def support_path(support: int | None, centre: QPointF, size: float) -> QPainterPath:
    """The sign of a support value, ``size`` high around ``centre``.

    Two triangles mentor, triangle supporter, dot neutral, hollow triangle down sceptic, cross
    opponent, question mark unknown. The first three are to be filled, the others stroked.
    """
    box = QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size)
    inner = box.adjusted(size / 8, size / 8, -size / 8, -size / 8)
    path = QPainterPath()
    if support == 2:
        apart = (size + 1) / 2
        for way in (-apart, apart):
            path.addPolygon(_triangle(box.translated(way, 0)))
            path.closeSubpath()
    elif support == 1:
        path.addPolygon(_triangle(box))
        path.closeSubpath()
    elif support == 0:
        path.addEllipse(box.adjusted(size / 12, size / 12, -size / 12, -size / 12))
    elif support == -1:
        path.addPolygon(_triangle_down(inner))
        path.closeSubpath()
    elif support == -2:
        path.moveTo(inner.topLeft())
        path.lineTo(inner.bottomRight())
        path.moveTo(inner.topRight())
        path.lineTo(inner.bottomLeft())
    else:
        path = _question(box)
    return path


def draw_support(
    painter: QPainter, right: float, middle: float, support: int | None, colour: QColor, size: float
) -> float:
    """Draw the sign of a support value ending at ``right``; returns its width."""
    width = size * 2 + 1 if support == 2 else size
    if support in FILLED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
    else:
        painter.setPen(_stroke(colour, size / 6.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    at = QPointF(right - width / 2, middle)
    painter.translate(at)
    painter.drawPath(_sign_at_origin(support, size))
    painter.translate(-at)
    return width


def _stroke(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, max(1.2, width))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _triangle(box: QRectF) -> QPolygonF:
    low = box.bottom() - box.height() * 0.08
    top = QPointF(box.center().x(), box.top() + box.height() * 0.08)
    return QPolygonF([QPointF(box.left(), low), top, QPointF(box.right(), low)])


def _triangle_down(box: QRectF) -> QPolygonF:
    low = QPointF(box.center().x(), box.bottom())
    return QPolygonF([box.topLeft(), box.topRight(), low])


def _question(box: QRectF) -> QPainterPath:
    """A question mark drawn, so that it looks the same in every font."""
    unit = box.width() / 12
    centre = box.center().x()
    top = box.top()
    path = QPainterPath(QPointF(centre - 2.6 * unit, top + 3.4 * unit))
    path.cubicTo(
        QPointF(centre - 2.6 * unit, top - 0.4 * unit),
        QPointF(centre + 3.6 * unit, top - 0.4 * unit),
        QPointF(centre + 2.7 * unit, top + 3.8 * unit),
    )
    path.cubicTo(
        QPointF(centre + 2.2 * unit, top + 5.4 * unit),
        QPointF(centre, top + 5.4 * unit),
        QPointF(centre, top + 7.6 * unit),
    )
    path.moveTo(centre, top + 10.6 * unit)
    path.lineTo(centre + 0.01, top + 10.6 * unit)
    return path


def draw_pips(
    painter: QPainter,
    left: float,
    middle: float,
    influence: int | None,
    colours: Colours,
    scale: float,
) -> float:
    """Five pips for influence 0 … 10, halves for odd values; returns their width.

    Unknown is five small points, which is not the same as five empty circles (no influence).
    """
    side, gap = 7.0 * scale, 3.5 * scale
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = QColor(colours.text2)
    for at in range(PIPS):
        pip = QRectF(left + at * (side + gap), middle - side / 2, side, side)
        _draw_pip(painter, pip, None if influence is None else influence - 2 * at, ink)
    painter.restore()
    return PIPS * (side + gap) - gap


def _draw_pip(painter: QPainter, pip: QRectF, rest: int | None, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    if rest is None:
        painter.drawEllipse(pip.center(), pip.width() / 6, pip.width() / 6)
    elif rest >= 2:
        painter.drawEllipse(pip)
    else:
        if rest == 1:
            painter.drawPie(pip, 90 * 16, 180 * 16)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 1.1))
        painter.drawEllipse(pip.adjusted(0.5, 0.5, -0.5, -0.5))


def draw_bar(painter: QPainter, box: QRectF, share: float, colours: Colours) -> None:
    """A bar filled to ``share`` (0 … 1)."""
    # In high contrast everything sunken is black: the track would not be seen.
    track = colours.accent_soft if colours.sunken == colours.surface else colours.sunken
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(track))
    radius = box.height() / 2
    painter.drawRoundedRect(box, radius, radius)
    if share > 0:
        painter.setBrush(QColor(colours.accent))
        filled = QRectF(box.left(), box.top(), max(box.height(), box.width() * share), box.height())
        painter.drawRoundedRect(filled, radius, radius)
    painter.restore()
