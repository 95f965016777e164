"""When the meeting after a meeting is usually due."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services.analysis.next_meeting import usual_next


def local(text: str) -> dt.datetime:
    """A time of day on the wall, as appointments are kept."""
    return dt.datetime.fromisoformat(text)


HELD = local("2026-11-24T10:30")
NOW = local("2026-11-24T15:00")


@pytest.mark.parametrize(
    ("kind", "before", "expected"),
    [
        (MeetingType.BUSINESS_REVIEW, None, local("2027-02-23T10:30")),
        (MeetingType.EXECUTIVE, None, local("2027-05-25T10:30")),
        (MeetingType.NEGOTIATION, None, local("2026-12-22T10:30")),
        # Two weeks after the one before, so two weeks on.
        (
            MeetingType.BUSINESS_REVIEW,
            local("2026-11-10T09:00"),
            local("2026-12-08T10:30"),
        ),
        # The same day and years ago say nothing of the interval.
        (MeetingType.NEGOTIATION, local("2026-11-24T09:00"), local("2026-12-22T10:30")),
        (MeetingType.NEGOTIATION, local("2020-01-07T09:00"), local("2026-12-22T10:30")),
    ],
)
def test_the_interval_goes_on(
    kind: MeetingType, before: dt.datetime | None, expected: dt.datetime
) -> None:
    assert usual_next(kind, HELD, before, NOW) == expected


_times = st.datetimes(local("2015-01-01T00:00"), local("2040-01-01T00:00"))


@given(st.sampled_from(MeetingType), _times, st.none() | _times, _times)
def test_it_is_always_ahead_on_the_same_weekday_and_hour(
    kind: MeetingType, held: dt.datetime, before: dt.datetime | None, now: dt.datetime
) -> None:
    due = usual_next(kind, held, before, now)
    assert due > now
    assert due > held
    assert (due.weekday(), due.time()) == (held.weekday(), held.time())
