"""Saving the rejected rows of an import, to be corrected where they came from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from kam_desktop.services import imports
from kam_desktop.services.exchange.plans import ImportPlan
from kam_desktop.services.formatting import number
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.ui.shell.context import AppContext


class RejectSaver(QObject):
    """Asks where to, writes them as CSV and says how many."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._plan: ImportPlan | None = None

    def ask(self, plan: ImportPlan | None, window: QWidget) -> None:
        """Ask where the rejected rows of ``plan`` go."""
        self._plan = plan
        dialog = QFileDialog(window, _("Save rejected rows"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(_("rejected rows.csv"))
        dialog.fileSelected.connect(self._save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, name: str) -> None:
        if self._plan is not None:
            self.save_to(self._plan, name)

    def save_to(self, plan: ImportPlan, name: str) -> None:
        """Write the rejected rows of ``plan`` to a file."""
        self._context.lanes.io(
            self,
            imports.write_rejects,
            plan,
            Path(name),
            on_done=self._say_saved,
            on_error=self._say_error,
            title=_("Saving rejected rows"),
        )

    def _say_saved(self, count: int) -> None:
        text = ngettext("{count} rejected row saved", "{count} rejected rows saved", count)
        self._context.navigator.notify(text.format(count=number(count)), kind="good")

    def _say_error(self, error: BaseException) -> None:
        self._context.navigator.notify(str(error), kind="warn")
