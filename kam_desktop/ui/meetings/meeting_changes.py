"""Use cases of the parts of a meeting as its page runs them, imported on the write lane."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kam_desktop.models.vocabulary import ActionState, PointKind, RatingCriterion
from kam_desktop.services.zones import LocalTime

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


def add_point(
    work: UnitOfWork,
    meeting_id: str,
    kind: PointKind,
    text: str,
    minutes: int | None,
    after: str | None,
) -> str:
    """Add a line behind ``after``, or at the end; returns its id."""
    from kam_desktop.services import meeting_points

    return meeting_points.add_point(work, meeting_id, kind, text, minutes=minutes, after=after)


def change_point(work: UnitOfWork, point_id: str, fields: Mapping[str, Any]) -> None:
    from kam_desktop.services import meeting_points

    meeting_points.update_point(work, point_id, **fields)


def move_point(work: UnitOfWork, point_id: str, to_index: int) -> None:
    from kam_desktop.services import meeting_points

    meeting_points.move_point(work, point_id, to_index)


def delete_point(work: UnitOfWork, point_id: str) -> None:
    from kam_desktop.services import meeting_points

    meeting_points.delete_point(work, point_id)


def take_agenda_apart(work: UnitOfWork, meeting_id: str) -> int:
    from kam_desktop.services import meeting_points

    return meeting_points.take_agenda_apart(work, meeting_id)


def set_travel(work: UnitOfWork, meeting_id: str, minutes: int | None) -> None:
    from kam_desktop.services import meetings

    meetings.set_travel(work, meeting_id, minutes)


def set_centres(work: UnitOfWork, meeting_id: str, centre_ids: tuple[str, ...]) -> None:
    from kam_desktop.services import meetings

    meetings.set_centres(work, meeting_id, centre_ids)


def set_part(work: UnitOfWork, attendee_id: str, part: str) -> None:
    """Say what somebody does at the meeting."""
    from kam_desktop.services import meetings

    meetings.set_attendee_role(work, attendee_id, part)


def plan_next(work: UnitOfWork, meeting_id: str, when: LocalTime, minutes: int) -> str:
    """Plan the meeting that goes on from this one; returns its id."""
    from kam_desktop.services import meetings

    return meetings.plan_next(work, meeting_id, when, minutes=minutes)


def rate(
    work: UnitOfWork, meeting_id: str, rater: str, scores: Mapping[RatingCriterion, int | None]
) -> None:
    from kam_desktop.services import ratings

    ratings.rate_meeting(work, meeting_id, rater, scores)


def keep_promise(work: UnitOfWork, commitment_id: str) -> None:
    from kam_desktop.services import commitments

    commitments.keep_commitment(work, commitment_id)


def finish_action(work: UnitOfWork, action_id: str) -> None:
    from kam_desktop.services import actions

    actions.set_action_state(work, action_id, ActionState.DONE)


def add_document(
    work: UnitOfWork, account_id: str, meeting_id: str, name: str, content: bytes
) -> str:
    """Keep a file with the meeting; returns its id."""
    from kam_desktop.services import documents

    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return documents.add_document(
        work,
        account_id,
        name=name,
        content=content,
        media_type=media_type,
        meeting_id=meeting_id,
    )


def delete_document(work: UnitOfWork, document_id: str) -> None:
    from kam_desktop.services import documents

    documents.delete_document(work, document_id)
