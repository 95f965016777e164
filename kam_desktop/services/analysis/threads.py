"""Threads: the people we are in live contact with, and where too much hangs on too few.

A thread is a contact with S > 0.3; fewer than 3 threads on an open opportunity, or no champion or
economic buyer reached, is a notice (product rules, section 4).

An opportunity is decided in the buying centre of its contact person: the people who count for it
are those of that centre and those who belong to no centre in particular. Without a contact person,
or one without a centre, everybody of the account counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kam_desktop.models.vocabulary import DecisionRole
from kam_desktop.services.analysis.people_facts import WHOLE_ACCOUNT, MapFacts, Stakeholder


@dataclass(frozen=True, slots=True)
class DealFact:
    """An open opportunity and its contact person at the account ('' for none)."""

    id: str
    name: str
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class ThreadCount:
    """The threads into a buying centre, or ('') into the account; ``people`` are ids."""

    centre_id: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DealThreads:
    """The threads on an open opportunity, and whether its two most important roles are reached."""

    deal: DealFact
    centre_id: str
    people: tuple[str, ...]
    enough: int
    champion: bool
    buyer: bool

    @property
    def few(self) -> bool:
        """Whether too much hangs on too few."""
        return len(self.people) < self.enough

    @property
    def unreached(self) -> tuple[DecisionRole, ...]:
        """Which of the two roles are not reached."""
        roles = ((DecisionRole.ECONOMIC_BUYER, self.buyer), (DecisionRole.CHAMPION, self.champion))
        return tuple(role for role, reached in roles if not reached)

    @property
    def notice(self) -> bool:
        """Whether this is worth a notice."""
        return self.few or bool(self.unreached)


def thread_counts(facts: MapFacts) -> tuple[ThreadCount, ...]:
    """The threads into the account, then into each of its buying centres."""
    whole = ThreadCount(WHOLE_ACCOUNT, _threads(facts, facts.present))
    return (
        whole,
        *(
            ThreadCount(centre, _threads(facts, _of_centre(facts, centre)))
            for centre in facts.centres
        ),
    )


def deal_threads(facts: MapFacts, deals: Iterable[DealFact]) -> tuple[DealThreads, ...]:
    """The threads on each open opportunity, in the order given."""
    return tuple(_deal(facts, deal) for deal in deals)


def _deal(facts: MapFacts, deal: DealFact) -> DealThreads:
    contact = facts.by_id.get(deal.person_id)
    centre = contact.buying_centre_id if contact is not None else WHOLE_ACCOUNT
    if centre not in facts.centres:
        centre = WHOLE_ACCOUNT
    people = facts.present if centre == WHOLE_ACCOUNT else _who_count(facts, centre)
    threads = _threads(facts, people)
    return DealThreads(
        deal,
        centre,
        threads,
        facts.rules.enough_threads,
        champion=_reached(facts, threads, DecisionRole.CHAMPION, centre),
        buyer=_reached(facts, threads, DecisionRole.ECONOMIC_BUYER, centre),
    )


def _of_centre(facts: MapFacts, centre_id: str) -> list[Stakeholder]:
    return [person for person in facts.present if person.buying_centre_id == centre_id]


def _who_count(facts: MapFacts, centre_id: str) -> list[Stakeholder]:
    """Those of a centre, those of none, and whoever plays a role in it from elsewhere."""
    return [
        person
        for person in facts.present
        if person.buying_centre_id in (centre_id, WHOLE_ACCOUNT)
        or any(where == centre_id for _role, where in person.roles)
    ]


def _threads(facts: MapFacts, people: Iterable[Stakeholder]) -> tuple[str, ...]:
    return tuple(person.id for person in people if person.id in facts.threads)


def _reached(facts: MapFacts, threads: Iterable[str], role: DecisionRole, centre_id: str) -> bool:
    people = [facts.by_id[person_id] for person_id in threads]
    if centre_id == WHOLE_ACCOUNT:
        return any(each == role for person in people for each, _where in person.roles)
    return any(person.holds(role, centre_id) for person in people)
