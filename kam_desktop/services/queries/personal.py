"""The personal compartment of one person. No handout, export or search reads it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.models.vocabulary import PersonalKind

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class PersonalRow:
    """One personal fact, as on `PersonalFact`."""

    id: str
    kind: PersonalKind
    text: str
    day: dt.date | None
    purpose: str
    source: str
    noted_on: dt.date
    review_on: dt.date | None


def personal_facts(db: Reader, person_id: str) -> list[PersonalRow]:
    """What is kept about a person, birthdays first, then the oldest first."""
    rows = db.rows(
        "SELECT id, kind, text, day, purpose, source, noted_on, review_on FROM personal_fact"
        " WHERE person_id = ? AND deleted_at IS NULL ORDER BY kind <> 'birthday', noted_on, id",
        (person_id,),
    )
    return [
        PersonalRow(
            id=key,
            kind=PersonalKind(kind),
            text=text,
            day=_date(day),
            purpose=purpose,
            source=source,
            noted_on=dt.date.fromisoformat(noted),
            review_on=_date(review),
        )
        for key, kind, text, day, purpose, source, noted, review in rows
    ]


def _date(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
