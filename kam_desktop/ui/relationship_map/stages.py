"""The views of a map, one at a time, each made when it is first wanted."""

from __future__ import annotations

from importlib.util import find_spec

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from kam_desktop.services.map_loading import DRAWN
from kam_desktop.ui.relationship_map.canvas_stage import CanvasStage
from kam_desktop.ui.relationship_map.stage import MapStage
from kam_desktop.ui.shell.context import AppContext

VIEWS = ("org", "network", "grid", "coverage", "ego")
_MODULES = {
    "grid": "kam_desktop.ui.relationship_map.grid.stage",
    "coverage": "kam_desktop.ui.relationship_map.matrix.stage",
}


def available() -> list[str]:
    """The views there are."""
    return [view for view in VIEWS if view not in _MODULES or is_there(_MODULES[view])]


def is_there(module: str) -> bool:
    """Whether a part of the program is there."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def make_stage(view: str, context: AppContext) -> MapStage:
    """The stage that shows a view; imported when first wanted."""
    if view == "grid":
        from kam_desktop.ui.relationship_map.grid.stage import GridStage

        return GridStage(context)
    if view == "coverage":
        from kam_desktop.ui.relationship_map.matrix.stage import MatrixStage

        return MatrixStage(context)
    return CanvasStage(context.theme)


class StageBox(QStackedWidget):
    """Holds the stages and speaks for the one that is shown, with the signals of `MapStage`."""

    person_opened = Signal(str)
    current_changed = Signal(str)
    menu_wanted = Signal(object)
    selection_changed = Signal()
    zoomed = Signal(float)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.drawn = CanvasStage(context.theme)
        self._stages: dict[str, MapStage] = dict.fromkeys(DRAWN, self.drawn)
        self._take(self.drawn)

    def _take(self, stage: MapStage) -> None:
        self.addWidget(stage)
        stage.person_opened.connect(self.person_opened)
        stage.current_changed.connect(self.current_changed)
        stage.menu_wanted.connect(self.menu_wanted)
        stage.selection_changed.connect(self.selection_changed)
        stage.zoomed.connect(self.zoomed)

    def stage_of(self, view: str) -> MapStage:
        """The stage of a view."""
        if view not in self._stages:
            self._stages[view] = stage = make_stage(view, self._context)
            self._take(stage)
        return self._stages[view]

    def show_stage(self, view: str) -> MapStage:
        """Show the stage of a view."""
        stage = self.stage_of(view)
        focus = self.window().focusWidget()
        focused = focus is not None and (focus is self or self.isAncestorOf(focus))
        self.setCurrentWidget(stage)
        if focused:
            stage.setFocus()
        return stage

    @property
    def stage(self) -> MapStage:
        """The stage that is shown."""
        stage = self.currentWidget()
        assert isinstance(stage, MapStage)
        return stage
