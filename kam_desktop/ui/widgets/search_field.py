"""A field that searches while one types."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.icons import icon

PAUSE_MS = 10


class SearchField(QLineEdit):
    """``searched`` carries the text as soon as typing pauses for a moment, and at once on Enter."""

    searched = Signal(str)

    def __init__(
        self, placeholder: str = "", *, pause_ms: int = PAUSE_MS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder or _("Search"))
        self.setAccessibleName(placeholder or _("Search"))
        self.setClearButtonEnabled(True)
        self._glass = QAction(icon("search", "text3"), "", self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self._search)
        self.textChanged.connect(self._timer.start)
        self.returnPressed.connect(self._search)

    def _search(self) -> None:
        self._timer.stop()
        self.searched.emit(self.text().strip())
