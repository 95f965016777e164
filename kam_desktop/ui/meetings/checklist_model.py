"""The rows of a meeting's checklist, as a list that can be ticked and put in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt, Signal

from kam_desktop.models.vocabulary import ChecklistState
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.meetings import ChecklistRow
from kam_desktop.services.words import word
from kam_desktop.ui.meetings.row_list import Index, RowListModel
from kam_desktop.ui.times import day_text

_MIME = "application/x-kam-checklist-item"
_CHECKS = {
    ChecklistState.OPEN: Qt.CheckState.Unchecked,
    ChecklistState.DONE: Qt.CheckState.Checked,
    ChecklistState.NOT_APPLICABLE: Qt.CheckState.PartiallyChecked,
}


def due_text(row: ChecklistRow, today: dt.date) -> str:
    """When an open item is due, or by how much it is late; empty when nothing presses."""
    if row.state is not ChecklistState.OPEN:
        return ""
    late = (today - row.due_on).days
    if late > 0:
        return ngettext("{n} day late", "{n} days late", late).format(n=late)
    if late == 0:
        return _("due today")
    return _("due {day}").format(day=day_text(row.due_on, today))


def note_text(row: ChecklistRow) -> str:
    """The quiet second line: why it does not apply, or what ticks it, who and what shows it."""
    if row.state is ChecklistState.NOT_APPLICABLE:
        return _("Not applicable: {reason}").format(reason=row.reason)
    open_or_itself = row.state is ChecklistState.OPEN or row.by_itself
    fact = word(row.condition) if row.condition is not None and open_or_itself else ""
    said = _("Ticked itself: {fact}") if row.by_itself else _("Ticks itself: {fact}")
    wanted = row.evidence_wanted if row.state is ChecklistState.OPEN else ""
    evidence = row.evidence or (_("To show: {evidence}").format(evidence=wanted) if wanted else "")
    return joined((said.format(fact=fact) if fact else "", row.owner_name, evidence))


class ChecklistModel(RowListModel[ChecklistRow]):
    """Says what the user wants; the rows change when the use case has been carried out.

    ``state_wanted`` carries (id, `ChecklistState`), ``text_wanted`` (id, text), ``move_wanted``
    (id, index). ``stays_ticked`` carries the row of an item that ticked itself and that somebody
    wants to untick: only the fact can.
    """

    state_wanted = Signal(str, object)
    text_wanted = Signal(str, str)
    move_wanted = Signal(str, object)
    stays_ticked = Signal(object)

    def __init__(self, today: dt.date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.today = today

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flag = Qt.ItemFlag
        return (
            flag.ItemIsEnabled
            | flag.ItemIsSelectable
            | flag.ItemIsUserCheckable
            | flag.ItemIsEditable
            | flag.ItemIsDragEnabled
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.text
        if role == Qt.ItemDataRole.CheckStateRole:
            return _CHECKS[row.state]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (row.text, word(row.state), due_text(row, self.today), note_text(row))
            return ", ".join(part for part in parts if part)
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row_at(index)
        if row is None:
            return False
        if role == Qt.ItemDataRole.CheckStateRole and row.by_itself:
            self.stays_ticked.emit(row)
            return False
        if role == Qt.ItemDataRole.CheckStateRole:
            is_open = row.state is ChecklistState.OPEN
            self.state_wanted.emit(row.id, ChecklistState.DONE if is_open else ChecklistState.OPEN)
            return True
        if role == Qt.ItemDataRole.EditRole and str(value).strip() not in ("", row.text):
            self.text_wanted.emit(row.id, str(value))
            return True
        return False

    # Dragging: the model only says where an item is to go.

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        row = self.row_at(indexes[0]) if indexes else None
        data.setData(_MIME, (row.id if row else "").encode())
        return data

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, at: int, _column: int, parent: Index
    ) -> bool:
        row_id = bytes(data.data(_MIME).data()).decode()
        source = self.position(row_id)
        if source is None:
            return False
        target = at if at >= 0 else (parent.row() if parent.isValid() else len(self.rows))
        target -= target > source
        if target != source:
            self.move_wanted.emit(row_id, target)
        # Nothing was taken over: the view must not remove the dragged row.
        return False
