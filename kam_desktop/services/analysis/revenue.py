"""Revenue by month and its trend, one currency at a time; unlike currencies are never added."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kam_desktop.services.analysis.health_facts import RevenueFact

Month = tuple[int, int]
"""Year and month, 1 … 12."""


@dataclass(frozen=True, slots=True)
class Trend:
    """Twelve months against the twelve before, in one currency.

    Amounts are in minor units. ``change`` is (last − previous)/previous. ``entries`` counts the
    revenue entries behind it.
    """

    currency: str
    last_minor: float
    previous_minor: float
    change: float
    entries: int
    until: Month


def month_of(day: dt.date) -> Month:
    """The month a day lies in."""
    return day.year, day.month


def month_end(month: Month) -> dt.date:
    """The last day of a month."""
    return dt.date(month[0], month[1], calendar.monthrange(*month)[1])


def shift(month: Month, by: int) -> Month:
    """The month ``by`` months later (earlier when negative)."""
    years, index = divmod(month[0] * 12 + month[1] - 1 + by, 12)
    return years, index + 1


def last_complete_month(on: dt.date) -> Month:
    """The last month that has ended by the evening of day ``on``."""
    month = month_of(on)
    return month if on == month_end(month) else shift(month, -1)


def month_ends(on: dt.date, months: int) -> list[dt.date]:
    """The last days of the ``months`` complete months up to ``on``, oldest first."""
    last = last_complete_month(on)
    return [month_end(shift(last, -back)) for back in range(months - 1, -1, -1)]


def by_month(entries: Iterable[RevenueFact]) -> dict[str, dict[Month, float]]:
    """Minor units per currency and month; a period over several months is divided by days."""
    totals: dict[str, dict[Month, float]] = defaultdict(lambda: defaultdict(float))
    for entry in entries:
        months = totals[entry.currency]
        days = (entry.ends_on - entry.starts_on).days + 1
        month = month_of(entry.starts_on)
        if days <= 1 or month == month_of(entry.ends_on):
            months[month] += entry.amount_minor
            continue
        while month <= month_of(entry.ends_on):
            first = max(dt.date(*month, 1), entry.starts_on)
            last = min(month_end(month), entry.ends_on)
            months[month] += entry.amount_minor * ((last - first).days + 1) / days
            month = shift(month, 1)
    return {currency: dict(months) for currency, months in totals.items()}


def trends(entries: Sequence[RevenueFact], on: dt.date, lag_months: int) -> list[Trend]:
    """The trend per currency as of ``on``; currencies without an earlier year are left out.

    Books close late: when the last entry is at most ``lag_months`` months old the twelve months end
    with it, so that a missing delivery of figures is not mistaken for a loss. Our own default.
    """
    past = [entry for entry in entries if entry.starts_on <= on]
    if not past:
        return []
    counts = Counter(entry.currency for entry in past)
    until = last_complete_month(on)
    latest = month_of(max(entry.ends_on for entry in past))
    if shift(until, -lag_months) <= latest < until:
        until = latest
    found = []
    for currency, months in sorted(by_month(past).items()):
        last = sum(months.get(shift(until, -back), 0.0) for back in range(12))
        previous = sum(months.get(shift(until, -back), 0.0) for back in range(12, 24))
        if previous > 0:
            change = (last - previous) / previous
            found.append(Trend(currency, last, previous, change, counts[currency], until))
    return found
