"""The records of a dossier by id, and what they are called, for its history."""

from __future__ import annotations

from collections.abc import Sequence

from kam_desktop.services.storage.reader import Reader, placeholders

_HISTORY_TABLES = (
    "person",
    "meeting",
    "commitment",
    "note",
    "opportunity",
    "contract",
    "observation",
    "document",
    "interaction",
    "revenue_entry",
    "buying_centre",
)


def record_ids(db: Reader, account_id: str) -> list[str]:
    """The account and the records of its dossier, for its history (newest 500 of each kind)."""
    found = [account_id]
    for table in _HISTORY_TABLES:
        found += [
            row_id
            for (row_id,) in db.rows(
                f"SELECT id FROM {table} WHERE account_id = ? ORDER BY id DESC LIMIT 500",
                (account_id,),
            )
        ]
    return found


def names_of(db: Reader, ids: Sequence[str]) -> dict[str, str]:
    """The names of accounts, people, team members, buying centres and meetings by id."""
    if not ids:
        return {}
    marks = placeholders(ids)
    parts = [
        f"SELECT id, {name} FROM {table} WHERE id IN ({marks})"
        for table, name in (
            ("account", "name"),
            ("person", "CASE WHEN name = '' THEN title ELSE name END"),
            ("team_member", "name"),
            ("buying_centre", "name"),
            ("meeting", "title"),
        )
    ]
    return dict(db.rows(" UNION ALL ".join(parts), [*ids] * len(parts)))
