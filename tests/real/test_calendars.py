"""Calendar files of other programs: read, or refused with a reason."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.calendars.events import CalendarFile
from kam_desktop.services.exchange.calendars.reading import read_calendar


def read(path: Path, since: int = 1990, until: int = 2028) -> CalendarFile:
    return read_calendar(
        path.read_bytes(),
        zone="Europe/Rome",
        since=dt.datetime(since, 1, 1, tzinfo=dt.UTC),
        until=dt.datetime(until, 1, 1, tzinfo=dt.UTC),
    )


def test_every_file_is_read_or_refused(shared_data: Path) -> None:
    files = sorted((shared_data / "ical").glob("*.ics"))
    refused = {}
    for path in files:
        try:
            found = read(path, until=2010 if path.name == "Standup.ics" else 2028)
        except UserError as error:
            refused[path.name] = str(error)
            continue
        assert found.events or found.problems or path.name == "rfc5545-sec3.6.2.ics", path.name
    assert len(files) == 33
    assert {name: text.split(":")[0].split(".")[0] for name, text in refused.items()} == {
        "boeing.ics": "This calendar file is damaged",
        "overlaps.ics": "This is not a calendar file",
    }


@pytest.mark.parametrize(
    ("name", "title", "start", "zone", "minutes", "people"),
    [
        ("outlook1.ics", "Event from outlook 2", "2014-01-31T21:30", "America/Los_Angeles", 60, 2),
        ("windows-live-pacific.ics", "From outlook edited", "2014-02-21T21:30",
         "America/Los_Angeles", 60, 3),
        ("yahoo1.ics", "ABCyahoo", "2014-01-30T14:00", "Europe/London", 30, 2),
        ("evolution.ics", "test", "2008-06-24T18:00", "America/Chicago", 90, 0),
        ("dst-only-vtimezone.ics", "Sample Event", "2018-04-03T07:00", "Europe/Berlin", 75, 0),
        ("evolution2.ics", "Webinar - Middle East M&A: How new tax rules impact M&A deals",
         "2021-03-31T10:00", "Asia/Dubai", 60, 0),
        ("rfc5545-sec4.2.ics", "XYZ Project Review", "1998-03-12T13:30", "America/New_York", 60, 2),
        ("talios.ics", "Go home!!", "2005-05-06T04:00", "Pacific/Auckland", 30, 0),
    ],
)  # fmt: skip
def test_one_invitation(
    shared_data: Path, name: str, title: str, start: str, zone: str, minutes: int, people: int
) -> None:
    (event,) = read(shared_data / "ical" / name).events
    found = (event.title, f"{event.starts_at:%Y-%m-%dT%H:%M}", event.zone, event.minutes)
    assert found == (title, start, zone, minutes)
    assert len(event.people) == people


def test_a_daily_meeting_on_workdays(shared_data: Path) -> None:
    """Five days in April 2005, given by a rule in one file and as a list of times in another."""
    for name in ("calconnect.ics", "calconnect2.ics", "calconnect5.ics"):
        events = read(shared_data / "ical" / name).events
        assert len(events) == 5
        assert {event.zone for event in events} == {"America/New_York"}


def test_left_out_days_are_left_out(shared_data: Path) -> None:
    """Five Sundays less those in EXDATE, in a zone the file defines itself."""
    events = read(shared_data / "ical" / "EXDATE.ics").events
    assert len(events) == 5
    assert {event.zone for event in events} == {"Australia/Brisbane"}


def test_holidays_are_whole_days_in_their_letters(shared_data: Path) -> None:
    events = read(shared_data / "ical" / "SwedishHolidays2003-2006.ics").events
    assert len(events) == 52
    assert events[0].title == "Nyårsdagen"
    assert all(event.whole_day for event in events)
