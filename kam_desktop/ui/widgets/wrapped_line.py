"""One line of text, drawn over as many lines as it needs, so that none of it is out of sight."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from kam_desktop.ui.theme import theme
from kam_desktop.ui.widgets.fields import InlineEditor
from kam_desktop.ui.widgets.growing_paper import GrowingPaper
from kam_desktop.ui.widgets.growing_text import GrowingText

_MOST = 1_000
_MARGIN = 2


class WrappedLine(GrowingText):
    """Enter ends the editing; the value has no line breaks and no outer space."""

    def _make_paper(self) -> GrowingPaper:
        paper = GrowingPaper(1, _MOST)
        # As far from the frame as the text in a field for one line is, and with room for the
        # cursor behind the last letter, or the text is scrolled aside for it.
        paper.document().setDocumentMargin(_MARGIN)
        above = max(0, theme().px(_MARGIN) - _MARGIN)
        paper.setViewportMargins(0, above, 0, above)
        paper.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        paper.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return paper

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
