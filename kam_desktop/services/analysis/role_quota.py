"""Role quota: which decision roles of a buying centre are known, held, reached or vacant.

"0 of 1 economic buyer" (product rules, section 4). A role held in the whole account counts in each
of its buying centres; an account without buying centres is looked at as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kam_desktop.models.vocabulary import DecisionRole
from kam_desktop.services.analysis.people_facts import WHOLE_ACCOUNT, MapFacts, Stakeholder

Quotas = Mapping[str, Mapping[DecisionRole, int]]
"""How many of each role each buying centre needs, by its id; '' is the account as a whole."""


class RoleState(StrEnum):
    """How a role of a buying centre stands, the worst first."""

    MISSING = "missing"
    VACANT = "vacant"
    UNREACHED = "unreached"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class RoleNeed:
    """One role in one buying centre ('' for the whole account).

    ``held`` are ids of the people who play it, ``reached`` those of them in live contact,
    ``seats`` vacant seats that are meant to.
    """

    centre_id: str
    role: DecisionRole
    needed: int
    held: tuple[str, ...]
    reached: tuple[str, ...]
    seats: tuple[str, ...]

    @property
    def missing(self) -> int:
        """How many more people it takes."""
        return max(0, self.needed - len(self.held))

    @property
    def state(self) -> RoleState:
        """Too few known, too few because seats are vacant, nobody in contact, or reached."""
        if self.missing:
            return RoleState.VACANT if self.seats else RoleState.MISSING
        return RoleState.REACHED if self.reached else RoleState.UNREACHED


def role_needs(
    facts: MapFacts, quotas: Quotas, without: Iterable[str] = ()
) -> tuple[RoleNeed, ...]:
    """Every role asked for, by buying centre as in ``facts.centres``, then as in the vocabulary.

    ``without`` are people who are taken to be gone.
    """
    gone = set(without)
    players: defaultdict[DecisionRole, list[Stakeholder]] = defaultdict(list)
    for person in facts.present:
        for role in {role for role, _where in person.roles} if person.id not in gone else ():
            players[role].append(person)
    usual = quotas.get(WHOLE_ACCOUNT, {})
    return tuple(
        _need(facts, players[role], centre_id, role, needed)
        for centre_id in facts.centres or (WHOLE_ACCOUNT,)
        for role, needed in quotas.get(centre_id, usual).items()
    )


def _need(
    facts: MapFacts, players: list[Stakeholder], centre_id: str, role: DecisionRole, needed: int
) -> RoleNeed:
    """How the role stands, given everybody who plays it anywhere in the account."""
    anywhere = centre_id == WHOLE_ACCOUNT
    holders = [person for person in players if anywhere or person.holds(role, centre_id)]
    held = tuple(person.id for person in holders if not person.vacant)
    return RoleNeed(
        centre_id,
        role,
        needed,
        held,
        tuple(person_id for person_id in held if person_id in facts.threads),
        tuple(person.id for person in holders if person.vacant),
    )


def missing_roles(needs: Iterable[RoleNeed]) -> tuple[RoleNeed, ...]:
    """The roles that too few people are known for."""
    return tuple(need for need in needs if need.missing)
