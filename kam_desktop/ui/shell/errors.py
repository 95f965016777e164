"""One place for everything that goes wrong: known errors are told, defects are reported once."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QWidget

from kam_desktop.services.errors import CancelledError, StorageError, UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.problems import DAMAGE, StorageFaultError
from kam_desktop.ui.shell.navigator import Navigator
from kam_desktop.ui.theme import theme
from kam_desktop.ui.widgets.buttons import Button, PrimaryButton
from kam_desktop.ui.widgets.dialog import CalmDialog
from kam_desktop.ui.widgets.labels import text_label

_log = logging.getLogger(__name__)


class ErrorHandler(QObject):
    """Receives every error nobody else handled, from any thread.

    A ``UserError`` becomes a notice, a ``StorageError`` a dialog with its remedy, anything else a
    crash report, shown once for the same place in the program. ``damage_met`` carries the errors of
    an open portfolio whose file is damaged, which need more than a dialog.
    """

    damage_met = Signal(object)
    _arrived = Signal(object)

    def __init__(self, navigator: Navigator, window: QWidget | None = None) -> None:
        super().__init__(navigator)
        self._navigator = navigator
        self._window = window
        self._seen: set[str] = set()
        self._dialogs: list[QDialog] = []
        self._arrived.connect(self._report, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over from Python's own handling."""
        sys.excepthook = self._excepthook
        threading.excepthook = self._thread_hook

    def show_on(self, window: QWidget | None) -> None:
        """Show dialogs over this window from now on."""
        self._window = window

    def uninstall(self) -> None:
        """Give back to Python's own handling."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def report(self, error: BaseException) -> None:
        """Handle an error; may be called from any thread."""
        self._arrived.emit(error)

    def _excepthook(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            sys.__excepthook__(_kind, error, _trace)
            return
        self.report(error)

    def _thread_hook(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_value)

    def _report(self, error: BaseException) -> None:
        if isinstance(error, CancelledError):
            return
        if isinstance(error, UserError):
            self._navigator.notify(str(error), kind="warn")
            return
        text = "".join(traceback.format_exception(error))
        if isinstance(error, StorageError):
            _log.error("%s", text)
            if self._window is not None and _is_damage(error):
                self.damage_met.emit(error)
                return
            self._open(ProblemDialog(str(error.args[0]), error.remedy, parent=self._window))
            return
        _log.critical("%s", text)
        place = _place_of(error)
        if place not in self._seen:
            self._seen.add(place)
            self._open(CrashDialog(text, self._window))

    def _open(self, dialog: QDialog) -> None:
        # Without a window to belong to, nobody else keeps it alive.
        self._dialogs.append(dialog)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self, _result: int) -> None:
        closed = self.sender()
        self._dialogs = [dialog for dialog in self._dialogs if dialog is not closed]


def _is_damage(error: StorageError) -> bool:
    return isinstance(error, StorageFaultError) and error.problem in DAMAGE


def _place_of(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return f"{type(error).__name__}:{last.filename if last else ''}:{last.lineno if last else 0}"


class ProblemDialog(CalmDialog):
    """What happened, what is safe, what to do."""

    def __init__(
        self, message: str, remedy: str, *, title: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(title or _("Something did not work"), parent)
        self.column.addWidget(text_label(message, wrap=True))
        if remedy:
            self.column.addWidget(text_label(remedy, "secondary", wrap=True))
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        close = PrimaryButton(_("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        self._row.addWidget(close)
        self.column.addLayout(self._row)


class DamageDialog(ProblemDialog):
    """The open file is damaged. ``backup_wanted`` when the user wants to go back at once."""

    backup_wanted = Signal()

    def __init__(self, message: str, remedy: str, parent: QWidget | None = None) -> None:
        super().__init__(message, remedy, title=_("The portfolio is damaged"), parent=parent)
        self.go_back = Button(_("Go back to the newest backup"))
        self._row.insertWidget(1, self.go_back)
        self.go_back.clicked.connect(self._choose)

    def _choose(self) -> None:
        self.accept()
        self.backup_wanted.emit()


class CrashDialog(ProblemDialog):
    """A defect of the program, with the report one can copy."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(
            _("The program met something it was not made for."),
            _(
                "What was saved is safe, and you can go on working. The report below helps to "
                "mend it; it may hold names from your data, so read it before you send it."
            ),
            title=_("A fault in the program"),
            parent=parent,
        )
        self._report = QPlainTextEdit()
        self._report.setReadOnly(True)
        self._report.setPlainText(report)
        self._report.setAccessibleName(_("Report"))
        self._report.setMinimumHeight(theme().px(160))
        self.column.insertWidget(3, self._report)
        copy = Button(_("Copy the report"))
        copy.clicked.connect(self._copy)
        self._row.insertWidget(1, copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())
