"""Money, numbers and dates as people write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from kam_desktop.services import formatting as f

TODAY = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    f.set_region("en_GB")
    yield
    f.set_region("en")


def test_amounts_keep_their_currency_and_its_digits() -> None:
    assert f.money(123450, "EUR") == "€1,234.50"
    assert f.money(1234, "JPY") == "JP¥1,234"
    assert f.plain_amount(123450, "EUR") == "1,234.50"
    assert f.money_short(124_000_000, "EUR") == "€1.2M"


def test_unlike_currencies_stand_side_by_side() -> None:
    assert f.money_list({"JPY": 500, "EUR": 10000}) == "€100 + JP¥500"


@pytest.mark.parametrize(
    ("region", "text", "minor"),
    [
        ("en_GB", "1,234.50", 123450),
        ("de_DE", "1.234,50", 123450),
        ("en_GB", " 7 ", 700),
        ("en_GB", "-3.2", -320),
    ],
)
def test_typed_amounts_are_read_as_the_region_has_them(region: str, text: str, minor: int) -> None:
    f.set_region(region)
    assert f.parse_money(text, "EUR") == minor


@pytest.mark.parametrize("text", ["", "much", "1.234", "9" * 30])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        f.parse_money(text, "EUR")


@pytest.mark.parametrize(
    ("ahead", "text"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (3, "in 3 days"),
        (-15, "2 weeks ago"),
        (90, "in 3 months"),
        (-700, "20 Dec 2024"),
    ],
)
def test_dates_near_today_are_relative(ahead: int, text: str) -> None:
    assert f.relative_date(TODAY + dt.timedelta(days=ahead), TODAY) == text


def test_signs_are_written() -> None:
    assert f.points(4.4) == "+4"
    assert f.points(-9) == "−9"
    assert f.percent(0.12, signed=True) == "+12%"
    assert f.percent(-0.12, signed=True) == "−12%"


def test_an_unknown_region_is_english() -> None:
    f.set_region("xx_YY")
    assert f.number(1234.5, 1) == "1,234.5"


def test_names_of_other_directions_are_isolated_within_a_line() -> None:
    arabic = "شركة الواحة"
    assert f.isolate("Aurora Foods") == "Aurora Foods"
    assert f.isolate(arabic) == f"\u2068{arabic}\u2069"
    assert f.isolate(f.isolate(arabic)) == f"\u2068{arabic}\u2069"
    assert f.joined((arabic, "", "13:00")) == f"\u2068{arabic}\u2069 · 13:00"
