"""How instants, days and zones read on screen."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QLocale, QTime, QTimeZone

from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.zones import UTC_ZONE, local_of


def home_zone() -> str:
    """The IANA zone of this computer; UTC when it does not know."""
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "ignore")
    return name or UTC_ZONE


def clock_text(instant: dt.datetime, zone: str) -> str:
    """The time of day in a zone, e.g. ``14:20``."""
    local = local_of(instant, zone)
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def day_text(day: dt.date, today: dt.date | None = None) -> str:
    """A day with its weekday, e.g. ``Fri 27 Nov``; with the year when it is not this one."""
    form = "ddd d MMM" if today is not None and day.year == today.year else "ddd d MMM yyyy"
    return QLocale().toString(QDate(day.year, day.month, day.day), form)


def month_day_text(day: dt.date) -> str:
    """A day of any year, e.g. ``21 November``."""
    # A leap year, so that each day there is has its words.
    return QLocale().toString(QDate(2000, day.month, day.day), "d MMMM")


def days_text(days: int) -> str:
    """A distance in calendar days, e.g. ``tomorrow`` or ``3 days ago``."""
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days == -1:
        return _("yesterday")
    if days > 0:
        return ngettext("in {n} day", "in {n} days", days).format(n=days)
    return ngettext("{n} day ago", "{n} days ago", -days).format(n=-days)


def countdown_text(starts: dt.datetime, ends: dt.datetime, zone: str, now: dt.datetime) -> str:
    """How long until a meeting: minutes and hours on the last day, calendar days before."""
    if now >= ends:
        return _("over")
    if now >= starts:
        return _("now")
    minutes = -((now - starts) // dt.timedelta(minutes=1))
    if minutes < 60:
        return ngettext("in {n} minute", "in {n} minutes", minutes).format(n=minutes)
    if minutes < 12 * 60:
        return _("in {hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)
    return days_text((local_of(starts, zone).date() - local_of(now, zone).date()).days)


def place_of_zone(zone: str) -> str:
    """The place an IANA zone is named after, e.g. ``New York``."""
    return zone.rpartition("/")[2].replace("_", " ")


def span_text(starts: dt.datetime, minutes: int, zone: str, today: dt.date | None) -> str:
    """Day and time of a meeting at its place, e.g. ``Fri 27 Nov, 10:00–11:30``."""
    ends = starts + dt.timedelta(minutes=minutes)
    first, last = local_of(starts, zone).date(), local_of(ends, zone).date()
    until = clock_text(ends, zone)
    if last != first:
        until = f"{day_text(last, today)}, {until}"
    return f"{day_text(first, today)}, {clock_text(starts, zone)}–{until}"


def elsewhere_text(starts: dt.datetime, zone: str, other: str, *, here: bool) -> str:
    """The same instant in another zone, e.g. ``18:00 here``; empty when its clock agrees."""
    there, local = local_of(starts, zone), local_of(starts, other)
    if there.replace(fold=0) == local.replace(fold=0):
        return ""
    time = clock_text(starts, other)
    if there.date() != local.date():
        time = f"{day_text(local.date(), there.date())}, {time}"
    if here:
        return _("{time} here").format(time=time)
    return _("{time} in {place}").format(time=time, place=place_of_zone(other))
