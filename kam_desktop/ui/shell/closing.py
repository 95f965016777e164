"""Closing the window in order: what was typed is kept first, or the window says why it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kam_desktop.services.i18n import _
from kam_desktop.ui.shell.operations import UndoState

if TYPE_CHECKING:
    from kam_desktop.ui.shell.context import AppContext
    from kam_desktop.ui.shell.page_host import PageHost

CLOSE_WAIT_MS = 5_000


class Closing(QObject):
    """Decides whether a window may close.

    ``ready`` is emitted when it may close after all; ``stayed`` when it stays open for a reason
    that was told.
    """

    ready = Signal()
    stayed = Signal()

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._pages: PageHost | None = None
        self._sure = False
        self._waiting = False
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.setInterval(CLOSE_WAIT_MS)
        self._deadline.timeout.connect(self._waited_enough)
        context.operations.state_changed.connect(self._saved)

    def look_after(self, pages: PageHost) -> None:
        """These are the window's pages now."""
        self._pages = pages

    def may_close(self) -> bool:
        """Whether to close now. If not, either ``ready`` follows or it was said why not."""
        if self._sure:
            return True
        if self._waiting:
            return False
        if self._pages is not None:
            self._pages.commit_drafts()
        if self._context.operations.state.pending:
            self._waiting = True
            self._deadline.start()
            return False
        return not self._stays()

    def _saved(self, state: UndoState) -> None:
        if self._waiting and not state.pending:
            self._waited_enough()

    def _waited_enough(self) -> None:
        self._waiting = False
        self._deadline.stop()
        if not self._stays():
            self._close_now()

    def _stays(self) -> bool:
        """Say why the window must not close yet, if there is a reason."""
        reason = self._pages.refused_draft() if self._pages is not None else ""
        keeping = self._context.safekeeping
        if not reason and keeping is not None and keeping.unsaved_recovery_key:
            reason = _(
                "The new recovery key is not saved yet, and the old sheet no longer works. "
                "Save the sheet under Settings, Security."
            )
        if not reason:
            return False
        self._context.navigator.notify(
            _("The window stays open. {reason}").format(reason=reason),
            kind="warn",
            action_text=_("Close all the same"),
            action=self._close_now,
        )
        self.stayed.emit()
        return True

    def _close_now(self) -> None:
        self._sure = True
        self.ready.emit()
