"""Keeps the notes while they are typed: at the latest a second after each key."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from kam_desktop.models.text import clean_text
from kam_desktop.services.i18n import _
from kam_desktop.ui.meetings import note_changes
from kam_desktop.ui.meetings.capture_editor import CaptureEditor
from kam_desktop.ui.shell.context import AppContext

SAVE_MS = 700
"""From a key to the beginning of saving; with the saving itself, less than a second."""


class NoteKeeper(QObject):
    """Saves what is in the editor. ``refused`` carries why it could not be kept, '' when it was.

    The text that is typed is one step of undo as long as typing goes on. Undoing inside the editor
    is the editor's own business: what it brings back is saved as if it had been typed.
    """

    refused = Signal(str)

    def __init__(
        self, context: AppContext, editor: CaptureEditor, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._editor = editor
        self._meeting_id = ""
        self._stored = ""
        self._offered: str | None = None
        self._revision = -1
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(self.save)
        editor.textChanged.connect(self._edited)
        editor.left.connect(self.save)

    @property
    def is_saving(self) -> bool:
        """Whether a text is on its way into the portfolio."""
        return self._offered is not None

    @property
    def has_draft(self) -> bool:
        """Whether the editor holds something that is not stored."""
        return self._editor.toPlainText() != self._stored

    def show_stored(self, meeting_id: str, text: str) -> None:
        """The stored text of a meeting. What was typed and is not kept yet stays."""
        if meeting_id != self._meeting_id:
            self.commit()
            self._meeting_id, self._stored, self._offered = meeting_id, text, None
            self._editor.show_text(text)
            self._stored = self._editor.toPlainText()
        elif not self.has_draft and text != clean_text(self._stored):
            self._stored = text
            self._editor.replace_text(text)
            self._stored = self._editor.toPlainText()

    def commit(self) -> None:
        """Keep what was typed, also once more when it is not known yet whether it was kept."""
        self._offered = None
        self.save()

    def save(self) -> None:
        """Keep what was typed and was not offered yet."""
        self._timer.stop()
        text = self._editor.toPlainText()
        if not self._meeting_id or text in (self._stored, self._offered):
            return
        self._offered = text
        self._context.operations.run(
            self, _("Take notes"), note_changes.save_capture, self._meeting_id, text,
            on_done=self._kept, on_error=self._not_kept, coalesce=f"capture:{self._meeting_id}",
        )  # fmt: skip

    def _edited(self) -> None:
        # Colouring a line changes the document as well, but not its text.
        revision = self._editor.document().revision()
        if revision != self._revision and not self._timer.isActive() and self._meeting_id:
            self._timer.start()
        self._revision = revision

    def _kept(self, kept: tuple[str, str]) -> None:
        meeting_id, text = kept
        if meeting_id != self._meeting_id:
            return
        self._stored = text
        if self._offered == text:
            self._offered = None
        self.refused.emit("")

    def _not_kept(self, error: object) -> None:
        self._offered = None
        self.refused.emit(str(error))
