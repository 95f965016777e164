"""The composition root: builds the parts, hands them to each other, and takes them apart again."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QSettings, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from kam_desktop.services.clock import Clock, SystemClock
from kam_desktop.services.formatting import set_region
from kam_desktop.services.i18n import _, best_language, set_language
from kam_desktop.services.places import config_folder, data_folder
from kam_desktop.ui.fonts import add_missing_fonts
from kam_desktop.ui.shell.bus import Bus
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.errors import ErrorHandler
from kam_desktop.ui.shell.garbage import GarbageCollector
from kam_desktop.ui.shell.lanes import Lanes
from kam_desktop.ui.shell.navigator import Navigator
from kam_desktop.ui.shell.operations import Operations
from kam_desktop.ui.shell.preferences import Preferences, PreferenceStore
from kam_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from kam_desktop.services.errors import StorageError
    from kam_desktop.services.opening import OpenPortfolio
    from kam_desktop.ui.opening.window import OpeningWindow
    from kam_desktop.ui.shell.reminders import Reminders
    from kam_desktop.ui.shell.safekeeping import RestoreWanted, Safekeeping
    from kam_desktop.ui.shell.single_instance import FrontDoor
    from kam_desktop.ui.shell.upkeep import Upkeep
    from kam_desktop.ui.shell.window import MainWindow

_log = logging.getLogger(__name__)
SAMPLE_OPTION = "--sample-on-first-start"
PREFERENCES_FILE = "preferences.json"
JOIN_SECONDS = 5.0


def run(arguments: list[str]) -> int:
    """Show the window until the user leaves it; returns the program's exit code.

    ``arguments`` may name a portfolio's file; `SAMPLE_OPTION` opens the sample portfolio when none
    was ever opened here.
    """
    _start_logging()
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, False)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("KAM Desktop")
    app.setOrganizationName("KAM Desktop")
    app.setDesktopFileName("kam-desktop")
    app.setQuitOnLastWindowClosed(False)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    program = Program(app)
    program.start(arguments)
    code = app.exec()
    program.take_down()
    return code


def _start_logging() -> None:
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    folder = data_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(logging.FileHandler(folder / "kam-desktop.log", "a", "utf-8", delay=True))
    except OSError:
        pass  # without a log file the program works as well
    logging.basicConfig(level=logging.WARNING, handlers=handlers)


class Program(QObject):
    """The running program: at most one portfolio at a time, with its window."""

    def __init__(self, app: QApplication, clock: Clock | None = None) -> None:
        super().__init__(app)
        self._app = app
        self._clock: Clock = clock or SystemClock()
        self.preferences = PreferenceStore(config_folder() / PREFERENCES_FILE, self)
        wanted = self.preferences.values
        _speak_as(wanted)
        # Without any font of the system there would be no words at all.
        add_missing_fonts(QFontDatabase.WritingSystem.Latin)
        self.theme = Theme(app)
        self.theme.apply(wanted.theme, scale=wanted.font_scale, density=wanted.density)
        self._garbage = GarbageCollector(self)
        self._lanes = Lanes(None, self)
        self.navigator = Navigator(self)
        self._errors = ErrorHandler(self.navigator)
        self._errors.install()
        self._lanes.failed.connect(self._errors.report)
        self._errors.damage_met.connect(self._damage_met)
        self.window: MainWindow | None = None
        self.opening: OpeningWindow | None = None
        self._opened: OpenPortfolio | None = None
        self._bus: Bus | None = None
        self._keeping: Safekeeping | None = None
        self._door: FrontDoor | None = None
        self._upkeep: Upkeep | None = None
        self._reminders: Reminders | None = None
        self._after_closing: Callable[[], None] | None = None

    def is_idle(self) -> bool:
        """Whether nothing is queued, running or not yet delivered."""
        return not self._lanes.busy

    # Opening

    def start(self, arguments: list[str]) -> None:
        """Open what was asked for, else what was open last, else offer to begin."""
        files = [Path(argument) for argument in arguments if not argument.startswith("-")]
        last = self.preferences.values.last_portfolio
        opening = self._make_opening()
        if files:
            opening.open_path(files[0].absolute())
        elif variable := os.environ.get("KAM_DESKTOP_PORTFOLIO"):
            opening.open_path(Path(variable).absolute())
        elif last and Path(last).exists():
            opening.open_path(Path(last))
        elif SAMPLE_OPTION in arguments:
            opening.open_sample()
        else:
            opening.show_welcome()
        # While the key is being worked out on another thread.
        import kam_desktop.ui.shell.window  # noqa: F401

    def _make_opening(self) -> OpeningWindow:
        from kam_desktop.services.storage.device import device_id
        from kam_desktop.ui.opening.window import OpeningWindow

        opening = OpeningWindow(self._lanes, device_id(data_folder()), self._clock)
        opening.opened.connect(self.show_portfolio)
        opening.left.connect(self._leave)
        opening.in_use.connect(self._raise_other)
        self.opening = opening
        return opening

    def _raise_other(self, path: Path) -> None:
        from kam_desktop.ui.shell.single_instance import raise_other_window

        if raise_other_window(path) and self.opening is not None:
            self.opening.give_up()
            self._leave()

    def show_portfolio(self, opened: OpenPortfolio, page: str = "today") -> None:
        """Make the window on an open portfolio and show it at ``page``."""
        from kam_desktop.ui.shell.safekeeping import Safekeeping
        from kam_desktop.ui.shell.window import MainWindow

        self._opened = opened
        portfolio = opened.portfolio
        self._lanes.use(portfolio)
        bus = self._bus = Bus(self)
        operations = Operations(portfolio, self._lanes, bus, self.navigator, self)
        self._keeping = Safekeeping(opened, self._lanes, self.navigator, self._clock, self)
        context = AppContext(
            portfolio=portfolio,
            lanes=self._lanes,
            operations=operations,
            bus=bus,
            theme=self.theme,
            preferences=self.preferences,
            navigator=self.navigator,
            clock=self._clock,
            safekeeping=self._keeping,
        )
        self.window = MainWindow(context)
        self._errors.show_on(self.window)
        self._connect_window(self.window, self._keeping)
        self.navigator.open(page)
        self.window.show()
        self.preferences.update(last_portfolio=str(portfolio.path))
        if self.opening is not None:
            self.opening.deleteLater()
            self.opening = None

    def _connect_window(self, window: MainWindow, keeping: Safekeeping) -> None:
        window.first_painted.connect(self._after_first_paint)
        window.closed.connect(self._window_closed)
        window.stayed.connect(self._window_stayed)
        window.other_wanted.connect(self._other_wanted)
        window.sample_wanted.connect(self._sample_wanted)
        window.backup_wanted.connect(keeping.back_up_now)
        keeping.backups_changed.connect(self._show_backups)
        keeping.restore_wanted.connect(self._restore_wanted)
        keeping.damage_found.connect(self._show_damage)

    def _after_first_paint(self) -> None:
        from kam_desktop.ui.shell.single_instance import FrontDoor

        if self._opened is None or self.window is None or self._keeping is None:
            return
        add_missing_fonts()
        for notice in self._opened.notices:
            self.navigator.notify(notice, kind="bad")
        for news in self._opened.news:
            self.navigator.notify(news, kind="good")
        if self._opened.portfolio.read_only:
            self.navigator.notify(_("This portfolio is open for reading only."), kind="warn")
        else:
            self._door = FrontDoor(self._opened.portfolio.path, self)
            self._door.raise_wanted.connect(self._come_to_front)
            self._lanes.warm_up()
            self.window.refresh_undo()
            self._look_after_scores()
        self._keeping.start()
        self._remind()

    def _remind(self) -> None:
        from kam_desktop.ui.shell.reminder_store import REMINDERS_FILE, ReminderStore
        from kam_desktop.ui.shell.reminders import Reminders, SystemTeller

        if self._opened is None or self._bus is None:
            return
        teller = SystemTeller()
        self._reminders = Reminders(
            self._lanes,
            self._bus,
            self.navigator,
            self.preferences,
            self._clock,
            ReminderStore(config_folder() / REMINDERS_FILE, self._opened.portfolio.path),
            teller,
            self,
        )
        teller.setParent(self._reminders)
        teller.clicked.connect(self._reminders.open_last)
        self._reminders.front_wanted.connect(self._come_to_front)
        self._reminders.start()

    def _look_after_scores(self) -> None:
        from kam_desktop.ui.shell.upkeep import Upkeep

        if self._opened is not None and self._bus is not None:
            self._upkeep = Upkeep(self._opened.portfolio, self._lanes, self._bus, self)
            self._upkeep.start()

    def _come_to_front(self) -> None:
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.raise_()
            self.window.activateWindow()

    def _show_backups(self, backups: list[object]) -> None:
        from kam_desktop.ui.shell.safekeeping import backup_text

        if self.window is not None:
            self.window.show_backup(backup_text(backups, self._clock.today()))  # type: ignore[arg-type]

    def _damage_met(self, fault: StorageError) -> None:
        if self._keeping is not None:
            self._keeping.tell_of_damage(fault)

    def _show_damage(self, fault: StorageError) -> None:
        from kam_desktop.ui.shell.errors import DamageDialog

        dialog = DamageDialog(str(fault.args[0]), fault.remedy, self.window)
        dialog.backup_wanted.connect(self._offer_newest_backup)
        dialog.open()

    def _offer_newest_backup(self) -> None:
        self.navigator.open("settings", section="backups", part="newest")

    # Closing

    def _close_then(self, what: Callable[[], None]) -> None:
        self._after_closing = what
        if self.window is not None:
            self.window.close()

    def _window_stayed(self) -> None:
        # The user has to see to something first; closing later is a new decision.
        self._after_closing = None

    def _other_wanted(self) -> None:
        self._close_then(self._offer_portfolios)

    def _offer_portfolios(self) -> None:
        self._make_opening().show_welcome()

    def _sample_wanted(self) -> None:
        from kam_desktop.ui.opening.work import sample_path

        if self._opened is not None and self._opened.portfolio.path == sample_path():
            self.navigator.notify(_("This is the sample portfolio."))
        else:
            self._close_then(self._open_sample)

    def _open_sample(self) -> None:
        self._make_opening().open_sample()

    def _restore_wanted(self, wanted: RestoreWanted) -> None:
        def go_back() -> None:
            self._go_back_to(wanted)

        self._close_then(go_back)

    def _go_back_to(self, wanted: RestoreWanted) -> None:
        from kam_desktop.services.storage.device import device_id
        from kam_desktop.ui.opening.work import go_back_and_open

        text, device = _("Going back to the backup"), device_id(data_folder())
        self._make_opening().open_by(
            wanted.portfolio, text, go_back_and_open, wanted, device, self._clock
        )

    def _window_closed(self) -> None:
        self._close_portfolio()
        if self._after_closing is None:
            self._leave()
            return
        self._lanes.deleteLater()
        self._lanes = Lanes(None, self)
        self._lanes.failed.connect(self._errors.report)
        what, self._after_closing = self._after_closing, None
        what()

    def _close_portfolio(self) -> None:
        """Refuse new work, join the lanes, stop timers, let go of the file."""
        if self._keeping is not None:
            self._keeping.stop()
        if self._upkeep is not None:
            self._upkeep.stop()
            self._upkeep = None
        if self._reminders is not None:
            self._reminders.stop()
            self._reminders.deleteLater()
            self._reminders = None
        if not self._lanes.close(JOIN_SECONDS):
            _log.warning("some work was still under way when the portfolio was closed")
        if self._door is not None:
            self._door.close()
            self._door = None
        if self.window is not None:
            self._errors.show_on(None)
            self.window.deleteLater()
            self.window = None
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _leave(self) -> None:
        self._app.quit()

    def take_down(self) -> None:
        """The event loop has ended: let go of whatever is left."""
        self._close_portfolio()
        self._garbage.stop()
        self._errors.uninstall()


def _speak_as(wanted: Preferences) -> None:
    """Use the language and region wanted; where none is, those of the system."""
    system = QLocale()
    set_language(wanted.language or best_language(system.uiLanguages()))
    set_region(wanted.region or system.name())
