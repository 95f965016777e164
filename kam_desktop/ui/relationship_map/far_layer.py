"""The map seen from afar: all cards and lines in a few strokes, so that zooming stays smooth."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services.map_scene import CardSpec, TieSpec
from kam_desktop.services.tie_marks import tie_stroke
from kam_desktop.ui.relationship_map.symbols import FILLED, sign_path, sign_pen, support_colour
from kam_desktop.ui.theme import Colours

_SIGN = 46.0
_SOFT = {2: "good_soft", 1: "good_soft", 0: "warn_soft", -1: "bad_soft", -2: "bad_soft"}
_LIGHT = 0.34


class LineLayer(QGraphicsItem):
    """Very many ties as hairlines in one item: dashes and arrows of a thousand would take long.

    Lines of the org chart are drawn in full strength, other ties lightly.
    """

    def __init__(self) -> None:
        super().__init__()
        self._bounds = QRectF()
        self._lines: dict[tuple[TieKind, bool], list[QLineF]] = {}
        self._colours: Colours | None = None
        self.setZValue(-1)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_ties(self, ties: Iterable[TieSpec], bounds: QRectF, colours: Colours) -> None:
        """Prepare the strokes."""
        self.prepareGeometryChange()
        self._bounds, self._colours = bounds, colours
        self._lines = {}
        for tie in ties:
            lines = self._lines.setdefault((tie.kind, tie.solid), [])
            for start, end in zip(tie.points, tie.points[1:], strict=False):
                lines.append(QLineF(QPointF(*start), QPointF(*end)))
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        colours = self._colours
        if colours is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for (kind, solid), lines in self._lines.items():
            ink = QColor(getattr(colours, tie_stroke(kind, solid=solid).ink.value))
            # Mixed rather than transparent, which would take three times as long.
            share = 0.7 if solid else _LIGHT
            painter.setPen(QPen(mixed(ink, QColor(colours.surface), share), 0))
            painter.drawLines(lines)


class FarCards(QGraphicsItem):
    """All cards at once, without words: tinted, with the sign of support."""

    def __init__(self) -> None:
        super().__init__()
        self._bounds = QRectF()
        self._cards: dict[int | None, list[QRectF]] = {}
        self._signs: dict[int | None, QPainterPath] = {}
        self._vacant: list[QRectF] = []
        self._colours: Colours | None = None
        self.setZValue(5)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_cards(self, cards: Iterable[CardSpec], bounds: QRectF, colours: Colours) -> None:
        """Prepare the strokes."""
        self.prepareGeometryChange()
        self._bounds, self._colours = bounds, colours
        self._cards, self._signs, self._vacant = {}, {}, []
        for spec in cards:
            place = spec.place
            box = QRectF(place.x, place.y, place.width, place.height)
            if spec.vacant:
                self._vacant.append(box)
            else:
                self._cards.setdefault(spec.support, []).append(box)
            if not spec.vacant:
                x, y = place.centre
                sign = self._signs.setdefault(spec.support, QPainterPath())
                sign.addPath(sign_path(spec.support, x, y, _SIGN))
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        colours = self._colours
        if colours is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for support, boxes in self._cards.items():
            ground = colours.sunken if support is None else getattr(colours, _SOFT[support])
            painter.setPen(QPen(support_colour(support, colours), 0))
            painter.setBrush(QColor(ground))
            painter.drawRects(boxes)
        if self._vacant:
            painter.setPen(QPen(QColor(colours.text3), 0, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(colours.surface))
            painter.drawRects(self._vacant)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for support, path in self._signs.items():
            colour = support_colour(support, colours)
            painter.setPen(sign_pen(support, colour, _SIGN))
            painter.setBrush(colour if support in FILLED else Qt.BrushStyle.NoBrush)
            painter.drawPath(path)


def mixed(ink: QColor, ground: QColor, share: float) -> QColor:
    """``share`` (0 … 1) of one colour over another, as an opaque colour."""
    rest = 1 - share
    return QColor.fromRgbF(
        ink.redF() * share + ground.redF() * rest,
        ink.greenF() * share + ground.greenF() * rest,
        ink.blueF() * share + ground.blueF() * rest,
    )
