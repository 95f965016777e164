"""What ours do because of a meeting: ticked off here, and another one added in one line."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from kam_desktop.models.vocabulary import ActionState
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.actions import ActionPage, of_meeting
from kam_desktop.services.queries.meetings import MeetingDetail
from kam_desktop.ui.meetings.open_lines import OpenLines, late_of, open_items
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.widgets import Button, Card, InlineDate, InlineEditor, InlineLine, text_label

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


class MeetingActionsCard(Card):
    """The actions that came of one meeting; what is typed stays until it is added."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("What we do"), parent=parent)
        self._context = context
        self._meeting_id = self._account_id = ""
        self.lines = OpenLines(context)
        self._done = text_label("", "small")
        self.text = InlineLine(_("Another action of ours"))
        self.text.set_placeholder(_("Send the drawings"))
        self.due = InlineDate(_("Due"), today=context.clock.today())
        self.add_button = Button(_("Add"))
        row = QHBoxLayout()
        row.setSpacing(theme().px(Space.S))
        row.addWidget(self.due, 1)
        row.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignBottom)
        for widget in (self.lines, self._done, self.text):
            self.add(widget)
        self.body.addLayout(row)
        for editor in self._editors:
            (editor.focusProxy() or editor).installEventFilter(self)
        self.add_button.clicked.connect(self.add_action)

    @property
    def _editors(self) -> tuple[InlineEditor, ...]:
        return self.text, self.due

    def show_detail(self, detail: MeetingDetail) -> None:
        """Read what came of a meeting; drafts of the same meeting stay."""
        if detail.row.id != self._meeting_id:
            self.commit_drafts()
            self._meeting_id, self._account_id = detail.row.id, detail.row.account_id
            self._empty()
        self._context.lanes.read(self, of_meeting, self._meeting_id, on_done=self._show)

    def _show(self, page: ActionPage) -> None:
        if any(row.meeting_id != self._meeting_id for row in page.rows):
            return
        today = self._context.clock.today()
        items = open_items((), [row for row in page.rows if row.state is ActionState.OPEN])
        late = late_of(items, today)
        text = ngettext("{n} late", "{n} late", late).format(n=late)
        self.set_pills([(text, State.BAD)] if late else [])
        self.lines.show_items(items, today)
        self.lines.setVisible(bool(items))
        done = sum(row.state is ActionState.DONE for row in page.rows)
        self._done.setText(ngettext("{n} is done", "{n} are done", done).format(n=done))
        self._done.setVisible(done > 0)

    # Adding

    def add_action(self) -> None:
        """Keep what was typed as an action of the user's own."""
        for editor in self._editors:
            editor.clear_error()
        try:
            text, due = self.text.value(), self.due.value()
        except ValueError as error:
            self.due.refuse(error)
            self.due.setFocus()
            return
        self._run(text, due)

    def commit_drafts(self) -> None:
        """Keep what was typed and not added yet, without a day that cannot be read."""
        text = self.text.value()
        if not text:
            return
        try:
            due = self.due.value()
        except ValueError:
            due = None
        self._run(text, due)
        self._empty()

    def _run(self, text: str, due: dt.date | None) -> None:
        self._context.operations.run(
            self, _("Add an action"), _add, self._account_id, self._meeting_id, text, due,
            on_done=self._added, on_error=self._refuse,
        )  # fmt: skip

    def _added(self, _action_id: str) -> None:
        focused = QApplication.focusWidget()
        self._empty()
        if focused is not None and self.isAncestorOf(focused):
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _empty(self) -> None:
        for editor, nothing in ((self.text, ""), (self.due, None)):
            editor.set_value(nothing)
            editor.revert()

    def _refuse(self, error: UserError) -> None:
        editor = self.due if error.field == "due_on" else self.text
        editor.refuse(error)
        editor.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        key = event.key() if isinstance(event, QKeyEvent) else 0
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.type() == QEvent.Type.KeyPress:
            self.add_action()
            return True
        return super().eventFilter(watched, event)


def _add(
    work: UnitOfWork, account_id: str, meeting_id: str, text: str, due_on: dt.date | None
) -> str:
    from kam_desktop.services.actions import add_action_of_mine

    return add_action_of_mine(work, account_id, text, meeting_id=meeting_id, due_on=due_on)
