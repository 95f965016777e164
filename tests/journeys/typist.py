"""A program that types into a portfolio until it is killed; run as a process of its own.

Each value that the program has acknowledged as saved is written to standard output as a line. After
it, a longer value is begun and never finished, so that a kill meets somebody in the middle of a
word.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit

from kam_desktop.app import Program
from kam_desktop.services.clock import SystemClock
from kam_desktop.services.opening import Secrets
from kam_desktop.tour import look
from kam_desktop.tour.driver import Driver, wait_until
from kam_desktop.tour.opening import opening_of
from tests.journeys.desk import PASSPHRASE, Key

ENDLESS = 10_000


def main(path: Path) -> None:
    app = QApplication(["typist"])
    program = Program(app, SystemClock())
    driver = Driver(program, path.parent)
    program.start([])
    opening_of(driver).open_path(path, Secrets(PASSPHRASE))
    driver.window_opens()
    page = driver.go_to("account", account_id=look.account_id(driver), section="company")
    field = next(line for line in page.findChildren(QLineEdit) if line.accessibleName() == "Phone")
    operations = page.context.operations
    for number in range(ENDLESS):
        field.setFocus()
        field.selectAll()
        driver.type(str(number))
        driver.press(Key.Key_Return)
        wait_until(lambda: operations.state.pending == 0, "it to be saved")
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        field.setFocus()
        driver.type(" and never finis")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
