"""Long work the user can see and cancel."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from kam_desktop.services.errors import CancelledError

SHOW_AFTER_S = 0.6
TICK_MS = 100


class TaskToken:
    """Handed to long work: it reports progress here and asks whether to go on.

    Written by a worker and read by the GUI thread; both only ever replace whole values.
    """

    __slots__ = ("_cancelled", "done", "started", "text", "title", "total")

    def __init__(self, title: str = "") -> None:
        self.title = title
        self.text = ""
        self.done = 0.0
        self.total = 0.0
        self.started = 0.0
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next `check`."""
        self._cancelled = True

    def is_cancelled(self) -> bool:
        """`cancelled` as a function, for services that take one."""
        return self._cancelled

    def check(self) -> None:
        """Raise ``CancelledError`` when the user has cancelled."""
        if self._cancelled:
            raise CancelledError(self.title)

    def progress(self, done: float, total: float = 0.0, text: str = "") -> None:
        """Report ``done`` of ``total`` (0: unknown) and stop here when cancelled."""
        self.done, self.total = done, total
        if text:
            self.text = text
        self.check()


@dataclass(frozen=True, slots=True)
class TaskView:
    """What the window shows of one running task. ``share`` is 0 … 1, or None when unknown."""

    token: TaskToken
    title: str
    text: str
    share: float | None
    cancelled: bool


class TaskList(QObject):
    """The work under way. ``changed`` carries a tuple of `TaskView`, at most ten times a second.

    A task without a title stays hidden; one with a title appears after 600 ms, so that quick work
    never flashes.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: list[TaskToken] = []
        self._shown: tuple[TaskView, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def shown(self) -> tuple[TaskView, ...]:
        return self._shown

    def add(self, token: TaskToken) -> None:
        """Follow a task that was just started."""
        token.started = time.monotonic()
        self._running.append(token)
        if token.title and not self._timer.isActive():
            self._timer.start()

    def remove(self, token: TaskToken) -> None:
        """Forget a task that has ended."""
        if token in self._running:
            self._running.remove(token)
        if not any(task.title for task in self._running):
            self._timer.stop()
        self._publish(time.monotonic())

    def cancel_all(self) -> None:
        """Ask everything under way to stop."""
        for token in self._running:
            token.cancel()

    def _tick(self) -> None:
        self._publish(time.monotonic())

    def _publish(self, now: float) -> None:
        shown = tuple(
            _view(token)
            for token in self._running
            if token.title and now - token.started >= SHOW_AFTER_S
        )
        if shown != self._shown:
            self._shown = shown
            self.changed.emit(shown)


def _view(token: TaskToken) -> TaskView:
    share = min(1.0, token.done / token.total) if token.total > 0 else None
    return TaskView(token, token.title, token.text, share, token.cancelled)
