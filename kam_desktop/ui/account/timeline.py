"""Interactions and notes of the account, newest first, a page at a time."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from kam_desktop.services.formatting import date, joined, relative_date
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.dossier import NoteRow, notes
from kam_desktop.services.queries.interactions import InteractionRow, Timeline, timeline
from kam_desktop.services.storage.reader import Reader
from kam_desktop.services.words import word
from kam_desktop.services.zones import local_of
from kam_desktop.ui.account.columns import Columns
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.times import clock_text
from kam_desktop.ui.widgets import (
    Button,
    Card,
    ElidedLabel,
    IconButton,
    Rule,
    Scroller,
    clear_layout,
    text_label,
)

PAGE = 30


def interactions_page(db: Reader, account_id: str, before: InteractionRow | None) -> Timeline:
    """One page of the account's touches."""
    return timeline(db, account_id=account_id, before=before, limit=PAGE)


class TimelineSection(Section):
    """Touches at the left, notes at the right. ``touch_wanted`` asks to log a touch."""

    touch_wanted = Signal()
    tables: ClassVar[tuple[str, ...]] = ("interaction", "interaction_person", "note", "person")

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._last: InteractionRow | None = None
        self.touches = Card(_("Touches"))
        self._log = Button(_("Log a touch"), "quiet")
        self.touches.add_tool(self._log)
        self._touch_rows = QVBoxLayout()
        self._touch_rows.setSpacing(theme().px(Space.XS))
        self.touches.body.addLayout(self._touch_rows)
        self.more = Button(_("Show more"), "quiet")
        self.touches.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.notes = NotesCard(context)
        scroller = Scroller()
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.columns = Columns(((self.touches,), 3), ((self.notes,), 2))
        scroller.column.addWidget(self.columns)
        scroller.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroller)
        self._log.clicked.connect(self.touch_wanted)
        self.more.clicked.connect(self._load_more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.columns.fit(event.size().width())
        super().resizeEvent(event)

    def load(self) -> None:
        lanes = self.context.lanes
        lanes.read(self, interactions_page, self.account_id, None, on_done=self._show_first)
        lanes.read(self, notes, self.account_id, on_done=self._show_notes)

    def _show_notes(self, rows: list[NoteRow]) -> None:
        self.notes.show_notes(self.account_id, rows)

    def _load_more(self) -> None:
        self.context.lanes.read(
            self, interactions_page, self.account_id, self._last, on_done=self._show_next
        )

    def _show_first(self, page: Timeline) -> None:
        clear_layout(self._touch_rows)
        if not page.rows:
            text = _("No touch recorded yet. Log the last call or visit you remember.")
            self._touch_rows.addWidget(text_label(text, "hint", wrap=True))
        self._show_next(page)

    def _show_next(self, page: Timeline) -> None:
        today = self.context.clock.today()
        for row in page.rows:
            self._touch_rows.addWidget(TouchLine(row, relative_date(row.at.date(), today)))
        self._last = page.rows[-1] if page.rows else self._last
        self.more.setVisible(page.more)


class TouchLine(QWidget):
    """One touch: kind and people, what it was about, when."""

    def __init__(self, row: InteractionRow, when: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme().px(Space.XS), 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(theme().px(Space.S))
        head.addWidget(text_label(word(row.kind), "strong"))
        people = ", ".join(name for name in (row.person_name, *row.others) if name)
        head.addWidget(ElidedLabel(people, "secondary"), 1)
        day = text_label(when, "hint")
        local = local_of(row.at, row.zone)
        day.setToolTip(joined((date(local.date()), clock_text(row.at, row.zone), row.zone)))
        head.addWidget(day)
        column.addLayout(head)
        if row.summary or row.text:
            column.addWidget(text_label(row.summary or row.text[:300], wrap=True))
        column.addWidget(Rule())


class NotesCard(Card):
    """Notes, and a place to write one; what is typed stays until it is added."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Notes"), parent=parent)
        self._context = context
        self._account_id = ""
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("New note"))
        self.text.setPlaceholderText(_("Write a note"))
        self.text.setMaximumHeight(theme().px(84))
        self.add_button = Button(_("Add note"))
        self._error = text_label("", "error", wrap=True)
        self._error.hide()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme().px(Space.S))
        self.add(self.text)
        self.add(self._error)
        self.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(self._rows)
        self.add_button.clicked.connect(self.add_note)

    def show_notes(self, account_id: str, rows: list[NoteRow]) -> None:
        """Show the notes of an account."""
        if account_id != self._account_id:
            self._account_id = account_id
            self.text.clear()
        clear_layout(self._rows)
        for row in rows:
            self._rows.addWidget(self._line(row))

    def _line(self, row: NoteRow) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        when = relative_date(row.at.date(), self._context.clock.today())
        pinned = _("pinned") if row.pinned else ""
        head.addWidget(ElidedLabel(joined((when, row.person_name, pinned)), "hint"), 1)
        pin = IconButton("pin", _("Unpin this note") if row.pinned else _("Pin this note"))
        pin.setProperty("record", row.id)
        pin.setProperty("pinned", row.pinned)
        pin.clicked.connect(self._pin)
        remove = IconButton("trash-2", _("Delete this note"))
        remove.setProperty("record", row.id)
        remove.clicked.connect(self._remove)
        head.addWidget(pin)
        head.addWidget(remove)
        column.addLayout(head)
        column.addWidget(text_label(row.text, wrap=True))
        return line

    def add_note(self) -> None:
        """Keep what was typed."""
        from kam_desktop.services import notes as use_cases

        self._run(
            _("Add note"),
            use_cases.add_note,
            self._account_id,
            self.text.toPlainText(),
            on_done=self._added,
            on_error=self._refuse,
        )

    def _added(self, _note_id: str) -> None:
        self.text.clear()
        self._error.hide()

    def _refuse(self, error: object) -> None:
        self._error.setText(str(error))
        self._error.show()

    def _pin(self) -> None:
        from kam_desktop.services import notes as use_cases

        button = self.sender()
        if isinstance(button, IconButton):
            pinned = not button.property("pinned")
            label = _("Pin note") if pinned else _("Unpin note")
            self._run(label, use_cases.set_pinned, button.property("record"), pinned)

    def _remove(self) -> None:
        from kam_desktop.services import notes as use_cases

        button = self.sender()
        if isinstance(button, IconButton):
            self._run(_("Delete note"), use_cases.delete_note, button.property("record"))

    def _run(self, label: str, use_case: Any, *arguments: Any, **callbacks: Any) -> None:
        self._context.operations.run(self, label, use_case, *arguments, **callbacks)
