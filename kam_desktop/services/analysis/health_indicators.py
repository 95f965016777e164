"""The measurement behind each indicator: what is known, and how old it is.

Each function returns None when nothing is known: *unknown is never counted as neutral*. The
formulas are our own defaults unless a source is named; the curves that turn a measurement into a
score are in the rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kam_desktop.models.vocabulary import CommitmentState, DecisionRole, IndicatorKind, Side
from kam_desktop.services.analysis.health_facts import (
    CommitmentFact,
    ContractFact,
    HealthInputs,
    PersonFact,
)
from kam_desktop.services.analysis.health_rules import HealthRules, IndicatorName
from kam_desktop.services.analysis.revenue import month_end, trends
from kam_desktop.services.analysis.strength import coverage, is_thread, strength

Facts = Mapping[str, float | int | str]
"""Small, storable numbers and codes that an explanation is worded from."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """A value for the indicator's curve, the day its data is from, and what explains it."""

    value: float
    as_of: dt.date | None
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contact:
    """One present person and the strength of our contact on the day looked at."""

    person: PersonFact
    strength: float


@dataclass(frozen=True, slots=True)
class Scene:
    """An account on one day: the facts, the rules and the contacts worked out once."""

    inputs: HealthInputs
    rules: HealthRules
    on: dt.date
    contacts: tuple[Contact, ...]
    last_touch: dt.date | None

    def threads(self) -> int:
        """How many people we are in live contact with."""
        return sum(is_thread(each.strength, self.rules.strength) for each in self.contacts)

    def reached(self, role: DecisionRole) -> bool:
        """Whether somebody in this role is in live contact."""
        return any(
            role in each.person.roles and is_thread(each.strength, self.rules.strength)
            for each in self.contacts
        )


def scene(inputs: HealthInputs, rules: HealthRules, on: dt.date) -> Scene:
    """The account on day ``on``."""
    contacts = tuple(
        Contact(person.as_of(on), strength(person.touches, on, person.cadence_days, rules.strength))
        for person in inputs.people
        if person.present(on)
    )
    days = [touch.on for person in inputs.people for touch in person.touches if touch.on <= on]
    return Scene(inputs, rules, on, contacts, max(days, default=None))


def _influence_covered(at: Scene) -> Measurement | None:
    """Σ(influence · strength)/Σ influence (product rules, section 4)."""
    found = coverage([(c.person.id, c.person.influence, c.strength) for c in at.contacts])
    if found.share is None:
        return None
    facts: dict[str, float | int | str] = {
        "share": round(found.share, 4),
        "unknown": found.unknown,
        "threads": at.threads(),
    }
    if found.fragility is not None:
        facts["fragility"] = round(found.fragility, 4)
    return Measurement(found.share, at.last_touch, facts)


def _roles_reached(at: Scene) -> Measurement | None:
    """The share of the decision roles recorded whose holder is in live contact."""
    roles = {role for each in at.contacts for role in each.person.roles}
    if not roles:
        return None
    reached = sum(at.reached(role) for role in roles)
    return Measurement(reached / len(roles), at.last_touch, {"reached": reached, "of": len(roles)})


def _champion_and_buyer(at: Scene) -> Measurement | None:
    """How many of the two, a champion and the economic buyer, are in live contact."""
    if not any(each.person.roles for each in at.contacts):
        return None
    champion = int(at.reached(DecisionRole.CHAMPION))
    buyer = int(at.reached(DecisionRole.ECONOMIC_BUYER))
    return Measurement(champion + buyer, at.last_touch, {"champion": champion, "buyer": buyer})


def _revenue_trend(at: Scene) -> Measurement | None:
    """The change of the last twelve months against the same months before.

    Several currencies: each is compared with itself and the changes are averaged by the number of
    entries, since a count has no currency.
    """
    found = trends(at.inputs.revenue, at.on, at.rules.revenue_lag_months)
    if not found:
        return None
    entries = sum(trend.entries for trend in found)
    change = sum(trend.change * trend.entries for trend in found) / entries
    as_of = min(at.on, month_end(found[0].until))
    return Measurement(change, as_of, {"change": round(change, 4), "currencies": len(found)})


