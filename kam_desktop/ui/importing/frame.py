"""The parts of the import page: its actions, and three views after each other."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from kam_desktop.services.exchange.plans import Fate, ImportPlan
from kam_desktop.services.exchange.reading import FILE_PATTERNS
from kam_desktop.services.formatting import number
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.ui.calendar_files.dropping import PATTERNS as CALENDARS
from kam_desktop.ui.importing.result import ResultView
from kam_desktop.ui.importing.start import StartView
from kam_desktop.ui.importing.work import WorkView
from kam_desktop.ui.mail_files.dropping import PATTERNS as MAILS
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.widgets.buttons import make_action


class ImportFrame(Page):
    """Start, files on the table, result. What follows from them is up to `ImportPage`."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._make_actions()
        self.start = StartView([self._choose, self._mails], context.clock)
        self.work = WorkView(self._choose, self._save, self._cancel, context.lanes)
        self.result = ResultView([self._undo, self._save, self._again])
        self.views = QStackedWidget()
        for view in (self.start, self.work, self.result):
            self.views.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.views)
        self.setAcceptDrops(True)

    def _make_actions(self) -> None:
        self._choose = make_action(
            _("Choose files"), self, shortcut="Ctrl+Shift+I", icon_name="import"
        )
        self._mails = make_action(_("Import e-mails"), self, icon_name="mail")
        self._import = make_action(_("Import"), self, shortcut="Ctrl+Return", icon_name="check")
        self._save = make_action(_("Save rejected rows"), self, icon_name="save")
        self._cancel = make_action(_("Cancel"), self, icon_name="x")
        self._undo = make_action(_("Undo the import"), self, icon_name="undo-2")
        self._again = make_action(_("Import more files"), self, icon_name="import")
        self._clear = make_action(_("Start the import anew"), self, icon_name="rotate-ccw")

    def _offer_actions(self, plan: ImportPlan | None, *, importing: bool) -> None:
        """Only what can be done now is offered, and it says with how many rows."""
        counts = plan.counts if plan is not None else None
        working = self.views.currentWidget() is self.work
        written = counts.total(Fate.NEW) + counts.total(Fate.CHANGED) if counts else 0
        self._import.setEnabled(working and bool(written) and not importing)
        self._import.setVisible(working)
        label = ngettext("Import {count} row", "Import {count} rows", written)
        self._import.setText(label.format(count=number(written)) if written else _("Import"))
        rejected = counts.total(Fate.REJECTED) if counts else 0
        save = ngettext("Save {count} rejected row", "Save {count} rejected rows", rejected)
        self._save.setText(save.format(count=number(rejected)))
        self._save.setEnabled(bool(rejected))
        self._save.setVisible(bool(rejected))
        self._choose.setEnabled(not importing)
        self._clear.setEnabled(working and not importing)
        self.heading_changed.emit()


def files_dialog(parent: QWidget) -> QFileDialog:
    """Asks for files to import."""
    patterns = " ".join((*FILE_PATTERNS, CALENDARS, MAILS))
    dialog = QFileDialog(parent, _("Choose files to import"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters(
        [
            _("Tables, contacts, calendars and e-mails ({patterns})").format(patterns=patterns),
            _("All files (*)"),
        ]
    )
    dialog.finished.connect(dialog.deleteLater)
    return dialog
