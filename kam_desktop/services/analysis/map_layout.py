"""What the layouts of the relationship map take and give: boxes and links in, places and lines out.

All lengths are scene units (pixels at 100 %), y grows downwards, a place is a box's top left
corner. Nothing here knows about screens or paper: the window, the PDF and the SVG draw the same
result. `map_tree` lays out the org chart, `map_network` the free network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """One person's card before it has a place. ``group`` is the buying centre ('' for none)."""

    id: str
    width: float
    height: float
    group: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A tie to be drawn. ``solid`` marks the one line to the manager that shapes the org chart."""

    id: str
    from_id: str
    to_id: str
    solid: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box ended up."""

    id: str
    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def moved_to(self, x: float, y: float) -> Place:
        """The same box with its top left corner at (``x``, ``y``)."""
        return Place(self.id, x, y, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Line:
    """The way a link takes, from the border of its ``from`` box to that of its ``to`` box."""

    link_id: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title over a group of people without a manager: a buying centre ('' for none)."""

    group: str
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A finished arrangement.

    ``hung`` gives, for those in a column beside a line, where that line begins, counted from the
    card's own corner. ``moved`` are those the user put elsewhere.
    """

    places: Mapping[str, Place]
    headings: tuple[Heading, ...] = ()
    hung: Mapping[str, Point] = field(default_factory=dict)
    moved: frozenset[str] = frozenset()

    def with_places(self, by_hand: Mapping[str, Point]) -> Layout:
        """This layout with the cards of ``by_hand`` at the places the user gave them."""
        places = dict(self.places)
        for box_id, (x, y) in by_hand.items():
            if box_id in places:
                places[box_id] = places[box_id].moved_to(x, y)
        moved = self.moved | (by_hand.keys() & places.keys())
        return Layout(places, self.headings, self.hung, moved)


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances between cards; the defaults suit cards of about 224 × 88."""

    across: float = 28.0
    down: float = 46.0
    stacked: float = 12.0
    between_trees: float = 64.0
    indent: float = 18.0


def bounds(places: Iterable[Place]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all ``places``; zeros when there are none."""
    found = list(places)
    if not found:
        return 0.0, 0.0, 0.0, 0.0
    return (
        min(place.x for place in found),
        min(place.y for place in found),
        max(place.right for place in found),
        max(place.bottom for place in found),
    )


def shifted(places: Iterable[Place], dx: float, dy: float) -> list[Place]:
    """``places`` moved by (``dx``, ``dy``)."""
    return [place.moved_to(place.x + dx, place.y + dy) for place in places]


def pack_in_rows(
    blocks: Sequence[Sequence[Place]], gap: float, *, proportion: float = 1.7
) -> list[Place]:
    """Blocks of places set side by side, in rows about ``proportion`` times as wide as all is high.

    Order is kept; a block is moved as a whole.
    """
    frames = [bounds(block) for block in blocks]
    area = sum((r - x + gap) * (b - y + gap) for x, y, r, b in frames)
    widest = max((r - x for x, _y, r, _b in frames), default=0.0)
    limit = max(widest, (area * proportion) ** 0.5)
    out: list[Place] = []
    left = top = row_height = 0.0
    for block, (x, y, right, bottom) in zip(blocks, frames, strict=True):
        if left > 0 and left + right - x > limit:
            left, top, row_height = 0.0, top + row_height + gap, 0.0
        out.extend(shifted(block, left - x, top - y))
        left += right - x + gap
        row_height = max(row_height, bottom - y)
    return out


def managers_of(boxes: Sequence[Box], links: Iterable[Link]) -> dict[str, str]:
    """Who reports to whom by solid lines, made into a forest.

    Only links between ``boxes`` count, only the first manager of a person counts, and a circle
    (which the program refuses but an old file could hold) is opened at its first member.
    """
    known = {box.id for box in boxes}
    manager: dict[str, str] = {}
    for link in links:
        if link.solid and link.from_id in known and link.to_id in known:
            manager.setdefault(link.from_id, link.to_id)
    settled: set[str] = set()
    for box in boxes:
        path: list[str] = []
        on_path: set[str] = set()
        at: str | None = box.id
        while at is not None and at not in settled and at not in on_path:
            path.append(at)
            on_path.add(at)
            at = manager.get(at)
        if at is not None and at in on_path:
            del manager[at]
        settled.update(path)
    return manager
