"""Soft deletion: a record goes to the trash together with everything that cannot be without it.

Which records go along follows from the models: those whose reference to the deleted one may not be
empty. They carry the deleted record's id in ``deleted_with``, so that restoring brings back exactly
what went and nothing that was in the trash before.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kam_desktop.models.text import instant_text
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.ledger import ledgered_tables

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


class _Link(NamedTuple):
    """``child.column`` refers to ``parent.id``; *owning* when it may not be empty."""

    parent: str
    child: str
    column: str
    owning: bool


def index_statements() -> Iterator[str]:
    """The DDL of the indexes that find what went to the trash with a record."""
    for table in ledgered_tables():
        if "deleted_with" in table.columns:
            yield (
                f'CREATE INDEX "ix_{table.name}_trash" ON "{table.name}" (deleted_with)'
                " WHERE deleted_with IS NOT NULL"
            )


def trash(work: UnitOfWork, table: str, record_id: str) -> None:
    """Move a record of ``table`` and what belongs to it to the trash."""
    at = instant_text(work.now)
    changed = work.execute(
        f'UPDATE "{table}" SET deleted_at = ?, deleted_with = id'
        " WHERE id = ? AND deleted_at IS NULL",
        (at, record_id),
    )
    if not changed:
        raise UserError(_("This record has been deleted already; look in the trash."))
    for link in _owned_below(table):
        work.execute(
            f'UPDATE "{link.child}" SET deleted_at = ?1, deleted_with = ?2'
            f' WHERE deleted_at IS NULL AND "{link.column}" IN'
            f' (SELECT id FROM "{link.parent}" WHERE deleted_with = ?2)',
            (at, record_id),
        )


def restore(work: UnitOfWork, table: str, record_id: str) -> None:
    """Bring a record back from the trash, with what went there with it.

    Raises ``UserError`` when it is not in the trash, or when what it belongs to still is.
    """
    for link in _links():
        if link.child == table and link.owning and _parent_is_trashed(work, link, record_id):
            raise UserError(_("What this belongs to is in the trash too. Restore that first."))
    tables = dict.fromkeys([table, *(link.child for link in _owned_below(table))])
    changed = sum(
        work.execute(
            f'UPDATE "{name}" SET deleted_at = NULL, deleted_with = NULL WHERE deleted_with = ?',
            (record_id,),
        )
        for name in tables
    )
    if not changed:
        raise UserError(_("This record is not in the trash."))


def purge(work: UnitOfWork, table: str, record_id: str) -> None:
    """Remove a record in the trash, and what went with it, from the tables.

    References to it from records that stay become empty. Still one step of undo.
    """
    tables = [table, *dict.fromkeys(link.child for link in _owned_below(table))]
    # Children whose parents went elsewhere may still refer to what is removed: check at the commit.
    work.execute("PRAGMA defer_foreign_keys = ON")
    for link in _links():
        if link.parent in tables and not link.owning:
            work.execute(
                f'UPDATE "{link.child}" SET "{link.column}" = NULL WHERE "{link.column}" IN'
                f' (SELECT id FROM "{link.parent}" WHERE deleted_with = ?)',
                (record_id,),
            )
    removed = sum(
        work.execute(f'DELETE FROM "{name}" WHERE deleted_with = ?', (record_id,))
        for name in reversed(tables)
    )
    if not removed:
        raise UserError(_("This record is not in the trash."))


def _parent_is_trashed(work: UnitOfWork, link: _Link, record_id: str) -> bool:
    found = work.reader.value(
        f'SELECT 1 FROM "{link.child}" c JOIN "{link.parent}" p ON p.id = c."{link.column}"'
        " WHERE c.id = ? AND p.deleted_at IS NOT NULL",
        (record_id,),
    )
    return found is not None


@cache
def _links() -> tuple[_Link, ...]:
    return tuple(
        _Link(key.column.table.name, table.name, column.name, not column.nullable)
        for table in ledgered_tables()
        for column in table.columns
        for key in column.foreign_keys
    )


@cache
def _owned_below(table: str) -> tuple[_Link, ...]:
    """The owning links from a table down, parents before their children."""
    found: list[_Link] = []
    waiting = [table]
    while waiting:
        parent = waiting.pop(0)
        for link in _links():
            if link.owning and link.parent == parent and link not in found:
                found.append(link)
                waiting.append(link.child)
    return tuple(found)
