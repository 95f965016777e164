"""What the internal brief says: plain frozen values, worded and drawn elsewhere.

Produced on a read lane and handed to another thread; nothing in it refers to the database.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from kam_desktop.models.vocabulary import (
    ClaimField,
    ContactCoverage,
    DecisionRole,
    InteractionKind,
    MeetingType,
    RelationshipLevel,
    Side,
    Tier,
)
from kam_desktop.services.analysis.health import Health
from kam_desktop.services.analysis.map_changes import MapChange
from kam_desktop.services.handouts.audience import ClientSafe, Internal
from kam_desktop.services.handouts.brief_edits import BriefEdits
from kam_desktop.services.queries.brief import ContractRow, DealRow
from kam_desktop.services.queries.meetings import PointRow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """The first rows of a list, and how many more there are in the portfolio."""

    rows: tuple[T, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class AccountHead:
    """Whom the brief is about. ``zone`` is empty when the account's time zone is unknown."""

    name: str
    industry: str
    address: str
    city: str
    zone: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class MeetingHead:
    """The meeting the brief prepares; ``ours`` are the names of our people there.

    ``leave_at`` is the instant to set out, None while no time for the way is planned.
    """

    title: str
    type: MeetingType
    starts_at: dt.datetime
    zone: str
    minutes: int
    place: str
    ours: tuple[str, ...]
    link: str = ""
    leave_at: dt.datetime | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Aim:
    """What each side wants from the meeting."""

    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One person of the map. ``support`` −2 … +2 and ``influence`` 0 … 10, None while unknown.

    ``faded`` are the judgements too old to rely on, each with the day it is of.
    """

    name: str
    title: str
    roles: tuple[DecisionRole, ...]
    support: int | None
    influence: int | None
    coverage: ContactCoverage | None
    level: RelationshipLevel | None
    level_wanted: RelationshipLevel | None
    placeholder: bool
    external: bool
    attends: bool
    id: str = ""
    faded: tuple[tuple[ClaimField, dt.date], ...] = ()

    def faded_on(self, field: ClaimField) -> dt.date | None:
        """The day of a judgement that has faded; None for one that has not."""
        return dict(self.faded).get(field)


class ChangeKind(StrEnum):
    """What can have happened besides a touch."""

    NOTE = "note"
    PROMISED_BY_US = "promised_by_us"
    PROMISED_BY_THEM = "promised_by_them"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened since the last meeting; ``who`` may be empty.

    ``id`` is that of the touch, note or promise.
    """

    on: dt.date
    kind: InteractionKind | ChangeKind
    text: str
    who: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened since the last meeting, newest first; ``since`` None without one.

    ``outcome`` and ``next_step`` are what was written down after that meeting. ``people`` is how
    the map differs from how it was then, the most important first.
    """

    since: dt.date | None
    outcome: str
    next_step: str
    listed: Listed[Change]
    people: Listed[MapChange] = Listed()
    meeting_id: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """An open commitment; ``days_late`` is 0 while it is in time or has no date."""

    side: Side
    text: str
    person: str
    due_on: dt.date | None
    days_late: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """An open action of ours; ``owner`` may be empty, ``days_late`` as of a `Promise`."""

    text: str
    owner: str
    due_on: dt.date | None
    days_late: int
    id: str = ""


@dataclass(frozen=True, slots=True)
class Deals:
    """Open opportunities; ``totals`` are all of them, minor units by currency, never added up."""

    listed: Listed[DealRow]
    count: int
    totals: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Bands:
    """Where the bands of a health score begin (0 … 100), and the share to be known (0 … 1)."""

    watch: float
    good: float
    minimum_coverage: float


@dataclass(frozen=True, slots=True)
class Revenue:
    """Income by month in one currency, oldest first; None in months without an entry.

    ``months`` are last days of months, except the last one: the day of the brief.
    """

    currency: str
    months: tuple[dt.date, ...]
    minor: tuple[float | None, ...]


class RemarkKind(StrEnum):
    """Risks, then questions that the unknown raises."""

    OPPONENT = "opponent"
    OURS_LATE = "ours_late"
    NOTICE_SOON = "notice_soon"
    CONTRACT_ENDED = "contract_ended"
    DEAL_OVERDUE = "deal_overdue"
    SILENCE = "silence"
    NO_ECONOMIC_BUYER = "no_economic_buyer"
    NO_CHAMPION = "no_champion"
    SUPPORT_UNKNOWN = "support_unknown"
    INFLUENCE_UNKNOWN = "influence_unknown"
    ROLE_UNKNOWN = "role_unknown"
    SEAT_VACANT = "seat_vacant"
    SUPPORT_FADED = "support_faded"
    INFLUENCE_FADED = "influence_faded"
    LEVEL_FADED = "level_faded"
    THEIRS_LATE = "theirs_late"
    RENEWAL = "renewal"
    NOBODY_KNOWN = "nobody_known"


@dataclass(frozen=True, slots=True)
class Remark:
    """A risk or a question; ``about`` is a name or text, ``count`` days or a number of things.

    ``id`` is that of the person or record it is about, if it is about one.
    """

    kind: RemarkKind
    about: str = ""
    on: dt.date | None = None
    count: int = 0
    id: str = ""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An item of the checklist that is still to do."""

    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """How far preparation is; ``open`` are the items still to do, in order."""

    done: int
    open: tuple[OpenItem, ...]
    not_applicable: int


@dataclass(frozen=True, slots=True)
class BriefContent:
    """The internal brief of one account, as of ``made_at``.

    ``here_zone`` is the user's time zone, empty for the computer's. ``points`` is what is written
    for the meeting, ``edits`` what the user changed in the brief itself.
    """

    made_at: ClientSafe[dt.datetime]
    today: ClientSafe[dt.date]
    here_zone: ClientSafe[str]
    account: ClientSafe[AccountHead]
    tier: Internal[Tier]
    meeting: ClientSafe[MeetingHead | None]
    aim: Internal[Aim]
    people: Internal[Listed[PersonCard]]
    changes: Internal[Changes]
    promises: Internal[Listed[Promise]]
    actions: Internal[Listed[Task]]
    points: Internal[tuple[PointRow, ...]]
    health: Internal[Health]
    bands: Internal[Bands]
    health_trend: Internal[tuple[float | None, ...]]
    deals: Internal[Deals]
    contracts: Internal[Listed[ContractRow]]
    revenue: Internal[tuple[Revenue, ...]]
    risks: Internal[tuple[Remark, ...]]
    questions: Internal[tuple[Remark, ...]]
    checklist: Internal[Checklist | None]
    edits: Internal[BriefEdits]
