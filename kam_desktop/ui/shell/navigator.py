"""Where the user is, where they were, and what they are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

HISTORY_LIMIT = 50


@dataclass(frozen=True, slots=True)
class Place:
    """One page with the parameters it shows."""

    page: str
    params: tuple[tuple[str, str], ...] = ()

    @property
    def parameters(self) -> dict[str, str]:
        return dict(self.params)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something said quietly. ``kind`` is info, good, warn or bad."""

    text: str
    kind: str = "info"
    action_text: str = ""
    action: Callable[[], None] | None = None


class Navigator(QObject):
    """How pages ask the shell for something.

    ``place_changed`` carries the `Place` to show, ``noticed`` a `Notice` to tell,
    ``command_wanted`` the id of a command of the shell (see `ui/shell/commands.py`).
    """

    place_changed = Signal(object)
    noticed = Signal(object)
    command_wanted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: list[Place] = []
        self._at = -1

    @property
    def place(self) -> Place | None:
        return self._places[self._at] if self._at >= 0 else None

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at < len(self._places) - 1

    def open(self, page: str, **params: str) -> None:
        """Show a page; opening the place one is at again does not lengthen the history."""
        place = Place(page, tuple(sorted(params.items())))
        if place != self.place:
            del self._places[self._at + 1 :]
            self._places.append(place)
            del self._places[:-HISTORY_LIMIT]
            self._at = len(self._places) - 1
        self.place_changed.emit(place)

    def replace(self, page: str, **params: str) -> None:
        """Correct the parameters of the present place without showing anything anew."""
        if self._at >= 0 and self._places[self._at].page == page:
            self._places[self._at] = Place(page, tuple(sorted(params.items())))

    def back(self) -> None:
        """Go to the place before, if there is one."""
        self._move(-1)

    def forward(self) -> None:
        """Go to the place one came back from, if there is one."""
        self._move(+1)

    def notify(
        self,
        text: str,
        *,
        kind: str = "info",
        action_text: str = "",
        action: Callable[[], None] | None = None,
    ) -> None:
        """Tell the user something without interrupting; ``action`` is offered as a button."""
        self.noticed.emit(Notice(text, kind, action_text, action))

    def run_command(self, command: str) -> None:
        """Run one of the shell's commands, e.g. ``palette`` or ``undo``."""
        self.command_wanted.emit(command)

    def _move(self, step: int) -> None:
        if 0 <= self._at + step < len(self._places):
            self._at += step
            self.place_changed.emit(self._places[self._at])
