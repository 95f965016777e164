"""The people of an account and our team as one graph, and who in it cannot be done without.

Nodes are their people who are there, our members, and *we* as a whole. We are linked with each of
ours, and each of ours with the people they are in contact with; their people are linked by ties.
A conflict is no way to reach anybody, and is left out. Several ties of two people are one edge.

Graph algorithms by rustworkx: articulation points (Tarjan 1972; Hopcroft and Tarjan 1973) and
betweenness (Brandes 2001), both on the graph without weights.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kam_desktop.models.vocabulary import TeamContactState, TieKind
from kam_desktop.services.analysis.people_facts import Acquaintance, MapFacts
from kam_desktop.services.analysis.strength import is_thread

if TYPE_CHECKING:
    import rustworkx

WE = "us"
"""The node that stands for our company."""

LOADS: Mapping[TieKind, float] = {
    TieKind.ALLIED: 0.1,
    TieKind.REPORTS_TO: 0.2,
    TieKind.INFLUENCES: 0.3,
    TieKind.INFORMAL: 0.3,
}
"""How much harder than nothing a step over each kind of tie is, 0 … 1; our own defaults."""

_PER_STRENGTH = 0.1
_USUAL_STRENGTH = 3


class Step(StrEnum):
    """Why two nodes are linked."""

    OURS = "ours"
    GOOD = "good"
    THREAD = "thread"
    WORKING = "working"
    OWNER = "owner"
    TIE = "tie"


_CONTACT_LOADS: Mapping[Step, float] = {
    Step.GOOD: 0.0,
    Step.THREAD: 0.1,
    Step.WORKING: 0.5,
    Step.OWNER: 0.7,
}


@dataclass(frozen=True, slots=True)
class Edge:
    """A link that can be walked either way. ``cost`` is 1 … 2; ``tie`` is set on ties only.

    A step costs 1 and up to 1 more when it is a weak one: one weak step is never dearer than two.
    From us to the user is no step, and costs nothing.
    """

    one: str
    other: str
    why: Step
    cost: float
    tie: Acquaintance | None = None

    def other_end(self, node: str) -> str:
        """The end that is not ``node``."""
        return self.other if node == self.one else self.one


@dataclass(frozen=True, slots=True)
class PeopleGraph:
    """Nodes, and at most one edge (the easiest) between two of them."""

    nodes: tuple[str, ...]
    edges: Mapping[frozenset[str], Edge] = field(default_factory=dict)

    def without(self, gone: Collection[str]) -> PeopleGraph:
        """The graph when some nodes are not there."""
        out = frozenset(gone)
        return PeopleGraph(
            tuple(node for node in self.nodes if node not in out),
            {pair: edge for pair, edge in self.edges.items() if not pair & out},
        )

    def without_owners(self) -> PeopleGraph:
        """The graph of those who know each other: looking after somebody is no contact yet."""
        kept = {pair: edge for pair, edge in self.edges.items() if edge.why is not Step.OWNER}
        return PeopleGraph(self.nodes, kept)

    def native(self) -> tuple[rustworkx.PyGraph[str, float], dict[str, int]]:
        """The graph for rustworkx, with costs as weights, and where each node is in it."""
        import rustworkx

        graph: rustworkx.PyGraph[str, float] = rustworkx.PyGraph(multigraph=False)
        at = dict(zip(self.nodes, graph.add_nodes_from(list(self.nodes)), strict=True))
        graph.add_edges_from(
            [(at[edge.one], at[edge.other], edge.cost) for edge in self.edges.values()]
        )
        return graph, at


def people_graph(facts: MapFacts) -> PeopleGraph:
    """The graph of everybody who is there: guests of other accounts too, vacant seats not."""
    people = [p for p in facts.people if facts.is_there(p) and not p.vacant]
    here = {person.id for person in people}
    members = [member.id for member in facts.team]
    edges = [Edge(WE, m.id, Step.OURS, 0.0 if m.is_me else 1.0) for m in facts.team]
    ours = {*members}
    for person in people:
        edges += _contacts(facts, person.id, ours)
    edges += [
        Edge(tie.from_id, tie.to_id, Step.TIE, cost_of(tie), tie)
        for tie in facts.ties
        if tie.kind in LOADS and tie.from_id in here and tie.to_id in here
    ]
    return PeopleGraph((WE, *members, *(p.id for p in people)), _easiest(edges))


def cost_of(tie: Acquaintance) -> float:
    """What a step over a tie costs: 1 and its kind's load, a tenth less per point of strength."""
    strength = _USUAL_STRENGTH if tie.strength is None else tie.strength
    load = LOADS[tie.kind] + _PER_STRENGTH * (_USUAL_STRENGTH - strength)
    return 1.0 + min(1.0, max(0.0, load))


def _contacts(facts: MapFacts, person_id: str, ours: Collection[str]) -> Iterable[Edge]:
    """Who of ours can go to a person: well known, in live contact, working on it, or its owner.

    A thread of nobody in particular is one of us all. Whoever has a bad contact, or is known to
    have none, is no way to the person.
    """
    person = facts.by_id[person_id]
    reasons: dict[str, list[Step]] = {}
    for member, value in facts.strengths_by_member(person).items():
        if is_thread(value, facts.rules):
            reasons.setdefault(member if member in ours else WE, []).append(Step.THREAD)
    if person.owner_id in ours:
        reasons.setdefault(person.owner_id, []).append(Step.OWNER)
    for member in ours:
        state = facts.contacts.get((member, person_id))
        if state is TeamContactState.GOOD:
            reasons.setdefault(member, []).append(Step.GOOD)
        elif state is TeamContactState.WORKING:
            reasons.setdefault(member, []).append(Step.WORKING)
        elif state is not None:
            reasons.pop(member, None)
    for member, steps in reasons.items():
        best = min(steps, key=_CONTACT_LOADS.__getitem__)
        yield Edge(member, person_id, best, 1.0 + _CONTACT_LOADS[best])


