"""A card with a calm table of a few hundred records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from kam_desktop.ui.delegates.cells import TextDelegate, use_delegate
from kam_desktop.ui.itemmodels.columns import Column
from kam_desktop.ui.itemmodels.rows import RowsModel
from kam_desktop.ui.theme import theme
from kam_desktop.ui.widgets.card import Card
from kam_desktop.ui.widgets.table import CalmTable

LEAST_ROWS = 6


class RecordCard(Card):
    """Shows ``rows`` or, when there are none, the empty state. ``selection_changed``."""

    selection_changed = Signal()

    def __init__(
        self,
        title: str,
        subtitle: str,
        columns: Sequence[Column],
        *,
        key: str,
        widths: list[int],
        empty: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, subtitle, parent)
        self.model: RowsModel[Any] = RowsModel(columns, self)
        self.table = CalmTable(title)
        self.table.setProperty("bare", "true")
        self.table.setModel(self.model)
        self.table.remember(key, widths)
        self.table.setItemDelegate(TextDelegate(self.table, quiet=True))
        use_delegate(self.table, 0, TextDelegate(self.table))
        self.table.setMinimumHeight(theme().row_height * LEAST_ROWS)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        self._empty = empty
        self.add(self._stack, 1)
        self.table.selectionModel().selectionChanged.connect(self._selected)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these, changing no more than what differs."""
        self.model.set_rows(rows)
        self._stack.setCurrentWidget(self.table if rows else self._empty)

    def selected(self) -> list[Any]:
        """The selected records, from the top."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.rows[row] for row in rows]

    def _selected(self) -> None:
        self.selection_changed.emit()
