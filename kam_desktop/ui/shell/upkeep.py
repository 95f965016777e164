"""What the program does by itself while nobody waits: it keeps each day's scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from kam_desktop.services.i18n import _
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.shell.bus import Bus
from kam_desktop.ui.shell.lanes import Lanes

if TYPE_CHECKING:
    from kam_desktop.services.storage.portfolio import Portfolio

AT_ONCE = 10
PAUSE_MS = 200
AGAIN_MS = 60 * 60 * 1000


class Upkeep(QObject):
    """Keeps the scores of a few accounts at a time, between the user's own changes.

    It has no entry in the user's undo and tells nothing; a failure is tried again an hour later.
    """

    def __init__(
        self, portfolio: Portfolio, lanes: Lanes, bus: Bus, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._portfolio = portfolio
        self._lanes = lanes
        self._bus = bus
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.step)

    def start(self) -> None:
        """Begin as soon as the window has time."""
        self._timer.start(PAUSE_MS)

    def stop(self) -> None:
        """Nothing more by itself."""
        self._timer.stop()

    @property
    def waits(self) -> bool:
        """Whether it will go on by itself."""
        return self._timer.isActive()

    def step(self) -> None:
        """Keep a few scores, unless the user is waiting for something."""
        if self._lanes.busy:
            self._timer.start(PAUSE_MS)
            return
        self._lanes.write(self, self._keep_some, on_done=self._kept, on_error=self._failed)

    def _keep_some(self) -> tuple[int, ChangeSet | None]:
        from kam_desktop.services.health import keep_daily_snapshots

        label = _("Keep the scores of the day")
        with self._portfolio.unit_of_work(label, origin="program") as work:
            kept = keep_daily_snapshots(work, limit=AT_ONCE)
        return kept, work.changes

    def _kept(self, outcome: tuple[int, ChangeSet | None]) -> None:
        kept, changes = outcome
        self._bus.publish(changes)
        self._timer.start(PAUSE_MS if kept else AGAIN_MS)

    def _failed(self, _error: BaseException) -> None:
        self._timer.start(AGAIN_MS)
