"""The window onto the power grid: scrolling, zoom, and moving from person to person."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from kam_desktop.services.analysis.map_navigation import Direction, neighbour, reading_order
from kam_desktop.services.i18n import _
from kam_desktop.ui.relationship_map.grid.scene import MARGIN, PowerGridScene

MIN_ZOOM, MAX_ZOOM, ZOOM_STEP = 0.2, 2.5, 1.2
_EDGE = 24

_ARROWS = {
    Qt.Key.Key_Left: Direction.LEFT,
    Qt.Key.Key_Right: Direction.RIGHT,
    Qt.Key.Key_Up: Direction.UP,
    Qt.Key.Key_Down: Direction.DOWN,
}


class GridView(QGraphicsView):
    """``scrolled`` whenever another part is seen, ``resized`` with the room there is."""

    scrolled = Signal()
    resized = Signal()
    opened = Signal()

    def __init__(self, scene: PowerGridScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self._scene = scene
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.RubberBandDrag)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setAccessibleName(_("Power grid"))
        self.horizontalScrollBar().valueChanged.connect(self._tell_scrolled)
        self.verticalScrollBar().valueChanged.connect(self._tell_scrolled)
        scene.current_changed.connect(self._announce)

    def _tell_scrolled(self, _value: int) -> None:
        self.scrolled.emit()

    @property
    def zoom(self) -> float:
        return self.transform().m11()

    def room(self, zoom: float, *, scrolls: bool = False) -> tuple[float, float]:
        """How much can be seen at once at a zoom, in scene units, also beside a scroll bar."""
        size = self.maximumViewportSize()
        bar = self.verticalScrollBar().sizeHint().width() if scrolls else 0
        # A few pixels are left, so that no scroll bar comes from rounding.
        width, height = (size.width() - bar - 6) / zoom, (size.height() - 6) / zoom
        return width - 2 * MARGIN, height - 2 * MARGIN

    def zoom_by(self, factor: float) -> None:
        """Zoom around the pointer."""
        target = min(MAX_ZOOM, max(MIN_ZOOM, self.zoom * factor))
        self.scale(target / self.zoom, target / self.zoom)
        self.scrolled.emit()

    def zoom_to(self, zoom: float) -> None:
        """Show at a scale (1.0 is 100 %) from the top left."""
        self.resetTransform()
        self.zoom_by(zoom)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1.0015 ** event.angleDelta().y())
            event.accept()
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._scene.dragging:
            # At the edge the grid comes along, so that far cells can be reached.
            at = self.mapToScene(event.position().toPoint())
            self.ensureVisible(QRectF(at.x(), at.y(), 1, 1), _EDGE, _EDGE)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = _ARROWS.get(Qt.Key(event.key()))
        keys = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = keys in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape and self._escape():
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
            event.accept()
        elif direction is not None and plain:
            self._arrow(direction, extend=bool(keys))
            event.accept()
        else:
            super().keyPressEvent(event)

    def _escape(self) -> bool:
        if self._scene.cancel_drag():
            return True
        chosen = bool(self._scene.selectedItems())
        self._scene.clearSelection()
        return chosen

    def _arrow(self, direction: Direction, *, extend: bool) -> None:
        stops = self._scene.stops()
        if not stops:
            return
        here = self._scene.stop
        found = neighbour(stops, here, direction) if here else reading_order(stops)[0]
        if found is not None:
            self.go_to(found, extend=extend)

    def go_to(self, stop: str, *, extend: bool = False) -> None:
        """Meet a person or a “… more” and bring them into sight."""
        item = self._scene.go_to(stop, extend=extend)
        if item is not None:
            self.ensureVisible(item, _EDGE, _EDGE)

    def focusNextPrevChild(self, forward: bool) -> bool:
        order = reading_order(self._scene.stops())
        if self.hasFocus() and order:
            here = self._scene.stop
            at = order.index(here) if here in order else (-1 if forward else len(order))
            at += 1 if forward else -1
            if 0 <= at < len(order):
                self.go_to(order[at])
                return True
        return super().focusNextPrevChild(forward)

    def _announce(self, person_id: str) -> None:
        """Graphics items have no place in Qt's accessibility tree: the view speaks for them."""
        chip = self._scene.chips.get(person_id)
        self.setAccessibleDescription("" if chip is None else chip.accessible_name())
        if self.hasFocus():
            change = QAccessible.Event.DescriptionChanged
            QAccessible.updateAccessibility(QAccessibleEvent(self, change))
