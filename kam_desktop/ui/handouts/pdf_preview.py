"""A handout on screen as it will be on paper, to save and to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
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
from kam_desktop.ui.handouts.making import MadePdf
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
from kam_desktop.ui.widgets import (
    Button,
    ElidedLabel,
    EmptyState,
    FlowLayout,
    IconButton,
    PrimaryButton,
    ProgressBar,
    make_action,
    text_label,
)
from kam_desktop.ui.widgets.screen_room import resize_within_screen

_ONE_LINE_UP_TO = 1.3
"""Up to this size of type all that can be done with a handout has room in one line."""
_ROOM_FOR_ZOOMING = 600


@dataclass(frozen=True, slots=True)
class PreviewWords:
    """What the window says of the handout it shows."""

    title: str
    preparing: str
    save_title: str
    saving: str
    failed: str


class PdfPreview(QDialog):
    """Shows the pages of a handout. Nothing in it waits: content, PDF and pictures each arrive.

    Who derives from it gives the `choices` in the bar, reads the content in `start`, makes the PDF
    on an io lane with `begin` as its number, and hands it to `show_pdf`.
    """

    def __init__(
        self, context: AppContext, words: PreviewWords, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(words.title)
        self._context = context
        self._words = words
        self._pdf = b""
        # Counted apart: asking for pictures while a PDF is being made does not make it stale.
        self._making = self._picturing = 0
        self._printer: QPrinter | None = None
        self._build()
        self._connect_bar()

    # For those who derive ------------------------------------------------------------------------

    def choices(self) -> Sequence[QWidget]:
        """What can be chosen: one at the left of the bar, several above it. Called once."""
        return ()

    def further_actions(self) -> Sequence[QAction]:
        """What else can be done with what is shown."""
        return ()

    def beside(self) -> QWidget | None:
        """What stands beside the pages. Called once."""
        return None

    def start(self) -> None:
        """Read what the handout shows; also called by *Try again*."""
        raise NotImplementedError

    @property
    def file_name(self) -> str:
        """What a file is called unless the user says otherwise."""
        raise NotImplementedError

    @property
    def print_paper(self) -> str:
        """The paper of the pages, a key of `printing.PAPERS`."""
        raise NotImplementedError

    def begin(self) -> int:
        """Another PDF is being made: its number."""
        self._making += 1
        self._picturing += 1
        self._set_ready(False)
        return self._making

    def wait(self) -> None:
        """Show that the handout is being prepared."""
        self._set_ready(False)
        self._stack.setCurrentWidget(self._waiting)

    def show_pdf(self, made: MadePdf) -> None:
        """Show a PDF, unless another one was asked for since."""
        if made.request != self._making:
            return
        self._pdf = made.pdf
        self._stack.setCurrentWidget(self._browser)
        self._browser.show_sizes(made.sizes)
        self._set_ready(True)
        if self.focusWidget() is None:
            self._browser.setFocus()

    # Making ------------------------------------------------------------------------------------

    def _build(self) -> None:
        px = theme().px
        resize_within_screen(self, 820, 760)
        self.setMinimumSize(QSize(px(560), px(400)).boundedTo(self.size()))
        self._make_actions()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar, choices = self._bar(), list(self.choices())
        if theme().scale > _ONE_LINE_UP_TO:
            choices += self._doing()
        else:
            for button in self._doing():
                bar.addWidget(button)
        if len(choices) == 1:
            bar.insertWidget(0, choices[0])
        elif choices:
            around = QVBoxLayout()
            around.setContentsMargins(px(Space.L), px(Space.M), px(Space.L), 0)
            around.addWidget(self._choice_row(choices))
            column.addLayout(around)
        column.addLayout(bar)
        self._browser = PageBrowser()
        self._waiting = self._waiting_page()
        self._failure = EmptyState("file-warning", "", "", [self.retry])
        # Within the window first: alone, the stack would show its first page as a window.
        row = QHBoxLayout()
        row.setSpacing(0)
        column.addLayout(row, 1)
        self._stack = QStackedLayout()
        row.addLayout(self._stack, 1)
        for widget in (self._waiting, self._browser, self._failure):
            self._stack.addWidget(widget)
        beside = self.beside()
        if beside is not None:
            row.addWidget(beside)
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
        for icon_name, action in (
            ("chevron-up", self.previous_page),
            ("chevron-down", self.next_page),
        ):
            bar.addWidget(_icon_button(icon_name, action))
        # Also says what became of saving and printing, which may be long.
        self._number = ElidedLabel("", "secondary")
        bar.addWidget(self._number, 1)
        self._zooming = QWidget()
        zooming = QHBoxLayout(self._zooming)
        zooming.setContentsMargins(0, 0, px(Space.S), 0)
        zooming.setSpacing(px(Space.S))
        for icon_name, action in (
            ("zoom-out", self.smaller),
            ("zoom-in", self.bigger),
            ("maximize", self.fit),
        ):
            zooming.addWidget(_icon_button(icon_name, action))
        bar.addWidget(self._zooming)
        return bar

    def _doing(self) -> list[QWidget]:
        """The buttons for what is done with the handout; the last one is the primary."""
        buttons: list[Button] = []
        for action in (*self.further_actions(), self.save, self.print_pages):
            button = PrimaryButton() if action is self.print_pages else Button()
            button.follow(action)
            buttons.append(button)
        # Enter prints, wherever the keyboard is that has no use of its own for it.
        buttons[-1].setDefault(True)
        return [*buttons]

    def _choice_row(self, choices: Sequence[QWidget]) -> QWidget:
        """Several fields and buttons, in as many lines as they need."""
        row = QWidget()
        flow = FlowLayout(row, spacing=theme().px(Space.S))
        height = max(choice.sizeHint().height() for choice in choices)
        for choice in choices:
            choice.setMinimumHeight(height)
            flow.addWidget(choice)
        return row

    def _waiting_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(
            text_label(self._words.preparing, "secondary"), 0, Qt.AlignmentFlag.AlignHCenter
        )
        bar = ProgressBar(None, name=self._words.preparing)
        bar.setFixedWidth(theme().px(200))
        column.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # With large type the keys for it have to do.
        self._zooming.setVisible(event.size().width() >= theme().px(_ROOM_FOR_ZOOMING))

    def _connect_bar(self) -> None:
        self.save.triggered.connect(self._ask_where)
        self.print_pages.triggered.connect(self._ask_printer)
        self.bigger.triggered.connect(self._browser.zoom_in)
        self.smaller.triggered.connect(self._browser.zoom_out)
        self.fit.triggered.connect(self._browser.fit_width)
        self.next_page.triggered.connect(self._browser.next_page)
        self.previous_page.triggered.connect(self._browser.previous_page)
        self.retry.triggered.connect(self.start)
        self._browser.pictures_wanted.connect(self._picture)
        self._browser.page_changed.connect(self._tell_page)

    # PDF → pictures ------------------------------------------------------------------------------

    def _picture(self, scale: float) -> None:
        self._picturing += 1
        self._context.lanes.io(
            self, pictures, self._pdf, self._picturing, scale,
            on_done=self._pictures_arrived, on_error=self.show_failure,
        )  # fmt: skip

    def _pictures_arrived(self, made: Pictures) -> None:
        if made.request == self._picturing:
            self._browser.show_images(made.pages)

    def show_failure(self, error: BaseException) -> None:
        if isinstance(error, CancelledError):
            return
        if not isinstance(error, KamError):
            self._context.lanes.failed.emit(error)
        text = str(error) if isinstance(error, KamError) else _("Your data is safe.")
        self._failure.show_text(self._words.failed, text)
        self._stack.setCurrentWidget(self._failure)

    def _set_ready(self, ready: bool) -> None:
        actions = (self.save, self.print_pages, self.bigger, self.smaller, self.fit)
        for action in (*actions, *self.further_actions()):
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
        dialog = save_dialog(self, self._words.save_title, "pdf", _("PDF files (*.pdf)"))
        dialog.selectFile(f"{self.file_name}.pdf")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, file_name: str) -> None:
        """Save what is shown; tells when it is done, or why it is not."""
        self._context.lanes.io(
            self, save_bytes, self._pdf, Path(file_name),
            on_done=self.tell_saved, on_error=self.tell_problem, title=self._words.saving,
        )  # fmt: skip

    def tell_saved(self, target: Path) -> None:
        """Say where something was saved."""
        text = _("Saved as {name}.").format(name=target.name)
        self._context.navigator.notify(text, kind="good")
        self._number.setText(text)

    # Printing -------------------------------------------------------------------------------------

    def _ask_printer(self) -> None:
        printer = prepared_printer(self.print_paper, self.windowTitle(), self._browser.pages)
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
            self.tell_problem(error)
            return
        name = printer.printerName() or Path(printer.outputFileName()).name
        text = _("Sent to {printer}.").format(printer=name)
        self._context.navigator.notify(text, kind="good")
        self._number.setText(text)

    def _not_printed(self, error: BaseException) -> None:
        self._printer = None
        self.print_pages.setEnabled(True)
        self.tell_problem(error)

    def tell_problem(self, error: BaseException) -> None:
        """Say why something could not be saved or printed."""
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


def save_dialog(parent: QWidget, title: str, suffix: str, kinds: str) -> QFileDialog:
    """A window that asks where to save a file; it is freed when it is closed."""
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.setNameFilter(kinds)
    places = QStandardPaths.StandardLocation.DocumentsLocation
    dialog.setDirectory(QStandardPaths.writableLocation(places))
    return dialog


def file_stem(*parts: str) -> str:
    """A file name without what some system forbids in one."""
    name = " ".join(parts)
    kept = "".join(char if char.isalnum() or char in " -_" else " " for char in name)
    return " ".join(kept.split())[:120] or "KAM"
