"""The notes of an account: one is written at the top, the others are changed in their place."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from kam_desktop.services.formatting import date, joined, relative_date
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.notes import NotePage, NoteRow, notes
from kam_desktop.ui.account.lines import LineActions, LineList
from kam_desktop.ui.account.record_form import Field, RecordForm
from kam_desktop.ui.interactions.record_field import InlineRecord, person_field
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import theme
from kam_desktop.ui.widgets import Button, Card, ElidedLabel, text_label

PAGE = 30


class NotesCard(Card):
    """Notes, pinned ones first; what is typed stays until it is added."""

    def __init__(
        self, context: AppContext, actions: LineActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Notes"), parent=parent)
        self._context = context
        self._account_id = ""
        self._shown = PAGE
        self._edited = ""
        self.text = _NewNote()
        self.add_button = Button(_("Add note"))
        self._error = text_label("", "error", wrap=True)
        self._error.hide()
        self.list = LineList(partial(_content, context), _name, actions)
        self.form = RecordForm(_("Change note"), _fields(context), context.clock.today())
        self.form.setProperty("card", "sunken")
        self.more = Button(_("Show more"), "quiet")
        self.more.hide()
        self.add(self.text)
        self.add(self._error)
        self.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.list)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_button.clicked.connect(self.add_note)
        self.text.finished.connect(self.add_note)
        self.more.clicked.connect(self._show_more)
        self.form.submitted.connect(self._save)
        self.form.closed.connect(self.list.end_edit)

    def leave_account(self) -> None:
        """Another account is about to be shown."""
        self.form.close_form()
        self.text.clear()
        self._error.hide()
        self._shown = PAGE

    def commit_drafts(self) -> None:
        """Keep what was typed."""
        self.form.commit()
        if self.text.toPlainText().strip():
            self.add_note()

    def load(self, account_id: str) -> None:
        """Read the notes anew, as many as are shown now."""
        self._account_id = account_id
        self._context.lanes.read(self, notes, account_id, self._shown, on_done=self._show)

    def _show_more(self) -> None:
        self._shown += PAGE
        self.load(self._account_id)

    def _show(self, page: NotePage) -> None:
        self.list.show_rows(page.rows)
        self.more.setVisible(page.more)

    # Changing

    def add_note(self) -> None:
        """Keep what was typed."""
        from kam_desktop.services import notes as use_cases

        self._context.operations.run(
            self, _("Add note"), use_cases.add_note, self._account_id, self.text.toPlainText(),
            on_done=self._added, on_error=self._refuse,
        )  # fmt: skip

    def _added(self, _note_id: str) -> None:
        self.text.clear()
        self._error.hide()

    def _refuse(self, error: object) -> None:
        self._error.setText(str(error))
        self._error.show()

    def edit(self, row: NoteRow) -> None:
        """Open the form in the place of a line."""
        self._edited = row.id
        person = self.form.editor("person_id")
        assert isinstance(person, InlineRecord)
        person.picker.ask_with(self._account_id)
        person.set_record(row.person_id, row.person_name)
        self.list.edit(row.id, self.form)
        self.form.open_with({"text": row.text, "person_id": row.person_id})

    def _save(self, values: dict[str, Any]) -> None:
        self._context.operations.run(
            self.form, _("Change note"), _change, self._edited, values,
            on_done=self.form.accept, on_error=self.form.refuse,
        )  # fmt: skip

    def pin(self, row: NoteRow) -> None:
        """Keep a note at the top, or let it go back in line."""
        from kam_desktop.services import notes as use_cases

        label = _("Unpin note") if row.pinned else _("Pin note")
        self._context.operations.run(self, label, use_cases.set_pinned, row.id, not row.pinned)

    def delete(self, row: NoteRow) -> None:
        """Move a note to the trash."""
        from kam_desktop.services import notes as use_cases

        self._context.operations.run(self, _("Delete note"), use_cases.delete_note, row.id)


def _fields(context: AppContext) -> list[Field]:
    return [
        Field("text", _("Note"), "text", wide=True),
        Field(
            "person_id", _("About whom"), make=partial(person_field, context), empty=None, wide=True
        ),
    ]


def _content(context: AppContext, row: NoteRow) -> QWidget:
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme().px(2))
    when = relative_date(row.at.date(), context.clock.today())
    pinned = _("pinned") if row.pinned else ""
    head = ElidedLabel(joined((pinned, when, row.person_name)), "hint")
    head.setToolTip(date(row.at.date()))
    column.addWidget(head)
    column.addWidget(text_label(row.text, wrap=True))
    return content


def _name(row: NoteRow) -> str:
    return ", ".join((date(row.at.date()), row.text))


class _NewNote(QPlainTextEdit):
    """Where a note is written; ``finished`` on Ctrl+Enter."""

    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("New note"))
        self.setPlaceholderText(_("Write a note. Ctrl+Enter adds it."))
        self.setMaximumHeight(theme().px(84))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        else:
            super().keyPressEvent(event)


def _change(work: Any, note_id: str, values: dict[str, Any]) -> None:
    from kam_desktop.services import notes as use_cases

    use_cases.set_text(work, note_id, values["text"])
    use_cases.set_person(work, note_id, values["person_id"])