def _promises(at: Scene, side: Side) -> Measurement | None:
    """(kept + ½ late)/(kept + late + broken + overdue) of the last year's promises of one side."""
    since = at.on - dt.timedelta(days=at.rules.promises_window_days)
    counts = {"kept": 0, "late": 0, "broken": 0, "overdue": 0}
    days: list[dt.date] = []
    for promise in at.inputs.commitments:
        outcome = _outcome(promise, at.on, since) if promise.side == side else None
        if outcome is not None:
            counts[outcome] += 1
            days.append(promise.closed_on or promise.due_on or at.on)
    total = sum(counts.values())
    if total == 0:
        return None
    value = (counts["kept"] + 0.5 * counts["late"]) / total
    return Measurement(value, min(at.on, max(days)), counts)


def _outcome(promise: CommitmentFact, on: dt.date, since: dt.date) -> str | None:
    """How a promise stood on day ``on``; None when it does not count then."""
    if promise.state == CommitmentState.WITHDRAWN:
        return None
    if promise.made_on is not None and promise.made_on > on:
        return None
    settled = promise.closed_on or promise.due_on
    closed = promise.state != CommitmentState.OPEN and settled is not None and settled <= on
    if not closed or settled is None:
        overdue = promise.due_on is not None and promise.due_on < on
        return "overdue" if overdue else None
    if settled < since:
        return None
    kept_late = promise.due_on is not None and settled > promise.due_on
    if promise.state == CommitmentState.KEPT and kept_late:
        return "late"
    return str(promise.state.value)


def _our_promises(at: Scene) -> Measurement | None:
    return _promises(at, Side.OURS)


def _their_promises(at: Scene) -> Measurement | None:
    return _promises(at, Side.THEIRS)


def _observed(kind: IndicatorKind) -> Callable[[Scene], Measurement | None]:
    """The latest observation of ``kind`` unless it has faded (older than the rules allow)."""

    def measure(at: Scene) -> Measurement | None:
        latest = at.inputs.latest(kind, at.on)
        if latest is None or (at.on - latest.on).days > at.rules.max_age_days:
            return None
        return Measurement(latest.value, latest.on, {"value": latest.value})

    return measure


def _contract_horizon(at: Scene) -> Measurement | None:
    """Days to the nearest date on which a running contract can be lost: notice, then end."""
    started = [
        contract
        for contract in at.inputs.contracts
        if contract.starts_on is None or contract.starts_on <= at.on
    ]
    horizons = [found for each in started if (found := _horizon(each, at.on)) is not None]
    if horizons:
        days, what = min(horizons)
        return Measurement(days, at.on, {"days": days, "what": what})
    ended = [each.ends_on for each in started if each.ends_on is not None]
    if not ended or (at.on - max(ended)).days > at.rules.max_age_days:
        return None
    return Measurement(0, at.on, {"days": (at.on - max(ended)).days, "what": "ended"})


def _horizon(contract: ContractFact, on: dt.date) -> tuple[int, str] | None:
    if contract.ends_on is not None and contract.ends_on < on:
        return None
    if contract.notice_on is not None and contract.notice_on >= on:
        return (contract.notice_on - on).days, "notice"
    if contract.ends_on is not None:
        return (contract.ends_on - on).days, "end"
    return None


MEASURES: Mapping[IndicatorName, Callable[[Scene], Measurement | None]] = {
    IndicatorName.INFLUENCE_COVERED: _influence_covered,
    IndicatorName.ROLES_REACHED: _roles_reached,
    IndicatorName.CHAMPION_AND_BUYER: _champion_and_buyer,
    IndicatorName.REVENUE_TREND: _revenue_trend,
    IndicatorName.OUR_PROMISES: _our_promises,
    IndicatorName.THEIR_PROMISES: _their_promises,
    IndicatorName.NPS: _observed(IndicatorKind.NPS),
    IndicatorName.CSAT: _observed(IndicatorKind.CSAT),
    IndicatorName.KAM_READING: _observed(IndicatorKind.KAM_READING),
    IndicatorName.OPEN_TICKETS: _observed(IndicatorKind.OPEN_TICKETS),
    IndicatorName.HOURS_TO_RESOLVE: _observed(IndicatorKind.HOURS_TO_RESOLVE),
    IndicatorName.USAGE: _observed(IndicatorKind.USAGE),
    IndicatorName.CONTRACT_HORIZON: _contract_horizon,
}
