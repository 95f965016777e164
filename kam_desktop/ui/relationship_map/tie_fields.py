"""Kind, strength and note of one tie, edited in place."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services import words
from kam_desktop.services.i18n import _
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import InlineChoice, InlineEditor
from kam_desktop.ui.widgets.growing_text import GrowingText

STRONGEST = 5


def strength_text(strength: int | None) -> str:
    """The strength of a tie in words."""
    if strength is None:
        return words.word(None)
    return _("{strength} of {most}").format(strength=strength, most=STRONGEST)


class TieFields(QWidget):
    """Each change is one undoable step; a refusal stands beside the field."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.tie_id = ""
        self.kind = InlineChoice(_("Kind of tie"))
        self.kind.set_choices([(str(kind), words.word(kind)) for kind in TieKind])
        self.strength = InlineChoice(_("Strength"))
        self.strength.set_choices(
            [(None, strength_text(None))]
            + [(at, strength_text(at)) for at in range(1, STRONGEST + 1)]
        )
        self.note = GrowingText(_("Note"))
        row = QHBoxLayout()
        row.setSpacing(theme().px(Space.S))
        row.addWidget(self.kind, 3)
        row.addWidget(self.strength, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.S))
        column.addLayout(row)
        column.addWidget(self.note)
        for editor in self._editors():
            editor.committed.connect(self._commit)

    def _editors(self) -> dict[InlineEditor, str]:
        return {self.kind: "kind", self.strength: "strength", self.note: "note"}

    def show_tie(self, tie_id: str, kind: str, strength: int | None, note: str) -> None:
        """Show a tie; drafts about the one shown before are committed first."""
        another = tie_id != self.tie_id
        if another:
            self.commit_drafts()
            self.tie_id = tie_id
        for editor, value in ((self.kind, str(kind)), (self.strength, strength), (self.note, note)):
            if another:
                editor.revert()
            editor.set_value(value)

    def commit_drafts(self) -> None:
        """Commit what was typed and not committed yet."""
        if self.tie_id:
            for editor in self._editors():
                editor.commit()

    def _commit(self, value: object) -> None:
        editor = self.sender()
        if not self.tie_id or not isinstance(editor, InlineEditor):
            return
        from kam_desktop.services.ties import update_tie

        fields: dict[str, Any] = {self._editors()[editor]: value}
        self._context.operations.run(
            self,
            _("Change a tie"),
            partial(update_tie, **fields),
            self.tie_id,
            on_error=editor.refuse,
        )
