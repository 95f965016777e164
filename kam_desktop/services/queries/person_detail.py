"""One person in full, and whom they can be linked with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kam_desktop.models.vocabulary import ClaimField, TieKind
from kam_desktop.services.queries.claims import Judged, judged_fields
from kam_desktop.services.queries.relationship_map import RoleHeld, tie_lines
from kam_desktop.services.storage.reader import Reader, placeholders

PICKER_ROWS = 12


@dataclass(frozen=True, slots=True)
class PersonTie:
    """A tie as seen from one person. ``outgoing``: from this person to the other.

    ``other_account`` is set when the other one belongs to another account.
    """

    id: str
    kind: str
    outgoing: bool
    other_id: str
    other_name: str
    other_title: str
    strength: int | None
    note: str
    solid: bool
    other_account: str = ""
    on: dt.date | None = None
    source: str | None = None
    confidence: str | None = None


@dataclass(frozen=True, slots=True)
class PersonDetail:
    """All that is kept about one person, and what there is to choose from.

    ``went_to`` is the name of the account they went to, where it is one of ours. ``photo`` is a
    SHA-256 or ''. ``namesakes`` counts the other people of the portfolio with the same name.
    """

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
    step: str
    step_due: dt.date | None
    went_to: str
    went_to_account_id: str | None
    photo: str
    namesakes: int
    judged: Mapping[ClaimField, Judged]
    roles: tuple[RoleHeld, ...]
    ties: tuple[PersonTie, ...]
    buying_centres: tuple[tuple[str, str], ...]
    team: tuple[tuple[str, str], ...]


_DETAIL = """
SELECT p.id, p.account_id, a.name, p.name, p.title, p.buying_centre_id, p.email, p.phone, p.mobile,
       p.support, p.influence, p.coverage, p.level, p.level_wanted, p.orientation, p.style,
       p.cadence_days, p.owner_id, p.languages, p.about, p.placeholder, p.external, p.left_on,
       p.step, p.step_due, coalesce(w.name, p.went_to), p.went_to_account_id,
       coalesce(p.photo_sha256, ''), p.name_key
FROM person p JOIN account a ON a.id = p.account_id
  LEFT JOIN account w ON w.id = p.went_to_account_id AND w.deleted_at IS NULL
WHERE p.id = ? AND p.deleted_at IS NULL
"""


def person_detail(db: Reader, person_id: str, on: dt.date) -> PersonDetail | None:
    """One person with roles, ties and what is claimed about them by day ``on``; None when deleted.

    What a judgement is still worth is that of day ``on``.
    """
    row = db.row(_DETAIL, (person_id,))
    if row is None:
        return None
    left_on, step, step_due, went_to, went_to_account, photo, name_key = row[22:]
    values: list[Any] = [
        *row[:20],
        bool(row[20]),
        bool(row[21]),
        _day(left_on),
        step,
        _day(step_due),
        went_to,
        went_to_account,
        photo,
        _namesakes(db, person_id, name_key),
        judged_fields(db, person_id, on),
        _roles_of_person(db, person_id),
        _ties_of_person(db, person_id),
        _choices(
            db,
            "SELECT id, name FROM buying_centre WHERE account_id = ? AND deleted_at IS NULL"
            " ORDER BY name, id",
            row[1],
        ),
        _choices(
            db,
            "SELECT id, name FROM team_member WHERE deleted_at IS NULL"
            " ORDER BY NOT is_me, name, id",
        ),
    ]
    return PersonDetail(*values)


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _choices(db: Reader, sql: str, *parameters: str) -> tuple[tuple[str, str], ...]:
    return tuple((key, name) for key, name in db.rows(sql, parameters))


def _roles_of_person(db: Reader, person_id: str) -> tuple[RoleHeld, ...]:
    return tuple(
        RoleHeld(*role)
        for role in db.rows(
            "SELECT role, coalesce(buying_centre_id, '') FROM role_in_decision"
            " WHERE person_id = ? AND deleted_at IS NULL ORDER BY id",
            (person_id,),
        )
    )


def _namesakes(db: Reader, person_id: str, name_key: str) -> int:
    if not name_key:
        return 0
    found = db.value(
        "SELECT count(*) FROM person WHERE deleted_at IS NULL AND name_key = ? AND id <> ?",
        (name_key, person_id),
    )
    return int(found)


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
    names = _others(db, person_id, others)
    return tuple(
        PersonTie(
            line.id,
            line.kind,
            line.from_id == person_id,
            other,
            *names[other][:2],
            line.strength,
            line.note,
            line.solid if line.from_id == person_id else first.get(line.from_id) == line.id,
            names[other][2],
            line.on,
            line.source,
            line.confidence,
        )
        for line, other in zip(lines, others, strict=True)
    )


def _others(db: Reader, person_id: str, others: list[str]) -> Mapping[str, tuple[str, str, str]]:
    """Name, title and, for people of another account, that account, by person."""
    rows = db.rows(
        "SELECT p.id, p.name, p.title,"
        " CASE WHEN p.account_id = (SELECT account_id FROM person WHERE id = ?) THEN ''"
        f" ELSE a.name END FROM person p JOIN account a ON a.id = p.account_id"
        f" WHERE p.id IN ({placeholders(others)})",
        (person_id, *others),
    )
    return {key: (name, title, account) for key, name, title, account in rows}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a person can be linked with; ``account_name`` is set for people elsewhere.

    ``buying_centre`` and ``email`` tell people of one name apart.
    """

    id: str
    name: str
    title: str
    account_name: str
    buying_centre: str = ""
    email: str = ""


def link_candidates(db: Reader, person_id: str, text: str) -> list[Candidate]:
    """People whose name or title contains ``text``, those of the same account first."""
    from kam_desktop.models.text import sort_key

    account_id = db.value("SELECT account_id FROM person WHERE id = ?", (person_id,))
    pattern = f"%{_escaped(sort_key(text))}%"
    rows = db.rows(
        "SELECT p.id, p.name, p.title, CASE WHEN p.account_id = ?1 THEN '' ELSE a.name END,"
        " coalesce(c.name, ''), p.email FROM person p JOIN account a ON a.id = p.account_id"
        " LEFT JOIN buying_centre c ON c.id = p.buying_centre_id AND c.deleted_at IS NULL"
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
            Candidate(row.id, row.name, row.title, row.account_name, email=row.email)
            for row in more
            if row.id not in known and row.account_id != account_id
        ]
    return found[:PICKER_ROWS]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
