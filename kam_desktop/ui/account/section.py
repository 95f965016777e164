"""What a section of the dossier is to its page."""

from __future__ import annotations

from typing import ClassVar

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
        """Show another account, or the same one anew."""
        self.account_id = account_id
        self.load()

    def load(self) -> None:
        """Read what is shown."""

    def refresh(self, changes: ChangeSet | None) -> None:
        """Read again when the changes may be shown here."""
        if changes is None or not self.tables or changes.touches(*self.tables):
            self.load()

    def commit_drafts(self) -> None:
        """Commit what was typed and not committed yet."""
