"""The shell: navigation, palette, undo, notices, all by keyboard."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kam_desktop.services import accounts
from kam_desktop.ui.interactions.log_touch import LogTouchDialog
from kam_desktop.ui.people.page import PeoplePage
from kam_desktop.ui.portfolio.page import PortfolioPage
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.menu_bar import MenuBar
from kam_desktop.ui.shell.pages import FailedPage, further_pages, page_entries
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


@pytest.mark.parametrize("name", [entry.name for entry in (*page_entries(), *further_pages())])
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


@pytest.mark.parametrize(("key", "page"), [(Qt.Key.Key_N, "portfolio"), (Qt.Key.Key_M, "meetings")])
def test_something_new_begins_from_any_page(
    key: Qt.Key,
    page: str,
    qtbot: QtBot,
    window: MainWindow,
    app_context: AppContext,
    settled: Callable[[], None],
) -> None:
    app_context.navigator.open("settings")
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert app_context.navigator.place is not None
    assert app_context.navigator.place.page == page
    assert app_context.navigator.place.parameters["new"] == "1"


def test_a_new_person_begins_from_any_page(
    window: MainWindow, app_context: AppContext, settled: Callable[[], None]
) -> None:
    app_context.navigator.open("health")
    window.commands["new_person"].trigger()
    settled()
    assert isinstance(window.page, PeoplePage)
    assert window.page.form.isVisible()


def test_a_touch_is_logged_from_any_page(
    qtbot: QtBot, window: MainWindow, app_context: AppContext, settled: Callable[[], None]
) -> None:
    app_context.navigator.open("settings")
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settled()
    dialog = window.findChild(LogTouchDialog)
    assert dialog is not None
    dialog.close()


def test_the_keys_of_the_page_come_before_those_of_the_shell(
    qtbot: QtBot, window: MainWindow, app_context: AppContext, settled: Callable[[], None]
) -> None:
    app_context.navigator.open("portfolio")
    settled()
    page = window.page
    assert isinstance(page, PortfolioPage)
    assert not window.commands["new_account"].shortcuts()
    window.navigation.focus_current()
    qtbot.keyClick(window.navigation, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.form.isVisible()
    app_context.navigator.open("settings")
    assert window.commands["new_account"].shortcuts()
    settled()


def test_a_command_of_the_page_is_not_offered_twice(
    window: MainWindow, app_context: AppContext, settled: Callable[[], None]
) -> None:
    app_context.navigator.open("portfolio")
    settled()
    texts = [action.text() for group in window.groups() for action in group.actions]
    assert texts.count("New account") == 1
    assert "New person" in texts


def test_the_buttons_of_an_empty_today_lead_on(
    qtbot: QtBot, window: MainWindow, app_context: AppContext, settled: Callable[[], None]
) -> None:
    wanted = {
        "Import from your CRM": "import",
        "Make the first account": "portfolio",
    }
    for text, page in wanted.items():
        app_context.navigator.open("today")
        settled()
        assert window.page is not None
        _press(window.page, text)
        settled()
        assert window.page.name == page
    app_context.navigator.open("today")
    settled()
    with qtbot.waitSignal(window.sample_wanted):
        _press(window.page, "Look at the sample portfolio")


def _press(page: QWidget, text: str) -> None:
    button = next(b for b in page.findChildren(QPushButton) if b.text() == text)
    assert button.isVisible()
    button.click()


def test_what_cannot_be_undone_is_explained_with_a_way_to_the_history(
    window: MainWindow, app_context: AppContext, settled: Callable[[], None]
) -> None:
    run = app_context.operations.run
    made: list[str] = []
    run(window, "Add", accounts.add_account, fields={"name": "Aurora"}, on_done=made.append)
    settled()
    with app_context.portfolio.unit_of_work("Elsewhere", origin="program") as work:
        work.execute("UPDATE account SET name = 'Zeta' WHERE id = ?", (made[0],))
    window.commands["undo"].trigger()
    settled()
    notice = window.toast.notice
    assert notice is not None
    assert (notice.kind, notice.action_text) == ("warn", "Open history")
    window.toast.act()
    settled()
    assert app_context.navigator.place is not None
    assert app_context.navigator.place.parameters == {"section": "history"}


def test_a_refused_draft_says_why_the_window_stays(
    qtbot: QtBot, window: MainWindow, app_context: AppContext, settled: Callable[[], None]
) -> None:
    app_context.navigator.open("settings", section="portfolio")
    settled()
    shown = window.page.section  # type: ignore[union-attr]
    shown.currency.line.setText("??")
    for _again in range(2):
        with qtbot.waitSignal(window.stayed):
            window.close()
        settled()
        assert window.isVisible()
        assert window.toast.notice is not None
        assert "Home currency" in window.toast.notice.text
    with qtbot.waitSignal(window.closed):
        window.toast.act()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_top_bar_fits_the_smallest_window(
    scale: float,
    qtbot: QtBot,
    window: MainWindow,
    app_context: AppContext,
    settled: Callable[[], None],
) -> None:
    app_context.navigator.open("people")
    before = window.top
    app_context.preferences.update(font_scale=scale)
    if scale != 1:
        qtbot.waitUntil(lambda: window.top is not before)
    window.resize(1024, 640)
    settled()
    parts = [w for w in window.top.findChildren(QAbstractButton) if w.isVisible()]
    for left, right in itertools.pairwise(sorted(parts, key=lambda w: w.x())):
        assert left.geometry().right() <= right.geometry().left()
    primary = window.top.primary
    assert primary.width() >= primary.sizeHint().width()
    assert primary.geometry().right() <= window.top.width()


def test_the_menu_bar_has_every_command(
    qtbot: QtBot, window: MainWindow, app_context: AppContext, settled: Callable[[], None]
) -> None:
    app_context.navigator.open("portfolio")
    settled()
    bar = MenuBar(window, window.commands.groups(), window.page_group)
    bar.show_page_commands()
    listed = {action.text() for menu in bar.menus for action in menu.actions()}
    wanted = {action.text() for group in window.groups() for action in group.actions}
    assert wanted <= listed
    roles = {a.text(): a.menuRole() for menu in bar.menus for a in menu.actions()}
    assert roles["Quit"] == QAction.MenuRole.QuitRole
    assert roles["Undo"] == QAction.MenuRole.NoRole


def test_a_notice_stays_on_top_when_the_text_size_changes(
    qtbot: QtBot, window: MainWindow, app_context: AppContext, settled: Callable[[], None]
) -> None:
    app_context.navigator.open("settings")
    app_context.navigator.notify("Deleted")
    before = window.toast
    app_context.preferences.update(font_scale=1.5)
    qtbot.waitUntil(lambda: window.toast is not before)
    settled()
    assert window.toast.isVisible()
    at = window.childAt(window.toast.geometry().center())
    assert at is not None
    assert at is window.toast or window.toast.isAncestorOf(at)
