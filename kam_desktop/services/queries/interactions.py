"""Touches in time: the timeline of an account, of a person, or of everything."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kam_desktop.models.text import instant_text, parse_instant
from kam_desktop.models.vocabulary import InteractionKind
from kam_desktop.services.queries.choices import Choice

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class InteractionRow:
    """One touch. ``others`` are the names of further people who took part.

    ``member_name`` is who of ours it was with, '' while nobody said; ``attachments`` are the names
    of the files that came along.
    """

    id: str
    account_id: str
    account_name: str
    kind: InteractionKind
    at: dt.datetime
    zone: str
    person_id: str | None
    person_name: str
    others: tuple[str, ...]
    meeting_id: str | None
    summary: str
    text: str
    member_id: str | None = None
    member_name: str = ""
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Some touches, newest first, and whether there are older ones."""

    rows: tuple[InteractionRow, ...]
    more: bool


_NAMES_END = "\x1f"
_SELECT = f"""
SELECT i.id, i.account_id, a.name, i.kind, i.at, i.zone, i.person_id, coalesce(p.name, ''),
  (SELECT group_concat(o.name, '{_NAMES_END}') FROM interaction_person x
     JOIN person o ON o.id = x.person_id
   WHERE x.interaction_id = i.id AND x.deleted_at IS NULL AND o.deleted_at IS NULL),
  i.meeting_id, i.summary, i.text, t.id, coalesce(t.name, ''),
  (SELECT group_concat(d.name, '{_NAMES_END}') FROM document d
   WHERE d.account_id = i.account_id AND d.interaction_id = i.id AND d.deleted_at IS NULL)
FROM interaction i JOIN account a ON a.id = i.account_id
  LEFT JOIN person p ON p.id = i.person_id AND p.deleted_at IS NULL
  LEFT JOIN team_member t ON t.id = i.member_id AND t.deleted_at IS NULL
WHERE i.deleted_at IS NULL AND a.deleted_at IS NULL
"""


def timeline(
    db: Reader,
    *,
    account_id: str | None = None,
    person_id: str | None = None,
    before: InteractionRow | None = None,
    limit: int = 50,
) -> Timeline:
    """Touches, newest first; page on with ``before`` the last row shown.

    With ``person_id`` only those in which that person was the main person or took part.
    """
    if person_id is not None:
        return _timeline_of_person(db, person_id, before, limit)
    where, parameters = _before(before)
    if account_id is not None:
        where = f"AND i.account_id = :account_id {where}"
    sql = f"{_SELECT} {where} ORDER BY i.at DESC, i.id DESC LIMIT :limit"
    return _timeline(db, sql, {**parameters, "account_id": account_id, "limit": limit + 1}, limit)


def people_of_touch(db: Reader, interaction_id: str) -> list[Choice]:
    """Who took part in a touch, the main person first."""
    rows = db.rows(
        "SELECT 'person', p.id, p.account_id,"
        " CASE WHEN p.name = '' THEN p.title ELSE p.name END, p.title FROM ("
        " SELECT person_id, 0 AS place FROM interaction WHERE id = :id"
        " UNION ALL SELECT person_id, 1 FROM interaction_person"
        " WHERE interaction_id = :id AND deleted_at IS NULL) x"
        " JOIN person p ON p.id = x.person_id WHERE p.deleted_at IS NULL"
        " ORDER BY x.place, p.name_key, p.id",
        {"id": interaction_id},
    )
    return [Choice(*row) for row in rows]


def _timeline_of_person(
    db: Reader, person_id: str, before: InteractionRow | None, limit: int
) -> Timeline:
    where, parameters = _before(before)
    # Two index walks merged; an OR over both tables would scan every interaction.
    ids = f"""AND i.id IN (
      SELECT id FROM (SELECT i.id FROM interaction i WHERE i.person_id = :person_id
        AND i.deleted_at IS NULL {where} ORDER BY i.at DESC, i.id DESC LIMIT :limit)
      UNION SELECT x.interaction_id FROM interaction_person x
        WHERE x.person_id = :person_id AND x.deleted_at IS NULL)"""
    sql = f"{_SELECT} {ids} {where} ORDER BY i.at DESC, i.id DESC LIMIT :limit"
    return _timeline(db, sql, {**parameters, "person_id": person_id, "limit": limit + 1}, limit)


def _before(row: InteractionRow | None) -> tuple[str, dict[str, object]]:
    if row is None:
        return "", {}
    return (
        "AND (i.at, i.id) < (:from_at, :from_id)",
        {"from_at": instant_text(row.at), "from_id": row.id},
    )


def _timeline(db: Reader, sql: str, parameters: dict[str, object], limit: int) -> Timeline:
    found = db.rows(sql, parameters)
    return Timeline(tuple(_row(values) for values in found[:limit]), len(found) > limit)


def _row(values: tuple[Any, ...]) -> InteractionRow:
    key, account, name, kind, at, zone, person, person_name, others, meeting = values[:10]
    summary, text, member, member_name, attachments = values[10:]
    return InteractionRow(
        id=key,
        account_id=account,
        account_name=name,
        kind=InteractionKind(kind),
        at=parse_instant(at),
        zone=zone,
        person_id=person,
        person_name=person_name,
        others=tuple(others.split(_NAMES_END)) if others else (),
        meeting_id=meeting,
        summary=summary,
        text=text,
        member_id=member,
        member_name=member_name,
        attachments=tuple(attachments.split(_NAMES_END)) if attachments else (),
    )
