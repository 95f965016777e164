"""Saves meetings as a calendar file: one, those of an account, or all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QRadioButton, QWidget

from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.places import documents_folder, shown_path
from kam_desktop.services.queries import choices
from kam_desktop.ui.interactions.picker import RecordPicker
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, PrimaryButton, text_label
from kam_desktop.ui.widgets.dialog import CalmDialog

if TYPE_CHECKING:
    from kam_desktop.services.storage.portfolio import Portfolio


def save_calendar(
    portfolio: Portfolio, target: Path, account_id: str | None, meeting_id: str, past: bool
) -> int:
    """Write one meeting, or those of an account or all; returns how many. Raises `UserError`."""
    from kam_desktop.services.calendar_export import appointment_of
    from kam_desktop.services.calendar_files import export_file, write_calendar

    if not meeting_id:
        return export_file(portfolio, target, account_id=account_id, past=past)
    with portfolio.reading() as db:
        found = appointment_of(db, meeting_id)
    write_calendar(portfolio, target, found)
    return len(found)


class CalendarExportDialog(CalmDialog):
    """Asks which meetings, then where to."""

    def __init__(
        self, context: AppContext, meeting_id: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Save as calendar file"), parent)
        self._context = context
        self._meeting_id = meeting_id
        self.this = QRadioButton(_("The chosen meeting"))
        self.one = QRadioButton(_("The meetings of one account"))
        self.every = QRadioButton(_("All meetings"))
        self.account = RecordPicker(context, choices.accounts, _("Which account? Type its name"))
        self.past = QCheckBox(_("Past meetings too"))
        self.error = text_label("", "error", wrap=True)
        self.save = PrimaryButton(_("Save as …"))
        self.cancel = Button(_("Cancel"))
        self._lay_out()
        self._connect_signals()
        self.this.setVisible(bool(meeting_id))
        (self.this if meeting_id else self.every).setChecked(True)
        self._follow_choice()

    def _lay_out(self) -> None:
        hint = text_label(
            _(
                "For other calendar programs (.ics). Title, time, place, agenda and who comes are "
                "in it; your objectives stay here."
            ),
            "hint",
            wrap=True,
        )
        for widget in (
            *(self.this, self.one, self.account, self.every, self.past, hint, self.error),
        ):
            self.column.addWidget(widget)
        self.error.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(theme().px(Space.S))
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        self.column.addLayout(buttons)
        self.save.setDefault(True)

    def _connect_signals(self) -> None:
        for choice in (self.this, self.one, self.every):
            choice.toggled.connect(self._follow_choice)
        self.save.clicked.connect(self._ask_where)
        self.cancel.clicked.connect(self.reject)

    def _follow_choice(self, _on: bool = False) -> None:
        self.account.setVisible(self.one.isChecked())
        self.past.setEnabled(not self.this.isChecked())
        self.error.hide()

    def _ask_where(self) -> None:
        if self.one.isChecked() and self.account.choice is None:
            self._refuse(_("Choose the account first."))
            self.account.setFocus()
            return
        dialog = ask_where(self)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, name: str) -> None:
        """Write to a file."""
        choice = self.account.choice if self.one.isChecked() else None
        self.save.setEnabled(False)
        self._name = name
        self._context.lanes.io(
            self,
            save_calendar,
            self._context.portfolio,
            Path(name),
            choice.id if choice is not None else None,
            self._meeting_id if self.this.isChecked() else "",
            self.past.isChecked(),
            on_done=self._done,
            on_error=self._refuse,
            title=_("Saving the calendar"),
        )

    def _done(self, count: int) -> None:
        text = ngettext("{n} meeting saved to {file}.", "{n} meetings saved to {file}.", count)
        said = text.format(n=count, file=shown_path(Path(self._name)))
        self._context.navigator.notify(said, kind="good")
        self.accept()

    def _refuse(self, error: object) -> None:
        self.save.setEnabled(True)
        self.error.setText(str(error))
        self.error.show()


def ask_where(parent: QWidget) -> QFileDialog:
    """A dialog that asks for the file to write."""
    dialog = QFileDialog(parent, _("Save as calendar file"), str(documents_folder()))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("ics")
    dialog.setNameFilters([_("Calendars ({patterns})").format(patterns="*.ics")])
    dialog.selectFile(_("meetings.ics"))
    dialog.finished.connect(dialog.deleteLater)
    return dialog
