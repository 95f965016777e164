"""What the page of promises says: a page to go through, and to agree on, with the client.

Every field is client-safe. What only we may know of a promise (its evidence, how we judge
lateness, our own actions) has no place in these values, so it cannot be printed by mistake.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.models.text import instant_text, parse_instant
from kam_desktop.models.vocabulary import MeetingType, Side
from kam_desktop.services.analysis.working_days import months_before
from kam_desktop.services.clock import Clock
from kam_desktop.services.errors import UserError
from kam_desktop.services.handouts.audience import ClientSafe
from kam_desktop.services.i18n import _
from kam_desktop.services.queries import commitments
from kam_desktop.services.queries.brief import account_row
from kam_desktop.services.zones import UTC_ZONE, local_of

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader

_MOST = 200
_LOOK_BACK = 3
"""So many months are looked back on when there was no review yet."""


@dataclass(frozen=True, slots=True)
class PagePromise:
    """One promise as both sides know it; ``person`` is who of the client's gave or got it.

    ``due_on`` and ``kept_on`` are days, None when no day was agreed or it is not kept yet.
    """

    side: Side
    text: str
    person: str
    due_on: dt.date | None
    kept_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PromisesContent:
    """The page of one account, as of ``made_at``.

    ``reviewed_on`` is the day of the last review, None when there was none; kept promises are
    listed from ``since`` on. ``more`` says that some did not fit the reading.
    """

    made_at: ClientSafe[dt.datetime]
    here_zone: ClientSafe[str]
    today: ClientSafe[dt.date]
    account: ClientSafe[str]
    reviewed_on: ClientSafe[dt.date | None]
    since: ClientSafe[dt.date]
    open: ClientSafe[tuple[PagePromise, ...]]
    kept: ClientSafe[tuple[PagePromise, ...]]
    more: ClientSafe[bool]


def promises_content(
    db: Reader, account_id: str, *, clock: Clock, zone: str = ""
) -> PromisesContent:
    """What both sides owe each other, and what was kept since the last review.

    ``zone`` is the user's IANA time zone, empty for the computer's. Raises `UserError` when the
    account is gone.
    """
    account = account_row(db, account_id)
    if account is None:
        raise UserError(_("This account is no longer here. Nothing was printed."))
    now, today = clock.now(), clock.today()
    reviewed = _last_review(db, account_id, now)
    since = reviewed or months_before(today, _LOOK_BACK)
    found = commitments.open_of_account(db, account_id, limit=_MOST + 1)
    kept = commitments.kept_of_account(db, account_id, since, limit=_MOST)
    return PromisesContent(
        made_at=ClientSafe(now),
        here_zone=ClientSafe(zone),
        today=ClientSafe(today),
        account=ClientSafe(account.name),
        reviewed_on=ClientSafe(reviewed),
        since=ClientSafe(since),
        open=ClientSafe(tuple(_promise(row) for row in found[:_MOST])),
        kept=ClientSafe(tuple(_promise(row) for row in kept.rows)),
        more=ClientSafe(kept.more or len(found) > _MOST),
    )


def _promise(row: commitments.CommitmentRow) -> PagePromise:
    return PagePromise(row.side, row.text, row.person_name, row.due_on, row.closed_on)


def _last_review(db: Reader, account_id: str, now: dt.datetime) -> dt.date | None:
    """The day, there, of the last business review that took place."""
    found = db.row(
        "SELECT starts_at, zone FROM meeting WHERE account_id = ? AND type = ?"
        " AND deleted_at IS NULL AND cancelled = 0 AND starts_at < ?"
        " ORDER BY starts_at DESC LIMIT 1",
        (account_id, MeetingType.BUSINESS_REVIEW.value, instant_text(now)),
    )
    if found is None:
        return None
    starts_at, zone = found
    return local_of(parse_instant(starts_at), zone or UTC_ZONE).date()
