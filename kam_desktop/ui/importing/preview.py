"""What would become of the rows of one file: a tab per fate with its number of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from kam_desktop.services import formatting
from kam_desktop.services.exchange.fields import Kind, kind_label
from kam_desktop.services.exchange.plans import Fate, PlannedRow, TablePlan
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _
from kam_desktop.ui.delegates.cells import TextDelegate, use_delegate
from kam_desktop.ui.importing.words import row_text
from kam_desktop.ui.itemmodels.columns import Column, cell_data, header_data
from kam_desktop.ui.widgets.table import CalmTable

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A planned row with the kind of record it is about; ``derived`` when rows of another kind
    bring it along."""

    kind: Kind
    row: PlannedRow
    derived: bool = False


def _line(shown: PreviewRow) -> str:
    return formatting.number(shown.row.line)


def _label(shown: PreviewRow) -> str:
    return shown.row.label


def _text(shown: PreviewRow) -> str:
    text = row_text(shown.kind, shown.row)
    return joined([kind_label(shown.kind), text]) if shown.derived else text


class PreviewModel(QAbstractTableModel):
    """Rows of one fate; any number of them, since only visible ones are worded."""

    def __init__(self, fate: Fate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        told = {
            Fate.NEW: _("What it brings"),
            Fate.CHANGED: _("What changes"),
            Fate.UNCHANGED: _("Why nothing changes"),
            Fate.REJECTED: _("Why it is rejected"),
        }
        self._columns = (
            Column(_("Line"), _line, number=True),
            Column(_("Record"), _label, tip=_label),
            Column(told[fate], _text, tip=_text),
        )
        self._rows: Sequence[PreviewRow] = ()

    def show_rows(self, rows: Sequence[PreviewRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        return cell_data(self._columns[index.column()], self._rows[index.row()], role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        return header_data(self._columns, section, orientation, role)


class PreviewTable(CalmTable):
    """The rows of one fate. ``told`` carries the whole text of the row that is looked at."""

    told = Signal(str)

    def __init__(self, fate: Fate, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.rows = PreviewModel(fate, self)
        self.setModel(self.rows)
        self.setItemDelegate(TextDelegate(self, quiet=True))
        use_delegate(self, 0, TextDelegate(self, quiet=True, figures=True))
        use_delegate(self, 1, TextDelegate(self, strong=True))
        self.remember(f"import-{fate}", [56, 180, 100])
        self.selectionModel().currentRowChanged.connect(self._tell)

    def show_plans(self, plans: Sequence[TablePlan], fate: Fate) -> int:
        """Show the rows of ``plans`` with one fate; returns their number."""
        rows = [
            PreviewRow(plan.kind, row, plan.derived)
            for plan in plans
            for row in plan.rows_with(fate)
        ]
        self.rows.show_rows(rows)
        return len(rows)

    def _tell(self, current: QModelIndex, _previous: QModelIndex) -> None:
        text = current.siblingAtColumn(2).data() if current.isValid() else ""
        self.told.emit(str(text or ""))
