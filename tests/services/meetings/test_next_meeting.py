"""When the meeting after a meeting is usually due."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services.analysis.next_meeting import usual_next

HELD = dt.datetime(2026, 11, 24, 10, 30)
NOW = dt.datetime(2026, 11, 24, 15, 0)


@pytest.mark.parametrize(
    ("kind", "before", "expected"),
    [
        (MeetingType.BUSINESS_REVIEW, None, dt.datetime(2027, 2, 23, 10, 30)),
        (MeetingType.EXECUTIVE, None, dt.datetime(2027, 5, 25, 10, 30)),
        (MeetingType.NEGOTIATION, None, dt.datetime(2026, 12, 22, 10, 30)),
        # Two weeks after the one before, so two weeks on.
        (
            MeetingType.BUSINESS_REVIEW,
            dt.datetime(2026, 11, 10, 9),
            dt.datetime(2026, 12, 8, 10, 30),
        ),
        # The same day and years ago say nothing of the interval.
        (MeetingType.NEGOTIATION, dt.datetime(2026, 11, 24, 9), dt.datetime(2026, 12, 22, 10, 30)),
        (MeetingType.NEGOTIATION, dt.datetime(2020, 1, 7, 9), dt.datetime(2026, 12, 22, 10, 30)),
    ],
)
def test_the_interval_goes_on(
    kind: MeetingType, before: dt.datetime | None, expected: dt.datetime
) -> None:
    assert usual_next(kind, HELD, before, NOW) == expected


_times = st.datetimes(dt.datetime(2015, 1, 1), dt.datetime(2040, 1, 1))


@given(st.sampled_from(MeetingType), _times, st.none() | _times, _times)
def test_it_is_always_ahead_on_the_same_weekday_and_hour(
    kind: MeetingType, held: dt.datetime, before: dt.datetime | None, now: dt.datetime
) -> None:
    due = usual_next(kind, held, before, now)
    assert due > now
    assert due > held
    assert (due.weekday(), due.time()) == (held.weekday(), held.time())
