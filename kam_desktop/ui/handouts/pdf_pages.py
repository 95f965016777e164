"""Pages of a PDF as pictures, by PDFium. Runs on an io lane; PDFium allows one caller at a time."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QImage

from kam_desktop.services.errors import CancelledError
from kam_desktop.ui.shell.tasks import TaskToken

_PDFIUM = threading.Lock()
_MOST_PIXELS = 60_000_000
"""Largest picture of a page; a bigger scale is brought down to it."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pages at ``scale`` pixels per point; ``request`` is the number they were asked for under."""

    request: int
    scale: float
    pages: tuple[QImage, ...]


def page_sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """The size of each page."""
    import pypdfium2

    with _PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            found = [document.get_page_size(index) for index in range(len(document))]
        finally:
            document.close()
    return tuple(PageSize(width, height) for width, height in found)


def pictures(
    pdf: bytes,
    request: int,
    scale: float,
    pages: Sequence[int] | None = None,
    *,
    task: TaskToken | None = None,
) -> Pictures:
    """The pages with these indices (None: all) at ``scale`` pixels per point.

    Raises ``CancelledError`` between two pages when the task was cancelled.
    """
    import pypdfium2

    made: list[QImage] = []
    with _PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            wanted = range(len(document)) if pages is None else pages
            for index in wanted:
                if task is not None and task.cancelled:
                    raise CancelledError(task.title)
                made.append(_picture(document, index, scale))
        finally:
            document.close()
    return Pictures(request, scale, tuple(made))


def _picture(document: object, index: int, scale: float) -> QImage:
    page = document[index]  # type: ignore[index]
    try:
        width, height = page.get_size()
        fitting = min(scale, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=fitting, rev_byteorder=True, prefer_bgrx=True)
        try:
            image = QImage(
                bytes(bitmap.buffer),
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                QImage.Format.Format_RGBX8888,
            )
            # The copy owns its pixels; the bitmap's are freed below.
            return image.copy()
        finally:
            bitmap.close()
    finally:
        page.close()
