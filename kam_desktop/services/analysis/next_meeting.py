"""When the meeting after a meeting is usually due."""

from __future__ import annotations

import datetime as dt

from kam_desktop.models.vocabulary import MeetingType

_WEEK = dt.timedelta(weeks=1)
_WEEKS = {MeetingType.BUSINESS_REVIEW: 13, MeetingType.EXECUTIVE: 26}
_USUAL_WEEKS = 4
_MOST_WEEKS = 53


def usual_next(
    kind: MeetingType, held: dt.datetime, before: dt.datetime | None, now: dt.datetime
) -> dt.datetime:
    """A wall-clock time for the meeting after one ``held``, on the same weekday and hour.

    As long after it as it was after the one ``before``, in whole weeks up to a year; else a quarter
    later for a business review, half a year for executives, four weeks for others. Always after
    ``now``. All times are naive ones of one wall clock.
    """
    weeks = _WEEKS.get(kind, _USUAL_WEEKS)
    if before is not None:
        passed = round((held - before) / _WEEK)
        weeks = passed if 1 <= passed <= _MOST_WEEKS else weeks
    due = held + weeks * _WEEK
    while due <= now:
        due += _WEEK
    return due
