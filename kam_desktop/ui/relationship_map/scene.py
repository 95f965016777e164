"""The scene of the map: turns gestures into wishes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import (
    QGraphicsLineItem,
    QGraphicsSceneContextMenuEvent,
    QGraphicsSceneHelpEvent,
    QGraphicsSceneMouseEvent,
)

from kam_desktop.services.analysis.map_layout import Point
from kam_desktop.services.map_scene import lines_with
from kam_desktop.ui.relationship_map.folds import FoldMark
from kam_desktop.ui.relationship_map.items import PersonCardItem
from kam_desktop.ui.relationship_map.shown import ShownMap
from kam_desktop.ui.relationship_map.tie_items import TieItem
from kam_desktop.ui.theme import Theme

_HANDLE_REACH = 9.0
_MOVED = 0.5


@dataclass(frozen=True, slots=True)
class Moved:
    """Cards the user put elsewhere: top left corners by person."""

    places: dict[str, Point]


@dataclass(frozen=True, slots=True)
class LinkWish:
    """The user drew a tie from one person to another; ``at`` is where on the screen."""

    from_id: str
    to_id: str
    at: QPoint


@dataclass(frozen=True, slots=True)
class MenuWish:
    """The user asked for a menu on a person, a tie, or (both empty) the ground."""

    person_id: str
    tie_id: str
    at: QPoint


class RelationshipScene(ShownMap):
    """``moved`` (`Moved`), ``link_wanted`` (`LinkWish`), ``menu_wanted`` (`MenuWish`),
    ``person_opened``, ``tie_opened`` and ``fold_wanted`` (ids)."""

    moved = Signal(object)
    link_wanted = Signal(object)
    menu_wanted = Signal(object)
    person_opened = Signal(str)
    tie_opened = Signal(str)
    fold_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._pressed = False
        self._rubber: QGraphicsLineItem | None = None
        self._rubber_from: PersonCardItem | None = None

    def is_busy(self) -> bool:
        return self._pressed or self._rubber is not None

    def _card_at(self, at: QPointF) -> PersonCardItem | None:
        for item in self.items(at):
            if isinstance(item, PersonCardItem):
                return item
        return None

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._on_handle(event.scenePos()):
            self._rubber_from = self._handle_owner()
            if self._rubber_from is not None:
                self._start_rubber()
                event.accept()
                return
        mark = next((i for i in self.items(event.scenePos()) if isinstance(i, FoldMark)), None)
        if event.button() == Qt.MouseButton.LeftButton and mark is not None:
            self.fold_wanted.emit(mark.person_id)
            event.accept()
            return
        self._pressed = event.button() == Qt.MouseButton.LeftButton
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._rubber is not None and self._rubber_from is not None:
            self._stretch_rubber(event.scenePos())
            return
        super().mouseMoveEvent(event)
        if self._pressed and (places := self._displaced()):
            self._handle.attach(None)
            for tie_id, points in lines_with(self.map, places).items():
                if tie_id in self.ties:
                    self.ties[tie_id].show_points(points)
                    self._stretched.add(tie_id)

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._rubber is not None:
            self._end_rubber(event)
            return
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self._pressed:
            self._pressed = False
            self._handle.attach(self._handle_owner())
            if places := self._displaced():
                self.moved.emit(Moved(places))
        self._show_waiting()

    def mouseDoubleClickEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if (card := self._card_at(event.scenePos())) is not None:
            self.set_current(card.person_id)
            self.person_opened.emit(card.person_id)
            event.accept()
            return
        tie = next((i for i in self.items(event.scenePos()) if isinstance(i, TieItem)), None)
        if tie is not None:
            self.tie_opened.emit(tie.spec.id)
            event.accept()

    def contextMenuEvent(self, event: QGraphicsSceneContextMenuEvent) -> None:
        card = self._card_at(event.scenePos())
        tie = next((i for i in self.items(event.scenePos()) if isinstance(i, TieItem)), None)
        if card is not None:
            if not card.isSelected():
                self.set_current(card.person_id)
            self.menu_wanted.emit(MenuWish(card.person_id, "", event.screenPos()))
        elif tie is not None:
            self.clearSelection()
            tie.setSelected(True)
            self.menu_wanted.emit(MenuWish("", tie.spec.id, event.screenPos()))
        else:
            self.menu_wanted.emit(MenuWish("", "", event.screenPos()))
        event.accept()

    def helpEvent(self, event: QGraphicsSceneHelpEvent) -> None:
        # No tool tips while something is being dragged.
        if not self._pressed and self._rubber is None:
            super().helpEvent(event)

    def nudge(self, people: Iterable[str], dx: float, dy: float) -> None:
        """Move some cards by a step of the keyboard."""
        if self._fixed:
            return
        places = {
            person_id: (self.cards[person_id].x() + dx, self.cards[person_id].y() + dy)
            for person_id in people
            if person_id in self.cards
        }
        if places:
            self.moved.emit(Moved(places))

    def _displaced(self) -> dict[str, Point]:
        """The cards that are not where the map says, and where they are."""
        found: dict[str, Point] = {}
        for card in self.cards.values():
            place = card.spec.place
            if abs(card.x() - place.x) > _MOVED or abs(card.y() - place.y) > _MOVED:
                found[card.person_id] = (card.x(), card.y())
        return found

    # Drawing a tie

    def _on_handle(self, at: QPointF) -> bool:
        if not self._handle.isVisible() or not self.views():
            return False
        scale = self.views()[0].transform().m11() or 1.0
        away = self._handle.pos() - at
        return math.hypot(away.x(), away.y()) * scale <= _HANDLE_REACH

    def _start_rubber(self) -> None:
        pen = QPen(QColor(self._pens.colours.accent), 2.0, Qt.PenStyle.DashLine)
        pen.setCosmetic(True)
        self._rubber = self.addLine(0, 0, 0, 0, pen)
        self._rubber.setZValue(30)
        self._stretch_rubber(self._handle.pos())

    def _stretch_rubber(self, to: QPointF) -> None:
        if self._rubber is None:
            return
        start = self._handle.pos()
        self._rubber.setLine(start.x(), start.y(), to.x(), to.y())
        target = self._card_at(to)
        for card in self.cards.values():
            card.set_target(card is target and card is not self._rubber_from)

    def _end_rubber(self, event: QGraphicsSceneMouseEvent) -> None:
        start, target = self._rubber_from, self._card_at(event.scenePos())
        self.cancel_link()
        if start is not None and target is not None and target is not start:
            wish = LinkWish(start.person_id, target.person_id, event.screenPos())
            self.link_wanted.emit(wish)

    def cancel_link(self) -> bool:
        """Give up drawing a tie; False when none was being drawn."""
        if self._rubber is None:
            return False
        self.removeItem(self._rubber)
        self._rubber = None
        self._rubber_from = None
        for card in self.cards.values():
            card.set_target(False)
        self._show_waiting()
        return True
