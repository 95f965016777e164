"""One checklist template while it is edited: name, type, its items, and a form of one item."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QWidget,
)

from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.words import word
from kam_desktop.ui.delegates.cells import TextDelegate
from kam_desktop.ui.meetings.changes import TemplateDraft
from kam_desktop.ui.meetings.template_form import Choice, TemplateForm
from kam_desktop.ui.meetings.template_lines import DAYS, ITSELF, TEXT, WHO, TemplateLines
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import (
    CalmTable,
    FlowLayout,
    IconButton,
    Scroller,
    make_action,
    text_label,
)

_WIDE = 520
"""From this width of the table on (pixels at scale 1) who and what ticks are shown in it."""


class TemplateEditor(Scroller):
    """``edited`` when anything was typed, chosen or moved."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key: str | None = None
        self.lines = TemplateLines(self)
        self.name = QLineEdit()
        self.type = Choice({None: _("Any meeting"), **{kind: word(kind) for kind in MeetingType}})
        self.table = _LinesTable(self.lines)
        self.form = TemplateForm()
        self.about = text_label("", "small")
        self._make_actions()
        self._lay_out()
        self._connect_signals()

    def _make_actions(self) -> None:
        self.add_line = make_action(_("Add item"), self, shortcut="Ctrl+N")
        self.copy_line = make_action(_("Duplicate item"), self, shortcut="Ctrl+D")
        self.up = make_action(_("Move item up"), self, shortcut="Alt+Up")
        self.down = make_action(_("Move item down"), self, shortcut="Alt+Down")
        self.remove_line = make_action(_("Remove item"), self.table, shortcut="Del")

    def _lay_out(self) -> None:
        px = theme().px
        self.name.setAccessibleName(_("Name"))
        self.name.setPlaceholderText(_("Name of the checklist"))
        self.name.setMaxLength(500)
        self.type.setAccessibleName(_("For which meetings"))
        # Narrower than its words in large type, rather than wider than a small window.
        self.type.setMinimumWidth(px(96))
        head, buttons = QHBoxLayout(), QWidget()
        head.setSpacing(px(Space.S))
        # In large type the buttons go on in further lines.
        tools = FlowLayout(buttons, spacing=px(Space.S))
        head.addWidget(self.name, 3)
        head.addWidget(self.type, 2)
        tools.addWidget(self.about)
        for action, icon_name in (
            (self.add_line, "plus"),
            (self.copy_line, "copy"),
            (self.up, "arrow-up"),
            (self.down, "arrow-down"),
            (self.remove_line, "trash-2"),
        ):
            tool = IconButton(icon_name, action.text())
            tool.follow(action)
            tools.addWidget(tool)
        self.table.setMinimumHeight(px(150))
        self.column.setSpacing(px(Space.S))
        self.column.addLayout(head)
        self.column.addWidget(buttons)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.form)

    def _connect_signals(self) -> None:
        self.add_line.triggered.connect(self._add)
        self.copy_line.triggered.connect(self._copy)
        self.up.triggered.connect(self._move_up)
        self.down.triggered.connect(self._move_down)
        self.remove_line.triggered.connect(self._remove)
        self.name.textEdited.connect(self._tell)
        self.type.activated.connect(self._tell)
        self.form.changed.connect(self._put)
        self.table.opened.connect(self._open)
        self.table.selectionModel().currentRowChanged.connect(self._follow)
        for changed in (
            self.lines.dataChanged,
            self.lines.rowsInserted,
            self.lines.rowsRemoved,
            self.lines.rowsMoved,
            self.lines.modelReset,
        ):
            changed.connect(self._lines_changed)

    def show_draft(self, draft: TemplateDraft, about: str) -> None:
        """Edit this; ``about`` says which version it is."""
        self._key = draft.key
        self.name.setText(draft.name)
        self.type.show_value(draft.meeting_type)
        self.about.setText(about)
        self.lines.show(draft.lines)
        self._select(0)

    def draft(self) -> TemplateDraft:
        """The template as it is shown."""
        return TemplateDraft(
            self._key, self.name.text(), self.type.value(), tuple(self.lines.lines)
        )

    def take_back(self) -> None:
        """Undo the last change to the items that is not kept yet."""
        self._select(self.lines.take_back())

    @property
    def row(self) -> int:
        """The chosen item's row; -1 when there is none."""
        return self.table.currentIndex().row()

    def _select(self, row: int) -> None:
        if self.lines.lines:
            at = max(0, min(row, len(self.lines.lines) - 1))
            self.table.setCurrentIndex(self.lines.index(at, TEXT))
        self._follow()

    def _follow(self, *_changed: QModelIndex) -> None:
        known = 0 <= self.row < len(self.lines.lines)
        self.form.show_line(self.lines.lines[self.row] if known else None)
        for action in (self.copy_line, self.up, self.down, self.remove_line):
            action.setEnabled(known)

    def _lines_changed(self, *_what: object) -> None:
        self._follow()
        self._tell()

    def _tell(self, *_edited: object) -> None:
        self.edited.emit()

    def _put(self, line: object) -> None:
        self.lines.put(self.row, line)  # type: ignore[arg-type]

    def _open(self, _index: QModelIndex) -> None:
        """Enter goes on to the form of the item."""
        self.form.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(self.form.text)

    def _add(self) -> None:
        at = self.row + 1 if self.row >= 0 else len(self.lines.lines)
        self._select(self.lines.add(at))
        self.form.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        self._select(self.lines.add(self.row + 1, self.lines.lines[self.row]))

    def _move_up(self) -> None:
        self._select(self.lines.move(self.row, self.row - 1))

    def _move_down(self) -> None:
        self._select(self.lines.move(self.row, self.row + 1))

    def _remove(self) -> None:
        row = self.row
        self.lines.remove(row)
        self._select(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme().px(_WIDE)
        for column in (WHO, ITSELF):
            self.table.setColumnHidden(column, narrow)


def about_version(version: int, items: int) -> str:
    """Which version this is and how long."""
    count = ngettext("{n} item", "{n} items", items).format(n=items)
    return _("Version {n} · {count}").format(n=version, count=count)


class _LinesTable(CalmTable):
    """The items; rows are dragged to another place."""

    def __init__(self, lines: TemplateLines, parent: QWidget | None = None) -> None:
        super().__init__(_("Items"), parent)
        self.setModel(lines)
        self.setItemDelegate(TextDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            CalmTable.EditTrigger.EditKeyPressed | CalmTable.EditTrigger.AnyKeyPressed
        )
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        header = self.horizontalHeader()
        header.setSectionsMovable(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        for column, width in ((DAYS, 96), (WHO, 150), (ITSELF, 96)):
            header.resizeSection(column, theme().px(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Typing would open the editor of a column that has none, or take a shortcut's letter.
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)
