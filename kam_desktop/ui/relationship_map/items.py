"""The items of the map's scene: a card per person, a handle, a heading per group."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsObject,
    QGraphicsSceneHoverEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from kam_desktop.services.card_marks import BELOW
from kam_desktop.services.map_marks import HEADING_HEIGHT, heading_marks, heading_width
from kam_desktop.services.map_scene import CardSpec, HeadingSpec
from kam_desktop.ui.relationship_map.card_painting import (
    CardPainting,
    CardState,
    Pens,
    detail_at,
)
from kam_desktop.ui.relationship_map.mark_painting import Recording
from kam_desktop.ui.relationship_map.tie_items import TIES_AT
from kam_desktop.ui.theme import Colours
from kam_desktop.ui.widgets import plain_tip

HANDLE = 7.0
"""Radius of the handle at a card's edge from which a new tie is drawn."""

_CARDS_AT, _HANDLE_AT = 10.0, 20.0


class PersonCardItem(QGraphicsObject):
    """One person. It can be moved, selected and focused; the scene handles what follows."""

    def __init__(self, spec: CardSpec, pens: Pens) -> None:
        super().__init__()
        self.spec = spec
        self._pens = pens
        self._painting = CardPainting(spec, pens)
        self._hovered = False
        self._target = False
        self._faded = False
        self._far = False
        flag = QGraphicsItem.GraphicsItemFlag
        self.setFlags(flag.ItemIsMovable | flag.ItemIsSelectable | flag.ItemIsFocusable)
        self.setAcceptHoverEvents(True)
        self.setZValue(_CARDS_AT)
        self.show_spec(spec)

    @property
    def person_id(self) -> str:
        return self.spec.id

    def accessible_name(self) -> str:
        """The card in one spoken sentence."""
        return ", ".join(self.spec.description.split("\n"))

    def show_spec(self, spec: CardSpec) -> None:
        """Show another state of the same person, at its place."""
        self.prepareGeometryChange()
        self.spec = spec
        self._painting = CardPainting(spec, self._pens)
        self.setToolTip(plain_tip(spec.description).replace("\n", "<br>"))
        self.setObjectName(self.accessible_name())
        self.setPos(spec.place.x, spec.place.y)
        self.update()

    def use_pens(self, pens: Pens) -> None:
        """Paint in another look."""
        self._pens = pens
        self._painting = CardPainting(self.spec, pens)
        self.update()

    def set_target(self, target: bool) -> None:
        """Whether a tie being drawn would end here."""
        if target != self._target:
            self._target = target
            self.update()

    def set_faded(self, faded: bool) -> None:
        """Whether others are looked at."""
        if faded != self._faded:
            self._faded = faded
            self.update()

    def set_far(self, far: bool) -> None:
        """From afar another item draws the card, as long as it is not met."""
        self._far = far

    @property
    def box(self) -> QRectF:
        return QRectF(0, 0, self.spec.place.width, self.spec.place.height)

    def boundingRect(self) -> QRectF:
        below = BELOW * self._pens.scale if self.spec.hidden else 0.0
        return self.box.adjusted(-1, -1, 1, 1 + below)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(self.box)
        return path

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        if self._far and not (self._hovered or self._target or self.isSelected()):
            return
        view_active = widget is None or widget.parentWidget() is None or _has_focus(widget)
        state = CardState(
            selected=self.isSelected(),
            focused=self.hasFocus() and view_active,
            hovered=self._hovered,
            target=self._target,
            faded=self._faded,
        )
        detail = option.levelOfDetailFromTransform(painter.worldTransform())
        ratio = painter.device().devicePixelRatioF() if painter.device() else 1.0
        self._painting.paint(painter, state, detail_at(detail / ratio))

    def hoverEnterEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = True
        self.update()
        super().hoverEnterEvent(event)

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = False
        self.update()
        super().hoverLeaveEvent(event)


def _has_focus(viewport: QWidget) -> bool:
    view = viewport.parentWidget()
    return view is not None and view.hasFocus()


class LinkHandle(QGraphicsItem):
    """The round handle at the right edge of a card: dragging it draws a tie."""

    def __init__(self, colours: Colours) -> None:
        super().__init__()
        self.colours = colours
        self.setZValue(_HANDLE_AT)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.hide()

    def attach(self, card: PersonCardItem | None) -> None:
        """Show at ``card``, or hide."""
        self.setVisible(card is not None)
        if card is not None:
            box = card.box
            self.setPos(card.mapToScene(QPointF(box.right(), box.center().y())))

    def boundingRect(self) -> QRectF:
        reach = HANDLE + 1
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.colours.surface), 1.5))
        painter.setBrush(QColor(self.colours.accent))
        painter.drawEllipse(QPointF(0, 0), HANDLE, HANDLE)
        painter.setPen(QPen(QColor(self.colours.on_accent), 1.6))
        painter.drawLine(QPointF(-3, 0), QPointF(3, 0))
        painter.drawLine(QPointF(0, -3), QPointF(0, 3))


class HeadingItem(QGraphicsItem):
    """The title of a group of cards, with a thin line under it."""

    def __init__(self, spec: HeadingSpec, pens: Pens) -> None:
        super().__init__()
        self._spec = spec
        self._scale = pens.scale
        wide = replace(spec, width=heading_width(spec) / pens.scale)
        self._picture = Recording(heading_marks(wide), pens)
        self.setPos(spec.x, spec.y)
        self.setZValue(TIES_AT)

    def boundingRect(self) -> QRectF:
        # Larger type grows upwards, away from the cards below it.
        height = HEADING_HEIGHT * self._scale
        return QRectF(0, HEADING_HEIGHT - height, heading_width(self._spec), height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        painter.translate(self.boundingRect().topLeft())
        painter.scale(self._scale, self._scale)
        self._picture.paint(painter)
