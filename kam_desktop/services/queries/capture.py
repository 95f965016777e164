"""The notes of a meeting, and what has been made of them already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.models.vocabulary import Side
from kam_desktop.services.analysis.capture_states import Known, KnownPerson

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader


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
