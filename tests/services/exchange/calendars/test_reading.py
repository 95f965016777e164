"""Calendar files in, appointments out; nothing hangs and nothing is lost silently."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.calendars.events import CalendarEvent, CalendarFile, Reply
from kam_desktop.services.exchange.calendars.reading import read_calendar
from kam_desktop.services.exchange.calendars.writing import Appointment, calendar_bytes

SINCE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
UNTIL = dt.datetime(2027, 12, 31, tzinfo=dt.UTC)


def read(*lines: str, zone: str = "Europe/Rome") -> CalendarFile:
    text = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""))
    return read_calendar(text.encode(), zone=zone, since=SINCE, until=UNTIL)


def event(*lines: str) -> tuple[str, ...]:
    return ("BEGIN:VEVENT", "UID:1", "SUMMARY:Talk", *lines, "END:VEVENT")


def starts(found: CalendarFile) -> list[str]:
    return [f"{each.starts_at:%Y-%m-%dT%H:%M}" for each in found.events]


def test_an_invitation_says_who_when_and_where() -> None:
    (one,) = read(
        *event(
            "DTSTART;TZID=Europe/Vienna:20260305T100000",
            "DTEND;TZID=Europe/Vienna:20260305T113000",
            "LOCATION:Graz\\, plant",
            "DESCRIPTION:Bring\\nsamples",
            "ORGANIZER;CN=Ana Pop:mailto:Ana.Pop@aurora.example",
            "ATTENDEE;CN=Ben;PARTSTAT=DECLINED:MAILTO:ben@aurora.example",
            "ATTENDEE;CN=Ana Pop:mailto:ana.pop@aurora.example",
            "URL:https://meet.example/1",
        )
    ).events
    assert (one.key, one.title, one.place, one.minutes) == ("1", "Talk", "Graz, plant", 90)
    assert one.starts_at == dt.datetime(2026, 3, 5, 9, tzinfo=dt.UTC)
    assert (one.zone, one.link, one.text) == (
        "Europe/Vienna",
        "https://meet.example/1",
        "Bring\nsamples",
    )
    assert [(each.email, each.reply, each.organizer) for each in one.people] == [
        ("ana.pop@aurora.example", Reply.OPEN, True),
        ("ben@aurora.example", Reply.DECLINED, False),
    ]


def test_a_weekly_meeting_stays_at_nine_when_clocks_change() -> None:
    found = read(*event("DTSTART;TZID=Europe/Rome:20260323T090000", "RRULE:FREQ=WEEKLY;COUNT=2"))
    # Summer time began on 29 March 2026.
    assert starts(found) == ["2026-03-23T08:00", "2026-03-30T07:00"]
    assert len({each.key for each in found.events}) == 2
    assert all(each.repeated for each in found.events)


def test_the_autumn_hour_that_comes_twice_is_kept_apart() -> None:
    found = read(
        *event("DTSTART;TZID=America/New_York:20261031T013000", "RRULE:FREQ=DAILY;COUNT=3")
    )
    assert starts(found) == ["2026-10-31T05:30", "2026-11-01T05:30", "2026-11-02T06:30"]


def test_exceptions_of_a_series_are_followed() -> None:
    found = read(
        *event(
            "DTSTART;TZID=Europe/Rome:20260302T090000",
            "RRULE:FREQ=DAILY;COUNT=4",
            "EXDATE;TZID=Europe/Rome:20260303T090000",
            "RDATE;TZID=Europe/Rome:20260310T090000",
        ),
        "BEGIN:VEVENT",
        "UID:1",
        "SUMMARY:Moved",
        "RECURRENCE-ID;TZID=Europe/Rome:20260304T090000",
        "DTSTART;TZID=Europe/Rome:20260304T150000",
        "END:VEVENT",
    )
    assert starts(found) == [
        "2026-03-02T08:00",
        "2026-03-04T14:00",
        "2026-03-05T08:00",
        "2026-03-10T08:00",
    ]
    moved = found.events[1]
    assert (moved.title, moved.key) == ("Moved", "1#20260304T080000Z")


def test_a_series_ends_where_its_rule_or_the_window_says() -> None:
    by_rule = read(
        *event(
            "DTSTART;TZID=Europe/Rome:20260302T090000", "RRULE:FREQ=DAILY;UNTIL=20260304T080000Z"
        )
    )
    assert len(by_rule.events) == 3
    endless = read(*event("DTSTART:20200101T090000Z", "RRULE:FREQ=MONTHLY"))
    assert starts(endless)[0] == "2026-01-01T09:00"
    assert starts(endless)[-1] == "2027-12-01T09:00"


@pytest.mark.parametrize(
    ("zone_line", "definition", "zone"),
    [
        ("Pacific Standard Time", (), "America/Los_Angeles"),
        ("/example.org/2020/Europe/Athens", (), "Europe/Athens"),
        (
            "Somewhere",
            (
                "BEGIN:VTIMEZONE", "TZID:Somewhere", "BEGIN:STANDARD", "DTSTART:19700101T000000",
                "TZOFFSETFROM:+0900", "TZOFFSETTO:+0900", "END:STANDARD", "END:VTIMEZONE",
            ),
            "Asia/Tokyo",
        ),
    ],
)  # fmt: skip
def test_zones_are_known_by_any_name(
    zone_line: str, definition: tuple[str, ...], zone: str
) -> None:
    (one,) = read(*definition, *event(f"DTSTART;TZID={zone_line}:20260702T100000")).events
    assert one.zone == zone


def test_times_without_a_zone_are_ours() -> None:
    (one,) = read(*event("DTSTART:20260702T100000"), zone="Asia/Tokyo").events
    assert (one.zone, one.starts_at.hour) == ("Asia/Tokyo", 1)


def test_whole_days_and_cancelled_ones_say_so() -> None:
    (day,) = read(*event("DTSTART;VALUE=DATE:20260702")).events
    assert day.whole_day
    assert day.minutes == 24 * 60
    (gone,) = read("METHOD:CANCEL", *event("DTSTART:20260702T100000Z")).events
    assert gone.cancelled


def test_the_newer_version_of_an_event_counts() -> None:
    found = read(
        *event("DTSTART:20260702T100000Z", "SEQUENCE:2", "LOCATION:new"),
        *event("DTSTART:20260702T100000Z", "SEQUENCE:1", "LOCATION:old"),
    )
    assert [each.place for each in found.events] == ["new"]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("RRULE:FREQ=SECONDLY", "DTSTART:20260702T100000Z"), "more often than daily"),
        (("RRULE:FREQ=DAILY;INTERVAL=0", "DTSTART:20260702T100000Z"), "makes no sense"),
        (("RRULE:FREQ=DAILY", "DTSTART:19000101T000000Z"), "before 1970"),
        (("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", "DTSTART:19710101T000000Z"), ""),
        (("DTSTART:20260702T100000Z", "DTEND:20270702T100000Z"), "two weeks"),
        ((), "no start"),
    ],
)
def test_what_makes_no_meeting_is_told(lines: tuple[str, ...], reason: str) -> None:
    found = read(*event(*lines))
    if reason:
        assert [reason in each.reason for each in found.problems] == [True]
    assert all(each.starts_at.year >= 2026 for each in found.events)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"just words",
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 3000,
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 50_000 + b"END:VCALENDAR",
    ],
)
def test_a_file_that_is_no_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(UserError, match="calendar"):
        read_calendar(content, zone="UTC", since=SINCE, until=UNTIL)


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=80)


@given(
    title=TEXT,
    place=TEXT,
    text=TEXT,
    minute=st.integers(0, 900_000),
    zone=st.sampled_from(["Europe/Rome", "America/New_York", "Asia/Kolkata", "UTC"]),
    minutes=st.integers(1, 14 * 24 * 60),
    occurrence=st.booleans(),
)
def test_what_is_written_is_read_back(
    title: str, place: str, text: str, minute: int, zone: str, minutes: int, occurrence: bool
) -> None:
    starts_at = SINCE + dt.timedelta(minutes=minute)
    key = "meeting-7#20260301T080000Z" if occurrence else "meeting-7"
    sent = Appointment(key, title, starts_at, zone, minutes, place, text)
    content = calendar_bytes([sent], SINCE)
    (got,) = read_calendar(content, zone="UTC", since=SINCE, until=UNTIL).events
    assert _facts(got) == (
        key, " ".join(title.split()), starts_at, zone, minutes, " ".join(place.split()),
    )  # fmt: skip
    assert got.text == text.strip()


def _facts(event: CalendarEvent) -> tuple[object, ...]:
    return event.key, event.title, event.starts_at, event.zone, event.minutes, event.place
