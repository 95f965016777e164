"""What a section of the dossier is to its page."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.shell.context import AppContext


class Section(QWidget):
    """One tab of the dossier. It is made at its first visit and reads only while it is shown.

    ``tables`` are those whose changes it shows; an empty tuple means all.
    """

    tables: ClassVar[tuple[str, ...]] = ()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.account_id = ""

    def show_account(self, account_id: str) -> None:
        """Show another account, or the same one anew; typed text goes to the one it was for."""
        if account_id != self.account_id:
            if self.account_id:
                self.commit_drafts()
            self.leave_account()
            self.account_id = account_id
        self.load()

    def leave_account(self) -> None:
        """Another account is about to be shown: put away what belongs to this one."""

    def show_part(self, part: str, record_id: str) -> None:
        """Bring a part of the section (or one of its records) into view; either may be empty."""

    @property
    def current_person(self) -> str:
        """The id of the person the user is on; empty for nobody."""
        return ""

    def commands(self) -> list[QAction]:
        """The section's own actions, for the palette and the sheet of shortcuts."""
        return []

    def load(self) -> None:
        """Read what is shown."""

    def refresh(self, changes: ChangeSet | None) -> None:
        """Read again when the changes may be shown here."""
        if changes is None or not self.tables or changes.touches(*self.tables):
            self.load()

    def commit_drafts(self) -> None:
        """Commit what was typed and not committed yet."""
