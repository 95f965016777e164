"""Measurements of an account's health and the scores computed from them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from kam_desktop.models.base import Entity, OfAccount
from kam_desktop.models.types import JsonObject
from kam_desktop.models.vocabulary import IndicatorKind, RuleKind


class RuleSet(Entity, kw_only=True):
    """One version of a set of weights, bands and limits; old versions stay for old scores."""

    __tablename__ = "rule_set"

    kind: Mapped[RuleKind]
    version: Mapped[int]
    valid_from: Mapped[dt.datetime]
    body: Mapped[JsonObject]


class Observation(OfAccount, kw_only=True):
    """One dated measurement of an indicator, with where it comes from."""

    __tablename__ = "observation"

    kind: Mapped[IndicatorKind]
    on: Mapped[dt.date]
    value: Mapped[float]
    source: Mapped[str] = mapped_column(default="")

    __table_args__ = (Index("ix_observation_account_kind_on", "account_id", "kind", "on"),)


class HealthSnapshot(OfAccount, kw_only=True):
    """A score as it was computed once, with its explanation and the version of the rules.

    ``score`` is 0 … 100, None when nothing is known; ``coverage`` is 0 … 1.
    """

    __tablename__ = "health_snapshot"

    on: Mapped[dt.date]
    score: Mapped[float | None]
    coverage: Mapped[float]
    rules_version: Mapped[int]
    explanation: Mapped[JsonObject]

    __table_args__ = (Index("ix_health_snapshot_account_on", "account_id", "on"),)
