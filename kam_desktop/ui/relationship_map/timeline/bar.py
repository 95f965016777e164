"""The bar below a map that goes back in time: a slider, a date, and what changed since then."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services import formatting
from kam_desktop.services.analysis.map_changes import MapChanges
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.map_history import changes_between
from kam_desktop.services.moments import end_of_day
from kam_desktop.services.queries.moments import AccountTimes, HeldMeeting, account_times
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.services.storage.reader import Reader
from kam_desktop.ui.relationship_map.timeline.change_list import ChangeList
from kam_desktop.ui.relationship_map.timeline.slider import MomentSlider
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.widgets import (
    Button,
    ElidedLabel,
    FlowLayout,
    InlineDate,
    Pill,
    plain_tip,
    text_label,
)

SHOWS = (
    "person", "tie", "role_in_decision", "claim", "buying_centre", "account_team", "team_contact",
    "team_member", "interaction", "interaction_person", "meeting", "account",
)  # fmt: skip
_SETTLE_MS = 60
_MONTH = dt.timedelta(days=30)


class TimeBar(QFrame):
    """Chooses the moment a map is shown at.

    ``moment_changed`` carries an aware instant where the user is, or None for now.
    ``person_wanted`` carries who was chosen in the list of differences, ``highlight_wanted`` the
    people something changed about (empty when there is nothing to mark).
    """

    moment_changed = Signal(object)
    person_wanted = Signal(str)
    highlight_wanted = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._account_id = ""
        self._times: AccountTimes | None = None
        self._stale = False
        self._moment: dt.datetime | None = None
        self._marked: frozenset[str] = frozenset()
        self._found: dict[tuple[dt.datetime, dt.datetime | None], MapChanges] = {}
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self.setProperty("card", "true")
        self.setAccessibleName(_("Time"))
        self._build()
        self._connect_signals()
        self._show_state()

    # Building

    def _build(self) -> None:
        px = theme().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(Space.M), px(Space.S), px(Space.M), px(Space.S))
        column.setSpacing(px(Space.XS))
        column.addLayout(self._make_head())
        self.slider = MomentSlider()
        self._began, self._until_now = text_label("", "hint"), text_label(_("now"), "hint")
        track = QHBoxLayout()
        track.setSpacing(px(Space.S))
        track.addWidget(self._began)
        track.addWidget(self.slider, 1)
        track.addWidget(self._until_now)
        self._track = QWidget()
        track.setContentsMargins(0, 0, 0, 0)
        self._track.setLayout(track)
        column.addWidget(self._track)
        self._nothing = text_label("", "secondary", wrap=True)
        column.addWidget(self._nothing)
        self.changes = ChangeList()
        column.addWidget(self.changes)

    def _make_head(self) -> QVBoxLayout:
        px = theme().px
        self._title = ElidedLabel("", "strong")
        self._pill = Pill(_("Read only"), State.ACCENT)
        self._pill.setToolTip(plain_tip(_("The past cannot be changed. Go back to now to edit.")))
        self.day = InlineDate(
            _("Show the map as it was on"), today=self._context.clock.today(), show_label=False
        )
        self.day.setFixedWidth(px(150))
        self.since_review = Button(kind="quiet")
        self.since_month = Button(_("Since last month"), "quiet")
        self.now = Button(_("Back to now"))
        self._tools = QWidget()
        flow = FlowLayout(self._tools, spacing=px(Space.S))
        for widget in (self.since_review, self.since_month, self.day, self.now):
            flow.addWidget(widget)
        self._lines, self._head = QVBoxLayout(), QHBoxLayout()
        self._lines.setSpacing(px(Space.XS))
        self._head.setSpacing(px(Space.S))
        self._head.addWidget(self._title)
        self._head.addWidget(self._pill)
        self._head.addStretch(1)
        self._head.addWidget(self._tools)
        self._lines.addLayout(self._head)
        return self._lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_head()

    def _share_head(self) -> None:
        """The tools stand beside the words where there is room, else below them."""
        flow, gap = self._tools.layout(), theme().px(Space.S)
        assert flow is not None
        items = [item for item in map(flow.itemAt, range(flow.count())) if item is not None]
        tools = sum(item.sizeHint().width() + gap for item in items)
        words = self._title.sizeHint().width() + self._pill.sizeHint().width() + 4 * gap
        beside = tools + words <= self.width() - 2 * theme().px(Space.M)
        self._tools.setMinimumWidth(tools if beside else 0)
        if beside != (self._head.indexOf(self._tools) >= 0):
            for row in (self._head, self._lines):
                row.removeWidget(self._tools)
            (self._head if beside else self._lines).addWidget(self._tools)

    def _connect_signals(self) -> None:
        self.slider.valueChanged.connect(self._moved)
        self.slider.sliderReleased.connect(self._tell_now)
        self._settle.timeout.connect(self._tell)
        self.day.committed.connect(self._day_typed)
        self.since_review.clicked.connect(self._go_to_meeting)
        self.since_month.clicked.connect(self._go_a_month_back)
        self.now.clicked.connect(self._go_to_now)
        self.changes.person_wanted.connect(self.person_wanted)
        self.changes.until_changed.connect(self._compare)
        self._context.bus.changed.connect(self._data_changed)

    # Showing

    @property
    def moment(self) -> dt.datetime | None:
        """The moment that is shown; None is now."""
        return self._moment

    def show_account(self, account_id: str) -> None:
        """Offer the moments of an account, beginning with now; nothing new for the same account."""
        if account_id != self._account_id:
            self._account_id = account_id
            self._times = None
            self._found.clear()
            self._settle.stop()
            self._moment = None
            self.slider.show_instant(None)
            self._read()
            self._show_state()
            return
        if self._stale:
            self._read()
        if self._moment is not None:
            # The map may have been drawn anew since.
            self.highlight_wanted.emit(self._marked)

    def _mark(self, people: frozenset[str]) -> None:
        self._marked = people
        self.highlight_wanted.emit(people)

    def _read(self) -> None:
        self._stale = False
        self._context.lanes.read(
            self, account_times, self._account_id, self._context.clock.now(), on_done=self._arrived
        )

    def _arrived(self, times: AccountTimes) -> None:
        if times.account_id == self._account_id:
            self._times = times
            self.slider.show_times(times, self._context.clock.now())
            self._show_state()
            self._compare()

    def _data_changed(self, changes: ChangeSet) -> None:
        if self._account_id and changes.touches(*SHOWS):
            self._found.clear()
            if self.isVisible():
                self._read()
            else:
                self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def _show_state(self) -> None:
        times, moment, today = self._times, self._moment, self._context.clock.today()
        empty = times is not None and self._without_past(times)
        self._nothing.setText(empty or "")
        self._nothing.setVisible(bool(empty))
        self._track.setVisible(not empty)
        self._tools.setVisible(not empty)
        self._title.setText(_state_text(moment, today))
        self._pill.setVisible(moment is not None)
        self._share_head()
        self.now.setEnabled(moment is not None)
        self.day.set_value(None if moment is None else moment.date())
        self.changes.setVisible(moment is not None)
        began = None if times is None else times.began
        self._began.setText("" if began is None else formatting.date(began.date()))
        self._offer_meeting(times)
        month_ago = today - _MONTH
        self.since_month.setEnabled(began is not None and began.date() <= month_ago)
        self.slider.setAccessibleDescription(self._title.text())

    def _without_past(self, times: AccountTimes) -> str:
        """Why there is nowhere to go back to; '' when there is."""
        if times.began is None:
            return _("Nothing was recorded about this account's people yet.")
        if times.began.date() >= self._context.clock.today():
            return _(
                "Everything here was recorded today. From tomorrow on you can come back to how "
                "it was, and see what changed since."
            )
        return ""

    def _offer_meeting(self, times: AccountTimes | None) -> None:
        meeting = _meeting_to_look_back_to(times)
        is_review = meeting is not None and meeting.type is MeetingType.BUSINESS_REVIEW
        self.since_review.setText(
            _("Since the last review") if is_review else _("Since the last meeting")
        )
        self.since_review.setEnabled(meeting is not None)

    # Choosing

    def show_moment(self, moment: dt.datetime | None) -> None:
        """Go to a moment; None is now."""
        self.slider.show_instant(moment)
        self._show_moment(moment)
        self._tell_now()

    def _show_moment(self, moment: dt.datetime | None) -> None:
        self._moment = moment
        self._show_state()
        if moment is not None:
            self.changes.wait(moment)

    def _moved(self, _value: int) -> None:
        """While the handle is dragged, only where it rests for a moment is told."""
        self._show_moment(self.slider.shown)
        if self.slider.isSliderDown():
            self._settle.start()
        else:
            self._tell_now()

    def _tell_now(self) -> None:
        self._settle.stop()
        self._tell()

    def _tell(self) -> None:
        self.moment_changed.emit(self._moment)
        self._compare()

    def _day_typed(self, day: dt.date | None) -> None:
        today = self._context.clock.today()
        began = None if self._times is None else self._times.began
        try:
            if day is not None and day > today:
                raise UserError(_("This day has not come yet."))
            if day is not None and began is not None and day < began.date():
                first = formatting.date(began.date())
                raise UserError(_("The map began on {date}.").format(date=first))
            self.show_moment(None if day in (None, today) else end_of_day(day or today))
        except UserError as error:
            self.day.refuse(error)

    def _go_to_meeting(self) -> None:
        meeting = _meeting_to_look_back_to(self._times)
        if meeting is not None:
            self.show_moment(meeting.at)

    def _go_a_month_back(self) -> None:
        self.show_moment(end_of_day(self._context.clock.today() - _MONTH))

    def _go_to_now(self) -> None:
        self.show_moment(None)

    # What changed

    def _compare(self, _until: object = None) -> None:
        since = self._moment
        if since is None:
            self._mark(frozenset())
            return
        moments = () if self._times is None else self._times.moments
        self.changes.offer([moment.at for moment in moments if moment.at > since])
        self.changes.wait(since)
        key = (since, self.changes.until)
        if key in self._found:
            self._show_changes((key, self._found[key]))
        else:
            today = self._context.clock.today()
            self._context.lanes.read(
                self, _compared, self._account_id, key, today,
                on_done=self._show_changes, on_error=self._could_not_compare,
            )  # fmt: skip

    def _show_changes(
        self, answer: tuple[tuple[dt.datetime, dt.datetime | None], MapChanges]
    ) -> None:
        key, changes = answer
        self._found[key] = changes
        if key == (self._moment, self.changes.until):
            self.changes.show_changes(key[0], changes)
            self._mark(changes.people)

    def _could_not_compare(self, error: BaseException) -> None:
        self.changes.show_error(str(error))
        self._mark(frozenset())


def _compared(
    db: Reader, account_id: str, key: tuple[dt.datetime, dt.datetime | None], today: dt.date
) -> tuple[tuple[dt.datetime, dt.datetime | None], MapChanges]:
    return key, changes_between(db, account_id, *key, today=today)


def _meeting_to_look_back_to(times: AccountTimes | None) -> HeldMeeting | None:
    """The last review; the last meeting of any kind where there was none."""
    if times is None:
        return None
    return times.last_meeting(MeetingType.BUSINESS_REVIEW) or times.last_meeting()


def _state_text(moment: dt.datetime | None, today: dt.date) -> str:
    if moment is None:
        return _("As it is now")
    day = moment.date()
    date, ago = formatting.date(day), formatting.relative_date(day, today)
    if date == ago:
        return _("As it was on {date}").format(date=date)
    return _("As it was on {date}, {ago}").format(date=date, ago=ago)
