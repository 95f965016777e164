"""The commercial section: deals, contracts, and revenue by month and currency."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import OpportunityState
from kam_desktop.services.errors import UserError
from kam_desktop.services.formatting import money_list
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.commercial import (
    ContractRow,
    OpportunityRow,
    RevenueMonths,
    RevenuePage,
    RevenueRow,
    contracts,
    first_revenue,
    opportunities,
    revenue_months,
)
from kam_desktop.services.queries.company import BuyingCentreRow, buying_centres
from kam_desktop.services.queries.tenders import (
    ReviewRow,
    TenderRow,
    reviews_of_account,
)
from kam_desktop.services.queries.tenders import of_account as tenders_of_account
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
from kam_desktop.ui.account.revenue_list import PAGE, RevenueList, open_entry
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.account.tenders import TenderArea
from kam_desktop.ui.interactions.record_field import InlineRecord, person_field
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets import IconButton, Scroller
from kam_desktop.ui.widgets.scrolling import bring_into_view


@dataclass(frozen=True, slots=True)
class Commercial:
    """Everything this section shows."""

    account_id: str
    opportunities: list[OpportunityRow]
    contracts: list[ContractRow]
    revenue: RevenueMonths
    entries: RevenuePage
    centres: tuple[BuyingCentreRow, ...]
    tenders: list[TenderRow]
    reviews: list[ReviewRow]


def commercial(db: Reader, account_id: str, today: dt.date, entries: int) -> Commercial:
    """The commercial side of an account, with its newest revenue entries."""
    return Commercial(
        account_id,
        opportunities(db, account_id),
        contracts(db, account_id),
        revenue_months(db, account_id, today),
        first_revenue(db, account_id, entries),
        tuple(buying_centres(db, account_id)),
        tenders_of_account(db, account_id),
        reviews_of_account(db, account_id),
    )


class CommercialSection(Section):
    """Deals, contracts and revenue; each opens a form in its place to add or change a record."""

    tables: ClassVar[tuple[str, ...]] = (
        *("opportunity", "contract", "revenue_entry", "buying_centre", "person"),
        *("tender", "tender_gate", "internal_review"),
    )

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        today = context.clock.today()
        self.deals = RecordsCard(_("Opportunities"), opportunity_columns(today), "account-deals")
        self.deals_form = RecordForm(
            _("New opportunity"), opportunity_fields(partial(person_field, context)), today
        )
        self.contracts = RecordsCard(_("Contracts"), contract_columns(today), "account-contracts")
        self.contracts_form = RecordForm(_("New contract"), contract_fields(), today)
        self.tender_area = TenderArea(context)
        self.revenue = RevenueCard()
        self.revenue_form = RecordForm(_("New revenue entry"), revenue_fields(), today)
        self.entries = RevenueList()
        self.entries.add_button.hide()
        self._deal: OpportunityRow | None = None
        self._contract: ContractRow | None = None
        self._entry: RevenueRow | None = None
        self._centres: tuple[BuyingCentreRow, ...] = ()
        self._wanted = ""
        self._lay_out()
        self._won = IconButton("check", _("Won"))
        self._lost = IconButton("x", _("Lost"))
        self.deals.add_row_button(self._won)
        self.deals.add_row_button(self._lost)
        self._connect_signals()

    def _lay_out(self) -> None:
        self._scroller = Scroller()
        for widget in (
            *(self.deals_form, self.deals, self.contracts_form, self.contracts),
            *(self.tender_area, self.revenue, self.revenue_form, self.entries),
        ):
            self._scroller.column.addWidget(widget)
        self._scroller.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroller)

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
        self.entries.opened.connect(self._edit_revenue)
        self.entries.delete_wanted.connect(self._delete_revenue)
        self.entries.more_wanted.connect(self.load)
        for form, card in self._forms():
            form.closed.connect(card.table.setFocus)

    def _forms(self) -> tuple[tuple[RecordForm, RecordsCard], ...]:
        return (
            (self.deals_form, self.deals),
            (self.contracts_form, self.contracts),
            (self.revenue_form, self.entries),
        )

    def commands(self) -> list[QAction]:
        return self.tender_area.commands()

    def leave_account(self) -> None:
        self.tender_area.leave_account()
        for form, _card in self._forms():
            form.close_form()
        self.entries.shown = PAGE

    def commit_drafts(self) -> None:
        self.tender_area.commit_drafts()
        for form, _card in self._forms():
            form.commit()

    def show_part(self, part: str, record_id: str) -> None:
        del record_id
        self._wanted = part
        self.load()

    def _go_to_wanted(self) -> None:
        parts: dict[str, RecordsCard] = {
            "opportunities": self.deals,
            "contracts": self.contracts,
            "revenue": self.entries,
        }
        wanted, self._wanted = self._wanted, ""
        if wanted in ("tenders", "reviews"):
            target = self.tender_area.target(wanted)
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_view(target)
        card = parts.get(wanted)
        if card is not None:
            # Once the cards have the height of their new content.
            content = self._scroller.widget()
            if content is not None:
                content.adjustSize()
            self._scroller.verticalScrollBar().setValue(card.y())
            (card.add_button if card.table.isHidden() else card.table).setFocus()

    def load(self) -> None:
        today = self.context.clock.today()
        self.context.lanes.read(
            self, commercial, self.account_id, today, self.entries.shown, on_done=self._show
        )

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
        self._centres = found.centres
        self.tender_area.show_records(
            found.account_id, found.tenders, found.reviews, found.opportunities
        )
        self.entries.show_page(found.entries)
        self.entries.setVisible(bool(found.entries.rows))
        self._go_to_wanted()

    # Opportunities

    def _new_deal(self) -> None:
        self._deal = None
        self._offer_people(None, "")
        self.deals_form.open_with({}, _("New opportunity"))

    def _edit_deal(self, row: OpportunityRow) -> None:
        self._deal = row
        self._offer_people(row.person_id, row.person_name)
        chance = "" if row.probability is None else str(row.probability)
        values = {
            "name": row.name,
            "stage": row.stage,
            "value": amount_text(row.value_minor, row.currency),
            "probability": chance,
            "close_on": row.close_on,
            "person_id": row.person_id,
            "text": row.text,
        }
        self.deals_form.open_with(values, _("Change opportunity"))

    def _offer_people(self, person_id: str | None, name: str) -> None:
        person = self.deals_form.editor("person_id")
        assert isinstance(person, InlineRecord)
        person.picker.ask_with(self.account_id)
        person.set_record(person_id, name)

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
        self._entry = None
        open_entry(self.revenue_form, None, self._centres)

    def _edit_revenue(self, row: RevenueRow) -> None:
        self._entry = row
        open_entry(self.revenue_form, row, self._centres)

    def _delete_revenue(self, row: RevenueRow) -> None:
        from kam_desktop.services import commercial as use_cases

        label = _("Delete revenue")
        self.context.operations.run(self, label, use_cases.delete_revenue, row.id)

    def _save_revenue(self, values: dict[str, Any]) -> None:
        from kam_desktop.services import commercial as use_cases

        form = self.revenue_form
        amount, currency = values["amount"]
        cost, cost_currency = values["cost"]
        if cost is not None and cost_currency != currency:
            form.refuse(UserError(_("Use the currency of the amount."), field="cost"))
            return
        starts_on = values["starts_on"] or self.context.clock.today()
        fields = {
            "starts_on": starts_on,
            "ends_on": values["ends_on"] or starts_on,
            "amount_minor": amount,
            "cost_minor": cost,
            "currency": currency,
            "number": values["number"],
            "buying_centre_id": values["buying_centre_id"],
        }
        if self._entry is None:
            self._add(_("Add revenue"), use_cases.add_revenue, fields, form)
        else:
            label = _("Change revenue")
            self._change(label, use_cases.update_revenue, self._entry.id, fields, form)

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
