"""Which IANA zone a calendar's time zone is.

Calendar programs name zones as they like: ``Pacific Standard Time``, ``Eastern``, ``Canberra,
Melbourne, Sydney``. Where the name says nothing, the zone whose clocks agree with the file's own
definition in winter and in summer is taken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from zoneinfo import ZoneInfo

from kam_desktop.services.zones import UTC_ZONE, zone_names

_COMMON = (
    "Europe/London", "Europe/Berlin", "Europe/Athens", "Europe/Moscow", "America/New_York",
    "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Sao_Paulo", "Asia/Dubai",
    "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "Australia/Brisbane",
    "Pacific/Auckland",
)  # fmt: skip
"""Tried before all others, so that clocks of Berlin are not called those of Arctic/Longyearbyen."""


def zone_of(start: dt.datetime, preferred: str) -> str:
    """The IANA name of the zone of an aware ``start``; ``preferred`` wins where clocks agree."""
    info = start.tzinfo
    if isinstance(info, ZoneInfo) and info.key in _known():
        return info.key
    if info is dt.UTC or str(info) == "UTC":
        return UTC_ZONE
    offsets = _offsets(info, start.year)
    for name in (preferred, *_COMMON, *zone_names()):
        if _offsets_of(name, start.year) == offsets:
            return name
    return UTC_ZONE


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(zone_names())


def _offsets(info: dt.tzinfo | None, year: int) -> tuple[dt.timedelta | None, ...]:
    return tuple(moment.utcoffset() for moment in _moments(info, year))


@lru_cache(maxsize=2048)
def _offsets_of(name: str, year: int) -> tuple[dt.timedelta | None, ...]:
    return _offsets(ZoneInfo(name), year)


def _moments(info: dt.tzinfo | None, year: int) -> Iterable[dt.datetime]:
    """The middle of each month: enough to tell when clocks change."""
    return (dt.datetime(year, month, 15, 12, tzinfo=info) for month in range(1, 13))
