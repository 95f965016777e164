"""The commercial section: deals, contracts, and revenue by month and currency."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import OpportunityState
from kam_desktop.services.formatting import money_list
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.commercial import (
    ContractRow,
    OpportunityRow,
    RevenueMonths,
    contracts,
    opportunities,
    revenue_months,
)
from kam_desktop.services.storage.reader import Reader
from kam_desktop.ui.account.commercial_forms import (
    amount_text,
    contract_fields,
    opportunity_fields,
    revenue_fields,
)
from kam_desktop.ui.account.commercial_tables import (
    RecordsCard,
    contract_columns,
    opportunity_columns,
)
from kam_desktop.ui.account.record_form import RecordForm
from kam_desktop.ui.account.revenue_card import RevenueCard
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets import IconButton, Scroller

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Commercial:
    """Everything this section shows."""

    account_id: str
    opportunities: list[OpportunityRow]
    contracts: list[ContractRow]
    revenue: RevenueMonths


def commercial(db: Reader, account_id: str, today: dt.date) -> Commercial:
    """The commercial side of an account."""
    return Commercial(
        account_id,
        opportunities(db, account_id),
        contracts(db, account_id),
        revenue_months(db, account_id, today),
    )


class CommercialSection(Section):
    """Three cards; each opens a form in its place to add or change a record."""

    tables: ClassVar[tuple[str, ...]] = ("opportunity", "contract", "revenue_entry")

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        today = context.clock.today()
        self.deals = RecordsCard(_("Opportunities"), opportunity_columns(today), "account-deals")
        self.deals_form = RecordForm(_("New opportunity"), opportunity_fields(), today)
        self.contracts = RecordsCard(_("Contracts"), contract_columns(today), "account-contracts")
        self.contracts_form = RecordForm(_("New contract"), contract_fields(), today)
        self.revenue = RevenueCard()
        self.revenue_form = RecordForm(_("New revenue entry"), revenue_fields(), today)
        self._deal: OpportunityRow | None = None
        self._contract: ContractRow | None = None
        scroller = Scroller()
        for widget in (
            *(self.deals_form, self.deals, self.contracts_form, self.contracts),
            *(self.revenue_form, self.revenue),
        ):
            scroller.column.addWidget(widget)
        scroller.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroller)
        self._won = IconButton("check", _("Won"))
        self._lost = IconButton("x", _("Lost"))
        self.deals.add_row_button(self._won)
        self.deals.add_row_button(self._lost)
        self._connect_signals()

    def _connect_signals(self) -> None:
        self.deals.add_wanted.connect(self._new_deal)
        self.deals.opened.connect(self._edit_deal)
        self.deals.delete_wanted.connect(self._delete_deal)
        self.deals_form.submitted.connect(self._save_deal)
        self._won.clicked.connect(self._win)
        self._lost.clicked.connect(self._lose)
        self.contracts.add_wanted.connect(self._new_contract)
        self.contracts.opened.connect(self._edit_contract)
        self.contracts.delete_wanted.connect(self._delete_contract)
        self.contracts_form.submitted.connect(self._save_contract)
        self.revenue.add_button.clicked.connect(self._new_revenue)
        self.revenue_form.submitted.connect(self._save_revenue)

    def load(self) -> None:
        today = self.context.clock.today()
        self.context.lanes.read(self, commercial, self.account_id, today, on_done=self._show)

    def _show(self, found: Commercial) -> None:
        if found.account_id != self.account_id:
            return
        self.deals.show_rows(
            found.opportunities,
            _open_value(found.opportunities),
            _("No deal is open. Add one as soon as a need is spoken of."),
        )
        self.contracts.show_rows(
            found.contracts, "", _("No contract is recorded; its notice date is worth knowing.")
        )
        self.revenue.show_months(found.revenue)

    # Opportunities

    def _new_deal(self) -> None:
        self._deal = None
        self.deals_form.open_with({}, _("New opportunity"))

    def _edit_deal(self, row: OpportunityRow) -> None:
        self._deal = row
        chance = "" if row.probability is None else str(row.probability)
        values = {
            "name": row.name,
            "stage": row.stage,
            "value": amount_text(row.value_minor, row.currency),
            "probability": chance,
            "close_on": row.close_on,
            "text": row.text,
        }
        self.deals_form.open_with(values, _("Change opportunity"))

    def _save_deal(self, values: dict[str, Any]) -> None:
        from kam_desktop.services import commercial as use_cases

        fields = _with_amount(values)
        form = self.deals_form
        if self._deal is None:
            self._add(_("Add opportunity"), use_cases.add_opportunity, fields, form)
        else:
            label = _("Change opportunity")
            self._change(label, use_cases.update_opportunity, self._deal.id, fields, form)

    def _win(self) -> None:
        self._close_deal(OpportunityState.WON, _("Win opportunity"))

    def _lose(self) -> None:
        self._close_deal(OpportunityState.LOST, _("Lose opportunity"))

    def _close_deal(self, state: OpportunityState, label: str) -> None:
        from kam_desktop.services import commercial as use_cases

        row = self.deals.chosen()
        if row is not None:
            self.context.operations.run(self, label, use_cases.close_opportunity, row.id, state)

    def _delete_deal(self, row: OpportunityRow) -> None:
        from kam_desktop.services import commercial as use_cases

        label = _("Delete opportunity")
        self.context.operations.run(self, label, use_cases.delete_opportunity, row.id)

    # Contracts

    def _new_contract(self) -> None:
        self._contract = None
        self.contracts_form.open_with({}, _("New contract"))

    def _edit_contract(self, row: ContractRow) -> None:
        self._contract = row
        values = {
            "name": row.name,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
            "notice_on": row.notice_on,
            "value": amount_text(row.value_minor, row.currency),
            "text": row.text,
        }
        self.contracts_form.open_with(values, _("Change contract"))

    def _save_contract(self, values: dict[str, Any]) -> None:
        from kam_desktop.services import commercial as use_cases

        fields = _with_amount(values)
        form = self.contracts_form
        if self._contract is None:
            self._add(_("Add contract"), use_cases.add_contract, fields, form)
        else:
            label = _("Change contract")
            self._change(label, use_cases.update_contract, self._contract.id, fields, form)

    def _delete_contract(self, row: ContractRow) -> None:
        from kam_desktop.services import commercial as use_cases

        label = _("Delete contract")
        self.context.operations.run(self, label, use_cases.delete_contract, row.id)

    # Revenue

    def _new_revenue(self) -> None:
        self.revenue_form.open_with({})

    def _save_revenue(self, values: dict[str, Any]) -> None:
        from kam_desktop.services import commercial as use_cases

        amount, currency = values["amount"]
        starts_on = values["starts_on"] or self.context.clock.today()
        fields = {
            "starts_on": starts_on,
            "ends_on": values["ends_on"] or starts_on,
            "amount_minor": amount,
            "currency": currency,
            "number": values["number"],
        }
        self._add(_("Add revenue"), use_cases.add_revenue, fields, self.revenue_form)

    def _add(self, label: str, use_case: Any, fields: dict[str, Any], form: RecordForm) -> None:
        self.context.operations.run(
            form,
            label,
            _with_fields,
            use_case,
            self.account_id,
            fields,
            on_done=form.accept,
            on_error=form.refuse,
        )

    def _change(
        self, label: str, use_case: Any, record_id: str, fields: dict[str, Any], form: RecordForm
    ) -> None:
        self.context.operations.run(
            form,
            label,
            _with_fields,
            use_case,
            record_id,
            fields,
            on_done=form.accept,
            on_error=form.refuse,
        )


def _with_fields(work: Any, use_case: Any, record_id: str, fields: dict[str, Any]) -> Any:
    return use_case(work, record_id, **fields)


def _with_amount(values: dict[str, Any]) -> dict[str, Any]:
    fields = dict(values)
    fields["value_minor"], fields["currency"] = fields.pop("value")
    return fields


def _open_value(rows: list[OpportunityRow]) -> str:
    totals: dict[str, float] = {}
    for row in rows:
        if row.state is OpportunityState.OPEN and row.value_minor is not None:
            totals[row.currency] = totals.get(row.currency, 0.0) + row.value_minor
    return _("Open: {total}").format(total=money_list(totals)) if totals else ""
