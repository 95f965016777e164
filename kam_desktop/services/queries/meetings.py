"""Meetings to come and past, and one meeting with all that belongs to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kam_desktop.models.text import instant_text, parse_instant
from kam_desktop.models.vocabulary import (
    ChecklistCondition,
    ChecklistState,
    DecisionRole,
    MeetingType,
    PointKind,
    Side,
)
from kam_desktop.services.analysis.conditions import MeetingFacts, holds
from kam_desktop.services.queries.meeting_facts import meeting_facts
from kam_desktop.services.storage.words_of_text import match_expression
from kam_desktop.services.zones import days_left, local_of

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader

LONGEST = dt.timedelta(days=14)
"""A meeting that began before this is over for certain; see `meetings.MAX_MINUTES`."""


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting in a list. ``done`` and ``open`` count checklist items that apply."""

    id: str
    account_id: str
    account_name: str
    title: str
    type: MeetingType
    starts_at: dt.datetime
    zone: str
    minutes: int
    place: str
    cancelled: bool
    done: int
    open: int
    late: int
    has_outcome: bool

    @property
    def ends_at(self) -> dt.datetime:
        """The instant it is over."""
        return self.starts_at + dt.timedelta(minutes=self.minutes)

    @property
    def prepared(self) -> float | None:
        """Share of the checklist that is done, 0 … 1; None without a checklist."""
        total = self.done + self.open
        return self.done / total if total else None

    def today_there(self, now: dt.datetime) -> dt.date:
        """The day it is at the meeting's place, by which items of its checklist are late."""
        return local_of(now, self.zone).date()

    def days_left(self, now: dt.datetime) -> int:
        """Calendar days until the meeting, on the calendar of its place."""
        return days_left(self.starts_at, self.zone, now)


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One item of a meeting's checklist; ``due_on`` is a day at the place of the meeting.

    ``by_itself``: it is done because the fact of its ``condition`` is there, not ticked by hand.
    ``evidence_wanted`` is what its template asks for, ``evidence`` what there is.
    """

    id: str
    text: str
    days_before: int
    due_on: dt.date
    state: ChecklistState
    reason: str
    evidence: str
    owner_id: str | None
    owner_name: str
    link: str
    condition: ChecklistCondition | None = None
    by_itself: bool = False
    evidence_wanted: str = ""

    def late(self, today: dt.date) -> bool:
        """Whether it should have been done before ``today``."""
        return self.state is ChecklistState.OPEN and self.due_on < today


@dataclass(frozen=True, slots=True)
class AttendeeRow:
    """Somebody at a meeting. For ours, ``title`` is the team role's value and nothing is rated.

    ``part`` is what they do at this meeting, in the user's words.
    """

    id: str
    side: Side
    person_id: str | None
    team_member_id: str | None
    name: str
    title: str
    roles: tuple[DecisionRole, ...] = ()
    support: int | None = None
    influence: int | None = None
    placeholder: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True)
class PointRow:
    """A line of the agenda, a question or an objection, as on `MeetingPoint`."""

    id: str
    kind: PointKind
    text: str
    answer: str
    minutes: int | None
    person_id: str | None
    person_name: str


@dataclass(frozen=True, slots=True)
class PreviousMeeting:
    """What is worth remembering of the meeting before."""

    id: str
    title: str
    starts_at: dt.datetime
    zone: str
    outcome: str
    next_step: str


@dataclass(frozen=True, slots=True)
class MeetingDetail:
    """One meeting with its people, its checklist in order, and the meeting before it.

    ``account_zone`` is empty when the account's time zone is unknown. ``centres`` are the (id,
    name) of the buying centres it is about.
    """

    row: MeetingRow
    account_zone: str
    link: str
    travel_minutes: int | None
    objective_ours: str
    objective_theirs: str
    agenda: str
    outcome: str
    next_step: str
    checklist: tuple[ChecklistRow, ...]
    attendees: tuple[AttendeeRow, ...]
    previous: PreviousMeeting | None
    logged: bool
    points: tuple[PointRow, ...] = ()
    centres: tuple[tuple[str, str], ...] = ()

    def points_of(self, kind: PointKind) -> tuple[PointRow, ...]:
        """The lines of one kind, in order."""
        return tuple(point for point in self.points if point.kind is kind)

    @property
    def leave_at(self) -> dt.datetime | None:
        """The instant to set out; None when no time for the way is planned."""
        if self.travel_minutes is None:
            return None
        return self.row.starts_at - dt.timedelta(minutes=self.travel_minutes)


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and whether there are more."""

    rows: tuple[MeetingRow, ...]
    more: bool


