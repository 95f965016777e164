"""A calm table: no vertical lines, the row under the pointer lifted, widths remembered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from kam_desktop.services.i18n import _
from kam_desktop.ui.theme import colours, theme


class CalmTable(QTableView):
    """A table of records. ``opened`` carries the index that was opened (Enter, double click).

    With `remember`, widths, order and the choice of columns survive restarts.
    """

    opened = Signal(QModelIndex)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._hovered = -1
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setAlternatingRowColors(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(False)
        self._set_up_headers()
        theme().changed.connect(self._fit_rows)
        self._fit_rows()

    def _set_up_headers(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)

    def _fit_rows(self) -> None:
        look = theme()
        self.verticalHeader().setDefaultSectionSize(look.row_height)
        self.verticalHeader().setMinimumSectionSize(look.px(20))

    # Columns

    def remember(self, key: str, widths: list[int]) -> None:
        """Restore columns kept under ``key``, or use ``widths`` (pixels at scale 1)."""
        self._key = key
        header = self.horizontalHeader()
        settings = QSettings()
        kept = settings.value(f"columns/{key}")
        if kept is None or not header.restoreState(kept) or header.count() != len(widths):
            for column, width in enumerate(widths):
                header.resizeSection(column, theme().px(width))
        else:
            grown = theme().scale / float(str(settings.value(f"columns/{key}-scale", 1.0)))
            for column in range(header.count()) if grown != 1 else ():
                header.resizeSection(column, round(header.sectionSize(column) * grown))
        header.sectionResized.connect(self._keep)
        header.sectionMoved.connect(self._keep)

    def _keep(self, *_moved: int) -> None:
        if self._key:
            settings = QSettings()
            settings.setValue(f"columns/{self._key}", self.horizontalHeader().saveState())
            settings.setValue(f"columns/{self._key}-scale", theme().scale)

    def choose_columns(self, at: QPoint | None = None) -> QMenu:
        """Open the menu of columns; the first column always stays."""
        menu = QMenu(_("Columns"), self)
        header = self.horizontalHeader()
        model = self.model()
        for column in range(1, header.count()):
            title = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
            action = menu.addAction(str(title))
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(column))
            action.setData(column)
        menu.triggered.connect(self._show_column)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at or header.mapToGlobal(QPoint(0, header.height())))
        return menu

    def _show_column(self, action: QAction) -> None:
        self.horizontalHeader().setSectionHidden(int(action.data()), not action.isChecked())
        self._keep()

    def _offer_columns(self, at: QPoint) -> None:
        self.choose_columns(self.horizontalHeader().mapToGlobal(at))

    # Rows

    @property
    def hovered_row(self) -> int:
        return self._hovered

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        editing = self.state() == QAbstractItemView.State.EditingState
        index = self.currentIndex()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and plain and not editing and index.isValid():
            self.opened.emit(index)
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(index)
            return
        super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(int(event.position().y())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()


def paint_row_ground(
    painter: QPainter,
    option: QStyleOptionViewItem,
    index: QModelIndex | QPersistentModelIndex,
    *,
    selected: bool,
) -> None:
    """Draw what lies behind a cell: the selection, or the lift of the row under the pointer."""
    view = option.widget
    hovered = isinstance(view, CalmTable) and view.hovered_row == index.row()
    if selected:
        painter.fillRect(option.rect, QColor(colours().accent_soft))
    elif hovered:
        painter.fillRect(option.rect, QColor(colours().bg))
