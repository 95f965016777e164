"""The menu bar at the top of the screen, on systems whose users look for commands there."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from kam_desktop.services.i18n import _
from kam_desktop.ui.shell.commands import CommandGroup

Groups = Callable[[], list[CommandGroup]]
_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "go_settings": QAction.MenuRole.PreferencesRole,
}


def wants_menu_bar() -> bool:
    """Only on macOS: elsewhere the palette lists every command and a menu bar would repeat it."""
    return sys.platform == "darwin"


class MenuBar(QObject):
    """One menu per group of commands, and before them one with what the page shown can do.

    ``page_group`` gives the commands of the page at the moment its menu opens, or None.
    """

    def __init__(
        self,
        window: QMainWindow,
        groups: list[CommandGroup],
        page_group: Callable[[], CommandGroup | None],
    ) -> None:
        super().__init__(window)
        self._page_group = page_group
        bar = window.menuBar()
        self._page = bar.addMenu(_("Page"))
        self.menus: list[QMenu] = [self._page]
        for group in groups:
            menu = bar.addMenu(group.title)
            for action in group.actions:
                action.setMenuRole(_ROLES.get(action.objectName(), QAction.MenuRole.NoRole))
                menu.addAction(action)
            self.menus.append(menu)
        self._page.aboutToShow.connect(self.show_page_commands)

    def show_page_commands(self) -> None:
        """Fill the first menu with what the page shown can do."""
        self._page.clear()
        group = self._page_group()
        if group is not None:
            self._page.addActions(list(group.actions))
