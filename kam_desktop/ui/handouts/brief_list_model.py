"""The sections and lines of a brief as one list, for choosing what of it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from kam_desktop.services.formatting import isolate, joined
from kam_desktop.services.handouts.edited import EditedLine, EditedSection
from kam_desktop.services.i18n import _

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_LONGEST = 280
"""More of a line than this is read on the page."""


@dataclass(frozen=True, slots=True)
class BriefRow:
    """A line of a brief, or without one the head of a section or of a ``group`` within it."""

    id: str
    section: EditedSection
    line: EditedLine | None = None
    group: str = ""

    @property
    def is_head(self) -> bool:
        """Whether it is the head of a section."""
        return self.line is None and not self.group

    @property
    def printed(self) -> bool:
        """Whether it is on paper, as far as there is room."""
        return self.line.printed if self.line else not self.section.left_out

    @property
    def text(self) -> str:
        """What it says, on one line."""
        if self.line is None:
            return self.group or self.section.section.title
        fixed = isolate(self.line.line.label)
        text = " ".join(self.line.text.split())
        whole = f"{fixed}: {text}" if fixed and text else fixed or text
        return whole if len(whole) <= _LONGEST else f"{whole[:_LONGEST]}…"

    @property
    def note(self) -> str:
        """What became of it."""
        if self.group:
            return ""
        if self.line is None:
            if self.section.left_out:
                return _("left out")
            return "" if self.section.lines else self.section.section.empty or _("empty")
        return joined(_states(self.line))

    @property
    def warns(self) -> bool:
        """Whether the user should look at it again."""
        return self.line is not None and (self.line.changed or self.line.gone)


def _states(line: EditedLine) -> Sequence[str]:
    if line.gone:
        return (_("not printed: what you reworded is no longer there"),)
    states = []
    if line.own:
        states.append(_("your own line"))
    elif line.reworded:
        states.append(_("your words"))
    if line.left_out:
        states.append(_("left out"))
    if line.changed:
        states.append(_("the facts have changed since"))
    return states


def rows_of(sections: Sequence[EditedSection]) -> list[BriefRow]:
    """The list: each section with its lines; those of a section left out are folded away."""
    rows = []
    for section in sections:
        rows.append(BriefRow(f"section:{section.key}", section))
        if not section.left_out:
            rows += _lines_of(section)
    return rows


def _lines_of(section: EditedSection) -> Iterator[BriefRow]:
    group = ""
    for line in section.lines:
        if line.line.group and line.line.group != group:
            group = line.line.group
            yield BriefRow(f"group:{section.key}:{group}", section, group=group)
        yield BriefRow(line.line.key, section, line)


class BriefListModel(QAbstractListModel):
    """Says what the user wants: ``shown_wanted`` carries a `BriefRow` that was ticked or not."""

    shown_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[BriefRow] = []
        self.editable = False

    def set_rows(self, rows: Sequence[BriefRow], *, editable: bool) -> None:
        """Show these rows. The model is only reset when others come or go."""
        same = [row.id for row in rows] == [row.id for row in self.rows]
        if not same or editable != self.editable:
            self.beginResetModel()
            self.rows, self.editable = list(rows), editable
            self.endResetModel()
            return
        before, self.rows = self.rows, list(rows)
        for at, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(at), self.index(at))

    def position(self, row_id: str) -> int | None:
        """Where a row is; None when it is not shown."""
        return next((at for at, row in enumerate(self.rows) if row.id == row_id), None)

    def row_at(self, index: Index) -> BriefRow | None:
        """The row of an index."""
        return self.rows[index.row()] if 0 <= index.row() < len(self.rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        row = self.row_at(index)
        if row is None or row.group:
            return flag.NoItemFlags
        usual = flag.ItemIsEnabled | flag.ItemIsSelectable
        tickable = self.editable and not (row.line and row.line.gone)
        return usual | flag.ItemIsUserCheckable if tickable else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.text, row.note) if part)
        if role == Qt.ItemDataRole.CheckStateRole and self.editable and not row.group:
            return Qt.CheckState.Checked if row.printed else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        del value
        row = self.row_at(index)
        tickable = self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable
        if row is None or role != Qt.ItemDataRole.CheckStateRole or not tickable:
            return False
        self.shown_wanted.emit(row)
        return True
