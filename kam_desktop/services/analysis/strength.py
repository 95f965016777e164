"""How strong our contact with a person is, and how well the people who count are covered.

Strength decays: every touch counts with the weight of its kind and loses half of it each half-life,
``S(t) = min(1, Σ wₖ · 2^(−Δtₖ/h) / W)`` with ``h = 1.5 × cadence`` (product rules, section 4).

The normaliser ``W`` is our own default: 10, the weight of two visits made today. It gives three
properties that are easy to remember: visits exactly on cadence hold S between 0.85 and 1; one visit
makes a thread that lasts a little longer than one cadence (1.1 ×); one call alone (3/10) is not a
thread, two are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from kam_desktop.models.vocabulary import InteractionKind

DEFAULT_WEIGHTS: Mapping[InteractionKind, float] = MappingProxyType(
    {
        InteractionKind.VISIT: 5.0,
        InteractionKind.INFORMAL: 5.0,
        InteractionKind.CALL: 3.0,
        InteractionKind.VIDEO: 3.0,
        InteractionKind.EMAIL_TWO_WAY: 1.0,
        InteractionKind.EMAIL_ONE_WAY: 0.3,
        # The rules leave these two open: met in person, but shared with a group; as much as a call.
        InteractionKind.EVENT: 3.0,
        InteractionKind.TRAINING: 3.0,
    }
)


@dataclass(frozen=True, slots=True)
class StrengthRules:
    """The numbers behind strength. ``default_cadence_days`` serves people without a cadence."""

    weights: Mapping[InteractionKind, float] = field(default_factory=lambda: DEFAULT_WEIGHTS)
    normaliser: float = 10.0
    half_life_cadences: float = 1.5
    default_cadence_days: int = 90
    thread_above: float = 0.3
    enough_threads: int = 3


DEFAULT_RULES = StrengthRules()


@dataclass(frozen=True, slots=True)
class Touch:
    """One contact that took place: its kind and its day."""

    kind: InteractionKind
    on: dt.date


@dataclass(frozen=True, slots=True)
class Coverage:
    """How well people are covered.

    ``share`` is 0 … 1, None when nobody's influence is known. ``fragility`` is the largest share of
    it that hangs on one person (None without coverage), ``weakest_link`` that person's key.
    ``unknown`` counts people left out because their influence is unknown.
    """

    share: float | None
    fragility: float | None
    weakest_link: str | None
    unknown: int


def strength(
    touches: Iterable[Touch],
    on: dt.date,
    cadence_days: int | None,
    rules: StrengthRules = DEFAULT_RULES,
) -> float:
    """S on day ``on``, 0 … 1. Touches after ``on`` do not count."""
    cadence = cadence_days or rules.default_cadence_days
    half_life = rules.half_life_cadences * cadence
    total = 0.0
    for touch in touches:
        age = (on - touch.on).days
        if age >= 0:
            total += rules.weights.get(touch.kind, 0.0) * 2.0 ** (-age / half_life)
    return min(1.0, total / rules.normaliser)


def is_thread(value: float, rules: StrengthRules = DEFAULT_RULES) -> bool:
    """Whether a strength is a live thread to the account."""
    return value > rules.thread_above


def coverage(people: Sequence[tuple[str, float | None, float]]) -> Coverage:
    """Influence-weighted coverage of ``(key, influence 0 … 10 or None, strength 0 … 1)``.

    ``Σ(influence · strength) / Σ influence``. Fragility keeps the denominator: when a person goes,
    the seat and its influence stay, so the share lost is the person's part of the numerator.
    """
    weighed = [(key, influence, value) for key, influence, value in people if influence is not None]
    unknown = len(people) - len(weighed)
    total = sum(influence for _key, influence, _value in weighed)
    if total <= 0:
        return Coverage(None, None, None, unknown)
    parts = [(influence * value, key) for key, influence, value in weighed]
    covered = sum(part for part, _key in parts)
    if covered <= 0:
        return Coverage(0.0, None, None, unknown)
    largest, key = max(parts)
    return Coverage(min(1.0, covered / total), largest / covered, key, unknown)
