"""The power grid: influence upwards, support across, and a place of their own for the unknown.

Pure layout: who stands in which cell, how large cells must be, and where every chip goes. Lengths
are scene units (pixels at 100 %), y grows downwards. Unknown support is the last column and
unknown influence the last row, each apart from the scales: unknown is neither neutral nor zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import NamedTuple

from kam_desktop.services.analysis.map_layout import Place

SUPPORTS: tuple[int | None, ...] = (-2, -1, 0, 1, 2, None)
INFLUENCES: tuple[int | None, ...] = (10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, None)
HIGH_INFLUENCE_FROM = 6
"""From here on somebody counts as powerful; the upper half of the scale (our own default)."""

_FEW, _SOME, _MANY = 4, 12, 27
"""Up to how many people a cell has one, two and three columns of chips."""


class Cell(NamedTuple):
    """A place on the grid; None is unknown."""

    support: int | None
    influence: int | None


EVERY_CELL: frozenset[Cell] = frozenset(Cell(s, i) for s in SUPPORTS for i in INFLUENCES)


@dataclass(frozen=True, slots=True)
class Standing:
    """One person to be placed."""

    id: str
    support: int | None
    influence: int | None

    @property
    def cell(self) -> Cell:
        return Cell(self.support, self.influence)


@dataclass(frozen=True, slots=True)
class GridSizes:
    """Lengths the layout keeps to. A closed cell shows ``rows`` lines of chips at most."""

    chip_width: float = 148.0
    least_chip_width: float = 136.0
    largest_chip_width: float = 250.0
    chip_height: float = 26.0
    gap: float = 4.0
    padding: float = 5.0
    apart: float = 18.0
    strip: float = 22.0
    rows: int = 6
    columns: int = 3

    def scaled(self, scale: float) -> GridSizes:
        """The same at another size of type."""
        return replace(
            self,
            chip_width=self.chip_width * scale,
            least_chip_width=self.least_chip_width * scale,
            largest_chip_width=self.largest_chip_width * scale,
            chip_height=self.chip_height * scale,
            strip=self.strip * scale,
        )


@dataclass(frozen=True, slots=True)
class Band:
    """One column or row: its value and where it begins and how far it reaches."""

    value: int | None
    start: float
    length: float

    @property
    def end(self) -> float:
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell's area, who is in it, and how many of them are not shown while it is closed."""

    cell: Cell
    x: float
    y: float
    width: float
    height: float
    people: tuple[str, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class GridLayout:
    """A finished grid.

    ``places`` are the chips that are shown, ``more`` the places of "… more" by cell, ``fewer``
    those of what folds an opened cell again. ``strips`` are the tops of the lines of words above
    the powerful, the others and the unknown.
    """

    columns: tuple[Band, ...]
    rows: tuple[Band, ...]
    cells: Mapping[Cell, CellPlace]
    places: Mapping[str, Place]
    more: Mapping[Cell, Place]
    fewer: Mapping[Cell, Place]
    strips: tuple[float, float, float]
    width: float
    height: float


def grid_layout(
    people: Sequence[Standing],
    sizes: GridSizes = GridSizes(),
    *,
    room: tuple[float, float] = (0.0, 0.0),
    opened: Collection[Cell] = frozenset(),
) -> GridLayout:
    """Lay out ``people``, in their order within each cell.

    Spare ``room`` (width, height) is shared out; without enough of it the grid grows beyond. Cells
    of ``opened`` show everybody they hold.
    """
    inside: defaultdict[Cell, list[str]] = defaultdict(list)
    for person in people:
        inside[person.cell].append(person.id)
    across = {s: _columns_for(inside, s, sizes, opened) for s in SUPPORTS}
    chip_width = _chip_width(sum(across.values()), sizes, room[0])
    shown = {
        cell: _shown(len(inside[cell]), across[cell.support], sizes, cell in opened)
        for cell in EVERY_CELL
    }
    columns = _columns(across, chip_width, sizes, room[0])
    rows, strips = _rows(across, shown, sizes, room[1])
    grid = _Grid(columns, rows, across, chip_width, sizes)
    for cell in (Cell(s, i) for i in INFLUENCES for s in SUPPORTS):
        grid.fill(cell, inside[cell], shown[cell])
    return GridLayout(
        columns,
        rows,
        grid.cells,
        grid.places,
        grid.more,
        grid.fewer,
        strips,
        columns[-1].end,
        rows[-1].end,
    )


def cell_at(layout: GridLayout, x: float, y: float) -> Cell | None:
    """The cell a point is in; a point in a gap belongs to the nearer band, None is outside."""
    if not (0 <= x <= layout.width and 0 <= y <= layout.height):
        return None
    column = min(layout.columns, key=lambda band: _away(band, x))
    row = min(layout.rows, key=lambda band: _away(band, y))
    return Cell(column.value, row.value)


def _away(band: Band, at: float) -> float:
    return max(band.start - at, at - band.end, 0.0)


def _columns_for(
    inside: Mapping[Cell, Sequence[str]],
    support: int | None,
    sizes: GridSizes,
    opened: Collection[Cell],
) -> int:
    """How many chips stand beside each other in the cells of one column."""
    most = max(len(inside.get(Cell(support, i), ())) for i in INFLUENCES)
    wanted = 1 if most <= _FEW else 2 if most <= _SOME else 3 if most <= _MANY else 4
    # With everything open (paper) there is no "… more", so that wide is better than endless.
    return wanted if len(opened) == len(EVERY_CELL) else min(wanted, sizes.columns)


def _chip_width(chips_across: int, sizes: GridSizes, room: float) -> float:
    fixed = len(SUPPORTS) * (2 * sizes.padding - sizes.gap) + chips_across * sizes.gap + sizes.apart
    if room <= 0:
        return sizes.chip_width
    return min(sizes.largest_chip_width, max(sizes.least_chip_width, (room - fixed) / chips_across))


@dataclass(frozen=True, slots=True)
class _Shown:
    people: int
    lines: int
    foldable: bool = False


def _shown(count: int, across: int, sizes: GridSizes, opened: bool) -> _Shown:
    """How many people of a cell are shown, and in how many lines, "… more" included."""
    capacity = across * sizes.rows
    if count <= capacity:
        return _Shown(count, ceil(count / across))
    if opened:
        return _Shown(count, ceil((count + 1) / across), foldable=True)
    return _Shown(capacity - 1, sizes.rows)


def _columns(
    across: Mapping[int | None, int], chip_width: float, sizes: GridSizes, room: float
) -> tuple[Band, ...]:
    lengths = [
        across[s] * (chip_width + sizes.gap) - sizes.gap + 2 * sizes.padding for s in SUPPORTS
    ]
    spare = max(0.0, room - sum(lengths) - sizes.apart) / len(lengths)
    bands, at = [], 0.0
    for support, length in zip(SUPPORTS, lengths, strict=True):
        at += sizes.apart if support is None else 0.0
        bands.append(Band(support, at, length + spare))
        at += length + spare
    return tuple(bands)


def _rows(
    across: Mapping[int | None, int],
    shown: Mapping[Cell, _Shown],
    sizes: GridSizes,
    room: float,
) -> tuple[tuple[Band, ...], tuple[float, float, float]]:
    lines = [max(1, *(shown[Cell(s, i)].lines for s in across)) for i in INFLUENCES]
    lengths = [n * (sizes.chip_height + sizes.gap) - sizes.gap + 2 * sizes.padding for n in lines]
    spare = max(0.0, room - sum(lengths) - 3 * sizes.strip - sizes.apart) / len(lengths)
    bands, strips, at = [], [], 0.0
    for influence, length in zip(INFLUENCES, lengths, strict=True):
        if influence in (INFLUENCES[0], HIGH_INFLUENCE_FROM - 1, None):
            at += sizes.apart if influence is None else 0.0
            strips.append(at)
            at += sizes.strip
        bands.append(Band(influence, at, length + spare))
        at += length + spare
    return tuple(bands), (strips[0], strips[1], strips[2])


@dataclass(slots=True)
class _Grid:
    """Puts chips into cells, line by line from the left."""

    columns: tuple[Band, ...]
    rows: tuple[Band, ...]
    across: Mapping[int | None, int]
    chip_width: float
    sizes: GridSizes
    cells: dict[Cell, CellPlace] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    more: dict[Cell, Place] = field(default_factory=dict)
    fewer: dict[Cell, Place] = field(default_factory=dict)

    def fill(self, cell: Cell, people: Sequence[str], shown: _Shown) -> None:
        column = self.columns[SUPPORTS.index(cell.support)]
        row = self.rows[INFLUENCES.index(cell.influence)]
        hidden = len(people) - shown.people
        self.cells[cell] = CellPlace(
            cell, column.start, row.start, column.length, row.length, tuple(people), hidden
        )
        for at, person_id in enumerate(people[: shown.people]):
            self.places[person_id] = self._place(person_id, column, row, cell, at)
        if hidden:
            self.more[cell] = self._place("", column, row, cell, shown.people)
        elif shown.foldable:
            self.fewer[cell] = self._place("", column, row, cell, shown.people)

    def _place(self, name: str, column: Band, row: Band, cell: Cell, at: int) -> Place:
        sizes = self.sizes
        line, across = divmod(at, self.across[cell.support])
        return Place(
            name,
            column.start + sizes.padding + across * (self.chip_width + sizes.gap),
            row.start + sizes.padding + line * (sizes.chip_height + sizes.gap),
            self.chip_width,
            sizes.chip_height,
        )
