"""What the program reminds of while it runs."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QCheckBox, QWidget

from kam_desktop.services.i18n import _, ngettext
from kam_desktop.ui.settings.section import Section, SettingRow
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.preferences import Preferences
from kam_desktop.ui.widgets.card import Card, Rule
from kam_desktop.ui.widgets.fields import InlineChoice

LEADS = (0, 5, 10, 15, 20, 30, 45, 60, 90, 120)


class RemindersSection(Section):
    """Each choice is used at once and kept for this laptop."""

    name: ClassVar[str] = "reminders"
    icon: ClassVar[str] = "bell"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.on = QCheckBox(_("On"))
        self.lead = InlineChoice(_("Before a meeting"), show_label=False)
        self.lead.set_choices([(minutes, _lead_text(minutes)) for minutes in LEADS])
        self.unprepared = QCheckBox(_("On"))
        self.due = QCheckBox(_("On"))
        card = Card(
            _("Reminders"),
            _(
                "For this computer, while the program runs. The system shows them where it can, "
                "else the window does."
            ),
        )
        rows = (
            SettingRow(_("Remind me"), "", self.on),
            SettingRow(
                _("Before a meeting"),
                _("Before it is time to set out, when the way there is planned"),
                self.lead,
            ),
            SettingRow(
                _("Not prepared"),
                _("At 8 on the day before a meeting whose checklist is not done"),
                self.unprepared,
            ),
            SettingRow(
                _("Due today"), _("At 8 for our promises, actions and tender gates"), self.due
            ),
        )
        for number, row in enumerate(rows):
            if number:
                card.add(Rule())
            card.add(row)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.on.clicked.connect(self._set_on)
        self.lead.committed.connect(self._set_lead)
        self.unprepared.clicked.connect(self._set_unprepared)
        self.due.clicked.connect(self._set_due)
        context.preferences.changed.connect(self._show)

    @staticmethod
    def heading() -> str:
        return _("Reminders")

    def load(self) -> None:
        self._show(self.context.preferences.values)

    def _show(self, values: Preferences) -> None:
        self.on.setChecked(values.reminders)
        nearest = min(LEADS, key=lambda lead: abs(lead - values.reminder_minutes))
        self.lead.set_value(nearest)
        self.unprepared.setChecked(values.remind_unprepared)
        self.due.setChecked(values.remind_due)
        for control in (self.lead, self.unprepared, self.due):
            control.setEnabled(values.reminders)

    def _set_on(self, on: bool) -> None:
        self.context.preferences.update(reminders=on)

    def _set_lead(self, minutes: object) -> None:
        self.context.preferences.update(reminder_minutes=minutes)

    def _set_unprepared(self, on: bool) -> None:
        self.context.preferences.update(remind_unprepared=on)

    def _set_due(self, on: bool) -> None:
        self.context.preferences.update(remind_due=on)


def _lead_text(minutes: int) -> str:
    if not minutes:
        return _("when it begins")
    return ngettext("{n} minute before", "{n} minutes before", minutes).format(n=minutes)
