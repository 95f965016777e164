"""One process per portfolio: an operating system lock, with the owner's name beside it.

The lock lives in the kernel and goes with the process, so a lock file left by a crash or a power
cut blocks nobody. The text in the file only says who holds the lock; without the lock it means
nothing.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import json
import os
import socket
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType

from kam_desktop.models.text import instant_text, parse_instant
from kam_desktop.services.clock import Clock, SystemClock
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.problems import Problem, StorageFaultError

# Windows locks are mandatory, so the locked byte lies far behind the text that others must read.
_LOCKED_BYTE = 1 << 30


@dataclass(frozen=True, slots=True)
class LockOwner:
    """Who holds a portfolio; ``since`` is an aware instant."""

    pid: int
    user: str
    host: str
    since: dt.datetime


class PortfolioInUseError(StorageFaultError):
    """Another process has the portfolio open; ``owner`` is None when it could not be read."""

    def __init__(self, portfolio: Path, owner: LockOwner | None) -> None:
        super().__init__(
            Problem.IN_USE,
            _in_use(portfolio, owner),
            remedy=_("Nothing was changed. Switch to that window, or close it and try again."),
        )
        self.owner = owner


class PortfolioLock:
    """Holds a portfolio from `acquire` to `release`; also a context manager.

    The file beside the portfolio stays after the release, empty: removing a lock file that another
    process is just opening would let two processes in.
    """

    def __init__(self, portfolio: Path, clock: Clock | None = None) -> None:
        # Two names of one file (a link) must not be two locks.
        self.portfolio = portfolio.resolve()
        self.path = lock_path(self.portfolio)
        self._clock = clock or SystemClock()
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock or raise `PortfolioInUseError`.

        Raises ``StorageError`` when no lock file can be made in the folder.
        """
        if self._descriptor is not None:
            raise RuntimeError("the lock is already held by this object")
        descriptor = self._open()
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise PortfolioInUseError(self.portfolio, read_owner(self.portfolio)) from error
        self._descriptor = descriptor
        self._write_owner()

    def release(self) -> None:
        """Let go; safe to call when nothing is held."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, 0)
        # Closing lets go of the lock on every system.
        os.close(descriptor)

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._descriptor is not None

    def __enter__(self) -> PortfolioLock:
        if not self.held:
            self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        try:
            return os.open(self.path, flags, 0o600)
        except OSError as error:
            raise StorageFaultError(
                Problem.READ_ONLY,
                _("The folder {folder} cannot be written: {reason}.").format(
                    folder=self.path.parent, reason=error.strerror or error
                ),
                remedy=_("Check the rights on the folder, or open the portfolio for reading only."),
            ) from error

    def _write_owner(self) -> None:
        assert self._descriptor is not None
        owner = LockOwner(os.getpid(), _user(), socket.gethostname(), self._clock.now())
        text = json.dumps({**asdict(owner), "since": instant_text(owner.since)})
        # Who holds it is a courtesy: a full disk must not keep the portfolio closed.
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, text.encode())


def lock_path(portfolio: Path) -> Path:
    """Where the lock file of a portfolio lies."""
    return portfolio.with_name(f"{portfolio.name}.lock")


def read_owner(portfolio: Path) -> LockOwner | None:
    """Who is written in the lock file; None when nobody is, or it cannot be read."""
    try:
        raw = json.loads(lock_path(portfolio).read_bytes())
        since = parse_instant(raw["since"])
        return LockOwner(int(raw["pid"]), str(raw["user"]), str(raw["host"]), since)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _in_use(portfolio: Path, owner: LockOwner | None) -> str:
    if owner is None:
        return _("“{name}” is open in another window or program.").format(name=portfolio.name)
    return _("“{name}” is open already: by {user} on {host} since {since} (process {pid}).").format(
        name=portfolio.name,
        user=owner.user,
        host=owner.host,
        since=f"{owner.since.astimezone():%Y-%m-%d %H:%M}",
        pid=owner.pid,
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
