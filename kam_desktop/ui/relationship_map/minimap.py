"""The whole map in a corner, with the part that is seen: a click or a drag goes elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.map_scene import MapScene
from kam_desktop.ui.relationship_map.symbols import support_colour
from kam_desktop.ui.theme import Theme

_WIDTH, _HEIGHT = 190, 124
_MARGIN = 6.0
_LEAST = 2.2
_SHARE = 2.6
"""It hides itself where it would cover more than about a seventh of the map."""


class MiniMap(QWidget):
    """``moved`` carries the point of the scene (`QPointF`) that shall be in the middle."""

    moved = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scene = MapScene("org")
        self._content = QRectF()
        self._seen = QRectF()
        self._picture: QPixmap | None = None
        self._wanted = True
        self.setAccessibleName(_("Overview of the map"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(self.sizeHint())
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_WIDTH), self._theme.px(_HEIGHT))

    def set_wanted(self, wanted: bool) -> None:
        """Whether it is shown at all; it hides itself while everything is seen anyhow."""
        self._wanted = wanted
        self._show_or_hide()

    def show_map(self, scene: MapScene, content: QRectF) -> None:
        """Show other people, or the same elsewhere."""
        self._scene, self._content, self._picture = scene, QRectF(content), None
        self.setFixedSize(self.sizeHint())
        self._show_or_hide()
        self.update()

    def show_seen(self, seen: QRectF) -> None:
        """Show which part of the map is seen."""
        if seen != self._seen:
            self._seen = QRectF(seen)
            self._show_or_hide()
            self.update()

    def _show_or_hide(self) -> None:
        all_seen = self._seen.contains(self._content)
        canvas = self.parentWidget()
        assert canvas is not None, "it lies on the canvas"
        room = canvas.size()
        roomy = room.width() > _SHARE * self.width() and room.height() > _SHARE * self.height()
        useful = roomy and not all_seen and not self._content.isEmpty()
        self.setVisible(self._wanted and useful)

    # Between the scene and this picture

    def _scale(self) -> float:
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        return min(
            room.width() / max(1.0, self._content.width()),
            room.height() / max(1.0, self._content.height()),
        )

    def _to_here(self, area: QRectF) -> QRectF:
        scale, middle = self._scale(), self._content.center()
        return QRectF(
            self.width() / 2 + (area.x() - middle.x()) * scale,
            self.height() / 2 + (area.y() - middle.y()) * scale,
            area.width() * scale,
            area.height() * scale,
        )

    def _to_scene(self, at: QPointF) -> QPointF:
        scale, middle = self._scale(), self._content.center()
        return QPointF(
            middle.x() + (at.x() - self.width() / 2) / scale,
            middle.y() + (at.y() - self.height() / 2) / scale,
        )

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture is None:
            self._picture = self._drawn()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        colours = self._theme.colours
        frame = self._to_here(self._seen).intersected(QRectF(self.rect()).adjusted(1, 1, -2, -2))
        ground = QColor(colours.accent)
        ground.setAlphaF(0.12)
        painter.setPen(QPen(QColor(colours.accent), 1.4))
        painter.setBrush(ground)
        painter.drawRect(frame)
        painter.end()

    def _drawn(self) -> QPixmap:
        """The cards, each a speck in the colour of its support; painted once and kept."""
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        colours = self._theme.colours
        picture.fill(QColor(colours.surface))
        painter = QPainter(picture)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(Qt.PenStyle.NoPen)
        for spec in self._scene.cards:
            place = spec.place
            area = self._to_here(QRectF(place.x, place.y, place.width, place.height))
            area.setSize(area.size().expandedTo(QRectF(0, 0, _LEAST, _LEAST / 2).size()))
            painter.fillRect(area, support_colour(spec.support, colours))
        painter.end()
        return picture

    # Moving

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.moved.emit(self._to_scene(event.position()))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.moved.emit(self._to_scene(event.position()))
        event.accept()
