"""One line of text, drawn over as many lines as it needs, so that none of it is out of sight."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QWidget

from kam_desktop.ui.theme import theme
from kam_desktop.ui.widgets.fields import InlineEditor, InlineText

_ROOM = 12
"""Padding and border of the style sheet, above and below."""


class WrappedLine(InlineText):
    """Enter ends the editing; the value has no line breaks and no outer space."""

    def _make_editor(self) -> QWidget:
        editor = super()._make_editor()
        self.text.document().setDocumentMargin(0)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.set_lines(1)
        return editor

    def set_lines(self, count: int) -> None:
        del count
        self.text.setMinimumHeight(0)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def is_first_line(self) -> bool:
        """Whether the cursor is where Up leaves the text."""
        return not self._can_move(QTextCursor.MoveOperation.Up)

    def is_last_line(self) -> bool:
        """Whether the cursor is where Down leaves the text."""
        return not self._can_move(QTextCursor.MoveOperation.Down)

    def _can_move(self, way: QTextCursor.MoveOperation) -> bool:
        return QTextCursor(self.text.textCursor()).movePosition(way)

    def _fit(self, _size: object = None) -> None:
        lines = max(1, round(self.text.document().size().height()))
        height = lines * self.text.fontMetrics().lineSpacing() + theme().px(_ROOM)
        if self.text.height() != height:
            self.text.setFixedHeight(height)

    def _draft(self) -> str:
        return " ".join(self.text.toPlainText().split())

    def _show(self, value: Any) -> None:
        super()._show(value)
        self.text.moveCursor(QTextCursor.MoveOperation.End)

    def _ends_editing(self, event: QKeyEvent) -> bool:
        return InlineEditor._ends_editing(self, event)
