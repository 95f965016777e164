"""At twice the text size, in the smallest window, nothing is cut off at the side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

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
    page_screens,
    settings_screens,
)
from kam_desktop.ui.theme import MAX_SCALE
from kam_desktop.ui.widgets.labels import ElidedLabel
from tests.conftest import StillClock
from tests.journeys.desk import PASSPHRASE, Desk

SMALLEST = QSize(1024, 640)


@pytest.mark.parametrize(
    "screens",
    [
        *(page_screens, account_screens, map_screens, thinking_screens, people_screens),
        *(poster_screens, meeting_screens, notes_screens, import_screens, settings_screens),
        *(calendar_screens, promise_screens, mail_screens, personal_screens, brief_screens),
    ],
    ids=lambda screens: screens.__name__,
)
def test_nothing_is_cut(screens: Screen, desk: Desk, sample: Path, clock: StillClock) -> None:
    driver = desk.start()
    driver.program.preferences.update(font_scale=MAX_SCALE)
    driver.program.theme.apply("light", scale=MAX_SCALE)
    assert driver.program.opening is not None
    driver.program.opening.open_path(sample, Secrets(PASSPHRASE))
    driver.window_opens()
    driver.window.resize(SMALLEST)
    cut = []
    for name, widget in screens(driver, desk.home):
        driver.settle()
        if widget is driver.window:
            assert widget.size() == SMALLEST
        cut += [f"{name}: {what}" for what in cut_in(widget)]
    assert cut == []


def cut_in(top: QWidget) -> Iterator[str]:
    for area in top.findChildren(QScrollArea):
        inside = area.widget()
        if area.isVisible() and inside is not None:
            over = inside.width() - area.viewport().width()
            if over > 0:
                yield f"{type(area.parent()).__name__} is {over} pixels too wide"
    for button in top.findChildren(QAbstractButton):
        if button.isVisible() and button.text() and button.width() < needed(button):
            yield f"button “{button.text()}”"
    for label in top.findChildren(QLabel):
        whole = label.wordWrap() or isinstance(label, ElidedLabel) or not label.text()
        if label.isVisible() and not whole and label.width() < needed(label):
            yield f"label “{label.text()}”"


def needed(widget: QWidget) -> int:
    """The width, but for a pixel of rounding."""
    return widget.minimumSizeHint().width() - 1
