"""Brings an older portfolio to today's schema: first a verified backup, then one transaction."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable
from types import ModuleType

from kam_desktop.services.storage import schema, search_index
from kam_desktop.services.storage.engine import Connection

_NAME = re.compile(r"v(\d{4})_\w+")


def migrations(package: ModuleType | None = None) -> dict[int, str]:
    """The names of the migration modules by the version each leads to."""
    if package is None:
        package = importlib.import_module("kam_desktop.models.migrations")
    found = {}
    for module in pkgutil.iter_modules(package.__path__):
        if match := _NAME.fullmatch(module.name):
            found[int(match[1])] = f"{package.__name__}.{module.name}"
    return found


def upgrade(
    db: Connection,
    *,
    back_up: Callable[[], object],
    package: ModuleType | None = None,
    target: int = schema.SCHEMA_VERSION,
) -> bool:
    """Upgrade the open file to ``target``; returns whether there was anything to do.

    ``back_up`` is called first and must raise when it cannot make a verified backup. All migrations
    and the new version stamp are one transaction: it is all there or nothing is.
    """
    version = schema.schema_version(db)
    if version >= target:
        return False
    back_up()
    steps = migrations(package)
    # A migration may rebuild tables that others refer to; this cannot be changed inside a
    # transaction, and `foreign_key_check` below makes up for it.
    db.execute("PRAGMA foreign_keys = OFF")
    try:
        _run_migrations(db, [steps[number] for number in range(version + 1, target + 1)], target)
    finally:
        db.execute("PRAGMA foreign_keys = ON")
    return True


def _run_migrations(db: Connection, modules: list[str], target: int) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    from kam_desktop.services.storage.sessions import engine_on

    with engine_on(db).connect() as connection:
        db.execute("BEGIN IMMEDIATE")
        try:
            schema.drop_triggers(db)
            with Operations.context(MigrationContext.configure(connection)):
                for name in modules:
                    importlib.import_module(name).upgrade()
            schema.create_triggers(db)
            search_index.rebuild(db)
            broken = db.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"the upgrade broke references: {broken[:3]}")
            db.execute(f"PRAGMA user_version = {target}")
            db.execute("COMMIT")
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")
