"""Inline editors that hold records: one account or person, or several people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.queries import choices
from kam_desktop.services.queries.choices import Choice
from kam_desktop.ui.interactions.picker import RecordPicker
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import FlowLayout, IconButton, InlineEditor, clear_layout, text_label


class InlineRecord(InlineEditor):
    """One record chosen by typing; the value is its id or None. An emptied field is None."""

    def __init__(
        self,
        label: str,
        context: AppContext,
        query: Callable[..., list[Choice]],
        placeholder: str,
        parent: QWidget | None = None,
    ) -> None:
        self._context = context
        self._query = query
        self._placeholder = placeholder
        self._names: dict[str, Choice] = {}
        super().__init__(label, parent=parent)

    def _make_editor(self) -> QWidget:
        self.picker = RecordPicker(self._context, self._query, self._placeholder)
        self.picker.picked.connect(self._picked)
        self.picker.textEdited.connect(self._edited)
        return self.picker

    def set_record(self, record_id: str | None, name: str) -> None:
        """The stored record; an open draft stays."""
        if record_id is not None:
            self._names[record_id] = Choice("", record_id, "", name, "")
        self.set_value(record_id)

    def _draft(self) -> str | None:
        choice = self.picker.choice
        if choice is not None:
            return choice.id
        if self.picker.text().strip():
            raise ValueError(_("Choose one from the list, or leave it empty."))
        return None

    def _show(self, value: Any) -> None:
        self.picker.set_choice(self._names.get(value) if value else None)

    def _picked(self, choice: Choice) -> None:
        self._names[choice.id] = choice
        self._edited()
        self.commit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The list under the field takes the focus for a moment; the choice is still to come.
        if isinstance(event, QFocusEvent) and event.reason() == Qt.FocusReason.PopupFocusReason:
            return False
        return super().eventFilter(watched, event)


def person_field(context: AppContext, label: str) -> InlineRecord:
    """An editor that holds one person."""
    return InlineRecord(label, context, choices.people_of, _("Type a name"))


def member_field(context: AppContext, label: str) -> InlineRecord:
    """An editor that holds one of ours."""
    return InlineRecord(label, context, choices.team, _("Type a name of ours"))


def people_field(context: AppContext, label: str) -> InlinePeople:
    """An editor that holds several people."""
    return InlinePeople(label, context)


class InlinePeople(InlineEditor):
    """Several people, the first of them the main one; the value is a tuple of ids."""

    def __init__(self, label: str, context: AppContext, parent: QWidget | None = None) -> None:
        self._context = context
        self._people: tuple[Choice, ...] = ()
        self._names: dict[str, Choice] = {}
        super().__init__(label, parent=parent)
        self._stored: tuple[str, ...] = ()

    def _make_editor(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.XS))
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, spacing=theme().px(Space.XS))
        self._chips.hide()
        self.picker = RecordPicker(
            self._context, choices.people_of, _("Add somebody by name"), clears=True
        )
        column.addWidget(self.picker)
        column.addWidget(self._chips)
        holder.setFocusProxy(self.picker)
        self.picker.picked.connect(self._add)
        return holder

    def ask_in(self, account_id: str) -> None:
        """Offer the people of this account first."""
        self.picker.ask_with(account_id)

    def set_people(self, people: Sequence[Choice]) -> None:
        """The stored people; an open draft stays."""
        self._names.update({person.id: person for person in people})
        self.set_value(tuple(person.id for person in people))

    def _draft(self) -> tuple[str, ...]:
        return tuple(person.id for person in self._people)

    def _show(self, value: Any) -> None:
        self._people = tuple(self._names[each] for each in value or () if each in self._names)
        self._show_chips()

    def _show_chips(self) -> None:
        clear_layout(self._flow)
        for person in self._people:
            chip = _Chip(person)
            chip.removed.connect(self._remove)
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(self._people))

    def _add(self, person: Choice) -> None:
        self._names[person.id] = person
        if person.id not in self._draft():
            self._people = (*self._people, person)
            self._show_chips()
        self._edited()

    def _remove(self, person_id: str) -> None:
        self._people = tuple(each for each in self._people if each.id != person_id)
        self._show_chips()
        self._edited()
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)


class _Chip(QWidget):
    """One person with a button that takes them off. ``removed`` carries the id."""

    removed = Signal(str)

    def __init__(self, person: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = person.id
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme().px(Space.S), 0)
        row.setSpacing(0)
        row.addWidget(text_label(person.title, "strong"))
        remove = IconButton("x", _("Take {name} off").format(name=person.title))
        remove.clicked.connect(self._remove)
        row.addWidget(remove)

    def _remove(self) -> None:
        self.removed.emit(self._id)
