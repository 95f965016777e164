"""The items of the power grid: its ground, a chip per person, “… more”, and the preview."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsObject,
    QGraphicsSceneHoverEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from kam_desktop.services.analysis.power_grid import Cell
from kam_desktop.services.grid_marks import CHIP_RADIUS, chip_content, chip_surface
from kam_desktop.services.grid_scene import ChipSpec, GridScene, MoreSpec
from kam_desktop.ui.relationship_map.mark_painting import Pens, Recording
from kam_desktop.ui.theme import FOCUS_WIDTH
from kam_desktop.ui.widgets import plain_tip

_GROUND_AT, _CHIPS_AT, LIFTED_AT, _PREVIEW_AT = 0.0, 10.0, 30.0, 40.0
_RADIUS = 6.0


class GroundItem(QGraphicsItem):
    """The cells and the words above the zones; ``target`` is where a drag would end."""

    def __init__(self, pens: Pens) -> None:
        super().__init__()
        self._pens = pens
        self._scene: GridScene | None = None
        self._target: Cell | None = None
        self.setZValue(_GROUND_AT)

    @property
    def target(self) -> Cell | None:
        return self._target

    def show_scene(self, scene: GridScene, pens: Pens) -> None:
        """Draw another state."""
        self.prepareGeometryChange()
        self._scene, self._pens = scene, pens
        self.update()

    def show_target(self, target: Cell | None) -> None:
        """Mark the cell a drag would end in."""
        if target != self._target:
            self._target = target
            self.update()

    def boundingRect(self) -> QRectF:
        scene = self._scene
        return QRectF() if scene is None else QRectF(-1, -1, scene.width + 2, scene.height + 2)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        if self._scene is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_cells(painter, self._scene)
        self._paint_words(painter, self._scene)

    def _paint_cells(self, painter: QPainter, scene: GridScene) -> None:
        colours = self._pens.colours
        for place in scene.cells:
            area = QRectF(place.x, place.y, place.width, place.height)
            unknown = None in place.cell
            painter.setBrush(QColor(colours.sunken if unknown else colours.surface))
            pen = QPen(QColor(colours.line), 1.0)
            if unknown:
                pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.drawRect(area)
        if self._target is not None:
            place = scene.layout.cells[self._target]
            painter.setBrush(QColor(colours.accent_soft))
            painter.setPen(QPen(QColor(colours.accent), 2.0))
            painter.drawRect(QRectF(place.x, place.y, place.width, place.height))

    def _paint_words(self, painter: QPainter, scene: GridScene) -> None:
        font = small(self._pens)
        painter.setFont(font)
        painter.setPen(QColor(self._pens.colours.text2))
        metrics = QFontMetricsF(font)
        for zone in scene.zones:
            area = QRectF(zone.x + 2, zone.y, zone.width - 4, scene.strip - 3)
            shown = metrics.elidedText(zone.text, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, shown)


class ChipItem(QGraphicsObject):
    """One person. It can be selected and focused; the scene handles dragging."""

    def __init__(self, spec: ChipSpec, pens: Pens) -> None:
        super().__init__()
        self.spec = spec
        self._pens = pens
        self._hovered = False
        self._faded = False
        self._content = Recording((), pens)
        self._surfaces: dict[tuple[bool, bool], Recording] = {}
        flag = QGraphicsItem.GraphicsItemFlag
        self.setFlags(flag.ItemIsSelectable | flag.ItemIsFocusable)
        self.setAcceptHoverEvents(True)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.show_spec(spec, pens)

    @property
    def person_id(self) -> str:
        return self.spec.id

    def accessible_name(self) -> str:
        """The chip in one spoken sentence."""
        return ", ".join(self.spec.description.split("\n"))

    def show_spec(self, spec: ChipSpec, pens: Pens) -> None:
        """Show another state of the same person, at its place."""
        self.prepareGeometryChange()
        if (spec, pens) != (self.spec, self._pens) or not self._surfaces:
            self._content = Recording(chip_content(spec, pens.scale), pens)
            self._surfaces = {
                (marked, hovered): Recording(
                    chip_surface(spec, marked=marked, hovered=hovered), pens
                )
                for marked in (False, True)
                for hovered in (False, True)
            }
        self.spec, self._pens = spec, pens
        self.setToolTip(plain_tip(spec.description).replace("\n", "<br>"))
        self.setObjectName(self.accessible_name())
        self.setZValue(_CHIPS_AT)
        self.setPos(spec.place.x, spec.place.y)
        self.update()

    def set_faded(self, faded: bool) -> None:
        """Whether others are looked at."""
        if faded != self._faded:
            self._faded = faded
            self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(-1, -1, self.spec.place.width + 2, self.spec.place.height + 2)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(QRectF(0, 0, self.spec.place.width, self.spec.place.height))
        return path

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        marked = self.isSelected() or self.zValue() == LIFTED_AT
        painter.setOpacity(0.4 if self._faded or (self.spec.left and not marked) else 1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._surfaces[marked, self._hovered].paint(painter)
        self._content.paint(painter)

    def hoverEnterEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = True
        self.update()
        super().hoverEnterEvent(event)

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = False
        self.update()
        super().hoverLeaveEvent(event)


class MoreItem(QGraphicsObject):
    """“+87 more”: opening it shows everybody in the cell; “show fewer” closes it again."""

    def __init__(self, spec: MoreSpec, pens: Pens) -> None:
        super().__init__()
        self.spec = spec
        self._pens = pens
        flag = QGraphicsItem.GraphicsItemFlag
        self.setFlags(flag.ItemIsFocusable | flag.ItemIsSelectable)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setZValue(_CHIPS_AT)
        self.setPos(spec.place.x, spec.place.y)
        self.setObjectName(spec.text)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self.spec.place.width, self.spec.place.height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        colours = self._pens.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        met = self.isSelected()
        painter.setPen(QPen(QColor(colours.accent), FOCUS_WIDTH) if met else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent_soft))
        box = self.boundingRect()
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), CHIP_RADIUS, CHIP_RADIUS)
        painter.setFont(small(self._pens))
        painter.setPen(QColor(colours.accent))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.spec.text)


class PreviewItem(QGraphicsItem):
    """What a drag would set, in words beside the pointer."""

    def __init__(self, pens: Pens) -> None:
        super().__init__()
        self._pens = pens
        self._text = ""
        self.setZValue(_PREVIEW_AT)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.hide()

    @property
    def text(self) -> str:
        return self._text if self.isVisible() else ""

    def show_text(self, text: str, at: QPointF, pens: Pens) -> None:
        """Say ``text`` beside a point of the scene; '' says nothing."""
        self.prepareGeometryChange()
        self._text, self._pens = text, pens
        self.setPos(at)
        self.setVisible(bool(text))
        self.update()

    def boundingRect(self) -> QRectF:
        metrics = QFontMetricsF(small(self._pens))
        width = metrics.horizontalAdvance(self._text) + 16
        return QRectF(14, 16, width, metrics.height() + 8)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        colours = self._pens.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(self.boundingRect(), _RADIUS, _RADIUS)
        painter.setFont(small(self._pens))
        painter.setPen(QColor(colours.on_accent))
        painter.drawText(self.boundingRect(), Qt.AlignmentFlag.AlignCenter, self._text)


def small(pens: Pens) -> QFont:
    """The small type of the grid's words."""
    return pens.font(12 * pens.scale, bold=False)
