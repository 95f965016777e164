"""Where layouts put people last, kept beside the data so that maps look the same the next time.

Derived from the data and from what was shown, so in no history and no undo; a map without it is
laid out from nothing. Ids are kept only by name: a row may name people who are gone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kam_desktop.services.analysis.map_stable import Arrangement, Kept

if TYPE_CHECKING:
    from kam_desktop.services.storage.engine import Connection
    from kam_desktop.services.storage.reader import Reader

TABLE_STATEMENTS = (
    "CREATE TABLE map_arrangement (map TEXT NOT NULL, shape TEXT NOT NULL, at TEXT NOT NULL,"
    " places TEXT NOT NULL, PRIMARY KEY (map, shape)) WITHOUT ROWID",
)

_SHAPES = 24
"""How many shapes of one map (filters, folded branches) are remembered."""


def arrangement_of(db: Reader, map_key: str, shape: str) -> dict[str, Kept]:
    """Where people stood on a map when it had this shape last; empty when it never had."""
    stored = db.value(
        "SELECT places FROM map_arrangement WHERE map = ? AND shape = ?", (map_key, shape)
    )
    if stored is None:
        return {}
    return {
        person_id: Kept(x, y, anchor, None if trunk is None else (trunk, top))
        for person_id, (x, y, anchor, trunk, top) in json.loads(stored).items()
    }


def keep_arrangement(
    db: Connection, map_key: str, shape: str, places: Arrangement, at: str
) -> None:
    """Remember where people stand; the shapes of a map not seen for longest are forgotten."""
    stored = {
        person_id: (
            kept.x,
            kept.y,
            kept.anchor,
            *(kept.hung if kept.hung is not None else (None, None)),
        )
        for person_id, kept in places.items()
    }
    db.execute(
        "INSERT OR REPLACE INTO map_arrangement (map, shape, at, places) VALUES (?, ?, ?, ?)",
        (map_key, shape, at, json.dumps(stored)),
    )
    db.execute(
        "DELETE FROM map_arrangement WHERE map = ? AND shape NOT IN"
        " (SELECT shape FROM map_arrangement WHERE map = ? ORDER BY at DESC LIMIT ?)",
        (map_key, map_key, _SHAPES),
    )
