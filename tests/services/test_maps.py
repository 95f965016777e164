"""Saved maps and what they show, stored, copied, tidied up and undone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from kam_desktop.models.registry import Account, Person, SavedMap, Tie
from kam_desktop.services import maps, people
from kam_desktop.services.errors import UserError
from kam_desktop.services.map_loading import LoadedMap, MapWish, load_map, unfolded_to
from kam_desktop.services.map_options import MapOptions, MapTarget
from kam_desktop.services.map_search import matching, plain
from kam_desktop.services.queries.maps import map_options
from kam_desktop.services.storage.arrangements import arrangement_of, keep_arrangement
from kam_desktop.services.storage.portfolio import Portfolio

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def account(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Add account") as work:
        made = Account(name="Aurora Foods")
        work.add(made)
        return made.id


@pytest.fixture
def two(portfolio: Portfolio, account: str) -> tuple[str, str]:
    with portfolio.unit_of_work("Add people") as work:
        boss = people.add_person(work, account, "Zoë Ångström", title="Director", influence=9)
        return boss, people.add_person(work, account, "محمد", manager_id=boss)


def load(portfolio: Portfolio, wish: MapWish) -> LoadedMap:
    with portfolio.reading() as db:
        return load_map(db, wish)


def test_what_a_map_shows_is_kept_and_undone(
    portfolio: Portfolio, account: str, two: tuple[str, str]
) -> None:
    target = MapTarget(account, "org")
    options = MapOptions(influence_from=5)
    with portfolio.unit_of_work("Filter") as work:
        map_id = maps.change_options(work, target, options)
    with portfolio.reading() as db:
        assert map_options(db, map_id) == options
    assert [card.id for card in load(portfolio, MapWish(account, "org", TODAY)).data.people] == [
        two[0]
    ]
    portfolio.undo()
    assert len(load(portfolio, MapWish(account, "org", TODAY)).data.people) == 2


def test_what_only_a_newer_program_knows_is_kept(portfolio: Portfolio, account: str) -> None:
    with portfolio.unit_of_work("Save") as work:
        map_id = maps.add_map(work, account, "Mine", "ego")
        work.flush()
        work.get(SavedMap, map_id).options = {"colours": "by age", "influence_from": "much"}
    with portfolio.unit_of_work("Filter") as work:
        maps.change_options(
            work, MapTarget(account, "ego", map_id), MapOptions(distance=3, focus="x")
        )
    with portfolio.reading() as db:
        assert map_options(db, map_id) == MapOptions(distance=3, focus="x")
    with portfolio.unit_of_work("Look") as work:
        assert work.get(SavedMap, map_id).options["colours"] == "by age"


def test_damaged_options_are_the_defaults(portfolio: Portfolio, account: str) -> None:
    with portfolio.unit_of_work("Save") as work:
        map_id = maps.add_map(work, account, "Mine")
        work.execute("UPDATE saved_map SET options = ? WHERE id = ?", ("{not json", map_id))
    with portfolio.reading() as db:
        assert map_options(db, map_id) == MapOptions()
        assert map_options(db, None) == MapOptions()


def test_a_further_map_has_places_of_its_own(
    portfolio: Portfolio, account: str, two: tuple[str, str]
) -> None:
    target = MapTarget(account, "network")
    with portfolio.unit_of_work("Move") as work:
        maps.move_cards_on(work, target, {two[0]: (5.0, 6.0)})
    with portfolio.unit_of_work("Save as") as work:
        made = maps.save_as(work, target, "Before the tender", MapOptions(hide_left=True))
    with portfolio.unit_of_work("Move") as work:
        maps.move_cards_on(work, MapTarget(account, "network", made), {two[0]: (50.0, 60.0)})
    first = load(portfolio, MapWish(account, "network", TODAY))
    other = load(portfolio, MapWish(account, "network", TODAY, map_id=made))
    assert first.data.positions == {two[0]: (5.0, 6.0)}
    assert other.data.positions == {two[0]: (50.0, 60.0)}
    assert other.options.hide_left
    assert not first.options.hide_left


def test_a_map_that_is_gone_is_said_to_be(portfolio: Portfolio, account: str) -> None:
    with portfolio.unit_of_work("Save") as work:
        map_id = maps.add_map(work, account, "Mine")
    with portfolio.unit_of_work("Delete") as work:
        maps.delete_map(work, map_id)
    with pytest.raises(UserError), portfolio.unit_of_work("Filter") as work:
        maps.change_options(work, MapTarget(account, "org", map_id), MapOptions())


def test_arrangements_are_remembered_and_the_oldest_forgotten(
    portfolio: Portfolio, account: str, two: tuple[str, str]
) -> None:
    remember = load(portfolio, MapWish(account, "org", TODAY)).remember
    assert remember is not None
    portfolio.note_aside(
        lambda db: keep_arrangement(db, remember.key, remember.shape, remember.places, "2026")
    )
    again = load(portfolio, MapWish(account, "org", TODAY))
    assert again.remember is None
    assert {one: (kept.x, kept.y) for one, kept in remember.places.items()} == {
        card.id: (card.place.x, card.place.y) for card in again.scene.cards
    }
    for at in range(30):
        portfolio.note_aside(
            lambda db, at=at: keep_arrangement(db, "m", f"s{at}", remember.places, f"2026-{at:02}")
        )
    with portfolio.reading() as db:
        assert arrangement_of(db, "m", "s0") == {}
        assert arrangement_of(db, "m", "s29") == remember.places
    assert portfolio.next_undo() is not None
    portfolio.undo()
    portfolio.undo()
    assert portfolio.next_undo() is None


def test_looking_for_people_needs_no_accents_and_no_capitals(
    portfolio: Portfolio, account: str, two: tuple[str, str]
) -> None:
    data = load(portfolio, MapWish(account, "org", TODAY)).data
    assert matching(data, "zoe angs") == (two[0],)
    assert matching(data, "DIRECTOR zo") == (two[0],)
    assert matching(data, "محمد") == (two[1],)
    assert matching(data, "  ") == ()
    assert plain("\uff21\u0301") == "a"


def crowd(portfolio: Portfolio, account: str, count: int = 200) -> list[str]:
    """Everybody has five reports: 1, 5, 25, 125 … people on each level."""
    with portfolio.unit_of_work("Import") as work:
        ids = work.bulk_insert(
            Person, [{"account_id": account, "name": f"Person {n:04}"} for n in range(count)]
        )
        ends = [(ids[n], ids[(n - 1) // 5]) for n in range(1, count)]
        work.bulk_insert(
            Tie, [{"from_id": one, "to_id": two, "kind": "reports_to"} for one, two in ends]
        )
    return list(ids)


def test_a_crowds_chart_opens_with_its_lower_branches_folded(
    portfolio: Portfolio, account: str
) -> None:
    ids = crowd(portfolio, account)
    wish = MapWish(account, "org", TODAY, glance=True)
    loaded = load(portfolio, wish)
    assert {card.id for card in loaded.data.people} == set(ids[:31])
    assert loaded.folded_away == set(ids[31:])
    assert loaded.left_out == 0
    assert len(load(portfolio, replace(wish, glance=False)).data.people) == 200
    assert len(load(portfolio, replace(wish, view="network")).data.people) == 200

    opened = unfolded_to(loaded, ids[199])
    shown = {card.id for card in load(portfolio, replace(wish, options=opened)).data.people}
    assert ids[199] in shown
    assert shown - set(ids[:31]) == {*ids[36:41], *ids[181:200]}, "that branch alone is opened"


def test_a_crowds_chart_stays_as_somebody_folded_it(portfolio: Portfolio, account: str) -> None:
    ids = crowd(portfolio, account)
    wish = MapWish(account, "org", TODAY, glance=True)
    target = MapTarget(account, "org")
    with portfolio.unit_of_work("Move") as work:
        maps.move_cards_on(work, target, {ids[0]: (10.0, 20.0)})
    assert len(load(portfolio, wish).data.people) == 31, "moving a card says nothing of folding"
    with portfolio.unit_of_work("Show all branches") as work:
        maps.change_options(work, target, MapOptions())
    assert len(load(portfolio, wish).data.people) == 200
    portfolio.undo()
    assert len(load(portfolio, wish).data.people) == 31


def test_few_people_are_not_folded(portfolio: Portfolio, account: str) -> None:
    ids = crowd(portfolio, account, 120)
    assert len(load(portfolio, MapWish(account, "org", TODAY, glance=True)).data.people) == len(ids)
