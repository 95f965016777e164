"""Dates that come up or have passed, for the Today page. Each query walks an index of its days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from kam_desktop.services.analysis.birthdays import UNKNOWN_YEAR, next_birthday

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader

BIRTHDAYS = dt.timedelta(days=14)
PROPOSALS_AHEAD = dt.timedelta(days=30)
PROPOSALS_OVER = dt.timedelta(days=30)
"""An open proposal that ran out longer ago than this is old news."""
GATES_AHEAD = dt.timedelta(days=30)
GATES_MISSED = dt.timedelta(days=400)
"""Gates begin nine months before the award; those of tenders awarded already do not count."""
_BIRTHDAYS_READ = 200
_GATES_READ = 200


class DateKind(StrEnum):
    """What a date is about."""

    ACTION = "action"
    GATE = "gate"
    REVIEW = "review"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class DatedRow:
    """Something with a day at an account.

    ``text`` is what is to be done or reached, ``about`` whom or what it belongs to: the owner of
    an action, the tender of a gate; '' when there is nothing to say. Of a tender only the earliest
    gate is a row; ``more`` counts the others.
    """

    kind: DateKind
    id: str
    account_id: str
    account_name: str
    text: str
    about: str
    on: dt.date
    more: int = 0

    def days_late(self, today: dt.date) -> int:
        """Days past the day; 0 when it is not over."""
        return max(0, (today - self.on).days)


@dataclass(frozen=True, slots=True)
class Birthday:
    """Somebody's next birthday; ``turns`` is the age when the year is known."""

    person_id: str
    account_id: str
    account_name: str
    name: str
    title: str
    on: dt.date
    turns: int | None


def dated_by_day(row: DatedRow) -> dt.date:
    """The key that sorts the most urgent first."""
    return row.on


_ACTIONS = """
SELECT x.id, x.account_id, a.name, x.text,
       CASE WHEN t.is_me THEN '' ELSE coalesce(t.name, '') END, x.due_on
FROM action x JOIN account a ON a.id = x.account_id
  LEFT JOIN team_member t ON t.id = x.owner_id AND t.deleted_at IS NULL
WHERE x.deleted_at IS NULL AND a.deleted_at IS NULL AND x.state = 'open'
  AND x.due_on BETWEEN :first AND :last
ORDER BY x.due_on LIMIT :limit
"""
_GATES = """
SELECT g.id, t.account_id, a.name, g.name, t.name, g."on", t.id
FROM tender_gate g JOIN tender t ON t.id = g.tender_id JOIN account a ON a.id = t.account_id
WHERE g.deleted_at IS NULL AND t.deleted_at IS NULL AND a.deleted_at IS NULL
  AND g.done_on IS NULL AND g."on" BETWEEN :first AND :last AND t.award_on >= :today
ORDER BY g."on" LIMIT :limit
"""
_REVIEWS = """
SELECT r.id, r.account_id, a.name, r.name, '', r.next_on
FROM internal_review r JOIN account a ON a.id = r.account_id
WHERE r.deleted_at IS NULL AND a.deleted_at IS NULL AND r.next_on BETWEEN :first AND :last
ORDER BY r.next_on LIMIT :limit
"""
_PROPOSALS = """
SELECT o.id, o.account_id, a.name, o.name, '', o.valid_until
FROM opportunity o JOIN account a ON a.id = o.account_id
WHERE o.deleted_at IS NULL AND a.deleted_at IS NULL AND o.state = 'open'
  AND o.valid_until BETWEEN :first AND :last
ORDER BY o.valid_until LIMIT :limit
"""
_SQL = {
    DateKind.ACTION: _ACTIONS,
    DateKind.REVIEW: _REVIEWS,
    DateKind.PROPOSAL: _PROPOSALS,
}


def dated(
    db: Reader, kind: DateKind, first: dt.date, last: dt.date, *, limit: int
) -> list[DatedRow]:
    """What of one kind (but gates) has a day from ``first`` to ``last``, earliest first."""
    parameters = {"first": first.isoformat(), "last": last.isoformat(), "limit": limit}
    return [
        DatedRow(kind, key, account, name, text, about, dt.date.fromisoformat(on))
        for key, account, name, text, about, on in db.rows(_SQL[kind], parameters)
    ]


