"""What was typed during a meeting: kept as it is typed, and afterwards made into records.

Making records twice of the same lines makes them once: a line whose promise, action, objection or
person is there already is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from kam_desktop.models.registry import Meeting, MeetingPoint
from kam_desktop.models.text import sort_key
from kam_desktop.models.vocabulary import (
    ClaimField,
    ClaimSource,
    Confidence,
    InteractionKind,
    PointKind,
)
from kam_desktop.services import (
    actions,
    claims,
    commitments,
    interactions,
    meeting_points,
    meetings,
    people,
)
from kam_desktop.services.analysis.capture import MarkedLine, QuickMark
from kam_desktop.services.analysis.capture_states import (
    UNREADABLE,
    LineState,
    StatedLine,
    stated_lines,
)
from kam_desktop.services.capture_words import trouble_text
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.capture import known
from kam_desktop.services.zones import local_of

if TYPE_CHECKING:
    import datetime as dt

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
    there: list[int] = []
    refused: dict[int, str] = {}
    for stated in stated_lines(lines, known(work.reader, meeting_id)):
        at = stated.line.line
        if stated.state in UNREADABLE:
            refused[at] = trouble_text(stated)
        elif stated.state is not LineState.NEW:
            there.append(at)
        else:
            try:
                _APPLY[stated.line.mark](work, meeting, stated)
                made.append(at)
            except UserError as error:
                refused[at] = str(error)
            work.flush()
    return Applied(tuple(made), tuple(there), refused)


def day_of(meeting: Meeting, now: dt.datetime) -> dt.date:
    """The day from which days in the notes of a meeting count: its own, today before it."""
    return local_of(min(meeting.starts_at, now), meeting.zone).date()


def log_mention(work: UnitOfWork, meeting_id: str, kind: InteractionKind, text: str) -> str:
    """Log a touch that was only talked about in a meeting; returns its id.

    It is with the people named in ``text``, or else with all who attended.
    """
    meeting = work.get(Meeting, meeting_id)
    there = [each for each in known(work.reader, meeting_id).people if each.id]
    named = [each.id for each in there if _is_named(each.name, text)]
    return interactions.log_touch(
        work,
        meeting.account_id,
        kind,
        min(meeting.starts_at, work.now),
        named or [each.id for each in there if each.attends],
        text,
        zone=meeting.zone,
    )


def _is_named(name: str, text: str) -> bool:
    words = sort_key(text).split()
    return any(part in words for part in sort_key(name).split() if len(part) > 2)


def _commit(work: UnitOfWork, meeting: Meeting, stated: StatedLine) -> None:
    line, day = stated.line, min(day_of(meeting, work.now), work.today)
    commitments.add_commitment(
        work,
        meeting.account_id,
        line.side,
        line.text,
        due_on=None if line.due_on is None else max(line.due_on, day),
        made_on=day,
        meeting_id=meeting.id,
    )


def _action(work: UnitOfWork, meeting: Meeting, stated: StatedLine) -> None:
    line = stated.line
    actions.add_action(
        work, meeting.account_id, line.text, due_on=line.due_on, meeting_id=meeting.id
    )


def _objection(work: UnitOfWork, meeting: Meeting, stated: StatedLine) -> None:
    line = stated.line
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
    else:
        point.answer = line.detail


def _person(work: UnitOfWork, meeting: Meeting, stated: StatedLine) -> None:
    line = stated.line
    person_id = stated.person.id if stated.person is not None else ""
    if not person_id:
        person_id = people.add_person(work, meeting.account_id, line.text, title=line.detail)
        work.flush()
    meetings.add_people(work, meeting.id, [person_id])


def _support(work: UnitOfWork, meeting: Meeting, stated: StatedLine) -> None:
    person = stated.person
    if person is not None and not person.id:
        # Named for the first time further up: by now there is such a person.
        there = known(work.reader, meeting.id).people
        person = next((each for each in there if each.name == person.name), None)
    if person is None:
        raise UserError(_("Nobody here is called {name}.").format(name=stated.line.text))
    judge(work, meeting.id, person.id, stated.line.support)


def judge(
    work: UnitOfWork, meeting_id: str, person_id: str, support: int | None, *, note: str = ""
) -> str:
    """Note how somebody stands as seen at a meeting, None for unknown; returns the claim's id.

    A second thought about the same meeting takes the place of the first.
    """
    meeting = work.get(Meeting, meeting_id)
    before = work.reader.value(
        "SELECT id FROM claim WHERE person_id = ? AND meeting_id = ? AND field = ? AND source = ?"
        " AND deleted_at IS NULL ORDER BY id DESC LIMIT 1",
        (person_id, meeting_id, ClaimField.SUPPORT.value, ClaimSource.SEEN.value),
    )
    if before is not None:
        fields = {"value": support, "note": note} if note else {"value": support}
        claims.update_claim(work, before, **fields)
        return str(before)
    return claims.state_claim(
        work,
        person_id,
        ClaimField.SUPPORT,
        support,
        source=ClaimSource.SEEN,
        confidence=Confidence.MEDIUM,
        on=min(day_of(meeting, work.now), work.today),
        source_text=meeting.title,
        note=note,
        meeting_id=meeting.id,
    )


_APPLY = {
    QuickMark.COMMIT: _commit,
    QuickMark.ACTION: _action,
    QuickMark.OBJECTION: _objection,
    QuickMark.PERSON: _person,
    QuickMark.SUPPORT: _support,
}
