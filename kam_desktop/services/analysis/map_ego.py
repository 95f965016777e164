"""The ego view: one person in the middle, the others on rings by how many ties they are away.

Rings are ellipses, because cards are wider than high: the layout works in units in which centres
one apart never overlap. A ring with many people is as many lanes wide as it needs.
Within a ring people stand near those they are tied to (the barycentre heuristic of Sugiyama, Tagawa
and Toda 1981, on circles, then swaps in pairs), which keeps crossings few. Two alone on a ring do
not stand opposite each other, so that their tie does not run behind the middle. Equal input gives
equal output.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kam_desktop.services.analysis.map_layout import Box, Layout, Link, Place, Point, Spacing
from kam_desktop.services.analysis.map_room import Room
from kam_desktop.services.analysis.map_stable import Arrangement

_ACROSS, _DOWN = 0.8, 0.6
"""The part of a unit that a card and its gap take. As 0.8² + 0.6² = 1, two cards of which the
centres are a unit apart lie beside or below each other, whichever way that is. These two leave
about as much room for lines beside a card as below it."""

_APART = 1.01
"""A unit, and a little more against rounding."""

_ROUNDS = 8
_FEW = 12
"""So many people stand in one lane of a ring, and are also tried in each other's places."""

_WIDEST = math.tau / 3
"""Two people on a ring stand this far apart: their tie then passes the card in the middle."""

_BEYOND = "+"


@dataclass(frozen=True, slots=True)
class Ring:
    """An ellipse around (``x``, ``y``) on which people ``distance`` ties away stand."""

    distance: int
    x: float
    y: float
    across: float
    down: float


def ego_layout(
    boxes: Sequence[Box],
    links: Iterable[Link],
    focus: str,
    kept: Arrangement | None = None,
    by_hand: Mapping[str, Point] | None = None,
    spacing: Spacing | None = None,
) -> tuple[Layout, tuple[Ring, ...], dict[str, str]]:
    """Places around ``focus``, the rings, and each person's distance as text for `arrangement`.

    Those in ``kept`` who are as far away as then stay; newcomers find room on their ring. People
    who cannot be reached stand outside. No two cards overlap unless ``by_hand`` says so.
    """
    spacing = spacing or Spacing()
    beside = _beside(boxes, links)
    away = _away(focus, beside)
    anchors = {box.id: str(away[box.id]) if box.id in away else _BEYOND for box in boxes}
    if not boxes:
        return Layout({}), (), anchors
    unit = (
        (max(box.width for box in boxes) + spacing.stacked) / _ACROSS,
        (max(box.height for box in boxes) + spacing.stacked) / _DOWN,
    )
    outside = max(away.values(), default=0) + 1
    levels: dict[int, list[str]] = {}
    for box in sorted(boxes, key=lambda box: box.id):
        levels.setdefault(away.get(box.id, outside), []).append(box.id)
    lanes = _lanes(levels)
    spots = _spots(levels, lanes, _without(focus, beside))
    rings = tuple(
        Ring(level, 0.0, 0.0, radii[0] * unit[0], radii[0] * unit[1])
        for level, radii in lanes.items()
        if 0 < level < outside
    )
    wanted = {
        box.id: _card(box, spots[box.id][0] * unit[0], spots[box.id][1] * unit[1]) for box in boxes
    }
    staying = {
        one for one, was in (kept or {}).items() if one in wanted and was.anchor == anchors[one]
    }
    if not staying:
        return Layout(wanted), rings, anchors
    places = _with_newcomers(wanted, staying, kept or {}, by_hand or {}, spacing.stacked)
    return Layout({box.id: places[box.id] for box in boxes}), rings, anchors


def _card(box: Box, x: float, y: float) -> Place:
    return Place(box.id, x - box.width / 2, y - box.height / 2, box.width, box.height)


