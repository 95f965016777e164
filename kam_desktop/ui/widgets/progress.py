"""Bars that show how far something is."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget


class ProgressBar(QProgressBar):
    """A thin bar. ``share`` is 0 … 1; None means that nobody knows (a moving bar)."""

    def __init__(
        self, share: float | None = 0.0, *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.set_share(share)

    def set_share(self, share: float | None) -> None:
        """Show another share."""
        if share is None:
            self.setRange(0, 0)
            return
        self.setRange(0, 1000)
        self.setValue(round(max(0.0, min(1.0, share)) * 1000))
