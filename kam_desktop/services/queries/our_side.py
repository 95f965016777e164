"""Our own side of an account: who works for it, and who of ours knows whom of theirs."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from kam_desktop.models.vocabulary import InteractionKind, TeamContactState, TeamRole
from kam_desktop.services.analysis.strength import Touch, strength
from kam_desktop.services.storage.reader import Reader

_MEMORY = dt.timedelta(days=3 * 366)
"""Touches older than this have faded to nothing at any usual cadence and are not read."""

KNOWN = frozenset({TeamContactState.GOOD.value, TeamContactState.WORKING.value})
"""The states in which one of ours can open a door."""


@dataclass(frozen=True, slots=True)
class TeamPlace:
    """One role of one of ours at the account; ``id`` is the record's."""

    id: str
    role: str


@dataclass(frozen=True, slots=True)
class OurMember:
    """One of ours, with what they have to do with the account.

    ``role`` is what they are everywhere, ``places`` what they do for this account. ``owner`` is
    who looks after the account, ``owns_people`` after how many of its people. ``met`` says that
    they have met or know somebody there.
    """

    id: str
    name: str
    title: str
    role: str
    is_me: bool
    left_on: dt.date | None
    places: tuple[TeamPlace, ...] = ()
    owner: bool = False
    owns_people: int = 0
    met: bool = False

    @property
    def is_here(self) -> bool:
        """Whether they have anything to do with the account."""
        return bool(self.places or self.owner or self.owns_people or self.met)

    @property
    def is_sponsor(self) -> bool:
        return any(place.role == TeamRole.EXECUTIVE_SPONSOR for place in self.places)


@dataclass(frozen=True, slots=True)
class Contact:
    """What one of ours and one of theirs have to do with each other.

    ``state`` is what was judged, None while unknown. ``strength`` is S (0 … 1) of the member's own
    touches, ``touches`` how many of them are remembered, ``last_touch`` the day of the newest.
    """

    state: str | None = None
    note: str = ""
    on: dt.date | None = None
    strength: float = 0.0
    touches: int = 0
    last_touch: dt.date | None = None


NO_CONTACT = Contact()


@dataclass(frozen=True, slots=True)
class OurSide:
    """All of ours, those who work for the account first, and contacts by (person, member)."""

    account_id: str
    members: tuple[OurMember, ...] = ()
    contacts: Mapping[tuple[str, str], Contact] = field(default_factory=dict)

    def contact(self, person_id: str, member_id: str) -> Contact:
        """A cell of the coverage matrix; nothing known where nothing is kept."""
        return self.contacts.get((person_id, member_id), NO_CONTACT)

    def known_by(self, person_id: str) -> tuple[str, ...]:
        """The ids of those of ours who know a person well or are working on it."""
        return tuple(m.id for m in self.members if self.contact(person_id, m.id).state in KNOWN)


@dataclass(frozen=True, slots=True)
class OnlyContact:
    """A person whom only one of ours knows."""

    person_id: str
    name: str
    title: str
    account_id: str
    account_name: str
    influence: int | None
    state: str


def our_side(db: Reader, account_id: str, *, on: dt.date) -> OurSide:
    """Who of ours works for an account, knows its people or has met them, as of day ``on``."""
    states = _states(db, account_id)
    touches = _touches(db, account_id, on)
    cadences = dict(
        db.rows(
            "SELECT id, cadence_days FROM person WHERE account_id = ? AND deleted_at IS NULL",
            (account_id,),
        )
    )
    contacts = {}
    for pair in states.keys() | touches.keys():
        state, note, day = states.get(pair, (None, "", None))
        found = touches.get(pair, [])
        contacts[pair] = Contact(
            state,
            note,
            day,
            strength(found, on, cadences.get(pair[0])),
            len(found),
            max((touch.on for touch in found), default=None),
        )
    members = _members(db, account_id, {member_id for _person, member_id in contacts})
    return OurSide(account_id, members, contacts)


def known_only_by(db: Reader, member_id: str) -> list[OnlyContact]:
    """The people nobody else of ours knows (who are still with us), the most influential first.

    What leaves with a member who leaves.
    """
    rows = db.rows(
        "SELECT p.id, p.name, p.title, a.id, a.name, p.influence, c.state FROM team_contact c"
        " JOIN person p ON p.id = c.person_id JOIN account a ON a.id = p.account_id"
        " WHERE c.member_id = :member AND c.state IN ('good', 'working') AND c.deleted_at IS NULL"
        " AND p.deleted_at IS NULL AND p.left_on IS NULL AND a.deleted_at IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM team_contact o JOIN team_member m ON m.id = o.member_id"
        "  WHERE o.person_id = c.person_id AND o.member_id <> c.member_id"
        "  AND o.state IN ('good', 'working') AND o.deleted_at IS NULL"
        "  AND m.deleted_at IS NULL AND m.left_on IS NULL)"
        " ORDER BY p.influence IS NULL, p.influence DESC, p.name_key, p.id",
        {"member": member_id},
    )
    return [OnlyContact(*row) for row in rows]


def _states(db: Reader, account_id: str) -> dict[tuple[str, str], tuple[str, str, dt.date | None]]:
    # A later row replaces an earlier one: two can be there after a restore from the trash.
    return {
        (person_id, member_id): (state, note, None if day is None else dt.date.fromisoformat(day))
        for person_id, member_id, state, note, day in db.rows(
            'SELECT c.person_id, c.member_id, c.state, c.note, c."on" FROM person p'
            " JOIN team_contact c ON c.person_id = p.id"
            " WHERE p.account_id = ? AND p.deleted_at IS NULL AND c.deleted_at IS NULL"
            " ORDER BY c.id",
            (account_id,),
        )
    }


