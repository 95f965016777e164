"""A plan or an import under way: stopping it, and its progress, which appears late."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal

from kam_desktop.services.exchange.tables import TaskProgress

_SHOW_AFTER_MS = 600
_TICK_MS = 100


@dataclass(slots=True)
class _Run:
    """Written by a worker, read by the page."""

    stop: threading.Event = field(default_factory=threading.Event)
    share: float | None = None

    def report(self, share: float) -> None:
        self.share = share


class Running(QObject):
    """One piece of work at a time. ``ticked`` is emitted when its progress should be shown anew."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run: _Run | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_SHOW_AFTER_MS)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._late.timeout.connect(self._tick.start)
        for timer in (self._late, self._tick):
            timer.timeout.connect(self.ticked)

    @property
    def under_way(self) -> bool:
        """Whether something is."""
        return self._run is not None

    @property
    def share(self) -> float | None:
        """How far it is, 0 … 1; None when that is not known."""
        return None if self._run is None else self._run.share

    def begin(self) -> TaskProgress:
        """Begin a piece of work; what is returned goes to the worker."""
        run = self._run = _Run()
        self._late.start()
        return TaskProgress(run.report, run.stop.is_set)

    def stop(self) -> None:
        """Ask the worker to stop."""
        if self._run is not None:
            self._run.stop.set()

    def end(self) -> None:
        """It is over."""
        self._run = None
        self._late.stop()
        self._tick.stop()
