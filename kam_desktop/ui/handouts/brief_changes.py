"""Use cases as the preview runs them. They are imported on the write lane, not with the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kam_desktop.services.handouts.brief_edits import BriefEdits
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


def keep_brief(work: UnitOfWork, meeting_id: str, edits: BriefEdits) -> None:
    """Keep the user's version of a brief."""
    from kam_desktop.services import brief_editing

    brief_editing.keep_brief(work, meeting_id, edits)


def take_question(
    work: UnitOfWork,
    meeting_id: str,
    text: str,
    *,
    person_id: str | None,
    edits: BriefEdits | None,
) -> None:
    """Add a proposed question to those of the meeting."""
    from kam_desktop.services import brief_editing

    brief_editing.take_question(work, meeting_id, text, person_id=person_id, edits=edits)
