"""A list of a few thousand dataclasses, updated by difference on their id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kam_desktop.ui.itemmodels.columns import Column, cell_data, header_data

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows of dataclasses with an ``id``; up to about 2,000 of them.

    `set_rows` moves, inserts, removes and updates what differs, so that selection, scroll position
    and an open editor stay.
    """

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        return tuple(self._rows)

    def row(self, index: Index) -> Row | None:
        """The record of an index."""
        at = index.row()
        return self._rows[at] if index.isValid() and at < len(self._rows) else None

    def row_of_id(self, row_id: str) -> int:
        """Where a record is, or −1."""
        return next((at for at, row in enumerate(self._rows) if _id(row) == row_id), -1)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show ``rows``, changing no more than what differs."""
        wanted = {_id(row) for row in rows}
        for at in range(len(self._rows) - 1, -1, -1):
            if _id(self._rows[at]) not in wanted:
                self.beginRemoveRows(_NOWHERE, at, at)
                del self._rows[at]
                self.endRemoveRows()
        for at, row in enumerate(rows):
            self._put(at, row)

    def _put(self, at: int, row: Row) -> None:
        now = self.row_of_id(_id(row)) if not self._is_at(at, row) else at
        if now < 0:
            self.beginInsertRows(_NOWHERE, at, at)
            self._rows.insert(at, row)
            self.endInsertRows()
            return
        if now != at:
            self.beginMoveRows(_NOWHERE, now, now, _NOWHERE, at)
            self._rows.insert(at, self._rows.pop(now))
            self.endMoveRows()
        if self._rows[at] != row:
            self._rows[at] = row
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(self._columns) - 1))

    def _is_at(self, at: int, row: Row) -> bool:
        return at < len(self._rows) and _id(self._rows[at]) == _id(row)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        return None if row is None else cell_data(self._columns[index.column()], row, role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        return header_data(self._columns, section, orientation, role)


def _id(row: object) -> str:
    return str(row.id)  # type: ignore[attr-defined]
