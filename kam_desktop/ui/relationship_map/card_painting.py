"""How a person's card is painted, near and from afar."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from kam_desktop.services.formatting import initials
from kam_desktop.services.map_scene import CardSpec
from kam_desktop.ui.relationship_map.symbols import (
    SIZE,
    draw_bar,
    draw_pips,
    draw_support,
    support_colour,
)
from kam_desktop.ui.theme import CARD_RADIUS, FOCUS_WIDTH, Colours, TextRole, Theme

NEAR = 0.62
"""From this scale on everything on a card can be read."""

FAR, FAR_IN_A_CROWD = 0.33, 0.42
"""Below this scale all cards are drawn in a few strokes, with support alone; names of 8 pixels can
hardly be read, and very many of them would make moving the map slow."""


@dataclass(frozen=True, slots=True)
class Pens:
    """What painting needs of the theme, made once for all cards."""

    colours: Colours
    scale: float
    name: QFont
    small: QFont
    middle: QFont
    large: QFont

    @classmethod
    def of(cls, theme: Theme) -> Pens:
        """The pens of a theme as it is now."""
        large = theme.font(TextRole.TITLE)
        large.setPixelSize(theme.px(30))
        middle = theme.font(TextRole.BODY, bold=True)
        middle.setPixelSize(theme.px(19))
        return cls(
            theme.colours,
            theme.scale,
            theme.font(TextRole.BODY, bold=True),
            theme.font(TextRole.SMALL),
            middle,
            large,
        )


@dataclass(frozen=True, slots=True)
class CardState:
    """How a card is met by the user now."""

    selected: bool = False
    focused: bool = False
    hovered: bool = False
    target: bool = False
    faded: bool = False


def paint_card(
    painter: QPainter, box: QRectF, spec: CardSpec, pens: Pens, state: CardState, detail: float
) -> None:
    """Paint ``spec`` into ``box``; ``detail`` is the scale it is seen at (1 is 100 %)."""
    painter.setOpacity(0.45 if state.faded or (spec.left and not state.selected) else 1.0)
    _surface(painter, box, spec, pens, state)
    _side_bar(painter, box, spec, pens, detail)
    if detail < FAR:
        _from_afar(painter, box, spec, pens)
        return
    if detail < NEAR:
        _half_way(painter, box, spec, pens)
        return
    _in_full(painter, box, spec, pens)


def _surface(painter: QPainter, box: QRectF, spec: CardSpec, pens: Pens, state: CardState) -> None:
    colours = pens.colours
    marked = state.selected or state.focused or state.target
    line = colours.accent if marked else colours.text3 if state.hovered else colours.line
    pen = QPen(QColor(line), FOCUS_WIDTH if marked else 1.0)
    if spec.vacant:
        pen.setColor(QColor(colours.accent if marked else colours.text3))
        pen.setStyle(Qt.PenStyle.DashLine)
        pen.setDashPattern([4, 3])
    elif spec.outside:
        pen.setColor(QColor(line if marked else colours.text3))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(QColor(colours.accent_soft if state.target else colours.surface))
    inset = pen.widthF() / 2
    radius = CARD_RADIUS * pens.scale
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)
    if spec.outside and not spec.vacant:
        # A second outline marks people who are not on the account's own payroll.
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen.setWidthF(1.0)
        painter.setPen(pen)
        painter.drawRoundedRect(box.adjusted(3.5, 3.5, -3.5, -3.5), radius - 3, radius - 3)


def _side_bar(painter: QPainter, box: QRectF, spec: CardSpec, pens: Pens, detail: float) -> None:
    colour = support_colour(spec.support, pens.colours)
    width = 4.0 * pens.scale * (2.2 if detail < NEAR else 1.0)
    bar = QRectF(box.left() + 0.5, box.top() + 8, width, box.height() - 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(bar, 2, 2)


def _in_full(painter: QPainter, box: QRectF, spec: CardSpec, pens: Pens) -> None:
    colours, scale = pens.colours, pens.scale
    left, right = box.left() + 13 * scale, box.right() - 10 * scale
    line = box.top() + 17 * scale
    sign = draw_support(
        painter, right, line, spec.support, support_colour(spec.support, colours), SIZE * scale
    )
    room = right - sign - 8 * scale - left
    name_colour = colours.text2 if spec.vacant else colours.text
    _text(painter, QPointF(left, line), room, spec.name, pens.name, name_colour)
    line = box.top() + 35 * scale
    _text(painter, QPointF(left, line), right - left, spec.subtitle, pens.small, colours.text2)
    line = box.top() + 54 * scale
    pips = draw_pips(painter, left + 1, line, spec.influence, colours, scale)
    start = left + pips + 14 * scale
    bar = QRectF(start, line - 2 * scale, right - start, 4 * scale)
    draw_bar(painter, bar, spec.strength or 0.0, colours)


def _half_way(painter: QPainter, box: QRectF, spec: CardSpec, pens: Pens) -> None:
    """The name on one larger line, and the sign."""
    scale = pens.scale
    left, right = box.left() + 20 * scale, box.right() - 10 * scale
    middle = box.center().y()
    colour = support_colour(spec.support, pens.colours)
    sign = draw_support(painter, right, middle, spec.support, colour, 18 * scale)
    shown = spec.name if not spec.vacant else spec.subtitle
    ink = pens.colours.text2 if spec.vacant else pens.colours.text
    _text(painter, QPointF(left, middle), right - sign - 8 * scale - left, shown, pens.middle, ink)


def _from_afar(painter: QPainter, box: QRectF, spec: CardSpec, pens: Pens) -> None:
    """Initials and the sign, large."""
    scale = pens.scale
    colour = support_colour(spec.support, pens.colours)
    draw_support(
        painter, box.right() - 14 * scale, box.center().y(), spec.support, colour, 32 * scale
    )
    painter.setFont(pens.large)
    painter.setPen(QColor(pens.colours.text2 if spec.vacant else pens.colours.text))
    area = box.adjusted(24 * scale, 0, -60 * scale, 0)
    shown = "–" if spec.vacant else initials(spec.name)
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _text(painter: QPainter, at: QPointF, room: float, text: str, font: QFont, colour: str) -> None:
    """One line of text, vertically centred on ``at``, cut where there is no room.

    Right-to-left text is set against the right end of the room, as its readers expect.
    """
    line = _fitted(text, font.toString(), room)
    area = QRectF(at.x(), at.y() - line.height / 2, room, line.height)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(area, line.alignment, line.text)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    height: float
    alignment: Qt.AlignmentFlag


@lru_cache(maxsize=8192)
def _fitted(text: str, font_text: str, room: float) -> _Line:
    """A text cut to its room. Kept, because a map is painted over and over while it moves."""
    font = QFont()
    font.fromString(font_text)
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(" ".join(text[:400].split()), Qt.TextElideMode.ElideRight, room)
    side = Qt.AlignmentFlag.AlignRight if _reads_leftwards(shown) else Qt.AlignmentFlag.AlignLeft
    alignment = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    return _Line(shown, metrics.height(), alignment)


def _reads_leftwards(text: str) -> bool:
    """Whether the first strong letter belongs to a right-to-left script."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in {"R", "AL"}:
            return True
        if kind == "L":
            return False
    return False
