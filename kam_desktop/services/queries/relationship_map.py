"""What a relationship map shows: an account's people, their ties and the places of their cards."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kam_desktop.models.vocabulary import ClaimField, Confidence, InteractionKind, TieKind
from kam_desktop.services.analysis.claims import certainty
from kam_desktop.services.analysis.strength import Touch, strength
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.relationship_rules import relationship_rules
from kam_desktop.services.storage.reader import Reader, placeholders

_MEMORY = dt.timedelta(days=3 * 366)
"""Touches older than this have faded to nothing at any usual cadence and are not read."""


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A decision role in one buying centre, or in the whole account ('')."""

    role: str
    buying_centre_id: str


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One person on the map. None means unknown, '' that nothing is noted.

    ``roles`` are decision roles without repeats, ``roles_held`` says where they are held;
    ``strength`` is S of our contact (0 … 1), None for a vacant seat. ``account_name`` is only set
    on people of other accounts. ``certainty`` is what the newest judgement of a field is still
    worth (0 … 1); a field nobody noted a source for is missing there. ``photo`` is the SHA-256 of
    a picture or ''.
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
    owner_id: str = ""
    orientation: str | None = None
    cadence_days: int | None = None
    step: str = ""
    went_to: str = ""
    photo: str = ""
    roles_held: tuple[RoleHeld, ...] = ()
    certainty: Mapping[str, float] = field(default_factory=dict)


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
    on: dt.date | None = None
    source: str | None = None
    confidence: str | None = None


@dataclass(frozen=True, slots=True)
class MapName:
    """A saved map: ``view`` is org, network, grid, coverage or ego."""

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
SELECT t.id, t.from_id, t.to_id, t.kind, t.strength, t.note, t."on", t.source, t.confidence
FROM person p
  JOIN tie t ON t.from_id = p.id JOIN person o ON o.id = t.to_id
WHERE p.account_id = ?1 AND p.deleted_at IS NULL AND t.deleted_at IS NULL AND o.deleted_at IS NULL
UNION
SELECT t.id, t.from_id, t.to_id, t.kind, t.strength, t.note, t."on", t.source, t.confidence
FROM person p
  JOIN tie t ON t.to_id = p.id JOIN person o ON o.id = t.from_id
WHERE p.account_id = ?1 AND p.deleted_at IS NULL AND t.deleted_at IS NULL AND o.deleted_at IS NULL
ORDER BY 1
"""


def _ties(db: Reader, account_id: str) -> tuple[TieLine, ...]:
    return tie_lines(db.rows(_TIES_OF_ACCOUNT, (account_id,)))


def tie_lines(rows: Iterable[tuple[Any, ...]]) -> tuple[TieLine, ...]:
    """Ties from rows ordered by id: the first *reports to* of a person is the solid line."""
    has_manager: set[str] = set()
    ties: list[TieLine] = []
    for tie_id, from_id, to_id, kind, tie_strength, note, on, source, confidence in rows:
        solid = kind == TieKind.REPORTS_TO and from_id not in has_manager
        if solid:
            has_manager.add(from_id)
        day = None if on is None else dt.date.fromisoformat(on)
        told = (day, source, confidence)
        ties.append(TieLine(tie_id, from_id, to_id, kind, tie_strength, note, solid, *told))
    return tuple(ties)


_PERSON = """
SELECT p.id, p.name, p.title, p.support, p.influence, p.coverage, p.level, p.level_wanted,
       p.cadence_days, coalesce(p.buying_centre_id, ''), coalesce(m.name, ''),
       CASE WHEN p.account_id = ? THEN '' ELSE a.name END, p.placeholder, p.external, p.left_on,
       coalesce(m.id, ''), p.orientation, p.step, coalesce(w.name, p.went_to),
       coalesce(p.photo_sha256, '')
FROM person p JOIN account a ON a.id = p.account_id
  LEFT JOIN team_member m ON m.id = p.owner_id AND m.deleted_at IS NULL
  LEFT JOIN account w ON w.id = p.went_to_account_id AND w.deleted_at IS NULL
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
    certainties = _certainties(db, ids, on)
    return tuple(
        _card(row, roles.get(row[0], ()), touches.get(row[0], []), certainties.get(row[0], {}), on)
        for row in rows
    )


def _card(
    row: tuple[Any, ...],
    roles: Sequence[RoleHeld],
    touches: Sequence[Touch],
    certainty_of: Mapping[str, float],
    on: dt.date,
) -> PersonCard:
    (person_id, name, title, support, influence, coverage, level, level_wanted) = row[:8]
    (cadence, centre, owner, account, vacant, external, left_on) = row[8:15]
    (owner_id, orientation, step, went_to, photo) = row[15:]
    return PersonCard(
        person_id,
        name,
        title,
        tuple(dict.fromkeys(held.role for held in roles)),
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
        owner_id=owner_id,
        orientation=orientation,
        cadence_days=cadence,
        step=step,
        went_to=went_to,
        photo=photo,
        roles_held=tuple(roles),
        certainty=certainty_of,
    )


def _roles(db: Reader, account_id: str, guests: Sequence[str]) -> Mapping[str, list[RoleHeld]]:
    found: defaultdict[str, list[RoleHeld]] = defaultdict(list)
    for person_id, role, centre in db.rows(
        "SELECT r.person_id, r.role, coalesce(r.buying_centre_id, '')"
        " FROM role_in_decision r JOIN person p ON p.id = r.person_id"
        f" WHERE r.deleted_at IS NULL AND (p.account_id = ? OR p.id IN ({placeholders(guests)}))"
        " ORDER BY r.id",
        (account_id, *guests),
    ):
        found[person_id].append(RoleHeld(role, centre))
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


def _certainties(db: Reader, ids: Sequence[str], on: dt.date) -> Mapping[str, Mapping[str, float]]:
    """What the newest judgement up to ``on`` of each field is still worth, by person."""
    rules = relationship_rules(db).claims
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for person_id, claimed, confidence, day in db.rows(
        'SELECT person_id, field, confidence, "on" FROM claim'
        f' WHERE person_id IN ({placeholders(ids)}) AND deleted_at IS NULL AND "on" <= ?'
        ' ORDER BY "on", id',
        (*ids, on.isoformat()),
    ):
        found[person_id][claimed] = certainty(
            ClaimField(claimed), Confidence(confidence), dt.date.fromisoformat(day), on, rules
        )
    return found
