"""A whole map as a drawing: headings, ties and cards, for paper and for files."""

from __future__ import annotations

import math

from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services.analysis.map_ego import Ring
from kam_desktop.services.card_marks import Detail, card_group
from kam_desktop.services.i18n import ngettext
from kam_desktop.services.map_scene import HeadingSpec, MapScene
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
from kam_desktop.services.tie_marks import tie_group

HEADING_HEIGHT = 24.0
CROWD = 60
"""From so many ties beside the chart's own lines on, a chart on paper leaves them out."""

_LEAST_HEADING = 120.0
_RING_STEPS = 90


def heading_width(spec: HeadingSpec) -> float:
    """How wide the title over a group of cards is drawn."""
    return max(spec.width, _LEAST_HEADING)


def heading_marks(spec: HeadingSpec) -> tuple[Mark, ...]:
    """The title of a group with a thin line under it, from its own top left corner."""
    width = heading_width(spec)
    line = HEADING_HEIGHT - 1
    return (
        Words(spec.text, 0.0, 10.0, width, 12.0, Ink.TEXT2, bold=True),
        Way(((0.0, line), (width, line)), Stroke(Ink.LINE)),
    )


def map_drawing(scene: MapScene, detail: Detail = Detail.NEAR) -> Drawing:
    """Everything on an org chart, network or ego view; cards lie over ties.

    Over a chart, very many other ties would hide what the chart shows: they are left out
    (`left_out_ties`).
    """
    out = left_out_ties(scene)
    groups = (
        *(_ring_group(ring) for ring in scene.rings),
        *(_heading_group(spec) for spec in scene.headings),
        *(tie_group(spec) for spec in scene.ties if len(spec.points) > 1 and spec.id not in out),
        *(card_group(spec, detail) for spec in scene.cards),
    )
    return drawing_of(groups)


def left_out_ties(scene: MapScene) -> frozenset[str]:
    """The ties of a chart that are not drawn, because there are too many of them."""
    others = {tie.id for tie in scene.ties if tie.kind is not TieKind.REPORTS_TO}
    crowded = scene.view == "org" and len(others) >= CROWD
    return frozenset(others) if crowded else frozenset()


def drawing_of(groups: tuple[Group, ...]) -> Drawing:
    """A drawing as large as its groups; of no size when there are none."""
    if not groups:
        return Drawing()
    return Drawing(
        groups,
        min(group.left for group in groups),
        min(group.top for group in groups),
        max(group.right for group in groups),
        max(group.bottom for group in groups),
    )


def _ring_group(ring: Ring) -> Group:
    """An ellipse of points, on which everybody is so many ties away, with its number at the top."""
    turns = [math.tau * step / _RING_STEPS for step in range(_RING_STEPS)]
    points = tuple(
        (ring.x + ring.across * math.cos(turn), ring.y + ring.down * math.sin(turn))
        for turn in turns
    )
    text = ngettext("{count} tie away", "{count} ties away", ring.distance)
    text = text.format(count=ring.distance)
    top = ring.y - ring.down
    marks = (
        Way(points, Stroke(Ink.LINE, 1.0, (2.0, 5.0)), closed=True),
        Rectangle(ring.x - 45, top - 9, 90.0, 18.0, Ink.SURFACE),
        Words(text, ring.x - 45, top, 90.0, 12.0, Ink.TEXT3, side=Side.MIDDLE),
    )
    return Group(
        marks, ring.x - ring.across, top - 9, ring.x + ring.across, ring.y + ring.down, text
    )


def _heading_group(spec: HeadingSpec) -> Group:
    marks = all_moved(heading_marks(spec), spec.x, spec.y)
    right, bottom = spec.x + heading_width(spec), spec.y + HEADING_HEIGHT
    return Group(marks, spec.x, spec.y, right, bottom, spec.text)
