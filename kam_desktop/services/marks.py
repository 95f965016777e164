"""Simple shapes from which cards, lines, legends and grids are drawn, alike on screen and on paper.

A *mark* says what to draw in scene units (pixels at 100 %), y downwards, and in named inks instead
of colours; screen, PDF and SVG each have one small painter for all marks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

Point = tuple[float, float]


class Ink(StrEnum):
    """What a colour is for; the names of the theme's tokens. Paper has its own values."""

    TEXT = "text"
    TEXT2 = "text2"
    TEXT3 = "text3"
    SURFACE = "surface"
    SUNKEN = "sunken"
    LINE = "line"
    ACCENT = "accent"
    ACCENT_SOFT = "accent_soft"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    GOOD_SOFT = "good_soft"
    WARN_SOFT = "warn_soft"
    BAD_SOFT = "bad_soft"


class Side(StrEnum):
    """Where a text stands in its room; START is right for text that reads leftwards."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A pen: ``dash`` are lengths of line and gap in scene units, () for a solid line.

    ``round`` gives round ends and corners; otherwise ends are flat and corners pointed.
    """

    ink: Ink
    width: float = 1.0
    dash: tuple[float, ...] = ()
    round: bool = False


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle, with round corners when ``radius`` is above 0."""

    x: float
    y: float
    width: float
    height: float
    fill: Ink | None = None
    stroke: Stroke | None = None
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle around (x, y)."""

    x: float
    y: float
    radius: float
    fill: Ink | None = None
    stroke: Stroke | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A line from point to point, or with ``closed`` the area within."""

    points: tuple[Point, ...]
    stroke: Stroke | None = None
    fill: Ink | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """One line of user text, its middle at height ``y``, cut to ``room`` from ``x`` on."""

    text: str
    x: float
    y: float
    room: float
    size: float = 12.0
    ink: Ink = Ink.TEXT
    bold: bool = False
    side: Side = Side.START


@dataclass(frozen=True, slots=True)
class Photo:
    """A kept picture, cut to a circle of ``radius`` around (x, y)."""

    sha256: str
    x: float
    y: float
    radius: float


Mark: TypeAlias = Rectangle | Disc | Way | Words | Photo


@dataclass(frozen=True, slots=True)
class Group:
    """Marks that belong together, such as one card; ``name`` and ``description`` say them in words.

    ``left`` … ``bottom`` hold all of them, in scene units.
    """

    marks: tuple[Mark, ...]
    left: float
    top: float
    right: float
    bottom: float
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished view; later groups lie over earlier ones. All lengths are scene units."""

    groups: tuple[Group, ...] = ()
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


def moved(mark: Mark, dx: float, dy: float) -> Mark:
    """The same mark ``dx`` further right and ``dy`` further down."""
    if isinstance(mark, Way):
        return replace(mark, points=tuple((x + dx, y + dy) for x, y in mark.points))
    return replace(mark, x=mark.x + dx, y=mark.y + dy)


def all_moved(marks: Iterable[Mark], dx: float, dy: float) -> tuple[Mark, ...]:
    """All of ``marks`` moved together."""
    return tuple(moved(mark, dx, dy) for mark in marks)
