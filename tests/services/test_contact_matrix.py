"""The coverage matrix: its lines, its sums, what it suggests and how it is drawn."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.services.contact_matrix import (
    build_matrix,
    describe_cell,
    state_letter,
    suggested_state,
)
from kam_desktop.services.marks import Words
from kam_desktop.services.matrix_marks import cell_marks, matrix_drawing, wrapped_name
from kam_desktop.services.queries.our_side import Contact, OurMember, OurSide, TeamPlace
from kam_desktop.services.queries.relationship_map import MapData, PersonCard

TODAY = dt.date(2026, 11, 20)
STATES = ("good", "working", "bad", "none", None)


def person(
    key: str, centre: str = "", *, influence: int | None = 5, vacant: bool = False,
    left: bool = False, guest: bool = False,
) -> PersonCard:  # fmt: skip
    return PersonCard(
        id=key, name="" if vacant else key.title(), title="Buyer", roles=(), support=None,
        influence=influence, coverage=None, level=None, level_wanted=None, strength=None,
        last_touch=None, buying_centre_id=centre, owner_name="",
        account_name="Elsewhere" if guest else "", vacant=vacant, external=False,
        left_on=TODAY if left else None,
    )  # fmt: skip


def member(key: str, *, left: bool = False, here: bool = True) -> OurMember:
    places = (TeamPlace(f"place of {key}", "expert"),) if here else ()
    return OurMember(key, key.title(), "", "expert", False, TODAY if left else None, places)


def data(*people: PersonCard, centres: dict[str, str] | None = None) -> MapData:
    return MapData("a", "Aurora Foods", None, people, (), buying_centres=centres or {})


def side(members: list[OurMember], states: dict[tuple[str, str], str]) -> OurSide:
    return OurSide("a", tuple(members), {pair: Contact(state) for pair, state in states.items()})


def test_people_are_grouped_by_buying_centre_the_influential_first() -> None:
    people = data(
        person("ana", "m", influence=9), person("ben", "", influence=8),
        person("cem", "m", influence=2), centres={"m": "Milan"},
    )  # fmt: skip
    scene = build_matrix(side([member("ida")], {}), people)
    lines = [(group.title, [row.id for row in group.rows]) for group in scene.groups]
    assert lines == [("Milan", ["ana", "cem"]), ("No buying centre", ["ben"])]


def test_vacant_seats_and_guests_have_no_line() -> None:
    people = data(person("ana"), person("seat", vacant=True), person("guest", guest=True))
    scene = build_matrix(side([member("ida")], {}), people)
    assert [row.id for row in scene.rows] == ["ana"]
    assert scene.people == 1


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("xyz")),
        st.sampled_from(STATES[:4]),
    )
)
def test_cells_are_what_was_set(states: dict[tuple[str, str], str]) -> None:
    people = data(*(person(key) for key in "abcdef"))
    scene = build_matrix(side([member(key) for key in "xyz"], states), people)
    shown = {
        (cell.person_id, cell.member_id): cell.state
        for row in scene.rows
        for cell in row.cells
        if cell.state is not None
    }
    assert shown == states
    for at, column in enumerate(scene.columns):
        for state in STATES[:4]:
            assert state is not None
            found = sum(row.cells[at].state == state for row in scene.rows)
            assert column.states[state] == found


def test_who_is_known_by_nobody_and_whose_leaving_would_hurt() -> None:
    states = {
        ("ana", "ida"): "good", ("ben", "ida"): "working",
        ("ben", "olof"): "good", ("cem", "olof"): "bad", ("dora", "gone"): "good",
    }  # fmt: skip
    members = [member("ida"), member("olof"), member("gone", left=True)]
    people = data(*(person(key) for key in ("ana", "ben", "cem", "dora")))
    scene = build_matrix(side(members, states), people)
    assert {row.id: row.known_by for row in scene.rows} == {
        "ana": 1, "ben": 2, "cem": 0, "dora": 0,
    }  # fmt: skip
    assert scene.unknown == 2
    assert {column.id: column.only for column in scene.columns} == {
        "ida": 1, "olof": 0, "gone": 0,
    }  # fmt: skip
    only = build_matrix(side(members, states), people, unknown_only=True)
    assert [row.id for row in only.rows] == ["cem", "dora"]


def test_who_left_them_is_not_missed() -> None:
    scene = build_matrix(side([member("ida")], {}), data(person("ana", left=True)))
    assert scene.unknown == 0


def test_of_ours_only_those_who_have_to_do_with_it_unless_all_are_wanted() -> None:
    ours = side([member("ida"), member("olof", here=False)], {})
    people = data(person("ana"))
    assert [c.id for c in build_matrix(ours, people).columns] == ["ida"]
    assert [c.id for c in build_matrix(ours, people, everybody=True).columns] == ["ida", "olof"]
    nobody = side([member("olof", here=False)], {})
    assert [c.id for c in build_matrix(nobody, people).columns] == ["olof"]


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        (Contact(), None),
        (Contact(touches=1, strength=0.9, last_touch=TODAY), "working"),
        (Contact(touches=3, strength=0.31, last_touch=TODAY), "good"),
        (Contact(touches=9, strength=0.3, last_touch=TODAY), "working"),
        (Contact("none", touches=9, strength=1.0, last_touch=TODAY), None),
    ],
)
def test_touches_suggest_and_never_decide(contact: Contact, expected: str | None) -> None:
    """A thread is a contact with S > 0.3 (product rules, section 4); three touches are ours."""
    assert suggested_state(contact) == expected


def test_a_cell_in_words() -> None:
    ours = OurSide(
        "a", (member("ida"),),
        {("ana", "ida"): Contact(None, "Met at the fair", None, 0.8, 3, TODAY)},
    )  # fmt: skip
    scene = build_matrix(ours, data(person("ana")))
    row = scene.rows[0]
    text = describe_cell(row, scene.columns[0], row.cells[0])
    assert "unknown" in text
    assert "Met at the fair" in text
    assert "3 touches" in text
    assert "Good contact? S takes it over." in text


def words_of(marks: object) -> set[str]:
    assert isinstance(marks, tuple)
    return {mark.text for mark in marks if isinstance(mark, Words)}


def test_every_state_has_a_letter_and_a_sign_of_its_own() -> None:
    assert len({state_letter(state) for state in STATES}) == len(STATES)
    looks = set()
    for state in STATES:
        ours = OurSide("a", (member("ida"),), {("ana", "ida"): Contact(state)})
        cell = build_matrix(ours, data(person("ana"))).rows[0].cells[0]
        marks = cell_marks(cell, 90, 26)
        assert state_letter(state) in words_of(marks)
        # Without colour: which shapes there are, filled or not, and with how many corners.
        looks.add(
            tuple(
                (type(m).__name__, getattr(m, "fill", None) is None, len(getattr(m, "points", ())))
                for m in marks
                if not isinstance(m, Words)
            )
        )
    assert len(looks) == len(STATES)


def test_paper_has_every_name_and_everything_inside() -> None:
    people = data(*(person(f"person {at}") for at in range(40)))
    members = [member(f"colleague {at}") for at in range(12)]
    drawing = matrix_drawing(build_matrix(side(members, {}), people))
    said = {group.name for group in drawing.groups}
    assert {f"Person {at}" for at in range(40)} <= said
    assert all(group.right <= drawing.right for group in drawing.groups)
    assert drawing.groups[-1].bottom == drawing.bottom


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Ida", ["Ida"]),
        ("Viktor Lindqvist", ["Viktor", "Lindqvist"]),
        ("Maria del Carmen Ortega", ["Maria del", "Carmen Ortega"]),
        ("Wolfeschlegelsteinhausen", ["Wolfeschlegelsteinhausen"]),
    ],
)
def test_names_break_in_the_middle(name: str, lines: list[str]) -> None:
    assert wrapped_name(name) == lines
