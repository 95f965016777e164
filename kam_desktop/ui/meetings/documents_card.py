"""Files kept with a meeting: added from disk or dropped here, and saved as copies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.services.files import read_document, write_copy
from kam_desktop.services.formatting import joined, relative_date, size_text
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.meeting_around import MeetingFile, MeetingView
from kam_desktop.ui.meetings import meeting_changes
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import (
    Button,
    Card,
    ElidedLabel,
    IconButton,
    clear_layout,
    text_label,
)

if TYPE_CHECKING:
    import datetime as dt

    from kam_desktop.services.storage.reader import Reader


class DocumentsCard(Card):
    """Each file can be opened as a copy at a place the user chooses: nothing of the portfolio lies
    on the disk in plain text unless the user put it there."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Documents"), parent=parent)
        self._context = context
        self._account_id = self._meeting_id = ""
        self._shown: tuple[MeetingFile, ...] | None = None
        self._target = Path()
        self.setAcceptDrops(True)
        self.lines: list[_FileLine] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(theme().px(Space.XS))
        self.body.addLayout(self._column)
        self.add_one = Button(_("Add a document, or drop it here"), "quiet", icon_name="paperclip")
        self.body.addWidget(self.add_one, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_one.clicked.connect(self.choose_files)

    def show_view(self, view: MeetingView) -> None:
        """Show the files of a meeting."""
        self._account_id, self._meeting_id = view.detail.row.account_id, view.detail.row.id
        files = view.around.files
        if files == self._shown:
            return
        self._shown = files
        self._fill(files)
        text = ngettext("{n} kept with this meeting", "{n} kept with this meeting", len(files))
        self.set_subtitle(text.format(n=len(files)) if files else "")

    def _fill(self, files: Sequence[MeetingFile]) -> None:
        clear_layout(self._column)
        self.lines = []
        for file in files:
            line = _FileLine(file, self._context.clock.today())
            line.opened.connect(self._choose_target)
            line.removed.connect(self._delete)
            self._column.addWidget(line)
            self.lines.append(line)

    # Adding

    def choose_files(self) -> None:
        """Ask which files to keep."""
        dialog = QFileDialog(self, _("Add a document"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.add_files)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def add_files(self, paths: list[str]) -> None:
        """Keep these files with the meeting."""
        for path in paths:
            self._context.lanes.io(
                self, read_document, path, on_done=self._keep, on_error=self._refuse
            )

    def _keep(self, read: tuple[str, bytes]) -> None:
        name, content = read
        self._context.operations.run(
            self, _("Add document"), meeting_changes.add_document,
            self._account_id, self._meeting_id, name, content,
        )  # fmt: skip

    def _delete(self, document_id: str) -> None:
        self._context.operations.run(
            self, _("Delete document"), meeting_changes.delete_document, document_id
        )

    def _refuse(self, error: object) -> None:
        self._context.navigator.notify(str(error), kind="warn")

    # Opening

    def _choose_target(self, file: MeetingFile) -> None:
        dialog = QFileDialog(self, _("Save a copy"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(file.name)
        dialog.setProperty("record", file.id)
        dialog.fileSelected.connect(self._read_for_saving)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _read_for_saving(self, path: str) -> None:
        dialog = self.sender()
        if dialog is not None:
            self.save_copy(str(dialog.property("record")), Path(path))

    def save_copy(self, document_id: str, target: Path) -> None:
        """Write a copy of a kept file."""
        self._target = target
        self._context.lanes.read(self, _content, document_id, on_done=self._write_copy)

    def _write_copy(self, content: bytes) -> None:
        self._context.lanes.io(
            self, write_copy, self._target, content, on_done=self._saved, on_error=self._refuse
        )

    def _saved(self, path: Path) -> None:
        self._target = path
        self._context.navigator.notify(
            _("Saved a copy as {name}.").format(name=path.name),
            kind="good",
            action_text=_("Open"),
            action=self._open_copy,
        )

    def _open_copy(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._target)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        self.add_files([url.toLocalFile() for url in urls if url.isLocalFile()])


class _FileLine(QWidget):
    """One file. ``opened`` carries it, ``removed`` its id."""

    opened = Signal(object)
    removed = Signal(str)

    def __init__(self, file: MeetingFile, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = file
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(file.name))
        about = joined((size_text(file.size), relative_date(file.added_at.date(), today)))
        words.addWidget(text_label(about, "hint"))
        self.open_it = IconButton("download", _("Save a copy of {name}").format(name=file.name))
        self.remove = IconButton("x", _("Delete {name}").format(name=file.name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(Space.XS))
        row.addLayout(words, 1)
        row.addWidget(self.open_it)
        row.addWidget(self.remove)
        self.open_it.clicked.connect(self._open)
        self.remove.clicked.connect(self._remove)

    def _open(self) -> None:
        self.opened.emit(self.file)

    def _remove(self) -> None:
        self.removed.emit(self.file.id)


def _content(db: Reader, document_id: str) -> bytes:
    from kam_desktop.services.documents import document_content

    return document_content(db, document_id)
