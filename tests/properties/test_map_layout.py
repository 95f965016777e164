"""Invariants of the relationship map's layouts over any people and any lines, circles included."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from kam_desktop.services.analysis.map_layout import Box, Link, managers_of
from kam_desktop.services.analysis.map_network import network_layout, overlap
from kam_desktop.services.analysis.map_routes import network_lines, org_lines
from kam_desktop.services.analysis.map_tree import org_layout

_SIZES = st.sampled_from([(184.0, 72.0), (184.0, 96.0), (240.0, 72.0)])


@st.composite
def charts(draw: st.DrawFn) -> tuple[list[Box], list[Link]]:
    """Up to 40 people in up to three groups; each may report to anyone, circles possible."""
    count = draw(st.integers(0, 40))
    sizes = draw(st.lists(_SIZES, min_size=count, max_size=count))
    groups = draw(st.lists(st.sampled_from(["", "a", "b"]), min_size=count, max_size=count))
    boxes = [Box(f"p{i:02}", *sizes[i], groups[i]) for i in range(count)]
    if not count:
        return boxes, []
    other = st.integers(0, count - 1)
    ends = draw(st.lists(st.tuples(other, other, st.booleans()), max_size=60))
    links = [Link(f"t{n}", f"p{a:02}", f"p{b:02}", solid) for n, (a, b, solid) in enumerate(ends)]
    return boxes, links


@given(charts())
@settings(deadline=None)
def test_org_chart_places_everyone_without_overlap(chart: tuple[list[Box], list[Link]]) -> None:
    boxes, links = chart
    places = org_layout(boxes, links).places
    assert list(places) == [box.id for box in boxes]
    for one, other in itertools.combinations(places.values(), 2):
        assert not overlap(one, other, 4.0), (one, other)


@given(charts())
@settings(deadline=None)
def test_reports_are_below_their_manager(chart: tuple[list[Box], list[Link]]) -> None:
    boxes, links = chart
    layout = org_layout(boxes, links)
    for report, manager in managers_of(boxes, links).items():
        assert layout.places[report].y >= layout.places[manager].bottom


@given(charts())
@settings(deadline=None)
def test_managers_form_a_forest_that_keeps_what_it_can(
    chart: tuple[list[Box], list[Link]],
) -> None:
    boxes, links = chart
    manager = managers_of(boxes, links)
    for box in boxes:
        seen = {box.id}
        at = manager.get(box.id)
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = manager.get(at)
    wanted = {link.from_id for link in links if link.solid and link.from_id != link.to_id}
    assert set(manager) <= wanted | {link.from_id for link in links if link.solid}


@given(charts())
@settings(deadline=None, max_examples=40)
def test_layouts_are_deterministic(chart: tuple[list[Box], list[Link]]) -> None:
    boxes, links = chart
    assert org_layout(boxes, links) == org_layout(boxes, links)
    assert network_layout(boxes, links) == network_layout(boxes, links)


@given(charts())
@settings(deadline=None, max_examples=60)
def test_network_places_everyone_without_overlap(chart: tuple[list[Box], list[Link]]) -> None:
    boxes, links = chart
    places = network_layout(boxes, links).places
    assert list(places) == [box.id for box in boxes]
    for one, other in itertools.combinations(places.values(), 2):
        assert not overlap(one, other), (one, other)


@given(charts(), st.integers(0, 39))
@settings(deadline=None, max_examples=60)
def test_a_new_person_moves_nobody_in_the_network(
    chart: tuple[list[Box], list[Link]], friend: int
) -> None:
    boxes, links = chart
    before = network_layout(boxes, links).places
    known = {box_id: (place.x, place.y) for box_id, place in before.items()}
    new = Box("new", 184.0, 72.0)
    more = [*links, Link("t-new", "new", f"p{friend:02}")]
    after = network_layout([*boxes, new], more, known).places
    assert all(after[box_id] == place for box_id, place in before.items())
    assert not any(overlap(after["new"], place) for place in before.values())


@given(charts())
@settings(deadline=None)
def test_lines_start_and_end_on_the_borders_of_their_cards(
    chart: tuple[list[Box], list[Link]],
) -> None:
    boxes, links = chart
    layout = org_layout(boxes, links)
    for line in [*org_lines(layout, links), *network_lines(layout, links)]:
        link = next(link for link in links if link.id == line.link_id)
        for (x, y), box_id in (
            (line.points[0], link.from_id),
            (line.points[-1], link.to_id),
        ):
            place = layout.places[box_id]
            assert place.x - 1e-6 <= x <= place.right + 1e-6
            assert place.y - 1e-6 <= y <= place.bottom + 1e-6


def test_a_small_team_is_centred_under_its_manager() -> None:
    boxes = [Box(name, 100, 50) for name in ("boss", "ana", "ben", "cem")]
    links = [Link(name, name, "boss", solid=True) for name in ("ana", "ben", "cem")]
    places = org_layout(boxes, links).places
    assert places["ben"].centre[0] == places["boss"].centre[0]
    assert places["ana"].y == places["ben"].y == places["cem"].y
    assert places["ana"].x < places["ben"].x < places["cem"].x


def test_a_deep_chain_is_laid_out_too() -> None:
    boxes = [Box(str(i), 100, 50) for i in range(1500)]
    links = [Link(str(i), str(i), str(i - 1), solid=True) for i in range(1, 1500)]
    places = org_layout(boxes, links).places
    assert len({place.x for place in places.values()}) == 1


def test_people_of_one_buying_centre_stand_side_by_side() -> None:
    boxes = [Box(f"p{i}", 100, 50, group="ab"[i % 2]) for i in range(4)]
    boxes.insert(0, Box("boss", 100, 50))
    links = [Link(f"p{i}", f"p{i}", "boss", solid=True) for i in range(4)]
    places = org_layout(boxes, links).places
    across = sorted((f"p{i}" for i in range(4)), key=lambda box_id: places[box_id].x)
    assert across == ["p0", "p2", "p1", "p3"]
