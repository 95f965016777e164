"""The ways lines take between placed cards."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise

from kam_desktop.services.analysis.map_layout import Layout, Line, Link, Place, Point

_BAR = 23.0
"""How far above a team the bar lies that joins it to its manager."""

_SAME = 0.5

_BESIDE = 9.0
"""Distance between two lines that join the same two people."""

_CLEAR = 14.0
"""How far from a card a line bends around it."""


def org_lines(layout: Layout, links: Iterable[Link]) -> list[Line]:
    """Lines for the org chart: right-angled to the manager, straight for every other tie."""
    return _lines(layout, links, right_angled=True)


def network_lines(layout: Layout, links: Iterable[Link], around: str = "") -> list[Line]:
    """Straight lines for every tie; those between the same two people run side by side.

    A line between two others that would run behind the card of ``around`` bends around it.
    """
    return _lines(layout, links, right_angled=False, around=around)


def _lines(
    layout: Layout, links: Iterable[Link], *, right_angled: bool, around: str = ""
) -> list[Line]:
    places = layout.places
    lines: list[Line] = []
    straight: dict[tuple[str, str], list[Link]] = {}
    in_chart: set[tuple[str, str]] = set()
    for link in links:
        if link.from_id not in places or link.to_id not in places or link.from_id == link.to_id:
            continue
        child, manager = places[link.from_id], places[link.to_id]
        pair = (min(link.from_id, link.to_id), max(link.from_id, link.to_id))
        if right_angled and link.solid and child.y >= manager.bottom:
            lines.append(Line(link.id, _elbow(child, manager, layout)))
            in_chart.add(pair)
        else:
            straight.setdefault(pair, []).append(link)
    middle = places.get(around)
    for pair, together in straight.items():
        spread = _BESIDE * (len(together) - 1) / 2
        behind = middle if around not in pair else None
        bends = _bends(places, pair, behind, spread) if behind else ()
        if behind and bends:
            lines.extend(_bent(places, pair, together, behind, bends))
            continue
        lines.extend(_side_by_side(places, pair, together, beside_another=pair in in_chart))
    return lines


def _elbow(child: Place, manager: Place, layout: Layout) -> tuple[Point, ...]:
    start = (manager.centre[0], manager.bottom)
    moved = child.id in layout.moved
    beside = layout.hung.get(child.id)
    if beside is not None and not moved:
        trunk, bar = child.x + beside[0], child.y + beside[1] - _BAR
        side = (child.x if beside[0] < 0 else child.right, child.centre[1])
        return _without_repeats(side, (trunk, side[1]), (trunk, bar), (start[0], bar), start)
    top = (child.centre[0], child.y)
    # The bar over a team; that of a card put elsewhere lies close to its manager.
    bar = min((child.y + manager.bottom) / 2, manager.bottom + _BAR) if moved else child.y - _BAR
    return _without_repeats(top, (top[0], bar), (start[0], bar), start)


def _without_repeats(*points: Point) -> tuple[Point, ...]:
    """``points`` without those that lie on the straight way between their neighbours."""
    kept = [points[0]]
    for at in range(1, len(points) - 1):
        (ax, ay), (x, y), (bx, by) = kept[-1], points[at], points[at + 1]
        upright = abs(ax - x) < _SAME and abs(bx - x) < _SAME
        level = abs(ay - y) < _SAME and abs(by - y) < _SAME
        if not (upright or level):
            kept.append(points[at])
    return (*kept, points[-1])


def _side_by_side(
    places: Mapping[str, Place],
    pair: tuple[str, str],
    together: list[Link],
    *,
    beside_another: bool,
) -> list[Line]:
    """Straight parallel lines; ``beside_another`` leaves the middle to a line of the chart."""
    one, other = places[pair[0]], places[pair[1]]
    (ax, ay), (bx, by) = one.centre, other.centre
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 or 1.0
    across = (-(by - ay) / length, (bx - ax) / length)
    lines: list[Line] = []
    for at, link in enumerate(together):
        aside = at + 1 if beside_another else at - (len(together) - 1) / 2
        aside *= _BESIDE
        start = (ax + across[0] * aside, ay + across[1] * aside)
        end = (bx + across[0] * aside, by + across[1] * aside)
        ends = (border_point(one, start, end), border_point(other, end, start))
        lines.append(Line(link.id, ends if link.from_id == pair[0] else ends[::-1]))
    return lines


def _bends(
    places: Mapping[str, Place], pair: tuple[str, str], middle: Place, spread: float
) -> tuple[Point, ...]:
    """The corners, as signs, of the shortest way around ``middle``; none when it is not behind.

    ``spread`` is how far beside the straight way the lines reach. None as well when one of the
    two stands so near that there is no way between.
    """
    start, end = places[pair[0]].centre, places[pair[1]].centre
    if not crosses(middle, start, end, _CLEAR / 2 + spread):
        return ()
    corners = ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0))
    beside = [(one, corners[at - 1]) for at, one in enumerate(corners)]
    ways = [*((one,) for one in corners), *beside, *((two, one) for one, two in beside)]
    found: list[tuple[float, tuple[Point, ...]]] = []
    for way in ways:
        points = (start, *(_corner(middle, sign, _CLEAR) for sign in way), end)
        pieces = list(pairwise(points))
        if not any(crosses(middle, *piece, _CLEAR / 2) for piece in pieces):
            found.append((sum(math.dist(*piece) for piece in pieces), way))
    return min(found, default=(0.0, ()))[1]


def _bent(
    places: Mapping[str, Place],
    pair: tuple[str, str],
    together: list[Link],
    middle: Place,
    bends: tuple[Point, ...],
) -> list[Line]:
    """Lines that turn at the corners ``bends`` of ``middle``, one outside the other."""
    one, other = places[pair[0]], places[pair[1]]
    (ax, ay), (bx, by) = one.centre, other.centre
    length = math.dist(one.centre, other.centre) or 1.0
    across = (-(by - ay) / length, (bx - ax) / length)
    corner, centre = _corner(middle, bends[0], _CLEAR), middle.centre
    lean = across[0] * (corner[0] - centre[0]) + across[1] * (corner[1] - centre[1])
    out = 1.0 if lean >= 0 else -1.0
    lines: list[Line] = []
    for at, link in enumerate(together):
        aside = out * _BESIDE * at
        start = (ax + across[0] * aside, ay + across[1] * aside)
        end = (bx + across[0] * aside, by + across[1] * aside)
        turns = [_corner(middle, sign, _CLEAR + at * _BESIDE) for sign in bends]
        points = (
            border_point(one, start, turns[0]), *turns, border_point(other, end, turns[-1])
        )  # fmt: skip
        lines.append(Line(link.id, points if link.from_id == pair[0] else points[::-1]))
    return lines


def _corner(place: Place, sign: Point, away: float) -> Point:
    x, y = place.centre
    return x + sign[0] * (place.width / 2 + away), y + sign[1] * (place.height / 2 + away)


def crosses(place: Place, start: Point, end: Point, margin: float = 0.0) -> bool:
    """Whether the straight way runs through ``place`` or nearer than ``margin`` to it.

    Cuts the way to the part within the box (Liang and Barsky 1984); touching is not crossing.
    """
    since, until = 0.0, 1.0
    box = ((place.x - margin, place.right + margin), (place.y - margin, place.bottom + margin))
    for (low, high), begin, stop in zip(box, start, end, strict=True):
        step = stop - begin
        if not step:
            if not low < begin < high:
                return False
            continue
        one, two = (low - begin) / step, (high - begin) / step
        since, until = max(since, min(one, two)), min(until, max(one, two))
    return since < until


def border_point(place: Place, inside: Point, towards: Point) -> Point:
    """Where the way from ``inside`` the box ``towards`` a point outside crosses its border."""
    dx, dy = towards[0] - inside[0], towards[1] - inside[1]
    reach = 1.0
    if dx:
        edge = place.right if dx > 0 else place.x
        reach = min(reach, (edge - inside[0]) / dx)
    if dy:
        edge = place.bottom if dy > 0 else place.y
        reach = min(reach, (edge - inside[1]) / dy)
    reach = max(0.0, reach)
    return inside[0] + dx * reach, inside[1] + dy * reach
