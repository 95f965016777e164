"""How much a judgement about a person is still worth: it fades with age.

``certainty = confidence · 2^(−age / half-life)``, 0 … 1. Exponential fading is the same idea as for
the strength of a contact (product rules, section 4); half-lives and the weights of confidence are
our own defaults, and all of them can be edited.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from kam_desktop.models.vocabulary import (
    ClaimField,
    ClaimSource,
    Confidence,
    ContactCoverage,
    Orientation,
    RelationshipLevel,
    Support,
)

JudgedValue = int | str | None
"""A value of a judged field as it is stored on a person; None is *unknown*."""

HALF_LIVES: Mapping[ClaimField, int] = MappingProxyType(
    {
        ClaimField.SUPPORT: 180,
        ClaimField.INFLUENCE: 365,
        ClaimField.COVERAGE: 180,
        ClaimField.LEVEL: 365,
        ClaimField.ORIENTATION: 730,
    }
)
CONFIDENCES: Mapping[Confidence, float] = MappingProxyType(
    {Confidence.HIGH: 1.0, Confidence.MEDIUM: 0.7, Confidence.LOW: 0.4}
)


@dataclass(frozen=True, slots=True)
class ClaimRules:
    """The numbers behind fading: half-lives in days, and below what certainty a claim has faded."""

    half_lives: Mapping[ClaimField, int] = field(default_factory=lambda: HALF_LIVES)
    confidences: Mapping[Confidence, float] = field(default_factory=lambda: CONFIDENCES)
    faded_below: float = 0.25


DEFAULT_CLAIM_RULES = ClaimRules()


def certainty(
    claimed: ClaimField,
    confidence: Confidence,
    on: dt.date,
    today: dt.date,
    rules: ClaimRules = DEFAULT_CLAIM_RULES,
) -> float:
    """What a claim of day ``on`` is worth ``today``, 0 … 1. A day to come counts as today."""
    age = max(0, (today - on).days)
    remaining: float = 2.0 ** (-age / rules.half_lives[claimed])
    return rules.confidences[confidence] * remaining


def has_faded(value: float | None, rules: ClaimRules = DEFAULT_CLAIM_RULES) -> bool:
    """Whether a certainty is too low to rely on; without any claim nothing is known of its age."""
    return value is not None and value < rules.faded_below


class Freshness(StrEnum):
    """How far a judgement has faded; ``UNDATED`` when nobody noted where it comes from."""

    FRESH = "fresh"
    FADING = "fading"
    FADED = "faded"
    UNDATED = "undated"


_FADING_FROM = 0.5
"""Which share of its half-life a judgement is old when it is said to be fading; our own default."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One claim. ``value`` is the value of its field, None for *unknown*.

    ``key`` grows with the order in which claims were made; ``told_by`` names the source, if any.
    """

    key: str
    field: ClaimField
    value: JudgedValue
    source: ClaimSource
    told_by: str
    confidence: Confidence
    on: dt.date


def newest(claims: Iterable[Stated], on: dt.date | None = None) -> Mapping[ClaimField, Stated]:
    """The claim that is believed of each field: the newest up to day ``on``, by day, then key."""
    found: dict[ClaimField, Stated] = {}
    for claim in claims:
        known = found.get(claim.field)
        in_time = on is None or claim.on <= on
        if in_time and (known is None or (claim.on, claim.key) > (known.on, known.key)):
            found[claim.field] = claim
    return found


def freshness(
    claim: Stated | None, today: dt.date, rules: ClaimRules = DEFAULT_CLAIM_RULES
) -> Freshness:
    """How far a claim has faded by ``today``."""
    if claim is None:
        return Freshness.UNDATED
    if has_faded(certainty(claim.field, claim.confidence, claim.on, today, rules), rules):
        return Freshness.FADED
    old = (today - claim.on).days >= _FADING_FROM * rules.half_lives[claim.field]
    return Freshness.FADING if old else Freshness.FRESH


def contradicting(
    claims: Sequence[Stated], today: dt.date, rules: ClaimRules = DEFAULT_CLAIM_RULES
) -> Mapping[ClaimField, Stated]:
    """For each field, the newest claim that contradicts the one that is believed.

    Two claims contradict each other when they differ, lie within one half-life of each other and
    neither has faded. *Unknown* contradicts nothing, and neither does the same source that has
    changed its mind; numbers of influence must be more than two apart.
    """
    believed = newest(claims, today)
    found = {
        claimed: newest(
            (
                other
                for other in claims
                if other.field is claimed and _contradict(held, other, today, rules)
            ),
            today,
        ).get(claimed)
        for claimed, held in believed.items()
    }
    return {claimed: other for claimed, other in found.items() if other is not None}


def _contradict(one: Stated, other: Stated, today: dt.date, rules: ClaimRules) -> bool:
    if one.value is None or other.value is None or not _far_apart(one, other):
        return False
    if (one.source, one.told_by) == (other.source, other.told_by):
        return False
    if abs((one.on - other.on).days) > rules.half_lives[one.field]:
        return False
    return Freshness.FADED not in (freshness(one, today, rules), freshness(other, today, rules))


def _far_apart(one: Stated, other: Stated) -> bool:
    if one.field is ClaimField.INFLUENCE:
        return abs(int(one.value or 0) - int(other.value or 0)) > _ALIKE_INFLUENCE
    return one.value != other.value


_ALIKE_INFLUENCE = 2
_MOST_INFLUENCE = 10
_WORDS: Mapping[ClaimField, type[StrEnum]] = MappingProxyType(
    {
        ClaimField.COVERAGE: ContactCoverage,
        ClaimField.LEVEL: RelationshipLevel,
        ClaimField.ORIENTATION: Orientation,
    }
)


def value_of(claimed: ClaimField, value: object) -> JudgedValue:
    """``value`` as it is stored on a person, read from itself or from a claim's text.

    '' and None are *unknown*. Raises ``ValueError`` for what is no value of the field.
    """
    if value is None or value == "":
        return None
    kind = _WORDS.get(claimed)
    if kind is not None:
        return kind(str(value))
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(value)
    number = int(value)
    if not isinstance(value, str) and number != value:
        raise ValueError(value)
    if claimed is ClaimField.SUPPORT:
        return int(Support(number))
    if not 0 <= number <= _MOST_INFLUENCE:
        raise ValueError(value)
    return number


def value_text(value: JudgedValue) -> str:
    """A value of a judged field as a claim keeps it; '' for *unknown*."""
    return "" if value is None else str(value)
