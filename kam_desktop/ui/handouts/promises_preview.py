"""The page of promises on screen as it will be on paper, to save and to print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.handouts.making import MadePdf
from kam_desktop.ui.handouts.pdf_pages import page_sizes
from kam_desktop.ui.handouts.pdf_preview import PdfPreview, PreviewWords, file_stem
from kam_desktop.ui.handouts.preview import PAPERS
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.times import home_zone
from kam_desktop.ui.widgets import QuietCombo

if TYPE_CHECKING:
    from kam_desktop.services.clock import Clock
    from kam_desktop.services.handouts.promises_page import PromisesContent
    from kam_desktop.services.storage.reader import Reader


class PromisesPreview(PdfPreview):
    """Shows the page of promises of one account."""

    def __init__(self, context: AppContext, account_id: str, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            PreviewWords(
                title=_("Promises"),
                preparing=_("Preparing the page of promises"),
                save_title=_("Save the page of promises"),
                saving=_("Saving the page of promises"),
                failed=_("The page of promises could not be made"),
            ),
            parent,
        )
        self._account_id = account_id
        self._content: PromisesContent | None = None
        self.paper.currentTextChanged.connect(self._paper_chosen)
        self.start()

    def choices(self) -> Sequence[QWidget]:
        self.paper = QuietCombo()
        self.paper.setAccessibleName(_("Paper"))
        self.paper.addItems(PAPERS)
        return (self.paper,)

    @property
    def print_paper(self) -> str:
        return self.paper.currentText()

    @property
    def file_name(self) -> str:
        assert self._content is not None, "saving is offered when there is something to save"
        name = file_stem(self._content.account.content)[:80]
        day = self._content.today.content.isoformat()
        return _("{account} promises {day}").format(account=name, day=day)

    def start(self) -> None:
        self.wait()
        self._context.lanes.read(
            self, _read, self._account_id, self._context.clock, home_zone(),
            on_done=self._content_arrived, on_error=self.show_failure,
            title=_("Reading the promises"),
        )  # fmt: skip

    def _content_arrived(self, content: PromisesContent) -> None:
        self._content = content
        name = content.account.content
        self.setWindowTitle(_("Promises: {account}").format(account=name))
        self._make()

    def _paper_chosen(self, _paper: str) -> None:
        if self._content is not None:
            self._make()

    def _make(self) -> None:
        self._context.lanes.io(
            self, _make, self.begin(), self._content, self.paper.currentText(),
            on_done=self.show_pdf, on_error=self.show_failure, title=_("Making the page"),
        )  # fmt: skip


def _read(db: Reader, account_id: str, clock: Clock, zone: str) -> PromisesContent:
    from kam_desktop.services.handouts.promises_page import promises_content

    return promises_content(db, account_id, clock=clock, zone=zone)


def _make(request: int, content: PromisesContent, paper: str) -> MadePdf:
    from kam_desktop.services.handouts.pdf.promises_pages import render_promises

    pdf = render_promises(content, paper=paper)
    return MadePdf(request, pdf, page_sizes(pdf))


def open_promises_preview(
    context: AppContext, account_id: str, parent: QWidget | None = None
) -> PromisesPreview:
    """Open the page of promises of an account in a window; it is freed when it is closed."""
    preview = PromisesPreview(context, account_id, parent or QApplication.activeWindow())
    preview.show()
    return preview
