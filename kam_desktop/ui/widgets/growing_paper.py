"""Where text is typed, as high as the text at whatever width it is given."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget


class GrowingPaper(QPlainTextEdit):
    """From ``fewest`` lines up to ``most``; then it scrolls."""

    def __init__(self, fewest: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fewest, self._most = fewest, most
        self.textChanged.connect(self.fit)

    def set_fewest(self, count: int) -> None:
        """The height of the empty paper, in lines."""
        self._fewest = count
        self.fit()

    def fit(self) -> None:
        """Take the height the text needs."""
        count, height = self._lines()
        lines = min(self._most, max(self._fewest, count))
        around = 2 * math.ceil(self.document().documentMargin())
        for margins in (self.contentsMargins(), self.viewportMargins()):
            around += margins.top() + margins.bottom()
        # One more, or Qt takes the last line for one to scroll to.
        whole = math.ceil(lines * height) + around + 1
        if self.minimumHeight() != whole or self.maximumHeight() != whole:
            self.setFixedHeight(whole)

    def _lines(self) -> tuple[int, float]:
        """How many lines there are, counted up to the most, and how high the highest is."""
        document = self.document()
        block, count, highest = document.begin(), 0, float(self.fontMetrics().lineSpacing())
        while block.isValid() and count < self._most:
            # Blocks are broken into lines when they are asked for, and not before.
            document.documentLayout().blockBoundingRect(block)
            lines = max(1, block.layout().lineCount())
            height = block.layout().boundingRect().height()
            count += lines
            # What a font says of its lines is rounded otherwise than what is drawn of it.
            highest = max(highest, height / lines)
            block = block.next()
        return count, highest

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()
