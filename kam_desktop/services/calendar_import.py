"""Appointments of a calendar file become meetings: first a plan, then one step.

The calendar decides when and where a meeting is; what was prepared here is never touched. The same
file imported again changes nothing.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.models.text import parse_instant
from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services.exchange.calendars.events import CalendarEvent, Invited, Reply
from kam_desktop.services.exchange.plans import Fate
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.recognition import Directory, Known, directory

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

SYSTEM = "calendar"
"""`ExternalRef.system` of meetings from a calendar."""

BACK, AHEAD = dt.timedelta(days=400), dt.timedelta(days=400)
"""How far around today appointments are taken over."""

OWN = "@kam-desktop"
"""What follows a meeting's id in calendars written by this program."""


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """What becomes of one appointment.

    ``meeting_id`` is the meeting it is already; ``known`` are people found by their addresses (with
    those of our team), ``unknown`` those invited nobody here knows. ``reason`` says why it is
    rejected.
    """

    event: CalendarEvent
    fate: Fate
    account_id: str = ""
    meeting_id: str = ""
    known: tuple[Known, ...] = ()
    unknown: tuple[Invited, ...] = ()
    reason: str = ""


def plan_calendar(
    db: Reader, events: Sequence[CalendarEvent], *, account_id: str = ""
) -> tuple[PlannedMeeting, ...]:
    """What importing ``events`` would do; ``account_id`` takes those no account is found for."""
    people = directory(db)
    existing = _existing(db, events)
    return tuple(_planned(event, people, existing, account_id) for event in events)


def plan_with(
    db: Reader, events: Sequence[CalendarEvent], chosen: Mapping[str, str], *, account_id: str = ""
) -> tuple[PlannedMeeting, ...]:
    """As `plan_calendar`, with an account chosen for some events by their ``key``.

    ``chosen`` counts where no account is found, before ``account_id``.
    """
    plan = {each.event.key: each for each in plan_calendar(db, events, account_id=account_id)}
    for account in set(chosen.values()):
        own = [event for event in events if chosen.get(event.key) == account]
        plan.update((each.event.key, each) for each in plan_calendar(db, own, account_id=account))
    return tuple(plan[event.key] for event in events)


@dataclass(frozen=True, slots=True)
class _Meeting:
    id: str
    account_id: str
    starts_at: dt.datetime
    zone: str
    minutes: int
    place: str
    cancelled: bool
    attendees: frozenset[str]
    trashed: bool


_MEETING = """
SELECT {key}, m.id, m.account_id, m.starts_at, m.zone, m.minutes, m.place, m.cancelled,
       m.deleted_at IS NOT NULL,
       (SELECT json_group_array(coalesce(a.person_id, a.team_member_id)) FROM attendee a
        WHERE a.meeting_id = m.id AND a.deleted_at IS NULL)
FROM {source}
"""
_BY_REF = _MEETING.format(
    key="r.key",
    source="external_ref r JOIN meeting m ON m.id = r.record_id WHERE r.record_kind = 'meeting'"
    " AND r.system = ? AND r.deleted_at IS NULL",
)
_BY_ID = _MEETING.format(
    key=f"m.id || '{OWN}'", source="json_each(?) j JOIN meeting m ON m.id = j.value"
)


def _existing(db: Reader, events: Iterable[CalendarEvent]) -> dict[str, _Meeting]:
    """The meetings that are in a calendar already, by the key of their event."""
    own = [event.key.removesuffix(OWN) for event in events if event.key.endswith(OWN)]
    rows = [*db.rows(_BY_REF, (SYSTEM,)), *db.rows(_BY_ID, (json.dumps(own),))]
    return {
        key: _Meeting(
            meeting_id,
            account,
            parse_instant(at),
            zone,
            minutes,
            place,
            bool(cancelled),
            frozenset(json.loads(attendees)),
            bool(gone),
        )
        for key, meeting_id, account, at, zone, minutes, place, cancelled, gone, attendees in rows
    }


def _planned(
    event: CalendarEvent, people: Directory, existing: dict[str, _Meeting], chosen: str
) -> PlannedMeeting:
    meeting = existing.get(ref_key(event))
    account = meeting.account_id if meeting else _account(event, people) or chosen
    known, unknown = _recognised(event, people, account)
    if meeting is not None:
        return _again(event, meeting, known, unknown)
    reason = _why_not(event, account)
    if reason:
        return PlannedMeeting(event, Fate.REJECTED, account, reason=reason)
    return PlannedMeeting(event, Fate.NEW, account, known=known, unknown=unknown)


def ref_key(event: CalendarEvent) -> str:
    """The key kept for an event; UIDs of any length fit."""
    if len(event.key) <= 200:
        return event.key
    import hashlib

    return f"sha256:{hashlib.sha256(event.key.encode()).hexdigest()}"


def _why_not(event: CalendarEvent, account: str) -> str:
    if event.cancelled:
        return _("It was cancelled.")
    if event.whole_day and not event.people:
        return _("It takes whole days and nobody is invited: not a meeting.")
    if not account:
        return _("Nobody invited is known here, so it is unclear which account it belongs to.")
    return ""


