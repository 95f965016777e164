"""What stands beside the notes: during the meeting its clock and points, afterwards its records."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from kam_desktop.models.vocabulary import PointKind
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.capture import NotedMeeting
from kam_desktop.ui.meetings.afterwards_outcome import OutcomeCard
from kam_desktop.ui.meetings.afterwards_records import RecordsCard
from kam_desktop.ui.meetings.afterwards_support import SupportCard
from kam_desktop.ui.meetings.attendees_card import AttendeesCard
from kam_desktop.ui.meetings.capture_clock import ClockCard
from kam_desktop.ui.meetings.capture_editor import CaptureEditor
from kam_desktop.ui.meetings.capture_points import PointsCard
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets import Scroller

TICK_MS = 5_000


class DuringSide(Scroller):
    """Clock, agenda, questions and objections. ``ticked`` when the minute may be another one."""

    ticked = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clock = ClockCard(context)
        self.questions = PointsCard(context, _("Questions to ask"), _("Their answer"))
        self.objections = PointsCard(context, _("Objections"), _("Our answer"))
        for card in (self.clock, self.questions, self.objections):
            self.column.addWidget(card)
        self.column.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def show_meeting(self, noted: NotedMeeting) -> None:
        """Show what was prepared for a meeting."""
        detail = noted.detail
        self.clock.show_detail(detail)
        self.questions.show_points(detail.points_of(PointKind.QUESTION))
        self.objections.show_points(detail.points_of(PointKind.OBJECTION))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.clock.show_time()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _tick(self) -> None:
        self.clock.show_time()
        self.ticked.emit()


class AfterSide(Scroller):
    """Recognised lines, where everybody stood, outcome and next step, who was there."""

    def __init__(
        self, context: AppContext, editor: CaptureEditor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._meeting_id = ""
        self.records = RecordsCard(editor)
        self.support = SupportCard(context)
        self.outcome = OutcomeCard(context)
        self.attendees = AttendeesCard(context)
        self.attendees.set_title(_("Who was there"))
        for card in (self.records, self.support, self.outcome, self.attendees):
            self.column.addWidget(card)
        self.column.addStretch(1)

    def show_meeting(self, noted: NotedMeeting) -> None:
        """Show what there is of a meeting."""
        detail = noted.detail
        if detail.row.id != self._meeting_id:
            self._meeting_id = detail.row.id
            self.records.forget()
        self.support.show_attendees(detail.row.id, detail.attendees)
        self.outcome.show_meeting(noted)
        self.attendees.show_detail(detail)

    def commit_drafts(self) -> None:
        """Keep what was typed and not kept yet."""
        self.outcome.commit_drafts()
