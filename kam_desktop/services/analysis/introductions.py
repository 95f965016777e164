"""Who can introduce me: the easiest ways from us to a person, over people who know each other.

Dijkstra's shortest paths (by rustworkx) over `people_graph`: a step costs 1 and a little more when
it is a weak one, so a way has as few steps as possible, and strong ones among equals. Alternatives
go by somebody else: each next way is looked for without the introducer of those before.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from kam_desktop.services.analysis.people_graph import WE, Edge, PeopleGraph, Step

MOST_WAYS = 3


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of a way; ``edge`` says why it can be walked."""

    from_id: str
    to_id: str
    edge: Edge


@dataclass(frozen=True, slots=True)
class Way:
    """From us to a person. ``cost`` is about the number of steps; lower is easier."""

    legs: tuple[Leg, ...]
    cost: float

    @property
    def introducer(self) -> str:
        """Who would make the introduction; `WE` when we go there ourselves."""
        return self.legs[-1].from_id

    @property
    def direct(self) -> bool:
        """Whether one of us is in contact already, and nobody of theirs has to help."""
        return all(leg.edge.why is not Step.TIE for leg in self.legs)

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody on the way but `WE`, ours included, the person sought last."""
        return tuple(leg.to_id for leg in self.legs)

    @property
    def ties(self) -> tuple[str, ...]:
        """The ids of the ties walked."""
        return tuple(leg.edge.tie.id for leg in self.legs if leg.edge.tie is not None)


def ways_to(
    graph: PeopleGraph, person_id: str, *, start: str = WE, most: int = MOST_WAYS
) -> tuple[Way, ...]:
    """Up to ``most`` ways by different introducers, the easiest first; empty when there is none.

    ``start`` is `WE` or one of ours. Vacant seats and people who have left are not in the graph,
    so there is no way to them.
    """
    found: list[Way] = []
    while len(found) < most:
        way = _easiest_way(graph, start, person_id)
        if way is None:
            break
        found.append(way)
        graph = _without_introducer(graph, way, start)
    return tuple(found)


def _easiest_way(graph: PeopleGraph, start: str, goal: str) -> Way | None:
    import rustworkx

    native, at = graph.native()
    if start not in at or goal not in at or start == goal:
        return None
    paths = rustworkx.dijkstra_shortest_paths(native, at[start], at[goal], weight_fn=float)
    if at[goal] not in paths:
        return None
    nodes = [graph.nodes[index] for index in paths[at[goal]]]
    legs = tuple(
        Leg(one, other, graph.edges[frozenset((one, other))]) for one, other in pairwise(nodes)
    )
    return Way(legs, sum(leg.edge.cost for leg in legs))


def _without_introducer(graph: PeopleGraph, way: Way, start: str) -> PeopleGraph:
    last = way.legs[-1]
    if last.from_id not in (start, WE):
        return graph.without({last.from_id})
    kept = {pair: edge for pair, edge in graph.edges.items() if edge is not last.edge}
    return PeopleGraph(graph.nodes, kept)