_ITEMS = "FROM checklist_item c WHERE c.meeting_id = m.id AND c.deleted_at IS NULL"
_COLUMNS = f"""
m.id, m.account_id, a.name, m.title, m.type, m.starts_at, m.zone, m.minutes, m.place, m.cancelled,
(SELECT count(*) {_ITEMS} AND c.state = 'done'),
(SELECT count(*) {_ITEMS} AND c.state = 'open'),
(SELECT group_concat(c.days_before || ' ' || coalesce(c.condition, '')) {_ITEMS}
   AND c.state = 'open'),
m.outcome <> ''
"""
_OPEN_ITEMS = 12
"""Where the open items stand among the columns."""

_FROM = "FROM meeting m JOIN account a ON a.id = m.account_id"
_LIVE = "m.deleted_at IS NULL AND a.deleted_at IS NULL"
_ENDS = "strftime('%Y-%m-%dT%H:%M:%f', m.starts_at, '+' || m.minutes || ' minutes')"
_NOT_OVER = f"m.starts_at > :earliest AND {_ENDS} >= substr(:now, 1, 23)"
_OVER = f"m.starts_at <= :now AND (m.starts_at <= :earliest OR {_ENDS} < substr(:now, 1, 23))"
_MATCHES = """(m.rowid IN (SELECT rowid FROM meeting_words WHERE meeting_words MATCH :words)
  OR m.account_id IN (SELECT id FROM account WHERE rowid IN
      (SELECT rowid FROM account_words WHERE account_words MATCH :account_words)))"""


def _meeting_rows(
    db: Reader, found: Sequence[tuple[Any, ...]], now: dt.datetime
) -> tuple[MeetingRow, ...]:
    """The rows of the columns that the lists select; items whose fact is there count as done."""
    waiting = [_waiting(values[_OPEN_ITEMS]) for values in found]
    ids = [
        values[0]
        for values, items in zip(found, waiting, strict=True)
        if any(condition for _days, condition in items)
    ]
    facts = meeting_facts(db, ids, now.date()) if ids else {}
    return tuple(
        _meeting_row(values, _still_open(items, facts.get(values[0])), now)
        for values, items in zip(found, waiting, strict=True)
    )


_Waiting = list[tuple[int, ChecklistCondition | None]]


def _waiting(joined: str | None) -> _Waiting:
    """Days before the meeting and condition of each open item."""
    items = (entry.partition(" ") for entry in joined.split(",")) if joined else ()
    return [
        (int(days), ChecklistCondition(condition) if condition else None)
        for days, _space, condition in items
    ]


def _still_open(items: _Waiting, facts: MeetingFacts | None) -> list[int]:
    return [
        days
        for days, condition in items
        if condition is None or facts is None or not holds(condition, facts)
    ]


def _meeting_row(values: tuple[Any, ...], open_days: list[int], now: dt.datetime) -> MeetingRow:
    (key, account, name, title, kind, starts, zone, minutes, place, cancelled, *counts) = values
    done, undone, _items, outcome = counts[:4]
    starts_at = parse_instant(starts)
    left = days_left(starts_at, zone, now)
    return MeetingRow(
        id=key,
        account_id=account,
        account_name=name,
        title=title,
        type=MeetingType(kind),
        starts_at=starts_at,
        zone=zone,
        minutes=minutes,
        place=place,
        cancelled=bool(cancelled),
        done=done + undone - len(open_days),
        open=len(open_days),
        # Only here are the days those of the meeting's place: SQLite knows no time zones.
        late=sum(days > left for days in open_days),
        has_outcome=bool(outcome),
    )


def upcoming(
    db: Reader,
    now: dt.datetime,
    *,
    account_id: str | None = None,
    text: str = "",
    cancelled: bool = True,
    after: MeetingRow | None = None,
    limit: int = 100,
) -> Page:
    """Meetings that are not over, the next one first. Page on with ``after`` the last row."""
    where = _NOT_OVER if cancelled else f"{_NOT_OVER} AND m.cancelled = 0"
    if after is not None:
        where += " AND (m.starts_at, m.id) > (:from_at, :from_id)"
    return _page(db, now, where, "ASC", account_id, text, after, limit)


def past(
    db: Reader,
    now: dt.datetime,
    *,
    account_id: str | None = None,
    text: str = "",
    after: MeetingRow | None = None,
    limit: int = 100,
) -> Page:
    """Meetings that are over, the last one first. Page on with ``after`` the last row."""
    where = _OVER
    if after is not None:
        where += " AND (m.starts_at, m.id) < (:from_at, :from_id)"
    return _page(db, now, where, "DESC", account_id, text, after, limit)


