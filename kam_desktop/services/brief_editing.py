"""Keeps what the user changed in the brief of a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import null

from kam_desktop.models.registry import Meeting
from kam_desktop.models.text import clean_text
from kam_desktop.models.vocabulary import PointKind
from kam_desktop.services.handouts.brief_edits import BriefEdits
from kam_desktop.services.meeting_points import add_point

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


def keep_brief(work: UnitOfWork, meeting_id: str, edits: BriefEdits) -> None:
    """Keep the user's version of a brief; no edits at all is the generated one."""
    stored = edits.to_json()
    meeting = work.get(Meeting, meeting_id)
    # A plain None would be stored as the word null.
    meeting.brief = cast("Any", null()) if stored is None else _clean(stored)


def take_question(
    work: UnitOfWork,
    meeting_id: str,
    text: str,
    *,
    person_id: str | None = None,
    edits: BriefEdits | None = None,
) -> str:
    """Add a proposed question to those of the meeting and return its id.

    ``edits`` is the brief without the proposal, where it would still be proposed otherwise.
    Raises `UserError` (field ``text``) when it says nothing.
    """
    point_id = add_point(work, meeting_id, PointKind.QUESTION, text, person_id=person_id)
    if edits is not None:
        keep_brief(work, meeting_id, edits)
    return point_id


def _clean(value: Any) -> Any:
    """JSON with every text as text is stored."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [_clean(each) for each in value]
    if isinstance(value, dict):
        return {clean_text(key): _clean(each) for key, each in value.items()}
    return value
