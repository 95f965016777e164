"""Lays a poster out on sheets, as marks: the drawing, and around it title, legend and foot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kam_desktop.services.formatting import date
from kam_desktop.services.handouts.clean import one_line
from kam_desktop.services.handouts.poster.content import PosterContent
from kam_desktop.services.handouts.poster.frame import (
    empty_marks,
    foot_height,
    foot_marks,
    head_marks,
    legend_below,
    legend_beside,
)
from kam_desktop.services.handouts.poster.paper import (
    LEAST_TYPE,
    Area,
    Page,
    PosterOptions,
    best_tiling,
    fitting_scale,
    least_type,
    pages_of,
)
from kam_desktop.services.handouts.poster.tiles import (
    Tile,
    holding,
    tile_area,
    tile_marks,
    tiles_of,
    tiles_over,
)
from kam_desktop.services.i18n import _
from kam_desktop.services.marks import Drawing, Group, Mark

_NATURAL_LEAST = 720.0


@dataclass(frozen=True, slots=True)
class Layer:
    """Groups drawn at ``scale``, their origin at (``dx``, ``dy``), within ``clip`` only."""

    groups: tuple[Group, ...]
    scale: float = 1.0
    dx: float = 0.0
    dy: float = 0.0
    clip: Area | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page; lengths in points."""

    width: float
    height: float
    layers: tuple[Layer, ...]


@dataclass(frozen=True, slots=True)
class Poster:
    """All pages, and what the file says of itself."""

    title: str
    subject: str
    sheets: tuple[Sheet, ...]


def confidentiality() -> str:
    """The line every poster carries."""
    return _("Internal: holds our own judgements. Not for the client.")


def lay_out(content: PosterContent, options: PosterOptions) -> Poster:
    """The poster on paper: on one sheet while its type can be read, else tiled over several."""
    pages = pages_of(options.paper, options.orientation)
    drawing = content.drawing
    around = _best(content, pages)
    scale = fitting_scale(drawing, around.area, around.size)
    if not drawing.groups or least_type(drawing) * scale >= LEAST_TYPE:
        return _poster(content, (_sheet(content, around, scale),))
    # Without the legend beside it, the drawing may still fit on one sheet.
    bare = replace(content, legend=())
    alone = _best(bare, pages)
    scale = fitting_scale(drawing, alone.area, alone.size)
    if least_type(drawing) * scale >= LEAST_TYPE:
        first = _sheet(bare, alone, scale, pages=2)
        return _poster(content, (first, _legend_sheet(content, alone)))
    tiling = best_tiling(drawing, pages, tile_area)
    tiles = tuple(tiles_of(drawing, tiling))
    first = _overview(content, around, tiles)
    return _poster(content, (first, *_tile_sheets(content, tiles)))


def lay_out_freely(content: PosterContent) -> Poster:
    """The poster on one sheet of its own size, at 100 %: for files that are looked at on screen."""
    drawing = content.drawing
    page = Page(max(_NATURAL_LEAST, drawing.width + 96.0), 1.0)
    size = min(2.4, max(1.0, (page.width / 1000.0) ** 0.5)) * 1.25
    around = _Surroundings(content, page, size)
    tall = max(drawing.height, 120.0) + around.legend.height + 2 * around.gap
    height = around.above + tall + around.below
    around = _Surroundings(content, Page(page.width, height), size)
    return _poster(content, (_sheet(content, around, 1.0),))


def _poster(content: PosterContent, sheets: tuple[Sheet, ...]) -> Poster:
    account = one_line(content.account_name, 200)
    title = _("{title}: {account}").format(title=one_line(content.title, 200), account=account)
    return Poster(title, confidentiality(), sheets)


