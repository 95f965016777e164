"""A field that searches while one types."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.icons import pixmap
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.buttons import ICON_SIZE

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
        # An action's icon would keep its size when the text grows.
        self.setTextMargins(theme().px(ICON_SIZE + Space.S), 0, 0, 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self._search)
        self.textChanged.connect(self._timer.start)
        self.returnPressed.connect(self._search)

    def _search(self) -> None:
        self._timer.stop()
        self.searched.emit(self.text().strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme()
        side = look.px(ICON_SIZE)
        painter = QPainter(self)
        glass = pixmap("search", look.colours.text3, side, self.devicePixelRatioF())
        top = (self.height() - side) // 2
        painter.drawPixmap(look.px(Space.S) + 1, top, side, side, glass)