def between(
    db: Reader, now: dt.datetime, first: dt.datetime, last: dt.datetime, *, limit: int
) -> Page:
    """Meetings that take place, wholly or in part, from ``first`` until before ``last``."""
    found = db.rows(
        f"SELECT {_COLUMNS} {_FROM} WHERE {_LIVE} AND m.starts_at > :earliest"
        f" AND m.starts_at < :last AND {_ENDS} > substr(:first, 1, 23)"
        " ORDER BY m.starts_at, m.id LIMIT :limit",
        {
            "earliest": instant_text(first - LONGEST - dt.timedelta(minutes=1)),
            "first": instant_text(first),
            "last": instant_text(last),
            "limit": limit + 1,
        },
    )
    return Page(_meeting_rows(db, found[:limit], now), len(found) > limit)


def _page(
    db: Reader,
    now: dt.datetime,
    where: str,
    order: str,
    account_id: str | None,
    text: str,
    after: MeetingRow | None,
    limit: int,
) -> Page:
    words = match_expression(text)
    if text.strip() and not words:
        return Page((), False)
    if words:
        where += f" AND {_MATCHES}"
    if account_id is not None:
        where += " AND m.account_id = :account_id"
    sql = (
        f"SELECT {_COLUMNS} {_FROM} WHERE {_LIVE} AND {where}"
        f" ORDER BY m.starts_at {order}, m.id {order} LIMIT :limit"
    )
    found = db.rows(
        sql,
        {
            **_times(now),
            "words": words,
            "account_words": f"{{name}} : ({words})" if words else "",
            "account_id": account_id,
            "from_at": instant_text(after.starts_at) if after else "",
            "from_id": after.id if after else "",
            "limit": limit + 1,
        },
    )
    return Page(_meeting_rows(db, found[:limit], now), len(found) > limit)


def _times(now: dt.datetime) -> dict[str, object]:
    return {"now": instant_text(now), "earliest": instant_text(now - LONGEST)}


def next_meeting(db: Reader, now: dt.datetime, account_id: str | None = None) -> MeetingRow | None:
    """The first meeting that is neither over nor cancelled, of one account or of all."""
    rows = upcoming(db, now, account_id=account_id, cancelled=False, limit=1).rows
    return rows[0] if rows else None


def meeting_detail(db: Reader, meeting_id: str, now: dt.datetime) -> MeetingDetail | None:
    """One meeting with all that belongs to it; None when it does not exist or is in the trash."""
    found = db.row(
        f"SELECT {_COLUMNS}, a.time_zone, m.objective_ours, m.objective_theirs, m.agenda,"
        " m.outcome, m.next_step, m.link, m.travel_minutes,"
        " EXISTS (SELECT 1 FROM interaction i WHERE i.meeting_id = m.id"
        f" AND i.deleted_at IS NULL) {_FROM} WHERE {_LIVE} AND m.id = :id",
        {**_times(now), "id": meeting_id},
    )
    if found is None:
        return None
    (row,) = _meeting_rows(db, [found], now)
    account_zone, ours, theirs, agenda, outcome, next_step, link, travel, logged = found[14:]
    return MeetingDetail(
        row=row,
        account_zone=account_zone,
        link=link,
        travel_minutes=travel,
        objective_ours=ours,
        objective_theirs=theirs,
        agenda=agenda,
        outcome=outcome,
        next_step=next_step,
        checklist=tuple(checklist(db, row, now)),
        attendees=(*_clients(db, meeting_id), *_ours(db, meeting_id)),
        previous=_previous(db, row),
        logged=bool(logged),
        points=tuple(_points(db, meeting_id)),
        centres=tuple(_centres(db, meeting_id)),
    )


def _points(db: Reader, meeting_id: str) -> list[PointRow]:
    rows = db.rows(
        "SELECT t.id, t.kind, t.text, t.answer, t.minutes, p.id, coalesce(p.name, '')"
        " FROM meeting_point t LEFT JOIN person p ON p.id = t.person_id AND p.deleted_at IS NULL"
        " WHERE t.meeting_id = ? AND t.deleted_at IS NULL ORDER BY t.kind, t.position, t.id",
        (meeting_id,),
    )
    return [PointRow(key, PointKind(kind), *rest) for key, kind, *rest in rows]


def _centres(db: Reader, meeting_id: str) -> list[tuple[str, str]]:
    rows = db.rows(
        "SELECT b.id, b.name FROM meeting_centre c"
        " JOIN buying_centre b ON b.id = c.buying_centre_id"
        " WHERE c.meeting_id = ? AND c.deleted_at IS NULL AND b.deleted_at IS NULL"
        " ORDER BY b.name, b.id",
        (meeting_id,),
    )
    return [(key, name) for key, name in rows]


