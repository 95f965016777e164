"""What a meeting was given by those who were there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.models.vocabulary import RatingCriterion

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader

LOWEST, HIGHEST = 1, 5


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
