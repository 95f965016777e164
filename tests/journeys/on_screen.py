"""A walk on a real X server, run as a process of its own; prints what it saw as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kam_desktop.app import Program
from kam_desktop.services.clock import SystemClock
from kam_desktop.services.opening import Secrets
from kam_desktop.tour import look
from kam_desktop.tour.driver import Driver, wait_until
from kam_desktop.tour.opening import opening_of
from kam_desktop.ui.handouts.preview import BriefPreview
from tests.journeys.desk import PASSPHRASE, Key


def main(path: Path) -> None:
    app = QApplication(["on_screen"])
    program = Program(app, SystemClock())
    driver = Driver(program, path.parent)
    program.start([])
    opening_of(driver).open_path(path, Secrets(PASSPHRASE))
    driver.window_opens()
    handle = driver.window.windowHandle()
    wait_until(handle.isExposed, "the window on the screen")
    driver.control(Key.Key_K)
    palette = driver.window.palette_panel
    assert palette is not None
    driver.type("aurora f")
    wait_until(lambda: look.shows(palette.model, look.HERO), "the search to answer")
    driver.press(Key.Key_Return)
    wait_until(lambda: driver.window.head.title_text == look.HERO, "the dossier")
    driver.settle()
    screen = app.primaryScreen().grabWindow(0)
    drawn = screen.toImage()
    corner = driver.window.mapToGlobal(driver.window.rect().topLeft())
    image = driver.window.grab().toImage()
    spots = [(20, 20), (60, 100), (400, 200), (700, 500)]
    driver.control(Key.Key_P)
    preview = look.find_dialog(BriefPreview)
    wait_until(lambda: preview.save.isEnabled() and program.is_idle(), "the brief's pages")
    seen = {
        "platform": app.platformName(),
        "title": driver.window.windowTitle(),
        "same": [
            drawn.pixelColor(corner.x() + x, corner.y() + y).name() == image.pixelColor(x, y).name()
            for x, y in spots
        ],
        "colours": len({drawn.pixel(x, y) for x in range(0, 1200, 7) for y in range(0, 800, 7)}),
        "brief": preview.windowTitle(),
    }
    driver.close(preview)
    program.take_down()
    sys.stdout.write(json.dumps(seen))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
