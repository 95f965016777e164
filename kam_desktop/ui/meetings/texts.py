"""The texts of a meeting, wherever their editors stand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from kam_desktop.services.i18n import _
from kam_desktop.ui.meetings import changes
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets import InlineEditor


class MeetingTexts(QObject):
    """Keeps what is typed into the editors given to `add`, each change as one step.

    ``kept`` is emitted when nothing is under way any more and all was kept.
    """

    kept = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._meeting_id = ""
        self._editors: dict[str, InlineEditor] = {}
        self._under_way = 0
        self._refused = False

    def __getitem__(self, field: str) -> InlineEditor:
        return self._editors[field]

    def add(self, field: str, editor: InlineEditor) -> InlineEditor:
        """Edit a field of the meeting with ``editor``."""
        editor.setObjectName(field)
        editor.committed.connect(self._commit)
        self._editors[field] = editor
        return editor

    def show_values(self, meeting_id: str, values: Mapping[str, str]) -> None:
        """Show a meeting's texts; drafts about the one shown before are kept first."""
        if meeting_id != self._meeting_id:
            self.commit_drafts()
            self._meeting_id = meeting_id
        for field, editor in self._editors.items():
            editor.set_value(values[field])

    @property
    def is_saving(self) -> bool:
        """Whether something typed is on its way into the portfolio."""
        return self._under_way > 0

    def commit_drafts(self) -> None:
        """Keep what was typed and not kept yet."""
        for editor in self._editors.values():
            editor.commit()

    def _commit(self, value: object) -> None:
        editor = self.sender()
        if not isinstance(editor, InlineEditor) or not self._meeting_id:
            return
        field, key = editor.objectName(), self._meeting_id
        self._under_way += 1
        self._context.operations.run(
            self, _("Edit a meeting"), changes.set_text, key, field, str(value),
            on_done=self._done, on_error=partial(self._refuse, editor),
            coalesce=f"meeting:{key}:{field}",
        )  # fmt: skip

    def _done(self, _result: object) -> None:
        self._settle()

    def _refuse(self, editor: InlineEditor, error: object) -> None:
        editor.refuse(error)
        self._refused = True
        self._settle()

    def _settle(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            fine, self._refused = not self._refused, False
            if fine:
                self.kept.emit()
