"""The row of buttons above the map."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QToolButton, QVBoxLayout, QWidget

from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, ElidedLabel, IconButton, text_label
from kam_desktop.ui.widgets.flow import FlowLayout


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
        self._buttons: dict[QAction, QWidget] = {}
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
        height = px(Space.XXL)
        flow = FlowLayout(self._tools, spacing=px(Space.XS))
        for action, icon_name in main:
            labelled = Button(icon_name=icon_name)
            flow.addWidget(labelled)
            labelled.follow(action)
            height = labelled.sizeHint().height()
        for action, icon_name in tools:
            tool = IconButton(icon_name, action.text())
            tool.follow(action)
            tool.setMinimumHeight(height)
            self._buttons[action] = tool
            flow.addWidget(tool)
        self._zoom = text_label("100 %", "small")
        self._zoom.setMinimumSize(px(40), height)
        flow.addWidget(self._zoom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        views = _natural_width(self._first, self._tools, self._hint)
        tools = _natural_width(self._tools.layout())
        beside = views + tools <= event.size().width()
        self._tools.setMinimumWidth(tools if beside else 0)
        if beside != (self._first.indexOf(self._tools) >= 0):
            self._first.removeWidget(self._tools)
            self._lines.removeWidget(self._tools)
            if beside:
                self._first.addWidget(self._tools)
            else:
                self._lines.addWidget(self._tools)

    def button_of(self, action: QAction) -> QWidget | None:
        """The icon button of an action that is to be seen, None without one."""
        button = self._buttons.get(action)
        return button if button is not None and button.isVisible() else None

    def show_hint(self, text: str) -> None:
        """Say what is left out of the drawing; nothing when all is there."""
        self._hint.setText(text)

    def show_zoom(self, zoom: float) -> None:
        """Show the scale (1.0 is 100 %)."""
        self._zoom.setText(f"{round(zoom * 100)} %")


def _natural_width(layout: QLayout | None, *without: QWidget) -> int:
    """How wide a row is when nothing in it gives way, in pixels."""
    if layout is None:
        return 0
    items = [item for item in map(layout.itemAt, range(layout.count())) if item is not None]
    kept = [item for item in items if item.widget() not in without]
    return sum(item.sizeHint().width() + layout.spacing() for item in kept)
