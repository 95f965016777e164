"""What if somebody leaves: what would be lost, worked out on a copy. Nothing is changed.

When one of theirs goes, the seat and its influence stay and our contact with them is lost; when one
of ours goes, the touches that were theirs are. Coverage is compared with the same people in both
cases (product rules, section 4: fragility is the largest share of it lost this way).
"""

from __future__ import annotations

from dataclasses import dataclass

from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services.analysis.introductions import Way, ways_to
from kam_desktop.services.analysis.people_facts import MapFacts
from kam_desktop.services.analysis.people_graph import (
    PeopleGraph,
    cut_off_by,
    direct_contacts,
)
from kam_desktop.services.analysis.role_quota import Quotas, RoleNeed, role_needs
from kam_desktop.services.analysis.strength import Coverage, is_thread

MOST_WAYS_LEFT = 8


@dataclass(frozen=True, slots=True)
class WayLeft:
    """Somebody who was close to the one who goes, and how they are reached then; None: not."""

    person_id: str
    way: Way | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would be lost with somebody. People are ids.

    ``roles`` are the roles that nobody, or too few, would be left for. ``cut_off`` would lose their
    last way to us, ``reports`` their manager. ``ways_left`` are the closest people and how to go
    on with them; the most influential first, at most `MOST_WAYS_LEFT`.
    """

    id: str
    ours: bool
    before: Coverage
    after: Coverage
    threads_lost: tuple[str, ...]
    roles: tuple[RoleNeed, ...]
    cut_off: tuple[str, ...]
    reports: tuple[str, ...]
    ways_left: tuple[WayLeft, ...]


def what_if_leaves(facts: MapFacts, graph: PeopleGraph, quotas: Quotas, who: str) -> WhatIf:
    """What would be lost with ``who``: one of theirs who is there, or one of ours.

    Raises `KeyError` when nobody of that id is there.
    """
    ours = any(member.id == who for member in facts.team)
    if not ours and who not in facts.by_id:
        raise KeyError(who)
    after = _strengths_after(facts, who, ours=ours)
    lost = tuple(
        person.id
        for person in facts.present
        if person.id in facts.threads and not is_thread(after[person.id], facts.rules)
    )
    cut = cut_off_by(graph, [who])[who] if who in graph.nodes else frozenset()
    return WhatIf(
        id=who,
        ours=ours,
        before=facts.coverage(),
        after=facts.coverage(after),
        threads_lost=lost,
        roles=() if ours else _roles_lost(facts, quotas, who),
        cut_off=_by_influence(facts, cut),
        reports=() if ours else _reports_of(facts, who),
        ways_left=_ways_left(facts, graph, who, ours=ours),
    )


def _strengths_after(facts: MapFacts, who: str, *, ours: bool) -> dict[str, float]:
    if not ours:
        return {**facts.strengths, who: 0.0}
    return {person.id: facts.strength_without(person, {who}) for person in facts.people}


def _roles_lost(facts: MapFacts, quotas: Quotas, who: str) -> tuple[RoleNeed, ...]:
    before = role_needs(facts, quotas)
    after = role_needs(facts, quotas, {who})
    return tuple(
        new
        for old, new in zip(before, after, strict=True)
        if new.missing > old.missing or (old.reached and not new.reached)
    )


def _reports_of(facts: MapFacts, who: str) -> tuple[str, ...]:
    people = {
        tie.from_id for tie in facts.ties if tie.kind is TieKind.REPORTS_TO and tie.to_id == who
    }
    there = {person_id for person_id in people if facts.is_there(facts.by_id[person_id])}
    return _by_influence(facts, there)


def _ways_left(facts: MapFacts, graph: PeopleGraph, who: str, *, ours: bool) -> tuple[WayLeft, ...]:
    if ours:
        close = direct_contacts(graph, facts, owned=True)[who]
    else:
        people = {person.id for person in facts.people}
        close = frozenset(edge.other_end(who) for pair, edge in graph.edges.items() if who in pair)
        close &= people
    rest = graph.without({who})
    knowing = rest.without_owners()
    found: list[WayLeft] = []
    for person_id in _by_influence(facts, close)[:MOST_WAYS_LEFT]:
        ways = ways_to(knowing, person_id, most=1) or ways_to(rest, person_id, most=1)
        found.append(WayLeft(person_id, ways[0] if ways else None))
    return tuple(found)


def _by_influence(facts: MapFacts, people: frozenset[str] | set[str]) -> tuple[str, ...]:
    """Some people, the most influential first; unknown influence after every known one."""

    def weight(person_id: str) -> tuple[int, str]:
        influence = facts.by_id[person_id].influence
        return -(-1 if influence is None else influence), person_id

    return tuple(sorted(people, key=weight))