def _easiest(edges: Iterable[Edge]) -> Mapping[frozenset[str], Edge]:
    found: dict[frozenset[str], Edge] = {}
    for edge in edges:
        pair = frozenset((edge.one, edge.other))
        if len(pair) == 2 and (pair not in found or edge.cost < found[pair].cost):
            found[pair] = edge
    return found


def direct_contacts(
    graph: PeopleGraph, facts: MapFacts, *, owned: bool = False
) -> Mapping[str, frozenset[str]]:
    """Whom of their people each of ours is in contact with, without the help of others of theirs.

    Looking after somebody is no contact yet, and counts only where ``owned`` is asked for.
    """
    none = {Step.TIE, Step.OURS} if owned else {Step.TIE, Step.OURS, Step.OWNER}
    found: dict[str, set[str]] = {member.id: set() for member in facts.team}
    for edge in graph.edges.values():
        if edge.why not in none and edge.one in found:
            found[edge.one].add(edge.other)
    return {member: frozenset(people) for member, people in found.items()}


@dataclass(frozen=True, slots=True)
class FailurePoint:
    """Somebody whose loss cuts others off.

    ``cuts_off`` lose their only way to us; it is empty where there was none, and the person only
    holds parts of their own house together. ``alone`` are the people nobody else of ours goes to
    directly (our side only).
    """

    id: str
    ours: bool
    cuts_off: frozenset[str]
    alone: frozenset[str] = frozenset()


def articulation_points(graph: PeopleGraph) -> frozenset[str]:
    """Nodes whose loss leaves more parts than there were, we ourselves not counted."""
    import rustworkx

    native, at = graph.native()
    found = rustworkx.articulation_points(native)
    return frozenset(node for node, index in at.items() if index in found and node != WE)


def reachable(graph: PeopleGraph, start: str = WE) -> frozenset[str]:
    """Everybody there is a way to from ``start``, itself included."""
    import rustworkx

    native, at = graph.native()
    if start not in at:
        return frozenset()
    reached = rustworkx.node_connected_component(native, at[start])
    return frozenset(node for node, index in at.items() if index in reached)


def betweenness(graph: PeopleGraph) -> Mapping[str, float]:
    """On what share of the shortest ways between two others each lies (0 … 1); we are left out."""
    import rustworkx

    native, at = graph.native()
    values = rustworkx.betweenness_centrality(native, normalized=True, endpoints=False)
    return {node: values[index] for node, index in at.items() if node != WE}


def failure_points(graph: PeopleGraph, facts: MapFacts) -> tuple[FailurePoint, ...]:
    """Whom they and we cannot do without: theirs, then ours, those who cut off most first.

    Their side: articulation points. Our side: whoever alone reaches somebody.
    """
    order = {node: place for place, node in enumerate(graph.nodes)}
    ours = {member.id for member in facts.team}
    direct = direct_contacts(graph, facts)
    cut = cut_off_by(graph, sorted(articulation_points(graph), key=order.__getitem__))
    alone = _reached_by_one(direct, _of_us_all(graph, ours))
    found = [FailurePoint(node, False, lost) for node, lost in cut.items() if node not in ours]
    found += [
        FailurePoint(member, True, cut.get(member, frozenset()), alone[member])
        for member in direct
        if alone[member]
    ]
    found.sort(key=lambda p: (p.ours, -len(p.cuts_off), -len(p.alone), order[p.id]))
    return tuple(found)


def _of_us_all(graph: PeopleGraph, ours: Collection[str]) -> frozenset[str]:
    """People in live contact with us, through nobody in particular."""
    return frozenset(
        edge.other_end(WE)
        for pair, edge in graph.edges.items()
        if WE in pair and edge.other_end(WE) not in ours
    )


def _reached_by_one(
    direct: Mapping[str, frozenset[str]], by_all: frozenset[str]
) -> Mapping[str, frozenset[str]]:
    counts: dict[str, int] = {}
    for people in direct.values():
        for person in people:
            counts[person] = counts.get(person, 0) + 1
    single = {person for person, count in counts.items() if count == 1} - by_all
    return {member: people & single for member, people in direct.items()}


def cut_off_by(graph: PeopleGraph, nodes: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """For each of some nodes, who loses every way to us when it goes.

    One walk over the graph per part that hangs below a node (dominators of a rooted graph), so
    that it stays fast however many there are.
    """
    import rustworkx

    native, at = graph.native()
    if WE not in at:
        return {node: frozenset() for node in nodes}
    both: rustworkx.PyDiGraph[str, Any] = native.to_directed()
    names = dict(zip(at.values(), at, strict=True))
    above = rustworkx.immediate_dominators(both, at[WE])
    below: dict[int, list[int]] = {}
    for node, dominator in above.items():
        if node != dominator:
            below.setdefault(dominator, []).append(node)
    return {node: frozenset(names[each] for each in _under(below, at[node])) for node in nodes}


def _under(below: Mapping[int, Sequence[int]], top: int) -> list[int]:
    found: list[int] = []
    waiting = list(below.get(top, ()))
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += below.get(node, ())
    return found
