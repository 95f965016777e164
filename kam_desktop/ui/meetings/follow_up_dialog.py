"""Plans the steps after a proposal: their days can be changed before anything is made."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.follow_up import FollowUpFacts, follow_up_facts
from kam_desktop.ui.meetings import follow_up_work as work
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import (
    Button,
    InlineDate,
    PrimaryButton,
    QuietCombo,
    Scroller,
    text_label,
)
from kam_desktop.ui.widgets.dialog import CalmDialog

if TYPE_CHECKING:
    from kam_desktop.ui.meetings.follow_up_work import PlannedStep

_LEAST = 60


class FollowUpDialog(CalmDialog):
    """One step of undo makes all that is ticked."""

    def __init__(
        self,
        context: AppContext,
        account_id: str,
        meeting_id: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Follow up a proposal"), parent, width=520)
        self._context = context
        self._account_id, self._meeting_id = account_id, meeting_id
        self._facts: FollowUpFacts | None = None
        today = context.clock.today()
        self.sent = InlineDate(_("Sent on"), today=today)
        self.sent.set_value(today)
        self.valid = InlineDate(_("Valid until"), today=today)
        self.deal = QuietCombo()
        self.deal.setAccessibleName(_("Opportunity"))
        self.steps: list[StepLine] = []
        self._area = Scroller()
        self._lines = QVBoxLayout()
        for layout in (self._area.column, self._lines):
            layout.setSpacing(theme().px(Space.S))
        self.note = text_label("", "small", wrap=True)
        self.error = text_label("", "error", wrap=True)
        self.error.hide()
        self.start = PrimaryButton(_("Start follow-up"))
        self.cancel = Button(_("Cancel"))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._lay_out()
        self._connect_signals()
        context.lanes.read(self, follow_up_facts, account_id, on_done=self._show_facts)

    def _lay_out(self) -> None:
        dates = QHBoxLayout()
        dates.setSpacing(theme().px(Space.M))
        dates.addWidget(self.sent, 1)
        dates.addWidget(self.valid, 1)
        caption = text_label(_("Opportunity"), "small")
        caption.setBuddy(self.deal)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.start)
        inside = self._area.column
        inside.addLayout(dates)
        for widget in (caption, self.deal):
            inside.addWidget(widget)
        inside.addLayout(self._lines)
        inside.addWidget(self.note)
        self.column.addWidget(self._area)
        self.column.addWidget(self.error)
        self.column.addLayout(buttons)
        self.start.setDefault(True)
        self.start.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.start.setEnabled(False)

    def _connect_signals(self) -> None:
        self._later.timeout.connect(self._fit)
        self.sent.committed.connect(self._sent_changed)
        self.start.clicked.connect(self._begin)
        self.cancel.clicked.connect(self.reject)

    # Showing

    def _show_facts(self, facts: FollowUpFacts) -> None:
        self._facts = facts
        self.deal.addItem(_("None"))
        for _key, name in facts.opportunities:
            self.deal.addItem(name)
        self.deal.setCurrentIndex(1 if len(facts.opportunities) == 1 else 0)
        where = facts.country or _("an unknown country")
        known = bool(work.knows_country(facts.country))
        text = (
            _("Working days of {country}.")
            if known
            else _("Holidays of {country} are not known: Monday to Friday count as working days.")
        )
        self.note.setText(text.format(country=where))
        self._plan(self._context.clock.today())
        # Enter is enough where the days are right.
        self.start.setFocus()

    def _sent_changed(self, day: object) -> None:
        if isinstance(day, dt.date):
            self.sent.set_value(day)
            self._plan(day)

    def _plan(self, sent_on: dt.date) -> None:
        if self._facts is None:
            return
        planned = work.planned_steps(self._facts.country, sent_on)
        if not self.steps:
            for step in planned:
                line = StepLine(step, self._facts.country, self._context.clock.today())
                self._lines.addWidget(line)
                line.show()
                self.steps.append(line)
        for line, step in zip(self.steps, planned, strict=True):
            line.show_step(step)
        self.start.setEnabled(True)
        # How high new lines are, is known once they are laid out.
        self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the steps need; where the screen has less, they scroll."""
        least, width = theme().px(_LEAST), self.width()
        self._area.setFixedHeight(least)
        for layout in (*self._line_layouts(), self._lines, self._area.column, self.column):
            # What was measured before the lines were shown counts them as nothing.
            layout.invalidate()
        around = self.column.totalHeightForWidth(width) - least
        inside = self._area.column
        inside.activate()
        needed = max(inside.sizeHint().height(), inside.totalHeightForWidth(self._area.width()))
        room = self.screen().availableGeometry().height() - around - theme().px(Space.XXL)
        height = max(least, min(needed, room))
        self._area.setFixedHeight(height)
        self.resize(width, around + height)

    def _line_layouts(self) -> list[QLayout]:
        found = (line.layout() for line in self.steps)
        return [layout for layout in found if layout is not None]

    # Doing

    def _begin(self) -> None:
        try:
            sent, valid = self.sent.value(), self.valid.value()
            days = {line.key: line.chosen() for line in self.steps}
        except ValueError as error:
            self._refuse(error)
            return
        deal = self.deal.currentIndex() - 1
        deals = self._facts.opportunities if self._facts is not None else ()
        plan = work.FollowUpPlan(
            self._account_id,
            sent or self._context.clock.today(),
            self._meeting_id,
            deals[deal][0] if 0 <= deal < len(deals) else None,
            valid,
            days,
        )
        self.start.setEnabled(False)
        self._context.operations.run(
            self, _("Start follow-up"), work.start_follow_up, plan,
            on_done=self._started, on_error=self._refuse,
        )  # fmt: skip

    def _started(self, ids: list[str]) -> None:
        made = len(ids)
        text = ngettext("{n} step is planned.", "{n} steps are planned.", made).format(n=made)
        self._context.navigator.notify(
            text, kind="good", action_text=_("Undo"), action=self._context.operations.undo
        )
        self.accept()

    def _refuse(self, error: Exception) -> None:
        self.start.setEnabled(True)
        if isinstance(error, UserError) and error.field == "valid_until":
            self.valid.refuse(error)
            return
        self.error.setText(str(error))
        self.error.show()