def _beside(boxes: Sequence[Box], links: Iterable[Link]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {box.id: set() for box in boxes}
    for link in links:
        if link.from_id in found and link.to_id in found and link.from_id != link.to_id:
            found[link.from_id].add(link.to_id)
            found[link.to_id].add(link.from_id)
    return {box_id: sorted(others) for box_id, others in found.items()}


def _without(focus: str, beside: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Ties without those of ``focus``, whom everybody on a ring is equally near to."""
    return {
        one: [other for other in others if focus not in (one, other)]
        for one, others in beside.items()
    }


def _away(focus: str, beside: Mapping[str, Sequence[str]]) -> dict[str, int]:
    if focus not in beside:
        return {}
    away = {focus: 0}
    waiting = deque([focus])
    while waiting:
        one = waiting.popleft()
        for other in beside[one]:
            if other not in away:
                away[other] = away[one] + 1
                waiting.append(other)
    return away


def _lanes(levels: Mapping[int, Sequence[str]]) -> dict[int, list[float]]:
    """The radii of the lanes of each ring, in units."""
    lanes: dict[int, list[float]] = {}
    radius = 0.0
    for level in sorted(levels):
        if level == 0:
            lanes[0] = [0.0]
            radius = _APART
            continue
        left, lanes[level] = len(levels[level]), []
        # A wider lane is no larger than two, and nobody stands before somebody else.
        radius = max(radius, _radius(min(left, _FEW)))
        while left > 0:
            lanes[level].append(radius)
            left -= _capacity(radius)
            radius += _APART
    return lanes


def _radius(count: int) -> float:
    """The least circle on which ``count`` cards find room."""
    return _APART / (2 * math.sin(math.pi / count)) if count > 1 else 0.0


def _capacity(radius: float) -> int:
    """How many cards find room on a circle."""
    if radius * 2 <= _APART:
        return 1
    return max(1, int(math.pi / math.asin(_APART / (2 * radius)) + 1e-9))


def _spots(
    levels: Mapping[int, Sequence[str]],
    lanes: Mapping[int, Sequence[float]],
    beside: Mapping[str, Sequence[str]],
) -> dict[str, Point]:
    """The best of some rounds of setting everybody near those they are tied to."""
    order = {level: list(members) for level, members in levels.items()}
    angles = _angles_of(order, lanes, dict.fromkeys(beside, -math.pi / 2))
    best, least = _on_circles(angles, order, lanes), _strain(angles, beside)
    for _round in range(_ROUNDS):
        for level in sorted(order):
            near = {one: _mean_angle(one, beside, angles) for one in order[level]}
            order[level].sort(key=_by(near))
            angles.update(_angles_of({level: order[level]}, lanes, near))
            _swap(order[level], beside, angles)
        strain = _strain(angles, beside)
        if strain < least - 1e-9:
            best, least = _on_circles(angles, order, lanes), strain
    return best


def _on_circles(
    angles: Mapping[str, float],
    order: Mapping[int, Sequence[str]],
    lanes: Mapping[int, Sequence[float]],
) -> dict[str, Point]:
    return {
        one: (radius * math.cos(angles[one]), radius * math.sin(angles[one]))
        for level, members in order.items()
        for lane, radius in zip(_dealt(members, lanes[level]), lanes[level], strict=True)
        for one in lane
    }


def _angles_of(
    order: Mapping[int, Sequence[str]],
    lanes: Mapping[int, Sequence[float]],
    near: Mapping[str, float],
) -> dict[str, float]:
    """Even angles on each lane, turned towards where its people would like to be."""
    angles: dict[str, float] = {}
    for level, members in order.items():
        for lane in _dealt(members, lanes[level]):
            step = min(_WIDEST, math.tau / max(1, len(lane)))
            turn = _mean([near[one] - at * step for at, one in enumerate(lane)])
            angles.update({one: turn + at * step for at, one in enumerate(lane)})
    return angles


def _swap(
    members: list[str], beside: Mapping[str, Sequence[str]], angles: dict[str, float]
) -> None:
    """Let two people of a ring change places while that brings those who are tied nearer."""
    if len(members) > _FEW:
        return
    for one, two in combinations(range(len(members)), 2):
        pair = members[one], members[two]
        before = _pull(pair, beside, angles)
        _exchange(pair, angles)
        if _pull(pair, beside, angles) < before - 1e-9:
            members[one], members[two] = members[two], members[one]
        else:
            _exchange(pair, angles)


def _exchange(pair: tuple[str, str], angles: dict[str, float]) -> None:
    angles[pair[0]], angles[pair[1]] = angles[pair[1]], angles[pair[0]]


def _pull(
    pair: tuple[str, str], beside: Mapping[str, Sequence[str]], angles: Mapping[str, float]
) -> float:
    """How far the ties of two people reach; that between the two does not count."""
    return sum(
        1 - math.cos(angles[one] - angles[other])
        for one in pair
        for other in beside[one]
        if other not in pair
    )


def _dealt(members: Sequence[str], radii: Sequence[float]) -> list[list[str]]:
    """Members in order dealt out to lanes, each as far as it has room, in proportion to it."""
    room = [_capacity(radius) for radius in radii]
    total = sum(room)
    dealt: list[list[str]] = [[] for _radius in radii]
    for at, one in enumerate(members):
        lane = max(
            (lane for lane in range(len(room)) if len(dealt[lane]) < room[lane]),
            key=lambda lane: ((at + 1) * room[lane] / total - len(dealt[lane]), -lane),
        )
        dealt[lane].append(one)
    return dealt


def _by(near: Mapping[str, float]) -> Callable[[str], tuple[float, str]]:
    return lambda one: (near[one], one)


def _mean_angle(
    one: str, beside: Mapping[str, Sequence[str]], angles: Mapping[str, float]
) -> float:
    around = [angles[other] for other in beside[one]] or [angles[one]]
    return _mean(around) % (2 * math.pi)


def _mean(angles: Sequence[float]) -> float:
    x, y = sum(map(math.cos, angles)), sum(map(math.sin, angles))
    return math.atan2(y, x) if math.hypot(x, y) > 1e-9 else 0.0


def _strain(angles: Mapping[str, float], beside: Mapping[str, Sequence[str]]) -> float:
    return sum(
        1 - math.cos(angles[one] - angles[other])
        for one, others in beside.items()
        for other in others
        if one < other
    )


def _with_newcomers(
    wanted: Mapping[str, Place],
    staying: set[str],
    kept: Arrangement,
    by_hand: Mapping[str, Point],
    gap: float,
) -> dict[str, Place]:
    """Those who stay where they were, the others at the free spot nearest to the wanted one."""
    places: dict[str, Place] = {}
    room = Room()
    waiting = [one for one in wanted if one not in staying]
    for one in sorted(staying):
        place = wanted[one].moved_to(kept[one].x, kept[one].y)
        if not room.is_free(place):
            waiting.append(one)
            continue
        places[one] = place
        room.take(place.moved_to(*by_hand[one]) if one in by_hand else place)
    for one in waiting:
        places[one] = next(spot for spot in _outwards(wanted[one]) if room.is_free(spot, gap / 2))
        room.take(places[one])
    return places


def _outwards(place: Place) -> Iterator[Place]:
    """Spots on growing ellipses around ``place``; sooner or later one of them is free."""
    yield place
    reach = 1
    while True:
        steps = 8 * reach
        for at in range(steps):
            angle = 2 * math.pi * at / steps
            dx, dy = math.cos(angle) * reach / 3, math.sin(angle) * reach / 3
            yield place.moved_to(place.x + dx * place.width, place.y + dy * place.height)
        reach += 1
