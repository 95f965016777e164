"""Use cases as the calendar runs them. They are imported on the write lane, not with the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kam_desktop.services.zones import LocalTime

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


def move_meeting(work: UnitOfWork, meeting_id: str, when: LocalTime) -> None:
    """Move a meeting to another time at its place; its length stays."""
    from kam_desktop.services import meetings

    meetings.reschedule(work, meeting_id, when)
