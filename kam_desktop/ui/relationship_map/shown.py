"""What the map's scene shows: items kept in step with a `MapScene`, and who is met."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from kam_desktop.services.map_scene import MapScene
from kam_desktop.ui.relationship_map.card_painting import Pens
from kam_desktop.ui.relationship_map.far_layer import FarCards, LineLayer
from kam_desktop.ui.relationship_map.folds import FoldMark, RingLayer
from kam_desktop.ui.relationship_map.items import HeadingItem, LinkHandle, PersonCardItem
from kam_desktop.ui.relationship_map.tie_items import TieItem, TieLayer
from kam_desktop.ui.theme import Theme

MARGIN = 160.0
QUIET_FROM = 60
"""From this many ties beside the chart's own lines, they are drawn lightly until one is met."""

_FADE_FROM = 12


class ShownMap(QGraphicsScene):
    """Cards, ties and headings. ``current_changed`` carries the id of the person met, or '';
    ``tie_met`` that of a tie gone along with the keyboard."""

    current_changed = Signal(str)
    tie_met = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pens = Pens.of(theme)
        self.map = MapScene("org")
        self.cards: dict[str, PersonCardItem] = {}
        self.ties: dict[str, TieItem] = {}
        self._folds: dict[str, FoldMark] = {}
        self._headings: list[HeadingItem] = []
        self._waiting: MapScene | None = None
        self._stretched: set[str] = set()
        self._current = ""
        self._far = False
        self._fixed = False
        self._highlighted: frozenset[str] = frozenset()
        self._far_cards = FarCards()
        self._far_cards.hide()
        self._hairlines = LineLayer()
        self._rings = RingLayer()
        for layer in (self._far_cards, self._hairlines, self._rings):
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
        """Show another state of the map. While a gesture is under way, it is shown afterwards."""
        if self.is_busy():
            self._waiting = scene
            return
        self._waiting = None
        self.map = scene
        self._sync_cards(scene)
        self._sync_folds(scene)
        self._sync_ties(scene)
        self._rings.show_rings(scene.rings, self._pens.colours)
        for heading in self._headings:
            self.removeItem(heading)
        self._headings = [HeadingItem(spec, self._pens) for spec in scene.headings]
        for heading in self._headings:
            self.addItem(heading)
        self._draw_layers()
        self.setSceneRect(self.content().adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN))
        self._emphasise()

    def set_fixed(self, fixed: bool) -> None:
        """Whether cards stay where they are and nothing can be linked."""
        self._fixed = fixed
        for card in self.cards.values():
            card.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsMovable, not fixed)
        self._handle.attach(self._handle_owner())

    def highlight(self, people: frozenset[str]) -> None:
        """Let some people stand out by fading all others; nobody when empty."""
        self._highlighted = people
        self._emphasise()

    def is_busy(self) -> bool:
        """Whether the user is in the middle of a gesture, under which nothing may move."""
        return False

    def _show_waiting(self) -> None:
        if self._waiting is not None:
            self.show_map(self._waiting)

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
                existing.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsMovable, not self._fixed)
                self.addItem(existing)
            elif existing.spec != spec or existing.pos() != QPointF(spec.place.x, spec.place.y):
                existing.show_spec(spec)
        self._handle.attach(self._handle_owner())

    def _sync_folds(self, scene: MapScene) -> None:
        wanted = {spec.id: spec for spec in scene.cards if spec.folds}
        for person_id in [known for known in self._folds if known not in wanted]:
            mark = self._folds.pop(person_id)
            if person_id in self.cards:
                self.removeItem(mark)
        for person_id, spec in wanted.items():
            if person_id not in self._folds:
                mark = FoldMark(self.cards[person_id], self._pens.colours)
                mark.setVisible(not self._far)
                self._folds[person_id] = mark
            self._folds[person_id].show_spec(spec)

    def _sync_ties(self, scene: MapScene) -> None:
        wanted = {spec.id for spec in scene.ties}
        for tie_id in [known for known in self.ties if known not in wanted]:
            self.removeItem(self.ties.pop(tie_id))
        for spec in scene.ties:
            existing = self.ties.get(spec.id)
            if existing is None:
                existing = self.ties[spec.id] = TieItem(spec, self._pens)
                existing.setParentItem(self._tie_layer)
            elif existing.spec != spec or spec.id in self._stretched:
                existing.show_spec(spec)
        self._stretched.clear()

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
        for mark in self._folds.values():
            mark.setVisible(not far)
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
        for mark in self._folds.values():
            mark.colours = self._pens.colours
        for tie in self.ties.values():
            tie.use_pens(self._pens)
        self._rings.show_rings(self.map.rings, self._pens.colours)
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

    def meet_tie(self, step: int) -> None:
        """Go to the next tie (1) or the one before (-1) of the person that is met."""
        person_id = self.current
        ties = self._ties_of(person_id)
        if not ties:
            return
        selected = self.selected_ties()
        at = ties.index(selected[0]) + step if selected and selected[0] in ties else min(0, step)
        tie_id = ties[at % len(ties)]
        blocked = self.blockSignals(True)
        self.clearSelection()
        self.ties[tie_id].setSelected(True)
        self.blockSignals(blocked)
        self.selectionChanged.emit()
        self.tie_met.emit(tie_id)

    def follow_tie(self) -> str:
        """Whom the selected tie leads to from the person that is met, or ''."""
        selected = self.selected_ties()
        if not selected or not self.current:
            return ""
        spec = self.ties[selected[0]].spec
        return spec.to_id if spec.from_id == self.current else spec.from_id

    def _ties_of(self, person_id: str) -> list[str]:
        """The ties of a person that are drawn, clockwise by where they lead, from the top."""
        here = self.cards[person_id].spec.place.centre if person_id in self.cards else (0.0, 0.0)
        found = []
        for spec in self.map.ties:
            if person_id in (spec.from_id, spec.to_id):
                other = spec.to_id if spec.from_id == person_id else spec.from_id
                x, y = self.cards[other].spec.place.centre
                angle = math.atan2(x - here[0], here[1] - y) % (2 * math.pi)
                found.append((angle, spec.id))
        return [tie_id for _angle, tie_id in sorted(found)]

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
        people = [] if self._fixed else self.selected_people()
        return self.cards.get(people[0]) if len(people) == 1 else None

    def _emphasise(self) -> None:
        """The ties of selected people stand out among many."""
        people = set(self.selected_people())
        crowded = self.crowded
        fading = (
            bool(people)
            and self.map.view != "ego"
            and sum(not spec.solid for spec in self.map.ties) >= _FADE_FROM
        )
        chart = self.map.view == "org"
        lit = self._highlighted
        for card in self.cards.values():
            card.set_faded(bool(lit) and card.person_id not in lit)
        for tie in self.ties.values():
            spec = tie.spec
            selected = tie.isSelected()
            met = selected or spec.from_id in people or spec.to_id in people
            tie.set_marked(selected)
            in_chart = spec.solid and chart
            # In a crowd the hairlines stand for all that is not met, and from afar for everything.
            tie.set_shown(met or not crowded or (in_chart and not self._far))
            dimmed = bool(lit) and not (spec.from_id in lit and spec.to_id in lit)
            tie.set_faded(dimmed or (fading and not met and not spec.solid))
