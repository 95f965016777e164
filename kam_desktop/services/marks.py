"""Simple shapes from which cards, lines, legends and grids are drawn, alike on screen and on paper.

A *mark* says what to draw in scene units (pixels at 100 %), y downwards, and in named inks instead
of colours; screen, PDF and SVG each have one small painter for all marks.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    """A pen: ``dash`` are lengths of line and gap in scene units, () for a solid line."""

    ink: Ink
    width: float = 1.0
    dash: tuple[float, ...] = ()


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
