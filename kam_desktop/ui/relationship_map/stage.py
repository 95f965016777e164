"""What every way of showing a map has in common."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from kam_desktop.services.map_loading import LoadedMap
from kam_desktop.services.queries.relationship_map import MapData
from kam_desktop.services.storage.reader import Reader


class MapStage(QWidget):
    """Shows one view of a map.

    ``person_opened`` and ``current_changed`` carry a person's id, ``menu_wanted`` a `MenuWish`,
    ``zoomed`` the scale (1.0 is 100 %). ``selection_changed`` when others are selected.
    """

    person_opened = Signal(str)
    current_changed = Signal(str)
    menu_wanted = Signal(object)
    selection_changed = Signal()
    zoomed = Signal(float)

    read_only = False
    """Whether a past state or a portfolio opened for reading is shown: nothing can be changed."""

    @staticmethod
    def build(db: Reader, data: MapData, on: dt.date, scale: float) -> object:
        """What is needed beyond the people; called off the GUI thread, see `LoadedMap.built`."""
        del db, data, on, scale
        return None

    def set_read_only(self, read_only: bool) -> None:
        """Whether nothing can be changed; told before `show_loaded`."""
        self.read_only = read_only

    def show_loaded(self, loaded: LoadedMap) -> None:
        """Show another state of the map, keeping who is met and what is seen where possible."""
        raise NotImplementedError

    @property
    def current(self) -> str:
        """The person that has the keyboard's attention, or ''."""
        raise NotImplementedError

    def selected_people(self) -> list[str]:
        """The people that are selected; the one that is met, where several cannot be."""
        return [self.current] if self.current else []

    def go_to(self, person_id: str) -> None:
        """Meet a person and bring them into sight."""
        raise NotImplementedError

    def highlight(self, people: frozenset[str]) -> None:
        """Let some people stand out; nobody in particular when empty."""
        raise NotImplementedError

    def fit(self) -> None:
        """Show everything, where that means something."""

    def zoom_in(self) -> None:
        """One step nearer, where that means something."""

    def zoom_out(self) -> None:
        """One step away, where that means something."""

    def commands(self) -> list[QAction]:
        """What can be done in this view only."""
        return []
