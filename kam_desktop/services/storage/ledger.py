"""The ledger: every change of every record, written by triggers in the transaction that makes it.

Undo, redo, history and refresh all read it. Its tables belong to this module alone.

``ledger_action`` is one step of the user: label, origin, device, hybrid clock, state.
``ledger_change`` is one change of that step: an insert (I) or delete (D) with the row's image as
JSON, or an update (U) of one field, or of one *unit* of fields that mean something only together,
whose values are then a JSON array.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sqlalchemy import Table

LEDGER_TABLES = """
CREATE TABLE ledger_action (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    origin TEXT NOT NULL,
    device TEXT NOT NULL,
    clock TEXT NOT NULL,
    at TEXT NOT NULL,
    target INTEGER REFERENCES ledger_action (seq),
    state TEXT NOT NULL DEFAULT 'done',
    coalesce_key TEXT
);
CREATE TABLE ledger_change (
    seq INTEGER PRIMARY KEY,
    action INTEGER NOT NULL,
    tbl TEXT NOT NULL,
    row TEXT NOT NULL,
    op TEXT NOT NULL,
    field TEXT,
    old BLOB,
    new BLOB
);
CREATE INDEX ix_ledger_change_action ON ledger_change (action);
CREATE INDEX ix_ledger_change_row ON ledger_change (row);
CREATE INDEX ix_ledger_change_moved ON ledger_change (old)
    WHERE op = 'U' AND substr(field, -3) = '_id';
CREATE INDEX ix_ledger_change_removed ON ledger_change (tbl) WHERE op = 'D';
CREATE TABLE ledger_now (one INTEGER PRIMARY KEY CHECK (one = 1), action INTEGER);
INSERT INTO ledger_now VALUES (1, NULL);
"""
"""``ledger_now`` names the action being recorded. Outside a unit of work it is NULL, which
``ledger_change.action`` refuses: nothing can be written without being recorded."""

MOVED_AWAY = "op = 'U' AND substr(field, -3) = '_id'"
"""SQL for the changes of a reference. Two small indexes, over these and over what was removed, find
the records that belonged to something once and do not any more."""

_CURRENT = "(SELECT action FROM ledger_now)"


class Unit(NamedTuple):
    """Columns of one table that are recorded together; usually just one."""

    name: str
    columns: tuple[str, ...]

    def value(self, row: str) -> str:
        """SQL for the unit's value in ``row`` (OLD, NEW or a table name)."""
        if len(self.columns) == 1:
            return f'{row}."{self.columns[0]}"'
        inner = ", ".join(f'{row}."{column}"' for column in self.columns)
        return f"json_array({inner})"


@cache
def ledgered_tables() -> tuple[Table, ...]:
    """The mapped tables whose changes are recorded, parents before children."""
    from kam_desktop.models.registry import Base

    unrecorded = {
        str(mapper.class_.__tablename__)
        for mapper in Base.registry.mappers
        if not getattr(mapper.class_, "__ledgered__", True)
    }
    return tuple(table for table in Base.metadata.sorted_tables if table.name not in unrecorded)


def units_of(table: Table) -> list[Unit]:
    """The units of a table without its id, in column order."""
    units: dict[str, list[str]] = {}
    for column in table.columns:
        if column.name != "id":
            units.setdefault(column.info.get("unit", column.name), []).append(column.name)
    return [Unit(name, tuple(columns)) for name, columns in units.items()]


@cache
def unit_of(table: str, name: str) -> Unit:
    """One unit of a table by the name the ledger records."""
    from kam_desktop.models.registry import Base

    return next(unit for unit in units_of(Base.metadata.tables[table]) if unit.name == name)


def trigger_statements() -> Iterator[str]:
    """The DDL of all triggers: one per field on update, one per table on insert and delete."""
    for table in ledgered_tables():
        columns = [column.name for column in table.columns]
        yield _image_trigger(table.name, "insert", columns)
        yield _image_trigger(table.name, "delete", columns)
        yield (
            f'CREATE TRIGGER "ledger_{table.name}_keep_id" BEFORE UPDATE OF id ON "{table.name}" '
            "WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'an id never changes'); END"
        )
        for unit in units_of(table):
            yield _update_trigger(table.name, unit)


def _image_trigger(table: str, event: str, columns: list[str]) -> str:
    row, target = ("NEW", "new") if event == "insert" else ("OLD", "old")
    op = event[0].upper()
    return (
        f'CREATE TRIGGER "ledger_{table}_{event}" AFTER {event.upper()} ON "{table}" BEGIN '
        f"INSERT INTO ledger_change (action, tbl, row, op, {target}) "
        f"VALUES ({_CURRENT}, '{table}', {row}.id, '{op}', {image_sql(columns, row)}); END"
    )


def image_sql(columns: Iterable[str], row: str) -> str:
    """SQL for a row's image: a JSON object of the columns."""
    inner = ", ".join(f"'{column}', {row}.\"{column}\"" for column in columns)
    return f"json_object({inner})"


def _update_trigger(table: str, unit: Unit) -> str:
    listed = ", ".join(f'"{column}"' for column in unit.columns)
    differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in unit.columns)
    return (
        f'CREATE TRIGGER "ledger_{table}_set_{unit.name}" AFTER UPDATE OF {listed} ON "{table}" '
        f"WHEN {differs} BEGIN "
        "INSERT INTO ledger_change (action, tbl, row, op, field, old, new) "
        f"VALUES ({_CURRENT}, '{table}', NEW.id, 'U', '{unit.name}', "
        f"{unit.value('OLD')}, {unit.value('NEW')}); END"
    )


class Change(NamedTuple):
    """One recorded change, as stored."""

    table: str
    row: str
    op: str
    field: str | None
    old: object
    new: object

    def image(self) -> dict[str, object]:
        """The row's image of an insert or delete."""
        text = self.new if self.op == "I" else self.old
        image: dict[str, object] = json.loads(str(text))
        return image
