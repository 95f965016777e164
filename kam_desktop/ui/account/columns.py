"""Columns of cards side by side, or under each other where the window or the type leave no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kam_desktop.ui.theme import Space, theme

NARROW = 720
"""Below this width (at scale 1) the columns stand under each other."""


class Columns(QWidget):
    """``columns`` are lists of widgets, each with its share of the width.

    ``last`` ends the first column, and all of them when they stand under each other.
    """

    def __init__(
        self,
        *columns: tuple[Sequence[QWidget], int],
        last: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        gap = theme().px(Space.M)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        self._last = last
        self._shares = [share for _widgets, share in columns]
        for widgets, share in columns:
            column = QVBoxLayout()
            column.setSpacing(gap)
            for widget in widgets:
                column.addWidget(widget)
            column.addStretch(1)
            self._box.addLayout(column, share)
        self._place_last(False)

    @property
    def narrow(self) -> bool:
        """Whether the columns stand under each other."""
        return self._box.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit(event.size().width())

    def fit(self, width: int) -> None:
        """Arrange the columns for a width in pixels."""
        narrow = width < theme().px(NARROW)
        if narrow == self.narrow:
            return
        self._place_last(narrow)
        ways = QBoxLayout.Direction
        self._box.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        for at, share in enumerate(self._shares):
            self._box.setStretch(at, 0 if narrow else share)

    def _place_last(self, narrow: bool) -> None:
        first = self._box.itemAt(0)
        column = None if first is None else first.layout()
        if self._last is None or not isinstance(column, QVBoxLayout):
            return
        if narrow:
            column.removeWidget(self._last)
            self._box.addWidget(self._last)
        else:
            self._box.removeWidget(self._last)
            column.insertWidget(column.count() - 1, self._last)
