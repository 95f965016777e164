"""Where work runs that must not hold up the window.

Three kinds of lane: *write* (one thread: one transaction after the other), *read* (two) and *io*
(four: files, PDF). Results come back on the GUI thread through one queued signal.
"""

from __future__ import annotations

import inspect
import time
import weakref
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from kam_desktop.services.errors import CancelledError
from kam_desktop.ui.shell.jobs import Callback, Job, Lane, Receiver, alive
from kam_desktop.ui.shell.tasks import TaskList, TaskToken

if TYPE_CHECKING:
    from kam_desktop.services.storage.portfolio import Portfolio

READ_THREADS = 2
IO_THREADS = 4


class ClosedError(RuntimeError):
    """The lanes are closing and take no new change; questions are dropped silently then."""


class Lanes(QObject):
    """Runs work and delivers its results.

    A result is dropped when its owner is gone, or when the same owner asked again with the same
    ``on_done`` meanwhile. Errors go to ``on_error``; without one, ``failed`` is emitted with them
    (a cancelled task says nothing). ``idle`` is emitted when nothing is under way any more.
    """

    failed = Signal(object)
    idle = Signal()
    _arrived = Signal(object)

    def __init__(self, portfolio: Portfolio | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks = TaskList(self)
        self._portfolio = portfolio
        self._latest: dict[object, Job] = {}
        self._under_way: set[Job] = set()
        self._open = True
        self._write = Lane("write", 1, self._send)
        self._read = Lane("read", READ_THREADS, self._send)
        self._io = Lane("io", IO_THREADS, self._send)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether anything is queued, running or not yet delivered."""
        return bool(self._under_way)

    def use(self, portfolio: Portfolio) -> None:
        """Read from and write to ``portfolio`` from now on."""
        self._portfolio = portfolio

    def read(
        self,
        owner: QObject,
        query: Callable[..., Any],
        *args: Any,
        on_done: Receiver,
        on_error: Receiver | None = None,
        title: str = "",
        options: Mapping[str, Any] | None = None,
    ) -> TaskToken:
        """Run ``query(db, *args, **options)`` on a read lane; only the newest answer comes back."""
        portfolio = self._portfolio
        named = dict(options or {})

        def work() -> Any:
            if portfolio is None:
                raise ClosedError
            with portfolio.reading() as db:
                return query(db, *args, **named)

        return self._submit(
            self._read, work, owner, on_done=on_done, on_error=on_error, title=title, newest=True
        )

    def io(
        self,
        owner: QObject,
        function: Callable[..., Any],
        *args: Any,
        on_done: Receiver,
        on_error: Receiver | None = None,
        title: str = "",
    ) -> TaskToken:
        """Run ``function(*args)`` on an io lane; it gets ``task=TaskToken`` when it takes one."""
        token = TaskToken(title)
        extra = {"task": token} if _takes_task(function) else {}

        def work() -> Any:
            return function(*args, **extra)

        return self._submit(
            self._io, work, owner, on_done=on_done, on_error=on_error, title=title, token=token
        )

    def write(
        self,
        owner: QObject | None,
        work: Callable[[], Any],
        *,
        on_done: Receiver,
        on_error: Receiver | None = None,
        title: str = "",
    ) -> TaskToken:
        """Run ``work()`` on the write lane. Pages use `Operations.run` instead."""
        return self._submit(
            self._write, work, owner, on_done=on_done, on_error=on_error, title=title
        )

    def warm_up(self, function: Callable[[], object] | None = None) -> None:
        """Load what the first change will need, behind the user's back (after the first paint)."""
        self.write(None, function or _import_use_cases, on_done=_ignore, on_error=_ignore)

    def close(self, timeout: float = 5.0) -> bool:
        """Refuse new work, cancel what can be, finish what is queued for writing.

        Returns False when a thread was still at work after ``timeout`` seconds.
        """
        self._open = False
        self.tasks.cancel_all()
        for job in self._under_way:
            if job.key is not None:
                job.token.cancel()
        deadline = time.monotonic() + timeout
        ended = [lane.stop(deadline) for lane in (self._write, self._read, self._io)]
        return all(ended)

    def _submit(
        self,
        lane: Lane,
        work: Callable[[], Any],
        owner: QObject | None,
        *,
        on_done: Receiver,
        on_error: Receiver | None,
        title: str,
        newest: bool = False,
        token: TaskToken | None = None,
    ) -> TaskToken:
        if not self._open:
            if lane is self._write:
                raise ClosedError
            return self._dropped(title)
        job = Job(
            work,
            token or TaskToken(title),
            None if owner is None else weakref.ref(owner),
            Callback(on_done),
            None if on_error is None else Callback(on_error),
        )
        if newest and job.on_done is not None:
            job.key = (id(owner), job.on_done.key)
            older = self._latest.get(job.key)
            if older is not None:
                older.token.cancel()
            self._latest[job.key] = job
        self._under_way.add(job)
        self.tasks.add(job.token)
        lane.put(job)
        return job.token

    def _dropped(self, title: str) -> TaskToken:
        # A timer that fires late while the window goes away: nobody waits for the answer any more.
        token = TaskToken(title)
        token.cancel()
        return token

    def _send(self, job: Job) -> None:
        # On a worker thread. The program may be gone already when a late worker ends.
        if isValid(self):
            self._arrived.emit(job)

    def _deliver(self, job: Job) -> None:
        self.tasks.remove(job.token)
        self._under_way.discard(job)
        stale = job.key is not None and self._latest.get(job.key) is not job
        if job.key is not None and not stale:
            del self._latest[job.key]
        try:
            if not stale and alive(job.owner):
                self._hand_over(job)
        finally:
            if not self._under_way:
                self.idle.emit()

    def _hand_over(self, job: Job) -> None:
        if job.error is None:
            if job.on_done is not None:
                job.on_done(job.result)
        elif job.on_error is not None:
            job.on_error(job.error)
        elif not isinstance(job.error, CancelledError):
            self.failed.emit(job.error)


def _ignore(_value: object) -> None:
    """Nobody waits for this."""


def _import_use_cases() -> None:
    import kam_desktop.services.accounts  # noqa: F401


@lru_cache(maxsize=256)
def _takes_task(function: Callable[..., Any]) -> bool:
    try:
        return "task" in inspect.signature(function).parameters
    except (TypeError, ValueError):
        return False
