"""A list model over frozen rows with an ``id``, brought up to date by difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class HasId(Protocol):
    """A row of a list."""

    @property
    def id(self) -> str: ...


Row = TypeVar("Row", bound=HasId)


class RowListModel(QAbstractListModel, Generic[Row]):
    """Rows are changed, moved, added and removed one by one, so selection and editors stay."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def set_rows(self, wanted: Sequence[Row]) -> None:
        """Show these rows; their ids must differ."""
        keep = {row.id for row in wanted}
        for at in range(len(self.rows) - 1, -1, -1):
            if self.rows[at].id not in keep:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self.rows[at]
                self.endRemoveRows()
        for at, row in enumerate(wanted):
            self._place(at, row)

    def _place(self, at: int, row: Row) -> None:
        found = self.position(row.id)
        if found is None:
            self.beginInsertRows(QModelIndex(), at, at)
            self.rows.insert(at, row)
            self.endInsertRows()
            return
        if found != at:
            self.beginMoveRows(QModelIndex(), found, found, QModelIndex(), at)
            self.rows.insert(at, self.rows.pop(found))
            self.endMoveRows()
        if self.rows[at] != row:
            self.rows[at] = row
            self.dataChanged.emit(self.index(at), self.index(at))

    def position(self, row_id: str) -> int | None:
        """Where a row is; None when it is not shown."""
        return next((at for at, row in enumerate(self.rows) if row.id == row_id), None)

    def row_at(self, index: Index) -> Row | None:
        """The row of an index."""
        return self.rows[index.row()] if 0 <= index.row() < len(self.rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.row_at(index) if role == ROW_ROLE else None
