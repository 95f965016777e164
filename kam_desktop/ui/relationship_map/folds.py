"""What is drawn around the cards: marks that fold a branch away, and the rings of an ego view."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from kam_desktop.services.analysis.map_ego import Ring
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.map_scene import CardSpec
from kam_desktop.ui.relationship_map.items import PersonCardItem
from kam_desktop.ui.theme import Colours
from kam_desktop.ui.widgets import plain_tip

_RADIUS = 8.0
_REACH = 22.0


class FoldMark(QGraphicsItem):
    """Below a card with reports: a click folds them away, or brings them back.

    How many are folded away is drawn by the card itself; here is the place to click.
    """

    def __init__(self, card: PersonCardItem, colours: Colours) -> None:
        super().__init__(card)
        self._card = card
        self.colours = colours
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_spec(card.spec)

    @property
    def person_id(self) -> str:
        return self._card.person_id

    def show_spec(self, spec: CardSpec) -> None:
        """Follow the card."""
        self.prepareGeometryChange()
        self._folded = spec.hidden > 0
        self.setPos(spec.place.width / 2, spec.place.height)
        count = ngettext("Show {count} person below", "Show {count} people below", spec.hidden)
        tip = count.format(count=spec.hidden) if self._folded else _("Fold the branch away")
        self.setToolTip(plain_tip(tip))

    def boundingRect(self) -> QRectF:
        wide = _REACH if self._folded else _RADIUS + 3
        return QRectF(-wide, -_RADIUS - 1, 2 * wide, 2 * _RADIUS + 5)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        if self._folded:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.colours.text3), 1.0))
        painter.setBrush(QColor(self.colours.surface))
        painter.drawEllipse(QPointF(0, 0), _RADIUS - 1, _RADIUS - 1)
        painter.setPen(QPen(QColor(self.colours.text2), 1.4))
        painter.drawLine(QPointF(-3.5, 0), QPointF(3.5, 0))


class RingLayer(QGraphicsItem):
    """The rings of an ego view, each with how many ties it is away."""

    def __init__(self) -> None:
        super().__init__()
        self._rings: tuple[Ring, ...] = ()
        self._colours: Colours | None = None
        self.setZValue(-2)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_rings(self, rings: tuple[Ring, ...], colours: Colours) -> None:
        """Show other rings."""
        self.prepareGeometryChange()
        self._rings, self._colours = rings, colours
        self.update()

    def boundingRect(self) -> QRectF:
        frame = QRectF()
        for ring in self._rings:
            frame |= _frame(ring)
        return frame.adjusted(-2, -2, 2, 2)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        if self._colours is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(self._colours.line), 0)
        for ring in self._rings:
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(_frame(ring))


def _frame(ring: Ring) -> QRectF:
    return QRectF(ring.x - ring.across, ring.y - ring.down, 2 * ring.across, 2 * ring.down)
