"""Asks how contacts shall leave the portfolio, and writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QRadioButton, QWidget

from kam_desktop.services.formatting import number
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.places import documents_folder
from kam_desktop.services.storage.reader import Reader
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, InlineChoice, PrimaryButton, text_label
from kam_desktop.ui.widgets.dialog import CalmDialog


@dataclass(frozen=True, slots=True)
class ExportWish:
    """Whose contacts: some people, all of an account, or (neither) everybody. ``name`` says who."""

    name: str
    account_id: str | None = None
    person_ids: tuple[str, ...] = ()


def write_contacts(
    db: Reader, wish: ExportWish, target: Path, version: str, notes: bool
) -> tuple[int, int | None]:
    """Write vCards of ``version``, or tables when it is empty; the numbers of people and ties.

    Raises `UserError`.
    """
    from kam_desktop.services import people_exchange

    if not version:
        done = people_exchange.export_tables(db, target, account_id=wish.account_id)
    else:
        done = people_exchange.export_cards(
            db,
            target,
            account_id=wish.account_id,
            person_ids=wish.person_ids or None,
            version=people_exchange.Version(version),
            notes=notes,
        )
    return done.people, done.ties


class ExportDialog(CalmDialog):
    """``written`` when the files are there."""

    written = Signal()

    def __init__(
        self, context: AppContext, wish: ExportWish, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Export contacts"), parent)
        self._context = context
        self._wish = wish
        self.cards = QRadioButton(_("Contacts (vCard), for phones and mail programs"))
        self.tables = QRadioButton(_("Tables (CSV) of people and ties, with all fields"))
        self.version = InlineChoice(_("For"))
        self.version.set_choices(
            [
                ("4.0", _("today’s programs (4.0)")),
                ("3.0", _("older programs (3.0)")),
                ("2.1", _("old phones (2.1)")),
            ]
        )
        self.version.set_value("4.0")
        self.notes = QCheckBox(_("With your notes"))
        self.notes.setChecked(True)
        self.hint = text_label("", "hint", wrap=True)
        self.error = text_label("", "error", wrap=True)
        self.save = PrimaryButton(_("Save as …"))
        self.cancel = Button(_("Cancel"))
        self._build()
        self._connect_signals()
        self.cards.setChecked(True)

    def _build(self) -> None:
        px = theme().px
        buttons = QHBoxLayout()
        buttons.setSpacing(px(Space.S))
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        self.column.addWidget(text_label(self._wish.name, "secondary", wrap=True))
        for widget in (
            self.cards, self.version, self.notes, self.tables, self.hint, self.error,
        ):  # fmt: skip
            self.column.addWidget(widget)
        # Tables are of all people of an account, or of everybody: ties need both their ends.
        self.tables.setVisible(not self._wish.person_ids)
        self.error.hide()
        self.column.addLayout(buttons)
        self.save.setDefault(True)
        self.save.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _connect_signals(self) -> None:
        self.cards.toggled.connect(self._follow_choice)
        self.save.clicked.connect(self._ask_where)
        self.cancel.clicked.connect(self.reject)

    def _follow_choice(self, cards: bool) -> None:
        for widget in (self.version, self.notes):
            widget.setEnabled(cards)
        self.hint.setText(
            _("Your judgements (support, influence, roles) stay here. Vacant seats are left out.")
            if cards
            else _(
                "For your own use: the tables hold your judgements. The ties go to a second file."
            )
        )

    def _ask_where(self) -> None:
        cards = self.cards.isChecked()
        dialog = QFileDialog(self, _("Export contacts"), str(documents_folder()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("vcf" if cards else "csv")
        dialog.selectFile(_("contacts.vcf") if cards else _("people.csv"))
        dialog.fileSelected.connect(self.save_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, name: str) -> None:
        """Write to a file."""
        cards = self.cards.isChecked()
        self.save.setEnabled(False)
        self._context.lanes.read(
            self,
            write_contacts,
            self._wish,
            Path(name),
            self.version.value() if cards else "",
            self.notes.isChecked(),
            on_done=self._done,
            on_error=self._refuse,
            title=_("Exporting contacts"),
        )

    def _done(self, counts: Sequence[int | None]) -> None:
        people, ties = counts
        text = ngettext("{n} person exported", "{n} people exported", people or 0)
        said = text.format(n=number(people or 0))
        if ties is not None:
            text = ngettext("{said}, with {n} tie", "{said}, with {n} ties", ties)
            said = text.format(said=said, n=number(ties))
        self._context.navigator.notify(said, kind="good")
        self.written.emit()
        self.accept()

    def _refuse(self, error: object) -> None:
        self.save.setEnabled(True)
        self.error.setText(str(error))
        self.error.show()
