"""Moving from card to card with the arrow keys."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum

from kam_desktop.services.analysis.map_layout import Place

_TIED = 0.55
"""Somebody tied to the current person seems this much nearer."""

_WIDEST = 12.0

_ASIDE = 2.0
"""A step aside counts this many times a step ahead."""


class Direction(Enum):
    """A direction as (across, down)."""

    LEFT = (-1, 0)
    RIGHT = (1, 0)
    UP = (0, -1)
    DOWN = (0, 1)


def neighbour(
    places: Mapping[str, Place], current: str, direction: Direction, tied: Collection[str] = ()
) -> str | None:
    """The id of the card to go to from ``current``, or None when nothing lies that way.

    Cards rather ahead than aside come first; among them the near ones, and people tied to the
    current one (``tied``) before others at like distance.
    """
    here = places[current].centre
    across, down = direction.value
    best: tuple[bool, float, str] | None = None
    for box_id, place in places.items():
        dx, dy = place.centre[0] - here[0], place.centre[1] - here[1]
        ahead = dx * across + dy * down
        aside = abs(dx * down) + abs(dy * across)
        if box_id == current or ahead <= 1 or aside > _WIDEST * ahead:
            continue
        cost = (ahead + _ASIDE * aside) * (_TIED if box_id in tied else 1.0)
        found = (aside >= ahead, cost, box_id)
        if best is None or found < best:
            best = found
    return None if best is None else best[2]


def reading_order(places: Mapping[str, Place]) -> list[str]:
    """Ids row by row from the top, each row from the left: the order of the Tab key."""
    return sorted(places, key=lambda box_id: (round(places[box_id].y / 40), places[box_id].x))
