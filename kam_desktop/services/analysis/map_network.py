"""The free network: people pulled together by their ties, pushed apart by the room they need.

Forces by rustworkx's ``spring_layout`` (Fruchterman and Reingold 1991), each connected part for
itself; then cards that still overlap are pushed apart. People who already have a place keep it, so
that adding one moves nobody else. Equal input gives equal output: starts are computed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kam_desktop.services.analysis.map_layout import (
    Box,
    Layout,
    Link,
    Place,
    Point,
    Spacing,
    bounds,
    pack_in_rows,
)
from kam_desktop.services.analysis.map_tree import loose_grid

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    Array = NDArray[Any]

_ROUNDS = 60
_SWEEPS = 200
_TURNS = 24
_REACH = 120.0
_EAGER = 0.9
_AIRY = 1.0
_EVEN_SHARE = 0.85
_TALLER = 1.2
_SEED_ANGLE = math.pi * (3 - math.sqrt(5))


def network_layout(
    boxes: Sequence[Box],
    links: Iterable[Link],
    known: Mapping[str, Point] | None = None,
    spacing: Spacing | None = None,
) -> Layout:
    """Places for ``boxes``. Those in ``known`` (top left corners) stay exactly where they are.

    New people are set at a free spot beside those they are tied to. No two cards overlap unless
    ``known`` says so.
    """
    spacing = spacing or Spacing()
    ids = {box.id for box in boxes}
    pairs = _pairs(links, ids)
    kept = {box_id: at for box_id, at in (known or {}).items() if box_id in ids}
    if kept:
        return _joined(boxes, pairs, kept, spacing)
    return _from_nothing(boxes, pairs, spacing)


def _pairs(links: Iterable[Link], ids: set[str]) -> list[tuple[str, str]]:
    found = {
        (min(link.from_id, link.to_id), max(link.from_id, link.to_id))
        for link in links
        if link.from_id != link.to_id and link.from_id in ids and link.to_id in ids
    }
    return sorted(found)


def _from_nothing(
    boxes: Sequence[Box], pairs: Sequence[tuple[str, str]], spacing: Spacing
) -> Layout:
    parts, loose = _parts(boxes, pairs)
    blocks = [_relaxed(part, pairs, spacing) for part in parts]
    placed = pack_in_rows(blocks, spacing.between_trees)
    _left, _top, right, bottom = bounds(placed)
    top = bottom + spacing.between_trees if placed else 0.0
    grid, headings = loose_grid(loose, spacing, top=top, width=right, titled=bool(placed))
    places = {place.id: place for place in [*placed, *grid]}
    return Layout({box.id: places[box.id] for box in boxes}, headings)


def _parts(
    boxes: Sequence[Box], pairs: Sequence[tuple[str, str]]
) -> tuple[list[list[Box]], list[Box]]:
    """Connected parts, largest first, and the people without any tie."""
    import rustworkx as rx

    index = {box.id: at for at, box in enumerate(boxes)}
    graph: rx.PyGraph[int, None] = rx.PyGraph()
    graph.add_nodes_from(range(len(boxes)))
    graph.add_edges_from_no_data([(index[a], index[b]) for a, b in pairs])
    sets = [sorted(nodes) for nodes in rx.connected_components(graph)]
    parts = sorted((nodes for nodes in sets if len(nodes) > 1), key=lambda n: (-len(n), n[0]))
    loose = sorted(nodes[0] for nodes in sets if len(nodes) == 1)
    return [[boxes[at] for at in nodes] for nodes in parts], [boxes[at] for at in loose]


def _relaxed(
    part: Sequence[Box], pairs: Sequence[tuple[str, str]], spacing: Spacing
) -> list[Place]:
    import rustworkx as rx

    index = {box.id: at for at, box in enumerate(part)}
    graph: rx.PyGraph[int, None] = rx.PyGraph()
    graph.add_nodes_from(range(len(part)))
    edges = [(index[a], index[b]) for a, b in pairs if a in index and b in index]
    graph.add_edges_from_no_data(edges)
    start = _start(len(part), edges)
    # ``fixed`` is empty rather than None: rustworkx would otherwise fit the result into a unit box.
    found = rx.spring_layout(graph, pos=start, fixed=set(), k=1.0, num_iter=_ROUNDS, seed=7)
    return apart(_with_room(part, found, spacing), spacing.across)


def _with_room(
    part: Sequence[Box], found: Mapping[int, Sequence[float]], spacing: Spacing
) -> list[Place]:
    """The cards on the force layout, stretched so that most of them do not overlap.

    The median distance to the nearest neighbour becomes one card and its gap, measured in cards:
    they are wider than high, so the picture is stretched across to give both ways room.
    """
    import numpy as np

    at = np.array([found[index] for index in range(len(part))], dtype=float)
    at = _evened(at)
    distance = np.hypot(*(at[:, None, :] - at[None, :, :]).transpose(2, 0, 1))
    np.fill_diagonal(distance, np.inf)
    usual = float(np.median(distance.min(axis=1))) or 1.0
    across = max(box.width for box in part) + spacing.across
    down = max(box.height for box in part) + spacing.across
    at *= np.array([across, down * _TALLER]) * _AIRY / usual
    return [
        Place(box.id, float(x) - box.width / 2, float(y) - box.height / 2, box.width, box.height)
        for box, (x, y) in zip(part, at, strict=True)
    ]


def _evened(at: Array) -> Array:
    """Points with the crowd in the middle thinned and the far ones drawn in.

    Distances from the middle are mixed with those of an even disc, the more so the more people
    there are; directions and the order from the middle outwards stay.
    """
    import numpy as np

    count = len(at)
    share = min(_EVEN_SHARE, max(0.0, (count - 20) / 100))
    if share == 0.0:
        return at
    offset = at - at.mean(axis=0)
    radius = np.hypot(offset[:, 0], offset[:, 1])
    rank = np.empty(count)
    rank[np.argsort(radius, kind="stable")] = np.arange(count)
    even = np.sqrt((rank + 0.5) / count) * float(np.percentile(radius, 90))
    wanted = (1 - share) * radius + share * even
    scaled: Array = offset * (wanted / np.maximum(radius, 1e-9))[:, None]
    return scaled


def _start(count: int, edges: Sequence[tuple[int, int]]) -> dict[int, Point]:
    """A sunflower with the best connected in the middle."""
    degree = [0] * count
    for a, b in edges:
        degree[a] += 1
        degree[b] += 1
    ranked = sorted(range(count), key=lambda at: (-degree[at], at))
    return {
        node: (
            math.sqrt(rank) * math.cos(rank * _SEED_ANGLE),
            math.sqrt(rank) * math.sin(rank * _SEED_ANGLE),
        )
        for rank, node in enumerate(ranked)
    }


def apart(places: Sequence[Place], gap: float) -> list[Place]:
    """``places`` pushed along the shorter way until no two are nearer than ``gap``.

    Each round moves every overlapping pair at once; only pairs that can meet within the next few
    rounds are looked at. Deterministic.
    """
    import numpy as np

    centre = np.array([place.centre for place in places], dtype=float)
    half = np.array([[place.width, place.height] for place in places], dtype=float) / 2
    one, other = np.triu_indices(len(places), k=1)
    for _sweep in range(_SWEEPS):
        need = half[one] + half[other] + gap
        near = (np.abs(centre[one] - centre[other]) < need + _REACH).all(axis=1)
        a, b, need = one[near], other[near], need[near]
        if not _push(centre, a, b, need):
            break
    return [
        place.moved_to(float(x), float(y))
        for place, (x, y) in zip(places, centre - half, strict=True)
    ]


def _push(centre: Array, a: Array, b: Array, need: Array) -> bool:
    """A few rounds of pushing on the pairs (``a``, ``b``); False when none overlapped at first."""
    import numpy as np

    for turn in range(_TURNS):
        delta = centre[a] - centre[b]
        depth = need - np.abs(delta)
        hit = (depth > 0).all(axis=1)
        if not hit.any():
            return turn > 0
        # Equal centres part in index order: a goes left or up.
        way = np.where(delta[hit] < 0, -1.0, np.where(delta[hit] > 0, 1.0, -1.0))
        sideways = depth[hit, 0] < depth[hit, 1]
        push = way * (depth[hit] / 2 + 0.25)
        push[sideways, 1] = 0.0
        push[~sideways, 0] = 0.0
        np.add.at(centre, a[hit], push * _EAGER)
        np.add.at(centre, b[hit], -push * _EAGER)
    return True


def _joined(
    boxes: Sequence[Box],
    pairs: Sequence[tuple[str, str]],
    kept: Mapping[str, Point],
    spacing: Spacing,
) -> Layout:
    """The known where they are, each new person at the nearest free spot to their ties."""
    places = {
        box.id: Place(box.id, *kept[box.id], box.width, box.height)
        for box in boxes
        if box.id in kept
    }
    around: dict[str, list[str]] = {}
    for a, b in pairs:
        around.setdefault(a, []).append(b)
        around.setdefault(b, []).append(a)
    waiting = [box for box in boxes if box.id not in kept]
    while waiting:
        waiting.sort(key=lambda box: -sum(n in places for n in around.get(box.id, ())))
        box = waiting.pop(0)
        near = [places[n].centre for n in around.get(box.id, ()) if n in places]
        places[box.id] = _free_spot(box, near, places, spacing)
    return Layout({box.id: places[box.id] for box in boxes})


def _free_spot(
    box: Box, near: Sequence[Point], places: Mapping[str, Place], spacing: Spacing
) -> Place:
    """The free spot closest to the middle of ``near``, or a row below all when there is none."""
    left, _top, _right, bottom = bounds(places.values())
    step_x, step_y = box.width + spacing.across, box.height + spacing.across
    if near:
        x = sum(point[0] for point in near) / len(near)
        y = sum(point[1] for point in near) / len(near)
    else:
        x, y = left + box.width / 2, bottom + spacing.down + box.height / 2
    taken = list(places.values())
    for ring in range(2 * len(taken) + 2):
        for dx, dy in _ring(ring):
            spot = Place(
                box.id,
                x + dx * step_x / 2 - box.width / 2,
                y + dy * step_y / 2 - box.height / 2,
                box.width,
                box.height,
            )
            if not any(overlap(spot, other, spacing.across / 2) for other in taken):
                return spot
    return Place(box.id, left, bottom + spacing.down, box.width, box.height)


def _ring(radius: int) -> list[tuple[int, int]]:
    """Grid points at Chebyshev distance ``radius`` from the middle, nearest first."""
    if radius == 0:
        return [(0, 0)]
    span = range(-radius, radius + 1)
    points = [(dx, dy) for dx in span for dy in span if max(abs(dx), abs(dy)) == radius]
    return sorted(points, key=lambda p: (p[0] ** 2 + p[1] ** 2, -p[1], p[0]))


def overlap(one: Place, other: Place, gap: float = 0.0) -> bool:
    """Whether two boxes are nearer to each other than ``gap`` both across and down."""
    return (
        one.x < other.right + gap
        and other.x < one.right + gap
        and one.y < other.bottom + gap
        and other.y < one.bottom + gap
    )
