"""What is written for a meeting line by line: agenda, questions to ask, objections to expect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from kam_desktop.models.registry import Meeting, MeetingPoint, Person
from kam_desktop.models.vocabulary import PointKind
from kam_desktop.services.analysis.agenda_text import written_lines
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

MAX_MINUTES = 24 * 60


def add_point(work: UnitOfWork, meeting_id: str, kind: PointKind, text: str, **fields: Any) -> str:
    """Append a line and return its id; ``fields``: ``answer``, ``minutes``, ``person_id``.

    With ``after``, the id of a line of this kind, it comes right behind that one. Raises
    `UserError`: field ``text`` when empty, ``minutes`` outside 0 … a day.
    """
    after = fields.pop("after", None)
    work.get(Meeting, meeting_id)
    points = _points(work, meeting_id, kind)
    point = MeetingPoint(
        meeting_id=meeting_id,
        kind=kind,
        position=points[-1].position + 1 if points else 0,
        text=_text(text),
    )
    _set(work, point, fields)
    work.add(point)
    at = next((at for at, each in enumerate(points) if each.id == after), None)
    if at is not None:
        work.flush()
        move_point(work, point.id, at + 1)
    return point.id


def add_points(
    work: UnitOfWork, meeting_id: str, kind: PointKind, texts: Sequence[str]
) -> list[str]:
    """Append several lines, leaving out those that are there already; returns the new ids."""
    present = {point.text for point in _points(work, meeting_id, kind)}
    ids = []
    for text in texts:
        if text.strip() and text.strip() not in present:
            present.add(text.strip())
            ids.append(add_point(work, meeting_id, kind, text))
            work.flush()
    return ids


def take_agenda_apart(work: UnitOfWork, meeting_id: str) -> int:
    """Make lines of the agenda that was written as one text; returns how many.

    Times it names become minutes, and what ends with a question mark a question. The text is empty
    afterwards, since every line of it is there.
    """
    meeting = work.get(Meeting, meeting_id)
    lines = written_lines(meeting.agenda)
    for line in lines:
        kind = PointKind.QUESTION if line.is_question else PointKind.AGENDA
        minutes = None if line.is_question else line.minutes
        add_point(work, meeting_id, kind, line.text, minutes=minutes)
        work.flush()
    meeting.agenda = ""
    return len(lines)


def update_point(work: UnitOfWork, point_id: str, **fields: Any) -> None:
    """Change ``text`` or what `add_point` takes. Raises `UserError` as it does."""
    point = work.get(MeetingPoint, point_id)
    if "text" in fields:
        point.text = _text(fields.pop("text"))
    _set(work, point, fields)


def move_point(work: UnitOfWork, point_id: str, to_index: int) -> None:
    """Put a line at a place among those of its kind, counted from 0; beyond the ends is the end."""
    point = work.get(MeetingPoint, point_id)
    others = [
        other for other in _points(work, point.meeting_id, point.kind) if other.id != point_id
    ]
    others.insert(max(0, to_index), point)
    for position, other in enumerate(others):
        if other.position != position:
            other.position = position


def delete_point(work: UnitOfWork, point_id: str) -> None:
    """Move a line to the trash."""
    work.trash(work.get(MeetingPoint, point_id))


def _points(work: UnitOfWork, meeting_id: str, kind: PointKind) -> list[MeetingPoint]:
    work.flush()
    found = select(MeetingPoint).where(
        MeetingPoint.meeting_id == meeting_id,
        MeetingPoint.kind == kind,
        MeetingPoint.deleted_at.is_(None),
    )
    return list(work.session.scalars(found.order_by(MeetingPoint.position, MeetingPoint.id)))


def _text(text: str) -> str:
    if not text.strip():
        raise UserError(_("Write something, or delete the line."), field="text")
    return text.strip()


def _set(work: UnitOfWork, point: MeetingPoint, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        if name == "answer":
            point.answer = value.strip()
        elif name == "minutes":
            if value is not None and not 0 <= value <= MAX_MINUTES:
                raise UserError(_("A line takes between 0 minutes and a day."), field="minutes")
            point.minutes = value
        elif name == "person_id":
            point.person_id = None if value is None else work.get(Person, value).id
        else:
            raise TypeError(f"a line of a meeting has no field {name}")
