"""What a relationship map shows: an account's people, their ties and the places of their cards."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kam_desktop.models.vocabulary import InteractionKind, TieKind
from kam_desktop.services.analysis.strength import Touch, strength
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.reader import Reader, placeholders

_MEMORY = dt.timedelta(days=3 * 366)
"""Touches older than this have faded to nothing at any usual cadence and are not read."""

PICKER_ROWS = 12


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One person on the map. None means unknown, '' that nothing is noted.

    ``roles`` are decision roles without repeats, ``strength`` is S of our contact (0 … 1), None for
    a vacant seat. ``account_name`` is only set on people of other accounts.
    """

    id: str
    name: str
    title: str
    roles: tuple[str, ...]
    support: int | None
    influence: int | None
    coverage: str | None
    level: str | None
    level_wanted: str | None
    strength: float | None
    last_touch: dt.date | None
    buying_centre_id: str
    owner_name: str
    account_name: str
    vacant: bool
    external: bool
    left_on: dt.date | None


@dataclass(frozen=True, slots=True)
class TieLine:
    """One tie. ``solid`` marks the one line to the manager; further ones are matrix lines."""

    id: str
    from_id: str
    to_id: str
    kind: str
    strength: int | None
    note: str
    solid: bool


@dataclass(frozen=True, slots=True)
class MapName:
    """A saved map: ``view`` is org or network."""

    id: str
    title: str
    view: str


@dataclass(frozen=True, slots=True)
class MapData:
    """An account's people and ties. ``positions`` are top left corners by person, of one map.

    ``map_id`` is None while nothing was ever moved. People are ordered by influence, then name.
    """

    account_id: str
    account_name: str
    map_id: str | None
    people: tuple[PersonCard, ...]
    ties: tuple[TieLine, ...]
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    maps: tuple[MapName, ...] = ()
    buying_centres: Mapping[str, str] = field(default_factory=dict)


def map_data(
    db: Reader,
    account_id: str,
    map_id: str | None = None,
    *,
    on: dt.date,
    view: str = "org",
) -> MapData:
    """The map of an account; the strength of our contacts is that of day ``on``.

    Without ``map_id``, the account's oldest map of ``view``. People of other accounts are included
    when somebody here is tied to them. Raises `UserError` when the account is not there.
    """
    name = db.value("SELECT name FROM account WHERE id = ? AND deleted_at IS NULL", (account_id,))
    if name is None:
        raise UserError(_("This account is no longer there. Look for it in the trash."))
    maps = _maps(db, account_id)
    if map_id is None:
        map_id = next((saved.id for saved in maps if saved.view == view), None)
    ties = _ties(db, account_id)
    return MapData(
        account_id,
        name,
        map_id,
        _people(db, account_id, ties, on),
        ties,
        _positions(db, map_id),
        maps,
        dict(
            db.rows(
                "SELECT id, name FROM buying_centre"
                " WHERE account_id = ? AND deleted_at IS NULL ORDER BY name, id",
                (account_id,),
            )
        ),
    )


def _maps(db: Reader, account_id: str) -> tuple[MapName, ...]:
    rows = db.rows(
        "SELECT id, title, view FROM saved_map"
        " WHERE account_id = ? AND deleted_at IS NULL ORDER BY id",
        (account_id,),
    )
    return tuple(MapName(*row) for row in rows)


def _positions(db: Reader, map_id: str | None) -> dict[str, tuple[float, float]]:
    if map_id is None:
        return {}
    rows = db.rows(
        "SELECT person_id, x, y FROM map_position WHERE map_id = ? AND deleted_at IS NULL",
        (map_id,),
    )
    return {person_id: (x, y) for person_id, x, y in rows}


_TIES_OF_ACCOUNT = """
SELECT t.id, t.from_id, t.to_id, t.kind, t.strength, t.note FROM person p
  JOIN tie t ON t.from_id = p.id JOIN person o ON o.id = t.to_id
WHERE p.account_id = ?1 AND p.deleted_at IS NULL AND t.deleted_at IS NULL AND o.deleted_at IS NULL
UNION
SELECT t.id, t.from_id, t.to_id, t.kind, t.strength, t.note FROM person p
  JOIN tie t ON t.to_id = p.id JOIN person o ON o.id = t.from_id
WHERE p.account_id = ?1 AND p.deleted_at IS NULL AND t.deleted_at IS NULL AND o.deleted_at IS NULL
ORDER BY 1
"""


def _ties(db: Reader, account_id: str) -> tuple[TieLine, ...]:
    return _tie_lines(db.rows(_TIES_OF_ACCOUNT, (account_id,)))


