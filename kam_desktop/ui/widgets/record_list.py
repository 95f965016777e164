"""A page-filling list of records: filter field, table of any length, and what to do when empty."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.itemmodels.paged import PagedTableModel
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.buttons import IconButton
from kam_desktop.ui.widgets.card import EmptyState
from kam_desktop.ui.widgets.labels import text_label
from kam_desktop.ui.widgets.search_field import SearchField
from kam_desktop.ui.widgets.table import CalmTable


class RecordList(QWidget):
    """``opened`` carries the id of a record; ``selection_changed`` says that it did.

    Further filters go into ``filters``. The empty state given is shown when there is nothing at
    all; when only the filter leaves nothing, another one says so.
    """

    opened = Signal(str)
    selection_changed = Signal()
    loaded = Signal()

    def __init__(
        self,
        model: PagedTableModel,
        empty: QWidget,
        *,
        key: str,
        widths: list[int],
        placeholder: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._options: dict[str, Any] = {"sort": "name"}
        self._descending = False
        self.field = SearchField(placeholder)
        self.field.setMaximumWidth(theme().px(320))
        self.table = CalmTable(placeholder)
        self.table.setModel(model)
        self.table.remember(key, widths)
        self._columns = IconButton("columns-3", _("Choose columns"))
        self._count = text_label("", "small")
        self._stack = QStackedWidget()
        self._empty = empty
        self._nothing = EmptyState("search", "", "")
        self.explain_nothing()
        self._lay_out()
        self._connect_signals()
        header = self.table.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)

    def _lay_out(self) -> None:
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.M))
        row = QHBoxLayout()
        row.setSpacing(px(Space.S))
        row.addWidget(self.field, 2)
        self.filters = QHBoxLayout()
        self.filters.setSpacing(px(Space.XS))
        row.addLayout(self.filters)
        row.addStretch(1)
        row.addWidget(self._count)
        row.addWidget(self._columns)
        column.addLayout(row)
        for widget in (self.table, self._empty, self._nothing):
            self._stack.addWidget(widget)
        column.addWidget(self._stack, 1)

    def _connect_signals(self) -> None:
        self.field.searched.connect(self._search)
        self.table.opened.connect(self._open)
        self.table.horizontalHeader().sectionClicked.connect(self._sort)
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self._columns.clicked.connect(self._choose_columns)
        self.model.first_page.connect(self._show_state)
        self.model.loaded.connect(self._show_state)
        self.model.loaded.connect(self.loaded)

    # For the page

    def load(self) -> None:
        """Read the list anew, with the filter and order in use."""
        self.model.load(self._options)

    def filter_by(self, **options: Any) -> None:
        """Change some of the query's options (None takes one away) and read anew."""
        for name, value in options.items():
            if value is None:
                self._options.pop(name, None)
            else:
                self._options[name] = value
        self.load()

    def refresh(self, changes: ChangeSet | None) -> None:
        """Show what a change concerns."""
        self.model.refresh(changes)

    def explain_nothing(self, title: str = "", text: str = "") -> None:
        """Say something else when a filter leaves nothing; the usual words without a title."""
        usual = (_("Nothing fits"), _("Use fewer letters, or take a filter away."))
        self._nothing.show_text(*((title, text) if title else usual))

    @property
    def filtered(self) -> bool:
        return bool(self._options.keys() - {"sort", "descending"})

    def selected_ids(self) -> list[str]:
        """The ids of the selected rows, from the top."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.id_at(self.model.index(row, 0)) for row in rows]

    def select(self, row_id: str) -> bool:
        """Select a record, bring it into view and put the keyboard on it; False if not listed."""
        index = self.model.index_of(row_id)
        if not index.isValid():
            return False
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # Slots

    def _search(self, text: str) -> None:
        if text != self._options.get("text", ""):
            self.filter_by(text=text or None)

    def _sort(self, column: int) -> None:
        name = self.model.columns[column].sort
        header = self.table.horizontalHeader()
        if not name:
            return
        same = self._options.get("sort") == name
        self._descending = same and not self._descending
        order = Qt.SortOrder.DescendingOrder if self._descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(column, order)
        self.filter_by(sort=name, descending=self._descending or None)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.id_at(index))

    def _selected(self) -> None:
        self.selection_changed.emit()

    def _choose_columns(self) -> None:
        corner = self._columns.mapToGlobal(self._columns.rect().bottomLeft())
        self.table.choose_columns(corner)

    def _show_state(self) -> None:
        from kam_desktop.services.formatting import number

        rows = self.model.rowCount()
        empty = self._nothing if self.filtered else self._empty
        self.field.setEnabled(bool(rows) or self.filtered)
        if not rows and self.table.hasFocus():
            # Hiding the table would send the keyboard to the first control of the window.
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stack.setCurrentWidget(self.table if rows else empty)
        self._count.setText(number(rows) if self.model.complete and rows else "")
