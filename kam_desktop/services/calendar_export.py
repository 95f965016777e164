"""Meetings for other calendars."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kam_desktop.models.text import instant_text, parse_instant
from kam_desktop.services.calendar_import import OWN, SYSTEM
from kam_desktop.services.exchange.calendars.writing import Appointment

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader

_MEETINGS = f"""
SELECT m.id, coalesce(r.key, m.id || '{OWN}'), m.title, m.starts_at, m.zone, m.minutes,
       m.place, m.agenda, m.cancelled
FROM meeting m JOIN account a ON a.id = m.account_id
  LEFT JOIN external_ref r ON r.record_id = m.id AND r.record_kind = 'meeting'
    AND r.system = :system AND r.deleted_at IS NULL
WHERE m.deleted_at IS NULL AND a.deleted_at IS NULL AND {{which}}
ORDER BY m.starts_at, m.id
"""


def appointments(
    db: Reader, since: dt.datetime, *, account_id: str | None = None
) -> list[Appointment]:
    """The meetings from ``since`` on, of one account or all. Our objectives are not in them."""
    which = "m.starts_at >= :since" + (" AND m.account_id = :account" if account_id else "")
    return _appointments(db, which, since=instant_text(since), account=account_id)


def appointment_of(db: Reader, meeting_id: str) -> list[Appointment]:
    """One meeting; empty when it is not there."""
    return _appointments(db, "m.id = :meeting", meeting=meeting_id)


def _appointments(db: Reader, which: str, **parameters: str | None) -> list[Appointment]:
    rows = db.rows(_MEETINGS.format(which=which), {"system": SYSTEM, **parameters})
    return [
        Appointment(
            key, title, parse_instant(at), zone, minutes, place, agenda, bool(cancelled),
            _people(db, meeting_id),
        )
        for meeting_id, key, title, at, zone, minutes, place, agenda, cancelled in rows
    ]  # fmt: skip


def _people(db: Reader, meeting_id: str) -> tuple[tuple[str, str], ...]:
    rows = db.rows(
        "SELECT coalesce(p.name, t.name), coalesce(p.email, t.email) FROM attendee a"
        " LEFT JOIN person p ON p.id = a.person_id AND p.deleted_at IS NULL"
        " LEFT JOIN team_member t ON t.id = a.team_member_id AND t.deleted_at IS NULL"
        " WHERE a.meeting_id = ? AND a.deleted_at IS NULL AND coalesce(p.id, t.id) IS NOT NULL"
        " ORDER BY a.id",
        (meeting_id,),
    )
    return tuple((name, email) for name, email in rows)
