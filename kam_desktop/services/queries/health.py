"""Reads what health is computed from, and computes it: for one account, over time, for a page."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from kam_desktop.models.text import sort_key
from kam_desktop.models.vocabulary import (
    HealthGroup,
    IndicatorKind,
    Tier,
)
from kam_desktop.services.analysis.health import Band, Health, assess
from kam_desktop.services.analysis.health_facts import (
    HealthInputs,
    ObservationFact,
)
from kam_desktop.services.analysis.health_rules import HealthRules, parse_rules
from kam_desktop.services.analysis.revenue import Month, by_month, month_ends, month_of
from kam_desktop.services.queries.health_facts import inputs_of
from kam_desktop.services.resources import resource_path
from kam_desktop.services.storage.reader import Reader

SHIPPED_VERSION = 1
"""The version of the rules that come with the program; edited rules count on from it."""

_ATTENTION = (Band.BAD, Band.WATCH, Band.UNKNOWN, Band.GOOD)
_TIERS = (Tier.KEY, Tier.EMERGING, Tier.WATCHED, Tier.REGULAR, Tier.FORMER)

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class SnapshotPoint:
    """A score that was kept, with what explained it then."""

    id: str
    on: dt.date
    score: float | None
    coverage: float
    rules_version: int
    explanation: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One observation, for a list."""

    id: str
    kind: IndicatorKind
    on: dt.date
    value: float
    source: str


@dataclass(frozen=True, slots=True)
class HealthCard:
    """An account's health today, with the KAM's gut score and the last kept score beside it.

    ``gut_gap`` is gut − score when both are there and differ by more than the rules allow.
    """

    account_id: str
    name: str
    tier: Tier
    health: Health
    gut: ObservationFact | None
    gut_gap: float | None
    previous: SnapshotPoint | None


@dataclass(frozen=True, slots=True)
class HealthRow:
    """One line of the portfolio's health; ``trend`` holds a score per month, None where unknown."""

    account_id: str
    name: str
    tier: Tier
    health: Health
    gut_gap: float | None
    trend: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class HealthSeries:
    """Health, revenue and touches on one time axis.

    ``days`` are month ends and, last, the day asked for. ``scores`` are computed from dated facts
    as of each day, None where less is known than the rules ask for. ``revenue`` is minor units per
    currency and month, None in months without an entry; ``touches`` counts per month. ``groups``
    has a score per group and day. ``gut`` and ``kept`` are dated points of their own.
    """

    days: tuple[dt.date, ...]
    scores: tuple[float | None, ...]
    coverages: tuple[float, ...]
    groups: dict[HealthGroup, tuple[float | None, ...]]
    revenue: dict[str, tuple[float | None, ...]]
    touches: tuple[int, ...]
    gut: tuple[tuple[dt.date, float], ...]
    kept: tuple[SnapshotPoint, ...]


@dataclass(frozen=True, slots=True)
class HealthDetail:
    """Everything the health page shows of one account."""

    card: HealthCard
    series: HealthSeries
    observations: tuple[ObservationRow, ...]


def shipped_rules_body() -> dict[str, Any]:
    """The rules that come with the program, as stored values."""
    text = resource_path("templates", "health.json").read_text(encoding="utf-8")
    body: dict[str, Any] = json.loads(text)
    return body


@cache
def _shipped_rules() -> HealthRules:
    return parse_rules(shipped_rules_body(), SHIPPED_VERSION)


@cache
def _parsed(body: str, version: int) -> HealthRules:
    return parse_rules(json.loads(body), version)


def health_rules(db: Reader) -> HealthRules:
    """The rules in force: the newest edited version, else the shipped ones."""
    found = db.row(
        "SELECT body, version FROM rule_set WHERE kind = 'health' AND deleted_at IS NULL"
        " ORDER BY version DESC LIMIT 1"
    )
    return _shipped_rules() if found is None else _parsed(found[0], found[1])


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The rules in force as stored values, for editing."""

    version: int
    body: dict[str, Any]


_MONTHS = 24
"""How far back the course of an account's health goes."""


def rules_in_force(db: Reader) -> RulesInForce:
    """The newest edited rules, else the shipped ones."""
    found = db.row(
        "SELECT version, body FROM rule_set WHERE kind = 'health' AND deleted_at IS NULL"
        " ORDER BY version DESC LIMIT 1"
    )
    if found is None:
        return RulesInForce(SHIPPED_VERSION, shipped_rules_body())
    return RulesInForce(found[0], json.loads(found[1]))


