"""How much a judgement about a person is still worth: it fades with age.

``certainty = confidence · 2^(−age / half-life)``, 0 … 1. Exponential fading is the same idea as for
the strength of a contact (product rules, section 4); half-lives and the weights of confidence are
our own defaults, and all of them can be edited.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kam_desktop.models.vocabulary import ClaimField, Confidence

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
