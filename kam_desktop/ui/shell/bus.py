"""Tells every view what a commit changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from kam_desktop.services.storage.changes import ChangeSet


class Bus(QObject):
    """``changed`` carries a `ChangeSet`, on the GUI thread, after its commit."""

    changed = Signal(object)

    def publish(self, changes: ChangeSet | None) -> None:
        """Tell the views; nothing is sent for an action that changed nothing."""
        if changes is not None and not changes.empty:
            self.changed.emit(changes)