def health_inputs(db: Reader, account_id: str, on: dt.date, months: int) -> HealthInputs:
    """Everything known about one account that bears on its health in the last ``months``."""
    return inputs_of(db, [account_id], on, months).get(account_id, HealthInputs())


def account_health(
    db: Reader, account_id: str, on: dt.date, inputs: HealthInputs | None = None
) -> HealthCard | None:
    """The account's health on day ``on``; None when there is no such account.

    ``inputs`` are its `health_inputs` where somebody has read them already.
    """
    found = db.row(
        "SELECT name, tier FROM account WHERE id = ? AND deleted_at IS NULL", (account_id,)
    )
    if found is None:
        return None
    rules = health_rules(db)
    inputs = inputs or health_inputs(db, account_id, on, 1)
    health = assess(inputs, rules, on)
    gut = inputs.latest(IndicatorKind.GUT_SCORE, on)
    return HealthCard(
        account_id=account_id,
        name=found[0],
        tier=Tier(found[1]),
        health=health,
        gut=gut,
        gut_gap=gut_gap(health, gut, rules),
        previous=_last_snapshot(db, account_id, on),
    )


def gut_gap(health: Health, gut: ObservationFact | None, rules: HealthRules) -> float | None:
    """Gut − score when that is more than the rules allow and the gut score has not faded."""
    if gut is None or health.score is None or health.band is Band.UNKNOWN:
        return None
    if (health.on - gut.on).days > rules.max_age_days:
        return None
    gap = gut.value - health.score
    return gap if abs(gap) > rules.gut_gap else None


def health_series(
    db: Reader,
    account_id: str,
    on: dt.date,
    months: int,
    inputs: HealthInputs | None = None,
) -> HealthSeries:
    """The last ``months`` month ends and day ``on``, from what was known at each of them.

    ``inputs`` as for `account_health`, of at least one month more.
    """
    rules = health_rules(db)
    inputs = inputs or health_inputs(db, account_id, on, months + 1)
    days = _days(on, months)
    past = [assess(inputs, rules, day) for day in days]
    listed = [month_of(day) for day in days]
    observed = sorted(
        (fact.on, fact.value)
        for fact in inputs.observations
        if fact.kind is IndicatorKind.GUT_SCORE and days[0] <= fact.on <= on
    )
    return HealthSeries(
        days=days,
        scores=tuple(_shown(each) for each in past),
        coverages=tuple(each.coverage for each in past),
        groups={group: tuple(each.group(group).score for each in past) for group in HealthGroup},
        revenue={
            currency: tuple(totals.get(month) for month in listed)
            for currency, totals in by_month(inputs.revenue).items()
        },
        touches=_touch_counts(db, account_id, listed),
        gut=tuple(observed),
        kept=tuple(snapshots(db, account_id, days[0], on)),
    )


def health_detail(db: Reader, account_id: str, on: dt.date) -> HealthDetail | None:
    """The account's health with its course and its observations; None when it is gone."""
    inputs = health_inputs(db, account_id, on, _MONTHS + 1)
    card = account_health(db, account_id, on, inputs)
    if card is None:
        return None
    series = health_series(db, account_id, on, _MONTHS, inputs)
    return HealthDetail(card, series, tuple(observations(db, account_id)))


def portfolio_health(
    db: Reader, on: dt.date, search: str = "", limit: int = 60, trend_months: int = 12
) -> list[HealthRow]:
    """Up to ``limit`` accounts, key accounts first, those that need attention on top.

    All facts are read in a fixed number of queries, however many accounts there are.
    """
    order = " ".join(f"WHEN '{tier.value}' THEN {rank}" for rank, tier in enumerate(_TIERS))
    accounts = db.rows(
        "SELECT id, name, tier FROM account WHERE deleted_at IS NULL AND instr(name_key, ?) > 0"
        f" ORDER BY CASE tier {order} END, name_key, id LIMIT ?",
        (sort_key(search), limit),
    )
    inputs = inputs_of(db, [account[0] for account in accounts], on, trend_months + 1)
    rules = health_rules(db)
    days = _days(on, trend_months)
    rows = []
    for account_id, name, tier in accounts:
        facts = inputs.get(account_id, HealthInputs())
        past = [assess(facts, rules, day) for day in days]
        gut = facts.latest(IndicatorKind.GUT_SCORE, on)
        trend = tuple(_shown(each) for each in past)
        rows.append(
            HealthRow(account_id, name, Tier(tier), past[-1], gut_gap(past[-1], gut, rules), trend)
        )
    return sorted(rows, key=attention)


