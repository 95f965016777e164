"""Reading and laying out a map, away from the GUI thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from kam_desktop.services.analysis.map_layout import Point
from kam_desktop.services.map_scene import MapScene, build_scene
from kam_desktop.services.queries.relationship_map import MapData, map_data
from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class LoadedMap:
    """An account's map as it was read and laid out."""

    data: MapData
    scene: MapScene

    @property
    def unsaved(self) -> dict[str, Point]:
        """The places the layout chose, of those that were never put anywhere."""
        return {
            person_id: place
            for person_id, place in self.scene.automatic.items()
            if person_id not in self.data.positions
        }


def load_map(
    db: Reader,
    account_id: str,
    view: str,
    on: dt.date,
    before: Mapping[str, Point],
    scale: float,
) -> LoadedMap:
    """Read and lay out a map."""
    data = map_data(db, account_id, on=on, view=view)
    return LoadedMap(data, build_scene(data, view, before, scale))
