"""Making an account without leaving the list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kam_desktop.models.vocabulary import Tier
from kam_desktop.services.i18n import _
from kam_desktop.services.words import choices
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets.fields import InlineChoice, InlineLine
from kam_desktop.ui.widgets.quick_form import QuickForm


class NewAccount(QuickForm):
    """``made`` carries the id of the new account."""

    made = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("New account"), parent)
        self._context = context
        self.company = InlineLine(_("Name"))
        self.tier = InlineChoice(_("Tier"))
        self.tier.set_choices(choices(Tier))
        self.tier.set_value(Tier.REGULAR.value)
        self.city = InlineLine(_("City"))
        self.country = InlineLine(_("Country"))
        self.add_field("name", self.company, 3)
        self.add_field("tier", self.tier, 1)
        self.add_field("city", self.city, 2)
        self.add_field("country", self.country, 2)
        self.finish()
        self.submitted.connect(self._submit)

    def _submit(self) -> None:
        from kam_desktop.services import accounts

        name = self.company.value()
        fields = {
            "name": name,
            "tier": self.tier.value(),
            "city": self.city.value(),
            "country": self.country.value(),
        }
        self._context.operations.run(
            self,
            _("Add {name}").format(name=name),
            accounts.add_account,
            fields=fields,
            on_done=self._done,
            on_error=self.refuse,
        )

    def _done(self, account_id: str) -> None:
        self.clear()
        self.hide()
        self.made.emit(account_id)
