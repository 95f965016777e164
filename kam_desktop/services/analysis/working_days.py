"""Days on which people of a country work, and dates counted in them or in months."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from functools import lru_cache

Works = Callable[[dt.date], bool]

_LONGEST_BREAK = 60


def working_days_of(country: str) -> Works:
    """Whether a day is a working day in a country, by its name (in any common language) or code.

    Weekends and public holidays are the country's own; where it is unknown, Monday to Friday work.
    """
    code = country_code(country)
    if code is None:
        return monday_to_friday
    import holidays

    days = holidays.country_holidays(code)
    weekend = frozenset(days.weekend)
    return lambda day: day.weekday() not in weekend and day not in days


def monday_to_friday(day: dt.date) -> bool:
    """Whether a day is none of Saturday and Sunday."""
    return day.weekday() < 5


def holiday_name(country: str, day: dt.date) -> str:
    """What public holiday a day is in a country, in its own words or English; '' for none."""
    code = country_code(country)
    if code is None:
        return ""
    import holidays

    return str(holidays.country_holidays(code).get(day) or "")


def add_working_days(start: dt.date, count: int, works: Works) -> dt.date:
    """The day ``count`` working days after ``start``; 0 gives ``start`` or the next working day."""
    day = _next_working(start, works)
    for _step in range(count):
        day = _next_working(day + dt.timedelta(days=1), works)
    return day


def _next_working(day: dt.date, works: Works) -> dt.date:
    for after in range(_LONGEST_BREAK):
        if works(day + dt.timedelta(days=after)):
            return day + dt.timedelta(days=after)
    return day


def months_before(day: dt.date, months: float) -> dt.date:
    """The same day some months earlier, or the last of a shorter month; half a month is 15 days."""
    whole = int(months)
    at = day.year * 12 + day.month - 1 - whole
    year, month = divmod(at, 12)
    last = calendar.monthrange(year, month + 1)[1]
    found = dt.date(year, month + 1, min(day.day, last))
    return found - dt.timedelta(days=round((months - whole) * 30))


def country_code(country: str) -> str | None:
    """The ISO code of a country as people write it, None when it is unknown."""
    wanted = country.strip().casefold()
    if not wanted:
        return None
    return _codes().get(wanted)


_LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "da", "sv", "nb", "fi", "el", "ru", "tr",
    "ja", "zh", "ko", "ar", "he",
)  # fmt: skip
_ALSO = {"usa": "US", "uk": "GB", "great britain": "GB", "england": "GB", "holland": "NL"}


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    import holidays
    from babel import Locale

    supported = holidays.list_supported_countries()
    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in supported:
                found.setdefault(name.casefold(), code)
    found.update((code.casefold(), code) for code in supported)
    found.update(_ALSO)
    return found
