"""The map in words and places, and the way of the arrow keys."""

from __future__ import annotations

import datetime as dt

import pytest

from kam_desktop.services.analysis.map_layout import Place
from kam_desktop.services.analysis.map_navigation import Direction, neighbour, reading_order
from kam_desktop.services.map_scene import CARD_WIDTH, build_scene, lines_with
from kam_desktop.services.queries.relationship_map import MapData, PersonCard, TieLine


def person(person_id: str, **fields: object) -> PersonCard:
    values: dict[str, object] = {
        "id": person_id, "name": person_id.title(), "title": "", "roles": (), "support": None,
        "influence": None, "coverage": None, "level": None, "level_wanted": None, "strength": 0.0,
        "last_touch": None, "buying_centre_id": "", "owner_name": "", "account_name": "",
        "vacant": False, "external": False, "left_on": None,
    }  # fmt: skip
    return PersonCard(**(values | fields))  # type: ignore[arg-type]


def line(from_id: str, to_id: str, kind: str = "reports_to", *, solid: bool = True) -> TieLine:
    return TieLine(f"{from_id}-{to_id}", from_id, to_id, kind, None, "", solid)


def data(
    *people: PersonCard,
    ties: tuple[TieLine, ...] = (),
    positions: dict[str, tuple[float, float]] | None = None,
) -> MapData:
    return MapData("a", "Aurora", None, people, ties, positions or {})


def test_unknown_is_said_as_unknown_never_as_neutral() -> None:
    unknown, neutral = build_scene(data(person("ana"), person("ben", support=0))).cards
    assert unknown.support is None
    assert "Support: unknown" in unknown.description
    assert "Influence: unknown" in unknown.description
    assert "Support: Neutral" in neutral.description


def test_a_vacant_seat_has_its_title_and_no_support() -> None:
    (seat,) = build_scene(
        data(person("s", name="", title="Head of Quality", vacant=True, strength=None))
    ).cards
    assert (seat.name, seat.subtitle, seat.vacant) == ("(vacant)", "Head of Quality", True)
    assert "Support" not in seat.description
    assert "Contact" not in seat.description


def test_subtitle_says_title_roles_and_where_from() -> None:
    cards = build_scene(
        data(
            person("ana", title="CFO", roles=("economic_buyer", "approver")),
            person("eva", title="Adviser", external=True),
            person("olaf", account_name="Borealis"),
            person("kim", title="Buyer", left_on=dt.date(2026, 1, 2)),
        )
    ).cards
    assert [card.subtitle for card in cards] == [
        "CFO · Economic buyer · Approver",
        "Adviser · external",
        "Borealis",
        "left · Buyer",
    ]


def test_ties_are_told_in_words() -> None:
    people = (person("ana"), person("ben"))
    scene = build_scene(
        data(*people, ties=(line("ana", "ben", solid=False), line("ben", "ana", "influences")))
    )
    assert [tie.description for tie in scene.ties] == [
        "Ana reports to Ben (matrix line)",
        "Ben influences Ana",
    ]


@pytest.mark.parametrize("view", ["org", "network"])
def test_a_moved_card_stays_where_it_was_put_and_knows_its_way_back(view: str) -> None:
    people = (person("ana"), person("ben"), person("cem"))
    ties = (line("ana", "ben"), line("cem", "ben"))
    first = build_scene(data(*people, ties=ties), view)
    moved = build_scene(
        data(*people, ties=ties, positions={"ana": (900.0, 700.0)}), view, first.automatic
    )
    assert (moved.layout.places["ana"].x, moved.layout.places["ana"].y) == (900.0, 700.0)
    back = build_scene(data(*people, ties=ties), view, moved.automatic)
    assert back.layout.places == first.layout.places


def test_lines_follow_a_card_while_it_is_dragged() -> None:
    scene = build_scene(
        data(person("ana"), person("ben"), person("cem"), ties=(line("ana", "ben"),))
    )
    lines = lines_with(scene, {"ana": (500.0, 900.0)})
    assert list(lines) == ["ana-ben"]
    assert lines["ana-ben"][0] == (500.0 + CARD_WIDTH / 2, 900.0)
    assert lines_with(scene, {"cem": (1.0, 1.0)}) == {}


GRID = {
    name: Place(name, x, y, 100, 50)
    for name, x, y in (
        ("boss", 200, 0),
        ("left", 0, 100),
        ("mid", 200, 100),
        ("right", 400, 100),
        ("low", 400, 200),
    )
}


@pytest.mark.parametrize(
    ("start", "direction", "end"),
    [
        ("boss", Direction.DOWN, "mid"),
        ("mid", Direction.LEFT, "left"),
        ("mid", Direction.RIGHT, "right"),
        ("right", Direction.DOWN, "low"),
        ("low", Direction.UP, "right"),
        ("left", Direction.LEFT, None),
        ("boss", Direction.UP, None),
    ],
)
def test_arrows_go_to_the_nearest_card_that_way(
    start: str, direction: Direction, end: str | None
) -> None:
    assert neighbour(GRID, start, direction) == end


def test_arrows_prefer_people_one_is_tied_to() -> None:
    places = {
        "me": Place("me", 0, 0, 100, 50),
        "near": Place("near", 0, 100, 100, 50),
        "mine": Place("mine", 20, 120, 100, 50),
    }
    assert neighbour(places, "me", Direction.DOWN) == "near"
    assert neighbour(places, "me", Direction.DOWN, {"mine"}) == "mine"


def test_tab_reads_row_by_row() -> None:
    assert reading_order(GRID) == ["boss", "left", "mid", "right", "low"]
