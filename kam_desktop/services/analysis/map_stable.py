"""Maps that stay as one remembers them: everybody keeps their place, newcomers find free room.

A tidy tree moves half the company when one person is added. Here those who were placed before
keep their places; only somebody whose manager changed moves, with the people below. ``docs/
decisions/0021-places-stay.md`` says why. `org_layout` and `network_layout` from nothing are what
“Tidy up” asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kam_desktop.services.analysis.map_layout import (
    Box,
    Heading,
    Layout,
    Link,
    Place,
    Point,
    Spacing,
    bounds,
    managers_of,
    shifted,
)
from kam_desktop.services.analysis.map_room import Room
from kam_desktop.services.analysis.map_tree import HEADING_HEIGHT, org_layout

_LOOSE = "="
_LEVELS = 4
_LEVEL_COST = 1.3


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a layout had put a card: its top left corner, and what it hung from.

    ``anchor`` is the manager's id, ``=`` and the group of somebody without any line, or '' for the
    head of a tree. ``hung`` as in `Layout`.
    """

    x: float
    y: float
    anchor: str = ""
    hung: Point | None = None


Arrangement: TypeAlias = Mapping[str, Kept]


def arrangement(layout: Layout, anchors: Mapping[str, str]) -> dict[str, Kept]:
    """What to remember of a finished layout."""
    return {
        box_id: Kept(place.x, place.y, anchors[box_id], layout.hung.get(box_id))
        for box_id, place in layout.places.items()
    }


def chart_anchors(boxes: Sequence[Box], manager: Mapping[str, str]) -> dict[str, str]:
    """What each card of an org chart hangs from, as in `Kept`."""
    leading = set(manager.values())
    return {
        box.id: manager.get(box.id) or ("" if box.id in leading else _LOOSE + box.group)
        for box in boxes
    }


def settled_org(
    boxes: Sequence[Box],
    links: Iterable[Link],
    kept: Arrangement,
    by_hand: Mapping[str, Point],
    spacing: Spacing | None = None,
) -> Layout:
    """The org chart with everybody in ``kept`` where they were, and newcomers in free room.

    No two cards overlap unless ``by_hand`` (places the user gave, which newcomers keep clear of)
    says so; newcomers stand below their manager. Without anybody to keep: `org_layout`.
    """
    spacing, links = spacing or Spacing(), list(links)
    manager = managers_of(boxes, links)
    chart = _Chart(boxes, manager, spacing)
    staying = chart.staying(kept)
    if not staying:
        return org_layout(boxes, links, spacing)
    chart.keep(staying, kept, by_hand)
    for block in chart.newcomers():
        chart.settle(block, org_layout(block, links, spacing))
    return chart.layout()