def _tie_lines(rows: Iterable[tuple[Any, ...]]) -> tuple[TieLine, ...]:
    """Ties from rows ordered by id: the first *reports to* of a person is the solid line."""
    has_manager: set[str] = set()
    ties: list[TieLine] = []
    for tie_id, from_id, to_id, kind, tie_strength, note in rows:
        solid = kind == TieKind.REPORTS_TO and from_id not in has_manager
        if solid:
            has_manager.add(from_id)
        ties.append(TieLine(tie_id, from_id, to_id, kind, tie_strength, note, solid))
    return tuple(ties)


_PERSON = """
SELECT p.id, p.name, p.title, p.support, p.influence, p.coverage, p.level, p.level_wanted,
       p.cadence_days, coalesce(p.buying_centre_id, ''), coalesce(m.name, ''),
       CASE WHEN p.account_id = ? THEN '' ELSE a.name END, p.placeholder, p.external, p.left_on
FROM person p JOIN account a ON a.id = p.account_id
  LEFT JOIN team_member m ON m.id = p.owner_id AND m.deleted_at IS NULL
WHERE p.deleted_at IS NULL AND {which}
ORDER BY p.influence DESC, p.name_key, p.id
"""


def _people(
    db: Reader, account_id: str, ties: Sequence[TieLine], on: dt.date
) -> tuple[PersonCard, ...]:
    rows = db.rows(_PERSON.format(which="p.account_id = ?"), (account_id, account_id))
    own = {row[0] for row in rows}
    guests = sorted({end for tie in ties for end in (tie.from_id, tie.to_id)} - own)
    if guests:
        which = f"p.id IN ({placeholders(guests)})"
        rows += db.rows(_PERSON.format(which=which), (account_id, *guests))
    ids = [row[0] for row in rows]
    roles = _roles(db, account_id, guests)
    touches = _touches(db, ids, on)
    return tuple(_card(row, roles.get(row[0], ()), touches.get(row[0], []), on) for row in rows)


def _card(
    row: tuple[Any, ...], roles: Iterable[str], touches: Sequence[Touch], on: dt.date
) -> PersonCard:
    (person_id, name, title, support, influence, coverage, level, level_wanted) = row[:8]
    (cadence, centre, owner, account, vacant, external, left_on) = row[8:]
    return PersonCard(
        person_id,
        name,
        title,
        tuple(dict.fromkeys(roles)),
        support,
        influence,
        coverage,
        level,
        level_wanted,
        None if vacant else strength(touches, on, cadence),
        max((touch.on for touch in touches), default=None),
        centre,
        owner,
        account,
        bool(vacant),
        bool(external),
        None if left_on is None else dt.date.fromisoformat(left_on),
    )


def _roles(db: Reader, account_id: str, guests: Sequence[str]) -> Mapping[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for person_id, role in db.rows(
        "SELECT r.person_id, r.role FROM role_in_decision r JOIN person p ON p.id = r.person_id"
        f" WHERE r.deleted_at IS NULL AND (p.account_id = ? OR p.id IN ({placeholders(guests)}))"
        " ORDER BY r.id",
        (account_id, *guests),
    ):
        found[person_id].append(role)
    return found


def _touches(db: Reader, ids: Sequence[str], on: dt.date) -> Mapping[str, list[Touch]]:
    """Touches up to ``on`` by person; a person may be the main one or a participant."""
    marks = placeholders(ids)
    span = ((on - _MEMORY).isoformat(), (on + dt.timedelta(days=1)).isoformat())
    rows = db.rows(
        "SELECT person_id, kind, substr(at, 1, 10), id FROM interaction"
        f" WHERE person_id IN ({marks}) AND deleted_at IS NULL AND at >= ? AND at < ?"
        " UNION SELECT x.person_id, i.kind, substr(i.at, 1, 10), i.id FROM interaction_person x"
        " JOIN interaction i ON i.id = x.interaction_id"
        f" WHERE x.person_id IN ({marks}) AND x.deleted_at IS NULL AND i.deleted_at IS NULL"
        " AND i.at >= ? AND i.at < ?",
        (*ids, *span, *ids, *span),
    )
    found: defaultdict[str, list[Touch]] = defaultdict(list)
    for person_id, kind, day, _id in rows:
        found[person_id].append(Touch(InteractionKind(kind), dt.date.fromisoformat(day)))
    return found


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A decision role in one buying centre, or in the whole account ('')."""

    role: str
    buying_centre_id: str


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
        "SELECT t.id, t.from_id, t.to_id, t.kind, t.strength, t.note FROM tie t"
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
    lines = _tie_lines(rows)
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
