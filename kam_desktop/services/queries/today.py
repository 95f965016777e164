"""What matters now: the Today page. Every query walks an index and stops after a few rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kam_desktop.models.text import instant_text, parse_instant
from kam_desktop.models.vocabulary import ChecklistState
from kam_desktop.services.queries import commitments, meetings, today_ahead
from kam_desktop.services.queries.commitments import CommitmentRow
from kam_desktop.services.queries.meetings import AttendeeRow, ChecklistRow, MeetingRow
from kam_desktop.services.queries.today_ahead import Birthday, DatedRow
from kam_desktop.services.zones import local_of

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader

MEETINGS = 6
ROWS = 6
MISSING = 1
"""How many open items are named of a meeting after the next one."""
THIS_WEEK = dt.timedelta(days=7)
CONTRACT_HORIZON = dt.timedelta(days=120)
UNKNOWN_INFLUENCE = -1


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The meeting to prepare now: who comes, what is still missing (most urgent first)."""

    row: MeetingRow
    objective_ours: str
    missing: tuple[ChecklistRow, ...]
    clients: tuple[AttendeeRow, ...]
    unknown_people: int
    without_role: int


@dataclass(frozen=True, slots=True)
class ContractAhead:
    """A contract whose notice date (``is_notice``) or end comes up."""

    id: str
    account_id: str
    account_name: str
    name: str
    on: dt.date
    is_notice: bool

    def days_left(self, today: dt.date) -> int:
        """Days until the date."""
        return (self.on - today).days


@dataclass(frozen=True, slots=True)
class FadingPerson:
    """Somebody we have not touched for longer than agreed; ``last_at`` None: never."""

    person_id: str
    account_id: str
    account_name: str
    name: str
    title: str
    influence: int | None
    support: int | None
    cadence_days: int
    last_at: dt.datetime | None

    def days_over(self, now: dt.datetime) -> int | None:
        """Days past the agreed interval; None when there was no touch yet."""
        return None if self.last_at is None else (now - self.last_at).days - self.cadence_days


@dataclass(frozen=True, slots=True)
class TodayView:
    """Everything on the Today page. ``more_…`` say whether a list goes on elsewhere.

    ``missing`` are the first open items of the meetings after the next one, by the meeting's id;
    ``late``, ``due`` and ``ahead`` are actions, gates, reviews and proposals.
    """

    today: dt.date
    next_meeting: NextMeeting | None
    meetings: tuple[MeetingRow, ...]
    overdue: tuple[CommitmentRow, ...]
    due_soon: tuple[CommitmentRow, ...]
    contracts: tuple[ContractAhead, ...]
    fading: tuple[FadingPerson, ...]
    missing: Mapping[str, tuple[ChecklistRow, ...]]
    late: tuple[DatedRow, ...]
    due: tuple[DatedRow, ...]
    ahead: tuple[DatedRow, ...]
    birthdays: tuple[Birthday, ...]
    more_meetings: bool
    more_overdue: bool
    more_fading: bool
    has_accounts: bool

    @property
    def quiet(self) -> bool:
        """Whether there is nothing that asks for attention."""
        promises = self.overdue or self.due_soon or self.contracts
        dates = self.late or self.due or self.ahead or self.birthdays
        return not (self.meetings or promises or dates or self.fading)


def today_view(db: Reader, now: dt.datetime, zone: str) -> TodayView:
    """What matters at ``now`` to a user in ``zone``."""
    today = local_of(now, zone).date()
    coming = meetings.upcoming(db, now, cancelled=False, limit=MEETINGS)
    late = commitments.overdue(db, today, limit=ROWS)
    soon = commitments.due_between(db, today, today + THIS_WEEK, limit=ROWS)
    late_dates = today_ahead.late(db, today, limit=ROWS + 1)
    fading = fading_people(db, now, limit=ROWS + 1)
    return TodayView(
        today=today,
        next_meeting=_next_meeting(db, coming.rows[0], now) if coming.rows else None,
        meetings=coming.rows,
        overdue=late.rows,
        due_soon=soon.rows,
        contracts=tuple(contracts_ahead(db, today, limit=ROWS)),
        fading=tuple(fading[:ROWS]),
        missing={row.id: _missing(db, row, now)[:MISSING] for row in coming.rows[1:] if row.open},
        late=tuple(late_dates[:ROWS]),
        due=tuple(today_ahead.due(db, today, today + THIS_WEEK, limit=ROWS)),
        ahead=tuple(today_ahead.ahead(db, today, limit=ROWS)),
        birthdays=tuple(today_ahead.birthdays(db, today, limit=ROWS)),
        more_meetings=coming.more,
        more_overdue=late.more or len(late_dates) > ROWS,
        more_fading=len(fading) > ROWS,
        has_accounts=db.value("SELECT 1 FROM account WHERE deleted_at IS NULL LIMIT 1") is not None,
    )


