"""Every dialog and panel is freed on close, with Python's collector off."""

from __future__ import annotations

import weakref
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from kam_desktop.services.storage.restore import RestorePreview, TableCount
from kam_desktop.ui.settings.restoring import RestoreDialog, preview_sentences
from kam_desktop.ui.shell.errors import CrashDialog, ProblemDialog
from kam_desktop.ui.shell.notices import NoticeLog, NoticePanel
from kam_desktop.ui.shell.shortcuts import ShortcutSheet
from kam_desktop.ui.shell.window import MainWindow
from tests.ui.conftest import flush_deleted

PREVIEW = RestorePreview(True, (TableCount("account", 12, 10),), None, None, 3)
MAKERS: dict[str, Callable[[MainWindow], QWidget]] = {
    "problem": lambda window: ProblemDialog("What happened", "What to do", parent=window),
    "crash": lambda window: CrashDialog("Traceback", window),
    "shortcuts": lambda window: ShortcutSheet(window.groups(), window),
    "restore": lambda window: RestoreDialog(PREVIEW, parent=window),
    "notices": lambda window: NoticePanel(NoticeLog(), window),
}


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.usefixtures("collector_off")
def test_a_dialog_is_freed_on_close(name: str, qtbot: QtBot, window: MainWindow) -> None:
    dialog = MAKERS[name](window)
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    if isinstance(dialog, QDialog):
        dialog.open()
    else:
        dialog.show()
    reference = weakref.ref(dialog)
    dialog.close()
    del dialog
    flush_deleted()
    assert gone == [True]
    assert reference() is None


def test_the_sheet_names_every_command_with_a_key(qtbot: QtBot, window: MainWindow) -> None:
    from PySide6.QtWidgets import QLabel

    sheet = ShortcutSheet(window.groups(), window)
    qtbot.addWidget(sheet)
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    for group in window.commands.groups():
        for action in group.actions:
            if action.shortcuts():
                assert action.text() in shown


def test_no_two_commands_share_a_key(window: MainWindow) -> None:
    keys = [
        key.toString()
        for group in window.commands.groups()
        for action in group.actions
        for key in action.shortcuts()
    ]
    assert len(keys) == len(set(keys))


def test_restoring_says_what_it_would_change() -> None:
    sentences = preview_sentences(PREVIEW)
    assert sentences[0] == "3 changes made since then would be taken back."
    assert "Accounts: 12 now, 10 then" in sentences
