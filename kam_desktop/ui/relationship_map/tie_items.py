"""The lines of the map: one item per tie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from kam_desktop.services.map_scene import TieSpec
from kam_desktop.services.marks import Way
from kam_desktop.services.tie_marks import tie_end, tie_ways
from kam_desktop.ui.relationship_map.mark_painting import Pens, add_to_path
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

    What its line looks like is said by `tie_marks`, as for paper.
    """

    def __init__(self, spec: TieSpec, pens: Pens) -> None:
        super().__init__()
        self.spec = spec
        self._pens = pens
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
        self.use_pens(self._pens)
        self.show_points(spec.points)

    def use_pens(self, pens: Pens) -> None:
        """Paint in another look."""
        self._pens = pens
        self.setPen(self._pens.pen(tie_ways(self.spec)[0].stroke))
        end = tie_end(self.spec)
        self._mark.setVisible(bool(end))
        if end:
            self._mark.setPen(self._pens.pen(end[0].stroke))
            self._mark.setBrush(self._pens.brush(end[0].fill))
        self._show_standing_out()

    def show_points(self, points: tuple[Point, ...]) -> None:
        """Take another way."""
        self.setPath(_as_path(tie_ways(self.spec, points)))
        self._mark.setPath(_as_path(tie_end(self.spec, points)))
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
        band = QPen(QColor(self._pens.colours.accent), _BAND_WIDTH)
        band.setCapStyle(Qt.PenCapStyle.RoundCap)
        colour = QColor(self._pens.colours.accent)
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


def _as_path(ways: Iterable[Way]) -> QPainterPath:
    path = QPainterPath()
    for way in ways:
        add_to_path(path, way)
    return path
