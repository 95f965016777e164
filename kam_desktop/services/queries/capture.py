"""The notes of a meeting, and what has been made of them already."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.models.vocabulary import Side
from kam_desktop.services.analysis.capture_states import Known, KnownPerson
from kam_desktop.services.queries.meetings import MeetingDetail, meeting_detail, next_meeting, past
from kam_desktop.services.zones import local_of

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader

NEXT_STEP = "meeting_next"
"""The step of the action that stands for the next step of a meeting."""

JUST_OVER = dt.timedelta(hours=3)
"""How long after a meeting its notes are taken to be what is wanted."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What was typed during a meeting, and what there is already."""

    meeting_id: str
    text: str
    known: Known

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody of the account, the attendees first."""
        people = sorted(self.known.people, key=lambda each: not each.attends)
        return tuple(each.name for each in people if each.name)


@dataclass(frozen=True, slots=True)
class NotedMeeting:
    """A meeting with its notes. ``next_due`` is the day of its next step, None without one."""

    detail: MeetingDetail
    notes: Notes
    next_due: dt.date | None
    country: str

    def counts_from(self, now: dt.datetime) -> dt.date:
        """The day from which days in the notes count: the meeting's own, today before it."""
        row = self.detail.row
        return local_of(min(row.starts_at, now), row.zone).date()


def noted_meeting(db: Reader, meeting_id: str, now: dt.datetime) -> NotedMeeting | None:
    """A meeting with its notes; without an id the one that notes are about now.

    None when there is none, or it is gone.
    """
    meeting_id = meeting_id or _present(db, now)
    detail = meeting_detail(db, meeting_id, now)
    found = notes(db, meeting_id)
    if detail is None or found is None:
        return None
    due = db.value(
        "SELECT due_on FROM action WHERE meeting_id = ? AND step = ? AND state = 'open'"
        " AND deleted_at IS NULL",
        (meeting_id, NEXT_STEP),
    )
    country = db.value("SELECT country FROM account WHERE id = ?", (detail.row.account_id,))
    return NotedMeeting(
        detail, found, None if due is None else dt.date.fromisoformat(due), str(country or "")
    )


def _present(db: Reader, now: dt.datetime) -> str:
    """The meeting under way, else one just over that is not written up, else the next one."""
    following = next_meeting(db, now)
    if following is None or following.starts_at > now:
        for row in past(db, now, limit=1).rows:
            if now - row.ends_at <= JUST_OVER and not row.has_outcome and not row.cancelled:
                return row.id
    return following.id if following is not None else ""


def notes(db: Reader, meeting_id: str) -> Notes | None:
    """The notes of a meeting; None when it is gone."""
    text = db.value(
        "SELECT capture FROM meeting WHERE id = ? AND deleted_at IS NULL", (meeting_id,)
    )
    return None if text is None else Notes(meeting_id, str(text), known(db, meeting_id))


def known(db: Reader, meeting_id: str) -> Known:
    """What a meeting has given already, and who there is at its account."""
    of_meeting = "WHERE meeting_id = ? AND deleted_at IS NULL"
    promises = db.rows(f"SELECT side, text FROM commitment {of_meeting}", (meeting_id,))
    actions = db.rows(f"SELECT text FROM action {of_meeting}", (meeting_id,))
    objections = db.rows(
        f"SELECT text, answer <> '' FROM meeting_point {of_meeting} AND kind = 'objection'",
        (meeting_id,),
    )
    return Known(
        frozenset((Side(side), text) for side, text in promises),
        frozenset(text for (text,) in actions),
        tuple((text, bool(answered)) for text, answered in objections),
        tuple(_people(db, meeting_id)),
    )


def _people(db: Reader, meeting_id: str) -> list[KnownPerson]:
    rows = db.rows(
        "SELECT p.id, p.name, p.support,"
        " (SELECT c.value FROM claim c WHERE c.person_id = p.id AND c.meeting_id = m.id"
        "   AND c.field = 'support' AND c.deleted_at IS NULL ORDER BY c.id DESC LIMIT 1),"
        " EXISTS (SELECT 1 FROM attendee t WHERE t.meeting_id = m.id AND t.person_id = p.id"
        "   AND t.deleted_at IS NULL) AS attends"
        " FROM meeting m JOIN person p ON p.account_id = m.account_id OR p.id IN"
        "   (SELECT t.person_id FROM attendee t WHERE t.meeting_id = m.id"
        "     AND t.deleted_at IS NULL)"
        " WHERE m.id = ? AND p.deleted_at IS NULL AND p.name <> ''"
        " ORDER BY attends DESC, p.influence IS NULL, p.influence DESC, p.name_key, p.id",
        (meeting_id,),
    )
    return [
        KnownPerson(key, name, support, int(judged) if judged else None, bool(attends))
        for key, name, support, judged, attends in rows
    ]
