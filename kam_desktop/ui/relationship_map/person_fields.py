"""The fields of a person: how they are called, what there is to choose, how they are stored."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QComboBox, QSizePolicy

from kam_desktop.models.vocabulary import (
    ClaimField,
    ContactCoverage,
    Orientation,
    RelationshipLevel,
    Support,
)
from kam_desktop.services import words
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.person_detail import PersonDetail
from kam_desktop.ui.support_marks import support_mark
from kam_desktop.ui.widgets import InlineChoice, InlineDate, InlineEditor, InlineLine
from kam_desktop.ui.widgets.growing_text import GrowingText

Choices = list[tuple[object, str]]


class InlineNumber(InlineLine):
    """A whole number or nothing; the value is ``int | None``."""

    def _draft(self) -> int | None:  # type: ignore[override]
        text = self.line.text().strip()
        if not text:
            return None
        try:
            return int(text)
        except ValueError:
            raise ValueError(_("Write a whole number, or leave it empty.")) from None

    def _show(self, value: object) -> None:
        self.line.setText("" if value is None else str(value))


def unknown_first(choices: Choices) -> Choices:
    """``choices`` with unknown in front."""
    return [(None, _("Unknown")), *choices]


def support_choices() -> Choices:
    """Support from mentor to opponent, each with its sign and what it looks like in practice."""
    hints = {
        Support.MENTOR: _("speaks for us when we are not there"),
        Support.SUPPORTER: _("prefers us"),
        Support.NEUTRAL: _("has no preference"),
        Support.SCEPTIC: _("doubts us"),
        Support.OPPONENT: _("works against us"),
    }
    marks = {value: support_mark(int(value)) for value in hints}
    return unknown_first(
        [(int(v), f"{marks[v].symbol}  {marks[v].word}: {hint}") for v, hint in hints.items()]
    )


def influence_choices() -> Choices:
    """Influence from 0 to 10, with words at the places one knows by heart."""
    named = {
        0: _("0: no say"),
        3: _("3: is asked"),
        5: _("5: is heard"),
        7: _("7: hard to pass over"),
        10: _("10: decides"),
    }
    return unknown_first([(value, named.get(value, str(value))) for value in range(11)])


def choices_of(field: ClaimField) -> Choices:
    """What there is to choose from for a judged field, unknown first."""
    if field is ClaimField.SUPPORT:
        return support_choices()
    if field is ClaimField.INFLUENCE:
        return influence_choices()
    kinds = {
        ClaimField.COVERAGE: ContactCoverage,
        ClaimField.LEVEL: RelationshipLevel,
        ClaimField.ORIENTATION: Orientation,
    }
    return unknown_first(words.choices(kinds[field]))


def make_editors(today: dt.date) -> dict[str, InlineEditor]:
    """An editor for every field of a person, by field. Judged fields are labelled around them."""
    editors: dict[str, InlineEditor] = {
        "name": InlineLine(_("Name")),
        "title": InlineLine(_("Title")),
        "buying_centre_id": InlineChoice(_("Buying centre")),
        **{field.value: _judged(field) for field in ClaimField},
        "level_wanted": _choice(
            _("Should see us as"),
            [(None, _("Not decided")), *words.choices(RelationshipLevel)],
        ),
        "step": InlineLine(_("Next step")),
        "step_due": InlineDate(_("Until"), today=today),
        "style": InlineLine(_("Personal style")),
        "cadence_days": InlineNumber(_("Days between contacts")),
        "owner_id": InlineChoice(_("Looked after by")),
        "email": InlineLine(_("E-mail")),
        "phone": InlineLine(_("Phone")),
        "mobile": InlineLine(_("Mobile")),
        "languages": InlineLine(_("Languages")),
        "about": GrowingText(_("Notes")),
    }
    for field, editor in editors.items():
        editor.setProperty("field", field)
        editor.setObjectName(field)
        if isinstance(editor, InlineChoice):
            narrow(editor)
    return editors


def narrow(editor: InlineChoice) -> InlineChoice:
    """Long choices must not widen the panel: the list shows them in full."""
    editor.combo.setSizeAdjustPolicy(
        QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
    )
    editor.combo.setMinimumContentsLength(6)
    editor.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return editor


def _choice(label: str, choices: Choices) -> InlineChoice:
    editor = InlineChoice(label)
    editor.set_choices(choices)
    return editor


def _judged(field: ClaimField) -> InlineChoice:
    editor = InlineChoice(words.word(field), show_label=False)
    editor.set_choices(choices_of(field))
    return editor


def show_detail(editors: dict[str, InlineEditor], detail: PersonDetail) -> None:
    """Fill the editors; drafts stay."""
    nobody: Choices = [(None, _("Nobody"))]
    centres, owners = editors["buying_centre_id"], editors["owner_id"]
    if isinstance(centres, InlineChoice):
        centres.set_choices([(None, _("Whole account")), *detail.buying_centres])
        centres.setVisible(bool(detail.buying_centres))
    if isinstance(owners, InlineChoice):
        owners.set_choices([*nobody, *detail.team])
    for field, editor in editors.items():
        editor.set_value(getattr(detail, field))
