"""A place of its own for the program to be shown in: same day, same fonts, nobody's own files."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from PySide6.QtCore import QLocale, QMessageLogContext, QSettings, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from kam_desktop.app import PREFERENCES_FILE, Program
from kam_desktop.services.formatting import set_region
from kam_desktop.services.i18n import set_language
from kam_desktop.services.places import HOME_VARIABLE, config_folder
from kam_desktop.services.storage.vault import PASSPHRASE_VARIABLE
from kam_desktop.ui.fonts import UI_FAMILY, add_bundled_fonts
from kam_desktop.ui.shell.preferences import PreferenceStore

NOW: Final = dt.datetime(2026, 11, 20, 8, 0, tzinfo=dt.UTC)
"""A Friday, nine in the morning in Rome; the sample's meetings are arranged around it."""
ZONE: Final = "Europe/Rome"
PASSPHRASE: Final = "a passphrase for the tour"
_REGION: Final = "en_GB"
_KNOWN_OF_OFFSCREEN: Final = "This plugin does not support "


class StillClock:
    """A clock that has stopped, so that each walk shows the same."""

    def now(self) -> dt.datetime:
        return NOW

    def today(self) -> dt.date:
        return NOW.date()


@dataclass(frozen=True, slots=True)
class Stage:
    """``home`` is where the program keeps its files while it is here."""

    app: QApplication
    home: Path


@contextmanager
def stage() -> Iterator[Stage]:
    """Set everything up; the folder is gone afterwards, and the keyring is never touched."""
    with TemporaryDirectory(prefix="kam-desktop-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.environ[HOME_VARIABLE] = folder
        # Paths are shown from the home folder on, so they look the same each time.
        os.environ["HOME"] = os.environ["USERPROFILE"] = folder
        # A passphrase is typed where one is asked for, as by hand.
        os.environ.pop(PASSPHRASE_VARIABLE, None)
        os.environ["TZ"] = ZONE
        if hasattr(time, "tzset"):
            time.tzset()
        set_language("en")
        set_region(_REGION)
        QLocale.setDefault(QLocale(_REGION))
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
        yield Stage(_application(), home)


def _application() -> QApplication:
    qInstallMessageHandler(_pass_on)
    app = QApplication(["kam-desktop"])
    app.setApplicationName("KAM Desktop")
    app.setOrganizationName("KAM Desktop")
    app.setQuitOnLastWindowClosed(False)
    app.setCursorFlashTime(0)
    add_bundled_fonts()
    app.setFont(QFont(UI_FAMILY))
    return app


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    if not text.startswith(_KNOWN_OF_OFFSCREEN):
        sys.stderr.write(f"{text}\n")


@contextmanager
def running(app: QApplication, **preferences: Any) -> Iterator[Program]:
    """The program with these preferences, taken down in order at the end."""
    PreferenceStore(config_folder() / PREFERENCES_FILE).update(
        **{"last_portfolio": "", "font_scale": 1.0, **preferences}
    )
    program = Program(app, StillClock())
    try:
        yield program
    finally:
        program.take_down()
