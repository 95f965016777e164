"""Where text is typed, as high as the text at whatever width it is given."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kam_desktop.ui.theme import theme


class GrowingPaper(QPlainTextEdit):
    """From ``fewest`` lines up to ``most``; then it scrolls. ``room`` is for margin and frame."""

    def __init__(self, fewest: int, most: int, room: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fewest, self._most, self._room = fewest, most, room
        self.textChanged.connect(self.fit)

    def set_fewest(self, count: int) -> None:
        """The height of the empty paper, in lines."""
        self._fewest = count
        self.fit()

    def fit(self) -> None:
        """Take the height the text needs."""
        lines = min(self._most, max(self._fewest, self._line_count()))
        height = lines * self.fontMetrics().lineSpacing() + theme().px(self._room)
        if self.minimumHeight() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)

    def _line_count(self) -> int:
        document = self.document()
        block, lines = document.begin(), 0
        while block.isValid() and lines < self._most:
            # Blocks are broken into lines when they are asked for, and not before.
            document.documentLayout().blockBoundingRect(block)
            lines += max(1, block.layout().lineCount())
            block = block.next()
        return lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()