class _Chart:
    """An org chart while newcomers are being settled in it."""

    def __init__(self, boxes: Sequence[Box], manager: Mapping[str, str], spacing: Spacing) -> None:
        self._boxes = {box.id: box for box in boxes}
        self._manager = manager
        self._anchors = chart_anchors(boxes, manager)
        self._spacing = spacing
        self._reports: dict[str, list[str]] = {}
        for box_id, above in manager.items():
            self._reports.setdefault(above, []).append(box_id)
        self._places: dict[str, Place] = {}
        self._seen: dict[str, Place] = {}
        self._hung: dict[str, Point] = {}
        self._room = Room()

    # Who stays

    def staying(self, kept: Arrangement) -> set[str]:
        """Those who are where they belong; of two on one spot the one who came first."""
        staying: set[str] = set()
        room = Room()
        for box_id in self._top_down():
            if box_id not in kept or not self._belongs(box_id, kept, staying):
                continue
            place = self._place(box_id, kept[box_id])
            if room.is_free(place):
                room.take(place)
                staying.add(box_id)
        return staying

    def _top_down(self) -> Iterator[str]:
        waiting = sorted((one for one in self._boxes if one not in self._manager), reverse=True)
        while waiting:
            box_id = waiting.pop()
            yield box_id
            waiting.extend(sorted(self._reports.get(box_id, ()), reverse=True))

    def _belongs(self, box_id: str, kept: Arrangement, staying: set[str]) -> bool:
        was, now = kept[box_id].anchor, self._anchors[box_id]
        above = self._manager.get(box_id)
        if above is None:
            # Whose manager is gone stays; who was taken from a manager that is there moves away.
            gone = was not in self._boxes
            return (was == now) if was.startswith(_LOOSE) and now.startswith(_LOOSE) else gone
        if above not in kept:
            # A new head was set above: the team stays, the head goes on top.
            return above not in self._manager
        return was == now and above in staying

    def _place(self, box_id: str, kept: Kept) -> Place:
        box = self._boxes[box_id]
        return Place(box_id, kept.x, kept.y, box.width, box.height)

    def keep(self, staying: Iterable[str], kept: Arrangement, by_hand: Mapping[str, Point]) -> None:
        """Let those who stay take their room, where they are seen."""
        for box_id in staying:
            self._places[box_id] = place = self._place(box_id, kept[box_id])
            seen = place.moved_to(*by_hand[box_id]) if box_id in by_hand else place
            self._seen[box_id] = seen
            self._room.take(seen)
            hung = kept[box_id].hung
            if hung is not None and self._anchors[box_id] == kept[box_id].anchor:
                self._hung[box_id] = hung
        for heading in self.headings():
            self._room.take(Place("", heading.x, heading.y, heading.width, HEADING_HEIGHT - 4))

    # Newcomers

    def newcomers(self) -> list[list[Box]]:
        """Those without a place, each with the newcomers below; whoever is above comes first."""
        found: dict[str, list[Box]] = {}
        head: dict[str, str] = {}
        for box_id in self._top_down():
            if box_id in self._places:
                continue
            head[box_id] = head.get(self._manager.get(box_id, ""), box_id)
            found.setdefault(head[box_id], []).append(self._boxes[box_id])
        return list(found.values())

    def settle(self, block: Sequence[Box], layout: Layout) -> None:
        """Give the first of ``block`` and those below it, arranged as in ``layout``, free room."""
        head = block[0]
        places = list(layout.places.values())
        at = layout.places[head.id]
        hung = dict(layout.hung)
        slot = self._slot_in_column(head) if len(block) == 1 else None
        if slot is not None:
            spot, hung[head.id] = slot
        else:
            shape = shifted(places, -at.x, -at.y)
            spot = self._free_spot(shape, self._wanted(head))
        for place in shifted(places, spot[0] - at.x, spot[1] - at.y):
            self._places[place.id] = self._seen[place.id] = place
            self._room.take(place)
        self._hung.update(hung)

    def _slot_in_column(self, head: Box) -> tuple[Point, Point] | None:
        """The end of the shortest column of siblings hanging from one line, when it is free."""
        siblings = [
            self._places[one]
            for one in self._reports.get(self._manager.get(head.id, ""), ())
            if one in self._hung and one in self._places and self._seen[one] == self._places[one]
        ]
        ends: dict[float, Place] = {}
        for place in siblings:
            end = ends.get(place.x)
            ends[place.x] = place if end is None or place.bottom > end.bottom else end
        for end in sorted(ends.values(), key=lambda place: (place.bottom, place.x)):
            spot = (end.x, end.bottom + self._spacing.stacked)
            card = Place(head.id, *spot, head.width, head.height)
            if self._room.is_free(card, self._spacing.stacked / 2):
                trunk, top = self._hung[end.id]
                return spot, (trunk, top + end.y - spot[1])
        return None

    def _wanted(self, head: Box) -> Point:
        """Where somebody would stand if there were room."""
        gap = self._spacing
        above = self._manager.get(head.id)
        siblings = [one for one in self._reports.get(above or "", ()) if one in self._seen]
        reports = [self._seen[one] for one in self._reports.get(head.id, ()) if one in self._seen]
        if above is not None and siblings:
            row = [self._seen[one] for one in siblings]
            top = max(min(place.y for place in row), self._seen[above].bottom + gap.down)
            return max(place.right for place in row if place.y <= top + 1) + gap.across, top
        if above is not None:
            place = self._seen[above]
            return place.centre[0] - head.width / 2, place.bottom + gap.down
        if reports:
            left, top, right, _bottom = bounds(reports)
            return (left + right - head.width) / 2, top - gap.down - head.height
        if self._anchors[head.id].startswith(_LOOSE):
            return self._wanted_in_group(head)
        return self._room.right + gap.between_trees, 0.0

    def _wanted_in_group(self, head: Box) -> Point:
        gap = self._spacing
        anchor = self._anchors[head.id]
        group = [p for one, p in self._places.items() if self._anchors[one] == anchor]
        if not group:
            return 0.0, self._room.bottom + gap.down + HEADING_HEIGHT
        last = max(group, key=lambda place: (place.y, place.x))
        return last.right + gap.across, last.y

    def _free_spot(self, shape: Sequence[Place], wanted: Point) -> Point:
        """The free spot nearest to ``wanted``, on its level or some below, for a whole shape."""
        gap = self._spacing
        step = (shape[0].width + gap.across) / 4
        level = shape[0].height + gap.down
        best: tuple[float, Point] | None = None
        for down in range(_LEVELS):
            y = wanted[1] + down * level
            cost = down * level * _LEVEL_COST
            for away in range(int((self._room.right + 4 * level) / step) + 2 * len(shape)):
                if best is not None and cost + away * step >= best[0]:
                    break
                for x in (wanted[0] + away * step, wanted[0] - away * step):
                    if self._room.all_free(shifted(shape, x, y), gap.stacked):
                        best = cost + away * step, (x, y)
                        break
        left, _top, _right, _bottom = bounds(shape)
        return (self._room.right + gap.across - left, wanted[1]) if best is None else best[1]

    # The result

    def headings(self) -> tuple[Heading, ...]:
        """A title over each group of people without any line, as in `org_layout`."""
        loose = [one for one in self._places if self._anchors[one].startswith(_LOOSE)]
        titled = any(not self._anchors[one].startswith(_LOOSE) for one in self._boxes)
        return loose_headings(
            [self._places[one] for one in loose],
            {one: self._boxes[one].group for one in loose},
            titled=titled,
        )

    def layout(self) -> Layout:
        """Everybody at their place."""
        places = {box_id: self._places[box_id] for box_id in self._boxes}
        return Layout(places, self.headings(), self._hung)


