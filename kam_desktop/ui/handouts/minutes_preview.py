"""The minutes of a meeting on screen as they will be on paper, to save, print or send."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QWidget

from kam_desktop.services.handouts.files import save_bytes
from kam_desktop.services.i18n import _
from kam_desktop.ui.handouts.making import MadePdf
from kam_desktop.ui.handouts.pdf_pages import page_sizes
from kam_desktop.ui.handouts.pdf_preview import PdfPreview, PreviewWords, file_stem, save_dialog
from kam_desktop.ui.handouts.printing import PAPERS
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets import QuietCombo, make_action

if TYPE_CHECKING:
    from kam_desktop.services.clock import Clock
    from kam_desktop.services.handouts.minutes import MinutesContent
    from kam_desktop.services.storage.reader import Reader


def read_minutes(db: Reader, meeting_id: str, clock: Clock) -> MinutesContent:
    """Gathers the content on a read lane."""
    from kam_desktop.services.handouts.minutes import minutes_content

    return minutes_content(db, meeting_id, clock)


def make_minutes(request: int, content: MinutesContent, paper: str) -> MadePdf:
    """Renders the content on an io lane."""
    from kam_desktop.services.handouts.pdf.minutes_pages import render_minutes

    pdf = render_minutes(content, paper=paper)
    return MadePdf(request, pdf, page_sizes(pdf))


def save_mail(content: MinutesContent, pdf: bytes, name: str, target: Path) -> Path:
    """Writes the e-mail draft, on an io lane."""
    from kam_desktop.services.minutes_mail import minutes_mail

    return save_bytes(minutes_mail(content, pdf, name), target, private=True)


class MinutesPreview(PdfPreview):
    """Shows what the client may have: no judgement, no objection and none of the notes."""

    def __init__(self, context: AppContext, meeting_id: str, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            PreviewWords(
                title=_("Minutes"),
                preparing=_("Preparing the minutes"),
                save_title=_("Save the minutes"),
                saving=_("Saving the minutes"),
                failed=_("The minutes could not be made"),
            ),
            parent,
        )
        self._meeting_id = meeting_id
        self._content: MinutesContent | None = None
        self._connect_signals()
        self.start()

    def choices(self) -> Sequence[QWidget]:
        self.paper = QuietCombo()
        self.paper.setAccessibleName(_("Paper"))
        self.paper.addItems(list(PAPERS))
        self.outcome = QCheckBox(_("With what was written up as the outcome"))
        self.outcome.setChecked(True)
        return (self.paper, self.outcome)

    def further_actions(self) -> Sequence[QAction]:
        if not hasattr(self, "mail"):
            self.mail = make_action(
                _("Save as e-mail draft…"), self, shortcut="Ctrl+E", icon_name="mail"
            )
        return (self.mail,)

    def _connect_signals(self) -> None:
        self.paper.currentTextChanged.connect(self._make)
        self.outcome.toggled.connect(self._make)
        self.mail.triggered.connect(self._ask_where_mail)

    @property
    def print_paper(self) -> str:
        return self.paper.currentText()

    @property
    def file_name(self) -> str:
        from kam_desktop.services.handouts.minutes_words import subject_text

        assert self._content is not None, "saving is offered when there is something to save"
        return file_stem(subject_text(self._content))[:100]

    def start(self) -> None:
        self.wait()
        self._context.lanes.read(
            self, read_minutes, self._meeting_id, self._context.clock,
            on_done=self._arrived, on_error=self.show_failure, title=_("Reading the minutes"),
        )  # fmt: skip

    def _arrived(self, content: MinutesContent) -> None:
        self._content = content
        self.outcome.setEnabled(bool(content.agreed.content.strip()))
        self._make()

    def _chosen(self) -> MinutesContent | None:
        if self._content is None or self.outcome.isChecked():
            return self._content
        return self._content.without_outcome()

    def _make(self, _choice: object = None) -> None:
        if self._content is not None:
            self._context.lanes.io(
                self, make_minutes, self.begin(), self._chosen(), self.paper.currentText(),
                on_done=self.show_pdf, on_error=self.show_failure, title=_("Making the minutes"),
            )  # fmt: skip

    # E-mail

    def _ask_where_mail(self) -> None:
        dialog = save_dialog(self, _("Save the e-mail draft"), "eml", _("E-mail drafts (*.eml)"))
        dialog.selectFile(f"{self.file_name}.eml")
        dialog.fileSelected.connect(self.save_mail)
        dialog.open()

    def save_mail(self, path: str) -> None:
        """Write the draft; nothing is sent and nothing is opened."""
        self._context.lanes.io(
            self, save_mail, self._chosen(), self._pdf, self.file_name, Path(path),
            on_done=self._mail_saved, on_error=self.tell_problem, title=_("Saving the draft"),
        )  # fmt: skip

    def _mail_saved(self, path: Path) -> None:
        text = _("Saved as {name}. Open it in your e-mail program to send it.").format(
            name=path.name
        )
        self._context.navigator.notify(text, kind="good")
        self._number.setText(text)


def open_minutes_preview(
    context: AppContext, meeting_id: str, parent: QWidget | None = None
) -> MinutesPreview:
    """Open the minutes of a meeting in a window that frees itself when it is closed."""
    preview = MinutesPreview(context, meeting_id, parent)
    preview.show()
    return preview
