"""Numbers, money and dates are understood by the evidence of their column."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from kam_desktop.services.exchange import dates, money, numbers, values
from kam_desktop.services.exchange.dates import DateFormat
from kam_desktop.services.exchange.numbers import NumberFormat
from kam_desktop.services.exchange.values import CellError

DAY_FIRST = DateFormat(day_first=True)
MONTH_FIRST = DateFormat(day_first=False)


@pytest.mark.parametrize(
    ("column", "decimal", "assumed"),
    [
        (["440,00", "1.234"], ",", False),
        (["1.234,56"], ",", False),
        (["1,234", "1,234.5"], ".", False),
        (["1.234.567"], ",", False),
        (["1,234"], ".", True),
        (["12", "15"], ".", False),
    ],
)
def test_decimal_sign_of_a_column(column: list[str], decimal: str, assumed: bool) -> None:
    assert numbers.number_format(column) == NumberFormat(decimal, assumed)


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("1.234,56", ",", "1234.56"),
        ("1,234.56", ".", "1234.56"),
        ("€ 1 234,50", ",", "1234.50"),
        ("CHF 1'234.50", ".", "1234.50"),
        ("(12.5)", ".", "-12.5"),
        ("-7", ".", "-7"),
        ("7-", ".", "-7"),
        ("6.0E7", ".", "6.0E7"),
        ("12,34,567.5", ".", "1234567.5"),
    ],
)
def test_numbers_as_people_write_them(text: str, decimal: str, expected: str) -> None:
    assert numbers.parse_number(text, NumberFormat(decimal)) == Decimal(expected)


@pytest.mark.parametrize(
    "text", ["abc", "1.2.3", "12 pieces of cake", "1,23,4.5", "--", "1.234,5.6"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        numbers.parse_number(text, NumberFormat("."))


def test_money_has_the_digits_of_its_currency() -> None:
    assert money.to_minor(Decimal("1.005"), "EUR") == 101
    assert money.to_minor(Decimal("1234.5"), "JPY") == 1235
    assert money.to_minor(Decimal("1.2345"), "KWD") == 1235
    with pytest.raises(CellError):
        money.to_minor(Decimal(10) ** 20, "EUR")


@pytest.mark.parametrize(
    ("text", "format_", "expected"),
    [
        ("31.12.1997", DAY_FIRST, dt.date(1997, 12, 31)),
        ("01.02.2026", MONTH_FIRST, dt.date(2026, 2, 1)),
        ("02/01/2026", DAY_FIRST, dt.date(2026, 1, 2)),
        ("02/01/2026", MONTH_FIRST, dt.date(2026, 2, 1)),
        ("1997-12-31 00:00:00.000", DAY_FIRST, dt.date(1997, 12, 31)),
        ("2010-10-14T12:00:00.000Z", DAY_FIRST, dt.date(2010, 10, 14)),
        ("3/4/26 5:06 PM", MONTH_FIRST, dt.date(2026, 3, 4)),
        ("5. März 2026", DAY_FIRST, dt.date(2026, 3, 5)),
        ("3 de marzo de 2026", DAY_FIRST, dt.date(2026, 3, 3)),
        ("14 juillet 2026", DAY_FIRST, dt.date(2026, 7, 14)),
        ("Jul 4, 2026", DAY_FIRST, dt.date(2026, 7, 4)),
        (dt.datetime(2026, 1, 2, 23, tzinfo=dt.UTC), DAY_FIRST, dt.date(2026, 1, 2)),
        ("NULL", DAY_FIRST, None),
    ],
)
def test_dates(text: str, format_: DateFormat, expected: dt.date | None) -> None:
    assert dates.parse_date(text, format_) == expected


@pytest.mark.parametrize("text", ["31.02.2026", "13/13/2026", "soon", "45000", "0000-00-00"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        dates.parse_date(text, DAY_FIRST)


def test_order_of_day_and_month_comes_from_the_column() -> None:
    assert dates.date_format(["02/01/2026", "12/31/2026"]).day_first is False
    assert dates.date_format(["02/01/2026", "31/12/2026"]).day_first is True
    assert dates.date_format(["02/01/2026"]) == DateFormat(True, True, "02/01/2026")


def test_instants_keep_their_offset_or_get_the_zone() -> None:
    at = dates.parse_instant("2010-10-14T12:00:00.000Z-0300", DAY_FIRST, "UTC")
    assert at == dt.datetime(2010, 10, 14, 15, tzinfo=dt.UTC)
    at = dates.parse_instant("14.10.2010", DAY_FIRST, "Europe/Rome", dt.time(9, 30))
    assert at == dt.datetime(2010, 10, 14, 7, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("12/2026", "2026-12-01", "2026-12-31"),
        ("Q3 2026", "2026-07-01", "2026-09-30"),
        ("05.06.2026", "2026-06-05", "2026-06-05"),
    ],
)
def test_periods(text: str, first: str, last: str) -> None:
    period = dates.parse_period(text, DAY_FIRST)
    assert period == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_cells_stay_text() -> None:
    assert values.plain_text("<b>Aurora</b>") == "<b>Aurora</b>"
    assert values.plain_text("=HYPERLINK(1)") == "=HYPERLINK(1)"
    assert values.plain_text('="00123"') == "00123"
    assert values.plain_text("\u3000 Aurora\u00a0") == "Aurora"
    assert values.plain_text(40.0) == "40"
    assert values.plain_text("NULL") == ""
    assert values.plain_text("Null") == "Null"
    assert values.parse_email("\u3000<mailto:a@b.example>\u3000") == "a@b.example"
