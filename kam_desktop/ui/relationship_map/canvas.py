"""The window onto the scene: zoom, pan, and moving from person to person with the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from kam_desktop.services.analysis.map_layout import Place
from kam_desktop.services.analysis.map_navigation import Direction, neighbour, reading_order
from kam_desktop.services.i18n import _
from kam_desktop.ui.relationship_map.card_painting import FAR, FAR_IN_A_CROWD
from kam_desktop.ui.relationship_map.scene import RelationshipScene

MIN_ZOOM, MAX_ZOOM = 0.08, 2.5
ZOOM_STEP = 1.2
FIT_MARGIN = 24
NUDGE = 8.0
_MANY_CARDS = 120
_EDGE = FIT_MARGIN - 4

_ARROWS = {
    Qt.Key.Key_Left: Direction.LEFT,
    Qt.Key.Key_Right: Direction.RIGHT,
    Qt.Key.Key_Up: Direction.UP,
    Qt.Key.Key_Down: Direction.DOWN,
}


class MapCanvas(QGraphicsView):
    """``zoomed`` carries the scale (1.0 is 100 %); ``seen_changed`` when another part is seen."""

    zoomed = Signal(float)
    seen_changed = Signal()

    def __init__(self, scene: RelationshipScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self._scene = scene
        self._pan_from: QPoint | None = None
        self._fit_pending = False
        self._fitted = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.RubberBandDrag)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setAccessibleName(_("Relationship map"))
        scene.current_changed.connect(self._announce)
        scene.tie_met.connect(self._announce_tie)

    # Zoom

    @property
    def zoom(self) -> float:
        return self.transform().m11()

    def zoom_by(self, factor: float) -> None:
        """Zoom around the pointer, or around the middle when it is elsewhere."""
        target = min(MAX_ZOOM, max(MIN_ZOOM, self.zoom * factor))
        factor = target / self.zoom
        if abs(factor - 1) > 1e-6:
            self._fitted = False
            self.scale(factor, factor)
            self._zoom_changed()

    def zoom_in(self) -> None:
        """One step nearer."""
        self._zoom_at_middle(ZOOM_STEP)

    def zoom_out(self) -> None:
        """One step away."""
        self._zoom_at_middle(1 / ZOOM_STEP)

    def _zoom_at_middle(self, factor: float) -> None:
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.zoom_by(factor)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)

    def fit(self) -> None:
        """Show everybody, at most at 100 %; it stays so when the canvas gets another size."""
        content = self._scene.content()
        if content.isEmpty():
            return
        if not self.isVisible() or self.viewport().width() < 2 * FIT_MARGIN + 1:
            self._fit_pending = True
            return
        self._fit_pending = False
        room = self.viewport().size()
        scale = min(
            (room.width() - 2 * FIT_MARGIN) / content.width(),
            (room.height() - 2 * FIT_MARGIN) / content.height(),
            1.0,
        )
        self.resetTransform()
        scale = max(MIN_ZOOM, scale)
        self.scale(scale, scale)
        self.centerOn(content.center())
        self._fitted = True
        self._zoom_changed()

    def _zoom_changed(self) -> None:
        many = len(self._scene.cards) > _MANY_CARDS
        self._scene.set_far(self.zoom < (FAR_IN_A_CROWD if many else FAR))
        self.zoomed.emit(self.zoom)
        self.seen_changed.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.seen_changed.emit()

    @property
    def seen(self) -> QRectF:
        """The part of the scene that is seen."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def look_at(self, middle: QPointF) -> None:
        """Have a point of the scene in the middle, where the scene goes so far."""
        self._fitted = False
        self.centerOn(middle)

    def spot_of(self, person_id: str) -> QPointF | None:
        """Where in the viewport the middle of somebody's card is."""
        card = self._scene.cards.get(person_id)
        if card is None:
            return None
        return QPointF(self.mapFromScene(card.sceneBoundingRect().center()))

    def hold(self, person_id: str, spot: QPointF) -> None:
        """Move what is seen so that somebody's card is at ``spot`` of the viewport again."""
        now = self.spot_of(person_id)
        if now is None:
            return
        away = (now - spot) / self.zoom
        wanted = self.seen.translated(away)
        self._fitted = False
        # The scene may have become too small to be seen from there.
        self._scene.setSceneRect(self._scene.sceneRect().united(wanted))
        self.centerOn(wanted.center())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1.0015 ** event.angleDelta().y())
            event.accept()
            return
        self._fitted = False
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()
        elif (card := self._scene.cards.get(self._scene.current)) is not None:
            self.ensureVisible(card, _EDGE, _EDGE)
        self.seen_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._fit_pending:
            self.fit()
        super().paintEvent(event)

    # Pan

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan_from = event.position().toPoint()
            self._fitted = False
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            event.accept()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pan_from is not None:
            at = event.position().toPoint()
            step = at - self._pan_from
            self._pan_from = at
            across, down = self.horizontalScrollBar(), self.verticalScrollBar()
            across.setValue(across.value() - step.x())
            down.setValue(down.value() - step.y())
            event.accept()
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pan_from is not None and event.button() == Qt.MouseButton.MiddleButton:
            self._pan_from = None
            self.viewport().unsetCursor()
            event.accept()
            return
        super().mouseReleaseEvent(event)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = _ARROWS.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and self._scene.cancel_link():
            event.accept()
        elif event.key() == Qt.Key.Key_Space:
            self._fitted = False
            self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
            event.accept()
        elif direction is not None and self._scene.cards:
            self._arrow(direction, event.modifiers())
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and self._scene.selectedItems():
            self._scene.clearSelection()
            event.accept()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.setDragMode(QGraphicsView.DragMode.RubberBandDrag)
            event.accept()
            return
        super().keyReleaseEvent(event)

    def _arrow(self, direction: Direction, keys: Qt.KeyboardModifier) -> None:
        if keys & Qt.KeyboardModifier.ControlModifier:
            across, down = direction.value
            self._scene.nudge(self._scene.selected_people(), across * NUDGE, down * NUDGE)
            return
        current = self._scene.current
        if not current:
            self.go_to(reading_order(self._places())[0])
            return
        found = neighbour(self._places(), current, direction, self._scene.tied_to(current))
        if found is not None:
            extend = bool(keys & Qt.KeyboardModifier.ShiftModifier)
            self.go_to(found, extend=extend)

    def go_to(self, person_id: str, *, extend: bool = False) -> None:
        """Make a person the current one and bring the card into sight."""
        self._scene.set_current(person_id, extend=extend)
        card = self._scene.cards.get(person_id)
        if card is not None:
            before = self._scrolled()
            self.ensureVisible(card, _EDGE, _EDGE)
            self._fitted = self._fitted and self._scrolled() == before

    def _scrolled(self) -> tuple[int, int]:
        return self.horizontalScrollBar().value(), self.verticalScrollBar().value()

    def focusNextPrevChild(self, forward: bool) -> bool:
        order = reading_order(self._places())
        if self.hasFocus() and order:
            current = self._scene.current
            at = order.index(current) if current in order else (-1 if forward else len(order))
            at += 1 if forward else -1
            if 0 <= at < len(order):
                self.go_to(order[at])
                return True
        return super().focusNextPrevChild(forward)

    def _places(self) -> dict[str, Place]:
        return {
            person_id: card.spec.place.moved_to(card.x(), card.y())
            for person_id, card in self._scene.cards.items()
        }

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.viewport().update()

    # For those who listen

    def _announce(self, person_id: str) -> None:
        """Graphics items have no place in Qt's accessibility tree: the canvas speaks for them."""
        card = self._scene.cards.get(person_id)
        self._say("" if card is None else card.accessible_name())

    def _announce_tie(self, tie_id: str) -> None:
        tie = self._scene.ties.get(tie_id)
        if tie is not None:
            self.ensureVisible(tie.sceneBoundingRect(), _EDGE, _EDGE)
            self._say(", ".join(tie.spec.description.split("\n")))

    def _say(self, text: str) -> None:
        self.setAccessibleDescription(text)
        if self.hasFocus():
            change = QAccessible.Event.DescriptionChanged
            QAccessible.updateAccessibility(QAccessibleEvent(self, change))
