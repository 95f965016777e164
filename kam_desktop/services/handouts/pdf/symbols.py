"""Signs drawn as vectors, each told apart by shape as well as by colour: they survive greyscale."""

from __future__ import annotations

from kam_desktop.models.vocabulary import ChecklistState, ContactCoverage
from kam_desktop.services.handouts.pdf.lines import Type
from kam_desktop.services.handouts.pdf.pen import Pen
from kam_desktop.services.handouts.pdf.style import (
    BAD,
    GOOD,
    INK,
    LINE,
    SECONDARY,
    TRACK,
    WARN,
)

SUPPORT_WIDTH = 16.0
PIPS = 5
_PIP = 1.9
_COVERAGES = tuple(ContactCoverage)


def support(
    pen: Pen, value: int | None, x: float, y: float, size: float = 7.0, *, faded: bool = False
) -> None:
    """▲▲ mentor, ▲ supporter, ● neutral, ▽ sceptic, ✕ opponent, ? unknown, in a 16-point cell.

    A faded one is an outline of thin dashes.
    """
    left = x + (SUPPORT_WIDTH - size) / 2
    if faded and value is not None:
        _faded_support(pen, value, x, y, size)
        return
    if value is None:
        style = Type(size + 1.6, size + 1.6, bold=True, colour=SECONDARY)
        pen.text_centred("?", style, x + SUPPORT_WIDTH / 2, y - 0.6, SUPPORT_WIDTH)
    elif value >= 2:
        _triangle(pen, x + SUPPORT_WIDTH / 2 - size - 0.3, y, size)
        _triangle(pen, x + SUPPORT_WIDTH / 2 + 0.3, y, size)
    elif value == 1:
        _triangle(pen, left, y, size)
    elif value == 0:
        pen.disc(x + SUPPORT_WIDTH / 2, y + size / 2, size * 0.4, fill=WARN)
    elif value == -1:
        points = [(left, y + 0.5), (left + size, y + 0.5), (left + size / 2, y + size)]
        pen.polygon(points, stroke=BAD, thickness=1.1)
    else:
        _cross(pen, left + 0.6, y + 0.6, size - 1.2)


def _faded_support(pen: Pen, value: int, x: float, y: float, size: float) -> None:
    left, middle = x + (SUPPORT_WIDTH - size) / 2, x + SUPPORT_WIDTH / 2
    if value >= 1:
        for start in (middle - size - 0.3, middle + 0.3) if value >= 2 else (left,):
            points = [(start, y + size), (start + size, y + size), (start + size / 2, y + 0.5)]
            pen.polygon(points, stroke=SECONDARY, thickness=0.8, dash=_DASH)
    elif value == 0:
        pen.disc(middle, y + size / 2, size * 0.42, stroke=SECONDARY, thickness=0.8, dash=_DASH)
    elif value == -1:
        points = [(left, y + 0.5), (left + size, y + 0.5), (left + size / 2, y + size)]
        pen.polygon(points, stroke=SECONDARY, thickness=0.8, dash=_DASH)
    else:
        for points in (
            [(left + 0.6, y + 0.6), (left + size - 0.6, y + size - 0.6)],
            [(left + size - 0.6, y + 0.6), (left + 0.6, y + size - 0.6)],
        ):
            pen.polygon(points, stroke=SECONDARY, thickness=1.1, dash=_DASH, closed=False)


_DASH = (1.4, 1.2)


def support_colour(value: int | None) -> int:
    """The colour of the bar beside a person."""
    if value is None:
        return SECONDARY
    if value > 0:
        return GOOD
    return WARN if value == 0 else BAD


def influence(pen: Pen, value: int | None, x: float, y: float, *, faded: bool = False) -> float:
    """Influence 0 … 10 as five pips, halves for odd numbers; returns the width.

    The pips of a faded one are dashed and pale.
    """
    outline, filling = (SECONDARY, TRACK) if faded else (INK, INK)
    dash = (1.0, 0.9) if faded else ()
    step = 2 * _PIP + 1.7
    for index in range(PIPS):
        middle = x + _PIP + index * step
        filled = 0 if value is None else min(2, max(0, value - 2 * index))
        if filled == 2:
            pen.disc(middle, y + _PIP, _PIP, fill=filling)
        elif filled == 1:
            pen.disc(middle, y + _PIP, _PIP * 0.5, fill=filling)
        colour = outline if value is not None else LINE
        pen.disc(middle, y + _PIP, _PIP, stroke=colour, thickness=0.6, dash=dash)
    return PIPS * step


def coverage(pen: Pen, value: ContactCoverage | None, x: float, y: float) -> float:
    """How much contact we have, as three blocks; outlined while unknown. Returns the width."""
    width, gap, height = 9.0, 1.5, 3.4
    filled = 0 if value is None else _COVERAGES.index(value)
    for index in range(3):
        left = x + index * (width + gap)
        if value is None:
            pen.box(left, y, width, height, stroke=LINE, thickness=0.6, dash=(2, 1.5))
        else:
            pen.box(left, y, width, height, fill=INK if index < filled else TRACK)
    return 3 * (width + gap)


def tick_box(pen: Pen, state: ChecklistState, x: float, y: float, size: float = 7.0) -> None:
    """A box to tick on paper; ticked when done."""
    pen.box(x, y, size, size, stroke=SECONDARY, thickness=0.8, radius=1)
    if state is ChecklistState.DONE:
        points = [(x + 1.4, y + 3.8), (x + 3, y + 5.4), (x + 5.7, y + 1.7)]
        pen.polygon(points, stroke=INK, thickness=1.1, closed=False)


def bullet(pen: Pen, x: float, y: float, colour: int) -> None:
    """The sign before a line of a list."""
    pen.box(x, y - 1.1, 2.2, 2.2, fill=colour)


def warning(pen: Pen, x: float, y: float, size: float = 7.0) -> None:
    """A triangle with a stroke in it."""
    points = [(x, y + size), (x + size, y + size), (x + size / 2, y + 0.4)]
    pen.polygon(points, stroke=BAD, thickness=0.9)
    pen.upright(x + size / 2, y + 2.8, 2.2, BAD, 0.9)


def _triangle(pen: Pen, x: float, y: float, size: float) -> None:
    pen.polygon([(x, y + size), (x + size, y + size), (x + size / 2, y + 0.5)], fill=GOOD)


def _cross(pen: Pen, x: float, y: float, size: float) -> None:
    pen.polygon([(x, y), (x + size, y + size)], stroke=BAD, thickness=1.7, closed=False)
    pen.polygon([(x + size, y), (x, y + size)], stroke=BAD, thickness=1.7, closed=False)
