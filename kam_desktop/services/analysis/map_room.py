"""Which room on a map is taken: finds free places beside many cards quickly."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from kam_desktop.services.analysis.map_layout import Place

_CELL = 256.0


class Room:
    """Cards that stand somewhere, by the squares of a grid that they touch."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self._cells: dict[tuple[int, int], list[Place]] = {}
        self.right = self.bottom = 0.0
        for place in places:
            self.take(place)

    def take(self, place: Place) -> None:
        """Let a card stand somewhere."""
        for cell in _cells(place, 0.0):
            self._cells.setdefault(cell, []).append(place)
        self.right, self.bottom = max(self.right, place.right), max(self.bottom, place.bottom)

    def is_free(self, place: Place, gap: float = 0.0) -> bool:
        """Whether nobody stands nearer than ``gap`` to ``place``."""
        return not any(
            place.x < other.right + gap
            and other.x < place.right + gap
            and place.y < other.bottom + gap
            and other.y < place.bottom + gap
            for cell in _cells(place, gap)
            for other in self._cells.get(cell, ())
        )

    def all_free(self, places: Iterable[Place], gap: float) -> bool:
        """Whether nobody stands nearer than ``gap`` to any of ``places``."""
        return all(self.is_free(place, gap) for place in places)


def _cells(place: Place, gap: float) -> Iterator[tuple[int, int]]:
    for across in range(
        math.floor((place.x - gap) / _CELL), math.floor((place.right + gap) / _CELL) + 1
    ):
        for down in range(
            math.floor((place.y - gap) / _CELL), math.floor((place.bottom + gap) / _CELL) + 1
        ):
            yield across, down
