"""Pictures of every page and dialog, in light and dark, and of some at twice the size of type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize

from kam_desktop.app import Program
from kam_desktop.tour.driver import Driver
from kam_desktop.tour.opening import enter, make_sample
from kam_desktop.tour.screens import (
    FIRST_START,
    IN_THE_SAMPLE,
    Screen,
    Shot,
    account_screens,
    import_screens,
    meeting_screens,
    page_screens,
    settings_screens,
)
from kam_desktop.tour.stage import Stage, running, stage
from kam_desktop.ui.theme import ThemeChoice

SIZE: Final = QSize(1329, 830)
SMALLEST: Final = QSize(1024, 640)
_LARGE_TYPE: Final = 2.0
_IN_LARGE_TYPE: tuple[Screen, ...] = (
    page_screens,
    account_screens,
    meeting_screens,
    import_screens,
    settings_screens,
)


def take_screenshots(out: Path, only: str = "") -> list[Path]:
    """Draw everything into ``out``; returns the files.

    ``only`` limits it to pictures whose names begin so. Names are stable, ``page-theme.png``, and
    the same program makes the same pictures. Raises `TourError` when the program does not get
    where it should.
    """
    with stage() as place:
        sample = place.home / "Sample portfolio.kam"
        make_sample(sample)
        taken: list[Path] = []
        for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK):
            with running(place.app, theme=theme) as program:
                program.start([])
                camera = _Camera(Driver(program, out), only, f"-{theme}", SIZE)
                camera.take((*FIRST_START, *IN_THE_SAMPLE), place.home)
                taken += camera.driver.taken
        with running(place.app, theme=ThemeChoice.LIGHT, font_scale=_LARGE_TYPE) as program:
            taken += _in_large_type(program, place, sample, out, only)
    return taken


def _in_large_type(
    program: Program, place: Stage, sample: Path, out: Path, only: str
) -> list[Path]:
    program.start([str(sample)])
    driver = Driver(program, out)
    enter(driver)
    _Camera(driver, only, "-large", SMALLEST).take(_IN_LARGE_TYPE, place.home)
    return driver.taken


class _Camera:
    """Goes from screen to screen and keeps the wanted pictures."""

    def __init__(self, driver: Driver, only: str, ending: str, size: QSize) -> None:
        self.driver = driver
        self._only = only
        self._ending = ending
        self._size = size

    def take(self, screens: Iterable[Screen], home: Path) -> None:
        """Go through ``screens`` and take their pictures."""
        for screen in screens:
            shots = screen(self.driver, home)
            self._keep(shots)

    def _keep(self, shots: Iterator[Shot]) -> None:
        for name, widget in shots:
            window = self.driver.program.window
            if window is not None and window.size() != self._size:
                window.resize(self._size)
            if name.startswith(self._only):
                self.driver.picture(name + self._ending, widget)
