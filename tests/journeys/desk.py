"""Somebody at the keyboard of the whole program, who can leave and come back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from kam_desktop.app import Program
from kam_desktop.services.clock import Clock
from kam_desktop.tour.driver import Driver, wait_until
from kam_desktop.tour.opening import opening_of

PASSPHRASE = "correct horse battery"
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """``left`` counts how often the program wanted to end."""

    def __init__(self, app: QApplication, home: Path, clock: Clock) -> None:
        self._app = app
        self._clock = clock
        self._driver: Driver | None = None
        self.home = home
        self.left = 0

    @property
    def driver(self) -> Driver:
        assert self._driver is not None, "the program has not been started"
        return self._driver

    def start(self) -> Driver:
        """Start the program as by a double click."""
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        program = Program(self._app, self._clock)
        self._driver = Driver(program, self.home / "pictures")
        program.start([])
        return self._driver

    def leave(self) -> None:
        """Quit, as by Ctrl+Q, and see everything taken down."""
        before = self.left
        self.driver.window.commands["quit"].trigger()
        wait_until(lambda: self.left > before, "the program to end")
        self.take_down()

    def take_down(self) -> None:
        """What happens once the event loop has ended."""
        if self._driver is not None:
            self._driver.program.take_down()
            self._driver = None

    def unlock(self) -> Driver:
        """Start the program again and type the passphrase it asks for."""
        driver = self.start()
        opening = opening_of(driver)
        wait_until(lambda: opening.isVisible() and driver.program.is_idle(), "to be asked")
        driver.type(PASSPHRASE)
        driver.press(Key.Key_Return)
        driver.window_opens()
        return driver

    # At the keyboard

    def tab_to(self, name: str) -> QWidget:
        """Press Tab until the control of this name or text has the keyboard."""
        seen = []
        for _step in range(80):
            widget = QApplication.focusWidget()
            assert widget is not None, "the keyboard is nowhere"
            seen.append(called(widget))
            if seen[-1] == name:
                return widget
            QTest.keyClick(widget, Key.Key_Tab)
        raise AssertionError(f"Tab never reaches “{name}”: {list(dict.fromkeys(seen))}")

    def choose_file(self, path: Path) -> None:
        """Type a path into the file dialog that is open."""
        found: list[QFileDialog] = []

        def is_open() -> bool:
            found[:] = [d for d in self._app.allWidgets() if isinstance(d, QFileDialog)]
            return any(dialog.isVisible() for dialog in found)

        wait_until(is_open, "the file dialog")
        dialog = next(dialog for dialog in found if dialog.isVisible())
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(line, QLineEdit)
        line.setFocus()
        line.setText(str(path))
        QTest.keyClick(line, Key.Key_Return)

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait for something to be seen."""
        wait_until(holds, what, 8_000)
        self.driver.settle()


def called(widget: QWidget) -> str:
    """What a control says it is."""
    text = getattr(widget, "text", None)
    if widget.accessibleName() or not callable(text):
        return widget.accessibleName()
    return str(text()).replace("&", "")
