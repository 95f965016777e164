"""A scrolled view of pages: as wide as the window or at a chosen size, page by page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.handouts.paper_view import PaperView
from kam_desktop.ui.handouts.pdf_pages import PageSize

_LEAST_SCALE, _MOST_SCALE, _STEP = 0.3, 4.0, 1.25
_SETTLE_MS = 120
"""Pictures are asked for anew when the window has kept its size for this long."""


class PageBrowser(QScrollArea):
    """Shows pages. ``pictures_wanted`` asks for pictures of them at a scale (device pixels per
    point); give them back with `show_images`. ``page_changed`` says that another page came up.
    """

    pictures_wanted = Signal(float)
    page_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = PaperView()
        self._scale: float | None = None  # None: as wide as the window
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self.setWidget(self._view)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName(_("Pages"))
        self._settle.timeout.connect(self._ask)
        self.verticalScrollBar().valueChanged.connect(self._tell_page)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._view.pages

    @property
    def page(self) -> int:
        """The page in view, from 0: the one a third of the way down the window."""
        bar = self.verticalScrollBar()
        at_end = bar.maximum() > 0 and bar.value() == bar.maximum()
        return (
            self.pages - 1
            if at_end
            else self._view.page_at(bar.value() + self.viewport().height() / 3)
        )

    @property
    def scale(self) -> float:
        """Device-independent pixels per point."""
        if self._scale is not None:
            return self._scale
        margins = self._view.width_at(0.0)
        unit = self._view.width_at(1.0) - margins
        room = self.viewport().width() - margins
        return min(_MOST_SCALE, max(_LEAST_SCALE, room / unit)) if unit else 1.0

    def show_sizes(self, sizes: Sequence[PageSize]) -> None:
        """Show sheets of these sizes and ask for their pictures."""
        self._view.show_sizes(sizes)
        self._rescale()
        self._ask()

    def show_images(self, images: Sequence[QImage]) -> None:
        """Put pictures onto the sheets."""
        self._view.show_images(images)

    def zoom_in(self) -> None:
        """A quarter larger."""
        self._zoom(_STEP)

    def zoom_out(self) -> None:
        """A fifth smaller."""
        self._zoom(1 / _STEP)

    def fit_width(self) -> None:
        """As wide as the window, from now on."""
        self._scale = None
        self._rescale()
        self._ask()

    def next_page(self) -> None:
        """Scroll to the next page."""
        self._go_to(self.page + 1)

    def previous_page(self) -> None:
        """Scroll to the page before."""
        self._go_to(self.page - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rescale()
        if self.pages and self._scale is None:
            self._settle.start()

    def _zoom(self, factor: float) -> None:
        self._scale = min(_MOST_SCALE, max(_LEAST_SCALE, self.scale * factor))
        self._rescale()
        self._settle.start()

    def _rescale(self) -> None:
        bar = self.verticalScrollBar()
        place = bar.value() / max(1, bar.maximum())
        self._view.set_scale(self.scale)
        self._view.resize(self._view.sizeHint().expandedTo(self.viewport().size()))
        bar.setValue(round(place * bar.maximum()))
        self.page_changed.emit()

    def _ask(self) -> None:
        self._settle.stop()
        if self.pages:
            self.pictures_wanted.emit(self.scale * self.devicePixelRatioF())

    def _go_to(self, page: int) -> None:
        if 0 <= page < self.pages:
            self.verticalScrollBar().setValue(self._view.top_of(page))

    def _tell_page(self, _value: object) -> None:
        self.page_changed.emit()
