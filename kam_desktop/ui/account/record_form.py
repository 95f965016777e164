"""A small form for a new or changed record, opened in its place on the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import (
    Button,
    Card,
    InlineChoice,
    InlineDate,
    InlineEditor,
    InlineLine,
    InlineText,
    text_label,
)


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``kind`` is line, text, date or choice; ``choices`` are (value, wording).

    ``read`` turns a line into a value and raises ``ValueError`` with a message for the user.
    """

    name: str
    label: str
    kind: str = "line"
    choices: tuple[tuple[Any, str], ...] = ()
    read: Callable[[str], Any] | None = None
    wide: bool = False


class RecordForm(Card):
    """``submitted`` carries the values by field name; ``closed`` is emitted when it goes away.

    The page runs the operation and calls `accept` or `refuse`; until then the typed text stays.
    """

    submitted = Signal(object)
    closed = Signal()

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        today: dt.date,
        save: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent=parent)
        self._today = today
        self._fields = tuple(fields)
        self._editors: dict[str, InlineEditor] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(Space.M))
        grid.setVerticalSpacing(theme().px(Space.S))
        self._place(grid)
        self.body.addLayout(grid)
        self._error = text_label("", "error", wrap=True)
        self._error.hide()
        self.add(self._error)
        self.save_button = Button(save or _("Save"))
        self.cancel_button = Button(_("Cancel"), "quiet")
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.save_button.clicked.connect(self.submit)
        self.cancel_button.clicked.connect(self.close_form)
        self.hide()

    def _place(self, grid: QGridLayout) -> None:
        row = column = 0
        for field in self._fields:
            editor = _editor(field, self._today)
            self._editors[field.name] = editor
            if field.wide:
                row += 1 if column else 0
                grid.addWidget(editor, row, 0, 1, 3)
                row, column = row + 1, 0
                continue
            grid.addWidget(editor, row, column, Qt.AlignmentFlag.AlignTop)
            row, column = (row, column + 1) if column < 2 else (row + 1, 0)
        for each in range(3):
            grid.setColumnStretch(each, 1)

    def editor(self, name: str) -> InlineEditor:
        """The editor of a field."""
        return self._editors[name]

    def open_with(self, values: Mapping[str, Any], title: str = "") -> None:
        """Show these values for editing."""
        if title:
            self.set_title(title)
        self._error.hide()
        for field in self._fields:
            editor = self._editors[field.name]
            editor.set_value(values.get(field.name, None if field.kind == "date" else ""))
            editor.revert()
        self.show()
        self._editors[self._fields[0].name].setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Offer what was typed, unless a field cannot be read."""
        values: dict[str, Any] = {}
        for field in self._fields:
            editor = self._editors[field.name]
            editor.clear_error()
            try:
                value = editor.value()
                values[field.name] = field.read(value) if field.read else value
            except ValueError as error:
                editor.refuse(error)
                editor.setFocus()
                return
        self.submitted.emit(values)

    def accept(self, _result: object = None) -> None:
        """What was typed is stored."""
        self.close_form()

    def refuse(self, error: object) -> None:
        """Say why it was not stored, beside the field it belongs to."""
        field = error.field if isinstance(error, UserError) else None
        editor = self._editors.get(field or "")
        if editor is None:
            self._error.setText(str(error))
            self._error.show()
            return
        editor.refuse(error)
        editor.setFocus()

    def close_form(self) -> None:
        """Put the form away."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)


def _editor(field: Field, today: dt.date) -> InlineEditor:
    if field.kind == "date":
        return InlineDate(field.label, today=today)
    if field.kind == "text":
        editor = InlineText(field.label)
        editor.set_lines(3)
        editor.text.setMaximumHeight(theme().px(80))
        return editor
    if field.kind == "choice":
        chooser = InlineChoice(field.label)
        chooser.set_choices(list(field.choices))
        return chooser
    return InlineLine(field.label)
