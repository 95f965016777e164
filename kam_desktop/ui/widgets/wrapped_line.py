"""One line of text, drawn over as many lines as it needs, so that none of it is out of sight."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from kam_desktop.ui.theme import theme
from kam_desktop.ui.widgets.fields import InlineEditor, InlineText

_ROOM = 12
"""Padding and border of the style sheet, above and below."""


class WrappedLine(InlineText):
    """Enter ends the editing; the value has no line breaks and no outer space."""

    text: _Paper

    def __init__(
        self, label: str, *, show_label: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(label, show_label=show_label, parent=parent)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            # Room that is left beside a higher neighbour lies below, not between label and text.
            column.addStretch(1)

    def _make_editor(self) -> QWidget:
        self.text = _Paper()
        self.text.setTabChangesFocus(True)
        self.text.document().setDocumentMargin(0)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.textChanged.connect(self._edited)
        self.text.textChanged.connect(self.text.fit)
        self._stored = ""
        return self.text

    def set_lines(self, count: int) -> None:
        """It is as high as its text, never higher."""

    def is_first_line(self) -> bool:
        """Whether the cursor is where Up leaves the text."""
        return not self._can_move(QTextCursor.MoveOperation.Up)

    def is_last_line(self) -> bool:
        """Whether the cursor is where Down leaves the text."""
        return not self._can_move(QTextCursor.MoveOperation.Down)

    def _can_move(self, way: QTextCursor.MoveOperation) -> bool:
        return QTextCursor(self.text.textCursor()).movePosition(way)

    def _draft(self) -> str:
        return " ".join(self.text.toPlainText().split())

    def _show(self, value: Any) -> None:
        super()._show(value)
        self.text.moveCursor(QTextCursor.MoveOperation.End)

    def _ends_editing(self, event: QKeyEvent) -> bool:
        return InlineEditor._ends_editing(self, event)


class _Paper(QPlainTextEdit):
    """As high as its text, whatever width it is given."""

    def fit(self) -> None:
        """Take the height the text needs."""
        document = self.document()
        block, lines = document.begin(), 0
        while block.isValid():
            # Blocks are broken into lines when they are asked for, and not before.
            document.documentLayout().blockBoundingRect(block)
            lines += max(1, block.layout().lineCount())
            block = block.next()
        height = max(1, lines) * self.fontMetrics().lineSpacing() + theme().px(_ROOM)
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()
