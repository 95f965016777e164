"""What the clocks say: at the meeting's place, where the user is, and when to set out."""

from __future__ import annotations

import datetime as dt

from kam_desktop.services.formatting import joined, number
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.meetings import MeetingDetail
from kam_desktop.services.zones import apart, local_of, usually_apart
from kam_desktop.ui.times import clock_text, day_text, elsewhere_text, place_of_zone


def other_clocks(detail: MeetingDetail, home: str) -> str:
    """The meeting's beginning where the user is and where the account is, if clocks differ there.

    Says so when it is another day there.
    """
    row = detail.row
    here = _with_shift(row.starts_at, row.zone, home, here=True)
    there = ""
    if detail.account_zone and detail.account_zone not in (home, row.zone):
        there = _with_shift(row.starts_at, row.zone, detail.account_zone, here=False)
    at = _("{place} time").format(place=place_of_zone(row.zone)) if here or there else ""
    return joined((at, here, there))


def _with_shift(starts: dt.datetime, zone: str, other: str, *, here: bool) -> str:
    text = elsewhere_text(starts, zone, other, here=here)
    days = (local_of(starts, other).date() - local_of(starts, zone).date()).days
    shift = {-1: _("the day before"), 1: _("the day after")}.get(days, "")
    return f"{text} ({shift})" if shift else text


def out_of_step(starts: dt.datetime, zone: str, home: str) -> str:
    """A warning in the weeks in which only one of two places has changed its clocks; else ''."""
    usual = usually_apart(starts, zone, home)
    if usual is None:
        return ""
    return _(
        "Mind the clocks: {place} is {hours} h from here on this day, not {usual} h as usual."
    ).format(
        place=place_of_zone(zone),
        hours=_hours(apart(starts, zone, home)),
        usual=_hours(usual),
    )


def _hours(ahead: dt.timedelta) -> str:
    hours = abs(ahead) / dt.timedelta(hours=1)
    return number(hours, 0 if hours == int(hours) else 1)


def leave_text(detail: MeetingDetail, home: str) -> str:
    """When to set out, on the clock of the meeting's place and here; '' without a way."""
    leave, row = detail.leave_at, detail.row
    if leave is None:
        return ""
    time = clock_text(leave, row.zone)
    day = local_of(leave, row.zone).date()
    if day == local_of(row.starts_at, row.zone).date():
        text = _("Leave at {time}").format(time=time)
    else:
        text = _("Leave on {day} at {time}").format(day=day_text(day), time=time)
    here = elsewhere_text(leave, row.zone, home, here=True)
    return f"{text} ({here})" if here else text
