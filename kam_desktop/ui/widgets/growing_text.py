"""A text editor that is as high as its text, within limits."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.ui.widgets.fields import InlineText
from kam_desktop.ui.widgets.growing_paper import GrowingPaper

_FEWEST, _MOST = 2, 14


class GrowingText(InlineText):
    """From two lines up to fourteen; then it scrolls."""

    text: GrowingPaper

    def __init__(
        self, label: str, *, show_label: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(label, show_label=show_label, parent=parent)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            # Room that is left beside a higher neighbour lies below, not between label and text.
            column.addStretch(1)

    def _make_editor(self) -> QWidget:
        self.text = self._make_paper()
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._edited)
        self._stored = ""
        return self.text

    def _make_paper(self) -> GrowingPaper:
        return GrowingPaper(_FEWEST, _MOST)

    def set_lines(self, count: int) -> None:
        self.text.set_fewest(count)
