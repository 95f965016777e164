"""The main window: navigation at the left, the page with its heading at the right."""

from __future__ import annotations

import logging

from PySide6.QtCore import QEvent, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.shell.beginnings import Beginnings
from kam_desktop.ui.shell.closing import Closing
from kam_desktop.ui.shell.commands import CommandGroup, ShellCommands, all_groups
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.heading import PageHead, TopBar
from kam_desktop.ui.shell.keys import taken_keys
from kam_desktop.ui.shell.look import Look
from kam_desktop.ui.shell.menu_bar import MenuBar, wants_menu_bar
from kam_desktop.ui.shell.navigation import Navigation
from kam_desktop.ui.shell.navigator import Place
from kam_desktop.ui.shell.notices import NoticeCentre, Toast
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.shell.page_host import PageHost
from kam_desktop.ui.shell.pages import further_pages, page_entries
from kam_desktop.ui.shell.palette import CommandPalette
from kam_desktop.ui.shell.shortcuts import ShortcutSheet
from kam_desktop.ui.shell.status import Status
from kam_desktop.ui.theme import Space

_log = logging.getLogger(__name__)
PAINT_MS = 50
"""Painting the first rows takes less than this after they arrived."""

WORDS_FROM = 760
"""The width from which the navigation has words beside its icons, at scale 1."""


