"""Local times of places: what the wall clock shows, and the instant it means.

A wall clock skips an hour when summer time begins and shows one hour twice when it ends; both cases
are told apart here and never guessed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _

UTC_ZONE = "UTC"


class WallTime(Enum):
    """How often a wall clock shows a time on its day."""

    NEVER = 0
    ONCE = 1
    TWICE = 2


@lru_cache(maxsize=256)
def zone_info(name: str) -> ZoneInfo:
    """The zone of an IANA name such as ``Europe/Rome``.

    Raises `UserError` (field ``zone``) for an unknown name.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        text = _(
            "“{zone}” is not a known time zone. Choose one from the list, such as Europe/Rome."
        )
        raise UserError(text.format(zone=name[:60]), field="zone") from None


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """All IANA zones of places, sorted (first use reads the zone database)."""
    places = {name for name in available_timezones() if "/" in name}
    return tuple(sorted(name for name in places if not name.startswith(("Etc/", "SystemV/"))))


def wall_time(local: dt.datetime, zone: str) -> WallTime:
    """How often the wall clock of ``zone`` shows the naive time ``local``."""
    info = zone_info(zone)
    first = local.replace(tzinfo=info, fold=0)
    second = local.replace(tzinfo=info, fold=1)
    if first.utcoffset() == second.utcoffset():
        return WallTime.ONCE
    back = first.astimezone(dt.UTC).astimezone(info).replace(tzinfo=None, fold=0)
    return WallTime.TWICE if back == local.replace(fold=0) else WallTime.NEVER


def instant_of(local: dt.datetime, zone: str, *, fold: int | None = None) -> dt.datetime:
    """The UTC instant of the naive wall-clock time ``local`` in ``zone``.

    ``fold`` chooses the first (0) or second (1) of two equal times when clocks go back.
    Raises `UserError`: field ``time`` when the time does not exist, ``fold`` when it exists twice
    and none was chosen, ``zone`` for an unknown zone.
    """
    if local.tzinfo is not None:
        raise ValueError("a wall-clock time carries no zone of its own")
    kind = wall_time(local, zone)
    if kind is WallTime.NEVER:
        raise UserError(
            _(
                "On this day clocks in {zone} go forward and never show {time}. "
                "Choose an earlier or a later time."
            ).format(zone=zone, time=f"{local:%H:%M}"),
            field="time",
        )
    if kind is WallTime.TWICE and fold is None:
        raise UserError(
            _(
                "On this day clocks in {zone} go back and show {time} twice. "
                "Choose before or after the change."
            ).format(zone=zone, time=f"{local:%H:%M}"),
            field="fold",
        )
    aware = local.replace(tzinfo=zone_info(zone), fold=fold or 0)
    try:
        return aware.astimezone(dt.UTC)
    except OverflowError:
        raise UserError(_("This date is out of range."), field="date") from None


def local_of(instant: dt.datetime, zone: str) -> dt.datetime:
    """The naive wall-clock time of an aware ``instant`` in ``zone``, with its fold."""
    return instant.astimezone(zone_info(zone)).replace(tzinfo=None)


def days_left(instant: dt.datetime, zone: str, now: dt.datetime) -> int:
    """Calendar days from ``now`` to ``instant`` on the wall calendar of ``zone``; 0 is today.

    Negative once the day is over.
    """
    return (local_of(instant, zone).date() - local_of(now, zone).date()).days


def apart(instant: dt.datetime, zone: str, other: str) -> dt.timedelta:
    """By how much the clock of ``zone`` is ahead of that of ``other`` at an instant."""
    return _offset(instant, zone) - _offset(instant, other)


def usually_apart(instant: dt.datetime, zone: str, other: str) -> dt.timedelta | None:
    """How far apart two clocks are both in winter and in summer, when it is otherwise now.

    In the weeks in which only one of two places has changed its clocks, they are not as far apart
    as everybody is used to. None when they are, or when winter and summer differ anyway.
    """
    year = instant.astimezone(dt.UTC).year
    winter, summer = (
        apart(dt.datetime(year, month, 15, tzinfo=dt.UTC), zone, other) for month in (1, 7)
    )
    return winter if winter == summer != apart(instant, zone, other) else None


def _offset(instant: dt.datetime, zone: str) -> dt.timedelta:
    return instant.astimezone(zone_info(zone)).utcoffset() or dt.timedelta(0)


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A wall-clock time at a place. ``local`` is naive; ``fold`` as in `instant_of`."""

    local: dt.datetime
    zone: str
    fold: int | None = None

    @classmethod
    def of_instant(cls, instant: dt.datetime, zone: str) -> LocalTime:
        """The wall-clock time of an instant; `instant` gives the same instant back."""
        local = local_of(instant, zone)
        return cls(local, zone, local.fold)

    def instant(self) -> dt.datetime:
        """The UTC instant; raises `UserError` as `instant_of`."""
        return instant_of(self.local, self.zone, fold=self.fold)
