"""The people of the account as a list; the map is the place to change them."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kam_desktop.models.text import parse_instant
from kam_desktop.models.vocabulary import DecisionRole, Support
from kam_desktop.services.clock import Clock
from kam_desktop.services.formatting import date, relative_date
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.people import PersonRow, person_ids, person_rows
from kam_desktop.services.storage.reader import Reader
from kam_desktop.services.words import word
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.delegates.cells import (
    InfluenceDelegate,
    SupportDelegate,
    TextDelegate,
    use_delegate,
)
from kam_desktop.ui.itemmodels.columns import Column
from kam_desktop.ui.itemmodels.rows import RowsModel
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, CalmTable, EmptyState, make_action

LIMIT = 500
_SUPPORT, _INFLUENCE = 3, 4


def people_of_account(db: Reader, account_id: str) -> list[PersonRow]:
    """The account's people by influence, up to `LIMIT`."""
    ids = person_ids(db, account_id=account_id, sort="influence", descending=True, limit=LIMIT)
    return person_rows(db, ids)


class PeopleSection(Section):
    """``map_wanted`` asks for the map."""

    map_wanted = Signal()
    tables: ClassVar[tuple[str, ...]] = ("person", "role_in_decision", "interaction")

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted = self._account_name = ""
        self._add = make_action(_("Add people on the map"), self)
        self._import = make_action(_("Import contacts"), self, icon_name="import")
        self._export = make_action(_("Export contacts"), self, icon_name="download")
        self._personal = make_action(_("Personal notes"), self, icon_name="notebook-pen")
        self._personal.setEnabled(False)
        self._model: RowsModel[PersonRow] = RowsModel(self._columns(), self)
        self.table = CalmTable(_("People of this account"))
        self.table.setModel(self._model)
        self.table.remember("account-people", [200, 180, 240, 130, 100, 120])
        for column in range(self._model.columnCount()):
            use_delegate(self.table, column, TextDelegate(self.table, strong=column == 0))
        use_delegate(self.table, _SUPPORT, SupportDelegate(self.table))
        use_delegate(self.table, _INFLUENCE, InfluenceDelegate(self.table))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            EmptyState(
                "users-round",
                _("Nobody is known here yet"),
                _("Add the people who decide: who they are, how they stand, who reports to whom."),
                [self._add, self._import],
            )
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme().px(Space.S))
        outer.addWidget(self._stack, 1)
        outer.addWidget(self._foot())
        self._add.triggered.connect(self.map_wanted)
        self._import.triggered.connect(self._go_to_import)
        self._export.triggered.connect(self._export_contacts)
        self.table.opened.connect(self._open)
        self._personal.triggered.connect(self._open_personal)
        self.table.selectionModel().selectionChanged.connect(self._follow_selection)

    def _foot(self) -> QWidget:
        """Contacts in and out; with nobody there yet, the empty state offers them."""
        self.foot = QWidget()
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        for action in (self._personal, self._import, self._export):
            button = Button(kind="quiet")
            row.addWidget(button)
            button.follow(action)
        return self.foot

    def commands(self) -> list[QAction]:
        return [self._personal, self._import, self._export]

    def _columns(self) -> list[Column]:
        return [
            Column(_("Name"), _name),
            Column(_("Title"), _title),
            Column(_("Decision roles"), _roles),
            Column(_("Support"), _support, value=_support_value),
            Column(_("Influence"), _influence, value=_influence_value),
            Column(_("Last touch"), partial(_last_touch, self.context.clock), tip=_exact),
        ]

    def load(self) -> None:
        self.context.lanes.read(self, people_of_account, self.account_id, on_done=self._show)

    def _show(self, rows: list[PersonRow]) -> None:
        self._model.set_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self.foot.setVisible(bool(rows))
        self._account_name = rows[0].account_name if rows else ""
        self._export.setEnabled(bool(rows))
        wanted, self._wanted = self._wanted, ""
        at = self._model.row_of_id(wanted)
        if at >= 0:
            self.table.selectRow(at)
            self.table.scrollTo(self._model.index(at, 0))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_part(self, part: str, record_id: str) -> None:
        self._wanted = record_id
        self.load()

    def _go_to_import(self) -> None:
        self.context.navigator.open("import", account_id=self.account_id)

    def _export_contacts(self) -> None:
        from kam_desktop.ui.contacts.export_dialog import ExportDialog, ExportWish

        name = _("Everybody at {account}").format(account=self._account_name)
        ExportDialog(self.context, ExportWish(name, self.account_id), parent=self).open()

    def _follow_selection(self) -> None:
        self._personal.setEnabled(self._chosen() is not None)

    @property
    def current_person(self) -> str:
        row = self._chosen()
        return "" if row is None else row.id

    def _chosen(self) -> PersonRow | None:
        selected = self.table.selectionModel().selectedRows()
        return self._model.row(selected[0]) if len(selected) == 1 else None

    def _open_personal(self) -> None:
        from kam_desktop.ui.personal_notes.dialog import open_personal_notes

        row = self._chosen()
        if row is not None:
            open_personal_notes(self.context, row.id, row.name or row.title, self.window())

    def _open(self, index: QModelIndex) -> None:
        row = self._model.row(index)
        if row is not None:
            self.context.navigator.open("people", person_id=row.id)


def _last_touch(clock: Clock, row: PersonRow) -> str:
    if not row.last_touch:
        return "—"
    return relative_date(parse_instant(row.last_touch).date(), clock.today())


def _name(row: PersonRow) -> str:
    return _("(vacant)") if row.placeholder else row.name


def _title(row: PersonRow) -> str:
    return row.title


def _roles(row: PersonRow) -> str:
    return ", ".join(word(DecisionRole(role)) for role in row.roles) or "?"


def _support(row: PersonRow) -> str:
    return word(None if row.support is None else Support(row.support))


def _support_value(row: PersonRow) -> int | None:
    return row.support


def _influence(row: PersonRow) -> str:
    return "?" if row.influence is None else str(row.influence)


def _influence_value(row: PersonRow) -> int | None:
    return row.influence


def _exact(row: PersonRow) -> str:
    return date(parse_instant(row.last_touch).date()) if row.last_touch else ""
