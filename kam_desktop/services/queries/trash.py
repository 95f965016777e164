"""What lies in the trash."""

from __future__ import annotations

from dataclasses import dataclass

from kam_desktop.services.storage.reader import Reader

_TITLES = {
    "account": "name",
    "buying_centre": "name",
    "person": "CASE WHEN name = '' THEN title ELSE name END",
    "team_member": "name",
    "tie": "kind",
    "saved_map": "title",
    "interaction": "CASE WHEN summary = '' THEN substr(text, 1, 80) ELSE summary END",
    "note": "substr(text, 1, 80)",
    "meeting": "title",
    "checklist_template": "name",
    "checklist_item": "text",
    "commitment": "text",
    "opportunity": "name",
    "contract": "name",
    "revenue_entry": "starts_on || ' ' || currency",
    "observation": "kind",
    "document": "name",
}
"""How a record of each table is called in the trash; other tables are not listed on their own."""


@dataclass(frozen=True, slots=True)
class TrashRow:
    """One deletion: ``table`` and ``id`` to restore, what it was called, and when it went."""

    table: str
    id: str
    title: str
    deleted_at: str


def trash_rows(db: Reader, limit: int = 200) -> list[TrashRow]:
    """The newest deletions, newest first, and one more than ``limit`` when there are more."""
    parts = " UNION ALL ".join(
        f"SELECT '{table}', id, {title}, deleted_at FROM \"{table}\""
        " WHERE deleted_with IS NOT NULL AND deleted_with = id"
        for table, title in _TITLES.items()
    )
    return [
        TrashRow(*row) for row in db.rows(f"{parts} ORDER BY 4 DESC, 2 DESC LIMIT ?", (limit + 1,))
    ]
