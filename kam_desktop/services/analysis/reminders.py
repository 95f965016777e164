"""Which reminders are due. They are worked out from the data each time and stored nowhere.

What was seen is kept as a moment and the keys of what was shown lately, so that none is lost and
none comes twice: not when the computer slept, and not when its clock was set.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kam_desktop.services.analysis.calendar_layout import existing
from kam_desktop.services.queries.calendar import DayMark, DueFacts, MarkKind
from kam_desktop.services.zones import local_of

if TYPE_CHECKING:
    from kam_desktop.services.queries.meetings import MeetingRow

MORNING = dt.time(8)
"""When what is due on a day, or not prepared for the next one, is said."""

KEPT_KEYS = 2_000


class ReminderKind(StrEnum):
    """What a reminder is about."""

    MEETING = "meeting"
    UNPREPARED = "unprepared"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class ReminderWish:
    """What the user wants to be reminded of; ``minutes`` before a meeting, or before setting out
    when the way takes time."""

    minutes: int = 15
    kinds: frozenset[ReminderKind] = frozenset(ReminderKind)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder and the instant it is to be shown at. ``late_until``: as long as it is of use
    when the meeting was only just planned."""

    kind: ReminderKind
    record_id: str
    at: dt.datetime
    account_id: str
    account_name: str
    title: str
    meeting: MeetingRow | None = None
    travel: int = 0
    mark: DayMark | None = None
    late_until: dt.datetime | None = None

    @property
    def key(self) -> str:
        """Names it for good: a meeting moved to another time reminds anew, one that is reminded
        of earlier than before does not."""
        moment = self.at
        if self.meeting is not None and self.kind is ReminderKind.MEETING:
            moment = self.meeting.starts_at
        return f"{self.kind}:{self.record_id}:{moment:%Y%m%dT%H%M%S}"


@dataclass(frozen=True, slots=True)
class Seen:
    """Until when reminders were looked at, and the keys of those shown, the latest last."""

    until: dt.datetime
    shown: tuple[str, ...] = ()


def reminders(facts: DueFacts, wish: ReminderWish, zone: str) -> list[Reminder]:
    """All reminders these facts give rise to, the earliest first."""
    found: list[Reminder] = []
    for row, travel in facts.meetings:
        if ReminderKind.MEETING in wish.kinds:
            found.append(_before(row, travel, wish.minutes))
        if ReminderKind.UNPREPARED in wish.kinds and row.open:
            found.append(_unprepared(row, zone))
    if ReminderKind.DUE in wish.kinds:
        found += [_due(mark, zone) for mark in facts.marks if mark.kind in _OURS_TO_DO]
    return sorted(found, key=_order)


_OURS_TO_DO = frozenset({MarkKind.OUR_PROMISE, MarkKind.ACTION, MarkKind.GATE})


def _order(reminder: Reminder) -> tuple[dt.datetime, str]:
    return reminder.at, reminder.key


def _before(row: MeetingRow, travel: int, minutes: int) -> Reminder:
    at = row.starts_at - dt.timedelta(minutes=minutes + travel)
    return Reminder(
        ReminderKind.MEETING, row.id, at, row.account_id, row.account_name, row.title,
        meeting=row, travel=travel, late_until=row.starts_at,
    )  # fmt: skip


def _unprepared(row: MeetingRow, zone: str) -> Reminder:
    before = local_of(row.starts_at, zone).date() - dt.timedelta(days=1)
    return Reminder(
        ReminderKind.UNPREPARED, row.id, _morning(before, zone), row.account_id,
        row.account_name, row.title, meeting=row,
    )  # fmt: skip


def _due(mark: DayMark, zone: str) -> Reminder:
    return Reminder(
        ReminderKind.DUE, mark.id, _morning(mark.on, zone), mark.account_id, mark.account_name,
        mark.text, mark=mark,
    )  # fmt: skip


def _morning(day: dt.date, zone: str) -> dt.datetime:
    return existing(dt.datetime.combine(day, MORNING), zone).instant()


def due(found: Iterable[Reminder], seen: Seen, now: dt.datetime) -> list[Reminder]:
    """Those to show now, the earliest first."""
    shown = set(seen.shown)
    return [
        each
        for each in found
        if each.at <= now
        and each.key not in shown
        and (each.at > seen.until or (each.late_until is not None and now < each.late_until))
    ]


def after(seen: Seen, now: dt.datetime, told: Sequence[Reminder]) -> Seen:
    """What is seen once ``told`` were shown at ``now``.

    When the clock was set back, time is watched from there again; the keys keep what was shown
    from coming twice.
    """
    keys = dict.fromkeys((*seen.shown, *(each.key for each in told)))
    return Seen(now, tuple(keys)[-KEPT_KEYS:])


def next_at(found: Iterable[Reminder], now: dt.datetime) -> dt.datetime | None:
    """When the next one comes; None when none is known."""
    return min((each.at for each in found if each.at > now), default=None)
