"""The table in which the meaning of each column is seen and corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QHeaderView, QStyleOptionViewItem, QWidget

from kam_desktop.services.exchange.columns import ColumnMapping
from kam_desktop.services.exchange.fields import FIELDS, Kind, field_label
from kam_desktop.services.exchange.headers import cell_text
from kam_desktop.services.exchange.tables import Table
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _
from kam_desktop.ui.delegates.cells import TextDelegate, use_delegate
from kam_desktop.ui.icons import pixmap
from kam_desktop.ui.theme import Space, colours, theme
from kam_desktop.ui.widgets.table import CalmTable

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_SAMPLES = 3
_SAMPLE_COLUMN, _MEANING = 1, 2


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column of a file: its name, some of its values, and the field it fills."""

    name: str
    samples: str
    field: str


def column_rows(table: Table, mapping: ColumnMapping) -> list[ColumnRow]:
    """One row per column of ``table``."""
    return [
        ColumnRow(name or _("(no name)"), _samples(table, at), mapping.columns[at])
        for at, name in enumerate(table.header)
    ]


def _samples(table: Table, at: int) -> str:
    """The first different values of a column."""
    found: dict[str, None] = {}
    for row in table.rows[:200]:
        text = " ".join(cell_text(row.cells[at])[:60].split()) if at < len(row.cells) else ""
        if text:
            found[text] = None
        if len(found) == _SAMPLES:
            break
    return joined(found)


class ColumnsModel(QAbstractTableModel):
    """Columns of a file. ``chosen`` carries (position, field) when the user corrects one."""

    chosen = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ColumnRow] = []
        self.kind = Kind.ACCOUNTS

    def show_rows(self, kind: Kind, rows: Sequence[ColumnRow]) -> None:
        """Show the columns of a table; only what differs is told to the view when it can be."""
        same = kind is self.kind and [row.name for row in rows] == [r.name for r in self._rows]
        self.kind = kind
        if same:
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, _MEANING))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 3

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == _MEANING else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (row.name, row.samples, self.meaning(row.field))[index.column()]
        if role == Qt.ItemDataRole.EditRole and index.column() == _MEANING:
            return row.field
        return None

    def meaning(self, field: str) -> str:
        """A field's name, or that the column is left out."""
        return field_label(self.kind, field) if field else _("Leave out")

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != _MEANING:
            return False
        if self._rows[index.row()].field != value:
            self.chosen.emit(index.row(), str(value))
        return True

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (_("Column in the file"), _("Values in it"), _("Becomes"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class MeaningDelegate(TextDelegate):
    """A drop-down with all fields of the kind; quiet while the column is left out."""

    def paint_content(self, painter: QPainter, rect: QRect, index: Index) -> None:
        self._quiet = not index.data(Qt.ItemDataRole.EditRole)
        size = theme().px(Space.L)
        super().paint_content(painter, rect.adjusted(0, 0, -size - theme().px(Space.S), 0), index)
        arrow = pixmap("chevron-down", colours().text3, size, painter.device().devicePixelRatioF())
        top = rect.center().y() - size // 2
        painter.drawPixmap(rect.right() - size - theme().px(Space.S), top, arrow)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        combo = QComboBox(parent)
        combo.setAccessibleName(_("Becomes"))
        model = index.model()
        if isinstance(model, ColumnsModel):
            combo.addItem(model.meaning(""), "")
            for field in FIELDS[model.kind]:
                combo.addItem(model.meaning(field), field)
        combo.activated.connect(self._finish)
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))
            editor.showPopup()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        editor.setGeometry(option.rect)

    def _finish(self, _position: int) -> None:
        combo = self.sender()
        if isinstance(combo, QComboBox):
            self.commitData.emit(combo)
            self.closeEditor.emit(combo)


class ColumnsTable(CalmTable):
    """What the columns of a file mean; Enter, F2 or a click opens the choice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Meaning of the columns"), parent)
        self.columns = ColumnsModel(self)
        self.setModel(self.columns)
        self.setItemDelegate(TextDelegate(self, quiet=True))
        use_delegate(self, 0, TextDelegate(self, strong=True))
        use_delegate(self, _MEANING, MeaningDelegate(self))
        self.setSelectionMode(CalmTable.SelectionMode.SingleSelection)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_SAMPLE_COLUMN, QHeaderView.ResizeMode.Stretch)
        self.remember("import-meanings", [170, 200, 190])
        self.clicked.connect(self._edit)
        self.opened.connect(self._edit)

    def _edit(self, index: QModelIndex) -> None:
        meaning = index.siblingAtColumn(_MEANING)
        self.setCurrentIndex(meaning)
        self.edit(meaning)