def loose_headings(
    places: Iterable[Place], groups: Mapping[str, str], *, titled: bool
) -> tuple[Heading, ...]:
    """Titles over people without lines, by group; only when there are several or ``titled``."""
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(groups[place.id], []).append(place)
    if len(found) < 2 and not titled:
        return ()
    headings = []
    for group, members in found.items():
        left, top, right, _bottom = bounds(members)
        headings.append(Heading(group, left, top - HEADING_HEIGHT, right - left))
    return tuple(headings)


def settled_network(
    boxes: Sequence[Box],
    links: Iterable[Link],
    kept: Arrangement,
    by_hand: Mapping[str, Point],
    spacing: Spacing | None = None,
) -> Layout:
    """The network with everybody where they were, and newcomers beside those they are tied to."""
    from kam_desktop.services.analysis.map_network import network_layout

    links = list(links)
    known = {box_id: (at.x, at.y) for box_id, at in kept.items()} | dict(by_hand)
    layout = network_layout(boxes, links, known, spacing)
    back = {box_id: (kept[box_id].x, kept[box_id].y) for box_id in by_hand if box_id in kept}
    places = layout.with_places(back).places
    if any(box.id in known for box in boxes):
        tied = {end for link in links for end in (link.from_id, link.to_id)}
        groups = {box.id: box.group for box in boxes if box.id not in tied}
        loose = [places[box_id] for box_id in groups]
        headings = loose_headings(loose, groups, titled=len(groups) < len(boxes))
        return Layout(places, headings)
    return Layout(places, layout.headings)
