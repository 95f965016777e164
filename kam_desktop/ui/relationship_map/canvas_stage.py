"""Org chart, network and ego view: cards and lines on a canvas."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.services.map_loading import LoadedMap
from kam_desktop.ui.relationship_map.canvas import MapCanvas
from kam_desktop.ui.relationship_map.minimap import MiniMap
from kam_desktop.ui.relationship_map.scene import RelationshipScene
from kam_desktop.ui.relationship_map.stage import MapStage
from kam_desktop.ui.theme import Theme

_FROM_EDGE = 12


class CanvasStage(MapStage):
    """``moved`` (`Moved`), ``link_wanted`` (`LinkWish`), ``tie_opened`` and ``fold_wanted`` (ids):
    what gestures ask for."""

    moved = Signal(object)
    link_wanted = Signal(object)
    tie_opened = Signal(str)
    fold_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = RelationshipScene(theme)
        self.scene.setParent(self)
        self.canvas = MapCanvas(self.scene)
        self.mini_map = MiniMap(theme, self.canvas)
        self._held: tuple[str, QPointF] | None = None
        self.setFocusProxy(self.canvas)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)
        self._connect_signals()

    def _connect_signals(self) -> None:
        self.canvas.zoomed.connect(self.zoomed)
        self.scene.moved.connect(self.moved)
        self.scene.link_wanted.connect(self.link_wanted)
        self.scene.menu_wanted.connect(self.menu_wanted)
        self.scene.fold_wanted.connect(self.fold_wanted)
        self.canvas.seen_changed.connect(self._seen_changed)
        self.mini_map.moved.connect(self.canvas.look_at)
        self.scene.person_opened.connect(self.person_opened)
        self.scene.tie_opened.connect(self.tie_opened)
        self.scene.current_changed.connect(self.current_changed)
        self.scene.selectionChanged.connect(self.selection_changed)

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.scene.set_fixed(read_only)

    def show_loaded(self, loaded: LoadedMap) -> None:
        self.scene.show_map(loaded.scene)
        if self._held is not None:
            (person_id, spot), self._held = self._held, None
            self.canvas.hold(person_id, spot)
        self.mini_map.show_map(loaded.scene, self.scene.content())
        self._seen_changed()

    def hold(self, person_id: str) -> None:
        """Keep somebody's card where it is seen when the map is shown the next time."""
        spot = self.canvas.spot_of(person_id)
        self._held = None if spot is None else (person_id, spot)

    def meet_next_tie(self) -> None:
        """Go to the next tie of the person that is met, clockwise."""
        self.scene.meet_tie(1)

    def meet_tie_before(self) -> None:
        """Go to the tie before."""
        self.scene.meet_tie(-1)

    def follow_tie(self) -> None:
        """Go along the tie to the person at its other end."""
        if person_id := self.scene.follow_tie():
            self.go_to(person_id)

    def _seen_changed(self) -> None:
        self.mini_map.show_seen(self.canvas.seen)
        self._place_mini_map()

    def _place_mini_map(self) -> None:
        size, room = self.mini_map.size(), self.canvas.size()
        self.mini_map.move(
            room.width() - size.width() - _FROM_EDGE, room.height() - size.height() - _FROM_EDGE
        )

    @property
    def current(self) -> str:
        return self.scene.current

    def selected_people(self) -> list[str]:
        return self.scene.selected_people()

    def go_to(self, person_id: str) -> None:
        if person_id in self.scene.cards:
            self.canvas.go_to(person_id)

    def highlight(self, people: frozenset[str]) -> None:
        self.scene.highlight(people)

    def fit(self) -> None:
        self.canvas.fit()

    def zoom_in(self) -> None:
        self.canvas.zoom_in()

    def zoom_out(self) -> None:
        self.canvas.zoom_out()
