"""The signs of the map as marks: meaning by form first, then by letter, then by colour.

All of them are pure functions of values and a place in scene units (pixels at 100 %).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from kam_desktop.models.vocabulary import ContactCoverage
from kam_desktop.services.marks import Disc, Ink, Mark, Point, Rectangle, Stroke, Way

SIGN = 12.0
"""The height of a sign of support on a card."""

PIPS = 5
_PIP, _PIP_GAP = 7.0, 3.5
PIPS_WIDTH = PIPS * (_PIP + _PIP_GAP) - _PIP_GAP
_BLOCKS, _BLOCK, _BLOCK_GAP, _BLOCK_HEIGHT = 3, 12.0, 2.0, 5.0
BLOCKS_WIDTH = _BLOCKS * (_BLOCK + _BLOCK_GAP) - _BLOCK_GAP
_COVERAGES = tuple(ContactCoverage)
_FILLED = frozenset({2, 1, 0})


def support_ink(support: int | None, *, faded: bool = False) -> Ink:
    """The colour that goes with the shape of a support value; grey for unknown and faded."""
    if support is None or faded:
        return Ink.TEXT3
    return Ink.GOOD if support > 0 else Ink.BAD if support < 0 else Ink.WARN


def sign_width(support: int | None, size: float = SIGN) -> float:
    """How wide a sign is that is ``size`` high."""
    return size * 2 + 1 if support == 2 else size


def support_sign(
    support: int | None, x: float, y: float, size: float = SIGN, *, faded: bool = False
) -> tuple[Mark, ...]:
    """The sign of a support value around (``x``, ``y``).

    Two triangles mentor, triangle supporter, dot neutral, hollow triangle down sceptic, cross
    opponent, question mark unknown. A faded one is an outline of thin dashes.
    """
    faded = faded and support is not None
    ink = support_ink(support, faded=faded)
    if faded:
        stroke = Stroke(ink, max(1.0, size / 10), (size / 6, size / 8))
    else:
        stroke = Stroke(ink, max(1.2, size / 6.5), round=True)
    if support == 0:
        outline = stroke if faded else None
        return (Disc(x, y, size * 0.42, None if faded else ink, outline),)
    return tuple(
        Way(
            points,
            None if support in _FILLED and not faded else stroke,
            ink if support in _FILLED and not faded else None,
            closed=support in (2, 1, -1),
        )
        for points in _sign_ways(support, x, y, size)
    )


def _sign_ways(support: int | None, x: float, y: float, size: float) -> list[tuple[Point, ...]]:
    half, inner = size / 2, size * 3 / 8
    if support == 2:
        apart = half + 0.5
        return [_triangle(x - apart, y, half), _triangle(x + apart, y, half)]
    if support == 1:
        return [_triangle(x, y, half)]
    if support == -1:
        return [((x - inner, y - inner), (x + inner, y - inner), (x, y + half))]
    if support == -2:
        return [
            ((x - inner, y - inner), (x + inner, y + inner)),
            ((x + inner, y - inner), (x - inner, y + inner)),
        ]
    return _question(x, y - half, size / 12)


def _triangle(x: float, y: float, half: float) -> tuple[Point, ...]:
    rise = half * 0.84
    return (x - half, y + rise), (x, y - rise), (x + half, y + rise)


def _question(x: float, top: float, unit: float) -> list[tuple[Point, ...]]:
    """A question mark drawn, so that it looks the same everywhere."""
    corners = ((-2.6, 3.4), (-2.6, -0.4), (3.6, -0.4), (2.7, 3.8), (2.2, 5.4), (0, 5.4), (0, 7.6))
    at = [(x + across * unit, top + down * unit) for across, down in corners]
    bow = (*_curve(at[0], at[1], at[2], at[3]), *_curve(at[3], at[4], at[5], at[6])[1:])
    point = top + 10.6 * unit
    return [bow, ((x, point), (x + 0.01, point))]


def _curve(start: Point, one: Point, two: Point, end: Point, steps: int = 7) -> tuple[Point, ...]:
    """A cubic Bézier curve as short straight pieces."""
    found: list[Point] = []
    for step in range(steps + 1):
        t = step / steps
        u = 1 - t
        weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
        corners = (start, one, two, end)
        found.append(
            (
                sum(weight * corner[0] for weight, corner in zip(weights, corners, strict=True)),
                sum(weight * corner[1] for weight, corner in zip(weights, corners, strict=True)),
            )
        )
    return tuple(found)


def influence_pips(
    influence: int | None, x: float, y: float, *, faded: bool = False
) -> tuple[Mark, ...]:
    """Five pips from (``x``, ``y``), the middle of the left edge, for influence 0 … 10.

    Odd values end in a half pip. Unknown is five small points, which is not the same as five empty
    circles (no influence); a faded value is drawn in thin dashes, striped instead of full.
    """
    marks: list[Mark] = []
    for at in range(PIPS):
        middle = x + _PIP / 2 + at * (_PIP + _PIP_GAP)
        rest = None if influence is None else influence - 2 * at
        marks.extend(_faded_pip(middle, y, rest) if faded else _pip(middle, y, rest))
    return tuple(marks)


def _pip(x: float, y: float, rest: int | None) -> Iterable[Mark]:
    radius = _PIP / 2
    if rest is None:
        return (Disc(x, y, radius / 3, Ink.TEXT2),)
    if rest >= 2:
        return (Disc(x, y, radius, Ink.TEXT2),)
    ring = Disc(x, y, radius - 0.5, None, Stroke(Ink.TEXT2, 1.0))
    return (_half_disc(x, y, radius), ring) if rest == 1 else (ring,)


def _faded_pip(x: float, y: float, rest: int | None) -> Iterable[Mark]:
    if rest is None:
        return _pip(x, y, rest)
    radius = _PIP / 2 - 0.5
    ring = Disc(x, y, radius, None, Stroke(Ink.TEXT3, 1.0, (2.0, 1.4)))
    if rest <= 0:
        return (ring,)
    reach = radius * 0.55
    bar = Way(((x - reach, y + reach), (x + reach, y - reach)), Stroke(Ink.TEXT3, 1.1))
    return (ring, bar) if rest >= 2 else (ring, Way(((x - reach, y + reach), (x, y)), bar.stroke))


def _half_disc(x: float, y: float, radius: float) -> Way:
    """The left half of a disc."""
    turns = [math.pi / 2 + math.pi * step / 8 for step in range(9)]
    points = tuple((x + radius * math.cos(turn), y - radius * math.sin(turn)) for turn in turns)
    return Way(points, None, Ink.TEXT2, closed=True)


def coverage_blocks(
    coverage: str | None, x: float, y: float, *, faded: bool = False
) -> tuple[Mark, ...]:
    """Three blocks from (``x``, ``y``), the middle of the left edge, for contact coverage.

    No block is filled for *none*; unknown is a row of points; a faded one is striped.
    """
    top = y - _BLOCK_HEIGHT / 2
    lefts = [x + at * (_BLOCK + _BLOCK_GAP) for at in range(_BLOCKS)]
    if coverage is None:
        return tuple(Disc(left + _BLOCK / 2, y, _PIP / 6, Ink.TEXT2) for left in lefts)
    filled = _COVERAGES.index(ContactCoverage(coverage))
    marks: list[Mark] = []
    ink = Ink.TEXT3 if faded else Ink.TEXT2
    for at, left in enumerate(lefts):
        solid = at < filled and not faded
        outline = Stroke(ink, 1.0)
        marks.append(
            Rectangle(left + 0.5, top + 0.5, _BLOCK - 1, _BLOCK_HEIGHT - 1,
                      ink if solid else None, outline)
        )  # fmt: skip
        if at < filled and faded:
            marks += hatched(left, top, _BLOCK, _BLOCK_HEIGHT, outline, 3.0)
    return tuple(marks)


def strength_bar(share: float, x: float, y: float, width: float) -> tuple[Mark, ...]:
    """How warm our contact is, 0 … 1, as a bar from (``x``, ``y``), the middle of its left edge."""
    height = 4.0
    track = Rectangle(
        x, y - height / 2, width, height, Ink.SUNKEN, Stroke(Ink.TEXT3, 0.6), height / 2
    )
    if share <= 0:
        return (track,)
    reach = max(height, width * min(1.0, share))
    return track, Rectangle(x, y - height / 2, reach, height, Ink.ACCENT, None, height / 2)


def hatched(
    x: float, y: float, width: float, height: float, stroke: Stroke, step: float
) -> tuple[Mark, ...]:
    """Slanted stripes within a rectangle, ``step`` apart: faded, or not to be relied on."""
    ways: list[Mark] = []
    at = step
    while at < width + height:
        start = (x + min(at, width), y + max(0.0, at - width))
        end = (x + max(0.0, at - height), y + min(at, height))
        ways.append(Way((start, end), stroke))
        at += step
    return tuple(ways)
