"""Adding a person moves nobody: invariants of the layouts that keep places, over any company."""

from __future__ import annotations

import itertools
import math

from hypothesis import given, settings
from hypothesis import strategies as st

from kam_desktop.services.analysis.map_ego import ego_layout
from kam_desktop.services.analysis.map_layout import Box, Layout, Link, Place, Spacing, managers_of
from kam_desktop.services.analysis.map_network import overlap
from kam_desktop.services.analysis.map_routes import crosses, network_lines
from kam_desktop.services.analysis.map_stable import (
    Kept,
    arrangement,
    chart_anchors,
    settled_network,
    settled_org,
)
from tests.properties.test_map_layout import charts

Chart = tuple[list[Box], list[Link]]
MAY_MOVE = 20.0
"""How far the issue lets others move, in pixels at 100 %; here they do not move at all."""


def kept_of(layout: Layout, boxes: list[Box], links: list[Link]) -> dict[str, Kept]:
    return arrangement(layout, chart_anchors(boxes, managers_of(boxes, links)))


def furthest(before: Layout, after: Layout) -> float:
    return max(
        (
            math.hypot(after.places[one].x - place.x, after.places[one].y - place.y)
            for one, place in before.places.items()
        ),
        default=0.0,
    )


def none_overlap(layout: Layout) -> bool:
    pairs = itertools.combinations(layout.places.values(), 2)
    return not any(overlap(one, other) for one, other in pairs)


@st.composite
def newcomers(draw: st.DrawFn) -> tuple[Chart, Chart]:
    """A company, and the same after one to five people came one after the other."""
    boxes, links = draw(charts())
    more, ties = list(boxes), list(links)
    for at in range(draw(st.integers(1, 5))):
        new = Box(f"q{at}", 184.0, 72.0, draw(st.sampled_from(["", "a", "b"])))
        if more and draw(st.booleans()):
            other = draw(st.sampled_from(more)).id
            ties.append(Link(f"u{at}", new.id, other, solid=draw(st.booleans())))
        more.append(new)
    return (boxes, links), (more, ties)


@given(newcomers())
@settings(deadline=None, max_examples=150)
def test_newcomers_move_nobody_in_the_org_chart(grown: tuple[Chart, Chart]) -> None:
    (boxes, links), (more, ties) = grown
    before = settled_org(boxes, links, {}, {})
    after = settled_org(more, ties, kept_of(before, boxes, links), {})
    assert furthest(before, after) <= MAY_MOVE
    assert set(after.places) == {box.id for box in more}
    assert none_overlap(after)


@given(newcomers())
@settings(deadline=None, max_examples=150)
def test_newcomers_stand_below_their_manager(grown: tuple[Chart, Chart]) -> None:
    (boxes, links), (more, ties) = grown
    before = settled_org(boxes, links, {}, {})
    after = settled_org(more, ties, kept_of(before, boxes, links), {})
    for report, manager in managers_of(more, ties).items():
        assert after.places[report].y >= after.places[manager].bottom


@given(newcomers())
@settings(deadline=None, max_examples=60)
def test_newcomers_move_nobody_in_the_network(grown: tuple[Chart, Chart]) -> None:
    (boxes, links), (more, ties) = grown
    before = settled_network(boxes, links, {}, {})
    after = settled_network(more, ties, kept_of(before, boxes, links), {})
    assert furthest(before, after) <= MAY_MOVE
    assert none_overlap(after)


@given(newcomers())
@settings(deadline=None, max_examples=100)
def test_newcomers_move_nobody_around_one_person(grown: tuple[Chart, Chart]) -> None:
    (boxes, links), (more, ties) = grown
    # Only somebody further out is added: a new short cut would really bring people nearer.
    ties = [tie for tie in ties if tie in links or not tie.solid]
    before, _rings, anchors = ego_layout(boxes, links, "p00")
    after, _more, now = ego_layout(more, ties, "p00", arrangement(before, anchors))
    assert {one: now[one] for one in anchors} == anchors
    assert furthest(before, after) <= MAY_MOVE
    assert none_overlap(after)


@given(charts(), st.sampled_from(["p00", "p01", "nobody"]))
@settings(deadline=None, max_examples=100)
def test_the_ego_view_places_everyone_without_overlap(chart: Chart, focus: str) -> None:
    boxes, links = chart
    layout, rings, anchors = ego_layout(boxes, links, focus)
    assert set(layout.places) == set(anchors) == {box.id for box in boxes}
    assert none_overlap(layout)
    assert ego_layout(boxes, links, focus) == (layout, rings, anchors)
    for inner, outer in itertools.pairwise(rings):
        assert inner.across < outer.across


@st.composite
def circles(draw: st.DrawFn) -> Chart:
    """Up to twelve people who are all tied to one, and any ties between them."""
    names = [f"p{at:02}" for at in range(draw(st.integers(2, 12)))]
    width, height = draw(st.sampled_from([(224.0, 88.0), (184.0, 96.0), (448.0, 176.0)]))
    pairs = [("middle", name) for name in names]
    pairs += draw(st.lists(st.sampled_from(list(itertools.combinations(names, 2))), max_size=30))
    boxes = [Box(name, width, height) for name in ("middle", *names)]
    return boxes, [Link(f"t{at}", *pair) for at, pair in enumerate(pairs)]


