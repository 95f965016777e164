"""The editor of checklist templates: keeping one makes a new version, old meetings stay."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.checklists import (
    TemplateItemRow,
    TemplateRow,
    template_items,
    templates,
)
from kam_desktop.services.words import word
from kam_desktop.ui.meetings import changes
from kam_desktop.ui.meetings.template_lines import PLACE, TEXT, TemplateLines, place_words
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import (
    Button,
    CalmTable,
    FlowLayout,
    IconButton,
    PrimaryButton,
    QuietCombo,
    make_action,
    text_label,
)
from kam_desktop.ui.widgets.screen_room import resize_within_screen

_TYPES: tuple[MeetingType | None, ...] = (None, *MeetingType)
Index = QModelIndex | QPersistentModelIndex


class TemplatesDialog(QDialog):
    """Templates at the left, the items of one at the right."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Checklist templates"))
        self._context = context
        self._templates: list[TemplateRow] = []
        self._key: str | None = None
        self._wanted_id = ""
        self.lines = TemplateLines(self)
        self._build()
        self._lay_out()
        self._connect_signals()
        self._load()

    def _build(self) -> None:
        self._list = QListWidget()
        self._list.setAccessibleName(_("Templates"))
        self._new = Button(_("New template"), icon_name="plus")
        self._name = QLineEdit()
        self._name.setAccessibleName(_("Name"))
        self._type = QuietCombo()
        self._type.setAccessibleName(_("For which meetings"))
        for kind in _TYPES:
            self._type.addItem(_("Any meeting") if kind is None else word(kind))
        self.table = CalmTable(_("Items"))
        self.table.setModel(self.lines)
        self.table.setItemDelegateForColumn(PLACE, _PlaceDelegate(self.table))
        self.table.setEditTriggers(
            CalmTable.EditTrigger.EditKeyPressed
            | CalmTable.EditTrigger.AnyKeyPressed
            | CalmTable.EditTrigger.SelectedClicked
        )
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        self.table.remember("checklist_items", [360, 100, 210])
        self._version = text_label("", "small")
        self._error = text_label("", "error", wrap=True)
        self._save = PrimaryButton(_("Keep as new version"))
        self._close = Button(_("Close"))
        self._delete = Button(_("Delete template"), "quiet")
        self._add = make_action(_("Add item"), self, shortcut="Ctrl+N")
        self._up = make_action(_("Move item up"), self, shortcut="Alt+Up")
        self._down = make_action(_("Move item down"), self, shortcut="Alt+Down")
        self._remove = make_action(_("Remove item"), self.table, shortcut="Del")

    def _lay_out(self) -> None:
        px = theme().px
        resize_within_screen(self, 980, 600)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(Space.L), px(Space.L), px(Space.L), px(Space.L))
        row.setSpacing(px(Space.L))
        left = QVBoxLayout()
        left.addWidget(self._list, 1)
        left.addWidget(self._new)
        row.addLayout(left, 1)
        right = QVBoxLayout()
        right.setSpacing(px(Space.S))
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._type)
        right.addLayout(head)
        tools = QHBoxLayout()
        tools.addWidget(self._version)
        tools.addStretch(1)
        for action, icon_name in (
            (self._add, "plus"),
            (self._up, "arrow-up"),
            (self._down, "arrow-down"),
            (self._remove, "trash-2"),
        ):
            tool = IconButton(icon_name, action.text())
            tool.follow(action)
            tools.addWidget(tool)
        right.addLayout(tools)
        right.addWidget(self.table, 1)
        right.addWidget(self._error)
        right.addWidget(
            text_label(
                _("Meetings planned already keep the checklist they were prepared with."),
                "hint",
                wrap=True,
            )
        )
        # In large type the buttons go on in a second line.
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=px(Space.S))
        for button in (self._save, self._close, self._delete):
            flow.addWidget(button)
        right.addWidget(buttons)
        row.addLayout(right, 3)

    def _connect_signals(self) -> None:
        self._list.currentRowChanged.connect(self._choose)
        self._new.clicked.connect(self._start_new)
        self._add.triggered.connect(self._add_line)
        self._up.triggered.connect(self._line_up)
        self._down.triggered.connect(self._line_down)
        self._remove.triggered.connect(self._remove_line)
        self._save.clicked.connect(self.save)
        self._delete.clicked.connect(self._delete_template)
        self._close.clicked.connect(self.close)

    # Loading

    def _load(self) -> None:
        self._context.lanes.read(self, templates, on_done=self._show_templates)

    def _show_templates(self, rows: list[TemplateRow]) -> None:
        self._templates = rows
        self._list.blockSignals(True)
        self._list.clear()
        for row in rows:
            self._list.addItem(row.name)
        self._list.blockSignals(False)
        at = next((n for n, row in enumerate(rows) if row.id == self._wanted_id), 0)
        if rows:
            self._list.setCurrentRow(at)
        else:
            self._start_new()

    def _choose(self, at: int) -> None:
        if not 0 <= at < len(self._templates):
            return
        row = self._templates[at]
        self._key, self._wanted_id = row.key, row.id
        self._name.setText(row.name)
        self._type.setCurrentIndex(_TYPES.index(row.meeting_type))
        count = ngettext("{n} item", "{n} items", row.items).format(n=row.items)
        self._version.setText(_("Version {n} · {count}").format(n=row.version, count=count))
        self._delete.setEnabled(True)
        self._say("")
        self._context.lanes.read(self, template_items, row.id, on_done=self._show_items)

    def _show_items(self, rows: list[TemplateItemRow]) -> None:
        self.lines.show(rows)
        if rows:
            self.table.setCurrentIndex(self.lines.index(0, TEXT))

    # Editing

    def _start_new(self) -> None:
        self._list.setCurrentRow(-1)
        self._key, self._wanted_id = None, ""
        self._name.clear()
        self._name.setPlaceholderText(_("Name of the checklist"))
        self._version.setText(_("New"))
        self._delete.setEnabled(False)
        self.lines.show([])
        self._add_line()
        self._name.setFocus()

    def _add_line(self) -> None:
        at = self.table.currentIndex().row()
        row = self.lines.add(at + 1 if at >= 0 else len(self.lines.lines))
        index = self.lines.index(row, TEXT)
        self.table.setCurrentIndex(index)
        if self.isVisible():
            self.table.edit(index)

    def _line_up(self) -> None:
        self._move_line(-1)

    def _line_down(self) -> None:
        self._move_line(1)

    def _move_line(self, step: int) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            row = self.lines.move(index.row(), step)
            self.table.setCurrentIndex(self.lines.index(row, index.column()))

    def _remove_line(self) -> None:
        self.lines.remove(self.table.currentIndex().row())

    def save(self) -> None:
        """Keep the template as it is shown."""
        draft = changes.TemplateDraft(
            self._key,
            self._name.text(),
            _TYPES[max(0, self._type.currentIndex())],
            tuple((line.text, line.days_before, line.link) for line in self.lines.lines),
        )
        self._context.operations.run(
            self, _("Edit a checklist template"), changes.save_template, draft,
            on_done=self._saved, on_error=self._refused,
        )  # fmt: skip

    def _saved(self, template_id: str) -> None:
        self._wanted_id = template_id
        self._say("")
        self._load()

    def _delete_template(self) -> None:
        if self._key is not None:
            self._context.operations.run(
                self, _("Delete a checklist template"), changes.delete_template, self._key,
                on_done=self._deleted,
            )  # fmt: skip

    def _deleted(self, _result: object) -> None:
        self._wanted_id = ""
        self._context.navigator.notify(
            _("The template is in the trash. Undo brings it back."), kind="info"
        )
        self._load()

    def _refused(self, error: object) -> None:
        self._say(str(error))

    def _say(self, text: str) -> None:
        self._error.setText(text)
        self._error.setVisible(bool(text))


class _PlaceDelegate(QStyledItemDelegate):
    """Chooses the place where an item is done."""

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        combo = QuietCombo(parent)
        for link, text in place_words().items():
            combo.addItem(text, link)
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QuietCombo):
            link = index.data(Qt.ItemDataRole.EditRole)
            editor.setCurrentIndex(max(0, editor.findData(link)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QuietCombo):
            model.setData(index, editor.currentData())
