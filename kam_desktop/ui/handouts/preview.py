"""The brief on screen as it will be on paper, to save and to print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.handouts.making import make_pdf, read_brief
from kam_desktop.ui.handouts.pdf_preview import PdfPreview, PreviewWords, file_stem
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.times import home_zone
from kam_desktop.ui.widgets import QuietCombo

if TYPE_CHECKING:
    from kam_desktop.services.handouts.content import BriefContent

PAPERS = ("A4", "Letter")


class BriefPreview(PdfPreview):
    """Shows the brief of one account.

    ``read_brief`` → ``make_pdf`` (again for another paper) → ``pictures`` (again for another size).
    """

    def __init__(
        self,
        context: AppContext,
        account_id: str,
        meeting_id: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            context,
            PreviewWords(
                title=_("Brief"),
                preparing=_("Preparing the brief"),
                save_title=_("Save the brief"),
                saving=_("Saving the brief"),
                failed=_("The brief could not be made"),
            ),
            parent,
        )
        self._account_id, self._meeting_id = account_id, meeting_id
        self._content: BriefContent | None = None
        self._connect_signals()
        self.start()

    def choices(self) -> Sequence[QWidget]:
        self.paper = QuietCombo()
        self.paper.setAccessibleName(_("Paper"))
        self.paper.addItems(PAPERS)
        return (self.paper,)

    def _connect_signals(self) -> None:
        self.paper.currentTextChanged.connect(self._paper_chosen)

    @property
    def print_paper(self) -> str:
        return self.paper.currentText()

    @property
    def file_name(self) -> str:
        assert self._content is not None, "saving is offered when there is something to save"
        day = self._content.today.content.isoformat()
        return f"{file_stem(self._content.account.content.name)[:80]} {day}"

    def start(self) -> None:
        self.wait()
        context = self._context
        context.lanes.read(
            self, read_brief, self._account_id, self._meeting_id, context.clock, home_zone(),
            on_done=self._content_arrived, on_error=self.show_failure, title=_("Reading the brief"),
        )  # fmt: skip

    def _content_arrived(self, content: BriefContent) -> None:
        self._content = content
        name = content.account.content.name
        self.setWindowTitle(_("Brief: {account}").format(account=name))
        self._make()

    def _paper_chosen(self, _paper: str) -> None:
        if self._content is not None:
            self._make()

    def _make(self) -> None:
        self._context.lanes.io(
            self, make_pdf, self.begin(), self._content, self.paper.currentText(),
            on_done=self.show_pdf, on_error=self.show_failure, title=_("Making the brief"),
        )  # fmt: skip


def open_brief_preview(
    context: AppContext,
    account_id: str,
    meeting_id: str | None = None,
    parent: QWidget | None = None,
) -> BriefPreview:
    """Open the brief of an account (for its next meeting, unless one is given) in a window.

    Returns at once; the window owns itself and is freed when it is closed.
    """
    preview = BriefPreview(context, account_id, meeting_id, parent or QApplication.activeWindow())
    preview.show()
    return preview
