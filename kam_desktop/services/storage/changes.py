"""What a commit changed, told to whoever shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The tables, rows and fields one action changed.

    When ``bulk`` is true there were too many rows to list: ``rows`` is empty and every row of
    ``tables`` may have changed.
    """

    action_id: str
    label: str
    origin: str
    tables: frozenset[str]
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    bulk: bool = False

    def touches(self, *tables: str) -> bool:
        """Whether any of the tables was changed."""
        return not self.tables.isdisjoint(tables)

    def touches_row(self, table: str, row_id: str) -> bool:
        """Whether one row may have been changed."""
        return table in self.tables and (self.bulk or row_id in self.rows.get(table, frozenset()))

    @property
    def empty(self) -> bool:
        """Whether nothing was changed (then nothing was recorded either)."""
        return not self.tables


@dataclass(frozen=True, slots=True)
class ActionInfo:
    """One entry of history. ``kind`` is do, undo or redo; ``state`` is done or undone."""

    seq: int
    id: str
    kind: str
    label: str
    origin: str
    at: str
    state: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One change of one record, for its history; ``op`` is I (made), U (changed) or D (removed)."""

    action: ActionInfo
    table: str
    row_id: str
    op: str
    field: str
    old: object
    new: object