class _Surroundings:
    """Title, legend and foot of a sheet, and the room they leave: the legend below or beside."""

    def __init__(
        self, content: PosterContent, page: Page, size: float, *, beside: bool = False
    ) -> None:
        self.page, self.size = page, size
        self.margin = 22.0 + 8.0 * size
        self.gap = 10.0 * size
        self.width = page.width - 2 * self.margin
        self.head, head_height = head_marks(content, self.width, size)
        self.above = self.margin + head_height
        self.below = self.margin + foot_height(size)
        tall = page.height - self.above - self.below - 2 * self.gap
        if beside:
            self.legend = legend_beside(content.legend, tall, size)
        else:
            self.legend = legend_below(content.legend, self.width, size)
        self.beside = beside

    @property
    def area(self) -> Area:
        """What is left for the drawing."""
        width, height = self.width, self.page.height - self.above - self.below - 2 * self.gap
        if self.beside:
            width -= self.legend.width + 2 * self.gap
        else:
            height -= self.legend.height
        return Area(self.margin, self.above + self.gap, max(1.0, width), max(1.0, height))

    def layers(self, number: int, pages: int, note: str = "") -> tuple[Layer, ...]:
        """Everything around the drawing."""
        foot_at = self.page.height - self.below
        legend_x, legend_y = self.margin, foot_at - self.legend.height
        if self.beside:
            legend_x = self.page.width - self.margin - self.legend.width
            legend_y = self.above + self.gap
        foot = foot_marks(confidentiality(), note, number, pages, self.width, self.size)
        return (
            _layer(self.head, self.margin, self.margin),
            _layer(self.legend.marks, legend_x, legend_y),
            _layer(foot, self.margin, foot_at),
        )


def _best(content: PosterContent, pages: tuple[Page, ...]) -> _Surroundings:
    """The sheet, and the place of the legend, that leave the drawing largest."""
    return max(
        (
            _Surroundings(content, page, page.size, beside=beside)
            for page in pages
            for beside in (False, True)
        ),
        key=lambda around: fitting_scale(content.drawing, around.area, around.size),
    )


def _layer(marks: tuple[Mark, ...], x: float, y: float) -> Layer:
    return Layer((Group(marks, 0, 0, 0, 0),), 1.0, x, y)


def _legend_sheet(content: PosterContent, before: _Surroundings) -> Sheet:
    """A sheet of its own for the legend."""
    around = _Surroundings(content, before.page, before.size)
    head, _legend, foot = around.layers(2, 2)
    legend = _layer(around.legend.marks, around.margin, around.above + around.gap)
    return Sheet(around.page.width, around.page.height, (head, legend, foot))


def _sheet(content: PosterContent, around: _Surroundings, scale: float, *, pages: int = 1) -> Sheet:
    area = around.area
    if content.drawing.groups:
        middle = _centred(content.drawing, area, scale)
    else:
        middle = _layer(empty_marks(area.width, area.height, around.size), area.x, area.y)
    page = around.page
    return Sheet(page.width, page.height, (*around.layers(1, pages), middle))


def _centred(drawing: Drawing, area: Area, scale: float) -> Layer:
    """A drawing in the middle of an area, a little above when there is much room below."""
    spare_x = area.width - drawing.width * scale
    spare_y = area.height - drawing.height * scale
    return Layer(
        drawing.groups,
        scale,
        area.x + spare_x / 2 - drawing.left * scale,
        area.y + spare_y * 0.42 - drawing.top * scale,
    )


def _overview(content: PosterContent, around: _Surroundings, tiles: tuple[Tile, ...]) -> Sheet:
    """The first of several sheets: everything small, and which part is on which sheet."""
    area, page = around.area, around.page
    drawing = holding(content.overview or content.drawing, tiles)
    scale = min(area.width / drawing.width, area.height / drawing.height)
    layer = _centred(drawing, area, scale)
    frames = tiles_over(tiles, scale, page.size)
    text = _(
        "On {count} sheets, so that it can be read. Cut at the marks, lay them 10 mm over"
        " each other."
    )
    note = text.format(count=len(tiles))
    origin = content.drawing.left * scale, content.drawing.top * scale
    over = _layer(frames, layer.dx + origin[0], layer.dy + origin[1])
    layers = (*around.layers(1, len(tiles) + 1, note), layer, over)
    return Sheet(page.width, page.height, layers)


def _tile_sheets(content: PosterContent, tiles: tuple[Tile, ...]) -> Iterator[Sheet]:
    names = {(tile.row, tile.column): tile.name for tile in tiles}
    title = _("{account}: {title}, as of {day}").format(
        account=content.account_name, title=content.title, day=date(content.as_of)
    )
    for at, tile in enumerate(tiles):
        area, page = tile.area, tile.page
        marks = tile_marks(tile, names, title, at + 2, len(tiles) + 1, confidentiality())
        picture = Layer(tile.groups, tile.scale, tile.dx, tile.dy, area)
        yield Sheet(page.width, page.height, (picture, _layer(marks, 0.0, 0.0)))
