"""Where meetings stand and where moved ones land, also in the weeks in which clocks change.

In 2026 clocks in Rome go forward on 29 March and back on 25 October, in New York forward on
8 March and back on 1 November (IANA time zone database).
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.services.analysis.calendar_layout import (
    DAY,
    clock_change,
    existing,
    moved_days,
    moved_to,
    pieces,
    side_by_side,
    skipped,
    snapped,
    week_start,
)
from kam_desktop.services.zones import LocalTime, local_of
from tests.services.meetings.world import wall

ROME, NEW_YORK = "Europe/Rome", "America/New_York"


def at(text: str, zone: str = ROME, fold: int = 0) -> dt.datetime:
    return LocalTime(dt.datetime.fromisoformat(text), zone, fold).instant()


def test_weeks_begin_as_the_region_has_it() -> None:
    wednesday = dt.date(2026, 11, 18)
    assert week_start(wednesday, 1) == dt.date(2026, 11, 16)
    assert week_start(wednesday, 7) == dt.date(2026, 11, 15)
    assert week_start(dt.date(2026, 11, 15), 7) == dt.date(2026, 11, 15)


def test_a_meeting_stands_on_one_day_or_on_several() -> None:
    (one,) = pieces(at("2026-11-18 10:00"), 90, ROME)
    assert (one.top, one.bottom, one.first, one.last) == (600, 690, True, True)
    night = pieces(at("2026-11-18 22:00"), 240, ROME)
    assert [(p.day.day, p.top, p.bottom, p.first, p.last) for p in night] == [
        (18, 1320, DAY, True, False),
        (19, 0, 120, False, True),
    ]
    (evening,) = pieces(at("2026-11-18 22:00"), 120, ROME)
    assert evening.bottom == DAY
    assert [p.day.day for p in pieces(at("2026-11-18 00:00"), 3 * DAY, ROME)] == [18, 19, 20]


def test_in_the_hour_shown_twice_a_meeting_is_as_high_as_it_is_long() -> None:
    (piece,) = pieces(at("2026-10-25 02:45", fold=0), 30, ROME)
    assert (piece.top, piece.bottom) == (165, 195)


def test_in_the_night_clocks_go_forward_a_meeting_ends_when_the_clock_says() -> None:
    (piece,) = pieces(at("2026-03-29 01:30"), 60, ROME)
    assert (piece.top, piece.bottom) == (90, 210)


@given(
    st.datetimes(wall("2020-01-01 00:00"), wall("2030-01-01 00:00"), timezones=st.just(dt.UTC)),
    st.integers(1, 20_000),
    st.sampled_from([ROME, NEW_YORK, "Asia/Kathmandu", "Africa/Casablanca", "America/Havana"]),
)
def test_pieces_are_whole(begins: dt.datetime, minutes: int, zone: str) -> None:
    found = pieces(begins, minutes, zone)
    assert all(0 <= piece.top < piece.bottom <= DAY for piece in found)
    assert [piece.first for piece in found] == [True] + [False] * (len(found) - 1)
    assert found[-1].last or found[-1].bottom == DAY
    assert found[0].day == local_of(begins, zone).date()
    days = [piece.day for piece in found]
    assert days == [days[0] + dt.timedelta(days=n) for n in range(len(days))]


@given(
    st.lists(st.tuples(st.integers(0, 1400), st.integers(15, 300)).map(lambda t: (t[0], sum(t))))
)
def test_nothing_covers_anything(spans: list[tuple[int, int]]) -> None:
    places = side_by_side(spans)
    assert len(places) == len(spans)
    for n, (top, bottom) in enumerate(spans):
        assert 0 <= places[n].column < places[n].columns
        for m, (other_top, other_bottom) in enumerate(spans[:n]):
            if top < other_bottom and other_top < bottom:
                assert places[n].columns == places[m].columns
                assert places[n].column != places[m].column


def test_those_that_do_not_meet_take_the_whole_width() -> None:
    places = side_by_side([(600, 660), (660, 720), (700, 760)])
    assert [(p.column, p.columns) for p in places] == [(0, 1), (0, 2), (1, 2)]


@pytest.mark.parametrize(
    ("begins", "zone", "days", "lands"),
    [
        ("2026-03-28 10:00", ROME, 1, "2026-03-29T08:00"),
        ("2026-10-24 10:00", ROME, 1, "2026-10-25T09:00"),
        ("2026-10-26 10:00", ROME, -1, "2026-10-25T09:00"),
        ("2026-03-07 10:00", NEW_YORK, 1, "2026-03-08T14:00"),
        ("2026-10-31 10:00", NEW_YORK, 1, "2026-11-01T15:00"),
        # Half past two does not exist on 29 March: an hour later.
        ("2026-03-28 02:30", ROME, 1, "2026-03-29T01:30"),
    ],
)
def test_moved_by_days_it_is_at_the_same_time_of_its_place(
    begins: str, zone: str, days: int, lands: str
) -> None:
    moved = moved_days(at(begins, zone), zone, days)
    assert f"{moved.instant():%Y-%m-%dT%H:%M}" == lands
    assert moved.zone == zone


def test_dropped_on_a_time_here_it_is_then_here() -> None:
    """Between 8 and 29 March New York is five hours behind Rome, else six."""
    talk = at("2026-03-04 10:00", NEW_YORK)
    assert local_of(talk, ROME).hour == 16
    moved = moved_to(talk, NEW_YORK, ROME, wall("2026-03-11 16:00"))
    assert (moved.local, moved.zone) == (wall("2026-03-11 11:00"), NEW_YORK)
    late = moved_to(talk, NEW_YORK, ROME, wall("2026-10-28 16:00"))
    assert late.local == wall("2026-10-28 11:00")
    after = moved_to(talk, NEW_YORK, ROME, wall("2026-11-04 16:00"))
    assert after.local == wall("2026-11-04 10:00")


@given(
    st.datetimes(wall("2026-01-01 00:00"), wall("2027-01-01 00:00")).map(
        lambda d: d.replace(second=0, microsecond=0)
    ),
    st.sampled_from([ROME, NEW_YORK, "Australia/Lord_Howe"]),
    st.integers(0, 1),
)
def test_an_existing_time_always_exists(local: dt.datetime, zone: str, fold: int) -> None:
    found = existing(local, zone, fold=fold)
    back = local_of(found.instant(), zone)
    assert back.replace(fold=0) == found.local.replace(fold=0)
    assert dt.timedelta(0) <= back.replace(fold=0) - local <= dt.timedelta(hours=1)


def test_days_of_change_are_known() -> None:
    forward, back = dt.date(2026, 3, 29), dt.date(2026, 10, 25)
    assert [clock_change(day, ROME) for day in (forward, back, dt.date(2026, 5, 1))] == [60, -60, 0]
    assert skipped(forward, ROME) == (120, 180)
    assert skipped(back, ROME) is None
    assert clock_change(dt.date(2026, 4, 5), "Australia/Lord_Howe") == -30


def test_moves_go_by_quarters_of_an_hour() -> None:
    assert [snapped(minute) for minute in (-50, 7, 8, 601, 1439)] == [0, 0, 15, 600, DAY - 15]
