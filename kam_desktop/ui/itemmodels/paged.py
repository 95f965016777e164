"""A table of any length: first its first page, then all ids, then each page when it is looked at.

Sorting and filtering happen in SQL. Rows that are not there yet show an ellipsis; they are fetched
as soon as a view asks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.services.storage.reader import Reader
from kam_desktop.ui.itemmodels.columns import Column, cell_data, header_data
from kam_desktop.ui.shell.lanes import Lanes

PAGE = 200
FIRST = 100
MAX_PAGES = 40
LOADING = "…"
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

IdsQuery = Callable[..., list[str]]
RowsQuery = Callable[[Reader, Sequence[str]], list[Any]]
PageQuery = Callable[..., list[Any]]


@dataclass(frozen=True, slots=True)
class Source:
    """The queries behind a table, and the tables whose changes concern it.

    ``first(db, limit=…, **options)`` gives one row more than ``limit`` when there are more,
    ``ids(db, **options)`` all ids in order, ``rows(db, ids)`` the records of some ids.
    ``table`` is the table whose ids these are.
    """

    first: PageQuery
    ids: IdsQuery
    rows: RowsQuery
    table: str
    related: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    generation: int
    rows: list[Any]


class PagedTableModel(QAbstractTableModel):
    """``loaded`` is emitted when all ids are known; ``first_page`` when there is something to see.

    Indexes carry no pointers. A refresh changes rows in place: under an open editor nothing is ever
    reset.
    """

    first_page = Signal()
    loaded = Signal()

    def __init__(
        self,
        source: Source,
        columns: Sequence[Column],
        lanes: Lanes,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._columns = tuple(columns)
        self._lanes = lanes
        self._options: dict[str, Any] = {}
        self._ids: list[str] = []
        self._rows: dict[str, Any] = {}
        self._at: dict[str, int] = {}
        self._complete = False
        self._asked: set[int] = set()
        self._order: list[int] = []
        self._wanted: list[int] = []
        self._generation = 0
        self._fetching = False
        self._fetch_soon = QTimer(self)
        self._fetch_soon.setSingleShot(True)
        self._fetch_soon.setInterval(0)
        self._fetch_soon.timeout.connect(self._fetch)

    # What the page asks for

    @property
    def complete(self) -> bool:
        """Whether all ids are known (the number of rows is final)."""
        return self._complete

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._columns

    @property
    def rows_in_memory(self) -> int:
        """How many records are held now."""
        return len(self._rows)

    def load(self, options: Mapping[str, Any] | None = None) -> None:
        """Show what fits ``options`` (text, tiers, sort, descending …), from its first page on."""
        self._options = dict(options or {})
        self._generation += 1
        self._lanes.read(
            self,
            _first,
            self._source,
            self._generation,
            on_done=self._show_first,
            options={"options": self._options},
        )

    def refresh(self, changes: ChangeSet | None) -> None:
        """Show again what a change concerns; None: everything, keeping place and selection."""
        if changes is not None and not changes.touches(self._source.table, *self._source.related):
            return
        self._asked.clear()
        self._wanted = sorted(self._pages_in_memory(), reverse=True)
        self._read_ids()
        self._fetch_soon.start()

    def id_at(self, index: Index) -> str:
        """The id of a record, also while the record itself is not there yet; empty when invalid."""
        return self._ids[index.row()] if self._has(index) else ""

    def record(self, index: Index) -> Any | None:
        """The record, or None while it is not there yet."""
        return self._rows.get(self.id_at(index)) if self._has(index) else None

    def index_of(self, row_id: str) -> QModelIndex:
        """Where a record is; an invalid index when it is not among these."""
        at = self._at.get(row_id, -1)
        return self.index(at, 0) if at >= 0 else QModelIndex()

    # Loading

    def _show_first(self, page: _Page) -> None:
        if page.generation != self._generation:
            return
        more = len(page.rows) > FIRST
        rows = page.rows[:FIRST]
        self._set_ids([row.id for row in rows], {row.id: row for row in rows})
        self._complete = not more
        self.first_page.emit()
        if more:
            self._read_ids()
        else:
            self.loaded.emit()

    def _read_ids(self) -> None:
        self._lanes.read(
            self,
            _all_ids,
            self._source,
            self._generation,
            on_done=self._show_ids,
            options={"options": self._options},
        )

    def _show_ids(self, found: tuple[int, list[str]]) -> None:
        generation, ids = found
        if generation != self._generation:
            return
        self._merge_ids(ids)
        self._complete = True
        self.loaded.emit()

    def _set_ids(self, ids: list[str], rows: dict[str, Any]) -> None:
        self.beginResetModel()
        self._ids = ids
        self._rows = rows
        self._index_ids()
        self._asked.clear()
        self._order.clear()
        self._wanted.clear()
        self.endResetModel()

    def _merge_ids(self, ids: list[str]) -> None:
        """Go from the ids shown to ``ids`` by removals, insertions or, if need be, a new layout."""
        old = self._ids
        if ids == old:
            return
        if ids[: len(old)] == old:
            self.beginInsertRows(_NOWHERE, len(old), len(ids) - 1)
            self._ids = ids
            self._index_ids()
            self.endInsertRows()
        elif not self._step_by_step(ids):
            self._lay_out_anew(ids)
        for gone in self._rows.keys() - self._at.keys():
            del self._rows[gone]

    def _step_by_step(self, ids: list[str]) -> bool:
        """Remove and insert single rows when the rest keeps its order and they are few."""
        wanted, present = set(ids), set(self._ids)
        gone = [at for at, row_id in enumerate(self._ids) if row_id not in wanted]
        new = [at for at, row_id in enumerate(ids) if row_id not in present]
        kept_now = [row_id for row_id in self._ids if row_id in wanted]
        kept_then = [row_id for row_id in ids if row_id in present]
        if kept_now != kept_then or len(gone) + len(new) > PAGE:
            return False
        for at in reversed(gone):
            self.beginRemoveRows(_NOWHERE, at, at)
            self._ids = self._ids[:at] + self._ids[at + 1 :]
            self._index_ids()
            self.endRemoveRows()
        for at in new:
            self.beginInsertRows(_NOWHERE, at, at)
            self._ids = [*self._ids[:at], ids[at], *self._ids[at:]]
            self._index_ids()
            self.endInsertRows()
        return True

    def _lay_out_anew(self, ids: list[str]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        names = [self._ids[index.row()] for index in before]
        self._ids = ids
        self._index_ids()
        after = [
            self.index(self._at[name], index.column()) if name in self._at else QModelIndex()
            for name, index in zip(names, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
        self._asked.clear()

    def _index_ids(self) -> None:
        self._at = {row_id: at for at, row_id in enumerate(self._ids)}

    # Fetching pages

    def _want(self, row: int) -> None:
        number = row // PAGE
        if number not in self._asked:
            self._asked.add(number)
            self._wanted.append(number)
            self._fetch_soon.start()

    def _fetch(self) -> None:
        if self._fetching or not self._wanted:
            return
        # The page looked at last comes first: a scroll bar dragged through leaves others behind.
        number = self._wanted.pop()
        ids = self._ids[number * PAGE : (number + 1) * PAGE]
        if not ids:
            self._fetch_soon.start()
            return
        self._fetching = True
        self._lanes.read(
            self,
            _page,
            self._source,
            number,
            self._generation,
            ids,
            on_done=self._show_page,
            on_error=self._fetch_failed,
        )

    def _fetch_failed(self, error: BaseException) -> None:
        self._fetching = False
        self._lanes.failed.emit(error)

    def _show_page(self, page: _Page) -> None:
        self._fetching = False
        if page.generation == self._generation:
            self._take_rows(page)
        if self._wanted:
            self._fetch_soon.start()

    def _take_rows(self, page: _Page) -> None:
        changed: list[int] = []
        for row in page.rows:
            at = self._at.get(row.id, -1)
            if at >= 0 and self._rows.get(row.id) != row:
                self._rows[row.id] = row
                changed.append(at)
        if changed:
            last = len(self._columns) - 1
            self.dataChanged.emit(self.index(min(changed), 0), self.index(max(changed), last))
        self._forget_far_pages(page.number)

    def _forget_far_pages(self, newest: int) -> None:
        if newest in self._order:
            self._order.remove(newest)
        self._order.append(newest)
        while len(self._order) > MAX_PAGES:
            number = self._order.pop(0)
            self._asked.discard(number)
            for row_id in self._ids[number * PAGE : (number + 1) * PAGE]:
                self._rows.pop(row_id, None)

    def _pages_in_memory(self) -> set[int]:
        return {self._at[row_id] // PAGE for row_id in self._rows if row_id in self._at}

    # Qt's side

    def _has(self, index: Index) -> bool:
        return index.isValid() and index.row() < len(self._ids)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self._has(index):
            return None
        record = self._rows.get(self._ids[index.row()])
        if record is not None:
            return cell_data(self._columns[index.column()], record, role)
        if role == Qt.ItemDataRole.DisplayRole:
            self._want(index.row())
            return LOADING if index.column() == 0 else ""
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        return header_data(self._columns, section, orientation, role)


def _first(db: Reader, source: Source, generation: int, *, options: dict[str, Any]) -> _Page:
    return _Page(0, generation, source.first(db, limit=FIRST, **options))


def _all_ids(
    db: Reader, source: Source, generation: int, *, options: dict[str, Any]
) -> tuple[int, list[str]]:
    return generation, source.ids(db, **options)


def _page(db: Reader, source: Source, number: int, generation: int, ids: list[str]) -> _Page:
    return _Page(number, generation, source.rows(db, ids))
