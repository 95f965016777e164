"""The power grid as a scene and as marks: who is on it, in which words, and nothing outside."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from kam_desktop.services.analysis.power_grid import EVERY_CELL, Cell
from kam_desktop.services.grid_marks import chip_content, chip_surface, grid_drawing
from kam_desktop.services.grid_scene import GridScene, build_grid, standing_text
from kam_desktop.services.marks import Mark, Rectangle, Words
from kam_desktop.services.queries.relationship_map import MapData, PersonCard
from tests.services.test_contact_matrix import data, person


def placed(key: str, support: int | None, influence: int | None) -> PersonCard:
    return replace(person(key, influence=influence), support=support)


def scene(*people: PersonCard) -> GridScene:
    return build_grid(data(*people))


def test_guests_of_other_accounts_are_left_out_and_who_left_is_not() -> None:
    grid = scene(placed("ana", 1, 8), person("guest", guest=True), person("gone", left=True))
    assert [chip.id for chip in grid.chips] == ["ana", "gone"]
    assert [chip.left for chip in grid.chips] == [False, True]


def test_a_vacant_seat_is_known_by_its_title() -> None:
    (chip,) = scene(person("seat", vacant=True)).chips
    assert chip.vacant
    assert "vacant" in chip.name
    assert "Buyer" in chip.name


def test_an_old_judgement_is_said_to_be_old() -> None:
    old = replace(placed("ana", 1, 8), certainty={"support": 0.2, "influence": 0.3})
    (chip,) = scene(old).chips
    assert (chip.support_faded, chip.influence_faded) == (True, False)
    assert "Judged long ago" in chip.description
    (fresh,) = scene(placed("ben", 1, 8)).chips
    assert "Judged long ago" not in fresh.description


def test_the_scales_count_people() -> None:
    grid = scene(placed("ana", 1, 8), placed("ben", 1, None), placed("cem", None, 8))
    assert {label.text: label.count for label in grid.columns if label.count} == {
        "Supporter": 2,
        "Support unknown": 1,
    }
    assert {label.text: label.count for label in grid.rows if label.count} == {"8": 2, "?": 1}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Cell(2, 10), "Mentor, influence 10"),
        (Cell(None, 0), "Support unknown, influence 0"),
        (Cell(0, None), "Neutral, influence unknown"),
    ],
)
def test_cells_in_words(cell: Cell, text: str) -> None:
    assert standing_text(cell) == text


def test_every_part_of_the_grid_says_what_to_do() -> None:
    texts = [zone.text for zone in scene(placed("ana", 1, 8)).zones]
    assert len(texts) == len(set(texts)) == 10
    assert any("win over" in text for text in texts)
    assert any("keep close" in text for text in texts)


def without_colour(marks: tuple[Mark, ...]) -> tuple[tuple[str, bool, int, str], ...]:
    """What is left of marks in one ink: shapes, filled or not, corners, letters."""
    return tuple(
        (
            type(mark).__name__,
            getattr(mark, "fill", None) is None,
            len(getattr(mark, "points", ())),
            getattr(mark, "text", ""),
        )
        for mark in marks
    )


def test_chips_differ_without_colour() -> None:
    values = (-2, -1, 0, 1, 2, None)
    chips = [scene(placed("ana", value, 5)).chips[0] for value in values]
    assert len({without_colour(chip_content(chip)) for chip in chips}) == len(values)
    plain = chips[0]
    looks = [
        chip_surface(plain),
        chip_surface(replace(plain, vacant=True)),
        chip_surface(replace(plain, outside=True)),
    ]
    dashes = [_dash(mark) for look in looks for mark in look]
    assert dashes.count(()) == 3
    assert len(dashes) == 4


def _dash(mark: Mark) -> tuple[float, ...]:
    assert isinstance(mark, Rectangle)
    assert mark.stroke is not None
    return mark.stroke.dash


@pytest.mark.parametrize("width", [136, 184, 250])
@pytest.mark.parametrize("name", ["Ana", "Maximiliane von der Hohenlinden-Schwarzenberg"])
def test_words_stay_on_their_chip(width: float, name: str) -> None:
    chip = scene(placed("ana", 2, 10)).chips[0]
    chip = replace(chip, name=name, place=replace(chip.place, width=width))
    words = sorted(
        (mark for mark in chip_content(chip) if isinstance(mark, Words)), key=lambda mark: mark.x
    )
    assert words[0].text == name
    assert words[-1].x + words[-1].room <= width
    for one, other in pairwise(words):
        assert one.x + one.room <= other.x + 0.01


def test_paper_names_everybody_within_its_edges() -> None:
    people: MapData = data(*(placed(f"person {at}", at % 5 - 2, at % 11) for at in range(200)))
    drawing = grid_drawing(build_grid(people, opened=EVERY_CELL))
    names = {group.name for group in drawing.groups}
    assert {f"Person {at}" for at in range(200)} <= names
    assert all(
        group.left >= 0 and group.right <= drawing.right and group.bottom <= drawing.bottom
        for group in drawing.groups
    )
