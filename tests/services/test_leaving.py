"""People who leave: where they went, and what goes on there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from kam_desktop.models.registry import Account
from kam_desktop.services import leaving, people, ties
from kam_desktop.services.errors import UserError
from kam_desktop.services.leaving import WhereTo
from kam_desktop.services.queries.person_detail import PersonDetail, person_detail
from kam_desktop.services.queries.relationship_map import map_data
from kam_desktop.services.storage.portfolio import Portfolio

Do = Callable[..., Any]
TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def do(portfolio: Portfolio) -> Do:
    """Runs one use case in a unit of work of its own."""

    def run(use_case: Callable[..., Any], *args: Any, **fields: Any) -> Any:
        with portfolio.unit_of_work("test") as work:
            return use_case(work, *args, **fields)

    return run


@pytest.fixture
def accounts(portfolio: Portfolio) -> tuple[str, str]:
    with portfolio.unit_of_work("Add accounts") as work:
        here, there = Account(name="Aurora Foods"), Account(name="北極星 Foods")
        work.session.add_all([here, there])
    return here.id, there.id


def detail(portfolio: Portfolio, person: str) -> PersonDetail:
    with portfolio.reading() as db:
        found = person_detail(db, person, TODAY)
    assert found is not None
    return found


def test_where_somebody_went_can_be_said_in_words(
    portfolio: Portfolio, do: Do, accounts: tuple[str, str]
) -> None:
    ana = do(people.add_person, accounts[0], "Ana Pop")
    where = WhereTo(" a start-up  in Cluj ")
    assert do(leaving.mark_left, ana, dt.date(2026, 11, 1), where) is None
    shown = detail(portfolio, ana)
    assert (shown.left_on, shown.went_to) == (dt.date(2026, 11, 1), "a start-up in Cluj")
    do(leaving.mark_returned, ana)
    back = detail(portfolio, ana)
    assert (back.left_on, back.went_to, back.went_to_account_id) == (None, "", None)
    portfolio.undo()
    assert detail(portfolio, ana).went_to == "a start-up in Cluj"


def test_who_went_to_an_account_of_ours_can_be_added_there_in_the_same_step(
    portfolio: Portfolio, do: Do, accounts: tuple[str, str]
) -> None:
    here, there = accounts
    ana = do(
        people.add_person, here, "Ana Pop",
        email="ana@aurora.example", phone="1", mobile="2", languages="ro;  EN, ro", title="CFO",
        orientation="financial", support=1,
    )  # fmt: skip
    ben = do(people.add_person, here, "Ben Ode")
    do(ties.set_manager, ben, ana)
    new = do(leaving.mark_left, ana, None, WhereTo(account_id=there, add_there=True))
    added = detail(portfolio, new)
    assert (added.account_id, added.name, added.mobile) == (there, "Ana Pop", "2")
    assert (added.languages, added.orientation) == ("ro, EN", "financial")
    # What belonged to the old position stays there; how they stand towards us now is not known.
    assert (added.email, added.phone, added.title, added.support) == ("", "", "", None)
    assert added.ties == ()
    old = detail(portfolio, ana)
    assert (old.went_to, old.went_to_account_id, old.namesakes) == ("北極星 Foods", there, 1)
    assert [tie.other_name for tie in old.ties] == ["Ben Ode"]
    portfolio.undo()
    assert detail(portfolio, ana).left_on is None
    with portfolio.reading() as db:
        assert map_data(db, there, on=TODAY).people == ()


def test_the_card_says_where_they_went_by_the_accounts_name_of_today(
    portfolio: Portfolio, do: Do, accounts: tuple[str, str]
) -> None:
    here, there = accounts
    ana = do(people.add_person, here, "Ana Pop")
    do(leaving.mark_left, ana, None, WhereTo(account_id=there))
    with portfolio.unit_of_work("Rename") as work:
        work.get(Account, there).name = "Polaris Foods"
    with portfolio.reading() as db:
        assert map_data(db, here, on=TODAY).people[0].went_to == "Polaris Foods"
    with portfolio.unit_of_work("Delete account") as work:
        work.trash(work.get(Account, there))
    assert detail(portfolio, ana).went_to == "北極星 Foods"


@pytest.mark.parametrize("where", ["own", "nowhere"])
def test_an_account_that_makes_no_sense_is_refused(
    portfolio: Portfolio, do: Do, accounts: tuple[str, str], where: str
) -> None:
    ana = do(people.add_person, accounts[0], "Ana Pop")
    account_id = accounts[0] if where == "own" else None
    with pytest.raises(UserError) as refused:
        do(leaving.mark_left, ana, None, WhereTo(account_id=account_id, add_there=True))
    assert refused.value.field == "went_to_account_id"
    assert detail(portfolio, ana).left_on is None


def test_a_seat_left_vacant_and_where_they_went_are_one_step(
    portfolio: Portfolio, do: Do, accounts: tuple[str, str]
) -> None:
    boss = do(people.add_person, accounts[0], "Ana Pop", title="CEO")
    head = do(people.add_person, accounts[0], "Ben Ode", title="CFO", manager_id=boss)
    seat = do(leaving.vacate_seat, head, dt.date(2026, 11, 2), WhereTo("abroad"))
    assert detail(portfolio, seat).vacant
    assert [tie.other_name for tie in detail(portfolio, seat).ties] == ["Ana Pop"]
    assert detail(portfolio, head).went_to == "abroad"
    portfolio.undo()
    assert detail(portfolio, head).left_on is None
    with portfolio.reading() as db:
        assert len(map_data(db, accounts[0], on=TODAY).people) == 2
