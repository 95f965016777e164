"""Meetings: planned, prepared, held and followed up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypedDict, Unpack

from sqlalchemy import select

from kam_desktop.models.registry import (
    Account,
    Attendee,
    BuyingCentre,
    Interaction,
    Meeting,
    MeetingCentre,
    Person,
    TeamMember,
)
from kam_desktop.models.text import is_visible
from kam_desktop.models.vocabulary import InteractionKind, MeetingType
from kam_desktop.services import checklists, interactions, words
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.lines import required_line, spaced_line
from kam_desktop.services.zones import LocalTime

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

MAX_MINUTES = 14 * 24 * 60


class MeetingTexts(TypedDict, total=False):
    """What can be written about a meeting at any time."""

    title: str
    place: str
    link: str
    objective_ours: str
    objective_theirs: str
    agenda: str
    outcome: str
    next_step: str


def add_meeting(
    work: UnitOfWork,
    account_id: str,
    meeting_type: MeetingType,
    when: LocalTime,
    *,
    minutes: int = 60,
    person_ids: Sequence[str] = (),
    team_member_ids: Sequence[str] = (),
    template_ids: Sequence[str] | None = None,
    **texts: Unpack[MeetingTexts],
) -> str:
    """Plan a meeting and return its id.

    Its checklist is copied from ``template_ids``, or when None from the templates for any meeting
    and for this type. Without a title it is called after its type. Raises `UserError`: field
    ``minutes``, or as `LocalTime.instant` for the time.
    """
    work.get(Account, account_id)
    _check_minutes(minutes)
    values: MeetingTexts = {**texts}
    title = texts.get("title", "")
    values["title"] = title if is_visible(title) else words.word(meeting_type)
    meeting = Meeting(
        account_id=account_id,
        type=meeting_type,
        starts_at=when.instant(),
        zone=when.zone,
        minutes=minutes,
        **values,
    )
    work.add(meeting)
    work.flush()
    add_people(work, meeting.id, person_ids)
    add_team_members(work, meeting.id, team_member_ids)
    if template_ids is None:
        template_ids = checklists.templates_for(work, meeting_type)
    checklists.copy_into_meeting(work, meeting.id, template_ids)
    return meeting.id


def update_meeting(work: UnitOfWork, meeting_id: str, **texts: Unpack[MeetingTexts]) -> None:
    """Change what is written about a meeting. Raises `UserError` (field ``title``) when emptied."""
    meeting = work.get(Meeting, meeting_id)
    if "title" in texts:
        required_line(texts["title"], _("Give the meeting a name."), field="title")
    for name, value in texts.items():
        setattr(meeting, name, str(value).strip())


def set_type(work: UnitOfWork, meeting_id: str, meeting_type: MeetingType) -> None:
    """Change the type of a meeting and add the checklist items of that type that are missing."""
    meeting = work.get(Meeting, meeting_id)
    if meeting.type is meeting_type:
        return
    if meeting.title == words.word(meeting.type):
        meeting.title = words.word(meeting_type)
    meeting.type = meeting_type
    checklists.copy_into_meeting(work, meeting_id, checklists.templates_for(work, meeting_type))


def reschedule(
    work: UnitOfWork, meeting_id: str, when: LocalTime, *, minutes: int | None = None
) -> None:
    """Move a meeting to another time or zone; due dates of its checklist move along.

    Raises `UserError` as `add_meeting`.
    """
    meeting = work.get(Meeting, meeting_id)
    meeting.starts_at = when.instant()
    meeting.zone = when.zone
    if minutes is not None:
        _check_minutes(minutes)
        meeting.minutes = minutes


def set_travel(work: UnitOfWork, meeting_id: str, minutes: int | None) -> None:
    """Say how long the way there takes with its buffer, in minutes; None when there is none.

    Raises `UserError` (field ``travel_minutes``) outside 0 … two weeks.
    """
    if minutes is not None and not 0 <= minutes <= MAX_MINUTES:
        raise UserError(_("The way takes between 0 minutes and two weeks."), field="travel_minutes")
    work.get(Meeting, meeting_id).travel_minutes = minutes


def set_centres(work: UnitOfWork, meeting_id: str, centre_ids: Iterable[str]) -> None:
    """Say which buying centres a meeting is about.

    Raises `UserError` (field ``buying_centre_id``) for one of another account.
    """
    meeting = work.get(Meeting, meeting_id)
    wanted = dict.fromkeys(centre_ids)
    found = select(MeetingCentre).where(
        MeetingCentre.meeting_id == meeting_id, MeetingCentre.deleted_at.is_(None)
    )
    for row in list(work.session.scalars(found)):
        if row.buying_centre_id in wanted:
            del wanted[row.buying_centre_id]
        else:
            work.trash(row)
    for centre_id in wanted:
        if work.get(BuyingCentre, centre_id).account_id != meeting.account_id:
            raise UserError(
                _("This buying centre belongs to another account."), field="buying_centre_id"
            )
        work.add(MeetingCentre(meeting_id=meeting_id, buying_centre_id=centre_id))


def set_attendee_role(work: UnitOfWork, attendee_id: str, role: str) -> None:
    """Say what somebody does at the meeting, e.g. host, decides, presents the figures."""
    work.get(Attendee, attendee_id).role = spaced_line(role)


def plan_next(
    work: UnitOfWork, previous_id: str, when: LocalTime, *, minutes: int | None = None
) -> str:
    """Plan the meeting that goes on from ``previous_id`` and return its id.

    It has the same type, title, place, buying centres and attendees with their roles, the
    checklist of its templates and the items of one's own added to the previous one, all open
    again. Open actions of the account are shown with it; none is copied.
    """
    before = work.get(Meeting, previous_id)
    people = _attendees(work, previous_id)
    meeting_id = add_meeting(
        work,
        before.account_id,
        before.type,
        when,
        minutes=minutes or before.minutes,
        person_ids=[row.person_id for row in people if row.person_id],
        team_member_ids=[row.team_member_id for row in people if row.team_member_id],
        title=before.title,
        place=before.place,
        link=before.link,
    )
    meeting = work.get(Meeting, meeting_id)
    meeting.previous_id, meeting.travel_minutes = previous_id, before.travel_minutes
    roles = {row.person_id or row.team_member_id: row.role for row in people}
    for row in _attendees(work, meeting_id):
        row.role = roles.get(row.person_id or row.team_member_id, "")
    set_centres(work, meeting_id, _centres(work, previous_id))
    checklists.copy_own_items(work, previous_id, meeting_id)
    return meeting_id


def _centres(work: UnitOfWork, meeting_id: str) -> list[str]:
    found = select(MeetingCentre.buying_centre_id).where(
        MeetingCentre.meeting_id == meeting_id, MeetingCentre.deleted_at.is_(None)
    )
    return list(work.session.scalars(found.order_by(MeetingCentre.id)))


def add_people(work: UnitOfWork, meeting_id: str, person_ids: Iterable[str]) -> None:
    """Add stakeholders to the attendees; those who attend already stay as they are."""
    present = {attendee.person_id for attendee in _attendees(work, meeting_id)}
    for person_id in dict.fromkeys(person_ids):
        work.get(Person, person_id)
        if person_id not in present:
            work.add(Attendee(meeting_id=meeting_id, person_id=person_id))


def add_team_members(work: UnitOfWork, meeting_id: str, team_member_ids: Iterable[str]) -> None:
    """Add people of ours to the attendees; those who attend already stay as they are."""
    present = {attendee.team_member_id for attendee in _attendees(work, meeting_id)}
    for team_member_id in dict.fromkeys(team_member_ids):
        work.get(TeamMember, team_member_id)
        if team_member_id not in present:
            work.add(Attendee(meeting_id=meeting_id, team_member_id=team_member_id))


def remove_attendee(work: UnitOfWork, attendee_id: str) -> None:
    """Take somebody off the attendees."""
    work.trash(work.get(Attendee, attendee_id))


def set_cancelled(work: UnitOfWork, meeting_id: str, cancelled: bool) -> None:
    """Cancel a meeting, or take the cancellation back; everything prepared stays."""
    work.get(Meeting, meeting_id).cancelled = cancelled


def delete_meeting(work: UnitOfWork, meeting_id: str) -> None:
    """Move a meeting to the trash; its checklist and attendees come back with it."""
    work.trash(work.get(Meeting, meeting_id))


def restore_meeting(work: UnitOfWork, meeting_id: str) -> None:
    """Take a meeting out of the trash, with its checklist and attendees."""
    work.restore(Meeting, meeting_id)


def record_outcome(
    work: UnitOfWork,
    meeting_id: str,
    *,
    outcome: str,
    next_step: str,
    touch: InteractionKind | None = None,
) -> str | None:
    """Keep what came out of a meeting and what comes next.

    With ``touch`` the meeting is also logged as an interaction with everyone who attended, once;
    its id is returned. Raises `UserError` (field ``outcome``) when a touch is asked for a meeting
    that has not begun.
    """
    meeting = work.get(Meeting, meeting_id)
    meeting.outcome = outcome.strip()
    meeting.next_step = next_step.strip()
    if touch is None or _logged(work, meeting_id):
        return None
    if meeting.starts_at > work.now:
        raise UserError(
            _("The meeting has not begun; log the contact when it took place."), field="outcome"
        )
    people = [row.person_id for row in _attendees(work, meeting_id) if row.person_id]
    return interactions.log_touch(
        work,
        meeting.account_id,
        touch,
        meeting.starts_at,
        people,
        meeting.title,
        text=meeting.outcome,
        zone=meeting.zone,
        meeting_id=meeting_id,
    )


def _logged(work: UnitOfWork, meeting_id: str) -> bool:
    found = select(Interaction.id).where(
        Interaction.meeting_id == meeting_id, Interaction.deleted_at.is_(None)
    )
    return work.session.scalars(found.limit(1)).first() is not None


def _attendees(work: UnitOfWork, meeting_id: str) -> list[Attendee]:
    work.flush()
    return list(
        work.session.scalars(
            select(Attendee)
            .where(Attendee.meeting_id == meeting_id, Attendee.deleted_at.is_(None))
            .order_by(Attendee.id)
        )
    )


def _check_minutes(minutes: int) -> None:
    if not 1 <= minutes <= MAX_MINUTES:
        raise UserError(_("A meeting lasts from one minute to 14 days."), field="minutes")


def meeting_end(starts_at: dt.datetime, minutes: int) -> dt.datetime:
    """When a meeting is over; an instant, so that summer time cannot lengthen it."""
    return starts_at + dt.timedelta(minutes=minutes)
