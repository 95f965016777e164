"""What a page is to the shell."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.shell.context import AppContext


class Page(QWidget):
    """One page of the window.

    The shell makes it at its first visit, calls `show_with` at each visit and `refresh` when data
    changed while it is visible (or once, with None, when it missed changes while hidden).

    The shell draws the heading above the page: `title`, `head_pills`, `head_note` at the right, and
    the button of `primary_action` at the same place for every page. A page must not draw them again
    and emits ``heading_changed`` when any of them is different now. Pages have no outer margin.
    """

    heading_changed = Signal()
    name: ClassVar[str] = ""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        # So that the keyboard starts here, with no control lit up before it is used.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def title(self) -> str:
        """The heading of the page and of the window."""
        return ""

    def head_pills(self) -> list[tuple[str, str]]:
        """Up to two states beside the heading, as (text, state)."""
        return []

    def head_note(self) -> str:
        """A quiet line at the right of the heading, e.g. the local time there."""
        return ""

    def show_with(self, **params: str) -> None:
        """The user navigated here; ``params`` say to what, e.g. ``account_id``."""

    def refresh(self, changes: ChangeSet | None) -> None:
        """Show what was changed; None means anything may have changed."""

    def commands(self) -> list[QAction]:
        """All actions of the page. The palette and the shortcut sheet are made from them."""
        return []

    def primary_action(self) -> QAction | None:
        """The one thing to do here, shown at the same place on every page."""
        return None

    def commit_drafts(self) -> None:
        """The window closes or the page is left: commit what was typed and not committed yet."""
