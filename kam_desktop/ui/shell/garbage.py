"""Cyclic garbage is collected on the GUI thread only.

A collection on a worker thread could destroy Qt objects there, which crashes.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 1_000


class GarbageCollector(QObject):
    """Turns the automatic collector off and collects from a timer until `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.check)
        self._timer.start()

    def check(self) -> int:
        """Collect the generations that are due; returns the number of objects found."""
        thresholds = gc.get_threshold()
        for generation in (2, 1, 0):
            if thresholds[generation] and gc.get_count()[generation] > thresholds[generation]:
                return gc.collect(generation)
        return 0

    def stop(self) -> None:
        """Leave collecting to Python again."""
        self._timer.stop()
        gc.enable()
