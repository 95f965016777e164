"""The shell: navigation, palette, undo, notices, all by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kam_desktop.services import accounts
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.pages import FailedPage, page_entries
from kam_desktop.ui.shell.window import MainWindow


def test_every_page_opens_by_its_key(
    qtbot: QtBot, window: MainWindow, settled: Callable[[], None]
) -> None:
    for number, entry in enumerate(page_entries(), start=1):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        settled()
        assert window.page is not None
        assert not isinstance(window.page, FailedPage), entry.name
        assert window.page.name == entry.name
        assert window.head.title_text == window.page.title() != ""


class WindowsShown(QObject):
    """Notes every widget that appears as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if shown and watched.isWindow():
            self.names.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.mark.parametrize("name", [entry.name for entry in page_entries()])
def test_no_page_flashes_windows_of_its_own(
    name: str, window: MainWindow, app_context: AppContext, settled: Callable[[], None]
) -> None:
    shown = WindowsShown()
    QApplication.instance().installEventFilter(shown)  # type: ignore[union-attr]
    app_context.navigator.open(name)
    settled()
    QApplication.instance().removeEventFilter(shown)  # type: ignore[union-attr]
    assert shown.names == []


def test_back_and_forward(window: MainWindow, app_context: AppContext, qtbot: QtBot) -> None:
    app_context.navigator.open("portfolio")
    app_context.navigator.open("people")
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.page is not None
    assert window.page.name == "portfolio"
    assert not window.commands["back"].isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.page.name == "people"


def test_undo_names_what_it_undoes(
    window: MainWindow, app_context: AppContext, settled: Callable[[], None]
) -> None:
    app_context.operations.run(
        window, "Add Aurora Foods", accounts.add_account, fields={"name": "Aurora Foods"}
    )
    settled()
    assert window.commands["undo"].text() == "Undo: Add Aurora Foods"
    window.commands["undo"].trigger()
    settled()
    assert not window.commands["undo"].isEnabled()
    assert window.commands["redo"].text() == "Redo: Add Aurora Foods"
    assert window.toast.notice is not None
    assert window.toast.notice.text == "Undone: Add Aurora Foods"


def test_palette_finds_an_account_and_opens_it(
    qtbot: QtBot, window: MainWindow, app_context: AppContext, settled: Callable[[], None]
) -> None:
    app_context.operations.run(window, "Add", accounts.add_account, fields={"name": "Aurora Foods"})
    settled()
    window.open_palette()
    palette = window.palette_panel
    assert palette is not None
    with qtbot.waitSignal(palette.field.searched):
        qtbot.keyClicks(palette.field, "auro")
    settled()
    with qtbot.waitSignal(app_context.navigator.place_changed) as opened:
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened.args is not None
    place = opened.args[0]
    assert place.page == "account"
    assert place.parameters["account_id"]
    assert not palette.isVisible()


def test_palette_runs_a_command(
    qtbot: QtBot, window: MainWindow, app_context: AppContext, settled: Callable[[], None]
) -> None:
    window.open_palette()
    palette = window.palette_panel
    assert palette is not None
    with qtbot.waitSignal(palette.field.searched):
        qtbot.keyClicks(palette.field, "larger")
    settled()
    with qtbot.waitSignal(app_context.preferences.changed):
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert app_context.preferences.values.font_scale == 1.1


def test_enter_waits_for_what_was_typed(
    qtbot: QtBot, window: MainWindow, app_context: AppContext, settled: Callable[[], None]
) -> None:
    app_context.operations.run(window, "Add", accounts.add_account, fields={"name": "Aurora Foods"})
    settled()
    window.open_palette()
    palette = window.palette_panel
    assert palette is not None
    with qtbot.waitSignal(app_context.navigator.place_changed) as opened:
        qtbot.keyClicks(palette.field, "auro")
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened.args is not None
    assert opened.args[0].page == "account"


def test_escape_closes_the_palette(qtbot: QtBot, window: MainWindow) -> None:
    window.open_palette()
    palette = window.palette_panel
    assert palette is not None
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_a_notice_offers_its_action(window: MainWindow, app_context: AppContext) -> None:
    done: list[str] = []

    def act() -> None:
        done.append("yes")

    app_context.navigator.notify("Deleted", action_text="Undo", action=act)
    assert window.toast.isVisible()
    window.toast.act()
    assert done == ["yes"]
    assert not window.toast.isVisible()


def test_a_larger_font_rebuilds_the_window_at_the_same_place(
    qtbot: QtBot, window: MainWindow, app_context: AppContext, settled: Callable[[], None]
) -> None:
    app_context.navigator.open("settings")
    before = window.page
    with qtbot.waitSignal(app_context.theme.changed):
        app_context.preferences.update(font_scale=2.0)
    qtbot.waitUntil(lambda: window.page is not before)
    assert window.page is not None
    assert window.page.name == "settings"
    assert QApplication.font().pixelSize() == 26
    settled()
