"""Which dossier to open, while none is open."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kam_desktop.models.text import parse_instant
from kam_desktop.models.vocabulary import Tier
from kam_desktop.services.formatting import joined, relative_date
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.accounts import AccountRow, first_account_page
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.services.storage.reader import Reader
from kam_desktop.services.words import word
from kam_desktop.ui.delegates.cells import TextDelegate, use_delegate
from kam_desktop.ui.itemmodels.columns import Column
from kam_desktop.ui.itemmodels.rows import RowsModel
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import CalmTable, EmptyState, SearchField, make_action, text_label

LIMIT = 30


def accounts_to_choose(db: Reader, text: str) -> list[AccountRow]:
    """Key accounts first while nothing is typed, else those that fit."""
    return first_account_page(db, text=text, sort="name" if text else "tier", limit=LIMIT)[:LIMIT]


class AccountChooser(QWidget):
    """A search field over a short list; Enter opens the dossier."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._import = make_action(_("Import accounts"), self)
        self._portfolio = make_action(_("Go to the portfolio"), self)
        self.search = SearchField(_("Find an account"))
        self._model: RowsModel[AccountRow] = RowsModel(self._columns(), self)
        self.table = CalmTable(_("Accounts"))
        self.table.setModel(self._model)
        self.table.remember("account-chooser", [320, 180, 220, 140])
        for at in range(self._model.columnCount()):
            use_delegate(self.table, at, TextDelegate(self.table, strong=at == 0))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.M))
        column.addWidget(text_label(_("Whose dossier do you want to open?"), "secondary"))
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(body)
        self._stack.addWidget(
            EmptyState(
                "building-2",
                _("A dossier holds what you know about a client"),
                _("People, map, meetings, promises, deals and health. It needs an account first."),
                [self._import, self._portfolio],
            )
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._connect_signals()

    def _connect_signals(self) -> None:
        self.search.searched.connect(self.load)
        self.search.returnPressed.connect(self._open_first)
        self.table.opened.connect(self._open)
        self._import.triggered.connect(self._go_to_import)
        self._portfolio.triggered.connect(self._go_to_portfolio)

    def _columns(self) -> list[Column]:
        return [
            Column(_("Account"), lambda row: row.name),
            Column(_("Tier"), lambda row: word(Tier(row.tier))),
            Column(_("Place"), lambda row: joined((row.city, row.country))),
            Column(_("Last touch"), self._last_touch),
        ]

    def _last_touch(self, row: AccountRow) -> str:
        if not row.last_touch:
            return "—"
        day = parse_instant(row.last_touch).date()
        return relative_date(day, self._context.clock.today())

    def load(self, _text: str = "") -> None:
        """Read what fits the text typed."""
        text = self.search.text().strip()
        self._context.lanes.read(self, accounts_to_choose, text, on_done=self._show)

    def refresh(self, changes: ChangeSet | None) -> None:
        """Read again when accounts changed."""
        if changes is None or changes.touches("account", "interaction"):
            self.load()

    def _show(self, rows: list[AccountRow]) -> None:
        self._model.set_rows(rows)
        self._stack.setCurrentIndex(0 if rows or self.search.text() else 1)

    def _open_first(self) -> None:
        if self._model.rows:
            self._open(self._model.index(0, 0))

    def _open(self, index: QModelIndex) -> None:
        row = self._model.row(index)
        if row is not None:
            self._context.navigator.open("account", account_id=row.id)

    def _go_to_import(self) -> None:
        self._context.navigator.open("import")

    def _go_to_portfolio(self) -> None:
        self._context.navigator.open("portfolio")
