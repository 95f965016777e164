"""The form that plans a meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services.analysis.calendar_layout import existing
from kam_desktop.services.errors import UserError
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _
from kam_desktop.services.queries import choices
from kam_desktop.services.queries.choices import Choice
from kam_desktop.services.queries.meeting_around import centres_of
from kam_desktop.services.storage.reader import Reader
from kam_desktop.services.words import word
from kam_desktop.services.zones import LocalTime, local_of
from kam_desktop.ui.interactions.picker import RecordPicker
from kam_desktop.ui.meetings import changes
from kam_desktop.ui.meetings.centre_chips import CentreChips, Centres
from kam_desktop.ui.meetings.when_editor import WhenEditor
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.times import home_zone
from kam_desktop.ui.widgets import (
    Button,
    Card,
    PrimaryButton,
    QuietCombo,
    Rule,
    clear_layout,
    text_label,
)
from kam_desktop.ui.widgets.minutes_field import read_minutes

_USUAL_HOUR = 10
_USUAL_DAYS_AHEAD = 7


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What the form needs to know of the account; ``zone`` may be empty, ``me`` is who plans."""

    account: Choice | None
    zone: str
    people: tuple[Choice, ...]
    me: tuple[str, ...]
    centres: Centres = ()


def account_facts(db: Reader, account_id: str) -> AccountFacts:
    """The account, its time zone, and the people to offer as attendees."""
    zone = db.value("SELECT time_zone FROM account WHERE id = ?", (account_id,)) or ""
    me = db.rows("SELECT id FROM team_member WHERE is_me = 1 AND deleted_at IS NULL LIMIT 1")
    return AccountFacts(
        choices.account_choice(db, account_id),
        str(zone),
        tuple(choices.people_of(db, "", account_id)),
        tuple(key for (key,) in me),
        tuple(centres_of(db, account_id)),
    )


