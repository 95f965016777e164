"""The cards of the overview: health, next meeting, promises, what changed."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from kam_desktop.models.vocabulary import ChecklistState, Side
from kam_desktop.services import formatting
from kam_desktop.services.analysis.health import Band
from kam_desktop.services.formatting import date, joined, percent, relative_date
from kam_desktop.services.health_words import group_name, headline, known
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.commitments import CommitmentRow
from kam_desktop.services.queries.health import HealthCard, HealthSeries
from kam_desktop.services.queries.overview import Changes, Preparation
from kam_desktop.services.zones import days_left, local_of
from kam_desktop.ui.account.promise_line import standing
from kam_desktop.ui.charts.bands import BAND_STATES, score_state
from kam_desktop.ui.charts.sparkline import Sparkline
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.times import clock_text
from kam_desktop.ui.widgets import (
    Button,
    Card,
    Pill,
    ProgressBar,
    clear_layout,
    text_label,
)

ITEMS_SHOWN = 7


class HealthSummary(Card):
    """The score, the point of it, and each group with its year. ``opened`` asks for the details."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Health"), parent=parent)
        self._known = text_label("", "small")
        self._open = Button(_("Why"), "quiet")
        self._open.setAccessibleName(_("Why this score"))
        self.tools.addWidget(self._known)
        self.tools.addWidget(self._open)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(theme().px(Space.M))
        self._rows.setVerticalSpacing(theme().px(Space.XS))
        self._rows.setColumnStretch(0, 1)
        self.body.addLayout(self._rows)
        self._open.clicked.connect(self.opened)

    def show_health(self, card: HealthCard, series: HealthSeries, *, roomy: bool) -> None:
        """Show this score and its year; unless ``roomy``, in a heading of two lines."""
        health = card.health
        unknown = health.band is Band.UNKNOWN or health.score is None
        score = "?" if unknown or health.score is None else str(round(health.score))
        self.set_title(_("Health {score}").format(score=score))
        state = BAND_STATES[health.band]
        self.set_pills([(headline(health), state)])
        self._known.setText(known(health))
        self._known.setVisible(roomy)
        self.set_subtitle("" if roomy else known(health))
        clear_layout(self._rows)
        for row, group in enumerate(health.groups):
            name = group_name(group.group)
            role = "body" if group.score is not None else "hint"
            self._rows.addWidget(text_label(name, role), row, 0)
            line = Sparkline()
            line.show_values(series.groups[group.group], score_state(group.score), name)
            self._rows.addWidget(line, row, 1)
            text = "?" if group.score is None else str(round(group.score))
            pill = Pill(text, score_state(group.score))
            pill.setMinimumWidth(theme().px(42))
            pill.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._rows.addWidget(pill, row, 2, Qt.AlignmentFlag.AlignRight)


