"""Reads what thinking with a map starts from: people, ties, touches, our side and its contacts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from kam_desktop.models.vocabulary import (
    ClaimField,
    Confidence,
    DecisionRole,
    InteractionKind,
    TeamContactState,
    TeamRole,
    TieKind,
)
from kam_desktop.services.analysis.claims import certainty
from kam_desktop.services.analysis.people_facts import (
    Acquaintance,
    MapFacts,
    Member,
    Stakeholder,
    TouchFact,
)
from kam_desktop.services.analysis.relationship_rules import RelationshipRules
from kam_desktop.services.analysis.suggestions import Hints, Judged, Together
from kam_desktop.services.queries.health import health_rules
from kam_desktop.services.queries.relationship_map import MapData, PersonCard
from kam_desktop.services.storage.reader import Reader, placeholders

_MEMORY = dt.timedelta(days=3 * 366)
"""Touches older than this have faded to nothing at any usual cadence and are not read."""
_CROWD = 12
"""Being in a room with more people than this does not mean that two of them know each other."""
_MAILS = frozenset({InteractionKind.EMAIL_TWO_WAY, InteractionKind.EMAIL_ONE_WAY})


def map_facts(db: Reader, data: MapData, on: dt.date) -> MapFacts:
    """The facts behind a map that was read for day ``on``.

    Of our team only those are taken who have to do with the account: the user, its team, owners,
    and whoever is or was in contact with its people.
    """
    ids = [card.id for card in data.people]
    touches = _touches(db, ids, on)
    contacts = _contacts(db, ids)
    involved = {member for member, _person in contacts}
    involved.update(*(touch.members for those in touches.values() for touch in those))
    involved |= {card.owner_id for card in data.people}
    return MapFacts(
        on,
        tuple(_stakeholder(card, touches.get(card.id, ())) for card in data.people),
        tuple(
            Acquaintance(tie.id, tie.from_id, tie.to_id, TieKind(tie.kind), tie.strength)
            for tie in data.ties
        ),
        _team(db, data.account_id, involved, on),
        contacts,
        data.buying_centres,
        health_rules(db).strength,
    )


def _stakeholder(card: PersonCard, touches: Sequence[TouchFact]) -> Stakeholder:
    return Stakeholder(
        card.id,
        card.name or card.title,
        card.title,
        card.buying_centre_id,
        card.influence,
        card.support,
        card.cadence_days,
        card.owner_id,
        tuple((DecisionRole(held.role), held.buying_centre_id) for held in card.roles_held),
        card.vacant,
        bool(card.account_name),
        card.left_on,
        tuple(touches),
    )


_TOUCHES = """
SELECT {person}, i.kind, substr(i.at, 1, 10), i.member_id, i.meeting_id, i.id FROM interaction i
{join} WHERE {person} IN ({marks}) AND i.deleted_at IS NULL AND i.at >= ? AND i.at < ?
"""
_TAKING_PART = "JOIN interaction_person x ON x.interaction_id = i.id AND x.deleted_at IS NULL"


def _touches(db: Reader, ids: Sequence[str], on: dt.date) -> Mapping[str, list[TouchFact]]:
    """Touches up to ``on`` by person, who may be the main one or a participant but counts once.

    Of ours, whoever is named with it took part, and whoever attended its meeting.
    """
    marks = placeholders(ids)
    span = ((on - _MEMORY).isoformat(), (on + dt.timedelta(days=1)).isoformat())
    mains = _TOUCHES.format(person="i.person_id", join="", marks=marks)
    others = _TOUCHES.format(person="x.person_id", join=_TAKING_PART, marks=marks)
    rows = db.rows(f"{mains} UNION {others}", (*ids, *span, *ids, *span))
    took_part = _ours_at(db, sorted({row[4] for row in rows if row[4]}))
    found: defaultdict[str, list[TouchFact]] = defaultdict(list)
    for person_id, kind, day, member_id, meeting_id, _id in rows:
        ours = dict.fromkeys([*([member_id] if member_id else []), *took_part.get(meeting_id, ())])
        touch = TouchFact(InteractionKind(kind), dt.date.fromisoformat(day), tuple(ours))
        found[person_id].append(touch)
    return found


def _ours_at(db: Reader, meetings: Sequence[str]) -> Mapping[str, list[str]]:
    """Who of ours took part in some meetings."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for meeting_id, member_id in db.rows(
        "SELECT meeting_id, team_member_id FROM attendee WHERE team_member_id IS NOT NULL"
        f" AND deleted_at IS NULL AND meeting_id IN ({placeholders(meetings)}) ORDER BY id",
        meetings,
    ):
        found[meeting_id].append(member_id)
    return found


def _contacts(db: Reader, ids: Sequence[str]) -> Mapping[tuple[str, str], TeamContactState]:
    return {
        (member_id, person_id): TeamContactState(state)
        for member_id, person_id, state in db.rows(
            "SELECT member_id, person_id, state FROM team_contact"
            f" WHERE person_id IN ({placeholders(ids)}) AND deleted_at IS NULL ORDER BY id",
            ids,
        )
    }


