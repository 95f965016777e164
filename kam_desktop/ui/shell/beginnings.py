"""The commands that begin something new, from wherever one is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from kam_desktop.ui.shell.commands import ShellCommands
from kam_desktop.ui.shell.context import AppContext

COMMANDS = ("new_account", "new_person", "plan_meeting", "log_touch", "take_notes")


class Beginnings(QObject):
    """Begins on the page that can; a page that has such a command itself knows what it is about.

    ``page_command`` gives the action of that name of the page shown, or None.
    """

    def __init__(
        self,
        context: AppContext,
        commands: ShellCommands,
        page_command: Callable[[str], QAction | None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._context = context
        self._page_command = page_command
        self._window = window
        slots = (
            self.new_account, self.new_person, self.plan_meeting, self.log_touch, self.take_notes,
        )  # fmt: skip
        for command, slot in zip(COMMANDS, slots, strict=True):
            commands[command].triggered.connect(slot)
            commands[command].setEnabled(not context.portfolio.read_only)

    def new_account(self) -> None:
        """Open the form of a new account."""
        self._context.navigator.open("portfolio", new="1")

    def new_person(self) -> None:
        """Open the form of a new person."""
        self._context.navigator.open("people", new="1")

    def plan_meeting(self) -> None:
        """Open the form of a new meeting, with the account that is shown, if any."""
        if self._done_by_page("plan_meeting"):
            return
        place = self._context.navigator.place
        shown = place.parameters.get("account_id", "") if place is not None else ""
        about = {"account_id": shown} if shown else {}
        self._context.navigator.open("meetings", new="1", **about)

    def log_touch(self) -> None:
        """Open the small window for a touch."""
        if not self._done_by_page("log_touch"):
            from kam_desktop.ui.interactions.log_touch import open_log_touch

            open_log_touch(self._context, self._window)

    def take_notes(self) -> None:
        """Open the notes of the meeting that is shown, else of the one under way or the next."""
        if self._done_by_page("take_notes"):
            return
        place = self._context.navigator.place
        shown = place.parameters.get("meeting_id", "") if place is not None else ""
        about = {"meeting_id": shown} if shown else {}
        self._context.navigator.open("notes", **about)

    def _done_by_page(self, command: str) -> bool:
        action = self._page_command(command)
        if action is None or not action.isEnabled():
            return False
        action.trigger()
        return True
