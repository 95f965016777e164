"""The minutes of a meeting: what may be handed to the client, and nothing else.

Every field is `ClientSafe`, and the query behind it reads no judgement, no objection and none of
the notes: there is nothing internal in here to leave out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.services.clock import Clock
from kam_desktop.services.errors import UserError
from kam_desktop.services.handouts.audience import ClientSafe, for_client
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.minutes import (
    Agreed,
    FollowingMeeting,
    MinutesRow,
    Present,
    minutes_row,
)

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class Occasion:
    """Which meeting it was."""

    account: str
    title: str
    starts_at: dt.datetime
    zone: str
    minutes: int
    place: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next, with its day and the next meeting where they are known."""

    text: str
    due_on: dt.date | None
    meeting: FollowingMeeting | None


@dataclass(frozen=True, slots=True)
class MinutesContent:
    """The minutes of one meeting. ``agreed`` is the outcome as it was written up."""

    made_on: ClientSafe[dt.date]
    occasion: ClientSafe[Occasion]
    present: ClientSafe[tuple[Present, ...]]
    agenda: ClientSafe[tuple[str, ...]]
    agreed: ClientSafe[str]
    promises: ClientSafe[tuple[Agreed, ...]]
    next_step: ClientSafe[NextStep]

    def without_outcome(self) -> MinutesContent:
        """The same minutes without what was written up, where that is not for the client."""
        return MinutesContent(
            self.made_on,
            self.occasion,
            self.present,
            self.agenda,
            ClientSafe(""),
            self.promises,
            self.next_step,
        )


def minutes_content(db: Reader, meeting_id: str, clock: Clock) -> MinutesContent:
    """The minutes of a meeting; raises `UserError` when it is gone."""
    row = minutes_row(db, meeting_id)
    if row is None:
        raise UserError(_("This meeting is no longer here. Nothing was printed."))
    return MinutesContent(
        made_on=ClientSafe(clock.today()),
        occasion=ClientSafe(_occasion(row)),
        present=ClientSafe(row.present),
        agenda=ClientSafe(row.agenda),
        agreed=ClientSafe(row.outcome),
        promises=ClientSafe(row.promises),
        next_step=ClientSafe(NextStep(row.next_step, row.next_due, row.following)),
    )


def _occasion(row: MinutesRow) -> Occasion:
    return Occasion(row.account, row.title, row.starts_at, row.zone, row.minutes, row.place)


def recipients(content: MinutesContent) -> tuple[list[Present], list[Present]]:
    """To whom the minutes go, and who of ours gets a copy; those without an address left out."""
    present = for_client(content.present)
    theirs = [each for each in present if each.side.value == "theirs" and each.email.strip()]
    ours = [
        each
        for each in present
        if each.side.value == "ours" and not each.is_me and each.email.strip()
    ]
    return theirs, ours
