"""Invariants of what a map shows, over any people, any filters and any stored options."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from kam_desktop.models.vocabulary import DecisionRole, Support, TieKind
from kam_desktop.services.analysis.map_layout import managers_of
from kam_desktop.services.map_options import (
    MapOptions,
    distances,
    folded,
    sensible_distance,
    shown,
    within,
)
from kam_desktop.services.map_scene import boxes_of, links_of
from kam_desktop.services.queries.relationship_map import MapData, PersonCard, TieLine

SUPPORT = st.sampled_from([None, *(int(value) for value in Support)])
ROLES = st.frozensets(st.sampled_from([str(role) for role in DecisionRole]), max_size=3)
KINDS = [str(kind) for kind in TieKind]
CENTRES = st.sampled_from(["", "oslo", "milan"])


@st.composite
def companies(draw: st.DrawFn) -> MapData:
    """Up to 15 people with any ties among them."""
    people = tuple(_person(draw, at) for at in range(draw(st.integers(1, 15))))
    ends = st.sampled_from([card.id for card in people])
    drawn = draw(st.lists(st.tuples(ends, ends, st.sampled_from(KINDS)), max_size=30))
    ties = tuple(
        TieLine(f"t{at}", one, other, kind, None, "", kind == TieKind.REPORTS_TO)
        for at, (one, other, kind) in enumerate(drawn)
        if one != other
    )
    return MapData("a", "Aurora", None, people, ties, buying_centres={"oslo": "Oslo"})


def _person(draw: st.DrawFn, at: int) -> PersonCard:
    return PersonCard(
        id=f"p{at:02}",
        name=f"Person {at}",
        title="",
        roles=tuple(sorted(draw(ROLES))),
        support=draw(SUPPORT),
        influence=draw(st.none() | st.integers(0, 10)),
        coverage=None,
        level=None,
        level_wanted=None,
        strength=None,
        last_touch=None,
        buying_centre_id=draw(CENTRES),
        owner_name="",
        account_name="",
        vacant=draw(st.booleans()),
        external=draw(st.booleans()),
        left_on=draw(st.none() | st.just(dt.date(2026, 1, 1))),
    )


OPTIONS = st.builds(
    MapOptions,
    collapsed=st.frozensets(st.sampled_from(["p00", "p01", "gone"])),
    focus=st.sampled_from(["", "p00", "gone"]),
    distance=st.none() | st.integers(0, 4),
    buying_centres=st.frozensets(CENTRES),
    roles=ROLES,
    support=st.frozensets(SUPPORT),
    ties=st.frozensets(st.sampled_from(KINDS)),
    influence_from=st.integers(0, 10),
    hide_left=st.booleans(),
    hide_vacant=st.booleans(),
    hide_external=st.booleans(),
    tidied=st.integers(0, 5),
)


def whole(data: MapData) -> bool:
    """Whether each tie has both its ends, and nobody is there twice."""
    there = [card.id for card in data.people]
    ends = {end for tie in data.ties for end in (tie.from_id, tie.to_id)}
    return ends <= set(there) and len(set(there)) == len(there)


@given(companies(), OPTIONS)
def test_what_is_shown_has_no_loose_ends(data: MapData, options: MapOptions) -> None:
    part = shown(data, options)
    assert whole(part)
    assert {card.id for card in part.people} <= {card.id for card in data.people}
    assert {tie.id for tie in part.ties} <= {tie.id for tie in data.ties}
    assert shown(part, options) == part
    assert shown(data, options.without_filters()) == data


@given(companies(), OPTIONS)
def test_filters_do_what_they_say(data: MapData, options: MapOptions) -> None:
    part = shown(data, options)
    for card in part.people:
        assert not (options.hide_left and card.left_on)
        assert not (options.hide_vacant and card.vacant)
        assert not (options.hide_external and card.external)
        assert not options.support or card.support in options.support
        assert not options.buying_centres or card.buying_centre_id in options.buying_centres
        assert not options.roles or options.roles & set(card.roles)
        assert (card.influence or 0) >= options.influence_from
    if options.ties:
        assert {tie.kind for tie in part.ties} <= options.ties
    if not options.filters_people:
        assert part.people == data.people


@given(companies(), st.integers(0, 4))
def test_a_distance_shows_just_those_within_it(data: MapData, distance: int) -> None:
    away = distances(data, "p00")
    part = within(data, "p00", distance)
    assert whole(part)
    assert {card.id for card in part.people} == {
        one for one, ties in away.items() if ties <= distance
    }
    assert sensible_distance(data, "p00") >= 1


@given(companies(), st.frozensets(st.sampled_from(["p00", "p01", "p02"])))
def test_folding_hides_whole_branches_and_counts_them(
    data: MapData, collapsed: frozenset[str]
) -> None:
    managers = managers_of(boxes_of(data), links_of(data))
    part, counts = folded(data, collapsed, managers)
    assert whole(part)
    assert len(part.people) + sum(counts.values()) == len(data.people)
    there = {card.id for card in part.people}
    assert counts.keys() <= collapsed & there
    for report, manager in managers.items():
        if manager in collapsed:
            assert report not in there


@given(OPTIONS)
def test_options_are_read_as_they_were_stored(options: MapOptions) -> None:
    assert MapOptions.from_json(options.to_json()) == options


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-20, 20) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
NAMES = st.sampled_from([*MapOptions().to_json(), "of a newer program"])


@given(st.dictionaries(NAMES, JSON) | JSON, companies())
@settings(max_examples=200)
def test_whatever_is_stored_can_be_shown(stored: object, data: MapData) -> None:
    options = MapOptions.from_json(stored)
    assert MapOptions.from_json(options.to_json()) == options
    assert whole(shown(data, options))
