"""The window before the window: welcome, make, unlock, trouble, recovery key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kam_desktop.services.clock import Clock, SystemClock
from kam_desktop.services.errors import CancelledError, StorageError, UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.opening import SUFFIX, Secrets
from kam_desktop.services.places import documents_folder
from kam_desktop.services.storage.problems import Problem, StorageFaultError
from kam_desktop.ui.opening.panels import (
    Create,
    Panel,
    Recovery,
    Trouble,
    Unlock,
    Welcome,
    Working,
)
from kam_desktop.ui.opening.work import (
    CAN_BE_TYPED,
    READ_ONLY_HELPS,
    create_file,
    open_file,
    open_or_make_sample,
    sample_path,
)
from kam_desktop.ui.shell.lanes import Lanes
from kam_desktop.ui.shell.recovery_sheet import RecoverySheet
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.card import Card

if TYPE_CHECKING:
    from kam_desktop.services.opening import OpenPortfolio
    from kam_desktop.services.storage.recovery_key import RecoveryKey

SHOW_WORKING_AFTER_MS = 300


class OpeningWindow(QWidget):
    """``opened`` carries the `OpenPortfolio`; ``left`` when the user closed the window instead.

    ``in_use`` carries the path of a portfolio another window has open.
    """

    opened = Signal(object)
    left = Signal()
    in_use = Signal(object)

    def __init__(
        self,
        lanes: Lanes,
        device: str,
        clock: Clock | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._device = device
        self._clock: Clock = clock or SystemClock()
        self._path = documents_folder()
        self._secrets = Secrets()
        self._read_only = False
        self._made: OpenPortfolio | None = None
        self._done = False
        self.setWindowTitle("KAM Desktop")
        self._built = False
        self._waiting_for = ""
        self._show_late = QTimer(self)
        self._show_late.setSingleShot(True)
        self._show_late.setInterval(SHOW_WORKING_AFTER_MS)
        self._show_late.timeout.connect(self._show_working)

    def _build(self) -> None:
        """Make the panels, once something has to be shown: opening usually goes without them."""
        if not self._built:
            self._built = True
            self._make_panels()
            self._lay_out()
            self._connect_signals()

    def _make_panels(self) -> None:
        self.welcome = Welcome()
        self.maker = Create(documents_folder())
        self.unlock = Unlock()
        self.recovery = Recovery()
        self.trouble = Trouble()
        self.working = Working()
        self.sheet = RecoverySheet(self._lanes, self._clock, self)

    def _lay_out(self) -> None:
        px = theme().px
        self.setMinimumSize(px(560), px(480))
        card = Card()
        card.setFixedWidth(px(460))
        card.outer.setContentsMargins(*[px(Space.XL)] * 4)
        self._stack = QStackedWidget()
        for panel in self._panels():
            self._stack.addWidget(panel)
        card.add(self._stack, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def _panels(self) -> tuple[Panel, ...]:
        return (
            self.welcome, self.maker, self.unlock, self.recovery, self.trouble, self.working,
        )  # fmt: skip

    def _connect_signals(self) -> None:
        self.welcome.create_wanted.connect(self._go_create)
        self.welcome.open_wanted.connect(self._choose_file)
        self.welcome.sample_wanted.connect(self.open_sample)
        self.maker.back_wanted.connect(self.show_welcome)
        self.maker.place_wanted.connect(self._choose_folder)
        self.maker.submitted.connect(self._create)
        self.unlock.back_wanted.connect(self.show_welcome)
        self.unlock.submitted.connect(self._unlock)
        self.recovery.save_wanted.connect(self._save_sheet)
        self.recovery.copy_wanted.connect(self._copy_key)
        self.recovery.done.connect(self._finish_made)
        self.sheet.chosen.connect(self._write_sheet)
        self.sheet.saved.connect(self._sheet_saved)
        self.sheet.failed.connect(self._sheet_failed)
        self.trouble.back_wanted.connect(self.show_welcome)
        self.trouble.again_wanted.connect(self._again)
        self.trouble.read_only_wanted.connect(self._open_read_only)

    # What the program asks for

    def show_welcome(self) -> None:
        """Offer to make or open a portfolio."""
        self._build()
        self._show(self.welcome)

    def open_path(self, path: Path, secrets: Secrets | None = None) -> None:
        """Open a portfolio; the window appears only when something is needed, or it takes long."""
        if secrets is None and path == sample_path():
            self.open_sample()
        else:
            self._open(path, secrets or Secrets(), read_only=False)

    def open_sample(self) -> None:
        """Open the sample portfolio, made on first use."""
        path = sample_path()
        self._path, self._secrets, self._read_only = path, Secrets(), False
        text = _("Opening “{name}”") if path.exists() else _("Making the sample portfolio")
        self.open_by(
            path,
            text.format(name=path.stem),
            open_or_make_sample,
            path,
            self._device,
            self._clock,
        )

    def open_by(
        self, path: Path, text: str, opener: Callable[..., OpenPortfolio], *args: object
    ) -> None:
        """Open ``path`` by ``opener(*args)`` on another thread; ``text`` says what is done."""
        self._path = path
        self._start_waiting(text)
        self._lanes.io(self, opener, *args, on_done=self._finish, on_error=self._could_not_open)

    # Opening

    def _open(self, path: Path, secrets: Secrets, *, read_only: bool) -> None:
        # Kept, so that what comes next asks for nothing a second time.
        self._path, self._secrets, self._read_only = path, secrets, read_only
        text = _("Opening “{name}”").format(name=path.stem)
        self.open_by(path, text, open_file, path, secrets, read_only, self._device, self._clock)

    def _unlock(self, passphrase: str, recovery_key: str) -> None:
        secrets = Secrets(passphrase or None, recovery_key or None)
        self._open(self._path, secrets, read_only=self._read_only)

    def _again(self) -> None:
        self._open(self._path, self._secrets, read_only=False)

    def _open_read_only(self) -> None:
        self._open(self._path, self._secrets, read_only=True)

    def _could_not_open(self, error: BaseException) -> None:
        self._build()
        self._show_late.stop()
        if isinstance(error, CancelledError):
            self.show_welcome()
        elif isinstance(error, StorageFaultError) and error.problem in CAN_BE_TYPED:
            self._ask(error)
        elif isinstance(error, UserError):
            self._show(self.unlock)
            self.unlock.refuse(str(error))
        elif isinstance(error, StorageError):
            self._explain(error)
        else:
            self.show_welcome()
            self._lanes.failed.emit(error)

    def _ask(self, fault: StorageFaultError) -> None:
        typed = self._stack.currentWidget() is self.unlock or fault.problem in (
            Problem.PASSPHRASE_WRONG,
            Problem.RECOVERY_KEY_WRONG,
        )
        plain = fault.problem is Problem.PASSPHRASE_NEEDED or typed
        self.unlock.ask_for(self._path.stem, "" if plain else str(fault))
        self._show(self.unlock)
        if typed:
            self.unlock.refuse(str(fault))

    def _explain(self, error: StorageError) -> None:
        problem = error.problem if isinstance(error, StorageFaultError) else None
        if problem is Problem.IN_USE:
            self.in_use.emit(self._path)
            if self._done:
                return
        self.trouble.explain(
            str(error.args[0]), error.remedy, read_only_helps=problem in READ_ONLY_HELPS
        )
        self._show(self.trouble)

    # Making

    def _go_create(self) -> None:
        self._show(self.maker)

    def _create(self, title: str, path: Path, passphrase: str) -> None:
        self._path = path
        self._start_waiting(_("Making “{name}”").format(name=title))
        self._lanes.io(
            self,
            create_file,
            path,
            title,
            passphrase,
            self._device,
            self._clock,
            on_done=self._created,
            on_error=self._could_not_create,
        )

    def _created(self, made: tuple[OpenPortfolio, RecoveryKey]) -> None:
        self._show_late.stop()
        self._made, key = made
        self.recovery.key.setText(key.text)
        self._show(self.recovery)

    def _could_not_create(self, error: BaseException) -> None:
        self._show_late.stop()
        self._show(self.maker)
        if isinstance(error, UserError):
            self.maker.refuse(error)
        elif isinstance(error, StorageFaultError) and error.problem in CAN_BE_TYPED:
            # No keyring here: a passphrase is the way.
            self.maker.protect.setChecked(True)
            self.maker.passphrase.refuse(str(error))
        elif isinstance(error, StorageError):
            self.maker.place.refuse(str(error))
        else:
            self._lanes.failed.emit(error)

    def _copy_key(self) -> None:
        QGuiApplication.clipboard().setText(self.recovery.key.text())

    def _save_sheet(self) -> None:
        self.sheet.choose_file(self._path.stem)

    def _write_sheet(self, file: Path) -> None:
        self.recovery.say("")
        self.sheet.write(file, self._path.stem, self.recovery.key.text())

    def _sheet_saved(self, path: Path) -> None:
        self.recovery.save.setText(_("Saved as {name}").format(name=path.name))

    def _sheet_failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.recovery.say(str(error))
        else:
            self._lanes.failed.emit(error)

    def _finish_made(self) -> None:
        if self._made is not None:
            self._finish(self._made)

    # The window

    def _finish(self, opened: OpenPortfolio) -> None:
        self._show_late.stop()
        self._done = True
        self._made = None
        self.opened.emit(opened)
        self.close()

    def give_up(self) -> None:
        """Close without saying that the user left."""
        self._show_late.stop()
        self._done = True
        self.close()

    def _start_waiting(self, text: str) -> None:
        self._waiting_for = text
        self._show_late.start()

    def _show_working(self) -> None:
        self._build()
        self.working.text.setText(self._waiting_for)
        self.working.text.show()
        self._show(self.working)

    def _show(self, panel: Panel) -> None:
        self._stack.setCurrentWidget(panel)
        self.show()
        panel.take_focus()

    @property
    def panel(self) -> QWidget:
        return self._stack.currentWidget() or self

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, _("Open a portfolio"), str(documents_folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Portfolios") + f" (*{SUFFIX})")
        dialog.fileSelected.connect(self._file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _file_chosen(self, file: str) -> None:
        self.open_path(Path(file))

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, _("Choose a folder"), self.maker.place.value())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._folder_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _folder_chosen(self, folder: str) -> None:
        self.maker.place.set_value(folder)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._made is not None:
            # The portfolio was made; closing here means that the sheet was seen.
            event.ignore()
            self._finish_made()
            return
        super().closeEvent(event)
        if not self._done:
            self._done = True
            self.left.emit()
