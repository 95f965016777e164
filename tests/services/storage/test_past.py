"""What a past state refuses, and what it says of records from before an upgrade."""

from __future__ import annotations

import datetime as dt

import pytest

from kam_desktop.models.registry import Account, Person
from kam_desktop.services.errors import UserError
from kam_desktop.services.queries.relationship_map import map_data
from kam_desktop.services.storage.past import account_as_of, began_at
from kam_desktop.services.storage.portfolio import Portfolio
from tests.conftest import StillClock

DAY = dt.timedelta(days=1)


@pytest.fixture
def account(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Add account") as work:
        work.add(Account(id="a", name="Aurora Foods"))
        work.add(Person(id="p", account_id="a", name="Kenji Mori", support=0))
    return "a"


def test_queries_of_the_map_work_on_the_past(
    portfolio: Portfolio, clock: StillClock, account: str
) -> None:
    then = clock.now()
    clock.go_on(days=30)
    with portfolio.unit_of_work("Judge") as work:
        work.get(Person, "p").support = 1
        work.add(Person(account_id=account, name="Anna Berg"))
    with portfolio.reading() as db:
        with account_as_of(db, account, then + DAY) as past:
            before = map_data(past, account, on=then.date())
        with account_as_of(db, account, clock.now()) as past:
            after = map_data(past, account, on=then.date())
        assert after == map_data(db, account, on=then.date())
    assert [(card.name, card.support) for card in before.people] == [("Kenji Mori", 0)]
    assert {(card.name, card.support) for card in after.people} == {
        ("Kenji Mori", 1),
        ("Anna Berg", None),
    }


def test_before_the_portfolio_there_is_nothing_and_its_first_day_is_named(
    portfolio: Portfolio, clock: StillClock, account: str
) -> None:
    with portfolio.reading() as db:
        assert began_at(db) == clock.now()
        with (
            pytest.raises(UserError, match="began on Nov 20, 2026") as refused,
            account_as_of(db, account, clock.now() - DAY),
        ):
            pytest.fail("there is no such past")
    assert refused.value.field == "at"


def test_an_account_added_later_is_not_there_yet(
    portfolio: Portfolio, clock: StillClock, account: str
) -> None:
    then = clock.now()
    clock.go_on(days=2)
    with portfolio.unit_of_work("Add account") as work:
        work.add(Account(id="b", name="Borealis"))
    with (
        portfolio.reading() as db,
        pytest.raises(UserError, match="not in the portfolio yet on Nov 21, 2026"),
        account_as_of(db, "b", then + DAY),
    ):
        pytest.fail("there is no such past")


def test_an_empty_portfolio_has_no_past(portfolio: Portfolio, clock: StillClock) -> None:
    with portfolio.reading() as db:
        assert began_at(db) is None
        with (
            pytest.raises(UserError, match="Nothing has been recorded"),
            account_as_of(db, "a", clock.now()),
        ):
            pytest.fail("there is no such past")


def test_a_row_removed_before_an_upgrade_gets_the_defaults_of_newer_columns(
    portfolio: Portfolio, clock: StillClock, account: str
) -> None:
    then = clock.now()
    clock.go_on(days=1)
    with portfolio.unit_of_work("Remove for good") as work:
        work.execute("DELETE FROM person WHERE id = 'p'")
        # As a version recorded it that did not know these columns.
        work.execute(
            "UPDATE ledger_change SET old = json_remove(old, '$.step', '$.went_to') WHERE op = 'D'"
        )
    with portfolio.reading() as db, account_as_of(db, account, then) as past:
        assert past.row("SELECT name, step, went_to FROM person") == (
            "Kenji Mori",
            "",
            "",
        )


def test_a_clock_set_back_does_not_mix_up_the_order(
    portfolio: Portfolio, clock: StillClock, account: str
) -> None:
    noon = clock.now()
    for minutes, support in ((10, 1), (-5, 2), (20, -1)):
        clock.instant = noon + dt.timedelta(minutes=minutes)
        with portfolio.unit_of_work("Judge") as work:
            work.get(Person, "p").support = support

    def support_at(minutes: float) -> object:
        at = noon + dt.timedelta(minutes=minutes)
        with portfolio.reading() as db, account_as_of(db, account, at) as past:
            return past.value("SELECT support FROM person")

    # What was there before a step stays before it, whatever time it was recorded with.
    assert [support_at(m) for m in (-5, 0, 10, 19, 20)] == [2, 2, 2, 2, -1]
