"""The org chart: a tidy tree by reports-to, several roots, and the unattached in a grid.

Subtrees are set as close as their outlines allow (Reingold and Tilford 1981). Placing them once
from the left and once from the right and taking the mean keeps all distances, since the set of
allowed positions is convex, and spreads small subtrees evenly between large ones, which is what
Walker's algorithm as corrected by Buchheim, Jünger and Leipert (2002) is for. Outlines are step
functions over y, so boxes may differ in size (van der Ploeg 2014). Why no library does this:
``docs/decisions/0020-org-chart-layout.md``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

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
    pack_in_rows,
    shifted,
)

STACK_FROM = 5
"""From this many reports without reports of their own, they hang in columns under their manager."""

COLUMN = 6
"""Longest column of hanging cards before another pair of columns is opened."""

HEADING_HEIGHT = 30.0
_LOOSE_WIDTH = 1200.0
"""Groups of loose people stand side by side up to this width, or that of the chart above."""

Outline = list[tuple[float, float]]
"""Steps (bottom, x): from the step before (or the top) down to ``bottom`` the border is at x."""

_WIDE = 2400.0
"""Teams wider than this are set in several rows below their manager."""

_PROPORTION = 2.2
"""Width to height that rows aim at."""


@dataclass(slots=True)
class _Block:
    """A subtree in its own coordinates: y = 0 is its top, x = 0 where its parent's line enters.

    ``inner`` are the blocks inside it with their offsets; places are resolved once, at the end, so
    that a deep chain is not moved again at every level.
    """

    own: list[Place]
    left: Outline
    right: Outline
    inner: list[tuple[_Block, float, float]] = field(default_factory=list)
    hung: dict[str, Point] = field(default_factory=dict)

    @property
    def width(self) -> float:
        return max(x for _y, x in self.right) - min(x for _y, x in self.left)

    @property
    def height(self) -> float:
        return max(self.left[-1][0], self.right[-1][0])


def org_layout(
    boxes: Sequence[Box], links: Iterable[Link], spacing: Spacing | None = None
) -> Layout:
    """The org chart of ``boxes`` (in the order wanted among siblings) by the solid ``links``.

    Trees come first, largest first; people with neither manager nor reports follow in a grid by
    group. No two cards overlap, each is below its manager, equal input gives equal output.
    """
    spacing = spacing or Spacing()
    manager = managers_of(boxes, links)
    reports = _reports(boxes, manager)
    roots = [box for box in boxes if box.id not in manager]
    blocks = _blocks(reports, roots, spacing)
    hung: dict[str, Point] = {}
    trees = [_resolved(blocks[box.id], hung) for box in roots if reports.get(box.id)]
    trees.sort(key=lambda places: -len(places))
    placed = pack_in_rows(trees, spacing.between_trees)
    _left, _top, right, bottom = bounds(placed)
    loose = [box for box in boxes if box.id not in manager and not reports.get(box.id)]
    top = bottom + spacing.between_trees if placed else 0.0
    grid, headings = loose_grid(loose, spacing, top=top, width=right, titled=bool(placed))
    places = {place.id: place for place in [*placed, *grid]}
    return Layout({box.id: places[box.id] for box in boxes}, headings, hung)


def _resolved(root: _Block, hung: dict[str, Point]) -> list[Place]:
    """All places inside ``root``; where the lines of hanging cards begin is added to ``hung``."""
    places: list[Place] = []
    waiting = [(root, 0.0, 0.0)]
    while waiting:
        block, dx, dy = waiting.pop()
        places.extend(shifted(block.own, dx, dy))
        hung.update(block.hung)
        waiting.extend((inner, dx + x, dy + y) for inner, x, y in block.inner)
    return places


def _reports(boxes: Sequence[Box], manager: Mapping[str, str]) -> dict[str, list[Box]]:
    """The reports of each manager, people of one buying centre side by side."""
    reports: dict[str, list[Box]] = {}
    for box in boxes:
        if box.id in manager:
            reports.setdefault(manager[box.id], []).append(box)
    for team in reports.values():
        first_seen: dict[str, int] = {}
        for box in team:
            first_seen.setdefault(box.group, len(first_seen))
        team.sort(key=lambda box: first_seen[box.group])
    return reports


def _blocks(
    reports: Mapping[str, list[Box]], roots: Sequence[Box], spacing: Spacing
) -> dict[str, _Block]:
    """The finished block of each root; no recursion, so depth does not matter."""
    order: list[Box] = []
    waiting = list(roots)
    while waiting:
        box = waiting.pop()
        order.append(box)
        waiting.extend(reports.get(box.id, ()))
    blocks: dict[str, _Block] = {}
    for box in reversed(order):
        team = reports.get(box.id, [])
        below = _blocks_below(team, reports, blocks, spacing)
        blocks[box.id] = _under(box, below, spacing)
    return blocks


def _blocks_below(
    team: Sequence[Box],
    reports: Mapping[str, list[Box]],
    blocks: dict[str, _Block],
    spacing: Spacing,
) -> list[_Block]:
    leaves = [box for box in team if not reports.get(box.id)]
    if len(leaves) < STACK_FROM:
        return [blocks.pop(box.id) for box in team]
    for box in leaves:
        del blocks[box.id]
    branches = [blocks.pop(box.id) for box in team if reports.get(box.id)]
    middle = len(branches) // 2
    return [*branches[:middle], _hanging(leaves, spacing), *branches[middle:]]


def _hanging(leaves: Sequence[Box], spacing: Spacing) -> _Block:
    """Leaves in columns left and right of a line going down at x = 0."""
    per_side = min(COLUMN, -(-len(leaves) // 2))
    pairs = [leaves[at : at + 2 * per_side] for at in range(0, len(leaves), 2 * per_side)]
    places: list[Place] = []
    hung: dict[str, Point] = {}
    offset = 0.0
    for pair in pairs:
        widest = max(box.width for box in pair)
        trunk = offset + widest + spacing.indent
        columns = [
            *_column(pair[0::2], trunk - spacing.indent, spacing, to_left=True),
            *_column(pair[1::2], trunk + spacing.indent, spacing, to_left=False),
        ]
        hung.update({place.id: (trunk - place.x, -place.y) for place in columns})
        places.extend(columns)
        offset = trunk + spacing.indent + widest + spacing.across
    left, _top, right, bottom = bounds(places)
    places = shifted(places, -(left + right) / 2, 0.0)
    half = (right - left) / 2
    return _Block(places, [(bottom, -half)], [(bottom, half)], hung=hung)


def _column(column: Sequence[Box], x: float, spacing: Spacing, *, to_left: bool) -> list[Place]:
    places: list[Place] = []
    y = 0.0
    for box in column:
        left = x - box.width if to_left else x
        places.append(Place(box.id, left, y, box.width, box.height))
        y += box.height + spacing.stacked
    return places


def _under(box: Box, below: list[_Block], spacing: Spacing) -> _Block:
    """``box`` over the middle of its reports' blocks."""
    own_left, own_right = -box.width / 2, box.width / 2
    own = Place(box.id, own_left, 0.0, box.width, box.height)
    top = box.height + spacing.down
    if not below:
        return _Block([own], [(box.height, own_left)], [(box.height, own_right)])
    placed = _in_rows(below, spacing) or _in_a_row(below, spacing)
    left: Outline = [(top, own_left), *_shifted_outline(placed.left, 0.0, top)]
    right: Outline = [(top, own_right), *_shifted_outline(placed.right, 0.0, top)]
    return _Block([own], left, right, [(inner, x, top + y) for inner, x, y in placed.inner])


