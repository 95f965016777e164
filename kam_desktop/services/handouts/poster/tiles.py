"""A drawing on several sheets: which part is on which, and the marks to put them together by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from kam_desktop.services.handouts.poster.frame import foot_marks
from kam_desktop.services.handouts.poster.paper import OVERLAP, Area, Page, Tiling
from kam_desktop.services.i18n import _
from kam_desktop.services.marks import (
    Drawing,
    Group,
    Ink,
    Mark,
    Rectangle,
    Side,
    Stroke,
    Way,
    Words,
    all_moved,
)

_MARGIN = 30.0
_FOOT = 16.0
_TICK, _AWAY = 9.0, 3.0
_LABEL = 7.0


@dataclass(frozen=True, slots=True)
class Tile:
    """One sheet's part: what is on it, and where the drawing's origin comes to lie.

    ``left`` … ``height`` are the part in scene units, counted from the drawing's corner.
    """

    row: int
    column: int
    page: Page
    area: Area
    groups: tuple[Group, ...]
    scale: float
    dx: float
    dy: float
    left: float
    top: float
    width: float
    height: float

    @property
    def name(self) -> str:
        """How the sheet is called: rows by letters, columns by numbers."""
        return f"{_letters(self.row)}{self.column + 1}"


def _letters(row: int) -> str:
    """A … Z, AA, AB …"""
    text = ""
    row += 1
    while row:
        row, at = divmod(row - 1, 26)
        text = chr(ord("A") + at) + text
    return text


def tile_area(page: Page) -> Area:
    """What a sheet leaves for its part of the drawing."""
    height = page.height - 2 * _MARGIN - _FOOT
    return Area(_MARGIN, _MARGIN, page.width - 2 * _MARGIN, height)


def tiles_of(drawing: Drawing, tiling: Tiling) -> Iterator[Tile]:
    """The sheets that have something on them, row by row."""
    area, scale = tiling.area, tiling.scale
    step_x, step_y = area.width - OVERLAP, area.height - OVERLAP
    # The drawing lies in the middle of all sheets together.
    shift_x = (tiling.columns * step_x + OVERLAP - drawing.width * scale) / 2
    shift_y = (tiling.rows * step_y + OVERLAP - drawing.height * scale) / 2
    for row, column in product(range(tiling.rows), range(tiling.columns)):
        left = (column * step_x - shift_x) / scale
        top = (row * step_y - shift_y) / scale
        width, height = area.width / scale, area.height / scale
        x, y = drawing.left + left, drawing.top + top
        groups = tuple(
            group
            for group in drawing.groups
            if group.right > x and group.left < x + width
            and group.bottom > y and group.top < y + height
        )  # fmt: skip
        if groups:
            yield Tile(
                row, column, tiling.page, area, groups, scale,
                area.x - x * scale, area.y - y * scale, left, top, width, height,
            )  # fmt: skip


def holding(drawing: Drawing, tiles: tuple[Tile, ...]) -> Drawing:
    """The drawing with as much empty ground around it as the sheets have."""
    return replace(
        drawing,
        left=drawing.left + min(0.0, *(tile.left for tile in tiles)),
        top=drawing.top + min(0.0, *(tile.top for tile in tiles)),
        right=drawing.left + max(drawing.width, *(tile.left + tile.width for tile in tiles)),
        bottom=drawing.top + max(drawing.height, *(tile.top + tile.height for tile in tiles)),
    )


def tiles_over(tiles: tuple[Tile, ...], scale: float, size: float) -> tuple[Mark, ...]:
    """The sheets' outlines and names over a small picture of everything at ``scale``.

    In points from the place of the drawing's upper left corner.
    """
    marks: list[Mark] = []
    stroke = Stroke(Ink.ACCENT, 0.8 * size, (3.0 * size, 2.0 * size))
    last_row, last_column = max(tile.row for tile in tiles), max(tile.column for tile in tiles)
    for tile in tiles:
        half = OVERLAP / tile.scale / 2
        x = (tile.left + (half if tile.column else 0.0)) * scale
        y = (tile.top + (half if tile.row else 0.0)) * scale
        right = (tile.left + tile.width - (half if tile.column < last_column else 0.0)) * scale
        bottom = (tile.top + tile.height - (half if tile.row < last_row else 0.0)) * scale
        marks.append(Rectangle(x, y, right - x, bottom - y, None, stroke))
        box, tall = 17.0 * size, 10.0 * size
        marks.append(Rectangle(x, y, box, tall, Ink.SURFACE, stroke))
        marks.append(
            Words(tile.name, x, y + tall / 2, box, 7.0 * size, Ink.ACCENT, True, Side.MIDDLE)
        )
    return tuple(marks)


def tile_marks(
    tile: Tile, names: Mapping[tuple[int, int], str], title: str, number: int, pages: int, left: str
) -> tuple[Mark, ...]:
    """Cut marks, the sheet's neighbours and its foot, in points from the sheet's corner."""
    area = tile.area
    sides = {
        "left": names.get((tile.row, tile.column - 1), ""),
        "right": names.get((tile.row, tile.column + 1), ""),
        "above": names.get((tile.row - 1, tile.column), ""),
        "below": names.get((tile.row + 1, tile.column), ""),
    }
    note = _("Sheet {name} · {title}").format(name=tile.name, title=title)
    foot = foot_marks(left, note, number, pages, area.width, 1.0)
    y = tile.page.height - _MARGIN - _FOOT + 12
    return (
        *_cut_marks(area, sides),
        *_neighbours(area, sides),
        *all_moved(foot, area.x, y),
    )


def _cut_marks(area: Area, sides: Mapping[str, str]) -> Iterator[Mark]:
    """Short lines outside the corners: where to cut, in the middle of what overlaps."""
    half, stroke = OVERLAP / 2, Stroke(Ink.TEXT, 0.5)
    left = area.x + (half if sides["left"] else 0.0)
    right = area.x + area.width - (half if sides["right"] else 0.0)
    top = area.y + (half if sides["above"] else 0.0)
    bottom = area.y + area.height - (half if sides["below"] else 0.0)
    for x in (left, right):
        for y, way in ((area.y - _AWAY, -_TICK), (area.y + area.height + _AWAY, _TICK)):
            yield Way(((x, y), (x, y + way)), stroke)
    for y in (top, bottom):
        for x, way in ((area.x - _AWAY, -_TICK), (area.x + area.width + _AWAY, _TICK)):
            yield Way(((x, y), (x + way, y)), stroke)


def _neighbours(area: Area, sides: Mapping[str, str]) -> Iterator[Mark]:
    """The names of the sheets beside this one."""
    middle_x, middle_y = area.x + area.width / 2, area.y + area.height / 2
    right, bottom = area.x + area.width, area.y + area.height
    for text, x, y in (
        (sides["left"], area.x - 13, middle_y),
        (sides["right"], right + 13, middle_y),
        (sides["above"], middle_x, area.y - 10),
        (sides["below"], middle_x, bottom + 6),
    ):
        if text:
            yield Words(text, x - 13, y, 26.0, _LABEL, Ink.TEXT2, True, Side.MIDDLE)
