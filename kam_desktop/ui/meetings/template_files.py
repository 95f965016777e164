"""Checklist templates in and out of the program as a file."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.places import documents_folder, shown_path
from kam_desktop.ui.meetings import changes
from kam_desktop.ui.shell.context import AppContext

if TYPE_CHECKING:
    from kam_desktop.services.checklist_files import FileTemplate, ImportedTemplates
    from kam_desktop.services.storage.reader import Reader


def read_file(path: Path) -> list[FileTemplate]:
    """The templates of a file. Raises `UserError`."""
    from kam_desktop.services import checklist_files

    return checklist_files.read_file(path)


def write_file(db: Reader, path: Path, keys: Collection[str] | None) -> Path:
    """Write templates to a file. Raises `UserError`."""
    from kam_desktop.services import checklist_files

    return checklist_files.write_file(db, path, keys)


class TemplateFiles(QObject):
    """Asks which file, then reads or writes it.

    ``said`` carries what was done, ``refused`` why it could not be; ``imported`` when the
    portfolio's templates have changed or may have.
    """

    said = Signal(str)
    refused = Signal(str)
    imported = Signal()

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._keys: list[str] | None = None

    def choose_import(self) -> None:
        """Ask which file to import."""
        dialog = self._dialog(_("Import checklists"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.import_file)
        dialog.open()

    def choose_export(self, keys: list[str] | None, name: str) -> None:
        """Ask where to save templates; all of them without ``keys``."""
        self._keys = keys
        dialog = self._dialog(_("Export checklists"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.selectFile(name)
        dialog.fileSelected.connect(self.export_file)
        dialog.open()

    def import_file(self, name: str) -> None:
        """Import a file."""
        self._context.lanes.io(
            self, read_file, Path(name),
            on_done=self._read, on_error=self._refuse, title=_("Reading checklists"),
        )  # fmt: skip

    def export_file(self, name: str) -> None:
        """Write the chosen templates to a file."""
        self._context.lanes.read(
            self, write_file, Path(name), self._keys,
            on_done=self._written, on_error=self._refuse,
        )  # fmt: skip

    def _read(self, found: list[FileTemplate]) -> None:
        self._context.operations.run(
            self, _("Import checklists"), changes.import_templates, found,
            on_done=self._imported, on_error=self._refuse,
        )  # fmt: skip

    def _imported(self, done: ImportedTemplates) -> None:
        text = _("Imported: {new} new, {changed} changed, {same} the same as here.")
        self.said.emit(text.format(new=done.new, changed=done.changed, same=done.same))
        self.imported.emit()

    def _written(self, path: Path) -> None:
        self.said.emit(_("Saved to {file}.").format(file=shown_path(path)))

    def _refuse(self, error: object) -> None:
        self.refused.emit(str(error))

    def _dialog(self, title: str) -> QFileDialog:
        # Not kept as an attribute: the window holds this one.
        window = self.parent()
        assert isinstance(window, QWidget)
        dialog = QFileDialog(window, title, str(documents_folder()))
        dialog.setNameFilters([_("Checklists ({patterns})").format(patterns="*.json")])
        dialog.finished.connect(dialog.deleteLater)
        return dialog
