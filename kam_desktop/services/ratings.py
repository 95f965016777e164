"""How those who were there rate a meeting: four criteria, 1 to 5, several people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from kam_desktop.models.registry import Meeting, MeetingRating
from kam_desktop.models.vocabulary import RatingCriterion
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.lines import required_line

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

LOWEST, HIGHEST = 1, 5


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


@dataclass(frozen=True, slots=True)
class MeetingRatings:
    """Scores by rater and criterion, in the order they were given."""

    scores: Mapping[str, Mapping[RatingCriterion, int]]

    def mean(self, criterion: RatingCriterion) -> float | None:
        """The mean score by one criterion, 1 … 5; None when nobody gave one."""
        given = [row[criterion] for row in self.scores.values() if criterion in row]
        return sum(given) / len(given) if given else None

    @property
    def overall(self) -> float | None:
        """The mean of the criteria's means, so that each criterion counts alike."""
        means = [mean for each in RatingCriterion if (mean := self.mean(each)) is not None]
        return sum(means) / len(means) if means else None


def meeting_ratings(db: Reader, meeting_id: str) -> MeetingRatings:
    """What a meeting was given."""
    scores: dict[str, dict[RatingCriterion, int]] = {}
    for rater, criterion, score in db.rows(
        "SELECT rater, criterion, score FROM meeting_rating"
        " WHERE meeting_id = ? AND deleted_at IS NULL ORDER BY id",
        (meeting_id,),
    ):
        scores.setdefault(rater, {})[RatingCriterion(criterion)] = score
    return MeetingRatings(scores)
