"""A person's photo or initials in a circle."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from kam_desktop.services.formatting import initials
from kam_desktop.ui.theme import Space, TextRole, colours, theme


class Avatar(QWidget):
    """A photo, else the initials of ``name``; a dashed circle for a vacant seat (an empty name)."""

    def __init__(
        self, name: str = "", size: int = Space.XXL, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._size = size
        self._photo = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Show somebody else."""
        self._name = name
        self.setAccessibleName(name)
        self.update()

    def set_photo(self, content: bytes | None) -> None:
        """Show a picture file; None shows the initials."""
        self._photo = QPixmap()
        if content is not None:
            self._photo.loadFromData(content)
        self.update()

    def sizeHint(self) -> QSize:
        side = theme().px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        in_use = colours()
        circle = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if not self._photo.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            edge = QPainterPath()
            edge.addEllipse(circle)
            painter.setClipPath(edge)
            painter.drawPixmap(circle, self._photo, QRectF(self._photo.rect()))
            return
        pen = painter.pen()
        pen.setColor(QColor(in_use.accent if self._name else in_use.text3))
        if not self._name:
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawEllipse(circle)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(in_use.accent_soft))
            painter.drawEllipse(circle)
            painter.setPen(pen)
        painter.setFont(theme().font(TextRole.SMALL, bold=True))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, initials(self._name))
