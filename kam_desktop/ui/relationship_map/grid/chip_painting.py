"""How a chip of the power grid is painted."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from kam_desktop.services.grid_scene import ChipSpec
from kam_desktop.ui.relationship_map.symbols import draw_support, support_colour
from kam_desktop.ui.theme import FOCUS_WIDTH, Colours, TextRole, Theme

_RADIUS = 5.0
_FIGURE_FROM = 148.0
"""Narrower chips leave the figure of influence to their row, so that more of the name is seen."""
_TITLE_FROM = 56.0
"""From so much room after the name on, the title is written there."""


@dataclass(frozen=True, slots=True)
class Pens:
    """What painting needs of the theme, made once for all chips."""

    colours: Colours
    scale: float
    name: QFont
    small: QFont

    @classmethod
    def of(cls, theme: Theme) -> Pens:
        """The pens of a theme as it is now."""
        return cls(theme.colours, theme.scale, theme.font(), theme.font(TextRole.SMALL))


@dataclass(frozen=True, slots=True)
class ChipState:
    """How a chip is met by the user now."""

    selected: bool = False
    focused: bool = False
    hovered: bool = False
    lifted: bool = False
    faded: bool = False


def paint_chip(
    painter: QPainter, box: QRectF, spec: ChipSpec, pens: Pens, state: ChipState
) -> None:
    """Paint a person: sign of support, name, title where there is room, influence."""
    painter.setOpacity(0.4 if state.faded or (spec.left and not state.selected) else 1.0)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _surface(painter, box, spec, pens, state)
    scale, colours, middle = pens.scale, pens.colours, box.center().y()
    name_from = box.left() + 35 * scale
    size = 10 * scale
    half = size + 0.5 if spec.support == 2 else size / 2
    centre = box.left() + 19 * scale
    colour = support_colour(spec.support, colours)
    draw_support(painter, centre + half, middle, spec.support, colour, size)
    right = _influence(painter, box, spec, pens)
    room = right - name_from - 4 * scale
    ink = colours.text2 if spec.vacant else colours.text
    font = pens.name
    used = min(room, QFontMetricsF(font).horizontalAdvance(spec.name))
    _text(painter, QPointF(name_from, middle), room, spec.name, font, ink)
    rest = room - used - 8 * scale
    if spec.title and rest >= _TITLE_FROM * scale:
        at = QPointF(name_from + used + 8 * scale, middle)
        _text(painter, at, rest, spec.title, pens.small, colours.text2)


def _surface(painter: QPainter, box: QRectF, spec: ChipSpec, pens: Pens, state: ChipState) -> None:
    colours = pens.colours
    marked = state.selected or state.lifted
    line = colours.accent if marked else colours.text3 if state.hovered else colours.line
    pen = QPen(QColor(line), FOCUS_WIDTH if marked else 1.0)
    if spec.vacant:
        pen.setColor(QColor(colours.accent if marked else colours.text3))
        pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(QColor(colours.accent_soft if marked else colours.surface))
    inset = pen.widthF() / 2
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)
    if spec.outside and not spec.vacant:
        painter.setPen(QPen(QColor(colours.text3), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(2.5, 2.5, -2.5, -2.5), _RADIUS - 2, _RADIUS - 2)


def _influence(painter: QPainter, box: QRectF, spec: ChipSpec, pens: Pens) -> float:
    """The figure at the right, dotted under when the judgement is old; returns where it begins."""
    text = "?" if spec.influence is None else str(spec.influence)
    if box.width() < _FIGURE_FROM * pens.scale and not spec.faded:
        return box.right() - 6 * pens.scale
    width = QFontMetricsF(pens.small).horizontalAdvance("10")
    area = QRectF(box.right() - 8 * pens.scale - width, box.top(), width, box.height())
    painter.setFont(pens.small)
    painter.setPen(QColor(pens.colours.text2))
    painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    if spec.faded:
        pen = QPen(QColor(pens.colours.text2), 1.2 * pens.scale)
        pen.setDashPattern([1, 2])
        painter.setPen(pen)
        under = box.bottom() - 5 * pens.scale
        painter.drawLine(QPointF(area.left(), under), QPointF(area.right(), under))
    return area.left()


def paint_more(painter: QPainter, box: QRectF, text: str, pens: Pens, met: bool) -> None:
    """Paint “+87 more”."""
    colours = pens.colours
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.accent), FOCUS_WIDTH) if met else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.accent_soft))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
    painter.setFont(pens.small)
    painter.setPen(QColor(colours.accent))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _text(painter: QPainter, at: QPointF, room: float, text: str, font: QFont, ink: str) -> None:
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text[:300], Qt.TextElideMode.ElideRight, room)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    area = QRectF(at.x(), at.y() - metrics.height() / 2, room, metrics.height())
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(area, flags | Qt.AlignmentFlag.AlignAbsolute, shown)
