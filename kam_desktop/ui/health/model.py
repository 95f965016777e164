"""The health of a page of accounts as a table model."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kam_desktop.services.analysis.health import Band
from kam_desktop.services.health_words import band_name, headline, known
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.health import HealthRow
from kam_desktop.services.words import word

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class Column(IntEnum):
    """What the table shows of an account."""

    ACCOUNT = 0
    TREND = 1
    SCORE = 2


ROW_ROLE = Qt.ItemDataRole.UserRole
"""Gives the whole `HealthRow`."""


class HealthModel(QAbstractTableModel):
    """Rows are replaced as a whole: nothing in them is edited in place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[HealthRow] = []

    @property
    def rows(self) -> Sequence[HealthRow]:
        return self._rows

    def show_rows(self, rows: Sequence[HealthRow]) -> None:
        """Show these accounts in this order."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row_of(self, account_id: str) -> int:
        """Where an account is; −1 when it is not here."""
        ids = [row.account_id for row in self._rows]
        return ids.index(account_id) if account_id in ids else -1

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = (_("Account"), _("One year"), _("Health"))
        return titles[section] if 0 <= section < len(titles) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{headline(row.health)} · {known(row.health)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}, {word(row.tier)}, {score_text(row)}, {headline(row.health)}"
        return None


def _cell(row: HealthRow, column: int) -> str | None:
    if column == Column.ACCOUNT:
        return row.name
    return score_text(row) if column == Column.SCORE else None


def score_text(row: HealthRow) -> str:
    """``62 · Watch``, or that too little is known."""
    if row.health.band is Band.UNKNOWN or row.health.score is None:
        return band_name(Band.UNKNOWN)
    return f"{round(row.health.score)} · {band_name(row.health.band)}"
