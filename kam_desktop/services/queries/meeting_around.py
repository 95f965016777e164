"""What lies around one meeting: what is open between both sides, its files, what it was given."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.models.text import instant_text, parse_instant
from kam_desktop.services.queries import actions
from kam_desktop.services.queries.actions import ActionRow
from kam_desktop.services.queries.commitments import CommitmentRow, open_of_account
from kam_desktop.services.queries.meetings import MeetingDetail, meeting_detail
from kam_desktop.services.queries.ratings import MeetingRatings, meeting_ratings

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader

_MOST = 200


@dataclass(frozen=True, slots=True)
class MeetingFile:
    """A document kept with the meeting; ``size`` in bytes, ``added_at`` an instant."""

    id: str
    name: str
    size: int
    added_at: dt.datetime


@dataclass(frozen=True, slots=True)
class FollowingMeeting:
    """The first meeting with the account after this one."""

    id: str
    title: str
    starts_at: dt.datetime
    zone: str
    minutes: int


@dataclass(frozen=True, slots=True)
class MeetingAround:
    """``centres`` are (id, name) of all the account's; ``promises`` and ``actions`` are open ones,
    the longest due first. ``me`` is the name of the user among ours, '' when unknown."""

    centres: tuple[tuple[str, str], ...]
    promises: tuple[CommitmentRow, ...]
    actions: tuple[ActionRow, ...]
    files: tuple[MeetingFile, ...]
    ratings: MeetingRatings
    following: FollowingMeeting | None
    me: str


@dataclass(frozen=True, slots=True)
class MeetingView:
    """Everything the page of one meeting shows."""

    detail: MeetingDetail
    around: MeetingAround


def meeting_view(db: Reader, meeting_id: str, now: dt.datetime) -> MeetingView | None:
    """One meeting and what lies around it; None when it does not exist or is in the trash."""
    detail = meeting_detail(db, meeting_id, now)
    return None if detail is None else MeetingView(detail, meeting_around(db, detail))


def meeting_around(db: Reader, detail: MeetingDetail) -> MeetingAround:
    """What lies around a meeting."""
    account_id, meeting_id = detail.row.account_id, detail.row.id
    me = db.value("SELECT name FROM team_member WHERE is_me = 1 AND deleted_at IS NULL LIMIT 1")
    return MeetingAround(
        centres=tuple(centres_of(db, account_id)),
        promises=tuple(open_of_account(db, account_id, limit=_MOST)),
        actions=actions.open_of_account(db, account_id, limit=_MOST).rows,
        files=tuple(_files(db, meeting_id)),
        ratings=meeting_ratings(db, meeting_id),
        following=_following(db, detail),
        me=str(me or ""),
    )


def centres_of(db: Reader, account_id: str) -> list[tuple[str, str]]:
    """The buying centres of an account as (id, name)."""
    rows = db.rows(
        "SELECT id, name FROM buying_centre WHERE account_id = ? AND deleted_at IS NULL"
        " ORDER BY name, id",
        (account_id,),
    )
    return [(key, name) for key, name in rows]


def _files(db: Reader, meeting_id: str) -> list[MeetingFile]:
    rows = db.rows(
        "SELECT id, name, size, added_at FROM document"
        " WHERE meeting_id = ? AND deleted_at IS NULL ORDER BY added_at, id",
        (meeting_id,),
    )
    return [MeetingFile(key, name, size, parse_instant(added)) for key, name, size, added in rows]


def _following(db: Reader, detail: MeetingDetail) -> FollowingMeeting | None:
    row = detail.row
    found = db.row(
        "SELECT id, title, starts_at, zone, minutes FROM meeting WHERE account_id = ?1"
        " AND deleted_at IS NULL AND cancelled = 0 AND starts_at > ?2"
        " ORDER BY starts_at, id LIMIT 1",
        (row.account_id, instant_text(row.starts_at)),
    )
    if found is None:
        return None
    key, title, starts, zone, minutes = found
    return FollowingMeeting(key, title, parse_instant(starts), zone, minutes)
