"""Asks when somebody left, where to, and what becomes of their seat."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.queries import choices
from kam_desktop.services.queries.person_detail import PersonDetail
from kam_desktop.ui.interactions.picker import RecordPicker
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, InlineDate, PrimaryButton, text_label
from kam_desktop.ui.widgets.dialog import CalmDialog


class LeavingDialog(CalmDialog):
    """One step of undo, whatever is chosen. Where they went may be an account or any words."""

    def __init__(
        self, context: AppContext, detail: PersonDetail, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("{name} has left").format(name=detail.name), parent)
        self._context = context
        self._detail = detail
        self.on = InlineDate(_("Last day there"), today=context.clock.today())
        self.on.set_value(context.clock.today())
        self.went_to = RecordPicker(
            context, choices.accounts, _("An account of yours, or any words")
        )
        self.add_there = QCheckBox(_("Add them there as a new person"))
        self.add_there.setEnabled(False)
        self.add_there.setToolTip(
            _("Name, mobile, languages, style and photo go along; ties and judgements do not.")
        )
        self.keep_seat = QCheckBox(_("Leave their seat vacant, with its lines"))
        if not detail.title:
            self.keep_seat.hide()
        self.error = text_label("", "error", wrap=True)
        self.error.hide()
        self.save = PrimaryButton(_("Has left"))
        self.cancel = Button(_("Cancel"))
        self._build()
        self.went_to.picked.connect(self._follow_choice)
        self.went_to.textEdited.connect(self._follow_choice)
        self.save.clicked.connect(self._leave)
        self.cancel.clicked.connect(self.reject)
        self.went_to.setFocus()

    def _build(self) -> None:
        label = text_label(_("Went to"), "small")
        label.setBuddy(self.went_to)
        self.went_to.setAccessibleName(_("Went to"))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme().px(Space.S))
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        for widget in (self.on, label, self.went_to, self.add_there, self.keep_seat):
            self.column.addWidget(widget)
        self.column.addWidget(self.error)
        self.column.addLayout(buttons)
        self.save.setDefault(True)
        self.save.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _follow_choice(self, _choice: object) -> None:
        known = self.went_to.choice is not None
        self.add_there.setEnabled(known)
        if not known:
            self.add_there.setChecked(False)

    def _leave(self) -> None:
        from kam_desktop.services.leaving import WhereTo, mark_left, vacate_seat

        try:
            day = self.on.value() or self._context.clock.today()
        except ValueError as error:
            self.on.refuse(error)
            return
        choice = self.went_to.choice
        where = WhereTo(
            "" if choice is not None else self.went_to.text(),
            None if choice is None else choice.account_id,
            self.add_there.isChecked(),
        )
        use_case: Any = vacate_seat if self.keep_seat.isChecked() else mark_left
        label = _("{name} has left").format(name=self._detail.name)
        self._context.operations.run(
            self,
            label,
            partial(use_case, on=day, where_to=where),
            self._detail.id,
            on_done=self._left,
            on_error=self._refuse,
        )

    def _left(self, _result: object) -> None:
        self.accept()

    def _refuse(self, error: UserError) -> None:
        if error.field == "left_on":
            self.on.refuse(error)
            return
        self.error.setText(str(error))
        self.error.show()
