"""Days of the past as a user names them, and the instants they mean."""

from __future__ import annotations

import datetime as dt
import re

from kam_desktop.services import formatting
from kam_desktop.services.clock import Clock
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def end_of_day(day: dt.date) -> dt.datetime:
    """The last instant of a day where the user is; aware, in the zone of the computer.

    Raises `UserError` for days at the very end of the calendar.
    """
    try:
        return dt.datetime.combine(day, dt.time.max).astimezone()
    except (OverflowError, ValueError, OSError):
        raise UserError(_("This date is out of range."), field="at") from None


def moment_from_text(text: str, clock: Clock) -> dt.datetime:
    """The instant that a date typed as ``2026-11-20`` means: the end of that day.

    Raises `UserError` (field ``at``) when it is no date or has not come yet. Whether the portfolio
    goes back that far is told by `account_as_of`.
    """
    try:
        if not _DAY.fullmatch(text.strip()):
            raise ValueError(text)
        day = dt.date.fromisoformat(text.strip())
    except ValueError:
        raise UserError(
            _("“{text}” is not a date. Write it like {example}.").format(
                text=text[:40], example=clock.today().isoformat()
            ),
            field="at",
        ) from None
    if day > clock.today():
        raise UserError(
            _("{date} has not come yet. Choose today or an earlier day.").format(
                date=formatting.date(day)
            ),
            field="at",
        )
    return end_of_day(day)
