"""Turns the cells of one column into days, instants, times of day and periods.

What ``03/04`` means is decided once per column, from the cells that leave no doubt.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from kam_desktop.services.exchange.headers import cell_text
from kam_desktop.services.exchange.tables import Cell
from kam_desktop.services.exchange.values import CellError, plain_text
from kam_desktop.services.i18n import _

_NUMERIC_DATE = re.compile(
    r"(\d{1,4})([./\-])(\d{1,2})\2(\d{1,4})\.?"
    r"(?:[ T,]+(\d{1,2})(?:[:.](\d{2}))?(?:[:.](\d{2})(?:\.\d+)?)?\s*([AaPp])?\.?[Mm]?\.?)?"
)
_ISO_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?)?"
    r"\s*(Z|UTC|GMT)?([+-]\d{2}:?\d{2})?"
)
_NAMED_DATE = re.compile(r"(\d{1,2})\.?[ \-/]+(?:de )?([^\W\d_]+)\.?[ \-/,]+(?:de )?(\d{2,4})")
_US_NAMED_DATE = re.compile(r"([^\W\d_]+)\.? (\d{1,2}),? (\d{4})")
_MONTH_ONLY = re.compile(r"(?:(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4}))")
_QUARTER = re.compile(r"(?:[QTqt]([1-4])[ \-/]?(\d{4})|(\d{4})[ \-/]?[QTqt]([1-4]))")
_YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class DateFormat:
    """How a column writes numeric dates. ``example`` is an ambiguous cell when it was a guess."""

    day_first: bool
    assumed: bool = False
    example: str = ""


def date_format(texts: Iterable[str], *, default_day_first: bool = True) -> DateFormat:
    """Whether the day or the month comes first, by the cells that leave no doubt."""
    day_first = month_first = 0
    example = ""
    for text in texts:
        found = _NUMERIC_DATE.match(text)
        if found is None or len(found[1]) == 4:
            continue
        first, second = int(found[1]), int(found[3])
        if first > 12 >= second or (found[2] == "." and second <= 12):
            day_first += 1
        elif second > 12 >= first:
            month_first += 1
        elif first != second and not example:
            example = text
    if day_first == month_first:
        return DateFormat(default_day_first, bool(example), example)
    return DateFormat(day_first > month_first)


def parse_date(cell: Cell, format_: DateFormat) -> dt.date | None:
    """The day in a cell, as written there (zones are not applied to days).

    Raises `CellError`.
    """
    moment = _moment(cell, format_)
    return None if moment is None else moment[0]


def parse_instant(
    cell: Cell, format_: DateFormat, zone: str, time: dt.time | None = None
) -> dt.datetime | None:
    """The instant in a cell, UTC; a time without a zone is local time of ``zone``.

    ``time`` is the time of day from a column of its own. Raises `CellError`.
    """
    moment = _moment(cell, format_)
    if moment is None:
        return None
    day, written, offset = moment
    naive = dt.datetime.combine(day, time or written or dt.time(12))
    if offset is None or written is None:
        return naive.replace(tzinfo=_zone(zone)).astimezone(dt.UTC)
    return naive.replace(tzinfo=dt.timezone(offset)).astimezone(dt.UTC)


def parse_time(cell: Cell) -> dt.time | None:
    """A time of day such as ``09:30`` or ``2:15 PM``; raises `CellError`."""
    text = plain_text(cell)
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?::\d{2})?\s*([AaPp])?\.?[Mm]?\.?", text)
    try:
        if found is not None:
            return dt.time(_hour(int(found[1]), found[3]), int(found[2]))
    except ValueError:
        pass
    raise CellError(_("“{text}” is not a time of day.").format(text=text[:40]))


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    return hour % 12 + (12 if half in "pP" else 0)


@lru_cache(maxsize=64)
def _zone(name: str) -> dt.tzinfo:
    return ZoneInfo(name)


Moment = tuple[dt.date, dt.time | None, dt.timedelta | None]


def _moment(cell: Cell, format_: DateFormat) -> Moment | None:
    """Day, time and offset from UTC of a cell, each None where it says nothing."""
    if isinstance(cell, dt.datetime):
        return cell.date(), cell.time(), cell.utcoffset()
    if isinstance(cell, dt.date):
        return cell, None, None
    text = plain_text(cell)
    return _written_moment(text, format_.day_first) if text else None


@lru_cache(maxsize=50_000)
def _written_moment(text: str, day_first: bool) -> Moment:
    try:
        found = _iso_moment(text) or _numeric_moment(text, day_first) or _named_moment(text)
    except (ValueError, OverflowError):
        found = None
    if found is None or not 1000 <= found[0].year <= 9000:
        raise CellError(_("“{text}” is not a date.").format(text=text[:40]))
    return found


def _iso_moment(text: str) -> Moment | None:
    found = _ISO_INSTANT.fullmatch(text)
    if found is None:
        return None
    day, clock, zulu, offset = found.groups()
    return (
        dt.date.fromisoformat(day),
        dt.time.fromisoformat(clock) if clock else None,
        _offset(offset) if offset else (dt.timedelta(0) if zulu else None),
    )


def _offset(text: str) -> dt.timedelta:
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    return sign * dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))


def _numeric_moment(text: str, day_first: bool) -> Moment | None:
    found = _NUMERIC_DATE.fullmatch(text)
    if found is None:
        return None
    first, sign, second, third, hour, minute, _second, half = found.groups()
    if len(first) == 4:
        year, month, day = int(first), int(second), int(third)
    else:
        year = _full_year(third)
        day, month = int(first), int(second)
        if not (day_first or sign == "."):
            day, month = month, day
    clock = None if hour is None else dt.time(_hour(int(hour), half), int(minute or 0))
    return dt.date(year, month, day), clock, None


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) <= 2:
        return year + (1900 if year >= 70 else 2000)
    return year


def _named_moment(text: str) -> Moment | None:
    found = _NAMED_DATE.fullmatch(text)
    day, name, year = found.groups() if found else ("", "", "")
    if not found:
        found = _US_NAMED_DATE.fullmatch(text)
        if found is None:
            return None
        name, day, year = found.groups()
    month = _months().get(name.casefold()[:4]) or _months().get(name.casefold()[:3])
    return None if month is None else (dt.date(_full_year(year), month, int(day)), None, None)


@cache
def _months() -> dict[str, int]:
    """Month names of English, German, Spanish and French by their first four and three letters."""
    from babel.dates import get_month_names

    months: dict[str, int] = {}
    for locale in ("en", "de", "es", "fr"):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=locale).items():
                months.setdefault(name.casefold()[:4], number)
                if name.casefold()[:3] != "jui":
                    months.setdefault(name.casefold()[:3], number)
    return months


def parse_period(cell: Cell, format_: DateFormat) -> tuple[dt.date, dt.date] | None:
    """First and last day of a date, month (``2024-03``), quarter (``Q1 2024``) or year.

    Raises `CellError`.
    """
    text = cell_text(cell)
    months = _month_span(text) if isinstance(cell, (str, int, float)) else None
    if months is None:
        day = parse_date(cell, format_)
        return None if day is None else (day, day)
    year, first, last = months
    if not 1 <= first <= last <= 12:
        raise CellError(_("“{text}” is not a period.").format(text=text[:40]))
    after = dt.date(year + last // 12, last % 12 + 1, 1)
    return dt.date(year, first, 1), after - dt.timedelta(days=1)


def _month_span(text: str) -> tuple[int, int, int] | None:
    """Year, first and last month of a written month, quarter or year."""
    if len(text) > 8:
        return None
    if _YEAR.fullmatch(text):
        return int(text), 1, 12
    month = _MONTH_ONLY.fullmatch(text)
    if month is not None:
        number = int(month[2] or month[3])
        return int(month[1] or month[4]), number, number
    quarter = _QUARTER.fullmatch(text)
    if quarter is None:
        return None
    last = int(quarter[1] or quarter[4]) * 3
    return int(quarter[2] or quarter[3]), last - 2, last
