"""When a birthday comes next."""

from __future__ import annotations

import datetime as dt

UNKNOWN_YEAR = 4
"""The year kept for a birthday whose year is unknown: the first leap year there is."""


def next_birthday(day: dt.date, today: dt.date) -> dt.date:
    """The next day, today included, on which a birthday is kept; 29 February falls on 1 March."""
    for year in (today.year, today.year + 1):
        try:
            date = dt.date(year, day.month, day.day)
        except ValueError:
            date = dt.date(year, 3, 1)
        if date >= today:
            return date
    raise AssertionError("a birthday comes every year")
