"""What a user does about health: measure, state a gut feeling, keep a score, edit the rules."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kam_desktop.models.registry import Account, HealthSnapshot, Observation, RuleSet
from kam_desktop.models.vocabulary import IndicatorKind, RuleKind
from kam_desktop.services.analysis.health import Health, assess, explanation
from kam_desktop.services.analysis.health_facts import HealthInputs
from kam_desktop.services.analysis.health_rules import parse_rules
from kam_desktop.services.errors import UserError
from kam_desktop.services.formatting import number
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.health import (
    account_health,
    accounts_without_snapshot,
    health_rules,
)
from kam_desktop.services.queries.health_facts import inputs_of

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

_MANY = 1_000_000.0
LIMITS: Mapping[IndicatorKind, tuple[float, float]] = {
    IndicatorKind.NPS: (-100, 100),
    IndicatorKind.CSAT: (0, 100),
    IndicatorKind.KAM_READING: (0, 10),
    IndicatorKind.OPEN_TICKETS: (0, _MANY),
    IndicatorKind.HOURS_TO_RESOLVE: (0, _MANY),
    IndicatorKind.USAGE: (0, 100),
    IndicatorKind.UNPAID_DAYS: (0, _MANY),
    IndicatorKind.TENDER_LOST: (0, 1),
    IndicatorKind.GUT_SCORE: (0, 100),
}
"""The lowest and highest value of each kind of observation."""


def record_observation(
    work: UnitOfWork,
    account_id: str,
    kind: IndicatorKind,
    on: dt.date,
    value: float,
    source: str = "",
) -> str:
    """Keep one dated measurement and return its id.

    Raises `UserError`: field ``value`` outside the kind's limits, ``on`` for a day to come.
    """
    work.get(Account, account_id)
    _check(work, kind, on, value)
    observation = Observation(
        account_id=account_id, kind=kind, on=on, value=value, source=source.strip()
    )
    work.add(observation)
    return observation.id


def change_observation(
    work: UnitOfWork, observation_id: str, on: dt.date, value: float, source: str
) -> None:
    """Correct a measurement; raises `UserError` as `record_observation`."""
    observation = work.get(Observation, observation_id)
    _check(work, observation.kind, on, value)
    observation.on, observation.value, observation.source = on, value, source.strip()


def delete_observation(work: UnitOfWork, observation_id: str) -> None:
    """Move a measurement to the trash."""
    work.trash(work.get(Observation, observation_id))


def set_gut_score(work: UnitOfWork, account_id: str, value: float) -> str:
    """State today's gut score, 0 … 100; a second one on the same day replaces the first."""
    from sqlalchemy import select

    today = work.session.scalars(
        select(Observation).where(
            Observation.account_id == account_id,
            Observation.kind == IndicatorKind.GUT_SCORE,
            Observation.on == work.today,
            Observation.deleted_at.is_(None),
        )
    ).first()
    if today is None:
        return record_observation(work, account_id, IndicatorKind.GUT_SCORE, work.today, value)
    change_observation(work, today.id, work.today, value, today.source)
    return today.id


def take_snapshot(work: UnitOfWork, account_id: str) -> str:
    """Keep today's score with its explanation and the version of the rules; returns its id.

    Raises `UserError` when the account is gone or nothing is known about it yet.
    """
    card = account_health(work.reader, account_id, work.today)
    if card is None:
        work.get(Account, account_id)
        raise AssertionError("an account that exists has a health card")
    if card.health.score is None:
        raise UserError(_("There is no score to keep yet: nothing is known about this account."))
    snapshot = _snapshot(account_id, card.health)
    work.add(snapshot)
    return snapshot.id


def keep_daily_snapshots(work: UnitOfWork, limit: int = 50) -> int:
    """Keep today's score of key and emerging accounts that have none yet; returns how many.

    At most ``limit`` accounts are looked at in one call, another part of the list each day, and
    those of which nothing is known are left out. Run it in a unit of work of origin ``program``.
    """
    ids = accounts_without_snapshot(work.reader, work.today, limit)
    rules = health_rules(work.reader)
    inputs = inputs_of(work.reader, ids, work.today, 1)
    kept = 0
    for account_id in ids:
        health = assess(inputs.get(account_id, HealthInputs()), rules, work.today)
        if health.score is not None:
            work.add(_snapshot(account_id, health))
            kept += 1
    return kept


def _snapshot(account_id: str, health: Health) -> HealthSnapshot:
    return HealthSnapshot(
        account_id=account_id,
        on=health.on,
        score=health.score,
        coverage=health.coverage,
        rules_version=health.rules_version,
        explanation=explanation(health),
    )


def save_rules(work: UnitOfWork, body: dict[str, Any]) -> int:
    """Put edited rules in force as a new version and return it; kept scores keep theirs.

    Raises `UserError` whose field names the value that makes no sense.
    """
    version = health_rules(work.reader).version + 1
    parse_rules(body, version)
    work.add(RuleSet(kind=RuleKind.HEALTH, version=version, valid_from=work.now, body=body))
    return version


def _check(work: UnitOfWork, kind: IndicatorKind, on: dt.date, value: float) -> None:
    low, high = LIMITS[kind]
    if not math.isfinite(value) or not low <= value <= high:
        raise UserError(
            _("Enter a number from {low} to {high}.").format(low=number(low), high=number(high)),
            field="value",
        )
    if on > work.today:
        raise UserError(_("A measurement cannot be from a day to come."), field="on")
