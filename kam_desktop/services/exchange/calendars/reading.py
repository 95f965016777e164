"""Reads calendar files of any program into events, in bounded time and memory.

Nothing is fetched: attachments and pictures named by address stay names.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.calendars.events import (
    CalendarEvent,
    CalendarFile,
    CalendarProblem,
    Invited,
    Reply,
)
from kam_desktop.services.exchange.calendars.places import zone_of
from kam_desktop.services.exchange.calendars.repeating import UnusableRuleError, occurrences
from kam_desktop.services.i18n import _
from kam_desktop.services.zones import zone_info

MAX_BYTES = 20_000_000
MAX_EVENTS = 20_000
MAX_DEPTH = 8
MAX_TEXT = 20_000
DEFAULT_MINUTES = 60
LONGEST = dt.timedelta(days=14)

_BEGIN_OR_END = re.compile(rb"^(BEGIN|END):", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s<>\"']{4,500}")
_REPLIES = {
    "ACCEPTED": Reply.ACCEPTED,
    "DECLINED": Reply.DECLINED,
    "TENTATIVE": Reply.TENTATIVE,
}


class _SkippedError(ValueError):
    """An event that cannot be used; the text says why."""


def read_calendar(
    content: bytes, *, zone: str, since: dt.datetime, until: dt.datetime
) -> CalendarFile:
    """The events of a file that begin between two instants; repeated ones one by one.

    Times without a zone are taken to be in ``zone`` (IANA). An event that cannot be used becomes a
    `CalendarProblem`. Raises `UserError` when the file is no calendar or too large.
    """
    calendars = _parsed(content)
    series: defaultdict[str, list[tuple[int, Any]]] = defaultdict(list)
    number = 0
    for calendar in calendars:
        cancelled = str(calendar.get("method", "")).upper() == "CANCEL"
        for event in calendar.walk("VEVENT"):
            number += 1
            if cancelled:
                event["status"] = "CANCELLED"
            series[str(event.get("uid", "")) or f"no-uid-{number}"].append((number, event))
    events: list[CalendarEvent] = []
    problems: list[CalendarProblem] = []
    for uid, members in series.items():
        _Series(uid, members, zone, since, until).collect(events, problems)
    events.sort(key=lambda event: (event.starts_at, event.key))
    return CalendarFile(tuple(events), tuple(sorted(problems, key=lambda each: each.number)))


def _parsed(content: bytes) -> list[Any]:
    if len(content) > MAX_BYTES:
        raise UserError(
            _("This calendar is larger than {limit} MB. Export a shorter time from it.").format(
                limit=MAX_BYTES // 1_000_000
            )
        )
    _check_shape(content)
    import icalendar

    try:
        with warnings.catch_warnings():
            # It warns where it guesses a zone; what was guessed is shown in the preview.
            warnings.simplefilter("ignore")
            found = icalendar.Calendar.from_ical(_readable(content), multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise UserError(
            _("This calendar file is damaged: {detail}. Nothing was imported from it.").format(
                detail=" ".join(str(error).split())[:120] or type(error).__name__
            )
        ) from None
    return [calendar for calendar in found if calendar.name == "VCALENDAR"]


def _check_shape(content: bytes) -> None:
    """Refuse what is no calendar, or nested or repeated beyond reason, before it is parsed."""
    depth = events = 0
    for match in _BEGIN_OR_END.finditer(content):
        begins = match[1].upper() == b"BEGIN"
        depth += 1 if begins else -1
        events += begins
        if depth > MAX_DEPTH or events > MAX_EVENTS * 2:
            raise UserError(_("This calendar file is damaged or far too large to be read."))
    if not re.search(rb"BEGIN:VCALENDAR", content[:100_000], re.IGNORECASE):
        raise UserError(_("This is not a calendar file. Choose a file ending in .ics."))


def _readable(content: bytes) -> bytes:
    """UTF-8 without a mark; what is no UTF-8 is taken to be Windows' Western code page."""
    text = content.removeprefix(b"\xef\xbb\xbf")
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("cp1252", errors="replace").encode()
    return text


