"""How the portfolio is opened: keyring, passphrase, recovery sheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.places import documents_folder
from kam_desktop.ui.settings.section import Section, SettingRow
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import State, theme
from kam_desktop.ui.widgets.buttons import Button
from kam_desktop.ui.widgets.card import Card, Rule
from kam_desktop.ui.widgets.fields import InlineLine
from kam_desktop.ui.widgets.labels import Pill, text_label

if TYPE_CHECKING:
    from kam_desktop.services.storage.vault import VaultInfo

MIN_PASSPHRASE = 8


class SecuritySection(Section):
    """Change the passphrase, keep the key in the keyring, make a new recovery sheet."""

    name: ClassVar[str] = "security"
    icon: ClassVar[str] = "shield-check"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._pills = {"keyring": Pill(), "passphrase": Pill(), "recovery": Pill()}
        self._keyring = Button(_("Keep the key in the keyring"))
        self._sheet = Button(_("Make a new recovery sheet"))
        self.passphrase = _secret(_("New passphrase"))
        self.again = _secret(_("New passphrase again"))
        self.change = Button(_("Set the passphrase"))
        self._recovery_text = ""
        self._lay_out()
        for pill in self._pills.values():
            pill.hide()
        self._connect_signals()

    @staticmethod
    def heading() -> str:
        return _("Security")

    def _lay_out(self) -> None:
        ways = Card(_("How this portfolio is opened"), _("Any one of these is enough."))
        ways.add(
            SettingRow(
                _("Keyring of this computer"),
                _("Opens by itself while you are logged in."),
                _beside(self._pills["keyring"], self._keyring),
            )
        )
        ways.add(Rule())
        ways.add(
            SettingRow(
                _("Recovery sheet"),
                _("A key on paper. A new sheet makes the old one useless."),
                _beside(self._pills["recovery"], self._sheet),
            )
        )
        ways.add(Rule())
        ways.add(
            SettingRow(
                _("Passphrase"),
                _("What you type to open the portfolio on any computer."),
                self._pills["passphrase"],
            )
        )
        row = QHBoxLayout()
        row.addWidget(self.passphrase, 1)
        row.addWidget(self.again, 1)
        ways.body.addLayout(row)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.change)
        ways.body.addLayout(last)
        self.column.addWidget(ways)
        self.column.addWidget(
            text_label(
                _("Nobody can open the portfolio without one of these, not even its makers."),
                "hint",
                wrap=True,
            )
        )
        self.column.addStretch(1)

    def _connect_signals(self) -> None:
        self._keyring.clicked.connect(self._add_keyring)
        self._sheet.clicked.connect(self._choose_sheet)
        self.change.clicked.connect(self.set_passphrase)
        self.again.line.returnPressed.connect(self.set_passphrase)

    def load(self) -> None:
        keeping = self.context.safekeeping
        self.setEnabled(keeping is not None)
        if keeping is not None:
            self.context.lanes.io(self, _describe, keeping.path, on_done=self._show)

    def _show(self, info: VaultInfo) -> None:
        from kam_desktop.services.storage.key_file import SlotKind

        for name, kind in (
            ("keyring", SlotKind.KEYRING),
            ("passphrase", SlotKind.PASSPHRASE),
            ("recovery", SlotKind.RECOVERY),
        ):
            there = kind in info.slots
            self._pills[name].show_state(
                _("set") if there else _("not set"), State.GOOD if there else State.PLAIN
            )
            self._pills[name].show()

    def set_passphrase(self) -> None:
        """Set what was typed twice as the passphrase, or say what is wrong beside the field."""
        keeping = self.context.safekeeping
        secret = self.passphrase.line.text()
        self.passphrase.clear_error()
        self.again.clear_error()
        if len(secret) < MIN_PASSPHRASE:
            self.passphrase.refuse(_("Use at least eight characters; several words are best."))
        elif secret != self.again.line.text():
            self.again.refuse(_("The two are not the same."))
        elif keeping is not None:
            self.context.lanes.io(
                self,
                _change_passphrase,
                keeping.path,
                keeping.key,
                secret,
                on_done=self._passphrase_set,
                on_error=self.passphrase.refuse,
            )

    def _passphrase_set(self, _done: object) -> None:
        self.passphrase.revert()
        self.again.revert()
        self.context.navigator.notify(_("The passphrase is set."), kind="good")
        self.load()

    def _add_keyring(self) -> None:
        keeping = self.context.safekeeping
        if keeping is not None:
            self.context.lanes.io(
                self, _add_keyring, keeping.path, keeping.key, on_done=self._keyring_added
            )

    def _keyring_added(self, _done: object) -> None:
        self.context.navigator.notify(_("The key is in the keyring."), kind="good")
        self.load()

    def _choose_sheet(self) -> None:
        dialog = QFileDialog(self, _("Save the recovery sheet"), str(documents_folder()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        stem = self.context.portfolio.path.stem
        dialog.selectFile(_("Recovery sheet {name}").format(name=stem) + ".pdf")
        dialog.fileSelected.connect(self.make_sheet)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def make_sheet(self, file: str) -> None:
        """Make a new recovery key and write its sheet to ``file``."""
        keeping = self.context.safekeeping
        if keeping is not None:
            self.context.lanes.io(
                self,
                _new_sheet,
                Path(file),
                keeping.path,
                keeping.key,
                self.context.clock.today(),
                on_done=self._sheet_made,
            )

    def _sheet_made(self, file: Path) -> None:
        self.context.navigator.notify(
            _("The sheet is saved as {name}. Print it, then delete the file.").format(
                name=file.name
            ),
            kind="good",
        )
        self.load()


def _describe(path: Path) -> VaultInfo:
    from kam_desktop.services.storage import vault

    return vault.describe(path)


def _change_passphrase(path: Path, key: bytes, secret: str) -> None:
    from kam_desktop.services.storage import backup, backup_files, vault

    vault.change_passphrase(path, key, secret)
    backup.renew_key_files(path, backup_files.backup_folder(path))


def _add_keyring(path: Path, key: bytes) -> None:
    from kam_desktop.services.storage import vault

    vault.add_keyring_slot(path, key)


def _new_sheet(file: Path, path: Path, key: bytes, today: dt.date) -> Path:
    from kam_desktop.services.storage import backup, backup_files, vault
    from kam_desktop.ui.opening.work import write_recovery_sheet

    # The file first: a key that could not be written down must not replace the one on paper.
    file.touch()
    recovery = vault.new_recovery_key(path, key)
    write_recovery_sheet(file, path.stem, recovery.text, today)
    backup.renew_key_files(path, backup_files.backup_folder(path))
    return file


def _beside(*widgets: QWidget) -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget)
    return both


def _secret(label: str) -> InlineLine:
    field = InlineLine(label)
    field.line.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaximumWidth(theme().px(320))
    return field
