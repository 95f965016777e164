"""The items of a checklist template while it is edited; nothing is stored before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from kam_desktop.services.i18n import _
from kam_desktop.services.queries.checklists import TemplateItemRow

Index = QModelIndex | QPersistentModelIndex
TEXT, DAYS, PLACE = range(3)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One item as it is edited."""

    text: str
    days_before: int = 1
    link: str = ""


def place_words() -> dict[str, str]:
    """The places in the program where an item can be done, in words."""
    return {
        "": _("nowhere in particular"),
        "account:company": _("Dossier: company"),
        "account:people": _("Dossier: people"),
        "account:map": _("Dossier: relationship map"),
        "account:promises": _("Dossier: promises"),
        "account:health": _("Dossier: health"),
        "account:documents": _("Dossier: documents"),
        "account:timeline": _("Dossier: timeline"),
        "account:opportunities": _("Dossier: opportunities"),
        "account:contracts": _("Dossier: contracts"),
        "meeting:when": _("Meeting: time and place"),
        "meeting:attendees": _("Meeting: who comes"),
        "meeting:objectives": _("Meeting: objectives"),
        "meeting:agenda": _("Meeting: agenda and questions"),
        "meeting:previous": _("Meeting: the one before"),
        "meeting:brief": _("Meeting: the brief"),
    }


class TemplateLines(QAbstractTableModel):
    """Text, days before, and the place where it is done; all can be edited."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.lines: list[DraftLine] = []
        self._places = place_words()

    def show(self, rows: Sequence[TemplateItemRow]) -> None:
        """Edit these instead."""
        self.beginResetModel()
        self.lines = [DraftLine(row.text, row.days_before, row.link) for row in rows]
        self.endResetModel()

    def add(self, at: int) -> int:
        """Insert an empty item; returns its row."""
        self.beginInsertRows(QModelIndex(), at, at)
        self.lines.insert(at, DraftLine(""))
        self.endInsertRows()
        return at

    def remove(self, at: int) -> None:
        """Take an item out."""
        if 0 <= at < len(self.lines):
            self.beginRemoveRows(QModelIndex(), at, at)
            del self.lines[at]
            self.endRemoveRows()

    def move(self, at: int, step: int) -> int:
        """Move an item up (-1) or down (+1); returns its row."""
        to = at + step
        if not (0 <= at < len(self.lines) and 0 <= to < len(self.lines)):
            return at
        self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), to + (step > 0))
        self.lines.insert(to, self.lines.pop(at))
        self.endMoveRows()
        return to

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("What to prepare"), _("Days before"), _("Done in"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == DAYS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.EditRole:
            return (line.text, line.days_before, line.link)[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            place = self._places.get(line.link, line.link) if line.link else ""
            return (line.text, line.days_before, place)[index.column()]
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not 0 <= index.row() < len(self.lines):
            return False
        line = self.lines[index.row()]
        if index.column() == TEXT:
            line = replace(line, text=str(value))
        elif index.column() == DAYS:
            line = replace(line, days_before=int(value))
        else:
            line = replace(line, link=str(value or ""))
        self.lines[index.row()] = line
        self.dataChanged.emit(index, index)
        return True
