"""The files of the account: added from disk, kept encrypted inside the portfolio."""

from __future__ import annotations

import mimetypes
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from kam_desktop.models.text import parse_instant
from kam_desktop.services.clock import Clock
from kam_desktop.services.files import read_document, write_copy
from kam_desktop.services.formatting import date, relative_date, size_text
from kam_desktop.services.i18n import _
from kam_desktop.ui.account.commercial_tables import RecordsCard
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.itemmodels.columns import Column
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets import EmptyState, IconButton, make_action


class DocumentsSection(Section):
    """Add, save a copy, delete; files can be dropped here."""

    tables: ClassVar[tuple[str, ...]] = ("document",)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._saving = Path()
        self.setAcceptDrops(True)
        self._add = make_action(_("Add a document"), self)
        self.card = RecordsCard(_("Documents"), self._columns(), "account-documents")
        self._save = IconButton("download", _("Save a copy"))
        self.card.add_row_button(self._save)
        self._stack = QStackedWidget()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        column.addStretch(1)
        self._stack.addWidget(page)
        self._stack.addWidget(
            EmptyState(
                "paperclip",
                _("No documents yet"),
                _("Offers, contracts and pictures kept here are encrypted and travel along."),
                [self._add],
            )
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._connect_signals()

    def _connect_signals(self) -> None:
        self._add.triggered.connect(self.choose_file)
        self.card.add_wanted.connect(self.choose_file)
        self.card.delete_wanted.connect(self._delete)
        self.card.opened.connect(self._choose_target)
        self._save.clicked.connect(self._choose_target_of_chosen)

    def _columns(self) -> list[Column]:
        return [
            Column(_("Name"), lambda row: row.name),
            Column(_("Size"), lambda row: size_text(row.size), number=True),
            Column(_("Added"), partial(_added_text, self.context.clock), tip=_exact),
        ]

    def load(self) -> None:
        self.context.lanes.read(self, _documents, self.account_id, on_done=self._show)

    def _show(self, rows: list[Any]) -> None:
        self.card.show_rows(rows, "", "")
        self._stack.setCurrentIndex(0 if rows else 1)

    def choose_file(self) -> None:
        """Ask which file to keep."""
        dialog = QFileDialog(self, _("Add a document"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.add_files)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def add_files(self, paths: list[str]) -> None:
        """Keep these files."""
        for path in paths:
            self.context.lanes.io(
                self, read_document, path, on_done=self._keep, on_error=self._refuse
            )

    def _keep(self, read: tuple[str, bytes]) -> None:
        name, content = read
        label = _("Add document")
        self.context.operations.run(self, label, _add_document, self.account_id, name, content)

    def _refuse(self, error: object) -> None:
        self.context.navigator.notify(str(error), kind="warn")

    def _delete(self, row: Any) -> None:
        from kam_desktop.services import documents

        label = _("Delete document")
        self.context.operations.run(self, label, documents.delete_document, row.id)

    def _choose_target_of_chosen(self) -> None:
        self._choose_target(self.card.chosen())

    def _choose_target(self, row: Any) -> None:
        if row is None:
            return
        dialog = QFileDialog(self, _("Save a copy"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(row.name)
        dialog.setProperty("record", row.id)
        dialog.fileSelected.connect(self._read_for_saving)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _read_for_saving(self, path: str) -> None:
        dialog = self.sender()
        self._saving = Path(path)
        if dialog is not None:
            document_id = dialog.property("record")
            self.context.lanes.read(self, _content, document_id, on_done=self._write_copy)

    def _write_copy(self, content: bytes) -> None:
        self.context.lanes.io(
            self, write_copy, self._saving, content, on_done=self._saved, on_error=self._refuse
        )

    def _saved(self, path: Path) -> None:
        text = _("Saved a copy as {name}.").format(name=path.name)
        self.context.navigator.notify(text, kind="good")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        self.add_files([url.toLocalFile() for url in urls if url.isLocalFile()])


def _documents(db: Any, account_id: str) -> list[Any]:
    from kam_desktop.services.documents import documents_of_account

    return list(documents_of_account(db, account_id))


def _content(db: Any, document_id: str) -> bytes:
    from kam_desktop.services.documents import document_content

    return document_content(db, document_id)


def _add_document(work: Any, account_id: str, name: str, content: bytes) -> str:
    from kam_desktop.services.documents import add_document

    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return add_document(work, account_id, name=name, content=content, media_type=media_type)


def _added_text(clock: Clock, row: Any) -> str:
    return relative_date(parse_instant(row.added_at).date(), clock.today())


def _exact(row: Any) -> str:
    return date(parse_instant(row.added_at).date())
