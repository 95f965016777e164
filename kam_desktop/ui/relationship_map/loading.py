"""Where the map's views find what they show."""

from __future__ import annotations

from kam_desktop.services.map_loading import LoadedMap, MapWish, load_map

__all__ = ["LoadedMap", "MapWish", "load_map"]
