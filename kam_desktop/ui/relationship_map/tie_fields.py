"""One tie, edited in place: kind, strength, where it is known from, and a note."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import ClaimSource, Confidence, TieKind
from kam_desktop.services import words
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.person_detail import PersonTie
from kam_desktop.services.queries.relationship_map import TieLine
from kam_desktop.ui.relationship_map.person_fields import narrow, unknown_first
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import InlineChoice, InlineDate, InlineEditor
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
        self.source = narrow(InlineChoice(_("How do we know?")))
        self.source.set_choices(unknown_first(words.choices(ClaimSource)))
        self.confidence = narrow(InlineChoice(_("How sure?")))
        self.confidence.set_choices(unknown_first(words.choices(Confidence)))
        self.on = InlineDate(_("Seen or said on"), today=context.clock.today())
        self.note = GrowingText(_("Note"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.S))
        column.addLayout(_row(self.kind, self.strength))
        column.addLayout(_row(self.source, self.confidence))
        column.addWidget(self.on)
        column.addWidget(self.note)
        for editor in self._editors():
            editor.committed.connect(self._commit)

    def _editors(self) -> dict[InlineEditor, str]:
        return {
            self.kind: "kind",
            self.strength: "strength",
            self.source: "source",
            self.confidence: "confidence",
            self.on: "on",
            self.note: "note",
        }

    def show_tie(self, tie: TieLine | PersonTie) -> None:
        """Show a tie; drafts about the one shown before are committed first."""
        another = tie.id != self.tie_id
        if another:
            self.commit_drafts()
            self.tie_id = tie.id
        for editor, field in self._editors().items():
            if another:
                editor.revert()
            editor.set_value(getattr(tie, field))

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


def _row(wide: QWidget, narrow_one: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme().px(Space.S))
    row.addWidget(wide, 3, Qt.AlignmentFlag.AlignTop)
    row.addWidget(narrow_one, 2, Qt.AlignmentFlag.AlignTop)
    return row
