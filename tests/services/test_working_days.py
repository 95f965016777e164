"""Working days of a country, and dates counted backwards in months."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.services.analysis.working_days import (
    add_working_days,
    country_code,
    monday_to_friday,
    months_before,
    working_days_of,
)

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))


@pytest.mark.parametrize(
    ("country", "code"),
    [("Italy", "IT"), ("ITALIA", "IT"), ("de", "DE"), ("Deutschland", "DE"), ("日本", "JP"),
     ("UK", "GB"), (" Österreich ", "AT"), ("Narnia", None), ("", None)],
)  # fmt: skip
def test_countries_are_known_as_people_write_them(country: str, code: str | None) -> None:
    assert country_code(country) == code


def test_public_holidays_and_weekends_are_the_countrys_own() -> None:
    christmas_eve = dt.date(2026, 12, 24)
    # 25 and 26 December are holidays in Italy, 27 December 2026 is a Sunday.
    assert add_working_days(christmas_eve, 1, working_days_of("Italy")) == dt.date(2026, 12, 28)
    # In Saudi Arabia Friday and Saturday are the weekend.
    works = working_days_of("Saudi Arabia")
    assert add_working_days(dt.date(2026, 11, 19), 1, works) == dt.date(2026, 11, 22)


def test_an_unknown_country_works_from_monday_to_friday() -> None:
    friday = dt.date(2026, 11, 20)
    assert add_working_days(friday, 1, working_days_of("")) == dt.date(2026, 11, 23)
    assert add_working_days(dt.date(2026, 11, 21), 0, monday_to_friday) == dt.date(2026, 11, 23)


@given(start=DAYS, count=st.integers(0, 60))
def test_working_days_lie_on_working_days_and_count_up(start: dt.date, count: int) -> None:
    day = add_working_days(start, count, monday_to_friday)
    assert monday_to_friday(day)
    between = [start + dt.timedelta(days=at) for at in range((day - start).days)]
    assert sum(map(monday_to_friday, between)) == count


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2026, 11, 30), 9, dt.date(2026, 2, 28)),
        (dt.date(2026, 3, 31), 0.5, dt.date(2026, 3, 16)),
        (dt.date(2026, 1, 15), 1, dt.date(2025, 12, 15)),
        (dt.date(2026, 1, 31), -1, dt.date(2026, 2, 28)),
    ],
)
def test_months_before(day: dt.date, months: float, expected: dt.date) -> None:
    assert months_before(day, months) == expected


@given(day=DAYS, first=st.integers(0, 40), second=st.integers(0, 40))
def test_more_months_before_is_earlier(day: dt.date, first: int, second: int) -> None:
    if first < second:
        assert months_before(day, first) > months_before(day, second)
