"""Backups and keys of the open portfolio, as the window sees them."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kam_desktop.services.clock import Clock
from kam_desktop.services.errors import CancelledError, StorageError
from kam_desktop.services.formatting import relative_date, time
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.failures import damage_found
from kam_desktop.services.storage.problems import Problem, StorageFaultError
from kam_desktop.ui.shell.lanes import Lanes
from kam_desktop.ui.shell.operations import Notifier
from kam_desktop.ui.shell.tasks import TaskToken

if TYPE_CHECKING:
    from kam_desktop.services.opening import OpenPortfolio
    from kam_desktop.services.storage.backup_files import BackupInfo

_log = logging.getLogger(__name__)
CHECK_EVERY_MS = 15 * 60 * 1000


@dataclass(frozen=True, slots=True)
class RestoreWanted:
    """The backup to go back to with its key, and the portfolio with its own."""

    backup: Path
    backup_key: bytes = field(repr=False)
    portfolio: Path
    key: bytes = field(repr=False)


class Safekeeping(QObject):
    """``backups_changed`` carries the list of backups, newest first.

    ``restore_wanted`` carries a `RestoreWanted`: the program closes the portfolio, restores and
    opens it again. ``damage_found`` carries the text to show when the file turns out to be damaged,
    once. ``unsaved_recovery_key`` is a new recovery key whose sheet could not be written
    yet; it is kept here, as the one on the old sheet opens nothing any more.
    """

    backups_changed = Signal(object)
    restore_wanted = Signal(object)
    damage_found = Signal(object)

    def __init__(
        self,
        opened: OpenPortfolio,
        lanes: Lanes,
        notifier: Notifier,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.opened = opened
        self._lanes = lanes
        self._notifier = notifier
        self._clock = clock
        self.unsaved_recovery_key = ""
        self._told: set[str] = set()
        self._damage_told = False
        self._timer = QTimer(self)
        self._timer.setInterval(CHECK_EVERY_MS)
        self._timer.timeout.connect(self.back_up_if_due)

    @property
    def path(self) -> Path:
        return self.opened.portfolio.path

    @property
    def key(self) -> bytes:
        """For services only; never shown or written."""
        return self.opened.key

    def start(self) -> None:
        """Look now, and from now on every quarter of an hour, whether a backup is due."""
        self.list_backups()
        if not self.opened.portfolio.read_only:
            self._timer.start()
            self.back_up_if_due()

    def stop(self) -> None:
        """No further backups by themselves."""
        self._timer.stop()

    def list_backups(self) -> None:
        """Look up which backups there are."""
        self._lanes.io(self, _list, self.path, on_done=self._listed)

    def back_up_now(self) -> None:
        """Make a backup because the user asked."""
        self._lanes.io(
            self,
            _make,
            self.path,
            self.key,
            self._clock.now(),
            title=_("Backing up"),
            on_done=self._made,
        )

    def check_now(self) -> None:
        """Read the whole portfolio because the user asked whether it is sound."""
        self._lanes.io(
            self,
            _check,
            self.path,
            self.key,
            title=_("Checking the portfolio"),
            on_done=self._checked,
        )

    def _checked(self, problems: list[str]) -> None:
        if not problems:
            self._notifier.notify(_("The whole portfolio was read. It is sound."), kind="good")
            return
        self.tell_of_damage(damage_found(self.path))

    def tell_of_damage(self, fault: StorageError) -> None:
        """The file is damaged: write nothing more, say so once, and refuse each further change."""
        self.opened.portfolio.stop_writing()
        self.stop()
        if not self._damage_told:
            self._damage_told = True
            self.damage_found.emit(fault)
        elif isinstance(fault, StorageFaultError) and fault.problem is Problem.WRITING_STOPPED:
            self._notifier.notify(str(fault), kind="bad")

    def back_up_if_due(self) -> None:
        """Make an automatic backup when there is none that is recent enough."""
        self._lanes.io(
            self,
            _make_if_due,
            self.path,
            self.key,
            self._clock.now(),
            on_done=self._made_automatically,
            on_error=self._not_made_automatically,
        )

    def _made(self, info: BackupInfo) -> None:
        self._notifier.notify(
            _("Backed up to {folder}.").format(folder=info.path.parent), kind="good"
        )
        self.list_backups()

    def _made_automatically(self, info: BackupInfo | None) -> None:
        if info is not None:
            self.list_backups()
        self._warn_if_stale()

    def _not_made_automatically(self, error: BaseException) -> None:
        if isinstance(error, CancelledError):
            return
        if not isinstance(error, StorageError):
            self._lanes.failed.emit(error)
            return
        _log.warning("an automatic backup failed: %s", error)
        if isinstance(error, StorageFaultError) and error.problem is Problem.BACKUP_FAILED:
            # A copy that is not whole is most often one of a file that is not.
            self._lanes.io(self, _check, self.path, self.key, on_done=self._checked_quietly)
        self._tell_once(_("No backup could be made. {reason}").format(reason=error))
        self._warn_if_stale()

    def _checked_quietly(self, problems: list[str]) -> None:
        if problems:
            self._checked(problems)

    def _warn_if_stale(self) -> None:
        self._lanes.io(self, _stale, self.path, self._clock.now(), on_done=self._tell_once)

    def _tell_once(self, text: str | None) -> None:
        """Not every quarter of an hour."""
        if text and text not in self._told:
            self._told.add(text)
            self._notifier.notify(
                text, kind="warn", action_text=_("Back up now"), action=self.back_up_now
            )

    def _listed(self, backups: list[BackupInfo]) -> None:
        self.backups_changed.emit(backups)


def backup_text(backups: list[BackupInfo], today: dt.date) -> str:
    """When the newest backup was made: ``Backed up 09:12``, ``Backed up 3 days ago``."""
    if not backups:
        return _("no backup yet")
    at = backups[0].taken_at.astimezone()
    when = time(at) if at.date() == today else relative_date(at.date(), today)
    return _("Backed up {when}").format(when=when)


def _list(path: Path) -> list[BackupInfo]:
    from kam_desktop.services.storage.backup_files import backup_folder, list_backups

    return list_backups(backup_folder(path), path)


def _make(path: Path, key: bytes, now: dt.datetime, *, task: TaskToken) -> BackupInfo:
    from kam_desktop.services.storage.backup import make_backup
    from kam_desktop.services.storage.backup_files import backup_folder

    return make_backup(
        path,
        key,
        backup_folder(path),
        now=now,
        progress=task.progress,
        cancelled=task.is_cancelled,
    )


def _make_if_due(path: Path, key: bytes, now: dt.datetime, *, task: TaskToken) -> BackupInfo | None:
    from kam_desktop.services.storage.backup import automatic_backup
    from kam_desktop.services.storage.backup_files import backup_folder

    return automatic_backup(path, key, backup_folder(path), now=now, cancelled=task.is_cancelled)


def _check(path: Path, key: bytes, *, task: TaskToken) -> list[str]:
    from kam_desktop.services.storage.damage import check

    return check(path, key, cancelled=task.is_cancelled)


def _stale(path: Path, now: dt.datetime) -> str | None:
    from kam_desktop.services.storage.backup_files import (
        backup_folder,
        changed_at,
        list_backups,
        stale_notice,
    )

    return stale_notice(list_backups(backup_folder(path), path), changed_at(path), now)
