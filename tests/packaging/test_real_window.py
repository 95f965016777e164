"""Qt finds every library of the system it needs, and opens a window on a real X server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QObject

from tests.support.display import virtual_display

QT = Path(PySide6.__file__).parent
WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("KAM")
label.resize(320, 200)
label.show()
def look():
    if label.windowHandle().isExposed():
        app.exit(7)
timer = QTimer(interval=10)
timer.timeout.connect(look)
timer.start()
QTimer.singleShot(30000, app.quit)
status = app.exec()
print(app.platformName(), label.grab().width())
raise SystemExit(status)
"""


def test_calls_into_qt_lose_no_reference() -> None:
    """PySide6 6.12.0 took one reference to None with every call, until Python 3.11 aborted."""
    calls = 500
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(calls):
        thing.setObjectName("name")
    assert before - sys.getrefcount(None) < calls / 2


@pytest.mark.xdist_group("desktop")
@pytest.mark.skipif(sys.platform != "linux", reason="X11 is for Linux")
def test_a_window_opens_under_x11() -> None:
    with virtual_display() as display:
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        result = subprocess.run(
            [sys.executable, "-c", WINDOW],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert result.returncode == 7, result.stderr
    assert result.stdout.split() == ["xcb", "320"]


@pytest.mark.skipif(shutil.which("ldd") is None, reason="ldd is not installed")
@pytest.mark.parametrize(
    "pattern",
    [
        "Qt/plugins/platforms/libqxcb.so",
        "Qt/plugins/platforms/libqoffscreen.so",
        "Qt/plugins/platforms/libqwayland*.so",
        "Qt/plugins/xcbglintegrations/*.so",
        "Qt/plugins/printsupport/*.so",
        "Qt/plugins/imageformats/libqsvg.so",
        "Qt{Widgets,Svg,PrintSupport,Network,DBus}.abi3.so",
    ],
)
def test_every_library_qt_needs_is_there(pattern: str) -> None:
    """What `scripts/system_packages.py` installs is enough for every part of Qt that is used."""
    head, _, choices = pattern.partition("{")
    names, _, tail = choices.partition("}")
    files = [
        file
        for name in names.split(",")
        for file in QT.glob(f"{head}{name}{tail}" if names else pattern)
    ]
    assert files
    for file in files:
        told = subprocess.run(["ldd", str(file)], capture_output=True, text=True, check=True).stdout
        assert "libQt6Core" in told
        assert re.findall(r"(\S+) => not found", told) == [], file.name
