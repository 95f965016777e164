"""How those who were there rate a meeting: four criteria, 1 to 5, several people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import select

from kam_desktop.models.registry import Meeting, MeetingRating
from kam_desktop.models.vocabulary import RatingCriterion
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.lines import required_line
from kam_desktop.services.queries.ratings import HIGHEST, LOWEST

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


def rate_meeting(
    work: UnitOfWork, meeting_id: str, rater: str, scores: Mapping[RatingCriterion, int | None]
) -> None:
    """Keep what ``rater`` gave by each criterion of ``scores``; None takes a score back.

    Raises `UserError`: field ``rater`` when empty, ``score`` outside 1 … 5.
    """
    work.get(Meeting, meeting_id)
    name = required_line(rater, _("Say who rates the meeting."), field="rater")
    given = {row.criterion: row for row in _ratings(work, meeting_id) if row.rater == name}
    for criterion, score in scores.items():
        if score is not None and not LOWEST <= score <= HIGHEST:
            raise UserError(_("A rating goes from 1 to 5."), field="score")
        row = given.get(criterion)
        if row is None and score is not None:
            work.add(
                MeetingRating(meeting_id=meeting_id, rater=name, criterion=criterion, score=score)
            )
        elif row is not None and score is None:
            work.trash(row)
        elif row is not None and score is not None:
            row.score = score


def _ratings(work: UnitOfWork, meeting_id: str) -> list[MeetingRating]:
    work.flush()
    found = select(MeetingRating).where(
        MeetingRating.meeting_id == meeting_id, MeetingRating.deleted_at.is_(None)
    )
    return list(work.session.scalars(found.order_by(MeetingRating.id)))
