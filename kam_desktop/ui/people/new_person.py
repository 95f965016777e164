"""Adding a stakeholder without leaving the list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets.account_field import AccountField
from kam_desktop.ui.widgets.fields import InlineLine
from kam_desktop.ui.widgets.quick_form import QuickForm


class NewPerson(QuickForm):
    """``made`` carries the id of the new person."""

    made = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("New person"), parent)
        self._context = context
        self.person = InlineLine(_("Name"))
        self.job = InlineLine(_("Title"))
        self.account = AccountField(_("Account"), context.lanes)
        self.email = InlineLine(_("E-mail"))
        self.add_field("name", self.person, 3)
        self.add_field("account", self.account, 3)
        self.add_field("title", self.job, 2)
        self.add_field("email", self.email, 2)
        self.finish()
        self.submitted.connect(self._submit)

    def _submit(self) -> None:
        from kam_desktop.services import people

        account_id = self.account.value()
        if not account_id:
            self.refuse(UserError(_("Choose the account from the list."), field="account"))
            return
        name = self.person.value()
        self._context.operations.run(
            self,
            _("Add {name}").format(name=name),
            people.add_person,
            account_id,
            name,
            fields={"title": self.job.value(), "email": self.email.value()},
            on_done=self._done,
            on_error=self.refuse,
        )

    def _done(self, person_id: str) -> None:
        self.clear()
        self.hide()
        self.made.emit(person_id)