_TEAM = """
SELECT m.id, m.name, m.is_me,
       EXISTS (SELECT 1 FROM account_team t
               WHERE t.member_id = m.id AND t.account_id = ? AND t.deleted_at IS NULL)
FROM team_member m WHERE m.deleted_at IS NULL AND (m.left_on IS NULL OR m.left_on > ?)
ORDER BY NOT m.is_me, m.name, m.id
"""


def _team(db: Reader, account_id: str, involved: set[str], on: dt.date) -> tuple[Member, ...]:
    return tuple(
        Member(member_id, name, bool(is_me))
        for member_id, name, is_me, of_team in db.rows(_TEAM, (account_id, on.isoformat()))
        if is_me or of_team or member_id in involved
    )


def hints(db: Reader, facts: MapFacts, account_id: str, rules: RelationshipRules) -> Hints:
    """What suggestions are drawn from besides the map, as of the day of ``facts``."""
    ids = [person.id for person in facts.present]
    return Hints(
        _together(db, ids, facts.on, rules.suggestions.within_days),
        _judged(db, ids, facts.on, rules),
        bool(_sponsor(db, account_id, facts.on)),
        frozenset(dismissed_keys(db, account_id)),
        rules.claims.faded_below,
    )


def dismissed_keys(db: Reader, account_id: str) -> list[str]:
    """The keys of the suggestions the user said no to."""
    rows = db.rows(
        "SELECT key FROM dismissed_suggestion WHERE account_id = ? AND deleted_at IS NULL",
        (account_id,),
    )
    return [key for (key,) in rows]


def _sponsor(db: Reader, account_id: str, on: dt.date) -> object:
    return db.value(
        "SELECT 1 FROM account_team t JOIN team_member m ON m.id = t.member_id"
        " WHERE t.account_id = ? AND t.role = ? AND t.deleted_at IS NULL"
        " AND m.deleted_at IS NULL AND (m.left_on IS NULL OR m.left_on > ?) LIMIT 1",
        (account_id, TeamRole.EXECUTIVE_SPONSOR.value, on.isoformat()),
    )


def _judged(
    db: Reader, ids: Sequence[str], on: dt.date, rules: RelationshipRules
) -> Mapping[tuple[str, ClaimField], Judged]:
    """The newest judgement of each field up to ``on``."""
    found: dict[tuple[str, ClaimField], Judged] = {}
    for person_id, claimed, confidence, day in db.rows(
        'SELECT person_id, field, confidence, "on" FROM claim'
        f' WHERE person_id IN ({placeholders(ids)}) AND deleted_at IS NULL AND "on" <= ?'
        ' ORDER BY "on", id',
        (*ids, on.isoformat()),
    ):
        what, said_on = ClaimField(claimed), dt.date.fromisoformat(day)
        worth = certainty(what, Confidence(confidence), said_on, on, rules.claims)
        found[person_id, what] = Judged(said_on, worth)
    return found


_TOUCHES_TOGETHER = """
SELECT coalesce(i.meeting_id, i.id), i.kind, substr(i.at, 1, 10), {person}
FROM interaction i {join}
WHERE i.deleted_at IS NULL AND i.at >= ? AND i.at < ? AND {person} IN ({marks})
"""
_MEETINGS_TOGETHER = """
SELECT m.id, '', substr(m.starts_at, 1, 10), a.person_id
FROM attendee a JOIN meeting m ON m.id = a.meeting_id
WHERE m.deleted_at IS NULL AND a.deleted_at IS NULL AND NOT m.cancelled
  AND m.starts_at >= ? AND m.starts_at < ? AND a.person_id IN ({marks})
"""


def _together(
    db: Reader, ids: Sequence[str], on: dt.date, days: int
) -> Mapping[tuple[str, str], Together]:
    """How often two of ``ids`` took part in one touch or meeting of the last ``days``.

    A meeting and the touch that came of it are one occasion.
    """
    span = ((on - dt.timedelta(days=days)).isoformat(), (on + dt.timedelta(days=1)).isoformat())
    marks = placeholders(ids)
    rows = [
        *db.rows(_MEETINGS_TOGETHER.format(marks=marks), (*span, *ids)),
        *db.rows(
            _TOUCHES_TOGETHER.format(person="i.person_id", join="", marks=marks), (*span, *ids)
        ),
        *db.rows(
            _TOUCHES_TOGETHER.format(person="x.person_id", join=_TAKING_PART, marks=marks),
            (*span, *ids),
        ),
    ]
    return count_together(rows)


def count_together(rows: Iterable[tuple[str, str, str, str]]) -> Mapping[tuple[str, str], Together]:
    """Occasions per pair, from (occasion, kind, day, person); crowds do not count."""
    people: defaultdict[str, set[str]] = defaultdict(set)
    about: dict[str, tuple[bool, dt.date]] = {}
    for occasion, kind, at, person_id in rows:
        people[occasion].add(person_id)
        about.setdefault(occasion, (kind in _MAILS, dt.date.fromisoformat(at)))
    found: dict[tuple[str, str], Together] = {}
    for occasion, those in people.items():
        mail, day = about[occasion]
        for one, other in combinations(sorted(those), 2) if len(those) <= _CROWD else ():
            old = found.get((one, other), Together(0, 0, day))
            last = max(old.last, day)
            found[one, other] = Together(old.talks + (not mail), old.mails + mail, last)
    return found
