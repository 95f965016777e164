"""What came out, what comes next and when, and the meeting logged as a touch."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kam_desktop.models.vocabulary import InteractionKind
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.capture import NotedMeeting
from kam_desktop.services.words import word
from kam_desktop.ui.meetings import changes, note_changes
from kam_desktop.ui.meetings.texts import MeetingTexts
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets import (
    Button,
    Card,
    FlowLayout,
    InlineDate,
    InlineLine,
    QuietCombo,
    text_label,
)
from kam_desktop.ui.widgets.growing_text import GrowingText

_KINDS = tuple(InteractionKind)


class OutcomeCard(Card):
    """``follow_up_wanted`` and ``minutes_wanted`` open their windows."""

    follow_up_wanted = Signal()
    minutes_wanted = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Outcome"), parent=parent)
        self._context = context
        self._noted: NotedMeeting | None = None
        self.texts = MeetingTexts(context, self)
        self.outcome = GrowingText(_("What came out"))
        self.outcome.set_placeholder(_("Decisions, promises, what changed"))
        self.step = InlineLine(_("Next step"))
        self.step.set_placeholder(_("Who does what"))
        self.due = InlineDate(_("When"), today=context.clock.today())
        self.kind = QuietCombo()
        self.kind.setAccessibleName(_("What kind of touch it was"))
        for kind in _KINDS:
            self.kind.addItem(word(kind))
        self.log = Button(_("Log as a touch"), icon_name="notebook-pen")
        self._logged = text_label(_("Logged as a touch."), "hint")
        self.follow_up = Button(_("Start follow-up…"), icon_name="list-checks")
        self.minutes = Button(_("Minutes…"), icon_name="printer")
        self._lay_out()
        self._connect_signals()

    def _lay_out(self) -> None:
        self.add(self.texts.add("outcome", self.outcome))
        for editor in (self.step, self.due):
            self.add(editor)
        for widgets in ((self._logged, self.kind, self.log), (self.follow_up, self.minutes)):
            row = QWidget()
            flow = FlowLayout(row)
            for widget in widgets:
                flow.addWidget(widget)
            self.add(row)

    def _connect_signals(self) -> None:
        self.step.committed.connect(self._keep_step)
        self.due.committed.connect(self._keep_due)
        self.log.clicked.connect(self._log_meeting)
        self.follow_up.clicked.connect(self.follow_up_wanted)
        self.minutes.clicked.connect(self.minutes_wanted)

    def show_meeting(self, noted: NotedMeeting) -> None:
        """Show what came out of a meeting."""
        detail = noted.detail
        if self._noted is not None and self._noted.detail.row.id != detail.row.id:
            self.commit_drafts()
            self.step.revert()
            self.due.revert()
            self.kind.setCurrentIndex(_KINDS.index(InteractionKind.VISIT))
        self._noted = noted
        self.texts.show_values(detail.row.id, {"outcome": detail.outcome})
        self.step.set_value(detail.next_step)
        self.due.set_value(noted.next_due)
        begun = detail.row.starts_at <= self._context.clock.now()
        for widget in (self.kind, self.log):
            widget.setVisible(begun and not detail.logged and not detail.row.cancelled)
        self._logged.setVisible(detail.logged)

    def commit_drafts(self) -> None:
        """Keep what was typed and not kept yet."""
        self.texts.commit_drafts()
        self.step.commit()
        self.due.commit()

    def _keep_step(self, text: object) -> None:
        try:
            due = self.due.value()
        except ValueError:
            due = self._noted.next_due if self._noted is not None else None
        self._keep(str(text), due if str(text).strip() else None)

    def _keep_due(self, due: object) -> None:
        self._keep(self.step.value(), due if isinstance(due, dt.date) else None)

    def _keep(self, text: str, due: dt.date | None) -> None:
        if self._noted is not None:
            key = self._noted.detail.row.id
            self._context.operations.run(
                self, _("Set the next step"), note_changes.set_next_step, key, text, due,
                on_error=self.due.refuse, coalesce=f"next:{key}",
            )  # fmt: skip

    def _log_meeting(self) -> None:
        if self._noted is None:
            return
        self._context.operations.run(
            self, _("Log a meeting"), changes.log_meeting, self._noted.detail.row.id,
            self.outcome.value(), self.step.value(), _KINDS[max(0, self.kind.currentIndex())],
        )  # fmt: skip
