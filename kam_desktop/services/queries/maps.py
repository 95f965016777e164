"""Saved maps: what they show."""

from __future__ import annotations

import json

from kam_desktop.services.map_options import MapOptions
from kam_desktop.services.storage.reader import Reader


def was_folded(db: Reader, map_id: str | None) -> bool:
    """Whether somebody has said what is folded on a map, also that nothing is."""
    if map_id is None:
        return False
    asked = "SELECT json_type(options, '$.collapsed') IS NOT NULL FROM saved_map WHERE id = ?"
    return bool(db.value(asked, (map_id,)))


def map_options(db: Reader, map_id: str | None) -> MapOptions:
    """What a saved map shows; the defaults for a map that was never saved."""
    if map_id is None:
        return MapOptions()
    stored = db.value("SELECT options FROM saved_map WHERE id = ?", (map_id,))
    try:
        return MapOptions.from_json(json.loads(stored or "{}"))
    except ValueError:
        return MapOptions()
