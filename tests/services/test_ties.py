"""Ties between people and saved maps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from kam_desktop.models.registry import Account
from kam_desktop.services import maps, people, ties
from kam_desktop.services.errors import UserError
from kam_desktop.services.map_options import MapTarget
from kam_desktop.services.storage.portfolio import Portfolio

Do = Callable[..., Any]


@pytest.fixture
def do(portfolio: Portfolio) -> Do:
    """Runs one use case in a unit of work of its own."""

    def run(use_case: Callable[..., Any], *args: Any, **fields: Any) -> Any:
        with portfolio.unit_of_work("test") as work:
            return use_case(work, *args, **fields)

    return run


@pytest.fixture
def team(portfolio: Portfolio, do: Do) -> dict[str, str]:
    """The account, and Ana, Ben and Cem in it, by name."""
    with portfolio.unit_of_work("Add account") as work:
        account = Account(name="Aurora Foods")
        work.add(account)
    found = {name: do(people.add_person, account.id, name) for name in ("Ana", "Ben", "Cem")}
    return {"account": account.id, **found}


def lines(portfolio: Portfolio) -> list[tuple[Any, ...]]:
    with portfolio.reading() as db:
        return db.rows(
            "SELECT a.name, t.kind, b.name FROM tie t JOIN person a ON a.id = t.from_id"
            " JOIN person b ON b.id = t.to_id WHERE t.deleted_at IS NULL ORDER BY t.id"
        )


def test_a_tie_to_oneself_is_refused(do: Do, team: dict[str, str]) -> None:
    with pytest.raises(UserError) as refused:
        do(ties.add_tie, team["Ana"], team["Ana"], "allied")
    assert refused.value.field == "to_id"


def test_the_same_tie_twice_is_refused_either_way_round_when_it_has_no_direction(
    portfolio: Portfolio, do: Do, team: dict[str, str]
) -> None:
    do(ties.add_tie, team["Ana"], team["Ben"], "allied")
    with pytest.raises(UserError):
        do(ties.add_tie, team["Ben"], team["Ana"], "allied")
    do(ties.add_tie, team["Ana"], team["Ben"], "influences")
    do(ties.add_tie, team["Ben"], team["Ana"], "influences")
    with pytest.raises(UserError):
        do(ties.add_tie, team["Ben"], team["Ana"], "influences")
    assert len(lines(portfolio)) == 3


def test_a_circle_of_reports_is_refused_and_named(
    portfolio: Portfolio, do: Do, team: dict[str, str]
) -> None:
    do(ties.set_manager, team["Ben"], team["Ana"])
    do(ties.set_manager, team["Cem"], team["Ben"])
    with pytest.raises(UserError, match="Ana → Cem → Ben → Ana"):
        do(ties.set_manager, team["Ana"], team["Cem"])
    with pytest.raises(UserError, match="Ana → Ben → Ana"):
        do(ties.add_tie, team["Ana"], team["Ben"], "reports_to")
    assert len(lines(portfolio)) == 2


def test_matrix_lines_count_for_circles_too(do: Do, team: dict[str, str]) -> None:
    do(ties.set_manager, team["Cem"], team["Ana"])
    do(ties.add_tie, team["Cem"], team["Ben"], "reports_to")
    with pytest.raises(UserError, match="Ben → Cem → Ben"):
        do(ties.set_manager, team["Ben"], team["Cem"])


def test_turning_a_line_round_checks_for_circles(do: Do, team: dict[str, str]) -> None:
    do(ties.add_tie, team["Ben"], team["Ana"], "reports_to")
    do(ties.add_tie, team["Cem"], team["Ben"], "reports_to")
    third = do(ties.add_tie, team["Cem"], team["Ana"], "reports_to")
    with pytest.raises(UserError, match="circle"):
        do(ties.turn_tie, third)


def test_there_is_one_solid_line_and_it_moves(
    portfolio: Portfolio, do: Do, team: dict[str, str]
) -> None:
    do(ties.set_manager, team["Cem"], team["Ana"])
    do(ties.set_manager, team["Cem"], team["Ben"])
    assert lines(portfolio) == [("Cem", "reports_to", "Ben")]
    do(ties.set_manager, team["Cem"], None)
    assert lines(portfolio) == []


def test_a_matrix_line_can_become_the_solid_one(
    portfolio: Portfolio, do: Do, team: dict[str, str]
) -> None:
    do(ties.set_manager, team["Cem"], team["Ana"])
    do(ties.add_tie, team["Cem"], team["Ben"], "reports_to")
    do(ties.set_manager, team["Cem"], team["Ben"])
    assert lines(portfolio) == [("Cem", "reports_to", "Ben")]


def test_ties_cross_accounts_but_reports_do_not(
    portfolio: Portfolio, do: Do, team: dict[str, str]
) -> None:
    with portfolio.unit_of_work("Add account") as work:
        other = Account(name="Borealis")
        work.add(other)
    eva = do(people.add_person, other.id, "Eva")
    do(ties.add_tie, eva, team["Ana"], "influences")
    with pytest.raises(UserError, match="another account") as refused:
        do(ties.set_manager, team["Ana"], eva)
    assert refused.value.field == "to_id"
    assert lines(portfolio) == [("Eva", "influences", "Ana")]


@pytest.mark.parametrize("strength", [0, 6])
def test_strength_has_a_scale(do: Do, team: dict[str, str], strength: int) -> None:
    with pytest.raises(UserError) as refused:
        do(ties.add_tie, team["Ana"], team["Ben"], "allied", strength=strength)
    assert refused.value.field == "strength"


def test_moving_cards_is_undone_and_comes_back(
    portfolio: Portfolio, do: Do, team: dict[str, str]
) -> None:
    ana, ben = team["Ana"], team["Ben"]
    map_id = do(maps.move_cards_on, MapTarget(team["account"], "org"), {ana: (1.0, 2.0)})
    assert do(maps.move_cards_on, MapTarget(team["account"], "org"), {ben: (3, 4)}) == map_id
    do(maps.move_cards, map_id, {ana: (50.0, 60.0)})
    assert _places(portfolio) == {ana: (50.0, 60.0), ben: (3.0, 4.0)}
    portfolio.undo()
    assert _places(portfolio) == {ana: (1.0, 2.0), ben: (3.0, 4.0)}


def test_dragging_coalesces_into_one_step(portfolio: Portfolio, team: dict[str, str]) -> None:
    with portfolio.unit_of_work("start") as work:
        map_id = maps.move_cards_on(work, MapTarget(team["account"], "org"), {team["Ana"]: (0, 0)})
    for step in range(5):
        with portfolio.unit_of_work("Move Ana", coalesce="map:Ana") as work:
            maps.move_cards(work, map_id, {team["Ana"]: (step * 10.0, 7.0)})
    portfolio.undo()
    assert _places(portfolio) == {team["Ana"]: (0.0, 0.0)}


def test_reset_and_back(portfolio: Portfolio, do: Do, team: dict[str, str]) -> None:
    target = MapTarget(team["account"], "network")
    map_id = do(maps.move_cards_on, target, {team["Ana"]: (1, 2)})
    do(maps.tidy_up, target)
    assert _places(portfolio) == {}
    do(maps.move_cards, map_id, {team["Ana"]: (5, 6)})
    assert _places(portfolio) == {team["Ana"]: (5.0, 6.0)}
    portfolio.undo()
    portfolio.undo()
    assert _places(portfolio) == {team["Ana"]: (1.0, 2.0)}


def test_maps_have_names(portfolio: Portfolio, do: Do, team: dict[str, str]) -> None:
    map_id = do(maps.add_map, team["account"], " Before  the tender ", "network")
    with portfolio.reading() as db:
        assert db.row("SELECT title, view FROM saved_map") == ("Before the tender", "network")
    with pytest.raises(UserError) as refused:
        do(maps.rename_map, map_id, " ")
    assert refused.value.field == "title"
    do(maps.delete_map, map_id)
    with portfolio.reading() as db:
        assert db.value("SELECT count(*) FROM saved_map WHERE deleted_at IS NULL") == 0


def _places(portfolio: Portfolio) -> dict[str, tuple[float, float]]:
    with portfolio.reading() as db:
        rows = db.rows("SELECT person_id, x, y FROM map_position WHERE deleted_at IS NULL")
    return {person_id: (x, y) for person_id, x, y in rows}


def test_a_tie_says_when_and_by_whom_it_was_seen(
    portfolio: Portfolio, do: Do, team: dict[str, str]
) -> None:
    day = dt.date(2026, 10, 1)
    tie = do(
        ties.add_tie, team["Ana"], team["Ben"], "influences",
        strength=4, note=" at the trade fair ", on=day, source="colleague", confidence="medium",
    )  # fmt: skip
    sql = 'SELECT strength, note, "on", source, confidence FROM tie WHERE id = ?'
    with portfolio.reading() as db:
        said = (4, "at the trade fair", "2026-10-01", "colleague", "medium")
        assert db.row(sql, (tie,)) == said
    do(ties.update_tie, tie, on=None, source="seen", confidence=None)
    with portfolio.reading() as db:
        assert db.row(sql, (tie,)) == (4, "at the trade fair", None, "seen", None)
    portfolio.undo()
    with portfolio.reading() as db:
        assert db.row(sql, (tie,)) == said


def test_a_tie_seen_on_a_day_to_come_is_refused(do: Do, team: dict[str, str]) -> None:
    with pytest.raises(UserError) as refused:
        do(ties.add_tie, team["Ana"], team["Ben"], "allied", on=dt.date(2026, 11, 21))
    assert refused.value.field == "on"


@pytest.mark.parametrize("kind", ["influences", "allied", "conflict", "informal"])
def test_people_of_two_accounts_can_be_tied_in_any_way_but_reports(
    portfolio: Portfolio, do: Do, team: dict[str, str], kind: str
) -> None:
    with portfolio.unit_of_work("Add account") as work:
        other = Account(name="Borealis")
        work.add(other)
    eva = do(people.add_person, other.id, "Eva")
    tie = do(ties.add_tie, team["Ana"], eva, kind)
    do(ties.turn_tie, tie)
    assert lines(portfolio) == [("Eva", kind, "Ana")]
    for one, two in ((team["Ben"], eva), (eva, team["Ben"])):
        with pytest.raises(UserError, match=r"Eva|Ben") as refused:
            do(ties.add_tie, one, two, "reports_to")
        assert refused.value.field == "to_id"
    with pytest.raises(UserError, match="Ana belongs to another account"):
        do(ties.update_tie, tie, kind="reports_to")
    assert lines(portfolio) == [("Eva", kind, "Ana")]
