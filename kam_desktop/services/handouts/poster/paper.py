"""Papers, and how large a drawing comes out on them: on one sheet, or tiled over several.

All lengths of paper are points; a scale is points per scene unit of the drawing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from kam_desktop.services.marks import Drawing, Words

MM = 72 / 25.4
PAPERS = {
    "A4": (210 * MM, 297 * MM),
    "A3": (297 * MM, 420 * MM),
    "A2": (420 * MM, 594 * MM),
    "Letter": (612.0, 792.0),
    "Tabloid": (792.0, 1224.0),
}
"""Width and height of the papers offered, upright."""

LEAST_TYPE = 5.0
"""Type below this size in points cannot be read; the drawing is then tiled over several sheets."""

_TILED_TYPE = 6.0
_MANY_TILES = 24
"""Beyond so many sheets, tiles are drawn with the least type instead of a more comfortable one."""

OVERLAP = 10 * MM
_A4_AREA = 210 * 297 * MM * MM


class Orientation(StrEnum):
    """How paper is held; AUTOMATIC as suits the drawing."""

    AUTOMATIC = "automatic"
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


@dataclass(frozen=True, slots=True)
class PosterOptions:
    """What the user chose: a key of `PAPERS`, how it is held, and whether colours are left out."""

    paper: str = "A4"
    orientation: Orientation = Orientation.AUTOMATIC
    black_and_white: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet; all lengths in points."""

    width: float
    height: float

    @property
    def size(self) -> float:
        """By what the type of title and legend grows with the sheet: 1 on A4, 2 on A2."""
        return math.sqrt(max(1.0, self.width * self.height / _A4_AREA))


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a sheet."""

    x: float
    y: float
    width: float
    height: float


def pages_of(paper: str, orientation: Orientation) -> tuple[Page, ...]:
    """The ways a paper may be held."""
    width, height = PAPERS[paper]
    upright, across = Page(width, height), Page(height, width)
    if orientation is Orientation.PORTRAIT:
        return (upright,)
    return (across,) if orientation is Orientation.LANDSCAPE else (upright, across)


def fitting_scale(drawing: Drawing, area: Area, size: float) -> float:
    """The scale at which a drawing fills an area; cards of few people do not become huge."""
    wide = area.width / max(1.0, drawing.width)
    high = area.height / max(1.0, drawing.height)
    return max(0.0, min(wide, high, 1.15 * size))


def least_type(drawing: Drawing) -> float:
    """The size of the smallest words of a drawing, in scene units; infinite without words."""
    sizes = (
        mark.size for group in drawing.groups for mark in group.marks if isinstance(mark, Words)
    )
    return min(sizes, default=math.inf)


@dataclass(frozen=True, slots=True)
class Tiling:
    """A drawing cut into equal pieces, ``columns`` × ``rows``, that overlap by `OVERLAP`."""

    page: Page
    area: Area
    scale: float
    columns: int
    rows: int


def best_tiling(
    drawing: Drawing, pages: tuple[Page, ...], area_of: Callable[[Page], Area]
) -> Tiling:
    """The way to tile that takes the fewest sheets, with type that can be read.

    ``area_of`` is what a page leaves for a piece of the drawing.
    """
    least = least_type(drawing)
    sizes = [_TILED_TYPE / least, LEAST_TYPE / least]
    choices = [
        _tiling(drawing, page, area_of(page), scale) for scale, page in product(sizes, pages)
    ]
    half = len(pages)
    comfortable = min(choices[:half], key=_count)
    return comfortable if _count(comfortable) <= _MANY_TILES else min(choices[half:], key=_count)


def _count(tiling: Tiling) -> int:
    return tiling.columns * tiling.rows


def _tiling(drawing: Drawing, page: Page, area: Area, scale: float) -> Tiling:
    """Tiles at ``scale`` or a little more, so that the last ones are filled as well."""
    columns = _pieces(drawing.width * scale, area.width)
    rows = _pieces(drawing.height * scale, area.height)
    wide = (columns * (area.width - OVERLAP) + OVERLAP) / max(1.0, drawing.width)
    high = (rows * (area.height - OVERLAP) + OVERLAP) / max(1.0, drawing.height)
    return Tiling(page, area, min(wide, high), columns, rows)


def _pieces(length: float, room: float) -> int:
    return max(1, math.ceil((length - OVERLAP) / (room - OVERLAP) - 1e-9))
