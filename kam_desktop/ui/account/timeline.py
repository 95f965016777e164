"""Touches and notes of the account, newest first, a page at a time."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.queries.interactions import InteractionRow
from kam_desktop.services.queries.notes import NoteRow
from kam_desktop.ui.account.columns import Columns
from kam_desktop.ui.account.lines import LineAction, LineActions
from kam_desktop.ui.account.notes import NotesCard
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.account.touches import TouchesCard
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets import Scroller, make_action


class TimelineSection(Section):
    """Touches at the left, notes at the right. ``touch_wanted`` asks to log a touch."""

    touch_wanted = Signal()
    tables: ClassVar[tuple[str, ...]] = (
        *("interaction", "interaction_person", "note", "person", "document"),
    )

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.lines = LineActions(
            self,
            [
                LineAction("edit", _("Change"), "pencil", "Return"),
                LineAction("pin", _("Pin or unpin the note"), "pin", "P", _is_note),
                LineAction("save", _("Save the attachments"), "download", "S", _has_attachments),
                LineAction("delete", _("Delete"), "trash-2", "Del"),
            ],
        )
        self._new_note = make_action(_("Write a note"), self, shortcut="Ctrl+N")
        self._mails = make_action(_("Import e-mails"), self, icon_name="import")
        self.touches = TouchesCard(context, self.lines)
        self.notes = NotesCard(context, self.lines)
        scroller = Scroller()
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.columns = Columns(((self.touches,), 3), ((self.notes,), 2))
        scroller.column.addWidget(self.columns)
        scroller.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroller)
        self.lines.wanted.connect(self._do)
        self._new_note.triggered.connect(self.write_note)
        self._mails.triggered.connect(self.touches.choose_mails)
        self.touches.log_wanted.connect(self.touch_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.columns.fit(event.size().width())
        super().resizeEvent(event)

    def commands(self) -> list[QAction]:
        return [self._new_note, self._mails, *self.lines.actions]

    def load(self) -> None:
        self.touches.load(self.account_id)
        self.notes.load(self.account_id)

    def leave_account(self) -> None:
        self.touches.leave_account()
        self.notes.leave_account()
        self.lines.choose(None)

    def commit_drafts(self) -> None:
        self.touches.form.commit()
        self.notes.commit_drafts()

    def show_part(self, part: str, record_id: str) -> None:
        del record_id
        if part == "notes":
            self.write_note()

    def write_note(self) -> None:
        """Put the keyboard where a note is written."""
        self.notes.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _do(self, name: str, row: object) -> None:
        if isinstance(row, NoteRow):
            {"edit": self.notes.edit, "pin": self.notes.pin, "delete": self.notes.delete}[name](row)
        elif isinstance(row, InteractionRow):
            {
                "edit": self.touches.edit,
                "save": self.touches.save_attachments,
                "delete": self.touches.delete,
            }[name](row)


def _has_attachments(row: object) -> bool:
    return isinstance(row, InteractionRow) and bool(row.attachments)


def _is_note(row: object) -> bool:
    return isinstance(row, NoteRow)
