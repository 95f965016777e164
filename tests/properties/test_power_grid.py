"""Whoever is at an account is on its power grid exactly once; what is done there can be undone."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_desktop.models.registry import Account
from kam_desktop.services.analysis.power_grid import (
    INFLUENCES,
    SUPPORTS,
    Cell,
    Standing,
    grid_layout,
)
from kam_desktop.services.people import add_person
from kam_desktop.services.standing import set_standings
from kam_desktop.services.storage.portfolio import Portfolio

CELLS = st.builds(Cell, st.sampled_from(SUPPORTS), st.sampled_from(INFLUENCES))


@given(st.lists(CELLS, max_size=200), st.sets(CELLS, max_size=4), st.floats(0, 3000))
def test_everybody_is_there_exactly_once(cells: list[Cell], opened: set[Cell], room: float) -> None:
    people = [Standing(str(at), *cell) for at, cell in enumerate(cells)]
    layout = grid_layout(people, room=(room, room), opened=opened)
    listed = [person for place in layout.cells.values() for person in place.people]
    assert sorted(listed) == sorted(person.id for person in people)
    hidden = sum(place.hidden for place in layout.cells.values())
    assert len(layout.places) + hidden == len(people)
    for person in people:
        assert person.id in layout.cells[person.cell].people
        if (place := layout.places.get(person.id)) is not None:
            area = layout.cells[person.cell]
            assert area.x <= place.x
            assert place.right <= area.x + area.width + 0.01
            assert area.y <= place.y
            assert place.bottom <= area.y + area.height + 0.01


def standings(portfolio: Portfolio) -> list[tuple[object, ...]]:
    with portfolio.reading() as db:
        return db.rows("SELECT id, support, influence FROM person ORDER BY id")


def claims(portfolio: Portfolio) -> list[tuple[object, ...]]:
    with portfolio.reading() as db:
        return db.rows("SELECT person_id, field, value FROM claim ORDER BY id")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CELLS, min_size=1, max_size=4), CELLS)
def test_dropping_and_undoing_restores_everybody(
    portfolio: Portfolio, before: list[Cell], target: Cell
) -> None:
    with portfolio.unit_of_work("Add people") as work:
        account = Account(name="Aurora Foods")
        work.add(account)
        work.flush()
        people = [
            add_person(work, account.id, f"Person {at}", support=s, influence=i)
            for at, (s, i) in enumerate(before)
        ]
    stood, judged = standings(portfolio), claims(portfolio)
    with portfolio.unit_of_work("Place people") as work:
        set_standings(work, dict.fromkeys(people, (target.support, target.influence)))
    now = {row[0]: row[1:] for row in standings(portfolio)}
    assert all(now[person] == tuple(target) for person in people)
    if set(before) != {target}:
        portfolio.undo()
    assert standings(portfolio) == stood
    assert claims(portfolio) == judged
