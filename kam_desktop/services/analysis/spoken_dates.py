"""Days as people write them in a hurry: tomorrow, friday, in 2 weeks, 12.12., 5 Jan, 2026-12-24."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from functools import lru_cache

_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_DAY_MONTH = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?(?!\d)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?(?![\d/])")
_IN = re.compile(r"\bin (\d{1,3}) (day|week|month)s?\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|\.)?\s+([^\W\d_]{3,12})\.?(?:\s+(\d{4}))?", re.I)
_WORD = re.compile(r"[^\W\d_]+")
_DAYS = {"day": 1, "week": 7, "month": 30}


def day_in(text: str, today: dt.date) -> dt.date | None:
    """The first day named in ``text``, seen from ``today``; None when none is.

    A day without a year is the next one to come; a weekday is the next one after today. Numbers
    with a slash are read as day/month.
    """
    for pattern, read in _READERS:
        match = pattern.search(text)
        if match and (day := read(match, today)) is not None:
            return day
    return _by_word(text, today)


def _iso(match: re.Match[str], _today: dt.date) -> dt.date | None:
    return _date(int(match[1]), int(match[2]), int(match[3]))


def _day_month(match: re.Match[str], today: dt.date) -> dt.date | None:
    return _coming(int(match[1]), int(match[2]), match[3], today)


def _named(match: re.Match[str], today: dt.date) -> dt.date | None:
    month = _months().get(match[2].casefold())
    return None if month is None else _coming(int(match[1]), month, match[3], today)


def _later(match: re.Match[str], today: dt.date) -> dt.date | None:
    return today + dt.timedelta(days=int(match[1]) * _DAYS[match[2].lower()])


_READERS = (
    (_ISO, _iso),
    (_DAY_MONTH, _day_month),
    (_SLASHED, _day_month),
    (_IN, _later),
    (_NAMED, _named),
)


def _by_word(text: str, today: dt.date) -> dt.date | None:
    for word in _WORD.findall(text.casefold()):
        if word == "today":
            return today
        if word == "tomorrow":
            return today + dt.timedelta(days=1)
        weekday = _weekdays().get(word)
        if weekday is not None:
            return today + dt.timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return None


def _coming(day: int, month: int, year: str | None, today: dt.date) -> dt.date | None:
    if year:
        number = int(year)
        return _date(number if number > 99 else 2000 + number, month, day)
    this_year = _date(today.year, month, day)
    if this_year is not None and this_year >= today:
        return this_year
    return _date(today.year + 1, month, day)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return _names("get_month_names", "wide", "abbreviated")


@lru_cache(maxsize=1)
def _weekdays() -> dict[str, int]:
    return _names("get_day_names", "wide")  # "sat" and "sun" are words as well


def _names(getter: str, *widths: str) -> dict[str, int]:
    """Names in English and in the user's own language."""
    from babel import Locale, UnknownLocaleError, dates

    found: dict[str, int] = {}
    locales: list[Locale] = [Locale("en")]
    with contextlib.suppress(ValueError, UnknownLocaleError):
        locales.append(Locale.default())
    for locale in locales:
        for width in widths:
            for number, name in getattr(dates, getter)(width, locale=locale).items():
                found.setdefault(name.casefold().rstrip("."), number)
    return found