def checklist(db: Reader, meeting: MeetingRow, now: dt.datetime) -> list[ChecklistRow]:
    """The items of a meeting's checklist, in order; those whose fact is there are done."""
    held_on = local_of(meeting.starts_at, meeting.zone).date()
    facts = meeting_facts(db, [meeting.id], now.date()).get(meeting.id)
    rows = db.rows(
        "SELECT c.id, c.text, c.days_before, c.state, c.reason, c.evidence, c.owner_id,"
        " coalesce(t.name, ''), c.link, c.condition, coalesce(w.evidence, '')"
        " FROM checklist_item c"
        " LEFT JOIN team_member t ON t.id = c.owner_id AND t.deleted_at IS NULL"
        " LEFT JOIN checklist_template_item w ON w.id = c.template_item_id"
        " WHERE c.meeting_id = ? AND c.deleted_at IS NULL ORDER BY c.position, c.id",
        (meeting.id,),
    )
    found = []
    for key, text, days, state, reason, evidence, owner_id, owner, link, named, wanted in rows:
        condition = ChecklistCondition(named) if named else None
        stored = ChecklistState(state)
        itself = (
            stored is ChecklistState.OPEN
            and condition is not None
            and facts is not None
            and holds(condition, facts)
        )
        found.append(
            ChecklistRow(
                id=key,
                text=text,
                days_before=days,
                due_on=_days_earlier(held_on, days),
                state=ChecklistState.DONE if itself else stored,
                reason=reason,
                evidence=evidence,
                owner_id=owner_id,
                owner_name=owner,
                link=link,
                condition=condition,
                by_itself=itself,
                evidence_wanted=wanted,
            )
        )
    return found


def _days_earlier(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(max(1, day.toordinal() - days))


def _clients(db: Reader, meeting_id: str) -> list[AttendeeRow]:
    rows = db.rows(
        "SELECT t.id, p.id, p.name, p.title, p.support, p.influence, p.placeholder,"
        " (SELECT group_concat(DISTINCT r.role) FROM role_in_decision r"
        "   WHERE r.person_id = p.id AND r.deleted_at IS NULL), t.role"
        " FROM attendee t JOIN person p ON p.id = t.person_id"
        " WHERE t.meeting_id = ? AND t.deleted_at IS NULL AND p.deleted_at IS NULL"
        " ORDER BY p.influence IS NULL, p.influence DESC, p.name_key, t.id",
        (meeting_id,),
    )
    return [
        AttendeeRow(
            id=key,
            side=Side.THEIRS,
            person_id=person,
            team_member_id=None,
            name=name,
            title=title,
            roles=_roles(roles),
            support=support,
            influence=influence,
            placeholder=bool(placeholder),
            part=part,
        )
        for key, person, name, title, support, influence, placeholder, roles, part in rows
    ]


def _roles(joined: str | None) -> tuple[DecisionRole, ...]:
    held = set(joined.split(",")) if joined else set()
    return tuple(role for role in DecisionRole if role.value in held)


def _ours(db: Reader, meeting_id: str) -> list[AttendeeRow]:
    rows = db.rows(
        "SELECT t.id, m.id, m.name, m.role, t.role FROM attendee t"
        " JOIN team_member m ON m.id = t.team_member_id"
        " WHERE t.meeting_id = ? AND t.deleted_at IS NULL AND m.deleted_at IS NULL"
        " ORDER BY m.is_me DESC, m.name, t.id",
        (meeting_id,),
    )
    return [
        AttendeeRow(key, Side.OURS, None, member, name, role, part=part)
        for key, member, name, role, part in rows
    ]


def _previous(db: Reader, row: MeetingRow) -> PreviousMeeting | None:
    """The meeting it goes on from, or else the last one of the account before it."""
    found = db.row(
        "SELECT id, title, starts_at, zone, outcome, next_step FROM meeting"
        " WHERE account_id = ?1 AND deleted_at IS NULL AND cancelled = 0 AND starts_at < ?2"
        " ORDER BY id = (SELECT previous_id FROM meeting WHERE id = ?3) DESC, starts_at DESC"
        " LIMIT 1",
        (row.account_id, instant_text(row.starts_at), row.id),
    )
    if found is None:
        return None
    key, title, starts, zone, outcome, next_step = found
    return PreviousMeeting(key, title, parse_instant(starts), zone, outcome, next_step)
