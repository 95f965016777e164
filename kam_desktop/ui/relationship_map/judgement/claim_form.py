"""A small form to say what was seen or heard: value, source, day, how sure, and a note."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import ClaimField, ClaimSource, Confidence
from kam_desktop.services import words
from kam_desktop.services.claim_words import value_words
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.claims import ClaimRow
from kam_desktop.ui.relationship_map.person_fields import choices_of, narrow
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import (
    Button,
    InlineChoice,
    InlineDate,
    InlineEditor,
    InlineLine,
)
from kam_desktop.ui.widgets.growing_text import GrowingText


class ClaimForm(QWidget):
    """For a new claim or one that is there. ``finished`` when it was kept or given up."""

    finished = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._person_id = ""
        self._field = ClaimField.SUPPORT
        self._claim_id = ""
        self.value = narrow(InlineChoice(_("Value")))
        self.source = narrow(InlineChoice(_("How do we know?")))
        self.source.set_choices(words.choices(ClaimSource))
        self.confidence = narrow(InlineChoice(_("How sure?")))
        self.confidence.set_choices(words.choices(Confidence))
        self.on = InlineDate(_("Day"), today=context.clock.today())
        self.source_text = InlineLine(_("From whom, or where"))
        self.note = GrowingText(_("Note"))
        self.save = Button(_("Keep"), "primary")
        self.cancel = Button(_("Cancel"), "quiet")
        self._build()
        self.save.clicked.connect(self._keep)
        self.cancel.clicked.connect(self.finished)

    def _build(self) -> None:
        px = theme().px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(Space.S))
        grid.setVerticalSpacing(px(Space.S))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.value, 0, 0, 1, 2)
        grid.addWidget(self.source, 1, 0, top)
        grid.addWidget(self.confidence, 1, 1, top)
        grid.addWidget(self.source_text, 2, 0, top)
        grid.addWidget(self.on, 2, 1, top)
        grid.addWidget(self.note, 3, 0, 1, 2)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(Space.XS), 0, px(Space.XS))
        column.setSpacing(px(Space.S))
        column.addLayout(grid)
        column.addLayout(buttons)

    def _editors(self) -> dict[str, InlineEditor]:
        return {
            "value": self.value,
            "source": self.source,
            "source_text": self.source_text,
            "confidence": self.confidence,
            "on": self.on,
            "note": self.note,
        }

    def start(self, person_id: str, field: ClaimField, claim: ClaimRow | None) -> None:
        """Ask for a new claim about a person, or correct the one that is given."""
        self._person_id, self._field = person_id, field
        self._claim_id = "" if claim is None else claim.id
        self.value.set_choices(choices_of(field))
        shown: dict[str, Any] = (
            {"source": ClaimSource.SEEN, "confidence": Confidence.MEDIUM}
            | {"on": self._context.clock.today(), "value": None, "source_text": "", "note": ""}
            if claim is None
            else {name: getattr(claim, name) for name in self._editors()}
        )
        for name, editor in self._editors().items():
            editor.set_value(shown[name])
            editor.revert()
        self.value.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.finished.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def _keep(self) -> None:
        from kam_desktop.services.claims import state_claim, update_claim

        fields: dict[str, Any] = {}
        for name, editor in self._editors().items():
            try:
                fields[name] = editor.value()
            except ValueError as error:
                editor.refuse(error)
                editor.setFocus()
                return
        fields["on"] = fields["on"] or self._context.clock.today()
        told = value_words(self._field, fields["value"])
        label = _("{field}: {value}").format(field=words.word(self._field), value=told)
        use_case: Any = partial(update_claim, claim_id=self._claim_id, **fields)
        if not self._claim_id:
            use_case = partial(state_claim, person_id=self._person_id, field=self._field, **fields)
        self._context.operations.run(
            self, label, use_case, on_done=self._kept, on_error=self._refuse
        )

    def _kept(self, _result: object) -> None:
        self.finished.emit()

    def _refuse(self, error: UserError) -> None:
        editor = self._editors().get(error.field or "", self.value)
        editor.refuse(error)
        editor.setFocus()
