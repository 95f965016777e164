"""Earlier imports, as the import page lists them."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from kam_desktop.models.text import parse_instant
from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class EarlierImport:
    """One table of one import. ``kind`` is accounts, people, …; the rest are numbers of rows."""

    id: str
    file_name: str
    kind: str
    at: dt.datetime
    new: int
    changed: int
    unchanged: int
    rejected: int


def earlier_imports(db: Reader, *, limit: int = 20) -> list[EarlierImport]:
    """The newest imports, newest first."""
    rows = db.rows(
        "SELECT id, file_name, kind, at, counts FROM import_batch WHERE deleted_at IS NULL"
        " ORDER BY at DESC, id DESC LIMIT ?",
        (limit,),
    )
    return [_earlier(*row) for row in rows]


def _earlier(record_id: str, file_name: str, kind: str, at: str, counts: str) -> EarlierImport:
    by_fate = json.loads(counts)
    fates = [int(by_fate.get(fate, 0)) for fate in ("new", "changed", "unchanged", "rejected")]
    return EarlierImport(record_id, file_name, kind, parse_instant(at), *fates)
