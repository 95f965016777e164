"""What stands in a calendar between two days: meetings, and small marks for what is due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kam_desktop.models.text import instant_text
from kam_desktop.models.vocabulary import PersonalKind
from kam_desktop.services.queries import meetings
from kam_desktop.services.queries.meetings import MeetingRow
from kam_desktop.services.zones import LocalTime, WallTime, local_of, wall_time

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader

MEETINGS = 2_000
MARKS = 1_000


class MarkKind(StrEnum):
    """What a small mark on a day stands for."""

    OUR_PROMISE = "our_promise"
    THEIR_PROMISE = "their_promise"
    ACTION = "action"
    GATE = "gate"
    RENEWAL = "renewal"
    REVIEW = "review"
    BIRTHDAY = "birthday"


@dataclass(frozen=True, slots=True)
class DayMark:
    """Something of one day without a time. ``id`` is that of the record."""

    id: str
    kind: MarkKind
    on: dt.date
    account_id: str
    account_name: str
    text: str
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class CalendarSpan:
    """Everything from ``first`` until before ``last``; ``more`` when there was too much for it."""

    first: dt.date
    last: dt.date
    meetings: tuple[MeetingRow, ...]
    marks: tuple[DayMark, ...]
    more: bool = False


def start_of_day(day: dt.date, zone: str) -> dt.datetime:
    """The instant a day begins in ``zone``; where clocks skip midnight, when the day begins."""
    midnight = dt.datetime.combine(day, dt.time())
    if wall_time(midnight, zone) is WallTime.NEVER:
        midnight += dt.timedelta(hours=1)
    return LocalTime(midnight, zone, 0).instant()


def calendar_span(
    db: Reader, first: dt.date, last: dt.date, zone: str, now: dt.datetime
) -> CalendarSpan:
    """What stands on the days from ``first`` until before ``last``, as they are in ``zone``."""
    page = meetings.between(
        db, now, start_of_day(first, zone), start_of_day(last, zone), limit=MEETINGS
    )
    marks = sorted([*_dated_marks(db, first, last), *_birthdays(db, first, last)], key=_mark_order)
    return CalendarSpan(first, last, page.rows, tuple(marks[:MARKS]), page.more)


def _mark_order(mark: DayMark) -> tuple[dt.date, str, str]:
    return mark.on, mark.kind, mark.id


_DATED = (
    "SELECT c.id, 'our_promise', c.due_on, a.id, a.name, c.text FROM commitment c"
    " JOIN account a ON a.id = c.account_id WHERE c.deleted_at IS NULL AND a.deleted_at IS NULL"
    " AND c.state = 'open' AND c.side = 'ours' AND c.due_on >= :first AND c.due_on < :last",
    "SELECT c.id, 'their_promise', c.due_on, a.id, a.name, c.text FROM commitment c"
    " JOIN account a ON a.id = c.account_id WHERE c.deleted_at IS NULL AND a.deleted_at IS NULL"
    " AND c.state = 'open' AND c.side = 'theirs' AND c.due_on >= :first AND c.due_on < :last",
    "SELECT c.id, 'action', c.due_on, a.id, a.name, c.text FROM action c"
    " JOIN account a ON a.id = c.account_id WHERE c.deleted_at IS NULL AND a.deleted_at IS NULL"
    " AND c.state = 'open' AND c.due_on >= :first AND c.due_on < :last",
    "SELECT g.id, 'gate', g.\"on\", a.id, a.name, g.name FROM tender_gate g"
    " JOIN tender t ON t.id = g.tender_id JOIN account a ON a.id = t.account_id"
    " WHERE g.deleted_at IS NULL AND t.deleted_at IS NULL AND a.deleted_at IS NULL"
    ' AND g.done_on IS NULL AND g."on" >= :first AND g."on" < :last',
    "SELECT c.id, 'renewal', c.notice_on, a.id, a.name, c.name FROM contract c"
    " JOIN account a ON a.id = c.account_id WHERE c.deleted_at IS NULL AND a.deleted_at IS NULL"
    " AND c.notice_on >= :first AND c.notice_on < :last",
    "SELECT c.id, 'renewal', c.ends_on, a.id, a.name, c.name FROM contract c"
    " JOIN account a ON a.id = c.account_id WHERE c.deleted_at IS NULL AND a.deleted_at IS NULL"
    " AND c.notice_on IS NULL AND c.ends_on >= :first AND c.ends_on < :last",
    "SELECT r.id, 'review', r.next_on, a.id, a.name, r.name FROM internal_review r"
    " JOIN account a ON a.id = r.account_id WHERE r.deleted_at IS NULL AND a.deleted_at IS NULL"
    " AND r.next_on >= :first AND r.next_on < :last",
)


def _dated_marks(db: Reader, first: dt.date, last: dt.date) -> list[DayMark]:
    window = {"first": first.isoformat(), "last": last.isoformat(), "limit": MARKS}
    return [
        DayMark(key, MarkKind(kind), dt.date.fromisoformat(on), account, name, text)
        for sql in _DATED
        for key, kind, on, account, name, text in db.rows(f"{sql} LIMIT :limit", window)
    ]


def _birthdays(db: Reader, first: dt.date, last: dt.date) -> list[DayMark]:
    rows = db.rows(
        "SELECT f.id, f.day, a.id, a.name, p.name, p.id FROM personal_fact f"
        " JOIN person p ON p.id = f.person_id JOIN account a ON a.id = p.account_id"
        " WHERE f.kind = ? AND f.day IS NOT NULL AND f.deleted_at IS NULL"
        " AND p.deleted_at IS NULL AND a.deleted_at IS NULL AND p.left_on IS NULL LIMIT ?",
        (PersonalKind.BIRTHDAY.value, MARKS),
    )
    return [
        DayMark(key, MarkKind.BIRTHDAY, on, account, account_name, name, person)
        for key, day, account, account_name, name, person in rows
        for year in range(first.year, last.year + 1)
        if first <= (on := _birthday_in(year, dt.date.fromisoformat(day))) < last
    ]


def _birthday_in(year: int, day: dt.date) -> dt.date:
    """29 February is kept on 1 March of other years."""
    try:
        return day.replace(year=year)
    except ValueError:
        return dt.date(year, 3, 1)


@dataclass(frozen=True, slots=True)
class DueFacts:
    """What reminders are made of: meetings with the way there, and what is due on a day."""

    meetings: tuple[tuple[MeetingRow, int], ...]
    marks: tuple[DayMark, ...]


_MISSED = dt.timedelta(days=60)
"""What was missed longer ago is not read any more."""

_LONGEST_WAY = dt.timedelta(days=15)


def due_facts(
    db: Reader, since: dt.datetime, now: dt.datetime, lead: dt.timedelta, zone: str
) -> DueFacts:
    """What gives rise to reminders between ``since`` and two days from ``now``.

    ``lead`` is how long before a meeting, or before setting out, is reminded of it.
    """
    begin = max(min(since, now), now - _MISSED)
    ways: dict[str, Any] = dict(
        db.rows(
            "SELECT id, travel_minutes FROM meeting WHERE starts_at >= ? AND starts_at < ?"
            " AND deleted_at IS NULL AND travel_minutes IS NOT NULL",
            (instant_text(begin), instant_text(now + _LONGEST_WAY)),
        )
    )
    way = dt.timedelta(minutes=max(ways.values(), default=0))
    end = now + max(dt.timedelta(days=2), way + lead + dt.timedelta(minutes=2))
    page = meetings.between(db, now, begin, end, limit=MEETINGS)
    rows = [row for row in page.rows if row.starts_at >= begin and not row.cancelled]
    first, last = local_of(begin, zone).date(), local_of(now, zone).date()
    marks = _dated_marks(db, first, last + dt.timedelta(days=2))
    return DueFacts(tuple((row, ways.get(row.id) or 0) for row in rows), tuple(marks))
