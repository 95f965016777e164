"""Where meetings stand in a calendar: on which days, side by side, and where a moved one lands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from kam_desktop.services.zones import LocalTime, WallTime, local_of, wall_time

DAY = 24 * 60
STEP = 15
"""Meetings are moved by steps of so many minutes."""

SHORTEST = 30
"""As high as a meeting of so many minutes is drawn at least, so that it can be read and hit."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a meeting on one day, in minutes of that day's wall clock.

    ``top`` < ``bottom`` ≤ 1440. ``first`` and ``last``: whether the meeting begins and ends here.
    """

    day: dt.date
    top: int
    bottom: int
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Which of how many columns something has that overlaps with others."""

    column: int
    columns: int


def week_start(day: dt.date, first_weekday: int) -> dt.date:
    """The first day of the week of ``day``; ``first_weekday`` is 1 (Monday) … 7 (Sunday)."""
    return day - dt.timedelta(days=(day.isoweekday() - first_weekday) % 7)


def pieces(starts_at: dt.datetime, minutes: int, zone: str) -> list[Piece]:
    """The days a meeting stands on in ``zone``, and from when to when.

    A meeting that ends at midnight is not on the next day. In the hour that clocks show twice, the
    end may read earlier than the beginning; then it is as high as it is long.
    """
    begin = local_of(starts_at, zone)
    end = local_of(starts_at + dt.timedelta(minutes=minutes), zone)
    if end.date() == begin.date() or end <= begin:
        top = begin.hour * 60 + begin.minute
        bottom = end.hour * 60 + end.minute if end > begin else top + minutes
        return [Piece(begin.date(), top, min(DAY, max(bottom, top + 1)), True, True)]
    found = []
    day = begin.date()
    while day <= end.date():
        top = begin.hour * 60 + begin.minute if day == begin.date() else 0
        bottom = end.hour * 60 + end.minute if day == end.date() else DAY
        if bottom > top:
            found.append(Piece(day, top, bottom, day == begin.date(), day == end.date()))
        day += dt.timedelta(days=1)
    return found


def side_by_side(spans: Sequence[tuple[int, int]]) -> list[Place]:
    """A column for each (top, bottom), so that none covers another.

    Those that touch through others form a group of equally wide columns. Takes any order; the
    answer is in the order of ``spans``.
    """
    places: list[Place] = [Place(0, 1)] * len(spans)
    order = sorted(range(len(spans)), key=lambda at: (spans[at][0], -spans[at][1], at))
    group: list[tuple[int, int]] = []
    ends: list[int] = []
    for at in order:
        top, bottom = spans[at]
        if ends and top >= max(ends):
            _settle(places, group, len(ends))
            group, ends = [], []
        free = next((column for column, end in enumerate(ends) if end <= top), len(ends))
        if free == len(ends):
            ends.append(bottom)
        else:
            ends[free] = bottom
        group.append((at, free))
    _settle(places, group, len(ends))
    return places


def _settle(places: list[Place], group: list[tuple[int, int]], columns: int) -> None:
    for at, column in group:
        places[at] = Place(column, columns)


def existing(local: dt.datetime, zone: str, *, fold: int = 0) -> LocalTime:
    """``local`` in ``zone``; a time that clocks skip is as much later as they go forward.

    Of a time shown twice it is the first, or the second with ``fold`` 1.
    """
    kind = wall_time(local, zone)
    if kind is WallTime.ONCE:
        return LocalTime(local.replace(fold=0), zone)
    if kind is WallTime.TWICE:
        return LocalTime(local.replace(fold=0), zone, fold)
    # What the zone's rule before the change makes of it, read on the clock after it.
    from kam_desktop.services.zones import zone_info

    instant = local.replace(tzinfo=zone_info(zone), fold=0).astimezone(dt.UTC)
    return LocalTime.of_instant(instant, zone)


def moved_days(starts_at: dt.datetime, zone: str, days: int) -> LocalTime:
    """The same time on the wall of the meeting's place, so many days later."""
    local = local_of(starts_at, zone)
    return existing(local.replace(fold=0) + dt.timedelta(days=days), zone, fold=local.fold)


def moved_to(starts_at: dt.datetime, zone: str, here: str, target: dt.datetime) -> LocalTime:
    """The time at the meeting's place when clocks ``here`` show the naive ``target``."""
    fold = local_of(starts_at, here).fold
    return LocalTime.of_instant(existing(target, here, fold=fold).instant(), zone)


def snapped(minute: float) -> int:
    """The nearest step of the day."""
    return max(0, min(DAY - STEP, round(minute / STEP) * STEP))


def clock_change(day: dt.date, zone: str) -> int:
    """By how many minutes clocks go forward (back: negative) in the course of a day."""
    begin = existing(dt.datetime.combine(day, dt.time()), zone).instant()
    end = existing(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()), zone).instant()
    return DAY - round((end - begin).total_seconds() / 60)


def skipped(day: dt.date, zone: str) -> tuple[int, int] | None:
    """The minutes of the wall clock that do not exist on a day; None on other days."""
    if clock_change(day, zone) <= 0:
        return None
    midnight = dt.datetime.combine(day, dt.time())
    gone = [
        minute
        for minute in range(0, DAY, STEP)
        if wall_time(midnight + dt.timedelta(minutes=minute), zone) is WallTime.NEVER
    ]
    return (gone[0], gone[-1] + STEP) if gone else None
