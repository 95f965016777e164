"""The shape of the file: its stamp, its creation, and its upgrade from older versions."""

from __future__ import annotations

from collections.abc import Iterable

from kam_desktop.services.errors import StorageError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage import arrangements, ledger, search_index, touch_index, trash
from kam_desktop.services.storage.engine import Connection

APPLICATION_ID = 0x4B414D44
"""``KAMD``, in the file's header: this is a portfolio and nothing else."""

SCHEMA_VERSION = 3
"""Counts the migrations in ``models/migrations/versions``; kept as the file's user_version."""


class NewerSchemaError(StorageError):
    """The portfolio was written by a newer version of the program."""


class OlderSchemaError(StorageError):
    """The portfolio has to be brought up to date before it can be read."""


def create_schema(db: Connection) -> None:
    """Make all tables, triggers and indexes in an empty file, and stamp it, in one transaction."""
    from kam_desktop.models.registry import Base

    db.execute("BEGIN IMMEDIATE")
    try:
        _run(db, _table_statements(Base.metadata.sorted_tables))
        _run(db, (part for part in ledger.LEDGER_TABLES.split(";") if part.strip()))
        _run(db, trash.index_statements())
        _run(db, touch_index.TABLE_STATEMENTS)
        _run(db, arrangements.TABLE_STATEMENTS)
        _run(db, search_index.statements())
        create_triggers(db)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def _table_statements(tables: Iterable[object]) -> Iterable[str]:
    from sqlalchemy import Table
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable

    dialect = sqlite.dialect()
    for table in tables:
        assert isinstance(table, Table)
        yield str(CreateTable(table).compile(dialect=dialect))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield str(CreateIndex(index).compile(dialect=dialect))


def create_triggers(db: Connection) -> None:
    """Make the triggers of the ledger and of the search indexes."""
    _run(db, ledger.trigger_statements())
    _run(db, touch_index.TRIGGER_STATEMENTS)
    _run(db, search_index.trigger_statements())


def drop_triggers(db: Connection) -> None:
    """Remove all triggers, before a migration changes the tables they stand on."""
    names = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    _run(db, (f'DROP TRIGGER "{name}"' for (name,) in names))


def _run(db: Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        db.execute(statement)


def schema_version(db: Connection, *, newer_too: bool = False) -> int:
    """The version stamp of an open portfolio.

    Raises ``StorageError`` when the file is not a portfolio and `NewerSchemaError` when this
    program is too old for it, unless ``newer_too``: migrations only add, so what this version knows
    can still be read.
    """
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StorageError(
            _("This file is not a portfolio of KAM Desktop."),
            remedy=_("It was not changed. Choose another file."),
        )
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA_VERSION and not newer_too:
        raise NewerSchemaError(
            _("This portfolio was last used with a newer version of KAM Desktop."),
            remedy=_("It was not changed. Update the program, or open it for reading only."),
        )
    return version


def require_up_to_date(db: Connection) -> None:
    """Raise `OlderSchemaError` for a file of an older version, which lacks what is read today."""
    if schema_version(db, newer_too=True) < SCHEMA_VERSION:
        raise OlderSchemaError(
            _("This portfolio was last used with an older version of KAM Desktop."),
            remedy=_(
                "It was not changed. Open it once for writing: it is backed up and brought up to "
                "date then."
            ),
        )