def _again(
    event: CalendarEvent,
    meeting: _Meeting,
    known: tuple[Known, ...],
    unknown: tuple[Invited, ...],
) -> PlannedMeeting:
    if meeting.trashed:
        reason = _("You deleted this meeting. Restore it from the trash to have it again.")
        return PlannedMeeting(event, Fate.REJECTED, meeting.account_id, reason=reason)
    same = (
        (event.starts_at, event.zone, event.minutes, event.place or meeting.place, event.cancelled)
        == (meeting.starts_at, meeting.zone, meeting.minutes, meeting.place, meeting.cancelled)
    ) and all(each.id in meeting.attendees for each in known)
    fate = Fate.UNCHANGED if same else Fate.CHANGED
    return PlannedMeeting(event, fate, meeting.account_id, meeting.id, known, unknown)


def _account(event: CalendarEvent, people: Directory) -> str:
    """The account most of those invited belong to; then by domain, then by name in the title."""
    found = [people.known(each.email) for each in event.people if each.email]
    theirs = Counter(each.account_id for each in found if each is not None and not each.ours)
    if not theirs:
        domains = (people.account_of_domain(each.email) for each in event.people)
        theirs = Counter(account for account in domains if account)
    return theirs.most_common(1)[0][0] if theirs else people.account_in(event.title)


def _recognised(
    event: CalendarEvent, people: Directory, account: str
) -> tuple[tuple[Known, ...], tuple[Invited, ...]]:
    known: dict[str, Known] = {}
    unknown: list[Invited] = []
    for each in event.people:
        if each.reply is Reply.DECLINED:
            continue
        found = people.known(each.email, account) if each.email else None
        if found is None:
            unknown.append(each)
        else:
            known[found.id] = found
    return tuple(known.values()), tuple(unknown)


def import_events(
    work: UnitOfWork,
    events: Sequence[CalendarEvent],
    chosen: Mapping[str, str],
    *,
    account_id: str = "",
    add_people: bool = False,
) -> tuple[PlannedMeeting, ...]:
    """Plan on what is there now and import; returns the plan that was carried out."""
    plan = plan_with(work.reader, events, chosen, account_id=account_id)
    import_calendar(work, plan, add_people=add_people)
    return plan


def import_calendar(
    work: UnitOfWork, plan: Sequence[PlannedMeeting], *, add_people: bool = False
) -> int:
    """Make and change the meetings of ``plan``; returns how many.

    With ``add_people`` those invited whom nobody knows become stakeholders of the account, unless
    their address is of no company.
    """
    count = 0
    added: dict[tuple[str, str], str] = {}
    for planned in plan:
        if planned.fate is Fate.NEW:
            _add(work, planned, added, add_people=add_people)
        elif planned.fate is Fate.CHANGED:
            _change(work, planned)
        else:
            continue
        count += 1
    return count


def _add(
    work: UnitOfWork,
    planned: PlannedMeeting,
    added: dict[tuple[str, str], str],
    *,
    add_people: bool,
) -> None:
    from kam_desktop.models.registry import ExternalRef
    from kam_desktop.services import meetings
    from kam_desktop.services.zones import LocalTime

    event = planned.event
    people = [each.id for each in planned.known if not each.ours]
    if add_people:
        people += _new_people(work, planned, added)
    meeting_id = meetings.add_meeting(
        work,
        planned.account_id,
        _type(work, planned.account_id),
        LocalTime.of_instant(event.starts_at, event.zone),
        minutes=event.minutes,
        person_ids=people,
        team_member_ids=[each.id for each in planned.known if each.ours],
        template_ids=None if event.starts_at > work.now else (),
        title=event.title,
        place=event.place or event.link,
        agenda=event.text,
    )
    key = ref_key(event)
    work.add(ExternalRef(system=SYSTEM, key=key, record_kind="meeting", record_id=meeting_id))


def _type(work: UnitOfWork, account_id: str) -> MeetingType:
    """The first meeting with a client is prepared differently from all others."""
    met = work.reader.value(
        "SELECT 1 FROM meeting WHERE account_id = ?1 AND deleted_at IS NULL"
        " UNION SELECT 1 FROM interaction WHERE account_id = ?1 AND deleted_at IS NULL LIMIT 1",
        (account_id,),
    )
    return MeetingType.FIRST if met is None else MeetingType.INFORMAL


def _new_people(
    work: UnitOfWork, planned: PlannedMeeting, added: dict[tuple[str, str], str]
) -> list[str]:
    from kam_desktop.services.people import add_person

    ids = []
    for each in planned.unknown:
        if not each.email:
            continue
        key = (planned.account_id, each.email)
        if key not in added:
            name = each.name if each.name and "@" not in each.name else _name_of(each.email)
            added[key] = add_person(work, planned.account_id, name, email=each.email)
        ids.append(added[key])
    return ids


def _name_of(email: str) -> str:
    """A name to begin with, from ``ana.pop@…``."""
    return " ".join(email.partition("@")[0].replace("_", ".").split(".")).title() or email


def _change(work: UnitOfWork, planned: PlannedMeeting) -> None:
    from kam_desktop.services import meetings
    from kam_desktop.services.zones import LocalTime

    event, meeting_id = planned.event, planned.meeting_id
    when = LocalTime.of_instant(event.starts_at, event.zone)
    meetings.reschedule(work, meeting_id, when, minutes=event.minutes)
    if event.place:
        meetings.update_meeting(work, meeting_id, place=event.place)
    meetings.set_cancelled(work, meeting_id, event.cancelled)
    theirs = [each.id for each in planned.known if not each.ours]
    meetings.add_people(work, meeting_id, theirs)
    meetings.add_team_members(work, meeting_id, [each.id for each in planned.known if each.ours])