class NextMeetingCard(Card):
    """The next meeting and what is still to prepare. ``opened`` carries the meeting's id."""

    opened = Signal(object)
    ticked = Signal(object, bool)
    planned = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self._meeting_id = ""
        self._when = text_label("", "small")
        self.tools.addWidget(self._when)
        self._progress = ProgressBar(name=_("Prepared"))
        self._items = QWidget()
        self._rows = QGridLayout(self._items)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(theme().px(Space.XS))
        self._rows.setVerticalSpacing(theme().px(2))
        self._rows.setColumnStretch(1, 1)
        self._action = Button("", "quiet")
        for widget in (self._progress, self._items, self._action):
            self.add(widget)
        self.body.setAlignment(self._action, Qt.AlignmentFlag.AlignLeft)
        self._action.clicked.connect(self._act)

    def show_meeting(self, prepared: Preparation | None) -> None:
        """Show this meeting, or that none is planned."""
        clear_layout(self._rows)
        self._meeting_id = "" if prepared is None else prepared.meeting.id
        for widget in (self._progress, self._items, self._when):
            widget.setVisible(prepared is not None)
        if prepared is None:
            self.set_title(_("No meeting planned"))
            self.set_subtitle(_("A planned meeting brings its checklist and its brief."))
            self._action.setText(_("Plan a meeting"))
            return
        self._show_planned(prepared)

    def _show_planned(self, prepared: Preparation) -> None:
        meeting = prepared.meeting
        now = self._context.clock.now()
        self.set_title(meeting.title)
        day = local_of(meeting.starts_at, meeting.zone).date()
        ahead = days_left(meeting.starts_at, meeting.zone, now)
        near = relative_date(day, day - dt.timedelta(days=ahead))
        self._when.setText(joined((near, clock_text(meeting.starts_at, meeting.zone))))
        self._when.setToolTip(date(day))
        self.set_subtitle(meeting.place)
        items = prepared.items
        done = sum(item.state is not ChecklistState.OPEN for item in items)
        self._progress.set_share(done / len(items) if items else 0.0)
        self._progress.setVisible(bool(items))
        for row, item in enumerate(items[:ITEMS_SHOWN]):
            box = QCheckBox()
            box.setAccessibleName(item.text)
            box.setChecked(item.state is not ChecklistState.OPEN)
            box.setEnabled(item.state is not ChecklistState.NOT_APPLICABLE)
            box.setProperty("record", item.id)
            box.clicked.connect(self._tick)
            self._rows.addWidget(box, row, 0, Qt.AlignmentFlag.AlignTop)
            role = "body" if item.state is ChecklistState.OPEN else "secondary"
            self._rows.addWidget(text_label(item.text, role, wrap=True), row, 1)
        rest = len(items) - ITEMS_SHOWN
        more = ngettext("{n} more to prepare", "{n} more to prepare", rest).format(n=rest)
        self._action.setText(more if rest > 0 else _("Open the meeting"))

    def _tick(self, done: bool) -> None:
        box = self.sender()
        if isinstance(box, QCheckBox):
            self.ticked.emit(box.property("record"), done)

    def _act(self) -> None:
        if self._meeting_id:
            self.opened.emit(self._meeting_id)
        else:
            self.planned.emit()


class PromisesCard(Card):
    """Open promises of both sides.

    ``kept`` carries the id of one that was kept, ``all_wanted`` asks for the whole list.
    """

    kept = Signal(object)
    all_wanted = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Open promises"), parent=parent)
        self._context = context
        self._all = Button(_("All promises"), "quiet")
        self.add_tool(self._all)
        self._all.clicked.connect(self.all_wanted)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(theme().px(Space.XS))
        self._rows.setVerticalSpacing(theme().px(Space.XS))
        self._rows.setColumnStretch(1, 1)
        self.body.addLayout(self._rows)

    def show_promises(self, rows: tuple[CommitmentRow, ...]) -> None:
        """Show these promises, the most pressing first."""
        clear_layout(self._rows)
        self.set_subtitle("" if rows else _("Nothing is owed by either side."))
        today = self._context.clock.today()
        words = {Side.OURS: _("Ours"), Side.THEIRS: _("Theirs")}
        for at, row in enumerate(rows):
            box = QCheckBox()
            box.setAccessibleName(_("Kept: {text}").format(text=row.text))
            box.setToolTip(_("Tick when it was kept"))
            box.setProperty("record", row.id)
            box.clicked.connect(self._keep)
            text = f"{words[row.side]}: {row.text}"
            self._rows.addWidget(box, at, 0)
            self._rows.addWidget(text_label(text, wrap=True), at, 1)
            words_of_it, state, exact = standing(row, today)
            pill = Pill(words_of_it, state)
            pill.setToolTip(exact)
            self._rows.addWidget(pill, at, 2, Qt.AlignmentFlag.AlignRight)

    def _keep(self) -> None:
        box = self.sender()
        if isinstance(box, QCheckBox):
            self.kept.emit(box.property("record"))


class ChangesCard(Card):
    """What changed since the last meeting."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._lines = QGridLayout()
        self._lines.setVerticalSpacing(theme().px(Space.XS))
        self.body.addLayout(self._lines)

    def show_changes(self, changes: Changes) -> None:
        """Show what changed since then."""
        day = formatting.day_month(changes.since)
        self.set_title(_("What changed since {day}").format(day=day))
        self.set_subtitle(_("The day of the last meeting") if changes.met else "")
        clear_layout(self._lines)
        for row, line in enumerate(changes.lines):
            self._lines.addWidget(text_label(line, wrap=True), row, 0)


def share_text(share: float) -> str:
    """A share of a section that is filled in."""
    return _("{share} complete").format(share=percent(share))
