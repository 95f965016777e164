"""Whom a touch to be logged was probably with, and what kind it probably was."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kam_desktop.models.text import instant_text, sort_key
from kam_desktop.models.vocabulary import InteractionKind
from kam_desktop.services.queries.choices import (
    OFFERED,
    Choice,
    people_and_accounts,
    person_choice,
)

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader

JUST_MET = dt.timedelta(days=1)
MET_SOON = dt.timedelta(days=7)
_TOUCHES = 40
_MEETINGS = 4

_ATTENDEES = """
SELECT t.person_id FROM (
  SELECT id, starts_at FROM meeting
  WHERE deleted_at IS NULL AND NOT cancelled AND starts_at > ? AND starts_at <= ?
  ORDER BY starts_at {order} LIMIT ?) m
JOIN attendee t ON t.meeting_id = m.id JOIN person p ON p.id = t.person_id
WHERE t.deleted_at IS NULL AND p.deleted_at IS NULL AND NOT p.placeholder AND p.left_on IS NULL
ORDER BY m.starts_at {order}, p.influence IS NULL, p.influence DESC, p.name_key
"""
_RECENT = """
SELECT i.person_id FROM (
  SELECT person_id, at FROM interaction WHERE deleted_at IS NULL AND at <= ?
  ORDER BY at DESC LIMIT ?) i
JOIN person p ON p.id = i.person_id
WHERE p.deleted_at IS NULL AND p.left_on IS NULL ORDER BY i.at DESC
"""


def probable_people(db: Reader, now: dt.datetime, *, limit: int = OFFERED) -> list[str]:
    """Ids of the people a touch was probably with.

    Those just met first, then those met next, then those talked to last.
    """
    before, after = instant_text(now - JUST_MET), instant_text(now + MET_SOON)
    moment = instant_text(now)
    met = db.rows(_ATTENDEES.format(order="DESC"), (before, moment, _MEETINGS))
    coming = db.rows(_ATTENDEES.format(order="ASC"), (moment, after, _MEETINGS))
    recent = db.rows(_RECENT, (moment, _TOUCHES))
    found = dict.fromkeys(person for (person,) in (*met, *coming, *recent))
    return list(found)[:limit]


def whom_it_was_with(db: Reader, text: str, now: dt.datetime) -> list[Choice]:
    """People and accounts that fit ``text``, the probable ones first; those while it is empty."""
    near = [person_choice(db, each) for each in probable_people(db, now, limit=_TOUCHES)]
    typed = sort_key(text).split()
    fitting = [choice for choice in near if choice is not None and _fits(choice, typed)]
    found = dict.fromkeys([*fitting, *people_and_accounts(db, text)])
    return list(found)[: OFFERED + 2]


def _fits(choice: Choice, typed: list[str]) -> bool:
    words = sort_key(choice.title).split()
    return all(any(word.startswith(begun) for word in words) for begun in typed)


def probable_kind(db: Reader, person_id: str, now: dt.datetime) -> InteractionKind:
    """A visit of somebody just met, else the kind of their last touch, else a call."""
    met = db.value(
        "SELECT 1 FROM attendee t JOIN meeting m ON m.id = t.meeting_id WHERE t.person_id = ?"
        " AND t.deleted_at IS NULL AND m.deleted_at IS NULL AND NOT m.cancelled"
        " AND m.starts_at > ? AND m.starts_at <= ? LIMIT 1",
        (person_id, instant_text(now - JUST_MET), instant_text(now)),
    )
    if met is not None:
        return InteractionKind.VISIT
    last = db.value(
        "SELECT kind FROM interaction WHERE person_id = ? AND deleted_at IS NULL"
        " ORDER BY at DESC LIMIT 1",
        (person_id,),
    )
    return InteractionKind.CALL if last is None else InteractionKind(last)
