"""What of an account's past is worth going back to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kam_desktop.models.text import instant_text, parse_instant
from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services.storage.moments import Moment, moments_of_account
from kam_desktop.services.storage.reader import Reader

_MOST_MEETINGS = 500


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A meeting that took place; ``at`` is the aware instant of its beginning, here."""

    id: str
    title: str
    type: MeetingType
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class AccountTimes:
    """When an account's map was changed, oldest first, and the meetings held, newest first."""

    account_id: str
    moments: tuple[Moment, ...]
    meetings: tuple[HeldMeeting, ...]

    @property
    def began(self) -> dt.datetime | None:
        """The first moment; None while nothing was recorded."""
        return self.moments[0].at if self.moments else None

    def last_meeting(self, kind: MeetingType | None = None) -> HeldMeeting | None:
        """The newest meeting (of one type) since the map began; None when there is none."""
        began = self.began
        for meeting in self.meetings:
            if kind in (None, meeting.type) and began is not None and meeting.at >= began:
                return meeting
        return None


def account_times(
    db: Reader, account_id: str, now: dt.datetime, zone: dt.tzinfo | None = None
) -> AccountTimes:
    """The moments and meetings of an account up to ``now``, in ``zone`` (the computer's without).

    The cost grows with the account's rows and their changes.
    """
    rows = db.rows(
        "SELECT id, title, type, starts_at FROM meeting WHERE account_id = ?"
        " AND deleted_at IS NULL AND cancelled = 0 AND starts_at < ?"
        " ORDER BY starts_at DESC, id DESC LIMIT ?",
        (account_id, instant_text(now), _MOST_MEETINGS),
    )
    meetings = tuple(
        HeldMeeting(key, title, MeetingType(kind), parse_instant(at).astimezone(zone))
        for key, title, kind, at in rows
    )
    return AccountTimes(account_id, moments_of_account(db, account_id, zone), meetings)
