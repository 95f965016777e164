"""Single points of failure: what the graph is made of, and its figures beside networkx's."""

from __future__ import annotations

from itertools import pairwise

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.models.vocabulary import TieKind
from kam_desktop.services.analysis.introductions import ways_to
from kam_desktop.services.analysis.people_facts import MapFacts, Member
from kam_desktop.services.analysis.people_graph import (
    WE,
    PeopleGraph,
    articulation_points,
    betweenness,
    cut_off_by,
    failure_points,
    people_graph,
    reachable,
)
from tests.services.thinking.people import BAD, GOOD, ON, WORKING, facts, somebody, tie, visits

ME, PIA = Member("me", "Me", is_me=True), Member("pia", "Pia")


def same(graph: PeopleGraph) -> networkx.Graph:
    """The graph as networkx has it."""
    other = networkx.Graph()
    other.add_nodes_from(graph.nodes)
    other.add_weighted_edges_from((e.one, e.other, e.cost) for e in graph.edges.values())
    return other


@st.composite
def maps(draw: st.DrawFn) -> MapFacts:
    """Up to twelve people in any state, three of ours, ties and contacts of every kind."""
    count = draw(st.integers(0, 12))
    keys = [f"p{at}" for at in range(count)]
    team = [Member(f"m{at}", f"m{at}", is_me=at == 0) for at in range(draw(st.integers(0, 3)))]
    members = ["", *(member.id for member in team)]
    people = [
        somebody(
            key,
            touches=visits(draw(st.integers(0, 2)), draw(st.sampled_from(members))),
            vacant=draw(st.booleans()) and draw(st.booleans()),
            left_on=draw(st.sampled_from([None, None, ON])),
            owner_id=draw(st.sampled_from(members)),
        )
        for key in keys
    ]
    if not keys:
        return facts(people, team=team)
    pairs = st.tuples(st.sampled_from(keys), st.sampled_from(keys), st.sampled_from(TieKind))
    ties = [
        tie(one, other, kind, draw(st.sampled_from([None, 1, 5])))
        for one, other, kind in draw(st.lists(pairs, max_size=20))
    ]
    cells = st.dictionaries(
        st.tuples(st.sampled_from(members), st.sampled_from(keys)),
        st.sampled_from([GOOD, WORKING, BAD]),
    )
    return facts(people, ties, team, draw(cells))


@given(maps())
def test_articulation_points_are_those_of_networkx(known: MapFacts) -> None:
    graph = people_graph(known)
    expected = set(networkx.articulation_points(same(graph))) - {WE}
    assert articulation_points(graph) == expected


@given(maps())
def test_betweenness_is_that_of_networkx(known: MapFacts) -> None:
    graph = people_graph(known)
    expected = networkx.betweenness_centrality(same(graph))
    del expected[WE]
    assert betweenness(graph) == pytest.approx(expected)


@given(maps())
def test_who_is_cut_off_is_who_networkx_cannot_reach_any_more(known: MapFacts) -> None:
    graph = people_graph(known)
    whole = same(graph)
    before = networkx.node_connected_component(whole, WE)
    assert reachable(graph) == before
    for node, cut in cut_off_by(graph, [n for n in graph.nodes if n != WE]).items():
        rest = whole.copy()
        rest.remove_node(node)
        after = networkx.node_connected_component(rest, WE)
        assert cut == (before - after - {node} if node in before else set())


@given(maps())
def test_the_first_way_is_as_short_as_networkx_finds_it(known: MapFacts) -> None:
    graph = people_graph(known)
    whole = same(graph)
    for person in known.people:
        ways = ways_to(graph, person.id)
        if person.id not in whole or not networkx.has_path(whole, WE, person.id):
            assert ways == ()
            continue
        shortest = networkx.dijkstra_path_length(whole, WE, person.id)
        assert ways[0].cost == pytest.approx(shortest)
        introducers = [way.introducer for way in ways]
        assert len({*introducers}) == len(introducers)
        assert [way.cost for way in ways] == sorted(way.cost for way in ways)
        for way in ways:
            walked = [WE, *way.people]
            assert all(frozenset(step) in graph.edges for step in pairwise(walked))


def test_whoever_has_left_and_vacant_seats_are_nobody_to_talk_to() -> None:
    known = facts(
        [somebody("a"), somebody("gone", left_on=ON), somebody("seat", vacant=True)],
        [tie("a", "gone"), tie("a", "seat")],
    )
    graph = people_graph(known)
    assert set(graph.nodes) == {WE, "a"}
    assert not graph.edges


def test_a_conflict_is_no_way_to_anybody() -> None:
    known = facts(
        [somebody("a", touches=visits(2)), somebody("b")], [tie("a", "b", TieKind.CONFLICT)]
    )
    assert reachable(people_graph(known)) == {WE, "a"}


def test_a_bad_contact_is_no_way_even_of_the_owner() -> None:
    known = facts([somebody("a", owner_id="pia")], team=[PIA], contacts={("pia", "a"): BAD})
    assert reachable(people_graph(known)) == {WE, "pia"}


def test_one_person_between_us_and_the_others_is_a_single_point_of_failure() -> None:
    """us – me – gate – boss – board: without the gate nobody above is reached."""
    known = facts(
        [somebody("gate", touches=visits(2)), somebody("boss"), somebody("board")],
        [tie("gate", "boss", TieKind.REPORTS_TO), tie("boss", "board", TieKind.REPORTS_TO)],
        [ME],
    )
    points = {point.id: point for point in failure_points(people_graph(known), known)}
    assert points["gate"].cuts_off == {"boss", "board"}
    assert points["boss"].cuts_off == {"board"}
    assert "board" not in points
    # Ours: only I know the gate, and with it everybody.
    assert points["me"].ours
    assert points["me"].alone == {"gate"}
    assert points["me"].cuts_off == {"gate", "boss", "board"}


def test_with_a_second_contact_nobody_is_single_any_more() -> None:
    known = facts(
        [somebody("gate", touches=visits(2)), somebody("boss")],
        [tie("gate", "boss")],
        [ME, PIA],
        {("pia", "gate"): GOOD, ("pia", "boss"): WORKING},
    )
    points = {point.id: point for point in failure_points(people_graph(known), known)}
    assert set(points) == {"pia"}
    assert points["pia"].alone == {"boss"}
    assert points["pia"].cuts_off == frozenset()


def test_betweenness_of_a_line_is_half_of_all_pairs_and_less() -> None:
    """us – me – a – b: of the three pairs of others, me lies between us and a, and us and b."""
    known = facts([somebody("a", touches=visits(2)), somebody("b")], [tie("a", "b")], [ME])
    assert betweenness(people_graph(known)) == pytest.approx({"me": 2 / 3, "a": 2 / 3, "b": 0.0})