def _next_meeting(db: Reader, row: MeetingRow, now: dt.datetime) -> NextMeeting:
    detail = meetings.meeting_detail(db, row.id, now)
    assert detail is not None, "the meeting was read in the same snapshot"
    clients = tuple(row for row in detail.attendees if row.person_id is not None)
    return NextMeeting(
        row=detail.row,
        objective_ours=detail.objective_ours,
        missing=_still_open(detail.checklist),
        clients=clients,
        unknown_people=sum(person.support is None for person in clients),
        without_role=sum(not person.roles for person in clients),
    )


def _missing(db: Reader, row: MeetingRow, now: dt.datetime) -> tuple[ChecklistRow, ...]:
    return _still_open(meetings.checklist(db, row, now))


def _still_open(items: Iterable[ChecklistRow]) -> tuple[ChecklistRow, ...]:
    """The most urgent first."""
    return tuple(sorted((i for i in items if i.state is ChecklistState.OPEN), key=_due))


def _due(item: ChecklistRow) -> dt.date:
    return item.due_on


CONTRACTS_SQL = """
SELECT c.id, c.account_id, a.name, c.name, c.{column}
FROM contract c JOIN account a ON a.id = c.account_id
WHERE c.deleted_at IS NULL AND a.deleted_at IS NULL AND c.{column} BETWEEN :first AND :last {only}
ORDER BY c.{column} LIMIT :limit
"""


def contracts_ahead(db: Reader, today: dt.date, *, limit: int) -> list[ContractAhead]:
    """Contracts whose notice date, or end when that has no notice date, is near; nearest first."""
    window = {
        "first": today.isoformat(),
        "last": (today + CONTRACT_HORIZON).isoformat(),
        "limit": limit,
    }
    found: list[ContractAhead] = []
    for column, only in (("notice_on", ""), ("ends_on", "AND c.notice_on IS NULL")):
        sql = CONTRACTS_SQL.format(column=column, only=only)
        for key, account, account_name, name, on in db.rows(sql, window):
            day = dt.date.fromisoformat(on)
            is_notice = column == "notice_on"
            found.append(ContractAhead(key, account, account_name, name, day, is_notice))
    found.sort(key=_contract_day)
    return found[:limit]


def _contract_day(contract: ContractAhead) -> dt.date:
    return contract.on


FADING_SQL = """
SELECT p.id, p.account_id, a.name, p.name, p.title, p.influence, p.support,
       t.cadence_days, t.last_at
FROM touch_due t JOIN person p ON p.id = t.person_id JOIN account a ON a.id = p.account_id
WHERE t.influence = ? AND t.due_at < ? AND a.deleted_at IS NULL AND a.tier <> 'former'
ORDER BY t.due_at LIMIT ?
"""


def fading_people(db: Reader, now: dt.datetime, *, limit: int) -> list[FadingPerson]:
    """People past their cadence: the most influential first, then the longest due.

    One index seek per level of influence, until there are ``limit``.
    """
    found: list[FadingPerson] = []
    for influence in (*range(10, -1, -1), UNKNOWN_INFLUENCE):
        if len(found) >= limit:
            break
        rows = db.rows(FADING_SQL, (influence, instant_text(now), limit - len(found)))
        found.extend(_fading_person(values) for values in rows)
    return found


def _fading_person(values: tuple[Any, ...]) -> FadingPerson:
    person, account, account_name, name, title, influence, support, cadence, last = values
    return FadingPerson(
        person_id=person,
        account_id=account,
        account_name=account_name,
        name=name,
        title=title,
        influence=influence,
        support=support,
        cadence_days=cadence,
        last_at=None if last is None else parse_instant(last),
    )