class StepLine(QWidget):
    """One step, ticked when it is to be made, with its day and why it is not another one."""

    def __init__(
        self, step: PlannedStep, country: str, today: dt.date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.key = step.key
        self._country = country
        self._is_first = step.is_first
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(Space.S))
        grid.setVerticalSpacing(0)
        self.box = QCheckBox()
        self.box.setChecked(True)
        self.box.setEnabled(not step.is_first)
        self.box.setAccessibleName(step.text)
        self.day = InlineDate(step.text, today=today, show_label=False)
        self.day.setFixedWidth(theme().px(150))
        self.why = text_label("", "small", wrap=True)
        grid.addWidget(self.box, 0, 0)
        grid.addWidget(text_label(step.text, wrap=True), 0, 1)
        grid.addWidget(self.day, 0, 2)
        grid.addWidget(self.why, 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        self.day.setEnabled(not step.is_first)
        self.box.toggled.connect(self.day.setEnabled)
        self.day.committed.connect(self._explain)

    def show_step(self, step: PlannedStep) -> None:
        """The day it would be on, unless the user chose another one."""
        self.day.set_value(step.day)
        self._say(step.why)

    def chosen(self) -> dt.date | None:
        """The day, None when the step is left out. Raises ``ValueError`` for what is no date."""
        if not self.box.isChecked():
            return None
        day: dt.date | None = self.day.value()
        if day is None:
            raise ValueError(_("Choose a day for “{step}”.").format(step=self.box.accessibleName()))
        return day

    def _explain(self, day: object) -> None:
        self._say(work.why_not(self._country, day) if isinstance(day, dt.date) else "")

    def _say(self, text: str) -> None:
        self.why.setText(text)
        self.why.setVisible(bool(text))
