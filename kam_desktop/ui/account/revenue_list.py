"""The revenue entries themselves, newest first, a page at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.queries.commercial import RevenuePage, RevenueRow
from kam_desktop.services.queries.company import BuyingCentreRow
from kam_desktop.ui.account.commercial_forms import amount_text
from kam_desktop.ui.account.commercial_tables import RecordsCard, revenue_columns
from kam_desktop.ui.account.record_form import RecordForm
from kam_desktop.ui.widgets import Button, InlineChoice

PAGE = 50


class RevenueList(RecordsCard):
    """A table of entries. ``more_wanted`` asks for older ones; ``shown`` is how many to read."""

    more_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Revenue entries"), revenue_columns(), "account-revenue", parent)
        self.shown = PAGE
        self.more = Button(_("Show older entries"), "quiet")
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.clicked.connect(self._want_more)

    def show_page(self, page: RevenuePage) -> None:
        """Show these entries."""
        self.show_rows(page.rows, "", _("No entry yet."))
        self.more.setVisible(page.more)

    def _want_more(self) -> None:
        self.shown += PAGE
        self.more_wanted.emit()


def open_entry(
    form: RecordForm, row: RevenueRow | None, centres: tuple[BuyingCentreRow, ...]
) -> None:
    """Show an entry (or a new one) in its form."""
    chooser = form.editor("buying_centre_id")
    assert isinstance(chooser, InlineChoice)
    chooser.set_choices([(None, _("Whole account")), *((each.id, each.name) for each in centres)])
    form.show_fields(() if centres else ("buying_centre_id",))
    if row is None:
        form.open_with({"buying_centre_id": None}, _("New revenue entry"))
        return
    cost = "" if row.cost_minor is None else amount_text(row.cost_minor, row.currency)
    values = {
        "amount": amount_text(row.amount_minor, row.currency),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "cost": cost,
        "number": row.number,
        "buying_centre_id": row.buying_centre_id,
    }
    form.open_with(values, _("Change revenue entry"))
