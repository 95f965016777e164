"""What is told of two states of a map, in words and in order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.services.analysis.map_changes import MapChangeKind, map_changes
from kam_desktop.services.map_change_words import change_text, what_text
from kam_desktop.services.queries.relationship_map import MapData, PersonCard, RoleHeld, TieLine

CENTRES = {"plant": "Plant Milan"}


def person(key: str, **values: Any) -> PersonCard:
    known: dict[str, Any] = {
        "id": key,
        "name": f"Name {key}",
        "title": "",
        "roles": (),
        "support": None,
        "influence": None,
        "coverage": None,
        "level": None,
        "level_wanted": None,
        "strength": 0.0,
        "last_touch": None,
        "buying_centre_id": "",
        "owner_name": "",
        "account_name": "",
        "vacant": False,
        "external": False,
        "left_on": None,
    }
    return PersonCard(**(known | values))


def tie(key: str, from_id: str, to_id: str, kind: str = "influences", **values: Any) -> TieLine:
    known: dict[str, Any] = {"strength": None, "note": "", "solid": kind == "reports_to"}
    return TieLine(key, from_id, to_id, kind, **(known | values))


def state(*people: PersonCard, ties: tuple[TieLine, ...] = ()) -> MapData:
    return MapData("a", "Aurora", None, people, ties, buying_centres=CENTRES)


def told(before: MapData, after: MapData) -> list[str]:
    return [change_text(change) for change in map_changes(before, after).changes]


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ({"support": 0}, {"support": 1}, "Kenji Mori: neutral → supporter"),
        ({}, {"support": -2}, "Kenji Mori: unknown → opponent"),
        ({"influence": 5}, {"influence": None}, "Kenji Mori: influence 5 → unknown"),
        ({"level": "vendor"}, {"level": "credible_source"},
         "Kenji Mori: sees us as vendor → credible source"),
        ({"coverage": "none"}, {"coverage": "brief"}, "Kenji Mori: no contact → brief contact"),
        ({"owner_name": "Ann"}, {"owner_name": "Ben"},
         "Kenji Mori: Ben of ours looks after them now"),
        ({"owner_name": "Ann"}, {}, "Kenji Mori: nobody of ours looks after them any more"),
        ({"title": "Buyer"}, {"title": "Head of Buying"}, "Kenji Mori: now Head of Buying"),
        ({}, {"buying_centre_id": "plant"}, "Kenji Mori: now in Plant Milan"),
        ({"strength": 0.31}, {"strength": 0.3}, "Kenji Mori: our contact has faded"),
        ({"strength": 0.1}, {"strength": 0.5}, "Kenji Mori: our contact is a live thread again"),
        ({"roles_held": (RoleHeld("user", ""),)},
         {"roles_held": (RoleHeld("champion", "plant"), RoleHeld("approver", ""))},
         "Kenji Mori: now approver, champion (Plant Milan); no longer user"),
        ({}, {"left_on": dt.date(2026, 1, 1), "went_to": "Borealis", "support": 2},
         "Kenji Mori has left and went to Borealis"),
        ({}, {"left_on": dt.date(2026, 1, 1)}, "Kenji Mori has left"),
        ({"left_on": dt.date(2026, 1, 1)}, {}, "Kenji Mori is back"),
        ({"name": "", "vacant": True, "title": "CFO"}, {"title": "CFO"},
         "Kenji Mori has taken the vacant seat: CFO"),
        ({"title": "CFO"}, {"name": "", "vacant": True, "title": "CFO"},
         "The seat is vacant now: CFO"),
    ],
)  # fmt: skip
def test_one_change_of_a_person(before: dict[str, Any], after: dict[str, Any], text: str) -> None:
    then, now = ({"name": "Kenji Mori"} | values for values in (before, after))
    assert told(state(person("k", **then)), state(person("k", **now))) == [text]


def test_a_name_is_left_out_where_it_stands_beside() -> None:
    found = map_changes(state(person("k", support=0)), state(person("k", support=1)))
    assert [what_text(change) for change in found.changes] == ["neutral → supporter"]


def test_people_and_seats_that_came_and_went() -> None:
    before = state(person("a"), person("b"), ties=(tie("t", "a", "b"),))
    after = state(
        person("a"), person("c", title="CTO"), person("v", name="", title="CFO", vacant=True)
    )
    assert told(before, after) == [
        "Name b was taken off the map",
        "New vacant seat: CFO",
        "Name c is new (CTO)",
    ]


def test_ties_are_told_but_for_what_a_change_of_manager_says_already() -> None:
    people = tuple(map(person, "abc"))
    before = state(
        *people,
        ties=(
            tie("1", "a", "b", "reports_to"),
            tie("2", "b", "c", "allied", strength=2),
            tie("3", "c", "a", "influences"),
        ),
    )
    after = state(
        *people,
        ties=(
            tie("4", "a", "c", "reports_to"),
            tie("5", "a", "b", "reports_to", solid=False),
            tie("6", "c", "b", "allied", strength=4),
            tie("3", "c", "a", "conflict"),
            tie("7", "b", "a", "informal"),
        ),
    )
    assert told(before, after) == [
        "Name a: now reports to Name c, before to Name b",
        "New: Name b informal tie with Name a",
        "Name c in conflict with Name a (before: influences)",
        "Name c allied with Name b: strength 2 → 4",
    ]
    assert told(after, state(*people)) == [
        "Name a: no longer reports to Name c",
        "No longer: Name a reports to Name b",
        "No longer: Name b informal tie with Name a",
        "No longer: Name c in conflict with Name a",
        "No longer: Name c allied with Name b",
    ]


def test_a_line_that_a_seat_took_over_is_no_change_of_the_line() -> None:
    before = state(*map(person, "ab"), ties=(tie("1", "a", "b", "reports_to"),))
    gone = person("a", left_on=dt.date(2026, 1, 1))
    seat = person("s", name="", title="CFO", vacant=True)
    after = state(gone, person("b"), seat, ties=(tie("1", "s", "b", "reports_to"),))
    assert told(before, after) == ["Name a has left", "New vacant seat: CFO"]


def test_nothing_is_said_of_people_elsewhere_but_their_ties() -> None:
    guest = person("g", account_name="Borealis", support=1)
    before = state(person("a"))
    after = state(person("a"), guest, ties=(tie("1", "a", "g"),))
    assert told(before, after) == ["New: Name a influences Name g"]
    assert told(after, before) == ["No longer: Name a influences Name g"]
    turned = replace(after, people=(person("a"), replace(guest, support=-2)))
    assert told(after, turned) == []


def test_the_most_important_comes_first_and_among_equals_who_counts_more() -> None:
    before = state(person("a", influence=2), person("b", influence=9), person("c"), person("d"))
    after = state(
        person("a", influence=2, support=1),
        person("b", influence=9, support=-1, level="vendor"),
        person("c", influence=4),
        person("d", left_on=dt.date(2026, 1, 1)),
    )
    found = map_changes(before, after)
    assert [(change.kind, change.who.id) for change in found.changes] == [
        (MapChangeKind.LEFT, "d"),
        (MapChangeKind.SUPPORT, "b"),
        (MapChangeKind.SUPPORT, "a"),
        (MapChangeKind.INFLUENCE, "c"),
        (MapChangeKind.LEVEL, "b"),
    ]
    assert found.people == {"a", "b", "c", "d"}
    assert found.of(MapChangeKind.LEFT) == found.changes[:1]


CARDS = st.builds(
    person,
    st.sampled_from("abcd"),
    support=st.none() | st.integers(-2, 2),
    influence=st.none() | st.integers(0, 10),
    vacant=st.booleans(),
    strength=st.none() | st.floats(0, 1),
    left_on=st.none() | st.just(dt.date(2026, 1, 1)),
)


@st.composite
def states(draw: st.DrawFn) -> MapData:
    people = draw(st.lists(CARDS, unique_by=lambda card: card.id, min_size=2))
    keys = st.sampled_from([card.id for card in people])
    kinds = st.sampled_from(["reports_to", "influences", "allied"])
    lines = st.builds(
        tie,
        st.sampled_from("123"),
        keys,
        keys,
        kinds,
        strength=st.none() | st.integers(1, 5),
        solid=st.booleans(),
    )
    ties = draw(st.lists(lines, unique_by=lambda line: line.id))
    return state(*people, ties=tuple(ties))


@given(states(), states())
def test_any_two_states_can_be_told_apart_and_equal_ones_cannot(one: MapData, two: MapData) -> None:
    assert map_changes(one, one).changes == ()
    found = map_changes(one, two)
    turned = (replace(each, people=tuple(reversed(each.people))) for each in (one, two))
    assert found == map_changes(*turned)
    assert all(change_text(change) for change in found.changes)
    assert list(found.changes) == sorted(found.changes, key=lambda change: change.kind)
