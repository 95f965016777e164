"""What reminders say."""

from __future__ import annotations

import datetime as dt

from kam_desktop.services.analysis.reminders import Reminder, ReminderKind
from kam_desktop.services.formatting import joined
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.calendar import DayMark, MarkKind
from kam_desktop.services.queries.meetings import MeetingRow
from kam_desktop.services.zones import local_of
from kam_desktop.ui.times import clock_text, countdown_text, day_text, days_text, elsewhere_text


def reminder_title(reminder: Reminder) -> str:
    """What it is about, e.g. ``Business review · Aurora Foods``."""
    return joined((reminder.title, reminder.account_name))


def reminder_text(reminder: Reminder, zone: str, now: dt.datetime) -> str:
    """Why now, in one line."""
    row = reminder.meeting
    if row is not None and reminder.kind is ReminderKind.MEETING:
        return _meeting_text(row, reminder.travel, zone, now)
    if row is not None:
        return _unprepared_text(row, zone, now)
    return _due_text(reminder.mark, local_of(now, zone).date()) if reminder.mark else ""


def _meeting_text(row: MeetingRow, travel: int, zone: str, now: dt.datetime) -> str:
    at = clock_text(row.starts_at, zone)
    if row.starts_at <= now:
        day = local_of(row.starts_at, zone).date()
        when = at if day == local_of(now, zone).date() else f"{day_text(day)}, {at}"
        return _("It was to begin at {time}.").format(time=when)
    if travel:
        leave = row.starts_at - dt.timedelta(minutes=travel)
        out = countdown_text(max(leave, now), row.starts_at, zone, now)
        return _("Set out {when}. It begins at {time}.").format(when=out, time=at)
    away = countdown_text(row.starts_at, row.ends_at, zone, now)
    there = elsewhere_text(row.starts_at, zone, row.zone, here=False)
    return joined((_("Begins {when}, at {time}").format(when=away, time=at), there, row.place))


def _unprepared_text(row: MeetingRow, zone: str, now: dt.datetime) -> str:
    total = row.done + row.open
    days = (local_of(row.starts_at, zone).date() - local_of(now, zone).date()).days
    text = ngettext(
        "The meeting is {when}: {n} of {total} things is not prepared.",
        "The meeting is {when}: {n} of {total} things are not prepared.",
        row.open,
    )
    if row.ends_at <= now:
        text = _("The meeting was {when}; {n} of {total} things were not prepared.")
    return text.format(when=days_text(days), n=row.open, total=total)


def _due_text(mark: DayMark, today: dt.date) -> str:
    what = {
        MarkKind.OUR_PROMISE: _("Promised by us, due {when}."),
        MarkKind.ACTION: _("To do, due {when}."),
        MarkKind.GATE: _("Tender gate {when}."),
    }.get(mark.kind, "{when}")
    return what.format(when=days_text((mark.on - today).days))
