"""Use cases around notes and what follows. They are imported on the write lane."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kam_desktop.models.vocabulary import InteractionKind

if TYPE_CHECKING:
    from kam_desktop.services.analysis.capture import MarkedLine
    from kam_desktop.services.capture import Applied
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


def save_capture(work: UnitOfWork, meeting_id: str, text: str) -> tuple[str, str]:
    """Keep notes; returns what was kept of which meeting."""
    from kam_desktop.services import capture

    capture.save_capture(work, meeting_id, text)
    return meeting_id, text


def make_records(work: UnitOfWork, meeting_id: str, lines: tuple[MarkedLine, ...]) -> Applied:
    """Make promises, actions … of marked lines."""
    from kam_desktop.services import capture

    return capture.apply_marks(work, meeting_id, lines)


def judge(work: UnitOfWork, meeting_id: str, person_id: str, support: int | None, note: str) -> str:
    """Note how somebody stood at a meeting."""
    from kam_desktop.services import capture

    return capture.judge(work, meeting_id, person_id, support, note=note)


def answer(work: UnitOfWork, point_id: str, text: str) -> None:
    """Keep the answer to a question or an objection."""
    from kam_desktop.services import meeting_points

    meeting_points.update_point(work, point_id, answer=text)


def set_next_step(work: UnitOfWork, meeting_id: str, text: str, due_on: dt.date | None) -> None:
    """Keep the next step, with a day as an action."""
    from kam_desktop.services import outcome

    outcome.set_next_step(work, meeting_id, text, due_on)


def log_mention(work: UnitOfWork, meeting_id: str, kind: InteractionKind, text: str) -> str:
    """Log a touch that was talked about."""
    from kam_desktop.services import capture

    return capture.log_mention(work, meeting_id, kind, text)
