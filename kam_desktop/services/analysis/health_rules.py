"""The numbers behind a health score, as validated data with a version.

Group weights (30/20/15/15/10/10), bands, caps and the 60 % limit come from the product rules,
section 6. How a group's weight is divided between its indicators, and the curves that turn a
measurement into 0 … 100, are our own defaults; every one of them can be edited.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kam_desktop.models.vocabulary import HealthGroup, InteractionKind
from kam_desktop.services.analysis.strength import StrengthRules
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _


class IndicatorName(StrEnum):
    """Everything that can be part of a score."""

    INFLUENCE_COVERED = "influence_covered"
    ROLES_REACHED = "roles_reached"
    CHAMPION_AND_BUYER = "champion_and_buyer"
    REVENUE_TREND = "revenue_trend"
    OUR_PROMISES = "our_promises"
    THEIR_PROMISES = "their_promises"
    NPS = "nps"
    CSAT = "csat"
    KAM_READING = "kam_reading"
    OPEN_TICKETS = "open_tickets"
    HOURS_TO_RESOLVE = "hours_to_resolve"
    USAGE = "usage"
    CONTRACT_HORIZON = "contract_horizon"


class VetoName(StrEnum):
    """What caps a score however good the rest is."""

    CHAMPION_LOST = "champion_lost"
    SINGLE_THREADED = "single_threaded"
    UNPAID = "unpaid"
    TENDER_LOST = "tender_lost"


@dataclass(frozen=True, slots=True)
class Curve:
    """A broken line from a measurement to a score; flat beyond its first and last point."""

    points: tuple[tuple[float, float], ...]

    def score(self, value: float) -> float:
        """The score of ``value``, 0 … 100."""
        first, last = self.points[0], self.points[-1]
        if value <= first[0]:
            return first[1]
        for (x0, y0), (x1, y1) in zip(self.points, self.points[1:], strict=False):
            if value <= x1:
                part = (value - x0) / (x1 - x0)
                return y0 * (1.0 - part) + y1 * part
        return last[1]


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """Where an indicator belongs, what it weighs and how its measurement becomes a score."""

    group: HealthGroup
    weight: float
    curve: Curve


@dataclass(frozen=True, slots=True)
class VetoRule:
    """The highest score left under a veto; ``days`` is its limit or how long it lasts."""

    cap: float
    days: int = 0


@dataclass(frozen=True, slots=True)
class HealthRules:
    """One version of the rules. Bands: at or above ``good``, at or above ``watch``, below it."""

    version: int
    indicators: Mapping[IndicatorName, IndicatorRule]
    vetoes: Mapping[VetoName, VetoRule]
    strength: StrengthRules
    good: float
    watch: float
    minimum_coverage: float
    gut_gap: float
    max_age_days: int
    promises_window_days: int
    revenue_lag_months: int

    @property
    def total_weight(self) -> float:
        """Σ w over all indicators; more than zero."""
        return sum(rule.weight for rule in self.indicators.values())

    def group_weight(self, group: HealthGroup) -> float:
        """Σ w of one group."""
        return sum(rule.weight for rule in self.indicators.values() if rule.group == group)


def parse_rules(body: Mapping[str, Any], version: int) -> HealthRules:
    """The rules in ``body`` (the shape of ``resources/templates/health.json``).

    Raises ``UserError`` whose ``field`` names the value that is missing or makes no sense.
    """
    indicators = {
        IndicatorName(name): _indicator(_mapping(entry, name), name)
        for name, entry in _mapping(body.get("indicators"), "indicators").items()
        if _known(IndicatorName, name, "indicators")
    }
    vetoes = {
        VetoName(name): _veto(_mapping(entry, name), name)
        for name, entry in _mapping(body.get("vetoes"), "vetoes").items()
        if _known(VetoName, name, "vetoes")
    }
    bands = _mapping(body.get("bands"), "bands")
    rules = HealthRules(
        version=version,
        indicators=indicators,
        vetoes=vetoes,
        strength=_strength(_mapping(body.get("strength"), "strength")),
        good=_number(bands, "good", 0, 100),
        watch=_number(bands, "watch", 0, 100),
        minimum_coverage=_number(body, "minimum_coverage", 0, 1),
        gut_gap=_number(body, "gut_gap", 0, 100),
        max_age_days=int(_number(body, "max_age_days", 1, 36_500)),
        promises_window_days=int(_number(body, "promises_window_days", 1, 36_500)),
        revenue_lag_months=int(_number(body, "revenue_lag_months", 0, 12)),
    )
    if rules.watch >= rules.good:
        raise _wrong("bands")
    if rules.total_weight <= 0:
        raise _wrong("indicators")
    return rules


def _wrong(field: str) -> UserError:
    return UserError(
        _("The health rules have no usable value for “{field}”. Nothing was changed.").format(
            field=field
        ),
        field=field,
    )


def _known(kind: type[StrEnum], name: str, field: str) -> bool:
    if name not in set(kind):
        raise _wrong(f"{field}.{name}")
    return True


def _mapping(value: object, field: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _wrong(field)
    return value


def _number(body: Mapping[str, Any], field: str, low: float, high: float) -> float:
    value = body.get(field)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(field)
    if not (math.isfinite(value) and low <= value <= high):
        raise _wrong(field)
    return float(value)


def _indicator(entry: Mapping[str, Any], name: str) -> IndicatorRule:
    try:
        group = HealthGroup(str(entry.get("group")))
    except ValueError:
        raise _wrong(f"{name}.group") from None
    return IndicatorRule(group, _number(entry, "weight", 0, 1000), _curve(entry.get("curve"), name))


def _curve(value: object, name: str) -> Curve:
    wrong = _wrong(f"{name}.curve")
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        raise wrong
    points: list[tuple[float, float]] = []
    for point in value:
        if not isinstance(point, Sequence) or len(point) != 2:
            raise wrong
        pair = {"x": point[0], "y": point[1]}
        x, y = _number(pair, "x", -1e9, 1e9), _number(pair, "y", 0, 100)
        if points and x <= points[-1][0]:
            raise wrong
        points.append((x, y))
    return Curve(tuple(points))


def _veto(entry: Mapping[str, Any], _name: str) -> VetoRule:
    days = int(_number(entry, "days", 0, 36_500)) if "days" in entry else 0
    return VetoRule(_number(entry, "cap", 0, 100), days)


def _strength(body: Mapping[str, Any]) -> StrengthRules:
    weights = _mapping(body.get("weights"), "strength.weights")
    return StrengthRules(
        weights={
            InteractionKind(kind): _number(weights, kind, 0, 1000)
            for kind in weights
            if _known(InteractionKind, kind, "strength.weights")
        },
        normaliser=_number(body, "normaliser", 0.001, 100_000),
        half_life_cadences=_number(body, "half_life_cadences", 0.01, 1000),
        default_cadence_days=int(_number(body, "default_cadence_days", 1, 36_500)),
        thread_above=_number(body, "thread_above", 0, 1),
        enough_threads=int(_number(body, "enough_threads", 1, 100)),
    )
