"""Meetings as a calendar file (RFC 5545) that every calendar program opens."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kam_desktop.services.zones import zone_info

PRODUCT = "-//KAM Desktop//EN"
_OCCURRENCE = re.compile(r"(.+)#(\d{8}T\d{6}Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Appointment:
    """What a calendar is told of a meeting: nothing that is for our eyes only.

    ``people`` are (name, e-mail or '').
    """

    key: str
    title: str
    starts_at: dt.datetime
    zone: str
    minutes: int
    place: str = ""
    text: str = ""
    cancelled: bool = False
    people: tuple[tuple[str, str], ...] = ()


def calendar_bytes(appointments: Iterable[Appointment], stamp: dt.datetime) -> bytes:
    """One calendar with the rules of its time zones; ``stamp`` is when it was made."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for appointment in appointments:
        calendar.add_component(_event(appointment, stamp))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(appointment: Appointment, stamp: dt.datetime) -> Any:
    from icalendar import Event, vCalAddress, vText

    event = Event()
    start = appointment.starts_at.astimezone(zone_info(appointment.zone))
    uid, planned = _uid_and_planned(appointment.key)
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("summary", appointment.title)
    event.add("dtstart", start)
    end = appointment.starts_at + dt.timedelta(minutes=appointment.minutes)
    event.add("dtend", end.astimezone(zone_info(appointment.zone)))
    if planned is not None:
        event.add("recurrence-id", planned)
    if appointment.place:
        event.add("location", appointment.place)
    if appointment.text:
        event.add("description", appointment.text)
    if appointment.cancelled:
        event.add("status", "CANCELLED")
    for name, email in appointment.people:
        if email:
            party = vCalAddress(f"mailto:{email}")
            party.params["CN"] = vText(name)
            event.add("attendee", party, encode=False)
    return event


def _uid_and_planned(key: str) -> tuple[str, dt.datetime | None]:
    """The UID of an event's key, and for an occurrence its planned start."""
    found = _OCCURRENCE.fullmatch(key)
    if found is None:
        return key, None
    return found[1], dt.datetime.fromisoformat(found[2])
