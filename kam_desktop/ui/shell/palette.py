"""The command palette: type to find a command, an account, a person, a note, a meeting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kam_desktop.services.i18n import _
from kam_desktop.services.queries.search import SearchHit, search
from kam_desktop.ui.icons import pixmap
from kam_desktop.ui.shell.commands import CommandGroup
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.palette_entries import Entry, command_entries, hit_entries
from kam_desktop.ui.theme import Space, TextRole, colours, theme
from kam_desktop.ui.widgets.labels import text_label
from kam_desktop.ui.widgets.search_field import SearchField

HITS = 6
WIDTH = 560
HEIGHT = 420
ROW = 36
Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1


class PaletteModel(QAbstractListModel):
    """The lines of the palette."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def show_entries(self, entries: list[Entry]) -> None:
        """Replace all lines (nothing is ever edited here)."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def entry(self, index: Index) -> Entry | None:
        row = index.row()
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry(index)
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.title, entry.subtitle, entry.note) if part)
        return entry if role == ENTRY_ROLE else None


class PaletteDelegate(QStyledItemDelegate):
    """Icon, title, what it belongs to, and the key or kind at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme().px(200), theme().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, Entry):
            return
        painter.save()
        look, px = theme(), theme().px
        area = option.rect.adjusted(px(Space.M), 0, -px(Space.M), 0)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(look.colours.accent_soft))
        side = px(Space.L)
        drawn = pixmap(entry.icon, look.colours.text2, side, painter.device().devicePixelRatioF())
        painter.drawPixmap(area.left(), area.center().y() - side // 2 + 1, side, side, drawn)
        area.setLeft(area.left() + side + px(Space.M))
        _draw_texts(painter, area, entry)
        painter.restore()


def _draw_texts(painter: QPainter, area: QRect, entry: Entry) -> None:
    look, middle = theme(), Qt.AlignmentFlag.AlignVCenter
    painter.setFont(look.font(TextRole.SMALL))
    painter.setPen(QColor(colours().text3))
    note = painter.fontMetrics().horizontalAdvance(entry.note)
    painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, entry.note)
    area = area.adjusted(0, 0, -note - look.px(Space.L), 0)
    painter.setFont(look.font())
    painter.setPen(QColor(colours().text))
    metrics = painter.fontMetrics()
    title = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, middle, title)
    area = area.adjusted(metrics.horizontalAdvance(title) + look.px(Space.S), 0, 0, 0)
    painter.setFont(look.font(TextRole.SMALL))
    painter.setPen(QColor(colours().text2))
    shown = painter.fontMetrics().elidedText(
        entry.subtitle, Qt.TextElideMode.ElideRight, area.width()
    )
    if area.width() > look.px(Space.XXL):
        painter.drawText(area, middle, shown)


class CommandPalette(QFrame):
    """Lies over the window while it is open. Arrows choose, Enter runs, Escape closes."""

    def __init__(
        self, context: AppContext, groups: Callable[[], list[CommandGroup]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setAccessibleName(_("Search and commands"))
        self._context = context
        self._groups = groups
        self._window = parent
        self._text = ""
        self._shown_for = ""
        self._run_when_found = False
        self._back_to: QWidget | None = None
        self.field = SearchField(_("Search accounts, people, promises, or type a command"))
        self.field.setClearButtonEnabled(False)
        self.model = PaletteModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(PaletteDelegate(self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setUniformItemSizes(True)
        self.view.setAccessibleName(_("Found"))
        self._nothing = text_label(_("Nothing found. Try fewer letters."), "secondary")
        self._nothing.setContentsMargins(*[theme().px(Space.L)] * 4)
        self._lay_out()
        self._connect_signals()
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        margin = theme().px(Space.XS)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(margin)
        for widget in (self.field, self.view, self._nothing):
            column.addWidget(widget)

    def _connect_signals(self) -> None:
        self.field.textEdited.connect(self._typed)
        self.field.searched.connect(self._search)
        self.view.clicked.connect(self._run)
        self.field.installEventFilter(self)

    def open_palette(self, text: str = "") -> None:
        """Show the palette with the keyboard in it."""
        self._back_to = self._window.focusWidget()
        px = theme().px
        width = min(px(WIDTH), self._window.width() - px(Space.XXL))
        self.setGeometry((self._window.width() - width) // 2, px(Space.XL), width, px(HEIGHT))
        self.field.setText(text)
        self._show([])
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_palette(self) -> None:
        """Hide it and give the keyboard back."""
        self.hide()
        if self._back_to is not None:
            self._back_to.setFocus(Qt.FocusReason.OtherFocusReason)
        self._back_to = None

    def _typed(self, text: str) -> None:
        self._run_when_found = False
        if not text.strip():
            self._show([])

    def _search(self, text: str) -> None:
        self._text = text
        if not self.isVisible() or text == self._shown_for:
            return
        if not text:
            self._show([])
            return
        self._context.lanes.read(self, search, text, HITS, on_done=self._found)

    def _found(self, hits: list[SearchHit]) -> None:
        if self.isVisible() and self.field.text().strip() == self._text:
            self._show(hits)

    def _show(self, hits: list[SearchHit]) -> None:
        text = self.field.text()
        self._shown_for = text.strip()
        commands = command_entries(self._groups(), text)
        found = hit_entries(hits, self._context.navigator)
        # Names come before commands unless a command is what was typed from its beginning.
        entries = commands + found if len(commands) == 1 or not found else found + commands
        self.model.show_entries(entries)
        self._nothing.setVisible(not entries)
        self.view.setVisible(bool(entries))
        self._fit(len(entries))
        if entries:
            self.view.setCurrentIndex(self.model.index(0, 0))
        if self._run_when_found:
            self._run_when_found = False
            self._run(self.view.currentIndex())

    def _fit(self, lines: int) -> None:
        """Be as high as the lines need, within the window."""
        px = theme().px
        room = min(px(HEIGHT), self._window.height() - 2 * px(Space.XL))
        row = self.view.sizeHintForRow(0) if lines else px(ROW)
        wanted = self.field.sizeHint().height() + 4 * px(Space.XS) + max(1, lines) * row
        self.resize(self.width(), min(room, wanted))

    def _run_shown(self) -> None:
        """Run the line chosen; when the lines are still those of fewer letters, wait for them."""
        if self.field.text().strip() == self._shown_for:
            self._run(self.view.currentIndex())
        else:
            self._run_when_found = True

    def _run(self, index: QModelIndex) -> None:
        entry = self.model.entry(index)
        if entry is not None:
            self.close_palette()
            # After the palette is gone, so that a command meets the widget it was meant for.
            QTimer.singleShot(0, self._window, entry.run)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event) or super().eventFilter(watched, event)
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            QTimer.singleShot(0, self, self._close_when_left)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        if key in steps:
            last = self.model.rowCount() - 1
            row = max(0, min(last, self.view.currentIndex().row() + steps[key]))
            self.view.setCurrentIndex(self.model.index(row, 0))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run_shown()
            # The field's own Enter searches at once, if it has not yet.
            return False
        if key == Qt.Key.Key_Escape:
            self.close_palette()
            return True
        return False

    def _close_when_left(self) -> None:
        focused = self._window.focusWidget()
        if self.isVisible() and self._window.isActiveWindow() and focused is not self.field:
            self.hide()
