"""The coverage matrix as a table model: a row per person, headed by buying centres."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kam_desktop.services.contact_matrix import (
    CellSpec,
    ColumnSpec,
    GroupSpec,
    MatrixScene,
    RowSpec,
    describe_cell,
    state_word,
)
from kam_desktop.ui.widgets import plain_tip

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Line: TypeAlias = GroupSpec | RowSpec
_NOWHERE = QModelIndex()


class MatrixModel(QAbstractTableModel):
    """Lines are groups and people; the cells of groups are empty and cannot be met."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._columns: tuple[ColumnSpec, ...] = ()
        self._cells: dict[tuple[int, int], CellSpec] = {}

    def show_scene(self, scene: MatrixScene) -> None:
        """Show another state; when the same people meet the same of ours, only cells change."""
        lines: list[Line] = []
        for group in scene.groups:
            lines += [group, *group.rows]
        if _keys(lines) == _keys(self._lines) and _ids(scene.columns) == _ids(self._columns):
            self._update(lines, scene.columns)
            return
        self.beginResetModel()
        self._take(lines, scene.columns)
        self.endResetModel()

    def _take(self, lines: list[Line], columns: tuple[ColumnSpec, ...]) -> None:
        self._lines, self._columns = lines, columns
        self._cells = {
            (at, column): cell
            for at, line in enumerate(lines)
            if isinstance(line, RowSpec)
            for column, cell in enumerate(line.cells)
        }

    def _update(self, lines: list[Line], columns: tuple[ColumnSpec, ...]) -> None:
        before = self._cells
        self._take(lines, columns)
        for (row, column), cell in self._cells.items():
            if before.get((row, column)) != cell:
                self.dataChanged.emit(self.index(row, column), self.index(row, column))
        if lines:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(lines) - 1)
        if columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)

    def show_state(self, row: int, column: int, state: str | None) -> None:
        """Show what was just chosen, until what is stored is read again."""
        cell = self._cells.get((row, column))
        if cell is not None:
            contact = replace(cell.contact, state=state)
            self._cells[row, column] = replace(cell, contact=contact, suggestion=None)
            self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def line(self, row: int) -> Line | None:
        """A group or a person."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def person_at(self, row: int) -> str:
        """The id of the person of a line, '' for a group."""
        line = self.line(row)
        return line.id if isinstance(line, RowSpec) else ""

    def row_of(self, person_id: str) -> int:
        """The line of a person, or −1."""
        return next(
            (at for at, line in enumerate(self._lines)
             if isinstance(line, RowSpec) and line.id == person_id), -1
        )  # fmt: skip

    def first_row(self) -> int:
        """The line of the first person, or −1."""
        return next((at for at, line in enumerate(self._lines) if isinstance(line, RowSpec)), -1)

    def column_of(self, member_id: str) -> int:
        """The column of one of ours, or −1."""
        return next((at for at, column in enumerate(self._columns) if column.id == member_id), -1)

    def column(self, section: int) -> ColumnSpec | None:
        """One of ours."""
        return self._columns[section] if 0 <= section < len(self._columns) else None

    def cell(self, index: Index) -> CellSpec | None:
        """What is known about two people; None in the line of a group."""
        return self._cells.get((index.row(), index.column())) if index.isValid() else None

    # Qt

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.cell(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell, line, column = self.cell(index), self.line(index.row()), self.column(index.column())
        if cell is None or column is None or not isinstance(line, RowSpec):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return state_word(cell.state)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(describe_cell(line, column, cell)).replace("\n", "<br>")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return describe_cell(line, column, cell).replace("\n", ", ")
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        spec = self.column(section) if across else self.line(section)
        if spec is None:
            return None
        if isinstance(spec, GroupSpec):
            return spec.title if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return spec.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(spec.description).replace("\n", "<br>")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spec.description.replace("\n", ", ")
        return None


def _keys(lines: list[Line]) -> list[str]:
    return [line.id if isinstance(line, RowSpec) else f"group:{line.title}" for line in lines]


def _ids(columns: tuple[ColumnSpec, ...]) -> list[str]:
    return [column.id for column in columns]
