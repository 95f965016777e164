"""The items of a checklist template while it is edited; nothing is stored before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.words import word
from kam_desktop.ui.meetings.changes import DraftLine
from kam_desktop.ui.meetings.template_words import place_words

Index = QModelIndex | QPersistentModelIndex
TEXT, DAYS, WHO, ITSELF = range(4)
MAX_DAYS = 730
_MIME = "application/x-kam-template-line"
_MOST_STEPS = 200


class TemplateLines(QAbstractTableModel):
    """Text and days before can be edited in place; the rest by `put`. `take_back` is undo."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[DraftLine] = []
        self._past: list[tuple[object, tuple[DraftLine, ...]]] = []

    def show(self, lines: Sequence[DraftLine]) -> None:
        """Edit these instead."""
        self.beginResetModel()
        self.lines = list(lines)
        self._past.clear()
        self.endResetModel()

    # Changes; each can be taken back

    @property
    def has_past(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._past)

    def take_back(self) -> int:
        """Undo the last change; returns the row where it was, or -1."""
        if not self._past:
            return -1
        _what, before = self._past.pop()
        pairs = zip(before, self.lines, strict=False)
        at = next((n for n, (old, new) in enumerate(pairs) if old != new), len(before) - 1)
        self.beginResetModel()
        self.lines = list(before)
        self.endResetModel()
        return at

    def add(self, at: int, line: DraftLine | None = None) -> int:
        """Insert an item, an empty one without ``line``; returns its row."""
        self._remember(None)
        self.beginInsertRows(QModelIndex(), at, at)
        self.lines.insert(at, line or DraftLine(""))
        self.endInsertRows()
        return at

    def remove(self, at: int) -> None:
        """Take an item out."""
        if 0 <= at < len(self.lines):
            self._remember(None)
            self.beginRemoveRows(QModelIndex(), at, at)
            del self.lines[at]
            self.endRemoveRows()

    def move(self, at: int, to: int) -> int:
        """Move an item to another row; returns the row where it is then."""
        if at == to or not (0 <= at < len(self.lines) and 0 <= to < len(self.lines)):
            return at
        self._remember(None)
        self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), to + (to > at))
        self.lines.insert(to, self.lines.pop(at))
        self.endMoveRows()
        return to

    def put(self, at: int, line: DraftLine) -> None:
        """Have an item say this; typing on in one field of one item is one change."""
        if not 0 <= at < len(self.lines) or self.lines[at] == line:
            return
        old = self.lines[at]
        fields = [name for name in DraftLine.__slots__ if getattr(old, name) != getattr(line, name)]
        self._remember((at, *fields))
        self.lines[at] = line
        self.dataChanged.emit(self.index(at, 0), self.index(at, ITSELF))

    def _remember(self, what: object) -> None:
        if what is None or not self._past or self._past[-1][0] != what:
            self._past.append((what, tuple(self.lines)))
            del self._past[:-_MOST_STEPS]

    # As Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("What to prepare"), _("Days before"), _("Who"), _("Ticks itself"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        usual = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled
        return usual | flag.ItemIsEditable if index.column() in (TEXT, DAYS) else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.lines):
            return None
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column == DAYS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.EditRole:
            return (line.text, line.days_before, None, None)[column]
        if role == Qt.ItemDataRole.DisplayRole:
            who = word(line.owner_role) if line.owner_role else ""
            return (line.text, line.days_before, who, _("yes") if line.condition else "")[column]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(line) if column == TEXT else None
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not 0 <= index.row() < len(self.lines):
            return False
        line = self.lines[index.row()]
        if index.column() == TEXT:
            line = replace(line, text=str(value))
        elif index.column() == DAYS:
            line = replace(line, days_before=max(0, min(MAX_DAYS, int(value))))
        else:
            return False
        self.put(index.row(), line)
        return True

    # Dragging

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(_MIME, str(indexes[0].row() if indexes else -1).encode())
        return data

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, at: int, _column: int, parent: Index
    ) -> bool:
        source = int(bytes(data.data(_MIME).data()).decode() or -1)
        target = at if at >= 0 else (parent.row() if parent.isValid() else len(self.lines))
        self.move(source, target - (target > source))
        # It was moved here: the view must not remove the dragged row.
        return False


def _spoken(line: DraftLine) -> str:
    """All that is known of an item, for the tool tip and for screen readers."""
    days = ngettext("{n} day before", "{n} days before", line.days_before)
    return joined(
        (
            line.text,
            days.format(n=line.days_before) if line.days_before else _("on the day"),
            word(line.owner_role) if line.owner_role else "",
            place_words().get(line.link, line.link) if line.link else "",
            _("ticks itself: {fact}").format(fact=word(line.condition)) if line.condition else "",
            line.evidence,
        )
    )
