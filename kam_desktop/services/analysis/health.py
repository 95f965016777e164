"""An account's health: one score that says how much of it is known and where it comes from.

``H = Σ wᵢ·sᵢ / Σ wᵢ`` over the indicators known, ``coverage = Σ w known / Σ w`` (product rules,
section 6). Below the minimum coverage there is no band: *insufficient data*. A veto caps the score
and says so. Every group's contribution is measured from 50, so that 50 + Σ contributions + the cut
of a veto is the score exactly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kam_desktop.models.vocabulary import DecisionRole, HealthGroup, IndicatorKind
from kam_desktop.services.analysis.health_facts import HealthInputs
from kam_desktop.services.analysis.health_indicators import MEASURES, Facts, Scene, scene
from kam_desktop.services.analysis.health_rules import HealthRules, IndicatorName, VetoName

MIDDLE = 50.0
"""Where a waterfall starts."""


class Band(StrEnum):
    """What a score means at a glance."""

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """One indicator; ``score`` 0 … 100 and ``as_of`` are None while it is unknown."""

    name: IndicatorName
    group: HealthGroup
    weight: float
    score: float | None
    as_of: dt.date | None
    facts: Facts


@dataclass(frozen=True, slots=True)
class GroupScore:
    """One group: its own score, how much of it is known (0 … 1), its part of the whole in points.

    ``contribution`` is what it adds to (or takes from) 50; 0 while the group is unknown.
    """

    group: HealthGroup
    weight: float
    score: float | None
    coverage: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Veto:
    """A reason the score may not exceed ``cap``."""

    name: VetoName
    cap: float
    facts: Facts


@dataclass(frozen=True, slots=True)
class Health:
    """The health of one account on one day.

    ``score`` 0 … 100 (None when nothing is known), ``uncapped`` before vetoes, ``coverage`` 0 … 1.
    ``oldest`` and ``newest`` are the days of the data used.
    """

    on: dt.date
    score: float | None
    uncapped: float | None
    coverage: float
    band: Band
    groups: tuple[GroupScore, ...]
    indicators: tuple[IndicatorScore, ...]
    vetoes: tuple[Veto, ...]
    oldest: dt.date | None
    newest: dt.date | None
    threads: int
    rules_version: int

    def group(self, group: HealthGroup) -> GroupScore:
        """The part of one group."""
        return next(each for each in self.groups if each.group == group)


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of a waterfall, from ``start`` to ``end`` points. ``key`` names what moved it."""

    key: str
    start: float
    end: float

    @property
    def change(self) -> float:
        """Points gained or lost."""
        return self.end - self.start


def assess(inputs: HealthInputs, rules: HealthRules, on: dt.date) -> Health:
    """The health as of day ``on``; facts of later days are not looked at."""
    at = scene(inputs, rules, on)
    indicators = tuple(_indicator(name, at) for name in rules.indicators)
    known = sum(each.weight for each in indicators if each.score is not None)
    share = known / rules.total_weight
    groups = tuple(_group(group, indicators, known, rules) for group in HealthGroup)
    vetoes = tuple(_vetoes(at))
    uncapped = _weighted(indicators)
    score = uncapped
    if uncapped is not None:
        score = min([uncapped, *(veto.cap for veto in vetoes)])
    days = [each.as_of for each in indicators if each.score is not None and each.as_of]
    return Health(
        on=on,
        score=score,
        uncapped=uncapped,
        coverage=share,
        band=band(score, share, rules),
        groups=groups,
        indicators=indicators,
        vetoes=vetoes,
        oldest=min(days, default=None),
        newest=max(days, default=None),
        threads=at.threads(),
        rules_version=rules.version,
    )


def band(score: float | None, coverage: float, rules: HealthRules) -> Band:
    """The band of a score; unknown when less is known than the rules ask for.

    The score is judged as it is shown, in whole points.
    """
    if score is None or coverage + 1e-9 < rules.minimum_coverage:
        return Band.UNKNOWN
    shown = round(score)
    if shown >= rules.good:
        return Band.GOOD
    return Band.WATCH if shown >= rules.watch else Band.BAD


def _indicator(name: IndicatorName, at: Scene) -> IndicatorScore:
    rule = at.rules.indicators[name]
    measured = MEASURES[name](at)
    if measured is None:
        return IndicatorScore(name, rule.group, rule.weight, None, None, {})
    score = rule.curve.score(measured.value)
    return IndicatorScore(name, rule.group, rule.weight, score, measured.as_of, measured.facts)