# A touch belongs to who of ours is named in it, and to those of ours who attended its meeting. A
# meeting that took place counts as a visit when nothing was logged about it.
_TOUCHES = """
WITH touch AS (
  SELECT i.id, i.kind, i.at, i.meeting_id, i.member_id, i.person_id FROM interaction i
  WHERE i.account_id = :account AND i.deleted_at IS NULL AND i.person_id IS NOT NULL
    AND i.at >= :since AND i.at < :until
  UNION
  SELECT i.id, i.kind, i.at, i.meeting_id, i.member_id, x.person_id FROM interaction i
    JOIN interaction_person x ON x.interaction_id = i.id AND x.deleted_at IS NULL
  WHERE i.account_id = :account AND i.deleted_at IS NULL AND i.at >= :since AND i.at < :until
)
SELECT person_id, member_id, kind, substr(at, 1, 10), id FROM touch WHERE member_id IS NOT NULL
UNION
SELECT t.person_id, a.team_member_id, t.kind, substr(t.at, 1, 10), t.id
FROM touch t JOIN attendee a ON a.meeting_id = t.meeting_id AND a.deleted_at IS NULL
WHERE a.team_member_id IS NOT NULL
UNION
SELECT theirs.person_id, ours.team_member_id, :visit, substr(m.starts_at, 1, 10), m.id
FROM meeting m
  JOIN attendee theirs ON theirs.meeting_id = m.id AND theirs.deleted_at IS NULL
  JOIN attendee ours ON ours.meeting_id = m.id AND ours.deleted_at IS NULL
WHERE m.account_id = :account AND m.deleted_at IS NULL AND NOT m.cancelled
  AND m.starts_at >= :since AND m.starts_at < :until
  AND theirs.person_id IS NOT NULL AND ours.team_member_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM interaction i WHERE i.meeting_id = m.id AND i.deleted_at IS NULL)
"""


def _touches(db: Reader, account_id: str, on: dt.date) -> dict[tuple[str, str], list[Touch]]:
    found: defaultdict[tuple[str, str], list[Touch]] = defaultdict(list)
    for person_id, member_id, kind, day, _id in db.rows(
        _TOUCHES,
        {
            "account": account_id,
            "since": (on - _MEMORY).isoformat(),
            "until": (on + dt.timedelta(days=1)).isoformat(),
            "visit": InteractionKind.VISIT.value,
        },
    ):
        touch = Touch(InteractionKind(kind), dt.date.fromisoformat(day))
        found[person_id, member_id].append(touch)
    return dict(found)


_MEMBERS = """
SELECT m.id, m.name, m.title, m.role, m.is_me, m.left_on,
  m.id = (SELECT owner_id FROM account WHERE id = :account),
  (SELECT count(*) FROM person p WHERE p.owner_id = m.id AND p.account_id = :account
     AND p.deleted_at IS NULL)
FROM team_member m WHERE m.deleted_at IS NULL
ORDER BY m.is_me DESC, m.name COLLATE NOCASE, m.id
"""


def _members(db: Reader, account_id: str, met: set[str]) -> tuple[OurMember, ...]:
    places: defaultdict[str, list[TeamPlace]] = defaultdict(list)
    for place_id, member_id, role in db.rows(
        "SELECT id, member_id, role FROM account_team"
        " WHERE account_id = ? AND deleted_at IS NULL ORDER BY id",
        (account_id,),
    ):
        places[member_id].append(TeamPlace(place_id, role))
    members = [
        OurMember(
            member_id,
            name,
            title,
            role,
            bool(is_me),
            None if left_on is None else dt.date.fromisoformat(left_on),
            tuple(places.get(member_id, ())),
            bool(owner),
            owns,
            member_id in met,
        )
        for member_id, name, title, role, is_me, left_on, owner, owns in db.rows(
            _MEMBERS, {"account": account_id}
        )
    ]
    return tuple(sorted(members, key=_standing))


def _standing(member: OurMember) -> int:
    """Who looks after the account first, then its team, then who only knows somebody."""
    if not member.is_here:
        return 4
    if member.left_on is not None:
        return 3
    return 0 if member.owner else 1 if member.places else 2


@dataclass(frozen=True, slots=True)
class AccountTeam:
    """Our side for the dossier: who works for the account, and the names of whom each knows.

    ``known`` lists the people a member knows or works on, the most influential first; ``people``
    counts the account's people who can be known, ``unknown`` those nobody of ours knows.
    """

    ours: OurSide
    known: Mapping[str, tuple[str, ...]]
    people: int
    unknown: int


def account_team(db: Reader, account_id: str, *, on: dt.date) -> AccountTeam:
    """Who works for an account, and who of ours knows whom of theirs."""
    ours = our_side(db, account_id, on=on)
    people = db.rows(
        "SELECT id, name FROM person WHERE account_id = ? AND deleted_at IS NULL"
        " AND left_on IS NULL AND NOT placeholder"
        " ORDER BY influence IS NULL, influence DESC, name_key, id",
        (account_id,),
    )
    here = {member.id for member in ours.members if member.left_on is None}
    known: defaultdict[str, list[str]] = defaultdict(list)
    unknown = 0
    for person_id, name in people:
        members = ours.known_by(person_id)
        unknown += here.isdisjoint(members)
        for member_id in members:
            known[member_id].append(name)
    return AccountTeam(
        ours, {member: tuple(names) for member, names in known.items()}, len(people), unknown
    )