def _in_a_row(below: Sequence[_Block], spacing: Spacing) -> _Block:
    """Blocks side by side, the middle of the first and the last at x = 0."""
    xs = _spread(below, spacing.across)
    middle = (xs[0] + xs[-1]) / 2
    left = _shifted_outline(_merged(below, xs, "left"), -middle, 0.0)
    right = _shifted_outline(_merged(below, xs, "right"), -middle, 0.0)
    inner = [(block, x - middle, 0.0) for block, x in zip(below, xs, strict=True)]
    return _Block([], left, right, inner)


def _in_rows(below: Sequence[_Block], spacing: Spacing) -> _Block | None:
    """Blocks in rows left and right of a line at x = 0; None when one row is good enough."""
    total = sum(block.width + spacing.across for block in below)
    tallest = max(block.height for block in below)
    count = round((total / tallest / _PROPORTION) ** 0.5)
    if total <= _WIDE or count < 2 or len(below) < 4:
        return None
    inner: list[tuple[_Block, float, float]] = []
    reach = top = 0.0
    for row in _cut([block.width + spacing.across for block in below], count):
        members = [below[at] for at in row]
        half = _cut([block.width for block in members], 2)
        bottom = top
        for way, side in zip((-1, 1), half, strict=False):
            packed = _in_a_row([members[at] for at in side], spacing)
            near = max(x for _y, x in packed.right) if way < 0 else -min(x for _y, x in packed.left)
            shift = way * (near + spacing.across / 2)
            inner.extend((block, x + shift, top) for block, x, _y in packed.inner)
            reach = max(reach, packed.width + spacing.across / 2)
            bottom = max(bottom, top + packed.height)
        top = bottom + spacing.down
    bottom = top - spacing.down
    return _Block([], [(bottom, -reach)], [(bottom, reach)], inner)


