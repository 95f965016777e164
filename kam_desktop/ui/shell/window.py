"""The main window: navigation at the left, the page with its heading at the right."""

from __future__ import annotations

import logging

from PySide6.QtCore import QEvent, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.portfolio_facts import PortfolioFacts, portfolio_facts
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.shell.commands import CommandGroup, ShellCommands
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.heading import PageHead, TopBar
from kam_desktop.ui.shell.look import Look
from kam_desktop.ui.shell.navigation import Navigation
from kam_desktop.ui.shell.navigator import Notice, Place
from kam_desktop.ui.shell.notices import NoticeLog, NoticePanel, Toast
from kam_desktop.ui.shell.operations import UndoState
from kam_desktop.ui.shell.page import Page
from kam_desktop.ui.shell.page_host import PageHost
from kam_desktop.ui.shell.pages import page_entries
from kam_desktop.ui.shell.palette import CommandPalette
from kam_desktop.ui.shell.shortcuts import ShortcutSheet
from kam_desktop.ui.theme import Space

_log = logging.getLogger(__name__)
PAINT_MS = 50
"""Painting the first rows takes less than this after they arrived."""
CLOSE_WAIT_MS = 5_000


class MainWindow(QMainWindow):
    """Shows one page at a time.

    ``first_painted`` is emitted once, after the first page was painted (time for warming up).
    ``closed`` is emitted when drafts are committed and the window is gone; ``other_wanted`` when
    the user asks for another portfolio; ``backup_wanted`` when they ask for a backup.
    """

    first_painted = Signal()
    closed = Signal()
    other_wanted = Signal()
    backup_wanted = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._entries = page_entries()
        self._backup = _("no backup yet")
        self._closing = False
        self._painted = False
        self._notices = NoticeLog()
        self._look = Look(context.theme, context.preferences, self)
        self.commands = ShellCommands(self, self._entries)
        self.setMinimumSize(1024, 640)
        self._build()
        self._toast = Toast(self)
        self._palette: CommandPalette | None = None
        self._connect_signals()
        self._show_undo(context.operations.state)
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
        row.addWidget(self.navigation)
        column = QVBoxLayout()
        column.setContentsMargins(px(Space.XL), px(Space.L), px(Space.XL), px(Space.L))
        column.setSpacing(px(Space.M))
        self.top = TopBar(self.commands)
        self.head = PageHead()
        self._stack = QStackedWidget()
        self.pages = PageHost(self._entries, self._context, self._stack)
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
        context.navigator.noticed.connect(self.tell)
        context.navigator.command_wanted.connect(self._run_command)
        context.operations.state_changed.connect(self._show_undo)
        context.bus.changed.connect(self._data_changed)
        context.preferences.changed.connect(self._prefer)
        self.pages.heading_changed.connect(self._show_heading)
        for entry in self._entries:
            self.commands[f"go_{entry.name}"].triggered.connect(self._go_to_sender)
        for command, slot in self._slots().items():
            self.commands[command].triggered.connect(slot)

    def _slots(self) -> dict[str, object]:
        context = self._context
        return {
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
        self.navigation.select(place.page)
        self.commands["back"].setEnabled(self._context.navigator.can_go_back)
        self.commands["forward"].setEnabled(self._context.navigator.can_go_forward)
        self._show_heading()

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
        if changes.touches("account", "setting"):
            self.load_facts()

    def groups(self) -> list[CommandGroup]:
        """All commands there are now: those of the page shown, then the shell's."""
        page = self.pages.current
        own = tuple(page.commands()) if page is not None else ()
        shell = self.commands.groups()
        return [CommandGroup(page.title(), own), *shell] if page is not None and own else shell

    # What the navigation says

    def load_facts(self) -> None:
        """Look up the portfolio's name and size."""
        self._context.lanes.read(self, portfolio_facts, on_done=self._show_facts)

    def _show_facts(self, facts: PortfolioFacts) -> None:
        count = ngettext("{n} account", "{n} accounts", facts.accounts).format(n=facts.accounts)
        name = facts.title or self._context.portfolio.path.stem
        self.navigation.show_portfolio(name, _("{count} · encrypted").format(count=count))

    def refresh_undo(self) -> None:
        """Look up what Undo would take back, also from an earlier session."""
        self._context.operations.refresh_state()

    def show_backup(self, text: str) -> None:
        """When the last backup was made, e.g. ``Backed up 09:12``."""
        self._backup = text
        self._show_undo(self._context.operations.state)

    def _show_undo(self, state: UndoState) -> None:
        for command, label, plain in (
            ("undo", state.undo, _("Undo")),
            ("redo", state.redo, _("Redo")),
        ):
            action = self.commands[command]
            named = _("Undo: {label}") if command == "undo" else _("Redo: {label}")
            action.setText(named.format(label=label) if label else plain)
            action.setEnabled(bool(label))
        saved = _("saving…") if state.pending else _("all saved")
        self.navigation.show_state(f"{self._backup} · {saved}")

    @property
    def palette_panel(self) -> CommandPalette | None:
        """Search and commands, once they were opened."""
        return self._palette

    # Notices

    def tell(self, notice: Notice) -> None:
        """Show a notice and keep it in the list."""
        self._notices.add(notice)
        self._toast.tell(notice)

    @property
    def toast(self) -> Toast:
        return self._toast

    def _open_notices(self) -> None:
        panel = NoticePanel(self._notices, self)
        button = self.top.findChild(QWidget, "notices")
        panel.adjustSize()
        if button is not None:
            corner = button.mapToGlobal(button.rect().bottomRight())
            panel.move(corner.x() - panel.width(), corner.y() + 4)
        panel.show()

    # Commands

    def _run_command(self, command: str) -> None:
        action = self.commands.get(command)
        if action is not None and action.isEnabled():
            action.trigger()

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
        name, facts = self.navigation.portfolio_texts
        self.pages.heading_changed.disconnect(self._show_heading)
        old = self.takeCentralWidget()
        if self._palette is not None:
            self._palette.deleteLater()
            self._palette = None
        self._build()
        self.pages.heading_changed.connect(self._show_heading)
        if old is not None:
            old.deleteLater()
        self.navigation.show_portfolio(name, facts)
        self._show_undo(self._context.operations.state)
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
        self.load_facts()
        self.first_painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._palette is not None and self._palette.isVisible():
            self._palette.close_palette()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.pages.commit_drafts()

    def closeEvent(self, event: QCloseEvent) -> None:
        """First commit what is typed; when a change is refused, stay open and say so."""
        if not self._closing:
            self.pages.commit_drafts()
            if self._context.operations.state.pending:
                event.ignore()
                self._context.operations.state_changed.connect(self._close_when_saved)
                QTimer.singleShot(CLOSE_WAIT_MS, self, self._close_anyway)
                return
        QSettings().setValue("window/geometry", self.saveGeometry())
        self._closing = True
        event.accept()
        self.closed.emit()

    def _close_when_saved(self, state: UndoState) -> None:
        if state.pending:
            return
        self._context.operations.state_changed.disconnect(self._close_when_saved)
        if not self.pages.has_refused_draft():
            self._close_anyway()

    def _close_anyway(self) -> None:
        if self.isVisible() and not self.pages.has_refused_draft():
            self._closing = True
            self.close()
