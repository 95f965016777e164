"""What every way of showing a map has in common."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from kam_desktop.ui.relationship_map.loading import LoadedMap


class MapStage(QWidget):
    """Shows one view of a map; ``person_opened`` and ``current_changed`` carry a person's id."""

    person_opened = Signal(str)
    current_changed = Signal(str)

    def show_loaded(self, loaded: LoadedMap) -> None:
        """Show another state of the map, keeping who is met and what is seen where possible."""
        raise NotImplementedError

    @property
    def current(self) -> str:
        """The person that has the keyboard's attention, or ''."""
        raise NotImplementedError

    def go_to(self, person_id: str) -> None:
        """Meet a person and bring them into sight."""
        raise NotImplementedError

    def highlight(self, people: frozenset[str]) -> None:
        """Let some people stand out; nobody in particular when empty."""
        raise NotImplementedError

    def fit(self) -> None:
        """Show everything, where that means something."""

    def commands(self) -> list[QAction]:
        """What can be done in this view only."""
        return []
