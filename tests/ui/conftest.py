"""A running program without a screen: theme, lanes, operations over a real encrypted portfolio."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.shell.bus import Bus
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.lanes import Lanes
from kam_desktop.ui.shell.navigator import Navigator
from kam_desktop.ui.shell.operations import Operations
from kam_desktop.ui.shell.preferences import PreferenceStore
from kam_desktop.ui.shell.window import MainWindow
from kam_desktop.ui.theme import Theme
from tests.conftest import StillClock


def flush_deleted() -> None:
    """Carry out ``deleteLater``; processing events outside a loop does not."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def no_modal_loops(monkeypatch: pytest.MonkeyPatch) -> None:
    """A modal loop would hang a test for ever."""

    def refuse(*_arguments: object) -> int:
        raise AssertionError("exec() must not be called; use open() and signals")

    monkeypatch.setattr(QDialog, "exec", refuse)


@pytest.fixture(autouse=True)
def collector_on_gui_thread() -> Iterator[None]:
    """As in the program, no lane's thread ever collects: it would destroy widgets of this one.

    What is left by then is not looked at again: after a thousand tests that took a second each.
    """
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> None:
    """Geometry is kept in the test's own folder."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings")
    )
    QCoreApplication.setOrganizationName("KAM Desktop test")


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    look = Theme(qapp)
    look.apply("light")
    return look


@pytest.fixture
def app_context(
    qtbot: QtBot, theme: Theme, portfolio: Portfolio, clock: StillClock, tmp_path: Path
) -> Iterator[AppContext]:
    """The parts of the program, over a new empty portfolio."""
    lanes = Lanes(portfolio)
    bus = Bus()
    navigator = Navigator()
    context = AppContext(
        portfolio=portfolio,
        lanes=lanes,
        operations=Operations(portfolio, lanes, bus, navigator),
        bus=bus,
        theme=theme,
        preferences=PreferenceStore(tmp_path / "preferences.json"),
        navigator=navigator,
        clock=clock,
    )
    failures: list[BaseException] = []
    lanes.failed.connect(failures.append)
    yield context
    settle(qtbot, context)
    assert lanes.close(10)
    assert failures == []


@pytest.fixture
def window(qtbot: QtBot, app_context: AppContext) -> MainWindow:
    """The main window, shown, before any page is open."""
    made = MainWindow(app_context)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def settle(qtbot: QtBot, context: AppContext) -> None:
    """Wait until everything asked for has been answered."""

    def idle() -> bool:
        return not context.lanes.busy

    qtbot.waitUntil(idle, timeout=10_000)


@pytest.fixture
def settled(qtbot: QtBot, app_context: AppContext) -> Callable[[], None]:
    """Call it to wait until everything asked for has been answered."""

    def wait() -> None:
        settle(qtbot, app_context)

    return wait


@pytest.fixture
def collector_off() -> Iterator[None]:
    """Python's collector is off: what is freed, is freed by reference counts and by Qt."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()
