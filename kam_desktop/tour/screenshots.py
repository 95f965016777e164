"""Pictures of every page and dialog, in light and dark, and of some at twice the size of type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QSize

from kam_desktop.tour.day_screens import (
    calendar_screens,
    mail_screens,
    personal_screens,
    promise_screens,
)
from kam_desktop.tour.driver import Driver
from kam_desktop.tour.map_screens import map_screens, people_screens, thinking_screens
from kam_desktop.tour.opening import enter, make_sample
from kam_desktop.tour.screens import (
    FIRST_START,
    IN_THE_SAMPLE,
    Screen,
    Shot,
    account_screens,
    brief_screens,
    import_screens,
    meeting_screens,
    notes_screens,
    page_screens,
    settings_screens,
)
from kam_desktop.tour.stage import running, stage
from kam_desktop.ui.theme import ThemeChoice

SIZE: Final = QSize(1329, 830)
SMALLEST: Final = QSize(1024, 640)
_LARGE: Final = "large"
LOOKS: Final[dict[str, dict[str, Any]]] = {
    "light": {"theme": ThemeChoice.LIGHT},
    "dark": {"theme": ThemeChoice.DARK},
    _LARGE: {"theme": ThemeChoice.LIGHT, "font_scale": 2.0},
}
"""The pictures' endings and what the user prefers in them."""
_IN_LARGE_TYPE: tuple[Screen, ...] = (
    page_screens,
    account_screens,
    map_screens,
    thinking_screens,
    people_screens,
    meeting_screens,
    notes_screens,
    calendar_screens,
    promise_screens,
    mail_screens,
    personal_screens,
    import_screens,
    settings_screens,
    brief_screens,
)
_GREY = "grey"
_MAPS = ("account-map", "map-")


def take_screenshots(out: Path, only: str = "", look: str = "") -> list[Path]:
    """Draw everything into ``out``; returns the files.

    Of maps there is one in greys, too: they are printed on any printer. ``only`` limits it to
    pictures whose names begin so, ``look`` to one of `LOOKS`. Names are stable, ``page-look.png``,
    and the same program makes the same pictures. Raises `TourError`
    when the program does not get where it should.
    """
    with stage() as place:
        sample = place.home / "Sample portfolio.kam"
        make_sample(sample)
        taken: list[Path] = []
        for name, preferences in LOOKS.items():
            if look in {"", name}:
                with running(place.app, **preferences) as program:
                    camera = _Camera(Driver(program, out), only, name)
                    camera.take_all(place.home, sample)
                    taken += camera.driver.taken
    return taken


class _Camera:
    """Goes from screen to screen and keeps the wanted pictures."""

    def __init__(self, driver: Driver, only: str, look: str) -> None:
        self.driver = driver
        self._only = only
        self._look = look
        self._size = SMALLEST if look == _LARGE else SIZE

    def take_all(self, home: Path, sample: Path) -> None:
        """Start the program and take all pictures of this look."""
        if self._look == _LARGE:
            self.driver.program.start([str(sample)])
            enter(self.driver)
            screens = _IN_LARGE_TYPE
        else:
            self.driver.program.start([])
            screens = (*FIRST_START, *IN_THE_SAMPLE)
        for screen in screens:
            self._keep(screen(self.driver, home))

    def _keep(self, shots: Iterator[Shot]) -> None:
        for name, widget in shots:
            window = self.driver.program.window
            if window is not None and window.size() != self._size:
                window.resize(self._size)
            if name.startswith(self._only):
                self.driver.picture(f"{name}-{self._look}", widget)
                if self._look == "light" and name.startswith(_MAPS):
                    self.driver.picture(f"{name}-{_GREY}", widget, grey=True)
