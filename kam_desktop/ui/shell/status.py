"""What the window says all the time: whose data, whether it is safe, what Undo would do."""

from __future__ import annotations

from PySide6.QtCore import QObject

from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.portfolio_facts import PortfolioFacts, portfolio_facts
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.shell.commands import ShellCommands
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.navigation import Navigation
from kam_desktop.ui.shell.operations import UndoState


class Status(QObject):
    """Keeps the navigation's texts and the names of Undo and Redo true."""

    def __init__(self, context: AppContext, commands: ShellCommands, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._commands = commands
        self._navigation: Navigation | None = None
        self._texts = ("", "")
        self._backup = _("no backup yet")
        context.operations.state_changed.connect(self._show_undo)
        context.bus.changed.connect(self._data_changed)

    def show_in(self, navigation: Navigation) -> None:
        """Say it there from now on."""
        self._navigation = navigation
        navigation.show_portfolio(*self._texts)
        self._show_undo(self._context.operations.state)

    def load_facts(self) -> None:
        """Look up the portfolio's name and size."""
        self._context.lanes.read(self, portfolio_facts, on_done=self._show_facts)

    def show_backup(self, text: str) -> None:
        """When the last backup was made, e.g. ``Backed up 09:12``."""
        self._backup = text
        self._show_undo(self._context.operations.state)

    def _data_changed(self, changes: ChangeSet) -> None:
        if changes.touches("account", "setting"):
            self.load_facts()

    def _show_facts(self, facts: PortfolioFacts) -> None:
        count = ngettext("{n} account", "{n} accounts", facts.accounts).format(n=facts.accounts)
        kept = _("read only") if self._context.portfolio.read_only else _("encrypted")
        name = facts.title or self._context.portfolio.path.stem
        self._texts = (name, f"{count} · {kept}")
        if self._navigation is not None:
            self._navigation.show_portfolio(*self._texts)

    def _show_undo(self, state: UndoState) -> None:
        self._name("undo", state.undo, _("Undo: {label}") if state.undo else _("Undo"))
        self._name("redo", state.redo, _("Redo: {label}") if state.redo else _("Redo"))
        saved = _("saving…") if state.pending else _("all saved")
        if self._navigation is not None:
            self._navigation.show_state(self._backup, saved)

    def _name(self, command: str, label: str, text: str) -> None:
        action = self._commands[command]
        action.setText(text.format(label=" ".join(label.split())))
        action.setEnabled(bool(label))
