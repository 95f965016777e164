"""Saving a recovery key as a printable sheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kam_desktop.services.clock import Clock
from kam_desktop.services.i18n import _
from kam_desktop.services.places import documents_folder
from kam_desktop.ui.shell.lanes import Lanes


class RecoverySheet(QObject):
    """Asks for a file and writes sheets.

    ``chosen`` carries the path the user chose, ``saved`` the path of a sheet that is there whole,
    ``failed`` the error when it could not be written.
    """

    chosen = Signal(object)
    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, lanes: Lanes, clock: Clock, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._lanes = lanes
        self._clock = clock

    def choose_file(self, portfolio_name: str) -> QFileDialog:
        """Ask where the sheet should go."""
        dialog = QFileDialog(self._owner, _("Save the recovery sheet"), str(documents_folder()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(_("Recovery sheet {name}").format(name=portfolio_name) + ".pdf")
        dialog.fileSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def write(self, file: Path, portfolio_name: str, key: str) -> None:
        """Write the sheet of ``key`` to ``file``, on another thread."""
        self._lanes.io(
            self,
            write_recovery_sheet,
            file,
            portfolio_name,
            key,
            self._clock.today(),
            on_done=self._saved,
            on_error=self._failed,
        )

    def _saved(self, file: Path) -> None:
        self.saved.emit(file)

    def _failed(self, error: BaseException) -> None:
        self.failed.emit(error)

    def _chosen(self, file: str) -> None:
        self.chosen.emit(Path(file))


def write_recovery_sheet(file: Path, name: str, key: str, today: dt.date) -> Path:
    """Write the recovery sheet as a PDF only its owner can read; raises ``UserError``."""
    from kam_desktop.services.handouts.files import save_bytes
    from kam_desktop.services.handouts.pdf import render_recovery_sheet

    return save_bytes(render_recovery_sheet(name, key, today), file, private=True)