class PlanPanel(Card):
    """``planned`` carries the new meeting's id; ``cancelled`` when it was given up."""

    planned = Signal(str)
    cancelled = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Plan a meeting"), parent=parent)
        self._context = context
        self._account_id = ""
        self._at: LocalTime | None = None
        self._attending: list[tuple[QCheckBox, str]] = []
        self._me: tuple[str, ...] = ()
        self._build()
        self._lay_out()
        self._connect_signals()
        self.start("")

    def _build(self) -> None:
        self._account = RecordPicker(
            self._context, choices.accounts, _("Which account? Type its name")
        )
        self._type = QuietCombo()
        self._type.setAccessibleName(_("Type"))
        for kind in MeetingType:
            self._type.addItem(word(kind))
        self._name = QLineEdit()
        self._when = WhenEditor()
        self._place = QLineEdit()
        self._place.setPlaceholderText(_("Address or room"))
        self._link = QLineEdit()
        self._link.setPlaceholderText(_("Address of the call"))
        self._travel = QLineEdit()
        self._travel.setPlaceholderText(_("such as 45 min"))
        self.centres = CentreChips()
        self._objective = QLineEdit()
        self._objective.setPlaceholderText(_("What do we want to leave with?"))
        self._error = text_label("", "error", wrap=True)
        self._people = QVBoxLayout()
        self._save = PrimaryButton(_("Plan meeting"))
        self._cancel = Button(_("Cancel"))

    def _lay_out(self) -> None:
        self.body.addLayout(
            _beside(((_("Account"), self._account), (_("Type"), self._type)), shares=(3, 2))
        )
        self.add(self._when)
        self.add(Rule())
        self.add(text_label(_("If you know it already"), "small"))
        for fields in (
            ((_("Name"), self._name), (_("Our objective"), self._objective)),
            ((_("Place"), self._place), (_("Link"), self._link)),
            ((_("Way there, with buffer"), self._travel),),
        ):
            self.body.addLayout(_beside(fields, shares=(1, 1)))
        self.add(self.centres)
        self._people_label = text_label(_("Who comes"), "small")
        self.add(self._people_label)
        self._people.setSpacing(theme().px(Space.XS))
        self.body.addLayout(self._people)
        self.add(self._error)
        self.body.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(
            text_label(
                _("Account, type and time are enough. The checklists of the type come along."),
                "hint",
                wrap=True,
            ),
            1,
        )
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._save)
        self.body.addLayout(buttons)
        self.setFocusProxy(self._account)

    def _connect_signals(self) -> None:
        self._account.picked.connect(self._account_chosen)
        self._type.currentIndexChanged.connect(self._type_changed)
        self._save.clicked.connect(self.save)
        self._cancel.clicked.connect(self.cancelled)

    def start(self, account_id: str, at: dt.datetime | None = None) -> None:
        """Begin anew, for an account when it is known, at a wall-clock time here when given."""
        self._account_id = ""
        self._account.set_choice(None)
        self._type.setCurrentIndex(0)
        self._type_changed(0)
        for line in (self._name, self._place, self._link, self._travel, self._objective):
            line.clear()
        zone = home_zone()
        day = local_of(self._context.clock.now(), zone).date()
        usual = dt.datetime.combine(
            day + dt.timedelta(days=_USUAL_DAYS_AHEAD), dt.time(_USUAL_HOUR)
        )
        self._at = None if at is None else existing(at, zone)
        self._when.set_value(self._at or LocalTime(usual, zone), 60)
        self._say("")
        self._show_people([])
        self.centres.show_centres((), ())
        if account_id:
            self._look_up(account_id)

    def _use_zone(self, zone: str) -> None:
        """The zone of the account; a time that was chosen here stays the same moment."""
        if self._at is not None and self._when.value() == self._at:
            there = LocalTime.of_instant(self._at.instant(), zone)
            self._when.set_value(there, self._when.minutes)
        else:
            self._when.set_zone(zone)

    def _account_chosen(self, choice: Choice) -> None:
        self._look_up(choice.id)
        self._type.setFocus()

    def _look_up(self, account_id: str) -> None:
        self._account_id = account_id
        self._context.lanes.read(self, account_facts, account_id, on_done=self._show_account)

    def _show_account(self, facts: AccountFacts) -> None:
        if facts.account is None or facts.account.id != self._account_id:
            return
        self._account.set_choice(facts.account)
        if facts.zone:
            self._use_zone(facts.zone)
        self._me = facts.me
        self._show_people(facts.people)
        self.centres.show_centres(facts.centres, ())

    def _show_people(self, people: Sequence[Choice]) -> None:
        clear_layout(self._people)
        self._attending = []
        for person in people:
            text = joined((person.title, person.subtitle))
            box = QCheckBox(text.replace("&", "&&"))
            self._people.addWidget(box)
            self._attending.append((box, person.id))
        self._people_label.setVisible(bool(people))

    def _type_changed(self, index: int) -> None:
        self._name.setPlaceholderText(word(list(MeetingType)[max(0, index)]))

    def save(self) -> None:
        """Plan the meeting, or say what is missing."""
        if not self._account_id or self._account.choice is None:
            self._say(_("Choose the account first."))
            self._account.setFocus()
            return
        plan = self._plan()
        if plan is None:
            return
        self._save.setEnabled(False)
        self._context.operations.run(
            self, _("Plan meeting"), changes.plan_meeting, plan,
            on_done=self._done, on_error=self._refused,
        )  # fmt: skip

    def _plan(self) -> changes.Plan | None:
        """What was typed; None when something in it is wrong, which is said then."""
        when = self._when.value()
        try:
            when.instant()
        except UserError as error:
            self._when.refuse(error)
            self._when.setFocus()
            return None
        try:
            travel = read_minutes(self._travel.text())
        except ValueError as error:
            self._say(str(error))
            self._travel.setFocus()
            return None
        return changes.Plan(
            account_id=self._account_id,
            type=list(MeetingType)[self._type.currentIndex()],
            when=when,
            minutes=self._when.minutes,
            title=self._name.text(),
            place=self._place.text(),
            objective_ours=self._objective.text(),
            person_ids=tuple(key for box, key in self._attending if box.isChecked()),
            team_member_ids=self._me,
            link=self._link.text(),
            centre_ids=self.centres.chosen,
            travel_minutes=travel,
        )

    def _done(self, meeting_id: str) -> None:
        self._save.setEnabled(True)
        self.planned.emit(meeting_id)

    def _refused(self, error: object) -> None:
        self._save.setEnabled(True)
        self._say(str(error))

    def _say(self, text: str) -> None:
        self._error.setText(text)
        self._error.setVisible(bool(text))


def _beside(fields: Sequence[tuple[str, QWidget]], shares: tuple[int, int]) -> QGridLayout:
    """Fields beside each other under their labels."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(Space.S))
    grid.setVerticalSpacing(theme().px(Space.XS))
    for at, share in enumerate(shares):
        grid.setColumnStretch(at, share)
    for at, (label, widget) in enumerate(fields):
        caption = text_label(label, "small")
        caption.setBuddy(widget)
        widget.setAccessibleName(label)
        grid.addWidget(caption, 0, at)
        grid.addWidget(widget, 1, at)
    return grid
