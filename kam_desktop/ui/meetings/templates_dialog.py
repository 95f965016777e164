"""The editor of checklist templates: keeping one makes a new version, old meetings stay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from kam_desktop.services.i18n import _
from kam_desktop.services.queries.checklists import TemplateRow, template_items, templates
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.icons import icon
from kam_desktop.ui.meetings import changes
from kam_desktop.ui.meetings.changes import DraftLine, TemplateDraft
from kam_desktop.ui.meetings.template_editor import TemplateEditor, about_version
from kam_desktop.ui.meetings.template_files import TemplateFiles
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, FlowLayout, PrimaryButton, make_action, text_label
from kam_desktop.ui.widgets.screen_room import resize_within_screen

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader

_LOW = 440
_BLANK = TemplateDraft(None, "", None, (DraftLine(""),))


def stored_draft(db: Reader, row: TemplateRow) -> TemplateDraft:
    """A template as it is kept now."""
    lines = tuple(
        DraftLine(
            item.text, item.days_before, item.link, item.owner_role, item.evidence, item.condition
        )
        for item in template_items(db, row.id)
    )
    return TemplateDraft(row.key, row.name, row.meeting_type, lines)


class TemplatesDialog(QDialog):
    """Templates at the left, one of them at the right.

    What was typed is never lost by looking at another template: it waits as a draft, and closing
    asks about drafts that are not kept.
    """

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Checklist templates"))
        self._context = context
        self._templates: list[TemplateRow] = []
        self._wanted: str | None = None
        self._kept = _BLANK
        self._drafts: dict[str | None, TemplateDraft] = {}
        self._loading = False
        self._steps = 0
        self._said = False
        self._undoing = False
        self._asked: set[str] = set()
        self._saving = _BLANK
        self.editor = TemplateEditor()
        self.files = TemplateFiles(context, self)
        self._build()
        self._lay_out()
        self._connect_signals()
        self._load()

    def _build(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName(_("Templates"))
        self._new = Button(_("New checklist"), icon_name="plus")
        self._more = Button(_("More"), icon_name="ellipsis")
        self._error = text_label("", "error", wrap=True)
        self._hint = text_label("", "hint", wrap=True)
        self._save = PrimaryButton(_("Keep as new version"))
        self._give_up = Button(_("Give up"))
        self._give_up.setAccessibleName(_("Give up changes"))
        self._close = Button(_("Close"))
        self._undo = make_action(_("Undo"), self, shortcut="Ctrl+Z")
        self.copy = make_action(_("Duplicate"), self, icon_name="copy")
        self.take_in = make_action(_("Import …"), self, icon_name="import")
        self.export_one = make_action(_("Export this checklist …"), self, icon_name="download")
        self.export_all = make_action(_("Export all checklists …"), self)
        self.delete = make_action(_("Delete checklist"), self, icon_name="trash-2")

    def _lay_out(self) -> None:
        px = theme().px
        resize_within_screen(self, 1040, 640)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(Space.L), px(Space.L), px(Space.L), px(Space.L))
        row.setSpacing(px(Space.L))
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(px(Space.S))
        self.list.setMinimumWidth(px(120))
        self.list.setIconSize(QSize(px(14), px(14)))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left.addWidget(self.list, 1)
        left.addWidget(self._new)
        left.addWidget(self._more)
        right.addWidget(self.editor, 1)
        right.addWidget(self._error)
        right.addWidget(self._hint)
        # In large type the buttons go on in a second line.
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=px(Space.S))
        for button in (self._save, self._close, self._give_up):
            flow.addWidget(button)
        right.addWidget(buttons)
        row.addLayout(left, 1)
        row.addLayout(right, 4)
        self._say("")

    def _connect_signals(self) -> None:
        self._context.bus.changed.connect(self._follow_changes)
        self.list.currentRowChanged.connect(self._choose)
        self._new.clicked.connect(self.start_new)
        self._more.clicked.connect(self._offer_more)
        self.copy.triggered.connect(self.start_copy)
        self.take_in.triggered.connect(self.files.choose_import)
        self.export_one.triggered.connect(self._export_one)
        self.export_all.triggered.connect(self._export_all)
        self.delete.triggered.connect(self._delete_template)
        self.files.imported.connect(self._changed_here)
        self.files.said.connect(self._say)
        self.files.refused.connect(self._refused)
        self.editor.edited.connect(self._edited)
        self._save.clicked.connect(self.save)
        self._give_up.clicked.connect(self._give_changes_up)
        self._close.clicked.connect(self.reject)
        self._undo.triggered.connect(self.take_back)

    # Loading

    def _load(self) -> None:
        self._context.lanes.read(self, templates, on_done=self._show_templates)

    def _show_templates(self, rows: list[TemplateRow]) -> None:
        self._templates = rows
        self.list.blockSignals(True)
        self.list.clear()
        for row in rows:
            self.list.addItem(row.name)
        self._mark_drafts()
        at = next((n for n, row in enumerate(rows) if row.key == self._wanted), 0)
        self.list.setCurrentRow(at if rows else -1)
        self.list.blockSignals(False)
        if rows:
            self._open(rows[at])
        else:
            self.start_new()

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._templates) and self._templates[at].key != self._wanted:
            self._stash()
            self._say("")
            self._open(self._templates[at])

    def _open(self, row: TemplateRow) -> None:
        self._wanted, self._loading = row.key, True
        self._context.lanes.read(self, stored_draft, row, on_done=self._show_stored)

    def _show_stored(self, kept: TemplateDraft) -> None:
        row = next((row for row in self._templates if row.key == kept.key), None)
        if kept.key == self._wanted and row is not None:
            self._show(kept, about_version(row.version, row.items))

    def _show(self, kept: TemplateDraft, about: str) -> None:
        self._wanted, self._kept, self._loading = kept.key, kept, True
        self.editor.show_draft(self._drafts.pop(kept.key, kept), about)
        self._loading = False
        self._edited()

    # Drafts

    def _stash(self) -> None:
        """Put what is shown and not kept aside."""
        if not self._loading and self.editor.draft() != self._kept:
            self._drafts[self._kept.key] = self.editor.draft()

    def _edited(self) -> None:
        if self._loading:
            return
        changed = self.editor.draft() != self._kept
        self._save.setEnabled(changed)
        self._give_up.setVisible(changed)
        for action in (self.copy, self.export_one, self.delete):
            action.setEnabled(self._kept.key is not None)
        self._mark_drafts()

    def _mark_drafts(self) -> None:
        waiting = set(self._drafts)
        if not self._loading and self.editor.draft() != self._kept:
            waiting.add(self._kept.key)
        for at, row in enumerate(self._templates[: self.list.count()]):
            item, changed = self.list.item(at), row.key in waiting
            said = _("{name} (changed)").format(name=row.name) if changed else row.name
            item.setIcon(icon("pencil") if changed else QIcon())
            item.setToolTip(said)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)

    def start_new(self) -> None:
        """Begin a template of one's own, or go on with the one begun."""
        self._start(_BLANK)

    def start_copy(self) -> None:
        """Begin a template that is like the one shown, unless another new one waits."""
        if None in self._drafts:
            self.start_new()
            self._refused(_("Keep this new checklist first, or give it up."))
            return
        shown = self.editor.draft()
        name = _("{name} (copy)").format(name=shown.name)
        self._stash()
        self._drafts[None] = TemplateDraft(None, name, shown.meeting_type, shown.lines)
        self._start(_BLANK)

    def _start(self, kept: TemplateDraft) -> None:
        if self._kept.key is not None:
            self._stash()
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        self._say("")
        self._show(kept, _("New"))
        self.editor.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_changes_up(self) -> None:
        self._drafts.pop(self._kept.key, None)
        self._show(self._kept, self.editor.about.text())
        self._say("")

    def take_back(self) -> None:
        """Undo the last change to the items, then what was kept, imported or deleted here."""
        if self.editor.lines.has_past:
            self.editor.take_back()
        elif self._steps:
            self._steps -= 1
            self._stash()
            self._undoing = True
            self._context.operations.undo()

    def _follow_changes(self, changes_made: ChangeSet) -> None:
        if self._undoing and changes_made.touches("checklist_template"):
            self._undoing = False
            self._say(_("Undone."))
            self._load()

    # Keeping

    def save(self) -> None:
        """Keep the template as it is shown."""
        self._saving = self.editor.draft()
        self._context.operations.run(
            self, _("Edit a checklist template"), changes.save_template, self._saving,
            on_done=self._saved, on_error=self._refused,
        )  # fmt: skip

    def _saved(self, template_id: str) -> None:
        self._context.lanes.read(self, key_of, template_id, on_done=self._show_saved)

    def _show_saved(self, key: str) -> None:
        self._drafts.pop(self._kept.key, None)
        if self.editor.draft() != self._saving and self._saving.key == self._kept.key:
            # Typed while it was being kept.
            self._drafts[key] = replace(self.editor.draft(), key=key)
        self._wanted, self._loading = key, True
        self._say(_("Kept. Meetings planned from now on get this version."))
        self._changed_here()

    def _changed_here(self) -> None:
        self._steps += 1
        self._stash()
        self._load()

    def _delete_template(self) -> None:
        if self._kept.key is not None:
            self._context.operations.run(
                self, _("Delete a checklist template"), changes.delete_template, self._kept.key,
                on_done=self._deleted,
            )  # fmt: skip

    def _deleted(self, _result: object) -> None:
        self._drafts.pop(self._kept.key, None)
        self._wanted, self._loading = None, True
        self._say(_("The checklist is in the trash. Ctrl+Z brings it back."))
        self._changed_here()

    def _offer_more(self) -> None:
        menu = QMenu(self)
        menu.addActions([self.copy, self.take_in, self.export_one, self.export_all, self.delete])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _export_one(self) -> None:
        if self._kept.key is not None:
            self.files.choose_export([self._kept.key], f"{self._kept.name}.json")

    def _export_all(self) -> None:
        self.files.choose_export(None, _("checklists.json"))

    # Closing

    def reject(self) -> None:
        """Close; when something is not kept, the first time only say so."""
        self._stash()
        waiting = [draft.name or _("the new checklist") for draft in self._drafts.values()]
        if not waiting or self._asked == set(waiting):
            super().reject()
            return
        self._refused(
            _("Not kept yet: {names}. Keep the changes, or close again to give them up.").format(
                names=", ".join(waiting)
            )
        )
        self._asked = set(waiting)
        self._save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: object) -> None:
        self._error.setText(str(error))
        self._error.show()
        self._fit_hint()

    def _say(self, text: str) -> None:
        """Say what was done; when there is nothing to say, how versions work."""
        self._asked = set()
        self._error.hide()
        usual = _("Meetings planned already keep the checklist they were prepared with.")
        self._hint.setText(text or usual)
        self._said = bool(text)
        self._fit_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_hint()

    def _fit_hint(self) -> None:
        """In large type on a small screen the items need the room more than a hint does."""
        room = self.height() >= theme().px(_LOW)
        self._hint.setVisible((self._said or room) and self._error.isHidden())


def key_of(db: Reader, template_id: str) -> str:
    """The key of a version of a template."""
    found = db.value("SELECT key FROM checklist_template WHERE id = ?", (template_id,))
    return str(found)
