"""How the portfolio is opened: keyring, passphrase, recovery sheet."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from kam_desktop.services.errors import StorageError, UserError
from kam_desktop.services.i18n import _
from kam_desktop.ui.settings.section import Section, SettingRow
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.recovery_sheet import RecoverySheet
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.widgets.buttons import Button, PrimaryButton
from kam_desktop.ui.widgets.card import Card, Rule
from kam_desktop.ui.widgets.fields import InlineLine
from kam_desktop.ui.widgets.flow import FlowLayout
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
        self._sheets = RecoverySheet(context.lanes, context.clock, self)
        self._file: Path | None = None
        self.unsaved = Card(_("The new recovery sheet is not saved yet"))
        self._why = text_label("", wrap=True)
        self._save = PrimaryButton(_("Save the sheet"), icon_name="printer")
        self._copy = Button(_("Copy the key"), icon_name="copy")
        self._lay_out()
        self._show_unsaved("")
        for pill in self._pills.values():
            pill.hide()
        self._connect_signals()

    @staticmethod
    def heading() -> str:
        return _("Security")

    def _lay_out(self) -> None:
        self.unsaved.add(self._why)
        keep = QHBoxLayout()
        for button in (self._save, self._copy):
            keep.addWidget(button)
        keep.addStretch(1)
        self.unsaved.body.addLayout(keep)
        self.column.addWidget(self.unsaved)
        ways = Card(_("How this portfolio is opened"), _("Any one of these is enough."))
        ways.add(
            SettingRow(
                _("Keyring of this computer"),
                _("Opens by itself while you are logged in."),
                _Beside(self._pills["keyring"], self._keyring),
            )
        )
        ways.add(Rule())
        ways.add(
            SettingRow(
                _("Recovery sheet"),
                _("A key on paper. A new sheet makes the old one useless."),
                _Beside(self._pills["recovery"], self._sheet),
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
        for field in (self.passphrase, self.again):
            ways.add(field)
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
        for button in (self._sheet, self._save):
            button.clicked.connect(self._choose_file)
        self._copy.clicked.connect(self._copy_key)
        self._sheets.chosen.connect(self._file_chosen)
        self._sheets.saved.connect(self._sheet_saved)
        self._sheets.failed.connect(self._sheet_failed)
        self.change.clicked.connect(self.set_passphrase)
        self.again.entered.connect(self.set_passphrase)

    def load(self) -> None:
        keeping = self.context.safekeeping
        self.setEnabled(keeping is not None)
        if keeping is not None:
            self.context.lanes.io(self, _describe, keeping.path, on_done=self._show)
            self._show_unsaved("")

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

    # The recovery sheet

    def _choose_file(self) -> None:
        self._sheets.choose_file(self.context.portfolio.path.stem)

    def _file_chosen(self, file: Path) -> None:
        self.make_sheet(str(file))

    def make_sheet(self, file: str) -> None:
        """Make a new recovery key, unless one waits to be saved, and write its sheet to ``file``.

        From the moment the key is made the old sheet is useless: until the new one is written, the
        key is kept in memory and offered again.
        """
        keeping = self.context.safekeeping
        if keeping is None:
            return
        self._file = Path(file)
        if keeping.unsaved_recovery_key:
            self._write()
            return
        self.context.lanes.io(
            self,
            _new_recovery_key,
            self._file,
            keeping.path,
            keeping.key,
            on_done=self._key_made,
        )

    def _key_made(self, key: str) -> None:
        if self.context.safekeeping is not None:
            self.context.safekeeping.unsaved_recovery_key = key
            self._write()

    def _write(self) -> None:
        keeping = self.context.safekeeping
        if keeping is not None and self._file is not None:
            self._sheets.write(self._file, keeping.path.stem, keeping.unsaved_recovery_key)

    def _sheet_saved(self, file: Path) -> None:
        if self.context.safekeeping is not None:
            self.context.safekeeping.unsaved_recovery_key = ""
        self._show_unsaved("")
        self.context.navigator.notify(
            _("The sheet is saved as {name}. Print it, then delete the file.").format(
                name=file.name
            ),
            kind="good",
        )
        self.load()

    def _sheet_failed(self, error: BaseException) -> None:
        self._show_unsaved(str(error) if isinstance(error, UserError) else "")
        if not isinstance(error, UserError):
            self.context.lanes.failed.emit(error)

    def _show_unsaved(self, reason: str) -> None:
        """Say plainly that the old sheet is useless while the new one is not saved."""
        keeping = self.context.safekeeping
        waiting = keeping is not None and bool(keeping.unsaved_recovery_key)
        text = _("The old sheet no longer works. Save the new one before you close the program.")
        self._why.setText(f"{reason} {text}".strip())
        self.unsaved.setVisible(waiting)
        self._sheet.setEnabled(not waiting)

    def _copy_key(self) -> None:
        if self.context.safekeeping is not None:
            QGuiApplication.clipboard().setText(self.context.safekeeping.unsaved_recovery_key)


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


def _new_recovery_key(file: Path, path: Path, key: bytes) -> str:
    """Make a new recovery key for the portfolio and its backups; its text.

    Raises ``UserError`` when no file can be made beside ``file``: then the old sheet still works.
    """
    from kam_desktop.services.storage import backup, backup_files, vault

    try:
        with tempfile.TemporaryFile(dir=file.parent):
            pass
    except OSError as error:
        raise UserError(
            _(
                "Nothing can be saved in {folder}, so nothing was changed and the old sheet still "
                "works. Choose another folder."
            ).format(folder=file.parent)
        ) from error
    recovery = vault.new_recovery_key(path, key)
    with contextlib.suppress(StorageError):
        backup.renew_key_files(path, backup_files.backup_folder(path))
    return recovery.text


class _Beside(QWidget):
    """Widgets in a row; below each other where there is no room."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._widgets = widgets
        row = FlowLayout(self, spacing=theme().px(Space.S))
        for widget in widgets:
            row.addWidget(widget)

    def sizeHint(self) -> QSize:
        hints = [widget.sizeHint() for widget in self._widgets if not widget.isHidden()]
        gaps = theme().px(Space.S) * max(0, len(hints) - 1)
        height = max((hint.height() for hint in hints), default=0)
        return QSize(sum(hint.width() for hint in hints) + gaps, height)


def _secret(label: str) -> InlineLine:
    field = InlineLine(label)
    field.line.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaximumWidth(theme().px(320))
    return field
