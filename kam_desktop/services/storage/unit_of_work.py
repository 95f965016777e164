"""What a use case writes through. One unit of work is one transaction and one step of undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from kam_desktop.models.text import clean_line, new_id, sort_key
from kam_desktop.services.clock import Clock
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage import trash
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.services.storage.engine import Connection
from kam_desktop.services.storage.reader import Parameters, Reader

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from kam_desktop.models.base import Base, Entity

E = TypeVar("E", bound="Entity")


class UnitOfWork:
    """The open transaction of one action.

    ``now`` and ``today`` are the clock's at its beginning. ``changes`` tells what was changed, once
    the transaction is committed. The ORM session is only made when it is first used.
    """

    def __init__(
        self, db: Connection, clock: Clock, make_session: Callable[[], Session], label: str
    ) -> None:
        self.now: dt.datetime = clock.now()
        self.today: dt.date = clock.today()
        self.label = label
        self.changes: ChangeSet | None = None
        self._db = db
        self._make_session = make_session
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """The ORM session of this transaction; it is flushed before the commit."""
        if self._session is None:
            self._session = self._make_session()
        return self._session

    @property
    def reader(self) -> Reader:
        """Queries that see this transaction's own changes."""
        self.flush()
        return Reader(self._db)

    def add(self, entity: Base) -> None:
        """Store a new record."""
        self.session.add(entity)

    def get(self, kind: type[E], record_id: str) -> E:
        """A record by id.

        Raises ``UserError`` when there is none or it is in the trash.
        """
        self.flush()
        found = self.session.get(kind, record_id)
        if found is None or found.deleted_at is not None:
            raise UserError(
                _("This record is no longer there. It may have been deleted; look in the trash.")
            )
        return found

    def trash(self, entity: Entity) -> None:
        """Move a record, with everything that cannot be without it, to the trash."""
        self.flush()
        trash.trash(self, entity.__tablename__, entity.id)
        self.session.expire(entity)

    def restore(self, kind: type[Entity], record_id: str) -> None:
        """Bring a record back from the trash, with what went there with it."""
        trash.restore(self, kind.__tablename__, record_id)
        self.session.expire_all()

    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one writing statement; returns the number of rows it changed."""
        self.flush()
        return int(self._db.execute(sql, parameters).rowcount)

    def execute_many(self, sql: str, rows: Sequence[Sequence[object]]) -> int:
        """Run one writing statement for many rows; returns the number of rows it changed."""
        self.flush()
        return int(self._db.executemany(sql, rows).rowcount)

    def bulk_insert(self, kind: type[Base], rows: Sequence[Mapping[str, object]]) -> list[str]:
        """Store many new records given as columns, cleaned as by the ORM; returns their ids.

        Missing columns get the entity's defaults; ``name_key`` is derived from ``name``.
        """
        if not rows:
            return []
        insert = _bulk_insert_of(kind)
        parameters = [insert.parameters(row) for row in rows]
        self.execute_many(insert.sql, parameters)
        return [cast("str", values[insert.id_at]) for values in parameters]

    def flush(self) -> None:
        """Send pending changes of the session to the database."""
        if self._session is not None:
            self._session.flush()

    def close(self) -> None:
        """Let go of the session, after the transaction has ended."""
        if self._session is not None:
            self._session.close()


class _BulkInsert:
    """The statement and the column-wise cleaning for inserting many records of one kind.

    What a row does not say is taken from a row of defaults that was cleaned once.
    """

    def __init__(self, kind: type[Base]) -> None:
        from sqlalchemy.dialects import sqlite

        table = cast("Table", kind.__table__)
        dialect = sqlite.dialect()
        names = [column.name for column in table.columns]
        listed = ", ".join(f'"{name}"' for name in names)
        self.sql = f'INSERT INTO "{table.name}" ({listed}) VALUES ({", ".join("?" * len(names))})'
        self.id_at = names.index("id")
        self._key_at = names.index("name_key") if "name_key" in names else None
        self._columns = {
            column.name: (at, _cleaner(column.type.dialect_impl(dialect).bind_processor(dialect)))
            for at, column in enumerate(table.columns)
        }
        defaults = _constant_defaults(table)
        self._required = frozenset(names) - defaults.keys() - {"id"}
        self._defaults: list[object] = [None] * len(names)
        for name, value in defaults.items():
            at, clean = self._columns[name]
            self._defaults[at] = clean(value)

    def parameters(self, row: Mapping[str, object]) -> list[object]:
        if not self._required <= row.keys():
            raise TypeError(f"missing: {', '.join(sorted(self._required - row.keys()))}")
        values = self._defaults.copy()
        for name, value in row.items():
            at, clean = self._columns[name]
            values[at] = clean(value)
        if "id" not in row:
            values[self.id_at] = new_id()
        if self._key_at is not None:
            values[self._key_at] = sort_key(clean_line(str(row.get("name", ""))))
        return values


def _cleaner(processor: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    return processor or _as_it_is


def _as_it_is(value: object) -> object:
    return value


@cache
def _bulk_insert_of(kind: type[Base]) -> _BulkInsert:
    return _BulkInsert(kind)


def _constant_defaults(table: Table) -> dict[str, object]:
    """What a column holds when nothing is said: its default, or NULL where that is allowed."""
    from sqlalchemy.sql.schema import ScalarElementColumnDefault

    constants: dict[str, object] = {}
    for column in table.columns:
        if isinstance(column.default, ScalarElementColumnDefault):
            constants[column.name] = column.default.arg
        elif column.nullable:
            constants[column.name] = None
    return constants
