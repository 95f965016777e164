"""Nothing shows up as a window of its own that is not meant to be one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from kam_desktop.services.opening import Secrets
from kam_desktop.tour.day_screens import (
    calendar_screens,
    mail_screens,
    personal_screens,
    promise_screens,
)
from kam_desktop.tour.map_screens import (
    map_screens,
    people_screens,
    poster_screens,
    thinking_screens,
)
from kam_desktop.tour.screens import (
    Screen,
    account_screens,
    brief_screens,
    import_screens,
    meeting_screens,
    notes_screens,
    settings_screens,
)
from tests.conftest import StillClock
from tests.journeys.desk import PASSPHRASE, Desk

_MEANT = Qt.WindowType.Dialog | Qt.WindowType.Popup | Qt.WindowType.ToolTip


class WindowsShown(QObject):
    """Notes every plain widget that appears as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched.windowType() == Qt.WindowType.Window
            and watched.parent() is None
        ):
            self.names.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.mark.parametrize(
    "screens",
    [
        *(account_screens, map_screens, thinking_screens, poster_screens, people_screens),
        *(meeting_screens, notes_screens, import_screens, settings_screens),
        *(calendar_screens, promise_screens, mail_screens, personal_screens, brief_screens),
    ],
    ids=lambda screens: screens.__name__,
)
def test_no_part_flashes_up_as_a_window(
    screens: Screen, desk: Desk, sample: Path, clock: StillClock
) -> None:
    driver = desk.start()
    assert driver.program.opening is not None
    driver.program.opening.open_path(sample, Secrets(PASSPHRASE))
    driver.window_opens()
    watcher = WindowsShown()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(watcher)
    shown = [name for name, _widget in screens(driver, desk.home)]
    app.removeEventFilter(watcher)
    assert shown
    assert watcher.names == []
