"""Small charts as vectors: labelled directly, gaps where nothing is known."""

from __future__ import annotations

from collections.abc import Sequence

from kam_desktop.services.analysis.health import Band
from kam_desktop.services.handouts.pdf.pen import Pen
from kam_desktop.services.handouts.pdf.style import (
    ACCENT,
    BAD,
    GOOD,
    INK,
    LINE,
    SECONDARY,
    SMALL,
    TRACK,
    WARN,
    WHITE,
)

BAND_COLOURS = {Band.GOOD: GOOD, Band.WATCH: WARN, Band.BAD: BAD, Band.UNKNOWN: SECONDARY}
HEALTH_BAR_HEIGHT = 20.0
BARS_HEIGHT = 46.0


def health_bar(
    pen: Pen,
    score: float | None,
    limits: tuple[float, float],
    x: float,
    y: float,
    width: float,
) -> None:
    """A track from 0 to 100 with the limits of the bands marked and the score as a pointer."""
    top = y + 7
    pen.box(x, top, width, 4, fill=TRACK)
    for limit in limits:
        at = x + width * limit / 100
        pen.upright(at, top, 4, WHITE, 1.2)
        pen.text_centred(f"{limit:.0f}", SMALL, at, top + 4, 30)
    if score is None:
        return
    at = x + width * min(100.0, max(0.0, score)) / 100
    pen.box(x, top, at - x, 4, fill=INK)
    for limit in limits:
        if limit < score:
            pen.upright(x + width * limit / 100, top, 4, WHITE, 1.2)
    pen.polygon([(at - 3, y + 1), (at + 3, y + 1), (at, y + 6)], fill=INK)


def point_bar(pen: Pen, points: float, largest: float, x: float, y: float, width: float) -> None:
    """Points gained to the right of a middle line, points lost to the left of it (outlined)."""
    middle = x + width / 2
    pen.upright(middle, y, 7, SECONDARY, 0.6)
    length = abs(points) / largest * width / 2 if largest else 0.0
    if length < 0.4:
        return
    if points > 0:
        pen.box(middle, y + 1.5, length, 4, fill=GOOD)
    else:
        pen.box(middle - length, y + 1.5, length, 4, stroke=BAD, thickness=0.8)


def trend(pen: Pen, values: Sequence[float | None], x: float, y: float, width: float) -> None:
    """A line of scores 0 … 100 over 22 points of height, broken where a score is missing."""
    step = width / max(1, len(values) - 1)
    pen.rule(x, y + 22, width, LINE)
    stretch: list[tuple[float, float]] = []
    for index, value in enumerate([*values, None]):
        if value is not None:
            stretch.append((x + index * step, y + 22 - value * 0.22))
            continue
        if len(stretch) > 1:
            pen.polygon(stretch, stroke=ACCENT, thickness=1.1, closed=False)
        if stretch:
            pen.disc(*stretch[-1], 1.5, fill=ACCENT)
        stretch = []


def bars(pen: Pen, values: Sequence[float | None], x: float, y: float, width: float) -> None:
    """Bars by month from zero; a month without an entry is a gap with a dot on the line."""
    known = [value for value in values if value is not None]
    highest = max([0.0, *known])
    lowest = min([0.0, *known])
    span = (highest - lowest) or 1.0
    zero = y + BARS_HEIGHT * highest / span if highest else y
    step = width / max(1, len(values))
    for index, value in enumerate(values):
        left = x + index * step + step * 0.14
        if value is None:
            pen.disc(left + step * 0.36, zero - 2.2, 0.7, fill=SECONDARY)
        else:
            height = BARS_HEIGHT * abs(value) / span
            top = zero - height if value >= 0 else zero
            shade = ACCENT if index < len(values) - 1 else SECONDARY
            pen.box(left, top, step * 0.72, height, fill=shade)
    pen.rule(x, zero, width, SECONDARY, 0.6)
