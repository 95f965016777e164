"""The occurrences of a repeated event, in the wall-clock time of its zone.

A weekly meeting at nine stays at nine when clocks change; so rules are worked out on naive local
times, and each occurrence becomes an instant afterwards.
"""

from __future__ import annotations

import datetime as dt
import itertools
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kam_desktop.services.i18n import _

MAX_OCCURRENCES = 500
_OLDEST = 1970
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})


class UnusableRuleError(ValueError):
    """A rule this program does not follow; the text says why."""


def occurrences(
    start: dt.datetime, rules: Iterable[Any], since: dt.datetime, until: dt.datetime
) -> list[dt.datetime]:
    """The starts that ``rules`` (icalendar's ``vRecur``) give between two instants, all aware.

    Raises `UnusableRuleError` for what repeats more often than daily, begins before 1970, makes no
    sense, or gives more than `MAX_OCCURRENCES`.
    """
    found: set[dt.datetime] = set()
    for rule in rules:
        for moment in _of_rule(start, rule, until):
            if moment >= since:
                found.add(moment)
            if len(found) > MAX_OCCURRENCES:
                raise UnusableRuleError(_("it repeats too often to be a meeting"))
    return sorted(found)


def _of_rule(start: dt.datetime, rule: Any, until: dt.datetime) -> Iterator[dt.datetime]:
    from dateutil.rrule import rrulestr

    parts = {str(key).upper(): _listed(value) for key, value in rule.items()}
    _check(start, parts)
    count = int(_first(parts.pop("COUNT", [sys.maxsize])))
    ends = [_wall(end, start) for end in (until, *parts.pop("UNTIL", []))]
    text = ";".join(f"{key}={','.join(map(_text, values))}" for key, values in parts.items())
    # The end is always part of the rule: dateutil looks for days that never come until year 9999.
    text = f"{text};UNTIL={min(ends):%Y%m%dT%H%M%S}"
    try:
        for moment in itertools.islice(rrulestr(text, dtstart=start.replace(tzinfo=None)), count):
            yield moment.replace(tzinfo=start.tzinfo)
    except (ValueError, KeyError, TypeError, OverflowError):
        raise UnusableRuleError(_("its rule for repeating makes no sense")) from None


def _check(start: dt.datetime, parts: Mapping[str, list[Any]]) -> None:
    if str(_first(parts.get("FREQ", [""]))).upper() not in _FREQUENCIES:
        raise UnusableRuleError(_("it repeats more often than daily"))
    if start.year < _OLDEST:
        raise UnusableRuleError(_("it repeats since before 1970"))
    if int(_first(parts.get("INTERVAL", [1]))) < 1:
        raise UnusableRuleError(_("its rule for repeating makes no sense"))


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _first(values: list[Any]) -> Any:
    return values[0] if values else ""


def _text(value: Any) -> str:
    to_ical = getattr(value, "to_ical", None)
    made = to_ical() if callable(to_ical) else value
    return made.decode() if isinstance(made, bytes) else str(made)


def _wall(end: dt.date | dt.datetime, start: dt.datetime) -> dt.datetime:
    """The end of a rule on the wall clock of the event; a day means all of it."""
    if not isinstance(end, dt.datetime):
        return dt.datetime.combine(end, dt.time(23, 59, 59))
    return end if end.tzinfo is None else end.astimezone(start.tzinfo).replace(tzinfo=None)
