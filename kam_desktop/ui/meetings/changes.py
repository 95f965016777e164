"""Use cases as this page runs them. They are imported on the write lane, not with the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.models.vocabulary import (
    ChecklistCondition,
    ChecklistState,
    InteractionKind,
    MeetingType,
    TeamRole,
)
from kam_desktop.services.zones import LocalTime

if TYPE_CHECKING:
    from kam_desktop.services.checklist_files import FileTemplate, ImportedTemplates
    from kam_desktop.services.checklists import TemplateLine
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Plan:
    """What was typed into the form that plans a meeting."""

    account_id: str
    type: MeetingType
    when: LocalTime
    minutes: int
    title: str
    place: str
    objective_ours: str
    person_ids: tuple[str, ...]
    team_member_ids: tuple[str, ...]
    link: str = ""
    centre_ids: tuple[str, ...] = ()
    travel_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One item of a template as it is edited."""

    text: str
    days_before: int = 1
    link: str = ""
    owner_role: TeamRole | None = None
    evidence: str = ""
    condition: ChecklistCondition | None = None


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """A checklist template as it was edited; ``key`` None for a new one."""

    key: str | None
    name: str
    meeting_type: MeetingType | None
    lines: tuple[DraftLine, ...]


def plan_meeting(work: UnitOfWork, plan: Plan) -> str:
    """Plan a meeting; returns its id."""
    from kam_desktop.services import meetings

    meeting_id = meetings.add_meeting(
        work,
        plan.account_id,
        plan.type,
        plan.when,
        minutes=plan.minutes,
        person_ids=plan.person_ids,
        team_member_ids=plan.team_member_ids,
        title=plan.title,
        place=plan.place,
        link=plan.link,
        objective_ours=plan.objective_ours,
    )
    meetings.set_centres(work, meeting_id, plan.centre_ids)
    meetings.set_travel(work, meeting_id, plan.travel_minutes)
    return meeting_id


def set_text(work: UnitOfWork, meeting_id: str, field: str, value: str) -> None:
    """Change one of the texts of a meeting."""
    from kam_desktop.services import meetings

    meetings.update_meeting(work, meeting_id, **{field: value})


def set_type(work: UnitOfWork, meeting_id: str, value: MeetingType) -> None:
    from kam_desktop.services import meetings

    meetings.set_type(work, meeting_id, value)


def reschedule(work: UnitOfWork, meeting_id: str, when: LocalTime, minutes: int) -> None:
    from kam_desktop.services import meetings

    meetings.reschedule(work, meeting_id, when, minutes=minutes)


def add_person(work: UnitOfWork, meeting_id: str, person_id: str) -> None:
    from kam_desktop.services import meetings

    meetings.add_people(work, meeting_id, [person_id])


def add_team_member(work: UnitOfWork, meeting_id: str, team_member_id: str) -> None:
    from kam_desktop.services import meetings

    meetings.add_team_members(work, meeting_id, [team_member_id])


def remove_attendee(work: UnitOfWork, attendee_id: str) -> None:
    from kam_desktop.services import meetings

    meetings.remove_attendee(work, attendee_id)


def set_cancelled(work: UnitOfWork, meeting_id: str, cancelled: bool) -> None:
    from kam_desktop.services import meetings

    meetings.set_cancelled(work, meeting_id, cancelled)


def delete_meeting(work: UnitOfWork, meeting_id: str) -> None:
    from kam_desktop.services import meetings

    meetings.delete_meeting(work, meeting_id)


def log_meeting(
    work: UnitOfWork, meeting_id: str, outcome: str, next_step: str, kind: InteractionKind
) -> str | None:
    """Keep the outcome and log the meeting as a touch."""
    from kam_desktop.services import meetings

    return meetings.record_outcome(
        work, meeting_id, outcome=outcome, next_step=next_step, touch=kind
    )


def set_item_state(work: UnitOfWork, item_id: str, state: ChecklistState, reason: str) -> None:
    from kam_desktop.services import checklists

    checklists.set_item_state(work, item_id, state, reason=reason)


def set_item_text(work: UnitOfWork, item_id: str, text: str) -> None:
    from kam_desktop.services import checklists

    checklists.set_item_text(work, item_id, text)


def set_item_owner(work: UnitOfWork, item_id: str, team_member_id: str | None) -> None:
    from kam_desktop.services import checklists

    checklists.set_item_owner(work, item_id, team_member_id)


def set_item_days(work: UnitOfWork, item_id: str, days_before: int) -> None:
    from kam_desktop.services import checklists

    checklists.set_item_days_before(work, item_id, days_before)


def set_item_evidence(work: UnitOfWork, item_id: str, evidence: str) -> None:
    from kam_desktop.services import checklists

    checklists.set_item_evidence(work, item_id, evidence)


def add_item(work: UnitOfWork, meeting_id: str, text: str, days_before: int) -> str:
    from kam_desktop.services import checklists

    return checklists.add_item(work, meeting_id, text, days_before=days_before)


def move_item(work: UnitOfWork, item_id: str, to_index: int) -> None:
    from kam_desktop.services import checklists

    checklists.move_item(work, item_id, to_index)


def remove_item(work: UnitOfWork, item_id: str) -> None:
    from kam_desktop.services import checklists

    checklists.remove_item(work, item_id)


def save_template(work: UnitOfWork, draft: TemplateDraft) -> str:
    """Keep a template as a new version; returns the version's id."""
    from kam_desktop.services import checklists

    return checklists.save_template(
        work,
        draft.key,
        name=draft.name,
        meeting_type=draft.meeting_type,
        lines=_lines(draft),
    )


def _lines(draft: TemplateDraft) -> list[TemplateLine]:
    from kam_desktop.services.checklists import TemplateLine

    return [
        TemplateLine(
            line.text, line.days_before, line.link, line.owner_role, line.evidence, line.condition
        )
        for line in draft.lines
    ]


def delete_template(work: UnitOfWork, key: str) -> None:
    from kam_desktop.services import checklists

    checklists.delete_template(work, key)


def import_templates(work: UnitOfWork, wanted: Sequence[FileTemplate]) -> ImportedTemplates:
    """Keep the templates of a file; those that differ get a new version."""
    from kam_desktop.services import checklist_files

    return checklist_files.import_templates(work, wanted)