def _cut(widths: Sequence[float], count: int) -> list[list[int]]:
    """Indices of ``widths`` in order, in up to ``count`` runs of about the same sum."""
    share = sum(widths) / count
    runs: list[list[int]] = [[]]
    filled = 0.0
    for at, width in enumerate(widths):
        if runs[-1] and len(runs) < count and filled + width / 2 > share * len(runs):
            runs.append([])
        runs[-1].append(at)
        filled += width
    return runs


def _spread(blocks: Sequence[_Block], gap: float) -> list[float]:
    """Where each block's x = 0 goes: mean of packing from the left and from the right."""
    if len(blocks) == 1:
        return [0.0]
    from_left = _packed([(block.left, block.right) for block in blocks], gap)
    mirrored = [(_mirrored(block.right), _mirrored(block.left)) for block in reversed(blocks)]
    from_right = [-x for x in reversed(_packed(mirrored, gap))]
    align = from_left[-1] - from_right[-1]
    return [(a + b + align) / 2 for a, b in zip(from_left, from_right, strict=True)]


def _packed(outlines: Sequence[tuple[Outline, Outline]], gap: float) -> list[float]:
    """Positions that set each outline as far left as those before it allow."""
    xs = [0.0]
    silhouette = outlines[0][1]
    for left, right in outlines[1:]:
        x = _least_shift(silhouette, left) + gap
        xs.append(x)
        silhouette = _overlaid(silhouette, _shifted_outline(right, x, 0.0))
    return xs


def _least_shift(right: Outline, left: Outline) -> float:
    """How far ``left`` must move so that it does not cut ``right`` at any common height."""
    i = j = 0
    shift = float("-inf")
    while i < len(right) and j < len(left):
        shift = max(shift, right[i][1] - left[j][1])
        if right[i][0] <= left[j][0]:
            i += 1
        else:
            j += 1
    return shift


def _overlaid(under: Outline, over: Outline) -> Outline:
    """``over`` as far down as it goes, then what is left of ``under``."""
    bottom = over[-1][0]
    return over + [step for step in under if step[0] > bottom]


def _merged(blocks: Sequence[_Block], xs: Sequence[float], side: str) -> Outline:
    pairs = list(zip(blocks, xs, strict=True))
    if side == "left":
        pairs.reverse()
    outline: Outline = []
    for block, x in pairs:
        moved = _shifted_outline(block.left if side == "left" else block.right, x, 0.0)
        outline = _overlaid(outline, moved) if outline else moved
    return outline


def _shifted_outline(outline: Outline, dx: float, dy: float) -> Outline:
    return [(bottom + dy, x + dx) for bottom, x in outline]


def _mirrored(outline: Outline) -> Outline:
    return [(bottom, -x) for bottom, x in outline]


def loose_grid(
    boxes: Sequence[Box], spacing: Spacing, *, top: float, width: float, titled: bool
) -> tuple[list[Place], tuple[Heading, ...]]:
    """People without a line, in rows by group, starting at ``top`` and about ``width`` wide.

    A heading is left over each group when there are several, or when ``titled``.
    """
    groups: dict[str, list[Box]] = {}
    for box in boxes:
        groups.setdefault(box.group, []).append(box)
    titled = titled or len(groups) > 1
    places: list[Place] = []
    headings: list[Heading] = []
    left = row_height = 0.0
    y = top
    for group, members in groups.items():
        block = _group_block(members, spacing, width)
        _left, _top, right, bottom = bounds(block)
        if left > 0 and left + right > max(width, _LOOSE_WIDTH):
            left, y, row_height = 0.0, y + row_height + spacing.down, 0.0
        if titled:
            headings.append(Heading(group, left, y, right))
        below = y + (HEADING_HEIGHT if titled else 0.0)
        places.extend(shifted(block, left, below))
        left += right + spacing.between_trees
        row_height = max(row_height, below - y + bottom)
    return places, tuple(headings)


def _group_block(members: Sequence[Box], spacing: Spacing, width: float) -> list[Place]:
    """The cards of one group in rows, from (0, 0)."""
    per_row = _per_row(members, spacing, width)
    places: list[Place] = []
    y = 0.0
    for start in range(0, len(members), per_row):
        row = members[start : start + per_row]
        x = 0.0
        for box in row:
            places.append(Place(box.id, x, y, box.width, box.height))
            x += box.width + spacing.across
        y += max(box.height for box in row) + spacing.stacked * 2
    return places


def _per_row(boxes: Sequence[Box], spacing: Spacing, width: float) -> int:
    if not boxes:
        return 1
    card = max(box.width for box in boxes) + spacing.across
    square = round(math.sqrt(len(boxes) * 1.2))
    return max(1, int((width + spacing.across) // card), min(len(boxes), max(4, square)))