@given(circles())
@settings(deadline=None, max_examples=200)
def test_no_tie_runs_behind_the_one_in_the_middle(chart: Chart) -> None:
    boxes, links = chart
    layout = ego_layout(boxes, links, "middle")[0]
    middle = layout.places["middle"]
    assert none_overlap(layout)
    lines = network_lines(layout, links, around="middle")
    assert len(lines) == len(links)
    for link, line in zip(
        sorted(links, key=lambda link: link.id),
        sorted(lines, key=lambda line: line.link_id),
        strict=True,
    ):
        if "middle" not in (link.from_id, link.to_id):
            assert not any(crosses(middle, *piece) for piece in itertools.pairwise(line.points))


def test_two_who_are_tied_do_not_stand_opposite_each_other() -> None:
    boxes = [Box(name, 224.0, 88.0) for name in ("middle", "ana", "ben")]
    ends = [("middle", "ana"), ("middle", "ben"), ("ana", "ben")]
    links = [Link(f"t{at}", *pair) for at, pair in enumerate(ends)]
    layout = ego_layout(boxes, links, "middle")[0]
    lines = {line.link_id: line.points for line in network_lines(layout, links)}
    start, end = lines["t2"]
    assert not crosses(layout.places["middle"], start, end)


def test_ties_behind_the_middle_bend_around_it_beside_each_other() -> None:
    at = {"ana": -300.0, "middle": 0.0, "ben": 300.0}
    layout = Layout({name: Place(name, x, 0.0, 200.0, 80.0) for name, x in at.items()})
    links = [Link("one", "ana", "ben"), Link("two", "ben", "ana")]
    straight = {line.link_id: line.points for line in network_lines(layout, links)}
    assert crosses(layout.places["middle"], straight["one"][0], straight["one"][1])
    bent = {line.link_id: line.points for line in network_lines(layout, links, around="middle")}
    assert len(bent["one"]) == len(bent["two"]) == 4
    assert bent["one"][0][0] == -100.0
    assert bent["two"][0][0] == 300.0
    heights = [abs(bent[name][1][1] - 40.0) for name in ("one", "two")]
    assert 40.0 < heights[0] < heights[1]


def test_up_to_twelve_stand_in_one_lane() -> None:
    names = [f"p{at:02}" for at in range(12)]
    boxes = [Box(name, 224.0, 88.0) for name in ("middle", *names)]
    links = [Link(f"t{name}", "middle", name) for name in names]
    layout, (ring,), _anchors = ego_layout(boxes, links, "middle")
    for name in names:
        x, y = layout.places[name].centre
        assert math.isclose(math.hypot(x / ring.across, y / ring.down), 1.0)


def test_neighbours_on_a_ring_are_those_who_are_tied() -> None:
    names = ("ana", "ben", "cas", "dan")
    boxes = [Box(name, 224.0, 88.0) for name in ("middle", *names)]
    ends = [*(("middle", name) for name in names), ("ana", "cas"), ("ben", "dan")]
    links = [Link(f"t{at}", *pair) for at, pair in enumerate(ends)]
    layout = ego_layout(boxes, links, "middle")[0]
    bent = {line.link_id: line.points for line in network_lines(layout, links, around="middle")}
    assert len(bent["t4"]) == len(bent["t5"]) == 2


@given(charts())
@settings(deadline=None, max_examples=60)
def test_whoever_was_away_comes_back_to_the_same_place(chart: Chart) -> None:
    boxes, links = chart
    before = settled_org(boxes, links, {}, {})
    kept = kept_of(before, boxes, links)
    fewer = boxes[::2]
    there = {box.id for box in fewer}
    some = [link for link in links if link.from_id in there and link.to_id in there]
    between = settled_org(fewer, some, kept, {})
    assert none_overlap(between)
    if managers_of(boxes, links) == managers_of(boxes, some):
        again = settled_org(boxes, links, {**kept, **kept_of(between, fewer, some)}, {})
        assert furthest(between, again) == 0.0


def test_a_person_of_a_team_in_columns_hangs_below_the_others() -> None:
    boxes = [Box(name, 100, 50) for name in ("boss", *"abcdef")]
    links = [Link(name, name, "boss", solid=True) for name in "abcdef"]
    before = settled_org(boxes, links, {}, {})
    more = [*boxes, Box("new", 100, 50)]
    ties = [*links, Link("new", "new", "boss", solid=True)]
    after = settled_org(more, ties, kept_of(before, boxes, links), {})
    column = [place for place in before.places.values() if place.x == after.places["new"].x]
    assert len(column) == 3
    lowest = max(place.bottom for place in column)
    assert after.places["new"].y == lowest + Spacing().stacked
    assert "new" in after.hung


def test_who_gets_another_manager_moves_below() -> None:
    boxes = [Box(name, 100, 50) for name in ("boss", "ana", "ben")]
    links = [Link(name, name, "boss", solid=True) for name in ("ana", "ben")]
    before = settled_org(boxes, links, {}, {})
    turned = [links[0], Link("ben", "ben", "ana", solid=True)]
    after = settled_org(boxes, turned, kept_of(before, boxes, links), {})
    assert after.places["ben"].y >= after.places["ana"].bottom
    assert after.places["ana"] == before.places["ana"]


def test_a_new_head_is_set_above_a_team_that_stays() -> None:
    boxes = [Box(name, 100, 50) for name in ("lead", "ana", "ben")]
    links = [Link(name, name, "lead", solid=True) for name in ("ana", "ben")]
    before = settled_org(boxes, links, {}, {})
    more, ties = [*boxes, Box("head", 100, 50)], [*links, Link("l", "lead", "head", solid=True)]
    after = settled_org(more, ties, kept_of(before, boxes, links), {})
    assert furthest(before, after) == 0.0
    assert after.places["head"].bottom <= after.places["lead"].y
