"""The row of buttons above the map."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, ElidedLabel, IconButton, text_label


class MapToolbar(QWidget):
    """Views at the left, what is done most in words, the rest as icons, and the zoom."""

    def __init__(
        self,
        *,
        views: Sequence[QAction],
        main: Sequence[tuple[QAction, str]],
        tools: Sequence[tuple[QAction, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        px = theme().px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.XS))
        for action in views:
            button = QToolButton()
            button.setProperty("kind", "text")
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            row.addWidget(button)
        row.addSpacing(px(Space.S))
        self._hint = ElidedLabel("", "hint")
        row.addWidget(self._hint, 1)
        for action, icon_name in main:
            labelled = Button(icon_name=icon_name)
            row.addWidget(labelled)
            labelled.follow(action)
        row.addSpacing(px(Space.S))
        for action, icon_name in tools:
            tool = IconButton(icon_name, action.text())
            tool.follow(action)
            row.addWidget(tool)
        self._zoom = text_label("100 %", "small")
        self._zoom.setMinimumWidth(px(40))
        row.addWidget(self._zoom)

    def show_hint(self, text: str) -> None:
        """Say what is left out of the drawing; nothing when all is there."""
        self._hint.setText(text)

    def show_zoom(self, zoom: float) -> None:
        """Show the scale (1.0 is 100 %)."""
        self._zoom.setText(f"{round(zoom * 100)} %")
