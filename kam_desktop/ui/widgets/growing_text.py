"""A text editor that is as high as its text, within limits."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets.fields import InlineText

_FEWEST, _MOST = 2, 14


class GrowingText(InlineText):
    """From two lines up to fourteen; then it scrolls."""

    def __init__(
        self, label: str, *, show_label: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(label, show_label=show_label, parent=parent)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            # Room that is left beside a higher neighbour lies below, not between label and text.
            column.addStretch(1)

    def _make_editor(self) -> QWidget:
        editor = super()._make_editor()
        self.text.setMinimumHeight(0)
        self.text.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.set_lines(_FEWEST)
        return editor

    def set_lines(self, count: int) -> None:
        self._fewest = count
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self, _size: object = None) -> None:
        lines = self._visual_lines(self.text)
        lines = min(_MOST, max(self._fewest, lines))
        height = lines * self.text.fontMetrics().lineSpacing() + theme().px(Space.L + Space.S)
        if self.text.height() != height:
            self.text.setFixedHeight(height)

    @staticmethod
    def _visual_lines(text: QPlainTextEdit) -> int:
        # A plain text document measures itself in lines, not in pixels.
        return round(text.document().size().height())
