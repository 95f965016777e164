"""The lines of the map: one item per tie, and the pen, way and mark of each kind."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen, QTransform
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services.map_scene import TieSpec
from kam_desktop.ui.theme import Colours
from kam_desktop.ui.widgets import plain_tip

if TYPE_CHECKING:
    from kam_desktop.services.analysis.map_layout import Point

TIES_AT = 0.0
"""How high the ties lie; cards are above them."""

_HIT_WIDTH = 10.0
_FADED = 0.16
_BAND_WIDTH = 9.0
_BAND_STRENGTH = 0.28


class TieLayer(QGraphicsItem):
    """Holds all ties, to show or hide them in one go."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        self.setZValue(TIES_AT)

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
        self._stands_out: tuple[QGraphicsPathItem, ...] = ()
        self._mark = QGraphicsPathItem(self)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setZValue(TIES_AT + (0 if spec.solid else 1))
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
        self._show_standing_out()

    def show_points(self, points: tuple[Point, ...]) -> None:
        """Take another way."""
        self.setPath(tie_path(self.spec.kind, points))
        self._mark.setPath(tie_mark(self.spec, points))
        self._show_standing_out()

    def set_marked(self, marked: bool) -> None:
        """Whether a broad band lies under the line, as under the selected one."""
        if marked == bool(self._stands_out):
            return
        # Qt would draw a dashed frame around a selected path: two other items take its place.
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents, marked)
        if not marked:
            for item in self._stands_out:
                self.scene().removeItem(item)
            self._stands_out = ()
            return
        self._stands_out = (QGraphicsPathItem(self), QGraphicsPathItem(self))
        for item in self._stands_out:
            item.stackBefore(self._mark)
        self._show_standing_out()

    def _show_standing_out(self) -> None:
        band = QPen(QColor(self._colours.accent), _BAND_WIDTH)
        band.setCapStyle(Qt.PenCapStyle.RoundCap)
        colour = QColor(self._colours.accent)
        colour.setAlphaF(_BAND_STRENGTH)
        band.setColor(colour)
        for item, pen in zip(self._stands_out, (band, self.pen()), strict=False):
            item.setPen(pen)
            item.setPath(self.path())

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
