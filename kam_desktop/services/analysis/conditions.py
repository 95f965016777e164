"""When an item of a meeting's checklist ticks itself: facts about the meeting, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kam_desktop.models.vocabulary import ChecklistCondition


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What is known of a meeting's preparation.

    Numbers count people of theirs who attend (vacant seats left out), lines written, and documents.
    ``promises`` are all of either side, ``overdue_promises`` ours, open and past their day.
    """

    attendees: int
    without_role: int
    without_support: int
    aim_ours: bool
    aim_theirs: bool
    agenda_lines: int
    questions: int
    objections: int
    unanswered_objections: int
    place: bool
    travel: bool
    promises: int
    overdue_promises: int
    documents: int


def holds(condition: ChecklistCondition, facts: MeetingFacts) -> bool:
    """Whether the fact an item waits for is there."""
    return _RULES[condition](facts)


_RULES: Mapping[ChecklistCondition, Callable[[MeetingFacts], bool]] = {
    ChecklistCondition.ATTENDEES: lambda facts: facts.attendees > 0,
    ChecklistCondition.ATTENDEES_HAVE_ROLES: lambda facts: (
        facts.attendees > 0 and facts.without_role == 0
    ),
    ChecklistCondition.ATTENDEES_JUDGED: lambda facts: (
        facts.attendees > 0 and facts.without_support == 0
    ),
    ChecklistCondition.AIMS_WRITTEN: lambda facts: facts.aim_ours and facts.aim_theirs,
    ChecklistCondition.AGENDA_WRITTEN: lambda facts: facts.agenda_lines > 0,
    ChecklistCondition.QUESTIONS_WRITTEN: lambda facts: facts.questions > 0,
    ChecklistCondition.OBJECTIONS_ANSWERED: lambda facts: (
        facts.objections > 0 and facts.unanswered_objections == 0
    ),
    ChecklistCondition.PLACE_KNOWN: lambda facts: facts.place,
    ChecklistCondition.TRAVEL_PLANNED: lambda facts: facts.travel,
    ChecklistCondition.PROMISES_IN_TIME: lambda facts: (
        facts.promises > 0 and facts.overdue_promises == 0
    ),
    ChecklistCondition.DOCUMENT_ADDED: lambda facts: facts.documents > 0,
}