def _weighted(indicators: tuple[IndicatorScore, ...]) -> float | None:
    known = [(each.weight, each.score) for each in indicators if each.score is not None]
    total = sum(weight for weight, _score in known)
    if total <= 0:
        return None
    return min(100.0, max(0.0, sum(weight * score for weight, score in known) / total))


def _group(
    group: HealthGroup,
    indicators: tuple[IndicatorScore, ...],
    known_weight: float,
    rules: HealthRules,
) -> GroupScore:
    members = tuple(each for each in indicators if each.group == group)
    weight = rules.group_weight(group)
    score = _weighted(members)
    known = sum(each.weight for each in members if each.score is not None)
    if score is None:
        return GroupScore(group, weight, None, 0.0, 0.0)
    return GroupScore(group, weight, score, known / weight, known * (score - MIDDLE) / known_weight)


def _vetoes(at: Scene) -> list[Veto]:
    found: list[Veto] = []
    for name, rule in at.rules.vetoes.items():
        facts = _VETO_CHECKS[name](at, rule.days)
        if facts is not None:
            found.append(Veto(name, rule.cap, facts))
    return found


def _champion_lost(at: Scene, _days: int) -> Facts | None:
    """A champion has left and nobody present is one."""
    if any(DecisionRole.CHAMPION in each.person.roles for each in at.contacts):
        return None
    gone = [
        person.left_on
        for person in at.inputs.people
        if DecisionRole.CHAMPION in person.roles and not person.present(at.on)
    ]
    days = [day for day in gone if day is not None]
    return {"on": max(days).isoformat()} if days else None


def _single_threaded(at: Scene, _days: int) -> Facts | None:
    """Touches are recorded, yet at most one person is in live contact."""
    if at.last_touch is None or at.threads() > 1:
        return None
    return {"threads": at.threads()}


def _unpaid(at: Scene, days: int) -> Facts | None:
    latest = at.inputs.latest(IndicatorKind.UNPAID_DAYS, at.on)
    if latest is None or latest.value <= days:
        return None
    return {"days": latest.value}


def _tender_lost(at: Scene, days: int) -> Facts | None:
    latest = at.inputs.latest(IndicatorKind.TENDER_LOST, at.on)
    if latest is None or latest.value <= 0 or (at.on - latest.on).days > days:
        return None
    return {"on": latest.on.isoformat()}


_VETO_CHECKS = {
    VetoName.CHAMPION_LOST: _champion_lost,
    VetoName.SINGLE_THREADED: _single_threaded,
    VetoName.UNPAID: _unpaid,
    VetoName.TENDER_LOST: _tender_lost,
}


def waterfall(health: Health) -> tuple[Step, ...]:
    """From 50 to the score: one step per group known, then the cut of a veto.

    The last step ends at the score. Empty when nothing is known.
    """
    if health.score is None or health.uncapped is None:
        return ()
    steps: list[Step] = []
    level = MIDDLE
    for group in health.groups:
        if group.score is not None:
            steps.append(Step(group.group.value, level, level + group.contribution))
            level += group.contribution
    if health.score < health.uncapped:
        cut = min(health.vetoes, key=lambda veto: veto.cap)
        steps.append(Step(cut.name.value, level, health.score))
    return tuple(steps)


def explanation(health: Health) -> dict[str, Any]:
    """What is kept with a snapshot: groups, indicators and vetoes as plain values."""
    return {
        "uncapped": health.uncapped,
        "band": health.band.value,
        "groups": {
            each.group.value: {"score": each.score, "contribution": each.contribution}
            for each in health.groups
        },
        "indicators": {
            each.name.value: {
                "score": each.score,
                "as_of": each.as_of.isoformat() if each.as_of else None,
                "facts": dict(each.facts),
            }
            for each in health.indicators
        },
        "vetoes": {
            each.name.value: {"cap": each.cap, "facts": dict(each.facts)} for each in health.vetoes
        },
    }


def since_previous(health: Health, previous: Mapping[str, Any]) -> tuple[tuple[str, float], ...]:
    """How each group's contribution moved since a kept ``explanation``, largest first."""
    before = previous.get("groups", {})
    moves = [
        (
            each.group.value,
            each.contribution - float(before.get(each.group.value, {}).get("contribution", 0.0)),
        )
        for each in health.groups
    ]
    return tuple(sorted(moves, key=lambda move: -abs(move[1])))
