"""What a health score is computed from: dated facts about one account, frozen.

The same facts serve every day: a score *as of* a past day looks only at what had happened by then.
Influence and support are those judged by then; people nobody has dated a judgement of, and decision
roles, are taken as they stand today.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from kam_desktop.models.vocabulary import (
    ClaimField,
    CommitmentState,
    DecisionRole,
    IndicatorKind,
    Side,
)
from kam_desktop.services.analysis.strength import Touch


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody's influence or support was taken to be from a day on; None for unknown."""

    field: ClaimField
    on: dt.date
    value: int | None


@dataclass(frozen=True, slots=True)
class PersonFact:
    """A stakeholder. ``influence`` 0 … 10 and ``support`` −2 … +2 are None while unknown.

    Both are today's; ``judged`` are the dated judgements they followed, the oldest first.
    """

    id: str
    influence: int | None = None
    support: int | None = None
    roles: frozenset[DecisionRole] = frozenset()
    cadence_days: int | None = None
    left_on: dt.date | None = None
    placeholder: bool = False
    touches: tuple[Touch, ...] = ()
    judged: tuple[Judgement, ...] = ()

    def as_of(self, on: dt.date) -> PersonFact:
        """The person with influence and support as they were judged on day ``on``."""
        if not self.judged:
            return self
        return replace(
            self,
            influence=self._judged(ClaimField.INFLUENCE, self.influence, on),
            support=self._judged(ClaimField.SUPPORT, self.support, on),
            judged=(),
        )

    def _judged(self, field: ClaimField, today: int | None, on: dt.date) -> int | None:
        """The newest judgement by then; None before the first; today's value without any."""
        dated = [each for each in self.judged if each.field is field]
        if not dated:
            return today
        return next((each.value for each in reversed(dated) if each.on <= on), None)

    def present(self, on: dt.date) -> bool:
        """Whether the person is still there on day ``on``."""
        return self.left_on is None or self.left_on > on


@dataclass(frozen=True, slots=True)
class RevenueFact:
    """Income of a period, both ends included, in minor units of one currency."""

    starts_on: dt.date
    ends_on: dt.date
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class CommitmentFact:
    """A promise of either side."""

    side: Side
    state: CommitmentState
    made_on: dt.date | None = None
    due_on: dt.date | None = None
    closed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ObservationFact:
    """One dated measurement."""

    kind: IndicatorKind
    on: dt.date
    value: float


@dataclass(frozen=True, slots=True)
class ContractFact:
    """The dates of an agreement; ``notice_on`` is the last day to give notice."""

    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    notice_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class HealthInputs:
    """Everything known about one account that bears on its health."""

    people: tuple[PersonFact, ...] = ()
    revenue: tuple[RevenueFact, ...] = ()
    commitments: tuple[CommitmentFact, ...] = ()
    observations: tuple[ObservationFact, ...] = ()
    contracts: tuple[ContractFact, ...] = ()

    def latest(self, kind: IndicatorKind, on: dt.date) -> ObservationFact | None:
        """The last observation of ``kind`` made by day ``on``."""
        past = [fact for fact in self.observations if fact.kind == kind and fact.on <= on]
        return max(past, key=lambda fact: fact.on, default=None)
