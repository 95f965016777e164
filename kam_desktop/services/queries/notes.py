"""The notes of an account, page by page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kam_desktop.models.text import parse_instant
from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note; ``at`` is aware UTC, ``person_id`` whom it is about."""

    id: str
    text: str
    at: dt.datetime
    person_id: str | None
    person_name: str
    pinned: bool


@dataclass(frozen=True, slots=True)
class NotePage:
    """Some notes, and whether there are more."""

    rows: tuple[NoteRow, ...]
    more: bool


def notes(db: Reader, account_id: str, limit: int = 100) -> NotePage:
    """The account's first notes: pinned ones, then newest first."""
    found = db.rows(
        "SELECT n.id, n.text, n.at, n.person_id, coalesce(p.name, ''), n.pinned FROM note n"
        " LEFT JOIN person p ON p.id = n.person_id"
        " WHERE n.account_id = ? AND n.deleted_at IS NULL"
        " ORDER BY n.pinned DESC, n.at DESC, n.id DESC LIMIT ?",
        (account_id, limit + 1),
    )
    rows = tuple(
        NoteRow(row[0], row[1], parse_instant(row[2]), row[3], row[4], bool(row[5]))
        for row in found[:limit]
    )
    return NotePage(rows, len(found) > limit)
