"""All stakeholders of all accounts: find one, edit them beside the list, add one, delete some."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries import people as queries
from kam_desktop.services.queries.choices import Choice, person_choice
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.delegates.cells import (
    InfluenceDelegate,
    SupportDelegate,
    TextDelegate,
    use_delegate,
)
from kam_desktop.ui.itemmodels.paged import PagedTableModel, Source
from kam_desktop.ui.people.columns import WIDTHS, person_columns
from kam_desktop.ui.people.new_person import NewPerson
from kam_desktop.ui.people.side import PersonBeside
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.buttons import Button, IconButton, make_action
from kam_desktop.ui.widgets.card import EmptyState
from kam_desktop.ui.widgets.record_list import RecordList

_SOURCE = Source(
    queries.first_person_page,
    queries.person_ids,
    queries.person_rows,
    table="person",
    related=frozenset({"role_in_decision", "interaction", "account"}),
)


class PeoplePage(Page):
    """The people of the portfolio as a table, with the one selected beside it.

    ``show_with(person_id=…)`` opens a person, ``show_with(new="1")`` the form of a new one.
    """

    name: ClassVar[str] = "people"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._loaded = False
        self._select_next = ""
        self._deleted = ""
        self._make_actions()
        model = PagedTableModel(_SOURCE, person_columns(context.clock), context.lanes, self)
        empty = EmptyState(
            "users-round",
            _("Nobody yet"),
            _(
                "Here are the people who matter to decisions at your accounts: how they stand, "
                "what they decide, when you last spoke. Add the first one, or import contacts."
            ),
            [self._new, self._import],
        )
        self.list = RecordList(
            model, empty, key="people", widths=WIDTHS, placeholder=_("Filter people")
        )
        self._add_tools()
        self.form = NewPerson(context)
        self.form.hide()
        self.side = PersonBeside(context, self.list)
        self._use_delegates()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.M))
        column.addWidget(self.form)
        column.addWidget(self.side, 1)
        self._connect_signals()
        self._selection_changed()

    def _make_actions(self) -> None:
        self._new = make_action(
            _("New person"), self, shortcut="Ctrl+N", icon_name="user-plus", whole_window=True
        )
        self._import = make_action(_("Import contacts"), self, icon_name="import")
        self._edit = make_action(_("Edit the person"), self, icon_name="pencil")
        self._open = make_action(
            _("Open in the dossier"), self, shortcut="Ctrl+Return", icon_name="building-2"
        )
        self._touch = make_action(_("Log a touch"), self, icon_name="notebook-pen")
        self._touch.setObjectName("log_touch")
        self._personal = make_action(_("Personal notes"), self, icon_name="notebook-pen")
        self._delete = make_action(
            _("Delete the selected people"), self, shortcut="Del", icon_name="trash-2"
        )
        self._find = make_action(_("Filter people"), self, shortcut="Ctrl+F", icon_name="search")
        self._merge = make_action(
            _("Merge the two selected"), self, shortcut="Ctrl+Shift+G", icon_name="users"
        )
        self._export = make_action(_("Export contacts"), self, icon_name="download")
        self._doubles = make_action(_("Possible doubles"), self, icon_name="copy")
        self._doubles.setCheckable(True)

    def _add_tools(self) -> None:
        """Beside the search field: doubles, and merging once two people are selected."""
        self._merge_button = Button(kind="quiet")
        export = IconButton("download", "")
        for widget in (_doubles_button(self._doubles), self._merge_button, export):
            self.list.filters.addWidget(widget)
        self._merge_button.follow(self._merge)
        export.follow(self._export)

    def _use_delegates(self) -> None:
        table = self.list.table
        table.setItemDelegate(TextDelegate(table, quiet=True))
        use_delegate(table, 0, TextDelegate(table, strong=True))
        use_delegate(table, 3, SupportDelegate(table))
        use_delegate(table, 4, InfluenceDelegate(table, quiet=True))
        table.addActions(
            [
                self._edit,
                self._open,
                self._touch,
                self._personal,
                self._merge,
                self._export,
                self._delete,
            ]
        )
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _connect_signals(self) -> None:
        self._new.triggered.connect(self._show_form)
        self._import.triggered.connect(self._go_to_import)
        self._open.triggered.connect(self._open_selected)
        self._touch.triggered.connect(self._log_touch)
        self._personal.triggered.connect(self._open_personal)
        self._delete.triggered.connect(self._delete_selected)
        self._find.triggered.connect(self._focus_filter)
        self._edit.triggered.connect(self._edit_selected)
        self._merge.triggered.connect(self._merge_selected)
        self._export.triggered.connect(self._export_contacts)
        self._doubles.toggled.connect(self._show_doubles)
        self.list.opened.connect(self.side.open_person)
        self.list.selection_changed.connect(self._selection_changed)
        self.list.loaded.connect(self._show_selected)
        self.form.made.connect(self._made)
        self.side.closed.connect(self._side_closed)
        self.side.link_wanted.connect(self._open_map)

    # Page

    def title(self) -> str:
        return _("People")

    def show_with(self, **params: str) -> None:
        if not self._loaded:
            self._loaded = True
            self.list.load()
        if params.get("new"):
            self._show_form()
        elif person_id := params.get("person_id"):
            if not self.list.select(person_id):
                self._select_next = person_id
            self.side.open_person(person_id)

    def refresh(self, changes: ChangeSet | None) -> None:
        self.list.refresh(changes)

    def commands(self) -> list[QAction]:
        return [
            self._new, self._edit, self._open, self._touch, self._delete, self._find, self._import,
            self._merge, self._doubles, self._export, self._personal,
            *self.side.editor.commands(),
        ]  # fmt: skip

    def primary_action(self) -> QAction | None:
        return self._new

    def commit_drafts(self) -> None:
        self.side.editor.commit_drafts()

    # Slots

    def _show_form(self) -> None:
        self.form.open_form()

    def _made(self, person_id: str) -> None:
        self._select_next = person_id
        self.list.refresh(None)

    def _show_selected(self) -> None:
        wanted, self._select_next = self._select_next, ""
        if wanted:
            self.list.select(wanted)

    def _go_to_import(self) -> None:
        self.context.navigator.open("import")

    def _focus_filter(self) -> None:
        self.list.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _edit_selected(self) -> None:
        for person_id in self.list.selected_ids()[:1]:
            self.side.open_person(person_id)

    def _side_closed(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_map(self, person_id: str) -> None:
        self._open_person(person_id, section="map")

    def _open_person(self, person_id: str, **part: str) -> None:
        row = self.list.model.record(self.list.model.index_of(person_id))
        if row is not None:
            self.context.navigator.open(
                "account", account_id=row.account_id, person_id=row.id, **part
            )

    def _open_selected(self) -> None:
        for person_id in self.list.selected_ids()[:1]:
            self._open_person(person_id)

    def _log_touch(self) -> None:
        for person_id in self.list.selected_ids()[:1]:
            self.context.lanes.read(self, person_choice, person_id, on_done=self._log_with)

    def _log_with(self, choice: Choice | None) -> None:
        from kam_desktop.ui.interactions.log_touch import open_log_touch

        if choice is not None:
            open_log_touch(self.context, self.window(), choice)

    def _open_personal(self) -> None:
        from kam_desktop.ui.personal_notes.dialog import open_personal_notes

        for person_id in self.list.selected_ids()[:1]:
            row = self.list.model.record(self.list.model.index_of(person_id))
            if row is not None:
                open_personal_notes(self.context, row.id, row.name or row.title, self.window())

    def _selection_changed(self) -> None:
        ids = self.list.selected_ids()
        for action in (self._edit, self._open, self._delete):
            action.setEnabled(bool(ids))
        for action in (self._touch, self._personal):
            action.setEnabled(len(ids) == 1)
        self._merge.setEnabled(len(ids) == 2)
        self._merge_button.setVisible(len(ids) == 2)
        if len(ids) == 1 and ids[0] != self.side.person_id:
            self.side.show_person(ids[0])

    def _show_doubles(self, wanted: bool) -> None:
        if wanted:
            self.list.explain_nothing(
                _("Nobody seems to be there twice"),
                _("Here stand people of one account with the same name or e-mail address."),
            )
        else:
            self.list.explain_nothing()
        self.list.filter_by(doubles=wanted or None)

    def _merge_selected(self) -> None:
        from kam_desktop.ui.merging.dialog import MergeDialog

        ids = self.list.selected_ids()
        if len(ids) == 2:
            dialog = MergeDialog(self.context, ids[0], ids[1], self)
            dialog.merged.connect(self._made)
            dialog.open()

    def _export_contacts(self) -> None:
        """Those selected when there are several, else everybody."""
        from kam_desktop.ui.contacts.export_dialog import ExportDialog, ExportWish

        ids = self.list.selected_ids()
        if len(ids) > 1:
            text = ngettext("The {n} person selected", "The {n} people selected", len(ids))
            wish = ExportWish(text.format(n=len(ids)), person_ids=tuple(ids))
        else:
            wish = ExportWish(_("Everybody in all accounts"))
        ExportDialog(self.context, wish, parent=self).open()

    def _delete_selected(self) -> None:
        from kam_desktop.services import people

        ids = self.list.selected_ids()
        if not ids:
            return
        count = len(ids)
        label = ngettext("Delete {n} person", "Delete {n} people", count).format(n=count)
        self._deleted = ngettext(
            "{n} person is in the trash", "{n} people are in the trash", count
        ).format(n=count)
        self.context.operations.run(
            self, label, people.delete_people, ids, on_done=self._say_deleted
        )

    def _say_deleted(self, _result: object) -> None:
        self.context.navigator.notify(
            self._deleted, action_text=_("Undo"), action=self.context.operations.undo
        )


def _doubles_button(action: QAction) -> QToolButton:
    """The filter beside the search field."""
    button = QToolButton()
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setProperty("kind", "chip")
    button.setDefaultAction(action)
    return button
