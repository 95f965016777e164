"""How a person's card is painted on screen: the marks of paper, and what the user does with it."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from kam_desktop.services.card_marks import Detail, card_body, card_frame, tile_body
from kam_desktop.services.map_scene import CARD_HEIGHT, CARD_WIDTH, CardSpec
from kam_desktop.services.marks import Ink, Stroke
from kam_desktop.ui.relationship_map.mark_painting import Pens, Recording
from kam_desktop.ui.theme import FOCUS_WIDTH

__all__ = ["FAR", "FAR_IN_A_CROWD", "CardPainting", "CardState", "Pens", "detail_at", "paint_tile"]

NEAR = 0.72
"""From this scale on everything on a card can be read: its smallest type is 8 pixels then."""

FAR, FAR_IN_A_CROWD = 0.33, 0.42
"""Below this scale all cards are drawn in a few strokes, with support alone; names of 8 pixels can
hardly be read, and very many of them would make moving the map slow."""

_FADED, _LEFT = 0.45, 0.7


@dataclass(frozen=True, slots=True)
class CardState:
    """How a card is met by the user now."""

    selected: bool = False
    focused: bool = False
    hovered: bool = False
    target: bool = False
    faded: bool = False

    @property
    def marked(self) -> bool:
        return self.selected or self.focused or self.target


def detail_at(scale: float) -> Detail:
    """How much of a card can be made out at a scale (1 is 100 %)."""
    if scale < FAR:
        return Detail.FAR
    return Detail.HALF_WAY if scale < NEAR else Detail.NEAR


class CardPainting:
    """One card's marks, made ready when first needed for each level of detail."""

    __slots__ = ("_bodies", "_pens", "_spec")

    def __init__(self, spec: CardSpec, pens: Pens) -> None:
        self._spec, self._pens = spec, pens
        self._bodies: dict[Detail, Recording] = {}

    def paint(self, painter: QPainter, state: CardState, detail: Detail) -> None:
        """Paint with the painter at the card's corner; its scale and opacity are changed."""
        spec, pens = self._spec, self._pens
        if state.faded:
            painter.setOpacity(_FADED)
        elif spec.left and not state.selected:
            painter.setOpacity(_LEFT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if pens.scale != 1.0:
            painter.scale(pens.scale, pens.scale)
        _frame(spec, pens, state, CARD_WIDTH, CARD_HEIGHT).paint(painter)
        body = self._bodies.get(detail)
        if body is None:
            body = self._bodies[detail] = Recording(card_body(spec, detail), pens)
        body.paint(painter)


def paint_tile(
    painter: QPainter, box: QRectF, spec: CardSpec, pens: Pens, state: CardState
) -> None:
    """Paint the small card of a list into ``box``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(pens.scale, pens.scale)
    width, height = box.width() / pens.scale, box.height() / pens.scale
    _frame(spec, pens, state, width, height).paint(painter)
    Recording(tile_body(spec, width, height), pens).paint(painter)
    painter.restore()


_frames: WeakKeyDictionary[Pens, dict[tuple[object, ...], Recording]] = WeakKeyDictionary()


def _frame(spec: CardSpec, pens: Pens, state: CardState, width: float, height: float) -> Recording:
    """Ground and outline, shared by all cards that look alike."""
    known = _frames.setdefault(pens, {})
    key = (spec.vacant, spec.outside, spec.left, state.marked, state.hovered, state.target,
           width, height)  # fmt: skip
    frame = known.get(key)
    if frame is None:
        line = _line(marked=state.marked, hovered=state.hovered)
        ground = Ink.ACCENT_SOFT if state.target else Ink.SURFACE
        marks = card_frame(spec, line, ground, width=width, height=height)
        frame = known[key] = Recording(marks, pens)
    return frame


def _line(*, marked: bool, hovered: bool) -> Stroke | None:
    if marked:
        return Stroke(Ink.ACCENT, FOCUS_WIDTH)
    return Stroke(Ink.TEXT3) if hovered else None
