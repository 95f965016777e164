"""The scene of the map: keeps items in step with a `MapScene` and turns gestures into wishes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsScene,
    QGraphicsSceneContextMenuEvent,
    QGraphicsSceneHelpEvent,
    QGraphicsSceneMouseEvent,
)

from kam_desktop.services.analysis.map_layout import Point
from kam_desktop.services.map_scene import MapScene, lines_with
from kam_desktop.ui.relationship_map.card_painting import Pens
from kam_desktop.ui.relationship_map.far_layer import FarCards, LineLayer
from kam_desktop.ui.relationship_map.items import (
    HeadingItem,
    LinkHandle,
    PersonCardItem,
    TieItem,
    TieLayer,
)
from kam_desktop.ui.theme import Theme

MARGIN = 160.0
QUIET_FROM = 60
"""From this many ties beside the chart's own lines, they are drawn lightly until one is met."""

_FADE_FROM = 12
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


class RelationshipScene(QGraphicsScene):
    """``moved`` (`Moved`), ``link_wanted`` (`LinkWish`), ``menu_wanted`` (`MenuWish`),
    ``person_opened`` and ``tie_opened`` (ids), ``current_changed`` (a person's id or '')."""

    moved = Signal(object)
    link_wanted = Signal(object)
    menu_wanted = Signal(object)
    person_opened = Signal(str)
    tie_opened = Signal(str)
    current_changed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pens = Pens.of(theme)
        self.map = MapScene("org")
        self.cards: dict[str, PersonCardItem] = {}
        self.ties: dict[str, TieItem] = {}
        self._headings: list[HeadingItem] = []
        self._waiting: MapScene | None = None
        self._pressed = False
        self._current = ""
        self._rubber: QGraphicsLineItem | None = None
        self._rubber_from: PersonCardItem | None = None
        self._far = False
        self._far_cards = FarCards()
        self._far_cards.hide()
        self._hairlines = LineLayer()
        for layer in (self._far_cards, self._hairlines):
            self.addItem(layer)
        self._tie_layer = TieLayer()
        self.addItem(self._tie_layer)
        self._handle = LinkHandle(self._pens.colours)
        self.addItem(self._handle)
        self._connect_signals()

    def _connect_signals(self) -> None:
        self.selectionChanged.connect(self._selection_changed)
        self.focusItemChanged.connect(self._focus_changed)
        self._theme.changed.connect(self._restyle)

    # Showing

    def show_map(self, scene: MapScene) -> None:
        """Show another state of the map. While a card is dragged, it is shown afterwards."""
        if self._pressed or self._rubber is not None:
            self._waiting = scene
            return
        self._waiting = None
        self.map = scene
        self._sync_cards(scene)
        self._sync_ties(scene)
        for heading in self._headings:
            self.removeItem(heading)
        self._headings = [HeadingItem(spec, self._pens) for spec in scene.headings]
        for heading in self._headings:
            self.addItem(heading)
        self._draw_layers()
        self.setSceneRect(self.content().adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN))
        self._emphasise()

    def _sync_cards(self, scene: MapScene) -> None:
        wanted = {spec.id for spec in scene.cards}
        for person_id in [known for known in self.cards if known not in wanted]:
            card = self.cards.pop(person_id)
            if self._handle.isVisible() and card.isUnderMouse():
                self._handle.attach(None)
            self.removeItem(card)
            card.deleteLater()
        for spec in scene.cards:
            existing = self.cards.get(spec.id)
            if existing is None:
                existing = self.cards[spec.id] = PersonCardItem(spec, self._pens)
                existing.set_far(self._far)
                self.addItem(existing)
            elif existing.spec != spec or existing.pos() != QPointF(spec.place.x, spec.place.y):
                existing.show_spec(spec)
        self._handle.attach(self._handle_owner())

    def _sync_ties(self, scene: MapScene) -> None:
        wanted = {spec.id for spec in scene.ties}
        for tie_id in [known for known in self.ties if known not in wanted]:
            self.removeItem(self.ties.pop(tie_id))
        for spec in scene.ties:
            existing = self.ties.get(spec.id)
            if existing is None:
                existing = self.ties[spec.id] = TieItem(spec, self._pens.colours)
                existing.setParentItem(self._tie_layer)
            else:
                existing.show_spec(spec)

    def content(self) -> QRectF:
        """Where the cards and headings are."""
        frame = QRectF()
        for item in (*self.cards.values(), *self._headings):
            frame |= item.sceneBoundingRect()
        return frame

    def set_far(self, far: bool) -> None:
        """Whether the map is seen from so far that cards and lines are drawn all at once."""
        if far == self._far:
            return
        self._far = far
        self._far_cards.setVisible(far)
        for card in self.cards.values():
            card.set_far(far)
        self._emphasise()

    def _draw_layers(self) -> None:
        bounds, colours = self.content(), self._pens.colours
        self._far_cards.show_cards(self.map.cards, bounds, colours)
        ties = self.map.ties if self.crowded else ()
        if self.map.view == "org":
            # Over a chart, a thousand lines across would hide what the chart shows.
            ties = tuple(spec for spec in ties if spec.solid)
        self._hairlines.show_ties(ties, bounds, colours)

    @property
    def crowded(self) -> bool:
        """Whether there are so many ties that they are drawn lightly until somebody is met."""
        return sum(not spec.solid for spec in self.map.ties) >= QUIET_FROM

    def _restyle(self) -> None:
        self._pens = Pens.of(self._theme)
        self._handle.colours = self._pens.colours
        for card in self.cards.values():
            card.use_pens(self._pens)
        for tie in self.ties.values():
            tie.use_colours(self._pens.colours)
        self._draw_layers()
        self.update()

    # Who is met

    @property
    def current(self) -> str:
        """The person that has the keyboard's attention, or ''."""
        return self._current if self._current in self.cards else ""

    def set_current(self, person_id: str, *, extend: bool = False) -> None:
        """Go to a person; with ``extend`` those selected stay selected."""
        card = self.cards.get(person_id)
        if card is None:
            return
        if not extend:
            self.clearSelection()
        card.setSelected(True)
        card.setFocus(Qt.FocusReason.OtherFocusReason)
        self._current = person_id
        self.current_changed.emit(person_id)

    def selected_people(self) -> list[str]:
        """The ids of the selected people."""
        return [item.person_id for item in self.selectedItems() if isinstance(item, PersonCardItem)]

    def selected_ties(self) -> list[str]:
        """The ids of the selected ties."""
        return [item.spec.id for item in self.selectedItems() if isinstance(item, TieItem)]

    def tied_to(self, person_id: str) -> set[str]:
        """The ids of the people tied to one person."""
        ends = [
            (link.from_id, link.to_id)
            for link in self.map.links
            if person_id in (link.from_id, link.to_id)
        ]
        return {end for pair in ends for end in pair} - {person_id}

    def _focus_changed(
        self, now: QGraphicsItem | None, _before: QGraphicsItem | None, _reason: Qt.FocusReason
    ) -> None:
        if isinstance(now, PersonCardItem) and now.person_id != self._current:
            self._current = now.person_id
            self.current_changed.emit(now.person_id)

    def _selection_changed(self) -> None:
        self._handle.attach(self._handle_owner())
        self._emphasise()
        people = self.selected_people()
        if not people and not self.selected_ties() and self._current:
            self._current = ""
            self.current_changed.emit("")

    def _handle_owner(self) -> PersonCardItem | None:
        people = self.selected_people()
        return self.cards.get(people[0]) if len(people) == 1 else None

    def _emphasise(self) -> None:
        """The ties of selected people stand out among many."""
        people = set(self.selected_people())
        crowded = self.crowded
        fading = bool(people) and sum(not spec.solid for spec in self.map.ties) >= _FADE_FROM
        chart = self.map.view == "org"
        for tie in self.ties.values():
            spec = tie.spec
            met = spec.from_id in people or spec.to_id in people or tie.isSelected()
            in_chart = spec.solid and chart
            # In a crowd the hairlines stand for all that is not met, and from afar for everything.
            tie.set_shown(met or not crowded or (in_chart and not self._far))
            tie.set_faded(fading and not met and not spec.solid)

    # Gestures

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

    def _show_waiting(self) -> None:
        if self._waiting is not None:
            self.show_map(self._waiting)

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
