"""The power grid: where people stand, how cells grow, and that unknown has its own place."""

from __future__ import annotations

import pytest

from kam_desktop.services.analysis.map_layout import Place
from kam_desktop.services.analysis.power_grid import (
    EVERY_CELL,
    Cell,
    GridLayout,
    GridSizes,
    Standing,
    cell_at,
    grid_layout,
)


def crowd(count: int, support: int | None = 0, influence: int | None = 4) -> list[Standing]:
    return [Standing(f"p{at:03}", support, influence) for at in range(count)]


def overlapping(places: list[Place]) -> list[tuple[str, str]]:
    return [
        (one.id, two.id)
        for at, one in enumerate(places)
        for two in places[at + 1 :]
        if one.x < two.right and two.x < one.right and one.y < two.bottom and two.y < one.bottom
    ]


def inside(layout: GridLayout, person_id: str, cell: Cell) -> bool:
    place, area = layout.places[person_id], layout.cells[cell]
    return (
        area.x <= place.x
        and place.right <= area.x + area.width
        and area.y <= place.y
        and place.bottom <= area.y + area.height
    )


def test_influence_grows_upwards_and_support_to_the_right() -> None:
    layout = grid_layout([Standing("weak", -2, 0), Standing("strong", 2, 10)])
    weak, strong = layout.places["weak"], layout.places["strong"]
    assert strong.y < weak.y
    assert strong.x > weak.x


def test_unknown_is_apart_from_neutral_and_from_zero() -> None:
    layout = grid_layout([Standing("unknown", None, None), Standing("nothing", 0, 0)])
    sizes = GridSizes()
    columns = {band.value: band for band in layout.columns}
    rows = {band.value: band for band in layout.rows}
    assert columns[None].start >= columns[2].end + sizes.apart
    assert rows[None].start >= rows[0].end + sizes.apart
    assert inside(layout, "unknown", Cell(None, None))
    assert inside(layout, "nothing", Cell(0, 0))


@pytest.mark.parametrize("count", [1, 2, 5, 13, 18])
def test_a_cell_shows_everybody_while_they_can_be_read(count: int) -> None:
    layout = grid_layout(crowd(count))
    assert len(layout.places) == count
    assert not layout.more
    assert overlapping(list(layout.places.values())) == []


def test_a_crowded_cell_counts_those_it_does_not_show() -> None:
    layout = grid_layout(crowd(104))
    cell = Cell(0, 4)
    assert len(layout.places) == 17
    assert layout.cells[cell].hidden == 87
    assert layout.cells[cell].people[-1] == "p103"
    assert overlapping([*layout.places.values(), layout.more[cell]]) == []


def test_an_opened_cell_shows_all_and_can_be_folded() -> None:
    cell = Cell(0, 4)
    closed, opened = grid_layout(crowd(120)), grid_layout(crowd(120), opened={cell})
    assert len(opened.places) == 120
    assert cell in opened.fewer
    assert not opened.more
    assert all(inside(opened, person.id, cell) for person in crowd(120))
    # Nothing moves sideways under the pointer.
    assert [band.start for band in opened.columns] == [band.start for band in closed.columns]


def test_paper_shows_everybody() -> None:
    layout = grid_layout(crowd(120), opened=EVERY_CELL)
    assert len(layout.places) == 120
    assert not layout.more


def test_spare_room_is_filled_and_missing_room_overflows() -> None:
    roomy = grid_layout(crowd(3), room=(1400, 900))
    assert roomy.width == pytest.approx(1400)
    assert roomy.height == pytest.approx(900)
    narrow = grid_layout(crowd(3), room=(300, 200))
    assert narrow.width > 300
    assert narrow.places["p000"].width == GridSizes().least_chip_width


def test_larger_type_makes_larger_chips() -> None:
    layout = grid_layout(crowd(1), GridSizes().scaled(2))
    assert layout.places["p000"].height == 2 * GridSizes().chip_height


def test_the_cell_under_a_point() -> None:
    layout = grid_layout([])
    for cell, area in layout.cells.items():
        assert cell_at(layout, area.x + area.width / 2, area.y + area.height / 2) == cell
    gap = (layout.columns[-2].end + layout.columns[-1].start) / 2
    assert cell_at(layout, gap - 1, 1) == Cell(2, 10)
    assert cell_at(layout, gap + 1, 1) == Cell(None, 10)
    assert cell_at(layout, -5, 1) is None
