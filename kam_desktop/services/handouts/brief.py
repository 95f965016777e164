"""Gathers the content of the internal brief in one reading of the portfolio."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kam_desktop.models.text import instant_text
from kam_desktop.models.vocabulary import ChecklistState, ClaimField, CommitmentState, Side
from kam_desktop.services.analysis.claims import Freshness
from kam_desktop.services.analysis.health import Band, Health, assess
from kam_desktop.services.analysis.health_facts import RevenueFact
from kam_desktop.services.analysis.map_changes import MapChange, MapChangeKind
from kam_desktop.services.analysis.revenue import by_month, month_ends, month_of
from kam_desktop.services.clock import Clock
from kam_desktop.services.errors import UserError
from kam_desktop.services.handouts.audience import ClientSafe, Internal
from kam_desktop.services.handouts.brief_edits import BriefEdits
from kam_desktop.services.handouts.content import (
    AccountHead,
    Aim,
    Bands,
    BriefContent,
    Change,
    ChangeKind,
    Changes,
    Checklist,
    Deals,
    Listed,
    MeetingHead,
    OpenItem,
    PersonCard,
    Promise,
    Revenue,
    Task,
)
from kam_desktop.services.handouts.remarks import questions, risks
from kam_desktop.services.i18n import _
from kam_desktop.services.map_history import changes_between
from kam_desktop.services.queries import brief as rows
from kam_desktop.services.queries import commitments, health, interactions, meetings
from kam_desktop.services.queries.claims import believed_by_person
from kam_desktop.services.zones import UTC_ZONE, local_of

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader

_MONTHS = 12
_MOST_PEOPLE = 24
_MOST_PROMISES = 200
_MOST_ACTIONS = 60
_MOST_CHANGES = 14
_MOST_DEALS = 6
_MOST_CONTRACTS = 5
_CONTRACT_MEMORY = dt.timedelta(days=90)
_FIRST_LOOK_BACK = dt.timedelta(days=90)
"""How far back changes go when there was no meeting yet."""


def brief_content(
    db: Reader, account_id: str, *, meeting_id: str | None = None, clock: Clock, zone: str = ""
) -> BriefContent:
    """The brief for one account and one of its meetings (the next one when none is given).

    ``zone`` is the user's IANA time zone, empty for the computer's. Raises `UserError` when the
    account or the meeting is gone.
    """
    now, today = clock.now(), clock.today()
    account = rows.account_row(db, account_id)
    if account is None:
        raise UserError(_("This account is no longer here. Nothing was printed."))
    detail = _meeting(db, account_id, meeting_id, now)
    people = _people(db, account_id, detail, today)
    promises = _promises(db, account_id, today)
    deals, contracts = _deals(db, account_id), _contracts(db, account_id, today)
    rules = health.health_rules(db)
    facts = health.health_inputs(db, account_id, today, _MONTHS + 1)
    days = _days(today)
    past = [assess(facts, rules, day) for day in days]
    touches = interactions.timeline(db, account_id=account_id, limit=_MOST_CHANGES)
    changes = _changes(db, account_id, detail, touches, clock)
    last_touch = touches.rows[0].at.date() if touches.rows else None
    return BriefContent(
        made_at=ClientSafe(now),
        today=ClientSafe(today),
        here_zone=ClientSafe(zone),
        account=ClientSafe(_head(account_id, account)),
        tier=Internal(account.tier),
        meeting=ClientSafe(_meeting_head(detail)),
        aim=Internal(_aim(detail)),
        people=Internal(people),
        changes=Internal(changes),
        promises=Internal(promises),
        health=Internal(past[-1]),
        bands=Internal(Bands(rules.watch, rules.good, rules.minimum_coverage)),
        health_trend=Internal(tuple(_known_score(each) for each in past)),
        deals=Internal(deals),
        contracts=Internal(contracts),
        revenue=Internal(_revenue(facts.revenue, days)),
        risks=Internal(
            risks(people.rows, promises.rows, deals.listed.rows, contracts.rows, last_touch, today)
        ),
        actions=Internal(_actions(db, account_id, today)),
        points=Internal(detail.points if detail else ()),
        questions=Internal(
            questions(
                people.rows,
                rows.role_counts(db, account_id),
                promises.rows,
                contracts.rows,
                today,
            )
        ),
        checklist=Internal(_checklist(detail)),
        edits=Internal(_edits(db, detail)),
    )


def _meeting(
    db: Reader, account_id: str, meeting_id: str | None, now: dt.datetime
) -> meetings.MeetingDetail | None:
    if meeting_id is None:
        following = meetings.next_meeting(db, now, account_id)
        return meetings.meeting_detail(db, following.id, now) if following else None
    detail = meetings.meeting_detail(db, meeting_id, now)
    if detail is None or detail.row.account_id != account_id:
        raise UserError(_("This meeting is no longer here. Nothing was printed."))
    return detail


def _head(account_id: str, account: rows.AccountRow) -> AccountHead:
    town = " ".join(part for part in (account.postcode, account.city) if part)
    parts = (account.street, town, account.region, account.country)
    address = ", ".join(part.replace("\n", ", ") for part in parts if part)
    return AccountHead(
        account.name, account.industry, address, account.city, account.zone, account_id
    )


def _meeting_head(detail: meetings.MeetingDetail | None) -> MeetingHead | None:
    if detail is None:
        return None
    row = detail.row
    ours = tuple(each.name for each in detail.attendees if each.side is Side.OURS)
    return MeetingHead(
        title=row.title,
        type=row.type,
        starts_at=row.starts_at,
        zone=row.zone,
        minutes=row.minutes,
        place=row.place,
        ours=ours,
        link=detail.link,
        leave_at=detail.leave_at,
        id=row.id,
    )


def _aim(detail: meetings.MeetingDetail | None) -> Aim:
    if detail is None:
        return Aim("", "")
    return Aim(detail.objective_ours, detail.objective_theirs)


def _people(
    db: Reader, account_id: str, detail: meetings.MeetingDetail | None, today: dt.date
) -> Listed[PersonCard]:
    present = {each.person_id for each in detail.attendees} if detail else set()
    meeting_id = detail.row.id if detail else ""
    found = rows.people(db, account_id, meeting_id, _MOST_PEOPLE)
    judged = believed_by_person(db, [person.id for person in found], today)
    cards = tuple(
        PersonCard(
            name=person.name,
            title=person.title,
            roles=person.roles,
            support=person.support,
            influence=person.influence,
            coverage=person.coverage,
            level=person.level,
            level_wanted=person.level_wanted,
            placeholder=person.placeholder,
            external=person.external,
            attends=person.id in present,
            id=person.id,
            faded=_faded(person, judged.get(person.id, {})),
        )
        for person in found
    )
    return Listed(cards, _rest(db, "people", account_id, cards, _MOST_PEOPLE))


def _faded(
    person: rows.PersonRow, judged: Mapping[ClaimField, tuple[dt.date, Freshness]]
) -> tuple[tuple[ClaimField, dt.date], ...]:
    """What is known of somebody and too old to rely on; the unknown does not fade."""
    values = {
        ClaimField.SUPPORT: person.support,
        ClaimField.INFLUENCE: person.influence,
        ClaimField.COVERAGE: person.coverage,
        ClaimField.LEVEL: person.level,
    }
    return tuple(
        (field, day)
        for field, (day, fresh) in judged.items()
        if fresh is Freshness.FADED and values.get(field) is not None
    )


def _promises(db: Reader, account_id: str, today: dt.date) -> Listed[Promise]:
    promises = tuple(
        Promise(each.side, each.text, each.person_name, each.due_on, each.days_late(today), each.id)
        for each in commitments.open_of_account(db, account_id, limit=_MOST_PROMISES)
    )
    return Listed(promises, _rest(db, "promises", account_id, promises, _MOST_PROMISES))


def _actions(db: Reader, account_id: str, today: dt.date) -> Listed[Task]:
    tasks = tuple(
        Task(
            each.text,
            each.owner_name,
            each.due_on,
            max(0, (today - each.due_on).days) if each.due_on else 0,
            each.id,
        )
        for each in rows.open_actions(db, account_id, _MOST_ACTIONS)
    )
    return Listed(tasks, _rest(db, "actions", account_id, tasks, _MOST_ACTIONS))


def _rest(
    db: Reader, what: str, account_id: str, found: Sequence[object], most: int, since: str = ""
) -> int:
    """How many the portfolio holds beyond those that were read; counted only at the limit."""
    if len(found) < most:
        return 0
    return max(0, rows.count_of(db, what, account_id, since) - len(found))


def _deals(db: Reader, account_id: str) -> Deals:
    deals = tuple(rows.open_deals(db, account_id, _MOST_DEALS))
    count, totals = rows.deal_totals(db, account_id)
    return Deals(Listed(deals, max(0, count - len(deals))), count, totals)


def _contracts(db: Reader, account_id: str, today: dt.date) -> Listed[rows.ContractRow]:
    since = today - _CONTRACT_MEMORY
    found = tuple(rows.contracts(db, account_id, since, _MOST_CONTRACTS))
    more = _rest(db, "contracts", account_id, found, _MOST_CONTRACTS, since.isoformat())
    return Listed(found, more)


def _days(today: dt.date) -> tuple[dt.date, ...]:
    """The ends of the last months and, unless it is one of them, today."""
    ends = month_ends(today, _MONTHS)
    return tuple(ends) if ends[-1] == today else (*ends, today)


def _known_score(past: Health) -> float | None:
    return None if past.band is Band.UNKNOWN else past.score


def _revenue(facts: Sequence[RevenueFact], days: Sequence[dt.date]) -> tuple[Revenue, ...]:
    """The months of ``days`` in each currency with income, the currency used most often first."""
    found = []
    for currency, totals in by_month(facts).items():
        amounts = tuple(totals.get(month_of(day)) for day in days)
        if any(amounts):
            found.append(Revenue(currency, tuple(days), amounts))
    return tuple(sorted(found, key=lambda each: (-_months_with_income(each), each.currency)))


def _months_with_income(revenue: Revenue) -> int:
    return sum(1 for amount in revenue.minor if amount)


def _checklist(detail: meetings.MeetingDetail | None) -> Checklist | None:
    if detail is None or not detail.checklist:
        return None
    states = [item.state for item in detail.checklist]
    open_items = (item for item in detail.checklist if item.state is ChecklistState.OPEN)
    return Checklist(
        done=states.count(ChecklistState.DONE),
        open=tuple(OpenItem(item.text, item.id) for item in open_items),
        not_applicable=states.count(ChecklistState.NOT_APPLICABLE),
    )


def _edits(db: Reader, detail: meetings.MeetingDetail | None) -> BriefEdits:
    if detail is None:
        return BriefEdits()
    return BriefEdits.from_json(rows.stored_edits(db, detail.row.id))


def _changes(
    db: Reader,
    account_id: str,
    detail: meetings.MeetingDetail | None,
    touches: interactions.Timeline,
    clock: Clock,
) -> Changes:
    now = clock.now()
    until = min(detail.row.starts_at, now) if detail else now
    last = rows.last_meeting_before(db, account_id, until)
    start = last.starts_at if last else now - _FIRST_LOOK_BACK
    found = [
        Change(
            local_of(touch.at, touch.zone or UTC_ZONE).date(),
            touch.kind,
            touch.summary or touch.text,
            touch.person_name,
            touch.id,
        )
        for touch in touches.rows
        if touch.at > start
    ]
    unread = _rest(db, "touches", account_id, found, _MOST_CHANGES, instant_text(start))
    notes = rows.notes_since(db, account_id, start, _MOST_CHANGES)
    unread += _rest(db, "notes", account_id, notes, _MOST_CHANGES, instant_text(start))
    for note in notes:
        found.append(Change(note.at.date(), ChangeKind.NOTE, note.text, note.person_name, note.id))
    found += _promise_changes(db, account_id, start.date())
    found.sort(key=lambda change: change.on, reverse=True)
    kept = tuple(found[:_MOST_CHANGES])
    listed = Listed(kept, unread + len(found) - len(kept))
    people = _people_changes(db, account_id, start.astimezone(), clock.today())
    if last is None:
        return Changes(None, "", "", listed, people)
    since = local_of(last.starts_at, last.zone).date()
    return Changes(since, last.outcome, last.next_step, listed, people, last.id)


def _people_changes(
    db: Reader, account_id: str, since: dt.datetime, today: dt.date
) -> Listed[MapChange]:
    """Who is new or gone, and whose support, influence or roles are not what they were."""
    try:
        changes = changes_between(db, account_id, since, today=today)
    except UserError:
        # The account was not here then: everybody would be new.
        return Listed()
    found = changes.of(*_TOLD)
    return Listed(found[:_MOST_CHANGES], max(0, len(found) - _MOST_CHANGES))


_TOLD = (
    MapChangeKind.LEFT,
    MapChangeKind.REMOVED,
    MapChangeKind.SUPPORT,
    MapChangeKind.ADDED,
    MapChangeKind.SEAT_FILLED,
    MapChangeKind.SEAT_EMPTIED,
    MapChangeKind.CAME_BACK,
    MapChangeKind.ROLES,
    MapChangeKind.INFLUENCE,
)


def _promise_changes(db: Reader, account_id: str, since: dt.date) -> list[Change]:
    found: list[Change] = []
    for each in commitments.of_account(db, account_id, limit=_MOST_PROMISES).rows:
        if each.closed_on is not None and each.closed_on >= since:
            kind = _CLOSED.get(each.state, ChangeKind.KEPT)
            found.append(Change(each.closed_on, kind, each.text, each.person_name, each.id))
        elif each.made_on is not None and each.made_on > since:
            ours = each.side is Side.OURS
            kind = ChangeKind.PROMISED_BY_US if ours else ChangeKind.PROMISED_BY_THEM
            found.append(Change(each.made_on, kind, each.text, each.person_name, each.id))
    return found


_CLOSED = {
    CommitmentState.KEPT: ChangeKind.KEPT,
    CommitmentState.LATE: ChangeKind.LATE,
    CommitmentState.BROKEN: ChangeKind.BROKEN,
    CommitmentState.WITHDRAWN: ChangeKind.WITHDRAWN,
}
