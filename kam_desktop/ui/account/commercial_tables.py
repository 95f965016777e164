"""The tables of deals and contracts, in cards with what can be done to a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from kam_desktop.models.vocabulary import OpportunityState
from kam_desktop.services.formatting import date, money, relative_date
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.commercial import ContractRow, OpportunityRow, RevenueRow
from kam_desktop.services.words import word
from kam_desktop.ui.delegates.cells import PillDelegate, TextDelegate, use_delegate
from kam_desktop.ui.itemmodels.columns import Column
from kam_desktop.ui.itemmodels.rows import RowsModel
from kam_desktop.ui.theme import State, theme
from kam_desktop.ui.widgets import (
    Button,
    CalmTable,
    Card,
    IconButton,
    make_action,
    text_label,
)

MAX_LINES = 8


class RecordsCard(Card):
    """A short table. ``opened`` and ``delete_wanted`` carry the row, ``add_wanted`` nothing."""

    opened = Signal(object)
    delete_wanted = Signal(object)
    add_wanted = Signal()

    def __init__(
        self, title: str, columns: Sequence[Column], key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent=parent)
        self._model: RowsModel[Any] = RowsModel(columns, self)
        self.table = CalmTable(title)
        self.table.setProperty("bare", "true")
        self.table.setModel(self._model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.remember(key, [240, *[120] * (len(columns) - 1)])
        for at, column in enumerate(columns):
            kind = TextDelegate if column.state is None else PillDelegate
            use_delegate(self.table, at, kind(self.table))
        self._nothing = text_label("", "hint", wrap=True)
        self._edit = IconButton("pencil", _("Change"))
        self._delete = IconButton("trash-2", _("Delete"))
        self._row_buttons: list[IconButton] = []
        self.add_row_button(self._edit)
        self.add_row_button(self._delete)
        self.add_button = Button(_("Add"), "quiet", icon_name="plus")
        self.add_tool(self.add_button)
        self.add(self.table)
        self.add(self._nothing)
        self.table.opened.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self._remove = make_action(_("Delete"), self.table, shortcut="Del")
        self._remove.triggered.connect(self._delete_chosen)
        self._edit.clicked.connect(self._open_chosen)
        self._delete.clicked.connect(self._delete_chosen)
        self.add_button.clicked.connect(self.add_wanted)

    def add_row_button(self, button: IconButton) -> None:
        """Offer something to do with the chosen line."""
        button.hide()
        self._row_buttons.append(button)
        self.tools.insertWidget(0, button)

    def show_rows(self, rows: Sequence[Any], subtitle: str, nothing: str) -> None:
        """Show these records; ``nothing`` is said when there is none."""
        self._model.set_rows(rows)
        self.set_subtitle(subtitle)
        self._nothing.setText(nothing)
        self._nothing.setVisible(not rows)
        self.table.setVisible(bool(rows))
        lines = min(MAX_LINES, len(rows)) + 1
        self.table.setFixedHeight(theme().row_height * lines + theme().px(12))
        self._selected()

    def chosen(self) -> Any:
        """The chosen record, or None."""
        rows = self.table.selectionModel().selectedRows()
        return self._model.row(rows[0]) if rows else None

    def _selected(self, *_change: QItemSelection) -> None:
        for button in self._row_buttons:
            button.setVisible(self.chosen() is not None)

    def _open(self, index: QModelIndex) -> None:
        row = self._model.row(index)
        if row is not None:
            self.opened.emit(row)

    def _open_chosen(self) -> None:
        row = self.chosen()
        if row is not None:
            self.opened.emit(row)

    def _delete_chosen(self) -> None:
        row = self.chosen()
        if row is not None:
            self.delete_wanted.emit(row)


_DEAL_STATES = {
    OpportunityState.OPEN: State.ACCENT,
    OpportunityState.WON: State.GOOD,
    OpportunityState.LOST: State.BAD,
}


def opportunity_columns(today: dt.date) -> list[Column]:
    """What a table of deals shows."""

    def decision(row: OpportunityRow) -> str:
        return "—" if row.close_on is None else relative_date(row.close_on, today)

    return [
        Column(_("Opportunity"), lambda row: row.name),
        Column(_("State"), lambda row: word(row.state), state=lambda row: _DEAL_STATES[row.state]),
        Column(_("Stage"), lambda row: row.stage or "—"),
        Column(_("Value"), _value, number=True),
        Column(_("Chance"), _chance, number=True),
        Column(_("Decision"), decision, tip=lambda row: _exact(row.close_on)),
        Column(_("With"), lambda row: row.person_name or "?"),
    ]


def revenue_columns() -> list[Column]:
    """What a table of revenue entries shows."""

    def period(row: RevenueRow) -> str:
        first = date(row.starts_on)
        return first if row.ends_on == row.starts_on else f"{first} – {date(row.ends_on)}"

    def cost(row: RevenueRow) -> str:
        return "?" if row.cost_minor is None else money(row.cost_minor, row.currency)

    return [
        Column(_("Period"), period),
        Column(_("Amount"), lambda row: money(row.amount_minor, row.currency), number=True),
        Column(_("Cost"), cost, number=True),
        Column(_("Number"), lambda row: row.number or "—"),
        Column(_("Buying centre"), lambda row: row.buying_centre or "—"),
    ]


def contract_columns(today: dt.date) -> list[Column]:
    """What a table of contracts shows."""

    def until(row: ContractRow) -> str:
        return _("open-ended") if row.ends_on is None else relative_date(row.ends_on, today)

    def notice(row: ContractRow) -> str:
        return "?" if row.notice_on is None else relative_date(row.notice_on, today)

    def urgency(row: ContractRow) -> str:
        if row.notice_on is None or row.notice_on < today:
            return State.PLAIN
        days = (row.notice_on - today).days
        return State.BAD if days <= 30 else State.WARN if days <= 90 else State.PLAIN

    return [
        Column(_("Contract"), lambda row: row.name),
        Column(_("Notice"), notice, tip=lambda row: _exact(row.notice_on), state=urgency),
        Column(_("Ends"), until, tip=lambda row: _exact(row.ends_on)),
        Column(_("Starts"), lambda row: "?" if row.starts_on is None else date(row.starts_on)),
        Column(_("Value"), _value, number=True),
    ]


def _value(row: OpportunityRow | ContractRow) -> str:
    return "?" if row.value_minor is None else money(row.value_minor, row.currency)


def _chance(row: OpportunityRow) -> str:
    return "?" if row.probability is None else f"{row.probability} %"


def _exact(day: dt.date | None) -> str:
    return "" if day is None else date(day)
