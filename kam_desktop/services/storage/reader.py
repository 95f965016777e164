"""The read side's view of the portfolio: plain SQL on a connection that cannot write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kam_desktop.services.storage.engine import Connection

Parameters = Sequence[object] | Mapping[str, object]


class Reader:
    """Runs queries in one consistent snapshot; use it inside ``with portfolio.reading()``."""

    __slots__ = ("_db",)

    def __init__(self, db: Connection) -> None:
        self._db = db

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """All rows of a query, as tuples."""
        return list(self._db.execute(sql, parameters).fetchall())

    def row(self, sql: str, parameters: Parameters = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        found: tuple[Any, ...] | None = self._db.execute(sql, parameters).fetchone()
        return found

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, parameters)
        return None if found is None else found[0]

    @property
    def connection(self) -> Connection:
        """The connection itself, for the storage room's own modules."""
        return self._db


def placeholders(values: Sequence[object]) -> str:
    """``?, ?, ?`` for an IN clause."""
    return ", ".join("?" * len(values))
