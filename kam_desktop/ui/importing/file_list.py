"""The tables of the chosen files, with what each was recognised as."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kam_desktop.services.exchange.fields import kind_label
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _
from kam_desktop.ui.importing.files import LoadedTable
from kam_desktop.ui.importing.words import rows_text
from kam_desktop.ui.theme import RADIUS, Space, TextRole, colours, theme
from kam_desktop.ui.widgets.buttons import make_action

_NOTE = Qt.ItemDataRole.UserRole + 1


class FileList(QListWidget):
    """One entry per table. ``shown`` carries the position of the one to look at, ``removed`` of
    one to forget (Del)."""

    shown = Signal(object)
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Files to import"))
        self.setProperty("bare", "true")
        self.setItemDelegate(_FileDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.remove: QAction = make_action(
            _("Take the file off the list"), self, shortcut="Del", icon_name="x"
        )
        self.remove.triggered.connect(self._remove_current)
        self.currentRowChanged.connect(self._show_row)

    def show_tables(self, tables: Sequence[LoadedTable]) -> None:
        """Show these tables; the one looked at stays when it is still there."""
        row = max(0, self.currentRow())
        self.blockSignals(True)
        while self.count() > len(tables):
            self.takeItem(self.count() - 1)
        for position, loaded in enumerate(tables):
            if position >= self.count():
                self.addItem(QListWidgetItem())
            self._word(self.item(position), loaded)
        self.setCurrentRow(min(row, len(tables) - 1))
        self.blockSignals(False)

    def _word(self, item: QListWidgetItem, loaded: LoadedTable) -> None:
        kind = kind_label(loaded.mapping.kind) if loaded.mapping else _("Left out")
        note = joined([kind, rows_text(len(loaded.table.rows))])
        item.setText(loaded.table.name)
        item.setData(_NOTE, note)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{loaded.table.name}, {note}")

    def _show_row(self, row: int) -> None:
        if row >= 0:
            self.shown.emit(row)

    def _remove_current(self) -> None:
        if self.currentRow() >= 0:
            self.removed.emit(self.currentRow())


class _FileDelegate(QStyledItemDelegate):
    """Two lines: the file, and quietly what it is."""

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, theme().px(46))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        look, px = theme(), theme().px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = option.rect.adjusted(0, px(2), 0, -px(2))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours().accent_soft))
            painter.drawRoundedRect(ground, px(RADIUS), px(RADIUS))
        area = ground.adjusted(px(Space.S), px(Space.XS), -px(Space.S), -px(Space.XS))
        half = QRect(area.left(), area.top(), area.width(), area.height() // 2)
        lines = (
            (index.data(), look.font(bold=True), colours().text, Qt.TextElideMode.ElideMiddle),
            (index.data(_NOTE), look.font(TextRole.SMALL), colours().text2, None),
        )
        for number, (text, font, colour, elide) in enumerate(lines):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            mode = elide or Qt.TextElideMode.ElideRight
            shown = painter.fontMetrics().elidedText(str(text or ""), mode, half.width())
            line = half.translated(0, number * half.height())
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()
