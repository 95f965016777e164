"""The fields of one personal note."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import PersonalKind
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.personal import PersonalRow
from kam_desktop.services.words import word
from kam_desktop.ui.personal_notes.birthday_field import BirthdayField
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import (
    Button,
    InlineChoice,
    InlineDate,
    InlineEditor,
    InlineLine,
    PrimaryButton,
    text_label,
)


@dataclass(frozen=True, slots=True)
class PersonalDraft:
    """What was typed; ``id`` is empty for a new note."""

    id: str
    kind: PersonalKind
    text: str
    day: dt.date | None
    purpose: str
    source: str
    review_on: dt.date | None


class PersonalForm(QWidget):
    """``submitted`` carries a `PersonalDraft`, ``closed`` when it is given up."""

    submitted = Signal(object)
    closed = Signal()

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = ""
        self.kind = InlineChoice(_("Kind"))
        self.kind.set_choices([(kind, word(kind)) for kind in PersonalKind])
        self.text = InlineLine(_("What"))
        self.day = BirthdayField(today)
        self.purpose = InlineLine(_("What you keep it for"))
        self.source = InlineLine(_("Where you have it from"))
        self.review = InlineDate(_("Look at it again on"), today=today)
        self.error = text_label("", "error", wrap=True)
        self.save = PrimaryButton(_("Save"))
        self.cancel = Button(_("Cancel"))
        self._lay_out()
        self.kind.committed.connect(self._follow_kind)
        for editor in self._editors().values():
            editor.entered.connect(self.submit)
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.closed)

    def _editors(self) -> dict[str, InlineEditor]:
        return {
            "text": self.text,
            "purpose": self.purpose,
            "source": self.source,
            "review_on": self.review,
        }

    def _lay_out(self) -> None:
        px = theme().px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(Space.M))
        grid.setVerticalSpacing(px(Space.S))
        grid.addWidget(self.kind, 0, 0)
        grid.addWidget(self.text, 0, 1)
        grid.addWidget(self.day, 0, 1)
        grid.addWidget(self.purpose, 1, 0, 1, 2)
        grid.addWidget(self.source, 2, 0)
        grid.addWidget(self.review, 2, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(Space.S))
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(Space.S))
        column.addLayout(grid)
        column.addWidget(self.error)
        column.addLayout(buttons)

    def open_with(self, row: PersonalRow | None) -> None:
        """Show a note to change, or an empty form."""
        for editor in (self.kind, *self._editors().values()):
            editor.revert()
        self._id = "" if row is None else row.id
        kind = PersonalKind.BIRTHDAY if row is None else row.kind
        self.kind.set_value(kind)
        self.text.set_value("" if row is None else row.text)
        self.day.set_value(None if row is None else row.day)
        self.purpose.set_value("" if row is None else row.purpose)
        self.source.set_value("" if row is None else row.source)
        self.review.set_value(None if row is None else row.review_on)
        self._say("")
        self._follow_kind(kind)
        self.kind.setFocus()

    def _follow_kind(self, kind: object) -> None:
        birthday = kind is PersonalKind.BIRTHDAY
        self.day.setVisible(birthday)
        self.text.setVisible(not birthday)
        if birthday and not self.purpose.value():
            self.purpose.set_value(_("To wish them well"))

    def submit(self) -> None:
        """Hand over what was typed, or say which date cannot be read."""
        kind = self.kind.value()
        birthday = kind is PersonalKind.BIRTHDAY
        try:
            day = self.day.value() if birthday else None
            draft = PersonalDraft(
                id=self._id,
                kind=kind,
                text="" if birthday else str(self.text.value()),
                day=day,
                purpose=str(self.purpose.value()),
                source=str(self.source.value()),
                review_on=self.review.value(),
            )
        except ValueError as error:
            self._say(str(error))
            return
        self._say("")
        self.submitted.emit(draft)

    def refuse(self, error: UserError) -> None:
        """Say what is missing; what was typed stays."""
        self._say(str(error))
        editor = self._editors().get(error.field or "")
        if editor is not None:
            editor.setFocus()

    def _say(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))
