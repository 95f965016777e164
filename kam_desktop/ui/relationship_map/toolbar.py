"""The row of buttons above the map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, IconButton, text_label

_LEAST_TOOLS = 6
"""Fewer tools than this are not worth having all views as words beside them."""


class MapToolbar(QWidget):
    """Views at the left, what is done most in words, the rest as icons, and the zoom.

    It is always one row: where there is little room, words become icons, the last tools go into a
    menu, and the views become one button with a menu.
    """

    def __init__(
        self,
        *,
        views: Sequence[QAction],
        main: Sequence[tuple[QAction, str]],
        tools: Sequence[tuple[QAction, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = [action for action, _icon in tools]
        self._buttons: dict[QAction, QWidget] = {}
        self._words, self._icons = QWidget(), QWidget()
        self._views, self._view_menu = self._make_views(views)
        height = self._make_main(main)
        self._tools = [self._tool(action, icon_name, height) for action, icon_name in tools]
        self._more = self._make_more(height)
        self._zoom = text_label("100 %", "small")
        self._zoom.setMinimumSize(theme().px(44), height)
        self._build()
        # What does not fit goes into menus: the row itself asks for no width.
        self.setMinimumWidth(1)

    def _make_views(self, views: Sequence[QAction]) -> tuple[QWidget, QToolButton]:
        box = QWidget()
        row = _row(box)
        menu = QMenu(self)
        for action in views:
            button = QToolButton()
            button.setProperty("kind", "text")
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            row.addWidget(button)
            menu.addAction(action)
            action.toggled.connect(self._name_view)
        chooser = QToolButton()
        chooser.setProperty("kind", "text")
        chooser.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chooser.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        chooser.setMenu(menu)
        return box, chooser

    def _make_main(self, main: Sequence[tuple[QAction, str]]) -> int:
        words, icons = _row(self._words), _row(self._icons)
        height = theme().px(Space.XXL)
        for action, icon_name in main:
            labelled = Button(icon_name=icon_name)
            words.addWidget(labelled)
            labelled.follow(action)
            height = labelled.sizeHint().height()
            icons.addWidget(self._tool(action, icon_name, height))
        return height

    def _tool(self, action: QAction, icon_name: str, height: int) -> IconButton:
        tool = IconButton(icon_name, action.text())
        tool.follow(action)
        tool.setMinimumHeight(height)
        self._buttons[action] = tool
        return tool

    def _make_more(self, height: int) -> IconButton:
        more = IconButton("ellipsis", _("More"))
        more.setMinimumHeight(height)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(QMenu(self))
        return more

    def _build(self) -> None:
        row = _row(self)
        for widget in (self._views, self._view_menu):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self._words, self._icons, *self._tools, self._more, self._zoom):
            row.addWidget(widget)
        self._name_view()
        self._arrange(10_000)

    def _name_view(self) -> None:
        for action in self._view_menu.menu().actions():
            if action.isChecked():
                self._view_menu.setText(action.text())
                self._view_menu.setAccessibleName(_("View: {view}").format(view=action.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _arrange(self, width: int) -> None:
        """Show as much as there is room for."""
        every = len(self._tools)
        choices = [(True, True, every), (True, False, every)]
        choices += [(True, False, count) for count in range(every - 1, _LEAST_TOOLS - 1, -1)]
        choices += [(False, False, count) for count in range(every, -1, -1)]
        wanted = next((one for one in choices if self._needs(*one) <= width), choices[-1])
        self._show(*wanted)

    def _needs(self, views: bool, words: bool, tools: int) -> int:
        shown: list[QWidget] = [
            self._views if views else self._view_menu,
            self._words if words else self._icons,
            *self._tools[:tools],
            self._zoom,
        ]
        if tools < len(self._tools):
            shown.append(self._more)
        gap = theme().px(Space.XS)
        return sum(_wide(widget) + gap for widget in shown) + gap

    def _show(self, views: bool, words: bool, tools: int) -> None:
        self._views.setVisible(views)
        self._view_menu.setVisible(not views)
        self._words.setVisible(words)
        self._icons.setVisible(not words)
        for at, tool in enumerate(self._tools):
            tool.setVisible(at < tools)
        self._more.setVisible(tools < len(self._tools))
        self._fill_more(self._actions[tools:])

    def _fill_more(self, actions: Iterable[QAction]) -> None:
        menu = self._more.menu()
        if menu.actions() != (wanted := list(actions)):
            menu.clear()
            menu.addActions(wanted)

    def button_of(self, action: QAction) -> QWidget | None:
        """The icon button of an action that is to be seen, None without one."""
        button = self._buttons.get(action)
        return button if button is not None and button.isVisible() else None

    def show_zoom(self, zoom: float) -> None:
        """Show the scale (1.0 is 100 %)."""
        self._zoom.setText(f"{round(zoom * 100)} %")


def _row(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme().px(Space.XS))
    return row


def _wide(widget: QWidget) -> int:
    return max(widget.sizeHint().width(), widget.minimumWidth())
