"""What is opened from the notes is gone when it is closed, without Python's collector."""

from __future__ import annotations

import weakref
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialog

from kam_desktop.ui.handouts.minutes_preview import MinutesPreview
from kam_desktop.ui.meetings.capture_page import NotesPage
from kam_desktop.ui.meetings.follow_up_dialog import FollowUpDialog
from tests.ui.conftest import flush_deleted


@pytest.mark.parametrize("kind", [FollowUpDialog, MinutesPreview])
@pytest.mark.usefixtures("collector_off")
def test_windows_of_the_notes_are_freed(
    kind: type[QDialog], page: NotesPage, settled: Callable[[], None]
) -> None:
    (page.open_follow_up if kind is FollowUpDialog else page.open_minutes)()
    settled()
    dialog = page.findChild(kind)
    assert dialog is not None
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    reference = weakref.ref(dialog)
    dialog.close()
    del dialog
    flush_deleted()
    assert gone == [True]
    assert reference() is None
