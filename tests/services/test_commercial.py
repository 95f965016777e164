"""Opportunities, contracts and revenue: kept as given, refused when they cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from kam_desktop.models.registry import Account
from kam_desktop.models.vocabulary import OpportunityState
from kam_desktop.services import commercial
from kam_desktop.services.errors import UserError
from kam_desktop.services.queries import commercial as queries
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.unit_of_work import UnitOfWork

TODAY = dt.date(2026, 11, 20)
Result = TypeVar("Result")


def write(portfolio: Portfolio, use_case: Callable[..., Result], *args: Any, **more: Any) -> Result:
    with portfolio.unit_of_work("test") as work:
        return use_case(work, *args, **more)


@pytest.fixture
def account_id(portfolio: Portfolio) -> str:
    def make(work: UnitOfWork) -> str:
        account = Account(name="Aurora Foods")
        work.add(account)
        return account.id

    return write(portfolio, make)


def test_a_deal_is_added_changed_won_and_deleted(portfolio: Portfolio, account_id: str) -> None:
    made = write(
        portfolio,
        commercial.add_opportunity,
        account_id,
        " Line 4 ",
        value_minor=1_500_00,
        currency="eur",
        probability=60,
    )
    write(portfolio, commercial.update_opportunity, made, stage="Proposal")
    with portfolio.reading() as db:
        (row,) = queries.opportunities(db, account_id)
    assert (row.name, row.stage, row.value_minor, row.currency) == (
        "Line 4",
        "Proposal",
        1_500_00,
        "EUR",
    )
    write(portfolio, commercial.close_opportunity, made, OpportunityState.WON)
    with portfolio.reading() as db:
        (row,) = queries.opportunities(db, account_id)
    assert (row.state, row.close_on) == (OpportunityState.WON, TODAY)
    write(portfolio, commercial.delete_opportunity, made)
    with portfolio.reading() as db:
        assert queries.opportunities(db, account_id) == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"probability": 101}, "probability"),
        ({"value_minor": 5, "currency": ""}, "currency"),
        ({"value_minor": 5, "currency": "EURO"}, "currency"),
        ({"value_minor": -5, "currency": "EUR"}, "value"),
    ],
)
def test_deals_that_cannot_be_are_refused(
    portfolio: Portfolio, account_id: str, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(UserError) as caught:
        write(portfolio, commercial.add_opportunity, account_id, "Line 4", **fields)
    assert caught.value.field == field


def test_a_deal_needs_a_name(portfolio: Portfolio, account_id: str) -> None:
    with pytest.raises(UserError) as caught:
        write(portfolio, commercial.add_opportunity, account_id, "  ")
    assert caught.value.field == "name"


def test_a_contract_keeps_its_dates_in_order(portfolio: Portfolio, account_id: str) -> None:
    made = write(
        portfolio, commercial.add_contract, account_id, "Frame", ends_on=dt.date(2027, 3, 31)
    )
    for fields, field in (
        ({"starts_on": dt.date(2028, 1, 1)}, "ends_on"),
        ({"notice_on": dt.date(2027, 4, 1)}, "notice_on"),
    ):
        with pytest.raises(UserError) as caught:
            write(portfolio, commercial.update_contract, made, **fields)
        assert caught.value.field == field
    write(portfolio, commercial.update_contract, made, notice_on=dt.date(2026, 12, 31))
    with portfolio.reading() as db:
        (row,) = queries.contracts(db, account_id)
    assert row.notice_on == dt.date(2026, 12, 31)
    write(portfolio, commercial.delete_contract, made)
    with portfolio.reading() as db:
        assert queries.contracts(db, account_id) == []


def test_revenue_is_paged_newest_first(portfolio: Portfolio, account_id: str) -> None:
    for month in range(1, 11):
        day = dt.date(2026, month, 1)
        write(portfolio, commercial.add_revenue, account_id, day, day, month * 100, "EUR")
    with portfolio.reading() as db:
        first = queries.revenue_page(db, account_id, limit=6)
        last = first[-1]
        rest = queries.revenue_page(
            db, account_id, before=(last.starts_on.isoformat(), last.id), limit=6
        )
    assert [row.starts_on.month for row in (*first, *rest)] == list(range(10, 0, -1))


def test_a_month_without_entries_is_not_a_month_without_income(
    portfolio: Portfolio, account_id: str
) -> None:
    for month in (8, 10):
        day = dt.date(2026, month, 1)
        write(portfolio, commercial.add_revenue, account_id, day, day, 100, "EUR")
    with portfolio.reading() as db:
        found = queries.revenue_months(db, account_id, TODAY, 4)
    assert [month.month for month in found.months] == [7, 8, 9, 10]
    assert found.amounts == {"EUR": (None, 100, None, 100)}


def test_a_period_cannot_end_before_it_starts(portfolio: Portfolio, account_id: str) -> None:
    with pytest.raises(UserError) as caught:
        write(
            portfolio,
            commercial.add_revenue,
            account_id,
            dt.date(2026, 2, 1),
            dt.date(2026, 1, 1),
            100,
            "EUR",
        )
    assert caught.value.field == "ends_on"