def gates(
    db: Reader, today: dt.date, first: dt.date, last: dt.date, *, limit: int
) -> list[DatedRow]:
    """The earliest gate to reach from ``first`` to ``last`` of each tender not awarded yet."""
    parameters = {
        "today": today.isoformat(),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "limit": _GATES_READ,
    }
    found: dict[str, DatedRow] = {}
    for key, account, name, text, about, on, tender in db.rows(_GATES, parameters):
        known = found.get(tender)
        found[tender] = (
            DatedRow(DateKind.GATE, key, account, name, text, about, dt.date.fromisoformat(on))
            if known is None
            else replace(known, more=known.more + 1)
        )
    return list(found.values())[:limit]


def late(db: Reader, today: dt.date, *, limit: int) -> list[DatedRow]:
    """Actions, gates and reviews past their day, the longest first, up to ``limit`` of each."""
    yesterday = today - dt.timedelta(days=1)
    found = dated(db, DateKind.ACTION, dt.date.min, yesterday, limit=limit)
    found += gates(db, today, today - GATES_MISSED, yesterday, limit=limit)
    found += dated(db, DateKind.REVIEW, dt.date.min, yesterday, limit=limit)
    return sorted(found, key=dated_by_day)


def due(db: Reader, today: dt.date, last: dt.date, *, limit: int) -> list[DatedRow]:
    """Actions and reviews due from today to ``last``, the next first, up to ``limit`` of each."""
    found = [
        row
        for kind in (DateKind.ACTION, DateKind.REVIEW)
        for row in dated(db, kind, today, last, limit=limit)
    ]
    return sorted(found, key=dated_by_day)


def ahead(db: Reader, today: dt.date, *, limit: int) -> list[DatedRow]:
    """Gates to reach, and open proposals that ran out lately or soon will; the next first."""
    first, last = today - PROPOSALS_OVER, today + PROPOSALS_AHEAD
    found = dated(db, DateKind.PROPOSAL, first, last, limit=limit)
    found += gates(db, today, today, today + GATES_AHEAD, limit=limit)
    return sorted(found, key=dated_by_day)


_BIRTHDAYS = """
SELECT p.id, p.account_id, a.name, p.name, p.title, f.day
FROM personal_fact f JOIN person p ON p.id = f.person_id JOIN account a ON a.id = p.account_id
WHERE f.kind = 'birthday' AND f.deleted_at IS NULL AND p.deleted_at IS NULL
  AND p.left_on IS NULL AND a.deleted_at IS NULL AND a.tier <> 'former'
  AND substr(f.day, 6) BETWEEN :first AND :last
ORDER BY substr(f.day, 6) LIMIT :limit
"""


def birthdays(db: Reader, today: dt.date, *, limit: int) -> list[Birthday]:
    """Birthdays from today on for `BIRTHDAYS`, the next first."""
    last = today + BIRTHDAYS
    # From the day before: 29 February is kept on 1 March where there is none.
    first = today - dt.timedelta(days=1)
    spans = [(first, last)]
    if first.year != last.year:
        spans = [(first, dt.date(first.year, 12, 31)), (dt.date(last.year, 1, 1), last)]
    found = []
    for begin, end in spans:
        window = {"first": f"{begin:%m-%d}", "last": f"{end:%m-%d}", "limit": _BIRTHDAYS_READ}
        for person, account, account_name, name, title, text in db.rows(_BIRTHDAYS, window):
            born = dt.date.fromisoformat(text)
            on = next_birthday(born, today)
            if on <= last:
                turns = on.year - born.year if born.year > UNKNOWN_YEAR else None
                found.append(Birthday(person, account, account_name, name, title, on, turns))
    found.sort(key=_day_of)
    return found[:limit]


def _day_of(birthday: Birthday) -> dt.date:
    return birthday.on
