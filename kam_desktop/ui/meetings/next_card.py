"""The meeting after one that was held: the one there is, or one planned from here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.services.analysis.next_meeting import usual_next
from kam_desktop.services.errors import UserError
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.meeting_around import MeetingView
from kam_desktop.services.zones import LocalTime, local_of
from kam_desktop.ui.meetings import meeting_changes
from kam_desktop.ui.meetings.when_editor import WhenEditor
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.times import span_text
from kam_desktop.ui.widgets import Button, Card, text_label


class NextCard(Card):
    """Shown once the meeting has begun. ``planned`` carries the new meeting's id,
    ``meeting_wanted`` that of the following one, ``asking`` the form when it opens."""

    planned = Signal(str)
    meeting_wanted = Signal(str)
    asking = Signal(QWidget)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("The next meeting"), parent=parent)
        self._context = context
        self._view: MeetingView | None = None
        self.open_it = Button(_("Open it"), "quiet")
        self.plan_it = Button(_("Plan the next one"), icon_name="calendar-plus")
        self.add_tool(self.open_it)
        self.body.addWidget(self.plan_it, 0, Qt.AlignmentFlag.AlignLeft)
        self.form = QWidget()
        self.when = WhenEditor()
        self._carried = text_label("", "hint", wrap=True)
        self.keep = Button(_("Plan meeting"))
        self._cancel = Button(_("Cancel"), "quiet")
        self._lay_out()
        self.form.hide()
        self.plan_it.clicked.connect(self.start)
        self.open_it.clicked.connect(self._open)
        self.keep.clicked.connect(self._plan)
        self._cancel.clicked.connect(self._stop)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.S))
        column.addWidget(self.when)
        column.addWidget(self._carried)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.keep)
        column.addLayout(buttons)
        self.add(self.form)

    def show_view(self, view: MeetingView) -> None:
        """Show what follows a meeting; hidden before it begins."""
        row, following = view.detail.row, view.around.following
        if self._view is None or self._view.detail.row.id != row.id:
            self._stop()
        self._view = view
        self.setVisible(row.starts_at <= self._context.clock.now() and not row.cancelled)
        self.open_it.setVisible(following is not None)
        self._carried.setText(_carried(view))
        if following is None:
            self.set_subtitle(_("None is planned with this account."))
            return
        today = self._context.clock.today()
        when = span_text(following.starts_at, following.minutes, following.zone, today)
        self.set_subtitle(joined((following.title, when)))

    def start(self) -> None:
        """Ask when it is to be."""
        if self._view is None:
            return
        self.when.set_value(self._usual(self._view), self._view.detail.row.minutes)
        self.plan_it.hide()
        self.form.show()
        self.when.setFocus()
        self.asking.emit(self.form)

    def _usual(self, view: MeetingView) -> LocalTime:
        row, before = view.detail.row, view.detail.previous
        return LocalTime(
            usual_next(
                row.type,
                local_of(row.starts_at, row.zone).replace(fold=0),
                local_of(before.starts_at, row.zone).replace(fold=0) if before else None,
                local_of(self._context.clock.now(), row.zone).replace(fold=0),
            ),
            row.zone,
        )

    def _plan(self) -> None:
        when = self.when.value()
        try:
            when.instant()
        except UserError as error:
            self.when.refuse(error)
            return
        if self._view is not None:
            self.keep.setEnabled(False)
            self._context.operations.run(
                self, _("Plan the next meeting"), meeting_changes.plan_next,
                self._view.detail.row.id, when, self.when.minutes,
                on_done=self._done, on_error=self._refused,
            )  # fmt: skip

    def _done(self, meeting_id: str) -> None:
        self._stop()
        self.planned.emit(meeting_id)

    def _refused(self, error: object) -> None:
        self.keep.setEnabled(True)
        self.when.refuse(error)

    def _stop(self) -> None:
        self.keep.setEnabled(True)
        self.form.hide()
        self.plan_it.show()

    def _open(self) -> None:
        if self._view is not None and self._view.around.following is not None:
            self.meeting_wanted.emit(self._view.around.following.id)


def _carried(view: MeetingView) -> str:
    """What goes along into the next meeting."""
    people = len(view.detail.attendees)
    opened = len(view.around.promises) + len(view.around.actions)
    text = _("Takes along type, name, place and checklist.")
    if people:
        text = ngettext(
            "Takes along type, name, place, checklist and {n} person.",
            "Takes along type, name, place, checklist and {n} people.",
            people,
        ).format(n=people)
    if opened:
        open_text = ngettext(
            "{n} open promise or action is shown there.",
            "{n} open promises and actions are shown there.",
            opened,
        ).format(n=opened)
        text = f"{text} {open_text}"
    return text
