"""One person in full, and whom they can be linked with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services.queries.relationship_map import RoleHeld, tie_lines
from kam_desktop.services.storage.reader import Reader, placeholders

PICKER_ROWS = 12


@dataclass(frozen=True, slots=True)
class PersonTie:
    """A tie as seen from one person. ``outgoing``: from this person to the other."""

    id: str
    kind: str
    outgoing: bool
    other_id: str
    other_name: str
    other_title: str
    strength: int | None
    note: str
    solid: bool


@dataclass(frozen=True, slots=True)
class PersonDetail:
    """All that is kept about one person, and what there is to choose from."""

    id: str
    account_id: str
    account_name: str
    name: str
    title: str
    buying_centre_id: str | None
    email: str
    phone: str
    mobile: str
    support: int | None
    influence: int | None
    coverage: str | None
    level: str | None
    level_wanted: str | None
    orientation: str | None
    style: str
    cadence_days: int | None
    owner_id: str | None
    languages: str
    about: str
    vacant: bool
    external: bool
    left_on: dt.date | None
    roles: tuple[RoleHeld, ...]
    ties: tuple[PersonTie, ...]
    buying_centres: tuple[tuple[str, str], ...]
    team: tuple[tuple[str, str], ...]


_DETAIL = """
SELECT p.id, p.account_id, a.name, p.name, p.title, p.buying_centre_id, p.email, p.phone, p.mobile,
       p.support, p.influence, p.coverage, p.level, p.level_wanted, p.orientation, p.style,
       p.cadence_days, p.owner_id, p.languages, p.about, p.placeholder, p.external, p.left_on
FROM person p JOIN account a ON a.id = p.account_id WHERE p.id = ? AND p.deleted_at IS NULL
"""


def person_detail(db: Reader, person_id: str) -> PersonDetail | None:
    """One person with roles and ties; None when deleted."""
    row = db.row(_DETAIL, (person_id,))
    if row is None:
        return None
    roles = db.rows(
        "SELECT role, coalesce(buying_centre_id, '') FROM role_in_decision"
        " WHERE person_id = ? AND deleted_at IS NULL ORDER BY id",
        (person_id,),
    )
    centres = db.rows(
        "SELECT id, name FROM buying_centre WHERE account_id = ? AND deleted_at IS NULL"
        " ORDER BY name, id",
        (row[1],),
    )
    team = db.rows(
        "SELECT id, name FROM team_member WHERE deleted_at IS NULL ORDER BY NOT is_me, name, id"
    )
    left_on = None if row[22] is None else dt.date.fromisoformat(row[22])
    values: list[Any] = [
        *row[:20],
        bool(row[20]),
        bool(row[21]),
        left_on,
        tuple(RoleHeld(*role) for role in roles),
        _ties_of_person(db, person_id),
        tuple((key, name) for key, name in centres),
        tuple((key, name) for key, name in team),
    ]
    return PersonDetail(*values)


def _ties_of_person(db: Reader, person_id: str) -> tuple[PersonTie, ...]:
    rows = db.rows(
        'SELECT t.id, t.from_id, t.to_id, t.kind, t.strength, t.note, t."on", t.source,'
        " t.confidence FROM tie t"
        " JOIN person a ON a.id = t.from_id JOIN person b ON b.id = t.to_id"
        " WHERE ? IN (t.from_id, t.to_id) AND t.deleted_at IS NULL"
        " AND a.deleted_at IS NULL AND b.deleted_at IS NULL ORDER BY t.id",
        (person_id,),
    )
    # Whether somebody else's line to this person is their solid one depends on their other lines.
    reports = [r[1] for r in rows if r[3] == TieKind.REPORTS_TO and r[1] != person_id]
    first = dict(
        db.rows(
            "SELECT from_id, min(id) FROM tie WHERE kind = 'reports_to' AND deleted_at IS NULL"
            f" AND from_id IN ({placeholders(reports)}) GROUP BY from_id",
            reports,
        )
    )
    lines = tie_lines(rows)
    others = [line.to_id if line.from_id == person_id else line.from_id for line in lines]
    names = {
        key: (name, title)
        for key, name, title in db.rows(
            f"SELECT id, name, title FROM person WHERE id IN ({placeholders(others)})", others
        )
    }
    return tuple(
        PersonTie(
            line.id,
            line.kind,
            line.from_id == person_id,
            other,
            *names[other],
            line.strength,
            line.note,
            line.solid if line.from_id == person_id else first.get(line.from_id) == line.id,
        )
        for line, other in zip(lines, others, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a person can be linked with; ``account_name`` is set for people elsewhere."""

    id: str
    name: str
    title: str
    account_name: str


def link_candidates(db: Reader, person_id: str, text: str) -> list[Candidate]:
    """People whose name or title contains ``text``, those of the same account first."""
    from kam_desktop.models.text import sort_key

    account_id = db.value("SELECT account_id FROM person WHERE id = ?", (person_id,))
    pattern = f"%{_escaped(sort_key(text))}%"
    rows = db.rows(
        "SELECT p.id, p.name, p.title, CASE WHEN p.account_id = ?1 THEN '' ELSE a.name END"
        " FROM person p JOIN account a ON a.id = p.account_id"
        " WHERE p.deleted_at IS NULL AND a.deleted_at IS NULL AND p.id <> ?2 AND p.account_id = ?1"
        " AND (p.name_key LIKE ?3 ESCAPE '\\' OR p.title LIKE ?3 ESCAPE '\\')"
        " ORDER BY p.name_key = '', p.name_key, p.id LIMIT ?4",
        (account_id, person_id, pattern, PICKER_ROWS),
    )
    found = [Candidate(*row) for row in rows]
    if text.strip() and len(found) < PICKER_ROWS:
        from kam_desktop.services.queries.people import first_person_page

        known = {person_id, *(candidate.id for candidate in found)}
        more = first_person_page(db, text=text, limit=PICKER_ROWS)
        found += [
            Candidate(row.id, row.name, row.title, row.account_name)
            for row in more
            if row.id not in known and row.account_id != account_id
        ]
    return found[:PICKER_ROWS]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
