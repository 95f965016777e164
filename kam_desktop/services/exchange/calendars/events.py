"""What a calendar file says, as plain frozen data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Reply(StrEnum):
    """What somebody invited has answered."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody named in an event; ``email`` is in lower case, '' when there is none."""

    name: str
    email: str
    reply: Reply = Reply.OPEN
    organizer: bool = False


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One appointment; a repeated one is one event per occurrence.

    ``key`` names it for good (the UID, and for an occurrence its planned start), so that the same
    file imported again finds it. ``starts_at`` is an instant, ``zone`` an IANA name.
    """

    key: str
    title: str
    starts_at: dt.datetime
    zone: str
    minutes: int
    place: str = ""
    link: str = ""
    text: str = ""
    people: tuple[Invited, ...] = ()
    cancelled: bool = False
    whole_day: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class CalendarProblem:
    """Something in the file that could not be used, and why; ``title`` may be empty."""

    number: int
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The usable events of a file in the order of their start, and what was left out."""

    events: tuple[CalendarEvent, ...]
    problems: tuple[CalendarProblem, ...]
