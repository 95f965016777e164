from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.services.errors import UserError
from kam_desktop.services.zones import (
    LocalTime,
    WallTime,
    days_left,
    instant_of,
    local_of,
    wall_time,
    zone_info,
    zone_names,
)
from tests.services.meetings.world import wall

ZONES = st.sampled_from(
    [
        "Europe/Rome",
        "Europe/London",
        "America/New_York",
        "America/St_Johns",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Asia/Kathmandu",
        "Asia/Tokyo",
        "Africa/Casablanca",
        "UTC",
    ]
)
LOCALS = st.datetimes(wall("1990-01-01 00:00"), wall("2080-01-01 00:00"))
INSTANTS = st.datetimes(
    wall("1990-01-01 00:00"), wall("2080-01-01 00:00"), timezones=st.just(dt.UTC)
)


@given(INSTANTS, ZONES)
def test_an_instant_survives_the_way_to_the_wall_clock_and_back(
    instant: dt.datetime, zone: str
) -> None:
    assert LocalTime.of_instant(instant, zone).instant() == instant


@given(LOCALS, ZONES, st.sampled_from([0, 1]))
def test_a_wall_clock_time_survives_unless_no_clock_shows_it(
    local: dt.datetime, zone: str, fold: int
) -> None:
    kind = wall_time(local, zone)
    if kind is WallTime.NEVER:
        with pytest.raises(UserError) as caught:
            instant_of(local, zone, fold=fold)
        assert caught.value.field == "time"
        return
    instant = instant_of(local, zone, fold=fold)
    assert local_of(instant, zone).replace(fold=0) == local.replace(fold=0)
    if kind is WallTime.ONCE:
        assert instant == instant_of(local, zone)


@given(LOCALS, ZONES)
def test_a_time_shown_twice_is_never_guessed(local: dt.datetime, zone: str) -> None:
    if wall_time(local, zone) is not WallTime.TWICE:
        assert wall_time(local, zone) in (WallTime.ONCE, WallTime.NEVER)
        return
    with pytest.raises(UserError) as caught:
        instant_of(local, zone)
    assert caught.value.field == "fold"
    assert instant_of(local, zone, fold=0) < instant_of(local, zone, fold=1)


@given(INSTANTS, INSTANTS, ZONES)
def test_days_left_counts_pages_of_the_calendar(
    starts: dt.datetime, now: dt.datetime, zone: str
) -> None:
    left = days_left(starts, zone, now)
    assert local_of(now, zone).date() + dt.timedelta(days=left) == local_of(starts, zone).date()
    assert abs((starts - now).total_seconds() / 86400 - left) < 2.1


@given(INSTANTS, ZONES)
def test_a_meeting_now_is_today(now: dt.datetime, zone: str) -> None:
    assert days_left(now, zone, now) == 0


def test_clocks_going_forward_and_back_in_rome() -> None:
    assert wall_time(wall("2026-03-29 02:30"), "Europe/Rome") is WallTime.NEVER
    assert wall_time(wall("2026-10-25 02:30"), "Europe/Rome") is WallTime.TWICE
    first = instant_of(wall("2026-10-25 02:30"), "Europe/Rome", fold=0)
    second = instant_of(wall("2026-10-25 02:30"), "Europe/Rome", fold=1)
    assert second - first == dt.timedelta(hours=1)
    assert first == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)


def test_days_left_belong_to_the_place_of_the_meeting() -> None:
    # 23:30 UTC on Friday is already Saturday in Tokyo, where the meeting is on Saturday morning.
    now = dt.datetime(2026, 11, 20, 23, 30, tzinfo=dt.UTC)
    starts = dt.datetime(2026, 11, 21, 1, 0, tzinfo=dt.UTC)
    assert days_left(starts, "Asia/Tokyo", now) == 0
    assert days_left(starts, "Europe/Rome", now) == 0
    assert days_left(starts, "America/New_York", now) == 0
    assert days_left(starts, "UTC", now) == 1


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "Europe/Rome\0", "x" * 999])
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(UserError) as caught:
        zone_info(name)
    assert caught.value.field == "zone"


def test_zone_names_are_places() -> None:
    names = zone_names()
    assert "Europe/Rome" in names
    assert names == tuple(sorted(names))
    assert not any(name.startswith("Etc/") for name in names)
