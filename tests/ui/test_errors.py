"""One place for everything that goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kam_desktop.services.errors import StorageError, UserError
from kam_desktop.ui.shell.errors import CrashDialog, ErrorHandler, ProblemDialog
from kam_desktop.ui.shell.garbage import GarbageCollector
from kam_desktop.ui.shell.navigator import Navigator
from kam_desktop.ui.shell.preferences import Preferences, PreferenceStore, from_json
from kam_desktop.ui.theme import Density, Theme, ThemeChoice


def dialogs(kind: type) -> list[object]:
    return [widget for widget in QApplication.topLevelWidgets() if type(widget) is kind]


def raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


def test_a_known_error_is_a_notice(qtbot: QtBot, theme: Theme) -> None:
    navigator = Navigator()
    handler = ErrorHandler(navigator)
    with qtbot.waitSignal(navigator.noticed) as noticed:
        handler.report(UserError("A name is needed."))
    assert noticed.args is not None
    assert noticed.args[0].text == "A name is needed."


def test_a_defect_is_reported_once(qtbot: QtBot, theme: Theme) -> None:
    handler = ErrorHandler(Navigator())
    before = len(dialogs(CrashDialog))
    for _time in range(3):
        handler.report(raised(ZeroDivisionError("x")))
    qtbot.waitUntil(lambda: len(dialogs(CrashDialog)) > before)
    qtbot.wait(1)
    found = dialogs(CrashDialog)
    assert len(found) == before + 1
    for dialog in found:
        dialog.close()  # type: ignore[attr-defined]


def test_storage_trouble_says_what_to_do(qtbot: QtBot, theme: Theme) -> None:
    handler = ErrorHandler(Navigator())
    handler.report(StorageError("The disk is full.", remedy="Make room and try again."))
    qtbot.waitUntil(lambda: bool(dialogs(ProblemDialog)))
    for dialog in dialogs(ProblemDialog):
        dialog.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"theme": 7, "font_scale": "big", "density": null}', "nonsense"]
)
def test_preferences_that_make_no_sense_are_left_at_their_default(text: str) -> None:
    assert from_json(text) == Preferences()


def test_preferences_survive_a_restart(tmp_path: Path, qapp: QApplication) -> None:
    path = tmp_path / "config" / "preferences.json"
    store = PreferenceStore(path)
    store.update(theme=ThemeChoice.DARK, font_scale=1.5, density=Density.COMPACT)
    again = PreferenceStore(path).values
    assert (again.theme, again.font_scale, again.density) == ("dark", 1.5, "compact")
    assert json.loads(path.read_text("utf-8"))["theme"] == "dark"


def test_the_collector_runs_from_the_timer_only(qapp: QApplication) -> None:
    import gc

    collector = GarbageCollector()
    assert not gc.isenabled()
    for _number in range(2_000):
        circle: list[object] = []
        circle.append(circle)
    assert collector.check() > 0
    collector.stop()
    assert gc.isenabled()
