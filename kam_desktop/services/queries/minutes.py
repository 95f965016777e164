"""What the minutes of a meeting are made of: nothing else is read, so nothing else can slip in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.models.text import parse_instant
from kam_desktop.models.vocabulary import Side, TeamRole
from kam_desktop.services.queries.capture import NEXT_STEP

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who was there. ``role`` is that of one of ours; ``email`` may be empty."""

    name: str
    title: str
    side: Side
    email: str
    role: TeamRole | None = None
    is_me: bool = False


@dataclass(frozen=True, slots=True)
class Agreed:
    """A promise given at the meeting; ``person`` may be empty."""

    side: Side
    text: str
    person: str
    due_on: dt.date | None


@dataclass(frozen=True, slots=True)
class FollowingMeeting:
    """When the next meeting with the account is."""

    title: str
    starts_at: dt.datetime
    zone: str


@dataclass(frozen=True, slots=True)
class MinutesRow:
    """A meeting as its minutes tell it; ``agenda`` are the lines of the plan with their minutes."""

    account: str
    title: str
    starts_at: dt.datetime
    zone: str
    minutes: int
    place: str
    outcome: str
    next_step: str
    next_due: dt.date | None
    present: tuple[Present, ...]
    agenda: tuple[str, ...]
    promises: tuple[Agreed, ...]
    following: FollowingMeeting | None


def minutes_row(db: Reader, meeting_id: str) -> MinutesRow | None:
    """One meeting; None when it is gone."""
    found = db.row(
        "SELECT a.name, m.title, m.starts_at, m.zone, m.minutes, m.place, m.outcome, m.next_step,"
        " (SELECT due_on FROM action t WHERE t.meeting_id = m.id AND t.step = ?"
        "   AND t.state = 'open' AND t.deleted_at IS NULL), m.account_id"
        " FROM meeting m JOIN account a ON a.id = m.account_id"
        " WHERE m.id = ? AND m.deleted_at IS NULL AND a.deleted_at IS NULL",
        (NEXT_STEP, meeting_id),
    )
    if found is None:
        return None
    account, title, starts, zone, minutes, place, outcome, step, due, account_id = found
    return MinutesRow(
        account=account,
        title=title,
        starts_at=parse_instant(starts),
        zone=zone,
        minutes=minutes,
        place=place,
        outcome=outcome,
        next_step=step,
        next_due=_day(due),
        present=(*_theirs(db, meeting_id), *_ours(db, meeting_id)),
        agenda=_agenda(db, meeting_id),
        promises=_promises(db, meeting_id),
        following=_following(db, account_id, starts),
    )


def _theirs(db: Reader, meeting_id: str) -> list[Present]:
    rows = db.rows(
        "SELECT p.name, p.title, p.email FROM attendee t JOIN person p ON p.id = t.person_id"
        " WHERE t.meeting_id = ? AND t.deleted_at IS NULL AND p.deleted_at IS NULL"
        " AND p.name <> '' ORDER BY p.name_key, p.id",
        (meeting_id,),
    )
    return [Present(name, title, Side.THEIRS, email) for name, title, email in rows]


def _ours(db: Reader, meeting_id: str) -> list[Present]:
    rows = db.rows(
        "SELECT m.name, m.role, m.email, m.is_me FROM attendee t"
        " JOIN team_member m ON m.id = t.team_member_id"
        " WHERE t.meeting_id = ? AND t.deleted_at IS NULL AND m.deleted_at IS NULL"
        " ORDER BY m.is_me DESC, m.name, m.id",
        (meeting_id,),
    )
    return [
        Present(name, "", Side.OURS, email, TeamRole(role), bool(is_me))
        for name, role, email, is_me in rows
    ]


def _agenda(db: Reader, meeting_id: str) -> tuple[str, ...]:
    rows = db.rows(
        "SELECT text FROM meeting_point WHERE meeting_id = ? AND kind = 'agenda'"
        " AND deleted_at IS NULL ORDER BY position, id",
        (meeting_id,),
    )
    return tuple(text for (text,) in rows)


def _promises(db: Reader, meeting_id: str) -> tuple[Agreed, ...]:
    rows = db.rows(
        "SELECT c.side, c.text, coalesce(p.name, ''), c.due_on FROM commitment c"
        " LEFT JOIN person p ON p.id = c.person_id AND p.deleted_at IS NULL"
        " WHERE c.meeting_id = ? AND c.deleted_at IS NULL AND c.state <> 'withdrawn'"
        " ORDER BY c.side, c.due_on IS NULL, c.due_on, c.id",
        (meeting_id,),
    )
    return tuple(Agreed(Side(side), text, person, _day(due)) for side, text, person, due in rows)


def _following(db: Reader, account_id: str, after: str) -> FollowingMeeting | None:
    row = db.row(
        "SELECT title, starts_at, zone FROM meeting WHERE account_id = ? AND starts_at > ?"
        " AND cancelled = 0 AND deleted_at IS NULL ORDER BY starts_at, id LIMIT 1",
        (account_id, after),
    )
    return None if row is None else FollowingMeeting(row[0], parse_instant(row[1]), row[2])


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
