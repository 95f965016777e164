"""Ties as marks: each kind has a line of its own, and a mark where the line alone could mislead.

Solid reports to, long dashes and points with an open arrow the matrix line, dashed with a full
arrow influences, double allied, dotted with a cross in conflict, thin dotted informal.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services.map_scene import TieSpec
from kam_desktop.services.marks import Group, Ink, Point, Stroke, Way

_HALF_DOUBLE = 1.4
"""Half the distance between the two lines of allies, beside their own width."""

_ARROW, _ARROW_HALF = 10.0, 4.4
_CROSS = 4.5
_STRENGTHS: Mapping[int | None, float] = MappingProxyType(
    {None: 1.0, 1: 1.0, 2: 1.35, 3: 1.75, 4: 2.2, 5: 2.7}
)
"""How many times as wide as the thinnest a tie is drawn, by strength; unknown is thin."""


@dataclass(frozen=True, slots=True)
class _Look:
    ink: Ink
    width: float
    dash: tuple[float, ...] = ()


_LOOKS = {
    TieKind.REPORTS_TO: _Look(Ink.TEXT3, 1.4),
    TieKind.INFLUENCES: _Look(Ink.ACCENT, 1.4, (8.0, 5.0)),
    TieKind.ALLIED: _Look(Ink.GOOD, 1.1),
    TieKind.CONFLICT: _Look(Ink.BAD, 1.9, (2.2, 3.4)),
    TieKind.INFORMAL: _Look(Ink.TEXT2, 1.0, (1.4, 3.2)),
}
_MATRIX = _Look(Ink.TEXT3, 1.2, (10.0, 3.0, 2.0, 3.0))


def tie_stroke(kind: TieKind, *, solid: bool, strength: int | None = None) -> Stroke:
    """The line of a kind of tie; ``solid`` tells the line of the chart from a matrix line."""
    look = _MATRIX if kind is TieKind.REPORTS_TO and not solid else _LOOKS[kind]
    wider = _STRENGTHS[strength]
    # Dashes grow more slowly than the line, so that a strong tie keeps its pattern.
    dash = tuple(length * (0.6 + 0.4 * wider) for length in look.dash)
    return Stroke(look.ink, look.width * wider, dash)


def tie_ways(spec: TieSpec, points: tuple[Point, ...] | None = None) -> tuple[Way, ...]:
    """The line itself, along other ``points`` than the tie's own when given; two for allies."""
    way = spec.points if points is None else points
    stroke = tie_stroke(spec.kind, solid=spec.solid, strength=spec.strength)
    if spec.kind is not TieKind.ALLIED:
        return (Way(way, stroke),)
    aside = _HALF_DOUBLE + stroke.width / 2
    return Way(beside(way, aside), stroke), Way(beside(way, -aside), stroke)


def tie_end(spec: TieSpec, points: tuple[Point, ...] | None = None) -> tuple[Way, ...]:
    """The arrow at the end of a tie with a direction, the cross in the middle of a conflict."""
    way = spec.points if points is None else points
    stroke = tie_stroke(spec.kind, solid=spec.solid, strength=spec.strength)
    if spec.kind is TieKind.CONFLICT:
        x, y = _middle(way)
        arm = _CROSS + stroke.width / 2
        line = Stroke(stroke.ink, max(1.6, stroke.width), round=True)
        return (
            Way(((x - arm, y - arm), (x + arm, y + arm)), line),
            Way(((x - arm, y + arm), (x + arm, y - arm)), line),
        )
    if spec.kind is TieKind.INFLUENCES:
        return (Way(_arrow(way, stroke.width), None, stroke.ink, closed=True),)
    if spec.kind is TieKind.REPORTS_TO and not spec.solid:
        return (Way(_arrow(way, stroke.width), Stroke(stroke.ink, 1.2, round=True)),)
    return ()


def tie_group(spec: TieSpec) -> Group:
    """A tie with its mark, in words as well."""
    marks = (*tie_ways(spec), *tie_end(spec))
    points = [point for mark in marks for point in mark.points]
    across, down = [x for x, _y in points], [y for _x, y in points]
    name, *lines = spec.description.split("\n")
    return Group(
        marks, min(across) - 2, min(down) - 2, max(across) + 2, max(down) + 2,
        name, ", ".join(lines),
    )  # fmt: skip


def beside(points: tuple[Point, ...], distance: float) -> tuple[Point, ...]:
    """The way that runs ``distance`` beside ``points`` (to the right of its course, y downwards).

    Corners are cut where both sides' shifted lines meet, at most three times as far away.
    """
    found: list[Point] = []
    for at, (x, y) in enumerate(points):
        before = _across(points[at - 1], points[at]) if at else None
        after = _across(points[at], points[at + 1]) if at < len(points) - 1 else None
        one, two = before or after or (0.0, 0.0), after or before or (0.0, 0.0)
        dx, dy = one[0] + two[0], one[1] + two[1]
        square = max(dx * dx + dy * dy, 0.4)
        found.append((x + 2 * distance * dx / square, y + 2 * distance * dy / square))
    return tuple(found)


def _across(start: Point, end: Point) -> Point:
    """The unit vector square to the way from ``start`` to ``end``."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    return -dy / length, dx / length


def _arrow(points: tuple[Point, ...], width: float) -> tuple[Point, Point, Point]:
    """The corners of an arrow head: one side, the tip at the last of ``points``, other side."""
    (ax, ay), (bx, by) = points[-2], points[-1]
    length = math.hypot(bx - ax, by - ay) or 1.0
    dx, dy = (bx - ax) / length, (by - ay) / length
    back, half = _ARROW + width, _ARROW_HALF + width * 0.6
    foot_x, foot_y = bx - dx * back, by - dy * back
    return (
        (foot_x - dy * half, foot_y + dx * half),
        (bx, by),
        (foot_x + dy * half, foot_y - dx * half),
    )


def _middle(points: tuple[Point, ...]) -> Point:
    """The middle of the longest straight piece."""
    pieces = pairwise(points)
    (ax, ay), (bx, by) = max(pieces, key=lambda piece: math.dist(*piece))
    return (ax + bx) / 2, (ay + by) / 2
