"""A program that takes notes of a meeting until it is killed; run as a process of its own.

After each key, the number of characters in the text field and the time by the clock that never goes
back are written to standard output, so that whoever kills it knows what stood there when.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kam_desktop.app import Program
from kam_desktop.services.clock import SystemClock
from kam_desktop.services.opening import Secrets
from kam_desktop.tour.driver import Driver, wait_until
from kam_desktop.tour.opening import opening_of
from kam_desktop.ui.meetings.capture_page import NotesPage
from tests.journeys.desk import PASSPHRASE, Key

SENTENCE = "/commit we send samples by friday"
ENDLESS = 100_000
BETWEEN_KEYS_MS = 20


def main(path: Path) -> None:
    app = QApplication(["note taker"])
    program = Program(app, SystemClock())
    driver = Driver(program, path.parent)
    program.start([])
    opening_of(driver).open_path(path, Secrets(PASSPHRASE))
    driver.window_opens()
    driver.press(Key.Key_F4)
    wait_until(
        lambda: isinstance(driver.window.page, NotesPage) and driver.window.page.noted is not None,
        "the notes",
    )
    page = driver.window.page
    assert isinstance(page, NotesPage)
    page.editor.setFocus()
    for number in range(ENDLESS):
        at = number % (len(SENTENCE) + 1)
        if at < len(SENTENCE):
            driver.type(SENTENCE[at])
        else:
            driver.press(Key.Key_Return)
        sys.stdout.write(f"{len(page.editor.toPlainText())} {time.monotonic()}\n")
        sys.stdout.flush()
        # Somebody types no faster than this, and meanwhile the program does its own work.
        QTest.qWait(BETWEEN_KEYS_MS)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
