"""What thinking with a map starts from: an account's people, their ties and our side, frozen.

Strengths are worked out once per day from touches, for all of us together and for each of ours.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kam_desktop.models.vocabulary import DecisionRole, InteractionKind, TeamContactState, TieKind
from kam_desktop.services.analysis.strength import (
    DEFAULT_RULES,
    Coverage,
    StrengthRules,
    Touch,
    coverage,
    is_thread,
    strength,
)

WHOLE_ACCOUNT = ""
"""Stands for the account as a whole where a buying centre's id is expected."""


@dataclass(frozen=True, slots=True)
class TouchFact:
    """One contact with a person; ``members`` are who of ours took part, as far as that is noted."""

    kind: InteractionKind
    on: dt.date
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """One of their people, or a vacant seat.

    ``guest``: belongs to another account and is here for a tie only. ``roles`` are (role, buying
    centre or '' for the whole account). ``support`` (−2 … +2) and ``influence`` (0 … 10) are None
    while unknown. ``name`` is how the person or seat is called.
    """

    id: str
    name: str
    title: str = ""
    buying_centre_id: str = WHOLE_ACCOUNT
    influence: int | None = None
    support: int | None = None
    cadence_days: int | None = None
    owner_id: str = ""
    roles: tuple[tuple[DecisionRole, str], ...] = ()
    vacant: bool = False
    guest: bool = False
    left_on: dt.date | None = None
    touches: tuple[TouchFact, ...] = ()

    def holds(self, role: DecisionRole, centre_id: str) -> bool:
        """Whether the role is held in a buying centre; a role in the whole account is, in each."""
        return any(
            each == role and where in (centre_id, WHOLE_ACCOUNT) for each, where in self.roles
        )


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """A tie between two people; ``strength`` 1 … 5 is None while unknown."""

    id: str
    from_id: str
    to_id: str
    kind: TieKind
    strength: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One of ours who is still with us."""

    id: str
    name: str
    is_me: bool = False


@dataclass(frozen=True)
class MapFacts:
    """An account's people on one day. ``contacts`` says how well (member, person) know each other.

    People who have left stay in ``people``; `present` leaves them out.
    """

    on: dt.date
    people: tuple[Stakeholder, ...]
    ties: tuple[Acquaintance, ...] = ()
    team: tuple[Member, ...] = ()
    contacts: Mapping[tuple[str, str], TeamContactState] = field(default_factory=dict)
    centres: Mapping[str, str] = field(default_factory=dict)
    rules: StrengthRules = DEFAULT_RULES

    @cached_property
    def by_id(self) -> Mapping[str, Stakeholder]:
        """Everybody by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def present(self) -> tuple[Stakeholder, ...]:
        """The account's own people and seats that are there on the day."""
        return tuple(p for p in self.people if not p.guest and self.is_there(p))

    @cached_property
    def me(self) -> str:
        """The member who is the user, or ''."""
        return next((member.id for member in self.team if member.is_me), "")

    @cached_property
    def strengths(self) -> Mapping[str, float]:
        """S of our contact with everybody (0 … 1)."""
        return {person.id: self.strength_without(person) for person in self.people}

    @cached_property
    def threads(self) -> frozenset[str]:
        """The account's people present whom we are in live contact with."""
        return frozenset(p.id for p in self.present if is_thread(self.strengths[p.id], self.rules))

    def is_there(self, person: Stakeholder) -> bool:
        """Whether somebody has not left by the day."""
        return person.left_on is None or person.left_on > self.on

    def strength_without(self, person: Stakeholder, gone: Collection[str] = ()) -> float:
        """S of our contact with a person when the touches of some of ours are taken away."""
        kept = (
            Touch(touch.kind, touch.on)
            for touch in person.touches
            if not gone or not set(self.by_whom(person, touch)) <= set(gone)
        )
        return strength(kept, self.on, person.cadence_days, self.rules)

    def by_whom(self, person: Stakeholder, touch: TouchFact) -> tuple[str, ...]:
        """Who of ours a touch is counted for: those noted, else the person's owner, else me.

        '' alone stands for nobody in particular.
        """
        return touch.members or (person.owner_id or self.me,)

    def strengths_by_member(self, person: Stakeholder) -> Mapping[str, float]:
        """S of each of ours with a person; '' collects touches of nobody in particular."""
        touches: defaultdict[str, list[Touch]] = defaultdict(list)
        for touch in person.touches:
            for member in self.by_whom(person, touch):
                touches[member].append(Touch(touch.kind, touch.on))
        return {
            member: strength(those, self.on, person.cadence_days, self.rules)
            for member, those in touches.items()
        }

    def coverage(self, strengths: Mapping[str, float] | None = None) -> Coverage:
        """Coverage of the people present; their strengths as of the day unless others are given."""
        values = self.strengths if strengths is None else strengths
        return coverage([(p.id, p.influence, values.get(p.id, 0.0)) for p in self.present])
