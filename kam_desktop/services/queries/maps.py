"""Saved maps: what they show."""

from __future__ import annotations

import json

from kam_desktop.services.map_options import MapOptions
from kam_desktop.services.storage.reader import Reader


def map_options(db: Reader, map_id: str | None) -> MapOptions:
    """What a saved map shows; the defaults for a map that was never saved."""
    if map_id is None:
        return MapOptions()
    stored = db.value("SELECT options FROM saved_map WHERE id = ?", (map_id,))
    try:
        return MapOptions.from_json(json.loads(stored or "{}"))
    except ValueError:
        return MapOptions()
