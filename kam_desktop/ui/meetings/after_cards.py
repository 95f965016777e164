"""What came out of a meeting."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kam_desktop.models.vocabulary import InteractionKind
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.meetings import MeetingDetail
from kam_desktop.services.words import word
from kam_desktop.ui.meetings import changes
from kam_desktop.ui.meetings.texts import MeetingTexts
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets import Button, Card, FlowLayout, InlineLine, QuietCombo, text_label
from kam_desktop.ui.widgets.growing_text import GrowingText

_KINDS = tuple(InteractionKind)


class AfterwardsCard(Card):
    """The outcome, the next step, and the meeting logged as a touch of the kind it was."""

    def __init__(
        self, context: AppContext, texts: MeetingTexts, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Afterwards"), parent=parent)
        self._context = context
        self._meeting_id = ""
        self._texts = texts
        self.notes = Button(_("Take notes"), icon_name="notebook-pen")
        self.write_up = Button(_("Write up"), icon_name="list-checks")
        around = QWidget()
        doors = FlowLayout(around)
        for button in (self.notes, self.write_up):
            doors.addWidget(button)
        self.add(around)
        outcome = GrowingText(_("What came out"))
        outcome.set_placeholder(_("Decisions, promises, what changed"))
        step = InlineLine(_("Next step"))
        step.set_placeholder(_("Who does what by when"))
        self.add(texts.add("outcome", outcome))
        self.add(texts.add("next_step", step))
        self.kind = QuietCombo()
        self.kind.setAccessibleName(_("What kind of touch it was"))
        for kind in _KINDS:
            self.kind.addItem(word(kind))
        self.log = Button(_("Log as a touch"), icon_name="notebook-pen")
        self._logged = text_label(_("Logged as a touch."), "hint")
        row = QHBoxLayout()
        row.addWidget(self._logged)
        row.addStretch(1)
        row.addWidget(self.kind)
        row.addWidget(self.log)
        self.body.addLayout(row)
        self.log.clicked.connect(self._log_meeting)
        self.notes.clicked.connect(self._take_notes)
        self.write_up.clicked.connect(self._write_up)

    def show_detail(self, detail: MeetingDetail) -> None:
        """Show what came out of a meeting."""
        row = detail.row
        if row.id != self._meeting_id:
            self._meeting_id = row.id
            self.kind.setCurrentIndex(_KINDS.index(InteractionKind.VISIT))
        begun = row.starts_at <= self._context.clock.now()
        for widget in (self.kind, self.log):
            widget.setVisible(begun and not detail.logged and not row.cancelled)
        self._logged.setVisible(detail.logged)
        self.write_up.setVisible(begun and not row.cancelled)

    def _take_notes(self) -> None:
        self._context.navigator.open("notes", meeting_id=self._meeting_id)

    def _write_up(self) -> None:
        self._context.navigator.open("notes", meeting_id=self._meeting_id, part="afterwards")

    def _log_meeting(self) -> None:
        self._texts.commit_drafts()
        outcome, step = self._texts["outcome"].value(), self._texts["next_step"].value()
        self._context.operations.run(
            self, _("Log a meeting"), changes.log_meeting, self._meeting_id, outcome, step,
            _KINDS[max(0, self.kind.currentIndex())],
        )  # fmt: skip
