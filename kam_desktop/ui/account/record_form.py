"""A small form for a new or changed record, opened in its place on the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QWidget

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
from kam_desktop.ui.widgets.scrolling import bring_into_view

_FIELD_WIDTH = 190
_MOST_COLUMNS = 3
_TEXT_HEIGHT = 96


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``kind`` is line, text, date or choice; ``choices`` are (value, wording).

    ``make`` gives an editor of another kind, whose value is ``empty`` while nothing is chosen.
    ``read`` turns what was entered into a value and raises ``ValueError`` with a message for the
    user. A ``wide`` field has a row of its own.
    """

    name: str
    label: str
    kind: str = "line"
    choices: tuple[tuple[Any, str], ...] = ()
    read: Callable[[Any], Any] | None = None
    wide: bool = False
    make: Callable[[str], InlineEditor] | None = None
    empty: Any = ""


class RecordForm(Card):
    """``submitted`` carries the values by field name; ``closed`` is emitted when it goes away.

    Enter submits (Ctrl+Enter in a text of several lines), Escape gives up. The page runs the
    operation and calls `accept` or `refuse`; until then the typed text stays.
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
        self._editors = {field.name: _editor(field, today) for field in self._fields}
        self._hidden: set[str] = set()
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().px(Space.M))
        self._grid.setVerticalSpacing(theme().px(Space.S))
        self.body.addLayout(self._grid)
        self._place(_MOST_COLUMNS)
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
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(0)
        self._connect_signals()
        self.hide()

    def _connect_signals(self) -> None:
        for editor in self._editors.values():
            # After the editor's own filter, so it is asked first: Enter submits the whole form.
            (editor.focusProxy() or editor).installEventFilter(self)
        self._settled.timeout.connect(self._come_into_view)
        self.save_button.clicked.connect(self.submit)
        self.cancel_button.clicked.connect(self.close_form)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for editor in self._editors.values():
            self._grid.removeWidget(editor)
        row = column = 0
        for field in self._fields:
            editor = self._editors[field.name]
            if field.name in self._hidden:
                continue
            if field.wide:
                row += 1 if column else 0
                self._grid.addWidget(editor, row, 0, 1, columns)
                row, column = row + 1, 0
                continue
            self._grid.addWidget(editor, row, column, Qt.AlignmentFlag.AlignTop)
            row, column = (row, column + 1) if column < columns - 1 else (row + 1, 0)
        for each in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(each, 1 if each < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = event.size().width() // theme().px(_FIELD_WIDTH)
        self._place(max(1, min(_MOST_COLUMNS, fits)))

    def editor(self, name: str) -> InlineEditor:
        """The editor of a field."""
        return self._editors[name]

    @property
    def has_changes(self) -> bool:
        """Whether it is open with something that is not stored."""
        return not self.isHidden() and any(each.has_draft for each in self._editors.values())

    def show_fields(self, hidden: Sequence[str] = ()) -> None:
        """Show all fields but these."""
        self._hidden = set(hidden)
        for name, editor in self._editors.items():
            editor.setVisible(name not in self._hidden)
        columns, self._columns = self._columns, 0
        self._place(columns)

    def open_with(self, values: Mapping[str, Any], title: str = "") -> None:
        """Show these values for editing."""
        if title:
            self.set_title(title)
        self._error.hide()
        for field in self._fields:
            editor = self._editors[field.name]
            empty = None if field.kind == "date" else field.empty
            editor.set_value(values.get(field.name, empty))
            editor.revert()
        self.show()
        self._editors[self._fields[0].name].setFocus(Qt.FocusReason.OtherFocusReason)
        # Once the page has made room for it.
        self._settled.start()

    def _come_into_view(self) -> None:
        if self.isVisible():
            bring_into_view(self)

    def submit(self) -> None:
        """Offer what was typed, unless a field cannot be read."""
        values: dict[str, Any] = {}
        self._error.hide()
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

    def commit(self) -> None:
        """The page is left: offer what was typed."""
        if self.has_changes:
            self.submit()

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
        if not self.isHidden():
            self.hide()
            for editor in self._editors.values():
                editor.revert()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if enter and (control or not isinstance(watched, QPlainTextEdit)):
                self.submit()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)


def _editor(field: Field, today: dt.date) -> InlineEditor:
    if field.make is not None:
        return field.make(field.label)
    if field.kind == "date":
        return InlineDate(field.label, today=today)
    if field.kind == "text":
        editor = InlineText(field.label)
        editor.set_lines(3)
        editor.text.setMaximumHeight(theme().px(_TEXT_HEIGHT))
        return editor
    if field.kind == "choice":
        chooser = InlineChoice(field.label)
        chooser.set_choices(list(field.choices))
        return chooser
    return InlineLine(field.label)
