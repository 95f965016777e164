"""What was typed during a meeting: kept as it is typed, and afterwards made into records.

Making records twice of the same lines makes them once: a line whose promise, action, objection or
person is there already is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from kam_desktop.models.registry import Action, Commitment, Meeting, MeetingPoint, Person
from kam_desktop.models.text import sort_key
from kam_desktop.models.vocabulary import ClaimField, ClaimSource, Confidence, PointKind
from kam_desktop.services import actions, claims, commitments, meeting_points, meetings, people
from kam_desktop.services.analysis.capture import MarkedLine, QuickMark
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

MAX_TEXT = 1_000_000


def save_capture(work: UnitOfWork, meeting_id: str, text: str) -> None:
    """Keep what has been typed so far, as it is.

    Raises `UserError` (field ``capture``) above `MAX_TEXT` characters.
    """
    if len(text) > MAX_TEXT:
        raise UserError(_("This is longer than a meeting can hold."), field="capture")
    work.get(Meeting, meeting_id).capture = text


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of marked lines, by their numbers: made, there already, or why not."""

    made: tuple[int, ...]
    known: tuple[int, ...]
    refused: dict[int, str] = field(default_factory=dict)


def apply_marks(work: UnitOfWork, meeting_id: str, lines: Iterable[MarkedLine]) -> Applied:
    """Make promises, actions, objections, people and judgements of marked lines, in one step."""
    meeting = work.get(Meeting, meeting_id)
    made: list[int] = []
    known: list[int] = []
    refused: dict[int, str] = {}
    for line in lines:
        try:
            (made if _APPLY[line.mark](work, meeting, line) else known).append(line.line)
        except UserError as error:
            refused[line.line] = str(error)
        work.flush()
    return Applied(tuple(made), tuple(known), refused)


def _commit(work: UnitOfWork, meeting: Meeting, line: MarkedLine) -> bool:
    there = select(Commitment.id).where(
        Commitment.meeting_id == meeting.id,
        Commitment.text == line.text,
        Commitment.side == line.side,
        Commitment.deleted_at.is_(None),
    )
    if work.session.scalars(there).first() is not None:
        return False
    day = min(meeting.starts_at, work.now).date()
    due = None if line.due_on is None else max(line.due_on, day)
    commitments.add_commitment(
        work,
        meeting.account_id,
        line.side,
        line.text,
        due_on=due,
        made_on=day,
        meeting_id=meeting.id,
    )
    return True


def _action(work: UnitOfWork, meeting: Meeting, line: MarkedLine) -> bool:
    there = select(Action.id).where(
        Action.meeting_id == meeting.id, Action.text == line.text, Action.deleted_at.is_(None)
    )
    if work.session.scalars(there).first() is not None:
        return False
    actions.add_action(
        work, meeting.account_id, line.text, due_on=line.due_on, meeting_id=meeting.id
    )
    return True


def _objection(work: UnitOfWork, meeting: Meeting, line: MarkedLine) -> bool:
    there = select(MeetingPoint).where(
        MeetingPoint.meeting_id == meeting.id,
        MeetingPoint.kind == PointKind.OBJECTION,
        MeetingPoint.text == line.text,
        MeetingPoint.deleted_at.is_(None),
    )
    point = work.session.scalars(there).first()
    if point is None:
        meeting_points.add_point(
            work, meeting.id, PointKind.OBJECTION, line.text, answer=line.detail
        )
        return True
    if line.detail and not point.answer:
        point.answer = line.detail
        return True
    return False


def _person(work: UnitOfWork, meeting: Meeting, line: MarkedLine) -> bool:
    found = _people(work, meeting, line.text)
    if found:
        person_id, is_new = found[0].id, False
    else:
        person_id, is_new = (
            people.add_person(work, meeting.account_id, line.text, title=line.detail),
            True,
        )
        work.flush()
    meetings.add_people(work, meeting.id, [person_id])
    return is_new


def _support(work: UnitOfWork, meeting: Meeting, line: MarkedLine) -> bool:
    if line.support is None:
        raise UserError(_("Write a name and how they stand, e.g. Ana +1."))
    found = _people(work, meeting, line.text)
    if not found:
        raise UserError(_("Nobody here is called {name}.").format(name=line.text))
    if len(found) > 1:
        raise UserError(_("Several people are called {name}.").format(name=line.text))
    (person,) = found
    if person.support == line.support:
        return False
    claims.state_claim(
        work,
        person.id,
        ClaimField.SUPPORT,
        line.support,
        source=ClaimSource.SEEN,
        confidence=Confidence.MEDIUM,
        on=min(meeting.starts_at, work.now).date(),
        source_text=meeting.title,
        meeting_id=meeting.id,
    )
    return True


def _people(work: UnitOfWork, meeting: Meeting, name: str) -> list[Person]:
    """The people of the account of this name; else those of whose name it is a part."""
    all_of_account = select(Person).where(
        Person.account_id == meeting.account_id, Person.deleted_at.is_(None)
    )
    wanted = sort_key(name)
    found = [each for each in work.session.scalars(all_of_account) if each.name]
    exact = [each for each in found if each.name_key == wanted]
    if exact or not wanted:
        return exact
    words = set(wanted.split())
    return [each for each in found if words <= set(each.name_key.split())]


_APPLY = {
    QuickMark.COMMIT: _commit,
    QuickMark.ACTION: _action,
    QuickMark.OBJECTION: _objection,
    QuickMark.PERSON: _person,
    QuickMark.SUPPORT: _support,
}