class MainWindow(QMainWindow):
    """Shows one page at a time.

    ``first_painted`` is emitted once, after the first page was painted (time for warming up).
    ``closed`` is emitted when drafts are committed and the window is gone, ``stayed`` when it was
    asked to close and stays open for a reason it told; ``other_wanted`` when the user asks for
    another portfolio, ``sample_wanted`` for the sample; ``backup_wanted`` for a backup.
    """

    first_painted = Signal()
    closed = Signal()
    stayed = Signal()
    other_wanted = Signal()
    sample_wanted = Signal()
    backup_wanted = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._entries = page_entries()
        self._further = further_pages()
        self._painted = False
        self._look = Look(context.theme, context.preferences, self)
        self.commands = ShellCommands(self, self._entries)
        self._closing = Closing(context, self)
        self._status = Status(context, self.commands, self)
        self.setMinimumSize(1024, 640)
        self._build()
        self._notices = NoticeCentre(self)
        self._palette: CommandPalette | None = None
        Beginnings(context, self.commands, self._page_command, self)
        self._connect_signals()
        if wants_menu_bar():
            MenuBar(self, self.commands.groups(), self.page_group)
        self._restore_geometry()

    # Construction

    def _build(self) -> None:
        px = self._context.theme.px
        central = QWidget()
        row = QHBoxLayout(central)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        go = {entry.name: self.commands[f"go_{entry.name}"] for entry in self._entries}
        self.navigation = Navigation(self._entries, go, self._context.lanes.tasks)
        self._fit_navigation()
        row.addWidget(self.navigation)
        column = QVBoxLayout()
        column.setContentsMargins(px(Space.XL), px(Space.L), px(Space.XL), px(Space.L))
        column.setSpacing(px(Space.M))
        self.top = TopBar(self.commands)
        self.head = PageHead()
        self._stack = QStackedWidget()
        self.pages = PageHost((*self._entries, *self._further), self._context, self._stack)
        self._closing.look_after(self.pages)
        self._status.show_in(self.navigation)
        column.addWidget(self.top)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)
        row.addLayout(column, 1)
        self.setCentralWidget(central)
        central.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        central.setFocus()

    def _connect_signals(self) -> None:
        context = self._context
        context.navigator.place_changed.connect(self._go)
        context.navigator.noticed.connect(self._notices.tell)
        context.navigator.command_wanted.connect(self._run_command)
        context.bus.changed.connect(self._data_changed)
        context.preferences.changed.connect(self._prefer)
        self.pages.heading_changed.connect(self._show_heading)
        self._closing.ready.connect(self.close)
        self._closing.stayed.connect(self.stayed)
        context.operations.history_wanted.connect(self._open_history)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        for entry in self._entries:
            self.commands[f"go_{entry.name}"].triggered.connect(self._go_to_sender)
        for command, slot in self._slots().items():
            self.commands[command].triggered.connect(slot)

    def _slots(self) -> dict[str, object]:
        context = self._context
        return {
            "sample": self.sample_wanted,
            "undo": context.operations.undo,
            "redo": context.operations.redo,
            "history": self._open_history,
            "trash": self._open_trash,
            "palette": self.open_palette,
            "back": context.navigator.back,
            "forward": context.navigator.forward,
            "other_pane": self._focus_other_pane,
            "larger_text": self._look.larger,
            "smaller_text": self._look.smaller,
            "normal_text": self._look.normal,
            "next_theme": self._look.next_theme,
            "density": self._look.next_density,
            "notices": self._open_notices,
            "back_up": self.backup_wanted,
            "open_portfolio": self.other_wanted,
            "shortcuts": self._open_shortcuts,
            "quit": self.close,
        }

    # Pages

    @property
    def page(self) -> Page | None:
        return self.pages.current

    def _go(self, place: Place) -> None:
        self.pages.show_place(place)
        above = {entry.name: entry.under for entry in self._further}
        self.navigation.select(above.get(place.page, place.page))
        self.commands["back"].setEnabled(self._context.navigator.can_go_back)
        self.commands["forward"].setEnabled(self._context.navigator.can_go_forward)
        self._show_heading()
        self._share_keys()

    def _focus_moved(self, _old: QWidget | None, _new: QWidget | None) -> None:
        self._share_keys()

    def _share_keys(self) -> None:
        """Keys that the page (or what has the focus in it) has an action on are not the shell's."""
        self.commands.leave_keys(taken_keys(self.pages.current, self))

    def _go_to_sender(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._context.navigator.open(action.objectName().removeprefix("go_"))

    def _show_heading(self) -> None:
        page = self.pages.current
        if page is None:
            return
        self.head.show_page(page)
        self.top.show_primary(page.primary_action())
        self.setWindowTitle(f"{page.title()} – KAM Desktop")

    def _data_changed(self, changes: ChangeSet) -> None:
        self.pages.data_changed(changes)

    def page_group(self) -> CommandGroup | None:
        """The commands of the page shown."""
        page = self.pages.current
        return CommandGroup(page.title(), tuple(page.commands())) if page is not None else None

    def groups(self) -> list[CommandGroup]:
        """All commands there are now: those of the page shown, then the shell's."""
        return all_groups(self.page_group(), self.commands.groups())

    def refresh_undo(self) -> None:
        """Look up what Undo would take back, also from an earlier session."""
        self._context.operations.refresh_state()

    def show_backup(self, text: str) -> None:
        """When the last backup was made, e.g. ``Backed up 09:12``."""
        self._status.show_backup(text)

    @property
    def palette_panel(self) -> CommandPalette | None:
        """Search and commands, once they were opened."""
        return self._palette

    @property
    def toast(self) -> Toast:
        return self._notices.toast

    def _open_notices(self) -> None:
        self._notices.open_list(self.top.findChild(QWidget, "notices"))

    # Commands

    def _run_command(self, command: str) -> None:
        action = self.commands.get(command) or self.pages.command(command)
        if action is not None and action.isEnabled():
            action.trigger()

    def _page_command(self, command: str) -> QAction | None:
        return self.pages.command(command)

    def open_palette(self) -> None:
        """Open search and commands."""
        if self._palette is None:
            self._palette = CommandPalette(self._context, self.groups, self)
        self._palette.open_palette()

    def _open_shortcuts(self) -> None:
        ShortcutSheet(self.groups(), self).open()

    def _open_history(self) -> None:
        self._context.navigator.open("settings", section="history")

    def _open_trash(self) -> None:
        self._context.navigator.open("settings", section="trash")

    def _focus_other_pane(self) -> None:
        if self.navigation.isAncestorOf(self.focusWidget() or self):
            page = self.pages.current
            if page is not None:
                page.setFocus(Qt.FocusReason.ShortcutFocusReason)
                page.focusNextChild()
        else:
            self.navigation.focus_current()

    # Look

    def _prefer(self, _preferences: object) -> None:
        look, wanted = self._context.theme, self._context.preferences.values
        resized = look.scale != wanted.font_scale or look.density != wanted.density
        if resized:
            self.pages.commit_drafts()
        look.apply(wanted.theme, scale=wanted.font_scale, density=wanted.density)
        if resized:
            # Sizes are taken when a widget is made: make them anew. Never inside a page's own slot.
            QTimer.singleShot(0, self, self._rebuild)

    def _rebuild(self) -> None:
        self.pages.heading_changed.disconnect(self._show_heading)
        old = self.takeCentralWidget()
        if self._palette is not None:
            self._palette.deleteLater()
            self._palette = None
        self._build()
        self.pages.heading_changed.connect(self._show_heading)
        if old is not None:
            old.deleteLater()
        self._notices.renew()
        place = self._context.navigator.place
        if place is not None:
            self._go(place)

    # Life

    def _restore_geometry(self) -> None:
        kept = QSettings().value("window/geometry")
        if kept is None or not self.restoreGeometry(kept):
            self.resize(1329, 830)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._painted:
            self._painted = True
            self._context.lanes.idle.connect(self._await_paint)
            if not self._context.lanes.busy:
                self._await_paint()

    def _await_paint(self) -> None:
        """The first page has its rows: whatever else is to be done waits until they are seen."""
        self._context.lanes.idle.disconnect(self._await_paint)
        QTimer.singleShot(PAINT_MS, self, self._say_painted)

    def _say_painted(self) -> None:
        self._status.load_facts()
        self.first_painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_navigation()
        if self._palette is not None and self._palette.isVisible():
            self._palette.close_palette()

    def _fit_navigation(self) -> None:
        self.navigation.show_narrow(self.width() < self._context.theme.px(WORDS_FROM))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.pages.commit_drafts()

    def closeEvent(self, event: QCloseEvent) -> None:
        """First keep what is typed; when something is refused, stay open and say so."""
        if not self._closing.may_close():
            event.ignore()
            return
        QSettings().setValue("window/geometry", self.saveGeometry())
        event.accept()
        self.closed.emit()
