"""The items of the map's scene: a card per person, a line per tie, a heading per group."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen, QTransform
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsObject,
    QGraphicsPathItem,
    QGraphicsSceneHoverEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services.map_scene import CardSpec, HeadingSpec, TieSpec
from kam_desktop.ui.relationship_map.card_painting import CardState, Pens, paint_card
from kam_desktop.ui.theme import Colours
from kam_desktop.ui.widgets import plain_tip

if TYPE_CHECKING:
    from kam_desktop.services.analysis.map_layout import Point

HANDLE = 7.0
"""Radius of the handle at a card's edge from which a new tie is drawn."""

_TIES_AT, _CARDS_AT, _HANDLE_AT = 0.0, 10.0, 20.0
_HIT_WIDTH = 10.0
_FADED = 0.16


class PersonCardItem(QGraphicsObject):
    """One person. It can be moved, selected and focused; the scene handles what follows."""

    def __init__(self, spec: CardSpec, pens: Pens) -> None:
        super().__init__()
        self.spec = spec
        self._pens = pens
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
        self.setToolTip(plain_tip(spec.description).replace("\n", "<br>"))
        self.setObjectName(self.accessible_name())
        self.setPos(spec.place.x, spec.place.y)
        self.update()

    def use_pens(self, pens: Pens) -> None:
        """Paint in another look."""
        self._pens = pens
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
        return self.box.adjusted(-1, -1, 1, 1)

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
        paint_card(painter, self.box, self.spec, self._pens, state, detail / ratio)

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


class TieLayer(QGraphicsItem):
    """Holds all ties, to show or hide them in one go."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        self.setZValue(_TIES_AT)

    def boundingRect(self) -> QRectF:
        return QRectF()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Nothing of its own."""


class TieItem(QGraphicsPathItem):
    """One tie, painted by Qt alone so that thousands stay quick.

    Solid line reports to, dashed with arrow influences, double allied, dotted with a cross in
    conflict, thin dotted informal; a matrix line is a thin solid one with an arrow.
    """

    def __init__(self, spec: TieSpec, colours: Colours) -> None:
        super().__init__()
        self.spec = spec
        self._colours = colours
        self._faded = False
        self._shown = True
        self._mark = QGraphicsPathItem(self)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setZValue(_TIES_AT + (0 if spec.solid else 1))
        self.show_spec(spec)

    def show_spec(self, spec: TieSpec) -> None:
        """Show another state of the same tie."""
        self.spec = spec
        self.setToolTip(plain_tip(spec.description).replace("\n", "<br>"))
        self.use_colours(self._colours)
        self.show_points(spec.points)

    def use_colours(self, colours: Colours) -> None:
        """Paint in another look."""
        self._colours = colours
        pen = tie_pen(self.spec.kind, solid=self.spec.solid, colours=colours)
        self.setPen(pen)
        solid = QPen(pen.color(), max(1.4, pen.widthF()))
        solid.setCapStyle(Qt.PenCapStyle.RoundCap)
        filled = self.spec.kind is not TieKind.CONFLICT
        self._mark.setPen(QPen(Qt.PenStyle.NoPen) if filled else solid)
        self._mark.setBrush(pen.color() if filled else QColor(Qt.GlobalColor.transparent))

    def show_points(self, points: tuple[Point, ...]) -> None:
        """Take another way."""
        self.setPath(tie_path(self.spec.kind, points))
        self._mark.setPath(tie_mark(self.spec, points))

    def set_faded(self, faded: bool) -> None:
        """Whether others are looked at."""
        if faded != self._faded:
            self._faded = faded
            self.setOpacity(_FADED if faded else 1.0)

    def set_shown(self, shown: bool) -> None:
        """Show or hide; telling Qt what it knows would cost as much as a change."""
        if shown != self._shown:
            self._shown = shown
            self.setVisible(shown)

    def shape(self) -> QPainterPath:
        stroker = QPainterPathStroker()
        stroker.setWidth(_HIT_WIDTH)
        return stroker.createStroke(self.path())


def tie_pen(kind: TieKind, *, solid: bool, colours: Colours) -> QPen:
    """The line of a kind of tie."""
    colour, width, dashes = {
        TieKind.REPORTS_TO: (colours.text3, 1.3 if solid else 1.0, None),
        TieKind.INFLUENCES: (colours.accent, 1.6, [5.0, 3.0]),
        TieKind.ALLIED: (colours.good, 1.3, None),
        TieKind.CONFLICT: (colours.bad, 1.8, [1.2, 2.2]),
        TieKind.INFORMAL: (colours.text2, 1.2, [1.2, 3.0]),
    }[kind]
    pen = QPen(QColor(colour), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dashes:
        pen.setDashPattern(dashes)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def tie_path(kind: TieKind, points: tuple[Point, ...]) -> QPainterPath:
    """The way through ``points``; two parallel lines for allies."""
    if kind is TieKind.ALLIED and len(points) == 2:
        (ax, ay), (bx, by) = points
        length = math.hypot(bx - ax, by - ay) or 1.0
        dx, dy = -(by - ay) / length * 1.8, (bx - ax) / length * 1.8
        path = QPainterPath(QPointF(ax + dx, ay + dy))
        path.lineTo(bx + dx, by + dy)
        path.moveTo(ax - dx, ay - dy)
        path.lineTo(bx - dx, by - dy)
        return path
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(*point)
    return path


def tie_mark(spec: TieSpec, points: tuple[Point, ...]) -> QPainterPath:
    """The arrow at the end of a tie with a direction, the cross in the middle of a conflict."""
    path = QPainterPath()
    (ax, ay), (bx, by) = points[-2], points[-1]
    if spec.kind is TieKind.CONFLICT:
        middle, arm = QPointF((ax + bx) / 2, (ay + by) / 2), 4.5
        for dx, dy in ((arm, arm), (arm, -arm)):
            path.moveTo(middle.x() - dx, middle.y() - dy)
            path.lineTo(middle.x() + dx, middle.y() + dy)
    elif spec.kind is TieKind.INFLUENCES or (spec.kind is TieKind.REPORTS_TO and not spec.solid):
        turn = QTransform().translate(bx, by).rotateRadians(math.atan2(by - ay, bx - ax))
        head = QPainterPath(QPointF(0, 0))
        head.lineTo(-9, -4.2)
        head.lineTo(-9, 4.2)
        head.closeSubpath()
        path = turn.map(head)
    return path


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
        self._pens = pens
        self.setPos(spec.x, spec.y)
        self.setZValue(_TIES_AT)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, max(self._spec.width, 120.0), 24.0)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        box = self.boundingRect()
        painter.setFont(self._pens.small)
        painter.setPen(QColor(self._pens.colours.text2))
        painter.drawText(
            box.adjusted(0, 0, 0, -5),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom,
            self._spec.text,
        )
        painter.setPen(QPen(QColor(self._pens.colours.line), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
