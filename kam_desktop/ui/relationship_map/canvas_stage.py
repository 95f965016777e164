"""Org chart, network and ego view: cards and lines on a canvas."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.services.map_loading import LoadedMap
from kam_desktop.ui.relationship_map.canvas import MapCanvas
from kam_desktop.ui.relationship_map.scene import RelationshipScene
from kam_desktop.ui.relationship_map.stage import MapStage
from kam_desktop.ui.shell.context import AppContext


class CanvasStage(MapStage):
    """``moved`` (`Moved`), ``link_wanted`` (`LinkWish`) and ``tie_opened`` (an id): gestures."""

    moved = Signal(object)
    link_wanted = Signal(object)
    tie_opened = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = RelationshipScene(context.theme)
        self.scene.setParent(self)
        self.canvas = MapCanvas(self.scene)
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
        self.scene.person_opened.connect(self.person_opened)
        self.scene.tie_opened.connect(self.tie_opened)
        self.scene.current_changed.connect(self.current_changed)
        self.scene.selectionChanged.connect(self.selection_changed)

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self.scene.set_fixed(read_only)

    def show_loaded(self, loaded: LoadedMap) -> None:
        self.scene.show_map(loaded.scene)

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
