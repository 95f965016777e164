"""Drives the program without hands: waits for what it shows, presses keys, takes pictures.

Waiting is done in an event loop that looks at the condition each time the loop has nothing left to
do, so that it neither polls nor sleeps; a deadline turns a condition that never holds into an error
that says what was waited for.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QAbstractEventDispatcher,
    QCoreApplication,
    QEvent,
    QEventLoop,
    QObject,
    Qt,
    QTimer,
)
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kam_desktop.app import Program
from kam_desktop.tour.pictures import save_picture
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.shell.window import MainWindow

DEADLINE_MS = 20_000
_CTRL = Qt.KeyboardModifier.ControlModifier


class TourError(RuntimeError):
    """The program did not do what the tour waited for."""


class _Wait(QObject):
    """One wait: ends its loop once ``holds()`` is true twice with a turn of the loop between.

    Twice, because a condition may hold in between two steps of one thing that is under way.
    """

    def __init__(self, holds: Callable[[], bool]) -> None:
        super().__init__()
        self._holds = holds
        self._held = False
        self.met = False
        self.error: Exception | None = None
        self.loop = QEventLoop()
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._keep_going)

    def look(self) -> None:
        """The loop is about to sleep: is there still something to wait for?"""
        if self._again.isActive():
            return
        try:
            holds = self._holds()
        except Exception as error:
            # Raised here it would be lost in a slot, and the wait would go on to its deadline.
            self.error = error
            self.loop.quit()
            return
        if not holds:
            self._held = False
        elif self._held:
            self.met = True
            self.loop.quit()
        else:
            self._held = True
            self._again.start()

    def _keep_going(self) -> None:
        """Only wakes the loop, which then looks again."""


def wait_until(holds: Callable[[], bool], what: str, deadline_ms: int = DEADLINE_MS) -> None:
    """Let events happen until ``holds()``; raises `TourError` naming ``what`` at the deadline."""
    wait = _Wait(holds)
    dispatcher = QAbstractEventDispatcher.instance()
    assert dispatcher is not None, "there is an application"
    deadline = QTimer(singleShot=True, interval=deadline_ms)
    deadline.timeout.connect(wait.loop.quit)
    dispatcher.aboutToBlock.connect(wait.look)
    deadline.start()
    try:
        wait.loop.exec()
    finally:
        dispatcher.aboutToBlock.disconnect(wait.look)
    if wait.error is not None:
        raise wait.error
    if not wait.met:
        raise TourError(f"waited in vain: {what}")
    # A loop inside a call does not free what was to be deleted later.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Driver:
    """The program as somebody at the keyboard sees it."""

    def __init__(self, program: Program, folder: Path) -> None:
        self.program = program
        self._folder = folder
        self.taken: list[Path] = []

    # What there is

    @property
    def window(self) -> MainWindow:
        """The main window; `TourError` while no portfolio is open."""
        if self.program.window is None:
            raise TourError("no portfolio is open")
        return self.program.window

    @property
    def page(self) -> Page:
        page = self.window.page
        assert page is not None, "the window always shows a page"
        return page

    def undo_text(self) -> str:
        """What Undo would take back."""
        return self.window.commands["undo"].text()

    # Waiting

    def settle(self, what: str = "the program to come to rest") -> None:
        """Wait until nothing is under way."""
        wait_until(self.program.is_idle, what)

    def window_opens(self) -> None:
        """Wait for the main window with its first page."""
        wait_until(self._window_is_open, "the window to open")
        self.come_to_front()

    def come_to_front(self) -> None:
        """Give the keyboard to the main window, as a desktop does when a dialog closes."""
        self.window.activateWindow()
        wait_until(self.window.isActiveWindow, "the window to come to the front")
        self.settle()

    def close(self, dialog: QWidget) -> None:
        """Close a dialog and go on in the main window."""
        dialog.close()
        self.settle()
        self.come_to_front()

    def _window_is_open(self) -> bool:
        window = self.program.window
        if window is None or not window.isVisible() or not self.program.is_idle():
            return False
        # Looked up some time after the first page was painted.
        return bool(window.navigation.portfolio_texts[1])

    # Doing

    def press(
        self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(self._keyboard(), key, keys)
        self.settle()

    def control(self, key: Qt.Key) -> None:
        """Press a key together with Ctrl."""
        self.press(key, _CTRL)

    def type(self, text: str) -> None:
        """Type where the keyboard is."""
        QTest.keyClicks(self._keyboard(), text)
        self.settle()

    def _keyboard(self) -> QWidget:
        widget = (
            QApplication.activePopupWidget()
            or QApplication.focusWidget()
            or QApplication.activeWindow()
        )
        if widget is None:
            raise TourError("no window has the keyboard")
        return widget

    def go_to(self, page: str, **params: str) -> Page:
        """Open a page as a link to it would."""
        self.program.navigator.open(page, **params)
        self.settle()
        if self.page.name != page:
            raise TourError(f"the page {page} could not be shown")
        return self.page

    def run(self, command: str) -> None:
        """Run one of the shell's commands."""
        self.program.navigator.run_command(command)
        self.settle()

    # Pictures

    def picture(self, name: str, widget: QWidget | None = None, *, grey: bool = False) -> Path:
        """Keep what ``widget`` (the main window without one) looks like, as ``name``.png."""
        self.settle()
        path = self._folder / f"{name}.png"
        image = (widget or self.window).grab().toImage()
        if grey:
            image = image.convertToFormat(QImage.Format.Format_Grayscale8)
        save_picture(image, path)
        self.taken.append(path)
        return path
