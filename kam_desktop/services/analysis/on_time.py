"""How many promises of one side were kept in time.

Definition. Of the promises of one side with a due date that were settled from ``first`` to
``today``, or are open and past their date today:

    ratio = kept on or before the due day / (kept in time + kept late + broken + open past due)

A promise counts on the day it was settled; one without such a day on its due day. An open promise
past its date counts however long ago it fell due, since it is late today. One broken before its
date counts as broken. Withdrawn promises count nowhere, open ones not due yet neither. Promises
without a date cannot be in time or late; they are counted apart.

The health indicator of promises kept (`analysis.health_indicators`) is another measure: there one
kept late counts half.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from kam_desktop.models.vocabulary import CommitmentState, Side
from kam_desktop.services.analysis.health_facts import CommitmentFact


@dataclass(frozen=True, slots=True)
class OnTime:
    """Counts of one side's promises; ``undated_…`` are those without a due date."""

    in_time: int = 0
    late: int = 0
    broken: int = 0
    overdue: int = 0
    withdrawn: int = 0
    undated_kept: int = 0
    undated_broken: int = 0

    @property
    def counted(self) -> int:
        """How many fell due or were settled: what the ratio is a share of."""
        return self.in_time + self.late + self.broken + self.overdue

    @property
    def ratio(self) -> float | None:
        """0 … 1; None (unknown) when nothing fell due."""
        return self.in_time / self.counted if self.counted else None


def on_time(
    promises: Iterable[CommitmentFact], side: Side, today: dt.date, first: dt.date | None = None
) -> OnTime:
    """What became of one side's promises from ``first`` (None: ever) to ``today``."""
    counts: dict[str, int] = {}
    for promise in promises:
        outcome = _outcome(promise, today, first) if promise.side is side else None
        if outcome is not None:
            counts[outcome] = counts.get(outcome, 0) + 1
    return OnTime(**counts)


def _outcome(promise: CommitmentFact, today: dt.date, first: dt.date | None) -> str | None:
    """The name of the count a promise belongs to; None when it does not count."""
    due = promise.due_on
    if promise.state is CommitmentState.OPEN:
        return "overdue" if due is not None and due < today else None
    settled = promise.closed_on or due
    if settled is not None and (settled > today or (first is not None and settled < first)):
        return None
    if promise.state is CommitmentState.WITHDRAWN:
        return "withdrawn"
    if promise.state is CommitmentState.BROKEN:
        return "undated_broken" if due is None else "broken"
    if due is None:
        return "undated_kept"
    kept_late = promise.closed_on is not None and promise.closed_on > due
    return "late" if kept_late or promise.state is CommitmentState.LATE else "in_time"