class _Series:
    """All entries of one UID: a single event, or a repeated one and its exceptions."""

    def __init__(
        self,
        uid: str,
        members: list[tuple[int, Any]],
        zone: str,
        since: dt.datetime,
        until: dt.datetime,
    ) -> None:
        self._uid = uid
        self._members = members
        self._zone = zone
        self._since = since
        self._until = until

    def collect(self, events: list[CalendarEvent], problems: list[CalendarProblem]) -> None:
        """Add the usable events and tell what was left out."""
        overridden: dict[dt.datetime, CalendarEvent] = {}
        masters: dict[dt.datetime, tuple[int, int, Any]] = {}
        for number, entry in self._members:
            try:
                if entry.get("recurrence-id") is not None:
                    planned = self._moment(entry["recurrence-id"].dt)
                    overridden[planned] = self._event(entry, planned, repeated=True)
                    continue
                start, newness = self._start(entry), int(entry.get("sequence", 0))
                if start not in masters or masters[start][0] <= newness:
                    masters[start] = (newness, number, entry)
            except (_SkippedError, ValueError, TypeError, OverflowError) as error:
                problems.append(_problem(number, entry, error))
        for _newness, number, entry in masters.values():
            try:
                events += self._of_master(entry, overridden, several=len(masters) > 1)
            except (_SkippedError, UnusableRuleError, ValueError, TypeError, OverflowError) as e:
                problems.append(_problem(number, entry, e))
        events += [each for each in overridden.values() if self._wanted(each.starts_at)]

    def _of_master(
        self, entry: Any, overridden: dict[dt.datetime, CalendarEvent], *, several: bool
    ) -> Iterator[CalendarEvent]:
        start = self._start(entry)
        rules = _all(entry.get("rrule"))
        extra = self._dates(entry.get("rdate"))
        if not rules and not extra:
            if self._wanted(start) and start not in overridden:
                yield self._event(entry, start if several else None, repeated=False)
            return
        left_out = set(self._dates(entry.get("exdate")))
        starts = {start, *extra, *occurrences(start, rules, self._since, self._until)}
        for moment in sorted(starts - left_out - overridden.keys()):
            if self._wanted(moment):
                yield self._event(entry, moment, repeated=True, at=moment)

    def _dates(self, value: Any) -> list[dt.datetime]:
        """The starts of a list of dates or of (start, end) periods."""
        found = [each.dt for part in _all(value) for each in part.dts]
        return [self._moment(each[0] if isinstance(each, tuple) else each) for each in found]

    def _wanted(self, start: dt.datetime) -> bool:
        return self._since <= start <= self._until

    def _start(self, entry: Any) -> dt.datetime:
        if entry.get("dtstart") is None:
            raise _SkippedError(_("it has no start"))
        return self._moment(entry["dtstart"].dt)

    def _moment(self, value: dt.date | dt.datetime) -> dt.datetime:
        """An aware time; whole days begin at midnight, and times without a zone are ours."""
        if not isinstance(value, dt.datetime):
            value = dt.datetime.combine(value, dt.time())
        if value.year < 2:
            raise _SkippedError(_("its date makes no sense"))
        return value if value.tzinfo is not None else value.replace(tzinfo=zone_info(self._zone))

    def _event(
        self,
        entry: Any,
        planned: dt.datetime | None,
        *,
        repeated: bool,
        at: dt.datetime | None = None,
    ) -> CalendarEvent:
        start = at or self._start(entry)
        whole_day = not isinstance(entry["dtstart"].dt, dt.datetime)
        suffix = "" if planned is None else f"#{planned.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
        place = _text(entry.get("location"))
        return CalendarEvent(
            key=f"{self._uid}{suffix}",
            title=_text(entry.get("summary")),
            starts_at=start.astimezone(dt.UTC),
            zone=zone_of(start, self._zone),
            minutes=self._minutes(entry, whole_day=whole_day),
            place=place,
            link=_link(entry, place),
            text=_text(entry.get("description"), lines=True),
            people=tuple(_people(entry)),
            cancelled=str(entry.get("status", "")).upper() == "CANCELLED",
            whole_day=whole_day,
            repeated=repeated,
        )

    def _minutes(self, entry: Any, *, whole_day: bool) -> int:
        if entry.get("duration") is not None:
            length = entry["duration"].dt
        elif entry.get("dtend") is not None:
            length = _between(self._start(entry), self._moment(entry["dtend"].dt), whole_day)
        else:
            length = dt.timedelta(days=1) if whole_day else dt.timedelta(minutes=DEFAULT_MINUTES)
        if length > LONGEST:
            raise _SkippedError(_("it lasts longer than two weeks"))
        return int(length.total_seconds() // 60) if length > dt.timedelta() else DEFAULT_MINUTES


def _between(start: dt.datetime, end: dt.datetime, whole_day: bool) -> dt.timedelta:
    """The time that passes; of days on the calendar, each is one whatever clocks do."""
    return end - start if whole_day else end.astimezone(dt.UTC) - start.astimezone(dt.UTC)


def _problem(number: int, entry: Any, error: Exception) -> CalendarProblem:
    own = isinstance(error, _SkippedError | UnusableRuleError)
    return CalendarProblem(
        number,
        _text(entry.get("summary")),
        str(error) if own else _("one of its values is damaged"),
    )


def _all(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _text(value: Any, *, lines: bool = False) -> str:
    text = str(_all(value)[0])[:MAX_TEXT] if _all(value) else ""
    return text.strip() if lines else " ".join(text.split())[:500]


def _link(entry: Any, place: str) -> str:
    """Where to meet on line: what the file says, or an address written as the place."""
    for name in ("conference", "x-microsoft-skypeteamsmeetingurl", "x-google-conference", "url"):
        if (found := _ADDRESS.match(_text(entry.get(name)))) is not None:
            return found[0]
    found = _ADDRESS.search(place)
    return found[0] if found else ""


def _people(entry: Any) -> Iterator[Invited]:
    seen: set[str] = set()
    parties: Iterable[tuple[Any, bool]] = [
        *((party, True) for party in _all(entry.get("organizer"))),
        *((party, False) for party in _all(entry.get("attendee"))),
    ]
    for party, organizer in parties:
        address = str(party)
        email = address[7:] if address[:7].lower() == "mailto:" else address
        email = email.strip().lower() if "@" in email else ""
        parameters = getattr(party, "params", {})
        name = " ".join(str(parameters.get("CN", "")).strip("\"'").split())[:300]
        if (email or name) and (email or name) not in seen:
            seen.add(email or name)
            reply = _REPLIES.get(str(parameters.get("PARTSTAT", "")).upper(), Reply.OPEN)
            yield Invited(name, email[:320], reply, organizer)
