"""How days, meetings and marks of the calendar read, on screen and aloud."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from PySide6.QtCore import QDate, QLocale

from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.calendar import DayMark, MarkKind
from kam_desktop.services.queries.meetings import MeetingRow
from kam_desktop.ui.calendar.model import DayContents
from kam_desktop.ui.times import clock_text, elsewhere_text, span_text


def month_title(day: dt.date) -> str:
    """A month with its year, e.g. ``November 2026``."""
    name = QLocale().standaloneMonthName(day.month, QLocale.FormatType.LongFormat)
    return f"{name} {day.year}"


def weekday_short(day: dt.date) -> str:
    """The day of the week in a few letters."""
    return QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat)


def long_day(day: dt.date) -> str:
    """A day in full, e.g. ``Tuesday 24 November 2026``."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "dddd d MMMM yyyy")


def mark_word(kind: MarkKind) -> str:
    """What a mark stands for."""
    return {
        MarkKind.OUR_PROMISE: _("promise due"),
        MarkKind.THEIR_PROMISE: _("their promise due"),
        MarkKind.ACTION: _("action due"),
        MarkKind.GATE: _("tender gate"),
        MarkKind.RENEWAL: _("contract date"),
        MarkKind.REVIEW: _("internal review"),
        MarkKind.BIRTHDAY: _("birthday"),
    }[kind]


MARK_ICONS = {
    MarkKind.OUR_PROMISE: "handshake",
    MarkKind.THEIR_PROMISE: "handshake",
    MarkKind.ACTION: "circle-check",
    MarkKind.GATE: "target",
    MarkKind.RENEWAL: "refresh-cw",
    MarkKind.REVIEW: "users-round",
    MarkKind.BIRTHDAY: "user-round",
}


def mark_line(mark: DayMark) -> str:
    """A mark in one line, e.g. ``promise due: Pilot report · Aurora Foods``."""
    return _("{what}: {text}").format(
        what=mark_word(mark.kind), text=joined((mark.text, mark.account_name))
    )


def marks_short(marks: list[DayMark]) -> str:
    """The marks of a day by kind, e.g. ``2 promise due, birthday``."""
    counts = Counter(mark.kind for mark in marks)
    return ", ".join(
        f"{count} × {mark_word(kind)}" if count > 1 else mark_word(kind)
        for kind, count in counts.items()
    )


def preparation(row: MeetingRow, now: dt.datetime) -> str:
    """How far a meeting is prepared, or whether its outcome is there; '' when neither applies."""
    if row.cancelled:
        return _("cancelled")
    if row.ends_at <= now:
        return _("outcome recorded") if row.has_outcome else _("no outcome yet")
    if row.prepared is None:
        return ""
    return _("{done} of {n} prepared").format(done=row.done, n=row.done + row.open)


def meeting_tip(row: MeetingRow, zone: str, now: dt.datetime) -> str:
    """All there is to say about a meeting, one thing a line."""
    there = elsewhere_text(row.starts_at, zone, row.zone, here=False)
    lines = (
        row.title,
        row.account_name,
        joined((span_text(row.starts_at, row.minutes, zone, None), there)),
        row.place,
        preparation(row, now),
    )
    return "\n".join(line for line in lines if line)


def spoken_meeting(row: MeetingRow, zone: str, now: dt.datetime) -> str:
    """A meeting for a screen reader."""
    return ", ".join(meeting_tip(row, zone, now).split("\n"))


def spoken_day(day: dt.date, contents: DayContents) -> str:
    """A day for a screen reader."""
    count = len(contents.meetings)
    parts = [long_day(day)]
    parts.append(ngettext("{n} meeting", "{n} meetings", count).format(n=count))
    if contents.marks:
        parts.append(marks_short(contents.marks))
    return ", ".join(parts)


def place_time(row: MeetingRow, zone: str) -> str:
    """The time at the place of a meeting, e.g. ``10:00 in New York``; '' when it is the same."""
    return elsewhere_text(row.starts_at, zone, row.zone, here=False)


def begins(row: MeetingRow, zone: str) -> str:
    """The time it begins here."""
    return clock_text(row.starts_at, zone)
