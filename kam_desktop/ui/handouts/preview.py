"""The brief on screen as it will be on paper, to save and to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kam_desktop.services.errors import CancelledError, KamError
from kam_desktop.services.handouts.files import save_bytes
from kam_desktop.services.i18n import _
from kam_desktop.ui.handouts.making import MadePdf, make_pdf, read_brief
from kam_desktop.ui.handouts.page_browser import PageBrowser
from kam_desktop.ui.handouts.pdf_pages import Pictures, pictures
from kam_desktop.ui.handouts.printing import (
    prepared_printer,
    print_pictures,
    scale_for,
    wanted_pages,
)
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.times import home_zone
from kam_desktop.ui.widgets import (
    Button,
    ElidedLabel,
    EmptyState,
    IconButton,
    PrimaryButton,
    ProgressBar,
    QuietCombo,
    make_action,
    text_label,
)
from kam_desktop.ui.widgets.screen_room import resize_within_screen

if TYPE_CHECKING:
    from kam_desktop.services.handouts.content import BriefContent

PAPERS = ("A4", "Letter")


class BriefPreview(QDialog):
    """Shows the brief of one account. Nothing in it waits: content, PDF and pictures each arrive.

    ``read_brief`` → ``make_pdf`` (again for another paper) → ``pictures`` (again for another size).
    """

    def __init__(
        self,
        context: AppContext,
        account_id: str,
        meeting_id: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(_("Brief"))
        self._context = context
        self._account_id, self._meeting_id = account_id, meeting_id
        self._content: BriefContent | None = None
        self._pdf = b""
        self._request = 0
        self._printer: QPrinter | None = None
        self._build()
        self._connect_signals()
        self._read()

    # Making ------------------------------------------------------------------------------------

    def _build(self) -> None:
        px = theme().px
        resize_within_screen(self, 820, 760)
        self.setMinimumSize(QSize(px(560), px(400)).boundedTo(self.size()))
        self._make_actions()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar())
        self._browser = PageBrowser()
        self._waiting = self._waiting_page()
        self._failure = EmptyState("file-warning", "", "", [self.retry])
        self._stack = QStackedLayout()
        for widget in (self._waiting, self._browser, self._failure):
            self._stack.addWidget(widget)
        column.addLayout(self._stack, 1)
        self._set_ready(False)

    def _make_actions(self) -> None:
        self.save = make_action(_("Save as PDF…"), self, shortcut="Ctrl+S", icon_name="save")
        self.print_pages = make_action(_("Print…"), self, shortcut="Ctrl+P", icon_name="printer")
        self.bigger = make_action(_("Larger"), self, shortcut="Ctrl++", icon_name="zoom-in")
        self.smaller = make_action(_("Smaller"), self, shortcut="Ctrl+-", icon_name="zoom-out")
        self.fit = make_action(_("Fit width"), self, shortcut="Ctrl+0", icon_name="maximize")
        self.next_page = make_action(_("Next page"), self, shortcut="PgDown")
        self.previous_page = make_action(_("Previous page"), self, shortcut="PgUp")
        self.retry = make_action(_("Try again"), self, shortcut="F5")

    def _bar(self) -> QHBoxLayout:
        px = theme().px
        bar = QHBoxLayout()
        bar.setContentsMargins(px(Space.L), px(Space.M), px(Space.L), px(Space.M))
        bar.setSpacing(px(Space.S))
        self.paper = QuietCombo()
        self.paper.setAccessibleName(_("Paper"))
        self.paper.addItems(PAPERS)
        bar.addWidget(self.paper)
        for icon_name, action in (
            ("chevron-up", self.previous_page),
            ("chevron-down", self.next_page),
        ):
            bar.addWidget(_icon_button(icon_name, action))
        # Also says what became of saving and printing, which may be long.
        self._number = ElidedLabel("", "secondary")
        bar.addWidget(self._number, 1)
        for icon_name, action in (
            ("zoom-out", self.smaller),
            ("zoom-in", self.bigger),
            ("maximize", self.fit),
        ):
            bar.addWidget(_icon_button(icon_name, action))
        bar.addSpacing(px(Space.S))
        save, printing = Button(), PrimaryButton()
        save.follow(self.save)
        printing.follow(self.print_pages)
        bar.addWidget(save)
        bar.addWidget(printing)
        return bar

    def _waiting_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(
            text_label(_("Preparing the brief"), "secondary"), 0, Qt.AlignmentFlag.AlignHCenter
        )
        bar = ProgressBar(None, name=_("Preparing the brief"))
        bar.setFixedWidth(theme().px(200))
        column.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _connect_signals(self) -> None:
        self.save.triggered.connect(self._ask_where)
        self.print_pages.triggered.connect(self._ask_printer)
        self.bigger.triggered.connect(self._browser.zoom_in)
        self.smaller.triggered.connect(self._browser.zoom_out)
        self.fit.triggered.connect(self._browser.fit_width)
        self.next_page.triggered.connect(self._browser.next_page)
        self.previous_page.triggered.connect(self._browser.previous_page)
        self.retry.triggered.connect(self._read)
        self.paper.currentTextChanged.connect(self._paper_chosen)
        self._browser.pictures_wanted.connect(self._picture)
        self._browser.page_changed.connect(self._tell_page)

    # Content → PDF → pictures --------------------------------------------------------------------

    def _read(self) -> None:
        self._set_ready(False)
        self._stack.setCurrentWidget(self._waiting)
        context = self._context
        context.lanes.read(
            self, read_brief, self._account_id, self._meeting_id, context.clock, home_zone(),
            on_done=self._content_arrived, on_error=self._failed, title=_("Reading the brief"),
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
        self._request += 1
        self._set_ready(False)
        self._context.lanes.io(
            self, make_pdf, self._request, self._content, self.paper.currentText(),
            on_done=self._pdf_arrived, on_error=self._failed, title=_("Making the brief"),
        )  # fmt: skip

    def _pdf_arrived(self, made: MadePdf) -> None:
        if made.request != self._request:
            return
        self._pdf = made.pdf
        self._stack.setCurrentWidget(self._browser)
        self._browser.show_sizes(made.sizes)
        self._set_ready(True)

    def _picture(self, scale: float) -> None:
        self._request += 1
        self._context.lanes.io(
            self, pictures, self._pdf, self._request, scale,
            on_done=self._pictures_arrived, on_error=self._failed,
        )  # fmt: skip

    def _pictures_arrived(self, made: Pictures) -> None:
        if made.request == self._request:
            self._browser.show_images(made.pages)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, CancelledError):
            return
        if not isinstance(error, KamError):
            self._context.lanes.failed.emit(error)
        text = str(error) if isinstance(error, KamError) else _("Your data is safe.")
        self._failure.show_text(_("The brief could not be made"), text)
        self._stack.setCurrentWidget(self._failure)

    def _set_ready(self, ready: bool) -> None:
        for action in (self.save, self.print_pages, self.bigger, self.smaller, self.fit):
            action.setEnabled(ready)
        self._tell_page()

    def _tell_page(self) -> None:
        pages, page = self._browser.pages, self._browser.page
        text = _("Page {page} of {pages}").format(page=page + 1, pages=pages) if pages else ""
        self._number.setText(text)
        self.previous_page.setEnabled(page > 0)
        self.next_page.setEnabled(page < pages - 1)

    # Saving ---------------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, _("Save the brief"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilter(_("PDF files (*.pdf)"))
        places = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(places))
        dialog.selectFile(self._file_name())
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def _file_name(self) -> str:
        assert self._content is not None, "saving is offered when there is something to save"
        name = self._content.account.content.name
        kept = "".join(char if char.isalnum() or char in " -_" else " " for char in name)
        day = self._content.today.content.isoformat()
        return f"{' '.join(kept.split())[:80] or 'KAM'} {day}.pdf"

    def save_to(self, file_name: str) -> None:
        """Save what is shown; tells when it is done, or why it is not."""
        self._context.lanes.io(
            self, save_bytes, self._pdf, Path(file_name),
            on_done=self._saved, on_error=self._not_saved, title=_("Saving the brief"),
        )  # fmt: skip

    def _saved(self, target: Path) -> None:
        text = _("Saved as {name}.").format(name=target.name)
        self._context.navigator.notify(text, kind="good")
        self._number.setText(text)

    def _not_saved(self, error: BaseException) -> None:
        self._tell_problem(error)

    # Printing -------------------------------------------------------------------------------------

    def _ask_printer(self) -> None:
        printer = prepared_printer(
            self.paper.currentText(), self.windowTitle(), self._browser.pages
        )
        self._printer = printer
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, self._browser.pages)
        dialog.accepted.connect(self._print)
        # QPrintDialog hides the plain open() behind one for old-style slots.
        QDialog.open(dialog)

    def print_to(self, printer: QPrinter) -> None:
        """Print what is shown: pictures are made on an io lane, then handed to the printer."""
        self._printer = printer
        self._print()

    def _print(self) -> None:
        printer = self._printer
        if printer is None:
            return
        self.print_pages.setEnabled(False)
        self._context.lanes.io(
            self, pictures, self._pdf, 0, scale_for(printer),
            wanted_pages(printer, self._browser.pages),
            on_done=self._print_pictures, on_error=self._not_printed, title=_("Printing"),
        )  # fmt: skip

    def _print_pictures(self, made: Pictures) -> None:
        printer, self._printer = self._printer, None
        self.print_pages.setEnabled(True)
        if printer is None:
            return
        try:
            print_pictures(printer, made.pages)
        except KamError as error:
            self._tell_problem(error)
            return
        name = printer.printerName() or Path(printer.outputFileName()).name
        text = _("Sent to {printer}.").format(printer=name)
        self._context.navigator.notify(text, kind="good")
        self._number.setText(text)

    def _not_printed(self, error: BaseException) -> None:
        self._printer = None
        self.print_pages.setEnabled(True)
        self._tell_problem(error)

    def _tell_problem(self, error: BaseException) -> None:
        if isinstance(error, CancelledError):
            return
        if not isinstance(error, KamError):
            self._context.lanes.failed.emit(error)
            return
        self._context.navigator.notify(str(error), kind="bad")
        self._number.setText(str(error))


def _icon_button(icon_name: str, action: QAction) -> IconButton:
    button = IconButton(icon_name, action.text())
    button.follow(action)
    return button


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
