"""The commercial section: deals, contracts, and revenue by month and currency."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import OpportunityState
from kam_desktop.services.formatting import money_list
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.commercial import (
    ContractRow,
    OpportunityRow,
    RevenueMonths,
    RevenuePage,
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
    contract_fields,
    opportunity_fields,
    revenue_fields,
)
from kam_desktop.ui.account.commercial_parts import ContractsPart, DealsPart, RevenuePart
from kam_desktop.ui.account.commercial_tables import (
    RecordsCard,
    contract_columns,
    opportunity_columns,
)
from kam_desktop.ui.account.record_form import RecordForm
from kam_desktop.ui.account.revenue_card import RevenueCard
from kam_desktop.ui.account.revenue_list import PAGE, RevenueList
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.account.tenders import TenderArea
from kam_desktop.ui.interactions.record_field import person_field
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
        self.deals_part = DealsPart(self, self.deals, self.deals_form)
        self.contracts_part = ContractsPart(self, self.contracts, self.contracts_form)
        self.revenue_part = RevenuePart(self, self.entries, self.revenue_form)
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
        self._won.clicked.connect(self.deals_part.win)
        self._lost.clicked.connect(self.deals_part.lose)
        self.revenue.add_button.clicked.connect(self.revenue_part.open_new)
        self.entries.more_wanted.connect(self.load)

    def _forms(self) -> tuple[RecordForm, ...]:
        return self.deals_form, self.contracts_form, self.revenue_form

    def commands(self) -> list[QAction]:
        return self.tender_area.commands()

    def leave_account(self) -> None:
        self.tender_area.leave_account()
        for form in self._forms():
            form.close_form()
        self.entries.shown = PAGE

    def commit_drafts(self) -> None:
        self.tender_area.commit_drafts()
        for form in self._forms():
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
        self.revenue_part.centres = found.centres
        self.tender_area.show_records(
            found.account_id, found.tenders, found.reviews, found.opportunities
        )
        self.entries.show_page(found.entries)
        self.entries.setVisible(bool(found.entries.rows))
        self._go_to_wanted()


def _open_value(rows: list[OpportunityRow]) -> str:
    totals: dict[str, float] = {}
    for row in rows:
        if row.state is OpportunityState.OPEN and row.value_minor is not None:
            totals[row.currency] = totals.get(row.currency, 0.0) + row.value_minor
    return _("Open: {total}").format(total=money_list(totals)) if totals else ""
