"""The row of buttons above the map."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

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
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(px(Space.XS))
        self._first, self._tools = QHBoxLayout(), QWidget(self)
        self._first.setSpacing(px(Space.XS))
        self._lines.addLayout(self._first)
        row = self._first
        for action in views:
            button = QToolButton()
            button.setProperty("kind", "text")
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            row.addWidget(button)
        row.addSpacing(px(Space.S))
        self._hint = ElidedLabel("", "hint")
        row.addWidget(self._hint, 1)
        row.addWidget(self._tools)
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(Space.XS))
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

    def minimumSizeHint(self) -> QSize:
        """As narrow as its wider line; it goes on in a second line where there is no more room."""
        return QSize(self._tools.sizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        views = sum(
            item.sizeHint().width() + self._first.spacing()
            for item in map(self._first.itemAt, range(self._first.count()))
            if item is not None and item.widget() not in (self._tools, self._hint)
        )
        beside = views + self._tools.sizeHint().width() <= event.size().width()
        if beside != (self._first.indexOf(self._tools) >= 0):
            self._first.removeWidget(self._tools)
            self._lines.removeWidget(self._tools)
            if beside:
                self._first.addWidget(self._tools)
            else:
                self._lines.addWidget(self._tools, 0, Qt.AlignmentFlag.AlignLeft)

    def show_hint(self, text: str) -> None:
        """Say what is left out of the drawing; nothing when all is there."""
        self._hint.setText(text)

    def show_zoom(self, zoom: float) -> None:
        """Show the scale (1.0 is 100 %)."""
        self._zoom.setText(f"{round(zoom * 100)} %")
