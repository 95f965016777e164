"""Shows reminders while the program runs, by the system's notifications where there are such."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from kam_desktop.services.analysis.reminders import (
    Reminder,
    ReminderKind,
    ReminderWish,
    Seen,
    after,
    due,
    next_at,
    reminders,
)
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.calendar import DueFacts, MarkKind, due_facts
from kam_desktop.services.resources import resource_path
from kam_desktop.services.storage.changes import ChangeSet
from kam_desktop.ui.shell.reminder_words import reminder_text, reminder_title
from kam_desktop.ui.times import home_zone

if TYPE_CHECKING:
    from kam_desktop.services.clock import Clock
    from kam_desktop.ui.shell.bus import Bus
    from kam_desktop.ui.shell.lanes import Lanes
    from kam_desktop.ui.shell.navigator import Navigator
    from kam_desktop.ui.shell.preferences import Preferences, PreferenceStore
    from kam_desktop.ui.shell.reminder_store import ReminderStore

_log = logging.getLogger(__name__)
ASK_AT_LEAST_MS = 60_000
"""A timer does not run while the computer sleeps, so the clock is looked at this often."""

AFTER_CHANGE_MS = 1_000
ONE_BY_ONE = 3
"""When more are due at once (the program was closed for long), they are said in one."""

SHOWN_MS = 30_000
_TABLES = ("meeting", "checklist_item", "commitment", "action", "tender_gate", "tender", "account")


class Teller(Protocol):
    """Shows a notification outside the window."""

    def tell(self, title: str, text: str) -> bool:
        """Show it; False when the system cannot."""
        ...


class SystemTeller(QObject):
    """The system's notifications. ``clicked`` when the one shown last was clicked."""

    clicked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tray: QSystemTrayIcon | None = None

    def tell(self, title: str, text: str) -> bool:
        """Show a notification; False where the system has none."""
        if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
            return False
        if self._tray is None:
            # Without an icon there, the system shows no notification either.
            self._tray = QSystemTrayIcon(QIcon(str(resource_path("icons", "app.svg"))), self)
            self._tray.setToolTip("KAM Desktop")
            self._tray.messageClicked.connect(self.clicked)
            self._tray.activated.connect(self._activated)
            self._tray.show()
        self._tray.showMessage(title, text, self._tray.icon(), SHOWN_MS)
        return True

    def hide(self) -> None:
        """Take the icon away."""
        if self._tray is not None:
            self._tray.hide()

    def _activated(self, _reason: QSystemTrayIcon.ActivationReason) -> None:
        self.clicked.emit()


class Reminders(QObject):
    """Asks when the next reminder is due and shows it then.

    ``front_wanted`` when a notification was clicked: the window is to come to the front.
    """

    front_wanted = Signal()

    def __init__(
        self,
        lanes: Lanes,
        bus: Bus,
        navigator: Navigator,
        preferences: PreferenceStore,
        clock: Clock,
        store: ReminderStore,
        teller: Teller,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lanes = lanes
        self._navigator = navigator
        self._preferences = preferences
        self._clock = clock
        self._store = store
        self._teller = teller
        self._zone = home_zone()
        self._seen = Seen(clock.now())
        self._last: Reminder | None = None
        self._running = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.ask)
        bus.changed.connect(self._data_changed)
        preferences.changed.connect(self._prefer)

    @property
    def waits(self) -> bool:
        """Whether it will ask again by itself."""
        return self._timer.isActive()

    def start(self) -> None:
        """Take up where the last session ended."""
        self._running = True
        self._seen = self._store.load(self._clock.now())
        self.ask()

    def stop(self) -> None:
        """Ask no more, and keep until when everything was shown."""
        if self._running:
            self._running = False
            self._timer.stop()
            self._store.keep(self._seen)

    def ask(self) -> None:
        """Look at the data for what is due now."""
        values = self._preferences.values
        if not self._running or not values.reminders:
            return
        now = self._clock.now()
        lead = dt.timedelta(minutes=values.reminder_minutes)
        self._lanes.read(
            self, due_facts, self._seen.until, now, lead, self._zone,
            on_done=self._answered, on_error=self._failed,
        )  # fmt: skip

    def _answered(self, facts: DueFacts) -> None:
        if not self._running:
            return
        now = self._clock.now()
        found = reminders(facts, wish_of(self._preferences.values), self._zone)
        told = due(found, self._seen, now)
        self._tell(told, now)
        self._seen = after(self._seen, now, told)
        if told:
            self._store.keep(self._seen)
        following = next_at(found, now)
        wait = ASK_AT_LEAST_MS
        if following is not None:
            ahead = (following - now) / dt.timedelta(milliseconds=1)
            wait = min(wait, max(1, round(ahead)))
        self._timer.start(wait)

    def _failed(self, error: BaseException) -> None:
        _log.warning("reminders could not be read: %s", error)
        if self._running:
            self._timer.start(ASK_AT_LEAST_MS)

    def _tell(self, told: Sequence[Reminder], now: dt.datetime) -> None:
        if len(told) > ONE_BY_ONE:
            self._last = None
            text = ngettext("{n} reminder", "{n} reminders", len(told)).format(n=len(told))
            self._show(text, _("They came while the program was closed. Today has them."))
            return
        for reminder in told:
            self._last = reminder
            self._show(reminder_title(reminder), reminder_text(reminder, self._zone, now))

    def _show(self, title: str, text: str) -> None:
        if not self._teller.tell(title, text):
            said = _("{about}: {text}").format(about=title, text=text)
            self._navigator.notify(
                said, kind="warn", action_text=_("Open"), action=self._opener(self._last)
            )

    def _opener(self, reminder: Reminder | None) -> _Opener:
        return _Opener(self._navigator, reminder)

    def open_last(self) -> None:
        """The notification was clicked: show what it was about."""
        self.front_wanted.emit()
        self._opener(self._last)()

    def _data_changed(self, changes: ChangeSet) -> None:
        if self._running and changes.touches(*_TABLES):
            self._timer.start(AFTER_CHANGE_MS)

    def _prefer(self, values: Preferences) -> None:
        if self._running and values.reminders and not self._timer.isActive():
            # What came while reminders were off is not made up for.
            self._seen = Seen(self._clock.now(), self._seen.shown)
            self._timer.start(AFTER_CHANGE_MS)
        elif not values.reminders:
            self._timer.stop()


class _Opener:
    """Opens what a reminder is about."""

    def __init__(self, navigator: Navigator, reminder: Reminder | None) -> None:
        self._navigator = navigator
        self._reminder = reminder

    def __call__(self) -> None:
        reminder = self._reminder
        if reminder is None:
            self._navigator.open("today")
        elif reminder.meeting is not None:
            self._navigator.open("meetings", meeting_id=reminder.record_id)
        else:
            gate = reminder.mark is not None and reminder.mark.kind is MarkKind.GATE
            section = "commercial" if gate else "promises"
            self._navigator.open("account", account_id=reminder.account_id, section=section)


def wish_of(values: Preferences) -> ReminderWish:
    """What the user wants to be reminded of."""
    kinds = {ReminderKind.MEETING}
    if values.remind_unprepared:
        kinds.add(ReminderKind.UNPREPARED)
    if values.remind_due:
        kinds.add(ReminderKind.DUE)
    return ReminderWish(values.reminder_minutes, frozenset(kinds))
