"""Pages onto a printer, as pictures at its resolution."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _

MOST_DPI = 300
"""Enough for small type; more only makes the print job slow."""

PAPERS = {
    "A4": QPageSize.PageSizeId.A4,
    "A3": QPageSize.PageSizeId.A3,
    "A2": QPageSize.PageSizeId.A2,
    "Letter": QPageSize.PageSizeId.Letter,
    "Tabloid": QPageSize.PageSizeId.Tabloid,
}


def prepared_printer(paper: str, title: str, pages: int) -> QPrinter:
    """A printer set to the paper of the pages; the user chooses the rest in the dialog."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(PAPERS[paper]))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setDocName(title)
    printer.setFromTo(1, pages)
    return printer


def wanted_pages(printer: QPrinter, pages: int) -> tuple[int, ...]:
    """The indices of the pages the user wants, in the order they are to be printed."""
    first, last = 1, pages
    if printer.printRange() is QPrinter.PrintRange.PageRange:
        first, last = max(1, printer.fromPage()), min(pages, printer.toPage() or pages)
    found = tuple(range(first - 1, last))
    backwards = printer.pageOrder() is QPrinter.PageOrder.LastPageFirst
    return tuple(reversed(found)) if backwards else found


def scale_for(printer: QPrinter) -> float:
    """Pixels per point at which pages are to be pictured for a printer."""
    return min(printer.resolution(), MOST_DPI) / 72


def print_pictures(printer: QPrinter, images: Sequence[QImage]) -> None:
    """Print the pictures, one on a page, as large as the paper; copies as the driver cannot.

    Raises `UserError` when the printer does not take the job.
    """
    printer.setFullPage(True)
    if images:
        _hold_like(printer, images[0])
    painter = QPainter()
    if not painter.begin(printer):
        text = _("The printer “{name}” did not take the pages. Check it and print again.")
        raise UserError(text.format(name=printer.printerName() or _("file")))
    try:
        copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
        for number, image in enumerate([*images] * copies):
            if number:
                _hold_like(printer, image)
            if number and not printer.newPage():
                raise UserError(_("The printer stopped. Check it and print again."))
            painter.drawImage(_area(printer, image), image)
    finally:
        painter.end()


def _hold_like(printer: QPrinter, image: QImage) -> None:
    """Hold the paper as the page that comes next is held."""
    wide = image.width() > image.height()
    way = QPageLayout.Orientation
    printer.setPageOrientation(way.Landscape if wide else way.Portrait)


def _area(printer: QPrinter, image: QImage) -> QRectF:
    """The whole sheet, or as much of it as keeps the page's shape, in the middle."""
    sheet = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
    scale = min(sheet.width() / image.width(), sheet.height() / image.height())
    width, height = image.width() * scale, image.height() * scale
    left = (sheet.width() - width) / 2
    return QRectF(left, (sheet.height() - height) / 2, width, height)
