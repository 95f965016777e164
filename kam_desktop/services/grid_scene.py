"""The power grid as things to draw: chips, cells and words with places, nothing of Qt."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from kam_desktop.models.vocabulary import ClaimField
from kam_desktop.services.analysis.claims import has_faded
from kam_desktop.services.analysis.map_layout import Place
from kam_desktop.services.analysis.power_grid import (
    EVERY_CELL,
    Cell,
    CellPlace,
    GridLayout,
    GridSizes,
    Standing,
    grid_layout,
)
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.map_scene import describe, support_word
from kam_desktop.services.queries.relationship_map import MapData, PersonCard


@dataclass(frozen=True, slots=True)
class ChipSpec:
    """One person on the grid, small. What has faded was judged too long ago to rely on."""

    id: str
    name: str
    title: str
    support: int | None
    influence: int | None
    vacant: bool
    outside: bool
    left: bool
    support_faded: bool
    influence_faded: bool
    description: str
    place: Place

    @property
    def cell(self) -> Cell:
        return Cell(self.support, self.influence)


@dataclass(frozen=True, slots=True)
class MoreSpec:
    """“+87 more”: what opens a cell, or with ``folds`` closes it again."""

    cell: Cell
    text: str
    place: Place
    folds: bool = False


@dataclass(frozen=True, slots=True)
class ZoneSpec:
    """A part of the grid with what to do about the people in it, in words at its top."""

    text: str
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class AxisLabel:
    """The name of a column or row: its value, its word and how many people are in it."""

    value: int | None
    text: str
    count: int
    start: float
    length: float


@dataclass(frozen=True, slots=True)
class GridScene:
    """All there is to draw. ``hidden`` are the ids of people in closed cells that are not drawn."""

    chips: tuple[ChipSpec, ...]
    more: tuple[MoreSpec, ...]
    zones: tuple[ZoneSpec, ...]
    columns: tuple[AxisLabel, ...]
    rows: tuple[AxisLabel, ...]
    cells: tuple[CellPlace, ...]
    layout: GridLayout
    strip: float
    hidden: frozenset[str] = field(default_factory=frozenset)

    @property
    def width(self) -> float:
        return self.layout.width

    @property
    def height(self) -> float:
        return self.layout.height


def build_grid(
    data: MapData,
    scale: float = 1.0,
    *,
    room: tuple[float, float] = (0.0, 0.0),
    opened: Collection[Cell] = frozenset(),
) -> GridScene:
    """The grid of an account's own people; guests of other accounts decide elsewhere.

    ``scale`` is the size of type, ``room`` (width, height) is filled where there is more than
    needed, ``opened`` cells show all their people (`EVERY_CELL` for paper).
    """
    people = [card for card in data.people if not card.account_name]
    sizes = GridSizes().scaled(scale)
    standings = [Standing(card.id, card.support, card.influence) for card in people]
    layout = grid_layout(standings, sizes, room=room, opened=opened)
    return GridScene(
        tuple(_chip(card, data, layout) for card in people if card.id in layout.places),
        _more(layout, paper=len(opened) == len(EVERY_CELL)),
        _zones(layout),
        _column_labels(layout),
        _row_labels(layout),
        tuple(layout.cells.values()),
        layout,
        sizes.strip,
        frozenset(card.id for card in people if card.id not in layout.places),
    )


def standing_text(cell: Cell) -> str:
    """A cell in words: “Supporter, influence 8”."""
    influence = _("unknown") if cell.influence is None else str(cell.influence)
    return _("{support}, influence {influence}").format(
        support=_support_title(cell.support), influence=influence
    )


def more_text(count: int) -> str:
    """What stands for the people a closed cell does not show."""
    return ngettext("+{count} more", "+{count} more", count).format(count=count)


def _more(layout: GridLayout, *, paper: bool) -> tuple[MoreSpec, ...]:
    found = [
        MoreSpec(cell, more_text(layout.cells[cell].hidden), place)
        for cell, place in layout.more.items()
    ]
    if not paper:
        found += [
            MoreSpec(cell, _("Show fewer"), place, folds=True)
            for cell, place in layout.fewer.items()
        ]
    return tuple(found)


def _chip(card: PersonCard, data: MapData, layout: GridLayout) -> ChipSpec:
    support_faded = has_faded(card.certainty.get(ClaimField.SUPPORT))
    influence_faded = has_faded(card.certainty.get(ClaimField.INFLUENCE))
    description = describe(card, data.buying_centres)
    if support_faded or influence_faded:
        description += "\n" + _("Judged long ago")
    return ChipSpec(
        card.id,
        card.name or joined((_("(vacant)"), card.title)),
        card.title if card.name else "",
        card.support,
        card.influence,
        card.vacant,
        card.external,
        card.left_on is not None,
        support_faded,
        influence_faded,
        description,
        layout.places[card.id],
    )


def _zones(layout: GridLayout) -> tuple[ZoneSpec, ...]:
    against, between, with_us, unknown = _zone_columns(layout)
    high, low, none = layout.strips
    return (
        ZoneSpec(_("Powerful and against us: win over"), against[0], high, against[1]),
        ZoneSpec(_("Undecided: convince"), between[0], high, between[1]),
        ZoneSpec(_("Powerful and with us: keep close"), with_us[0], high, with_us[1]),
        ZoneSpec(_("Powerful: ask first"), unknown[0], high, unknown[1]),
        ZoneSpec(_("Less power, against us: watch"), against[0], low, against[1]),
        ZoneSpec(_("Keep informed"), between[0], low, between[1]),
        ZoneSpec(_("Less power, with us: ask for help"), with_us[0], low, with_us[1]),
        ZoneSpec(_("Get to know"), unknown[0], low, unknown[1]),
        ZoneSpec(_("Influence unknown: find out"), 0.0, none, layout.columns[-2].end),
        ZoneSpec(_("Nothing known yet"), unknown[0], none, unknown[1]),
    )


def _zone_columns(layout: GridLayout) -> tuple[tuple[float, float], ...]:
    """Where the people against us, between, with us and of unknown support are: start, width."""
    c = layout.columns
    spans = ((c[0], c[1]), (c[2], c[2]), (c[3], c[4]), (c[5], c[5]))
    return tuple((first.start, last.end - first.start) for first, last in spans)


def _column_labels(layout: GridLayout) -> tuple[AxisLabel, ...]:
    counts = {
        band.value: sum(
            len(cell.people) for cell in layout.cells.values() if cell.cell.support == band.value
        )
        for band in layout.columns
    }
    return tuple(
        AxisLabel(
            band.value, _support_title(band.value), counts[band.value], band.start, band.length
        )
        for band in layout.columns
    )


def _row_labels(layout: GridLayout) -> tuple[AxisLabel, ...]:
    counts = {
        band.value: sum(
            len(cell.people) for cell in layout.cells.values() if cell.cell.influence == band.value
        )
        for band in layout.rows
    }
    return tuple(
        AxisLabel(
            band.value,
            "?" if band.value is None else str(band.value),
            counts[band.value],
            band.start,
            band.length,
        )
        for band in layout.rows
    )


def _support_title(support: int | None) -> str:
    return _("Support unknown") if support is None else support_word(support)