def attention(row: HealthRow) -> tuple[int, int, float]:
    """Sorts what needs attention first: band, then tier, then the lower score."""
    score = row.health.score if row.health.score is not None else 100.0
    return _ATTENTION.index(row.health.band), _TIERS.index(row.tier), score


def observations(db: Reader, account_id: str, limit: int = 200) -> list[ObservationRow]:
    """The account's observations, newest first."""
    rows = db.rows(
        'SELECT id, kind, "on", value, source FROM observation'
        ' WHERE account_id = ? AND deleted_at IS NULL ORDER BY "on" DESC, id DESC LIMIT ?',
        (account_id, limit),
    )
    return [
        ObservationRow(id_, IndicatorKind(kind), dt.date.fromisoformat(on), value, source)
        for id_, kind, on, value, source in rows
    ]


def snapshots(db: Reader, account_id: str, since: dt.date, until: dt.date) -> list[SnapshotPoint]:
    """The scores kept between two days, both included, oldest first."""
    rows = db.rows(
        f"{_SNAPSHOT} WHERE account_id = ? AND deleted_at IS NULL"
        ' AND "on" BETWEEN ? AND ? ORDER BY "on", id',
        (account_id, since.isoformat(), until.isoformat()),
    )
    return [_snapshot(row) for row in rows]


def accounts_without_snapshot(db: Reader, on: dt.date, limit: int) -> list[str]:
    """Ids of key and emerging accounts without a kept score of day ``on``, up to ``limit``.

    Where there are more, each day begins at another place of the list, so that accounts of which
    nothing is known never keep the others from their turn.
    """
    ids = [
        account_id
        for (account_id,) in db.rows(
            "SELECT a.id FROM account a WHERE a.deleted_at IS NULL AND a.tier IN (?, ?)"
            " AND NOT EXISTS (SELECT 1 FROM health_snapshot s WHERE s.account_id = a.id"
            ' AND s."on" = ? AND s.deleted_at IS NULL) ORDER BY a.id',
            (Tier.KEY.value, Tier.EMERGING.value, on.isoformat()),
        )
    ]
    if len(ids) <= limit:
        return ids
    start = on.toordinal() * limit % len(ids)
    return [*ids[start:], *ids[:start]][:limit]


_SNAPSHOT = 'SELECT id, "on", score, coverage, rules_version, explanation FROM health_snapshot'


def _last_snapshot(db: Reader, account_id: str, on: dt.date) -> SnapshotPoint | None:
    found = db.row(
        f"{_SNAPSHOT} WHERE account_id = ? AND deleted_at IS NULL"
        ' AND "on" < ? ORDER BY "on" DESC, id DESC LIMIT 1',
        (account_id, on.isoformat()),
    )
    return None if found is None else _snapshot(found)


def _snapshot(row: tuple[Any, ...]) -> SnapshotPoint:
    id_, on, score, coverage, version, body = row
    return SnapshotPoint(id_, dt.date.fromisoformat(on), score, coverage, version, json.loads(body))


def _days(on: dt.date, months: int) -> tuple[dt.date, ...]:
    ends = month_ends(on, months)
    return (*ends, on) if ends[-1] != on else tuple(ends)


def _shown(health: Health) -> float | None:
    return None if health.band is Band.UNKNOWN else health.score


def _touch_counts(db: Reader, account_id: str, months: Sequence[Month]) -> tuple[int, ...]:
    first = f"{months[0][0]:04}-{months[0][1]:02}"
    rows = db.rows(
        "SELECT substr(at, 1, 7), count(*) FROM interaction"
        " WHERE account_id = ? AND deleted_at IS NULL AND at >= ? GROUP BY 1",
        (account_id, first),
    )
    counts = dict(rows)
    return tuple(counts.get(f"{year:04}-{month:02}", 0) for year, month in months)
