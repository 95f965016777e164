"""All accounts: find one, open it, make one, delete some."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries import accounts as queries
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.delegates.cells import PillDelegate, TextDelegate, use_delegate
from kam_desktop.ui.itemmodels.paged import PagedTableModel, Source
from kam_desktop.ui.portfolio.columns import WIDTHS, account_columns
from kam_desktop.ui.portfolio.new_account import NewAccount
from kam_desktop.ui.portfolio.tier_filter import TierFilter
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.buttons import make_action
from kam_desktop.ui.widgets.card import EmptyState
from kam_desktop.ui.widgets.record_list import RecordList

_SOURCE = Source(
    queries.first_account_page,
    queries.account_ids,
    queries.account_rows,
    table="account",
    related=frozenset({"opportunity", "interaction", "health_snapshot"}),
)


class PortfolioPage(Page):
    """The accounts of the portfolio as a table."""

    name: ClassVar[str] = "portfolio"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._loaded = False
        self._select_next = ""
        self._make_actions()
        model = PagedTableModel(_SOURCE, account_columns(context.clock), context.lanes, self)
        empty = EmptyState(
            "building-2",
            _("No accounts yet"),
            _(
                "Accounts are the client companies you look after. Bring them from your CRM, or "
                "write down the first one."
            ),
            [self._import, self._new],
        )
        self.list = RecordList(
            model, empty, key="accounts", widths=WIDTHS, placeholder=_("Filter accounts")
        )
        self._tiers = TierFilter()
        self.list.filters.addWidget(self._tiers)
        self.form = NewAccount(context)
        self.form.hide()
        self._use_delegates()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.M))
        column.addWidget(self.form)
        column.addWidget(self.list, 1)
        self._connect_signals()
        self._selection_changed()

    def _make_actions(self) -> None:
        self._new = make_action(
            _("New account"), self, shortcut="Ctrl+N", icon_name="plus", whole_window=True
        )
        self._import = make_action(_("Import from a file"), self, icon_name="import")
        self._open = make_action(_("Open the account"), self, icon_name="building-2")
        self._delete = make_action(
            _("Delete the selected accounts"), self, shortcut="Del", icon_name="trash-2"
        )
        self._find = make_action(_("Filter accounts"), self, shortcut="Ctrl+F", icon_name="search")

    def _use_delegates(self) -> None:
        table = self.list.table
        table.setItemDelegate(TextDelegate(table, quiet=True))
        use_delegate(table, 0, TextDelegate(table, strong=True))
        use_delegate(table, 4, TextDelegate(table, figures=True))
        for column in (1, 6):
            use_delegate(table, column, PillDelegate(table, quiet=True))
        table.addActions([self._open, self._delete])
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _connect_signals(self) -> None:
        self._new.triggered.connect(self._show_form)
        self._import.triggered.connect(self._go_to_import)
        self._open.triggered.connect(self._open_selected)
        self._delete.triggered.connect(self._delete_selected)
        self._find.triggered.connect(self._focus_filter)
        self._tiers.changed.connect(self._filter_tiers)
        self.list.opened.connect(self._open_account)
        self.list.selection_changed.connect(self._selection_changed)
        self.list.loaded.connect(self._show_selected)
        self.form.made.connect(self._made)

    # Page

    def title(self) -> str:
        return _("Portfolio")

    def show_with(self, **params: str) -> None:
        if not self._loaded:
            self._loaded = True
            self.list.load()
        if params.get("new"):
            self._show_form()

    def refresh(self, changes: ChangeSet | None) -> None:
        self.list.refresh(changes)

    def commands(self) -> list[QAction]:
        return [self._new, self._open, self._delete, self._find, self._import]

    def primary_action(self) -> QAction | None:
        return self._new

    # Slots

    def _show_form(self) -> None:
        self.form.open_form()

    def _made(self, account_id: str) -> None:
        self._select_next = account_id
        self.list.refresh(None)

    def _show_selected(self) -> None:
        if self._select_next:
            self.list.select(self._select_next)
            self._select_next = ""

    def _go_to_import(self) -> None:
        self.context.navigator.open("import")

    def _focus_filter(self) -> None:
        self.list.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _filter_tiers(self, tiers: list[str]) -> None:
        self.list.filter_by(tiers=tiers or None)

    def _open_account(self, account_id: str) -> None:
        if account_id:
            self.context.navigator.open("account", account_id=account_id)

    def _open_selected(self) -> None:
        for account_id in self.list.selected_ids()[:1]:
            self._open_account(account_id)

    def _selection_changed(self) -> None:
        some = bool(self.list.selected_ids())
        self._open.setEnabled(some)
        self._delete.setEnabled(some)

    def _delete_selected(self) -> None:
        from kam_desktop.services import accounts

        ids = self.list.selected_ids()
        if not ids:
            return
        label = ngettext("Delete {n} account", "Delete {n} accounts", len(ids)).format(n=len(ids))
        self._deleted = ngettext(
            "{n} account is in the trash", "{n} accounts are in the trash", len(ids)
        ).format(n=len(ids))
        self.context.operations.run(
            self, label, accounts.delete_accounts, ids, on_done=self._say_deleted
        )

    def _say_deleted(self, _result: object) -> None:
        self.context.navigator.notify(
            self._deleted, action_text=_("Undo"), action=self.context.operations.undo
        )
