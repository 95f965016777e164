"""Sheets of paper below each other, as they will come out of the printer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.handouts.pdf_pages import PageSize
from kam_desktop.ui.theme import Space, colours, theme


class PaperView(QWidget):
    """Paints the pages; until their pictures are there, white sheets of the right size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes: tuple[PageSize, ...] = ()
        self._images: tuple[QImage, ...] = ()
        self._scale = 1.0
        self.setAccessibleName(_("Preview of the pages"))

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def show_sizes(self, sizes: Sequence[PageSize]) -> None:
        """Show sheets of these sizes, empty for now."""
        self._sizes, self._images = tuple(sizes), ()
        self.update()

    def show_images(self, images: Sequence[QImage]) -> None:
        """Put pictures onto the sheets."""
        self._images = tuple(images)
        self.update()

    def set_scale(self, scale: float) -> None:
        """Device-independent pixels per point."""
        self._scale = scale
        self.update()

    def width_at(self, scale: float) -> float:
        """The width all of it takes at a scale, margins included."""
        widest = max((size.width for size in self._sizes), default=0.0)
        return widest * scale + 2 * self._gap()

    def top_of(self, page: int) -> int:
        """Where a page begins, in pixels from the top of the view."""
        return round(self._page_area(page).top() - self._gap()) if self._sizes else 0

    def page_at(self, y: float) -> int:
        """The page that lies at a height."""
        for page in range(self.pages):
            if y < self._page_area(page).bottom() + self._gap() / 2:
                return page
        return max(0, self.pages - 1)

    def sizeHint(self) -> QSize:
        bottom = self._page_area(self.pages - 1).bottom() if self._sizes else 0.0
        return QSize(round(self.width_at(self._scale)), round(bottom + self._gap()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in range(self.pages):
            area = self._page_area(page)
            if not area.intersects(QRectF(event.rect())):
                continue
            painter.fillRect(area, Qt.GlobalColor.white)
            if page < len(self._images):
                painter.drawImage(area, self._images[page])
            painter.setPen(QPen(QColor(colours().line), 1))
            painter.drawRect(area)

    def _gap(self) -> float:
        return float(theme().px(Space.L))

    def _page_area(self, page: int) -> QRectF:
        gap, top = self._gap(), self._gap()
        for size in self._sizes[:page]:
            top += size.height * self._scale + gap
        size = self._sizes[page]
        width, height = size.width * self._scale, size.height * self._scale
        left = max(gap, (self.width() - width) / 2)
        return QRectF(QPointF(round(left), round(top)), QPointF(left + width, top + height))
