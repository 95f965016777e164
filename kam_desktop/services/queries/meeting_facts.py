"""The facts by which items of checklists tick themselves, for some meetings at once."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING

from kam_desktop.services.analysis.conditions import MeetingFacts

if TYPE_CHECKING:
    import datetime as dt

    from kam_desktop.services.storage.reader import Reader

_ATTEND = """FROM attendee t JOIN person p ON p.id = t.person_id
  WHERE t.meeting_id = m.id AND t.deleted_at IS NULL AND p.deleted_at IS NULL
    AND NOT p.placeholder"""
_POINTS = "FROM meeting_point x WHERE x.meeting_id = m.id AND x.deleted_at IS NULL AND x.kind"
_FACTS = f"""
SELECT m.id, (SELECT count(*) {_ATTEND}),
  (SELECT count(*) {_ATTEND} AND NOT EXISTS (SELECT 1 FROM role_in_decision r
     WHERE r.person_id = p.id AND r.deleted_at IS NULL)),
  (SELECT count(*) {_ATTEND} AND p.support IS NULL),
  m.objective_ours <> '', m.objective_theirs <> '',
  (SELECT count(*) {_POINTS} = 'agenda') + (m.agenda <> ''),
  (SELECT count(*) {_POINTS} = 'question'),
  (SELECT count(*) {_POINTS} = 'objection'),
  (SELECT count(*) {_POINTS} = 'objection' AND x.answer = ''),
  m.place <> '' OR m.link <> '', m.travel_minutes IS NOT NULL,
  (SELECT count(*) FROM commitment c WHERE c.account_id = m.account_id AND c.deleted_at IS NULL),
  (SELECT count(*) FROM commitment c WHERE c.account_id = m.account_id AND c.deleted_at IS NULL
     AND c.side = 'ours' AND c.state = 'open' AND c.due_on < :today),
  (SELECT count(*) FROM document d WHERE d.meeting_id = m.id AND d.deleted_at IS NULL)
FROM json_each(:ids) j JOIN meeting m ON m.id = j.value
"""


def meeting_facts(
    db: Reader, meeting_ids: Collection[str], today: dt.date
) -> dict[str, MeetingFacts]:
    """The facts of each meeting that exists."""
    rows = db.rows(_FACTS, {"ids": json.dumps(list(meeting_ids)), "today": today.isoformat()})
    return {
        key: MeetingFacts(
            attendees,
            without_role,
            without_support,
            bool(ours),
            bool(theirs),
            agenda,
            questions,
            objections,
            unanswered,
            bool(place),
            bool(travel),
            promises,
            overdue,
            documents,
        )
        for (
            key, attendees, without_role, without_support, ours, theirs, agenda, questions,
            objections, unanswered, place, travel, promises, overdue, documents,
        ) in rows
    }  # fmt: skip
