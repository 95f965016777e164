"""What happened with the sample's clients in two years: touches, income, promises, measurements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from kam_desktop.models.registry import (
    Commitment,
    Contract,
    Note,
    Observation,
    Opportunity,
    RevenueEntry,
)
from kam_desktop.models.vocabulary import (
    CommitmentState,
    IndicatorKind,
    InteractionKind,
    OpportunityState,
    Side,
)
from kam_desktop.services.formatting import minor_digits
from kam_desktop.services.health import LIMITS
from kam_desktop.services.sample.cast import Data, Stage, days
from kam_desktop.services.storage.unit_of_work import UnitOfWork

MONTHS = 24
_KINDS = ("visit", "call", "call", "video", "email_two_way", "email_two_way", "email_one_way")
_RARE = ("event", "informal", "training")
_OBSERVED = {
    "nps": (IndicatorKind.NPS, 8),
    "csat": (IndicatorKind.CSAT, 4),
    "reading": (IndicatorKind.KAM_READING, 1),
    "tickets": (IndicatorKind.OPEN_TICKETS, 1),
    "hours": (IndicatorKind.HOURS_TO_RESOLVE, 5),
    "usage": (IndicatorKind.USAGE, 4),
}
Row = dict[str, Any]


def add_story(work: UnitOfWork, stage: Stage) -> None:
    """Everything dated, for every account."""
    for source in stage.data["accounts"]:
        for kind, rows in (
            (RevenueEntry, _revenue(work, stage, source)),
            (Opportunity, _deals(work, stage, source)),
            (Contract, _contracts(work, stage, source)),
            (Commitment, _promises(work, stage, source)),
            (Observation, _measurements(work, stage, source)),
            (Note, _notes(work, stage, source)),
        ):
            work.bulk_insert(kind, list(rows))


def touches(stage: Stage, now: dt.datetime) -> list[Row]:
    """The touches with every account in the two years before ``now``, oldest first."""
    found = (row for source in stage.data["accounts"] for row in _touches(stage, source, now))
    return sorted(found, key=lambda row: row["at"])


def _touches(stage: Stage, source: Data, now: dt.datetime) -> Iterator[Row]:
    story, seats, rng = stage.story(source), stage.seats[source["key"]], stage.rng
    reached = story.get("only") or [
        key for key in story["support"] if key not in story.get("vacant", [])
    ]
    for month in range(MONTHS):
        for _count in range(story["touches"]):
            kind = rng.choice(_RARE if rng.random() < 0.12 else _KINDS)
            back = month * 30 + rng.randint(2, 29)
            person = rng.choice(reached if rng.random() < 0.6 else reached[:4])
            yield {
                "account_id": stage.accounts[source["key"]],
                "person_id": seats[person],
                "kind": InteractionKind(kind),
                "at": now - days(back) + dt.timedelta(hours=rng.randint(-4, 4)),
                "zone": source["zone"],
                "summary": rng.choice(stage.data["summaries"][kind]),
            }


def _revenue(work: UnitOfWork, stage: Stage, source: Data) -> Iterator[Row]:
    story = stage.story(source)
    if not story["base"]:
        return
    digits = minor_digits(source["currency"])
    for month in range(MONTHS, 0, -1):
        first = _month_start(work.today, month)
        level = story["base"] * (1 + story["trend"]) ** (MONTHS - month)
        amount = round(level * stage.rng.uniform(0.9, 1.1), -2)
        yield {
            "account_id": stage.accounts[source["key"]],
            "starts_on": first,
            "ends_on": _month_start(work.today, month - 1) - days(1),
            "amount_minor": int(amount) * 10**digits,
            "cost_minor": int(amount * 0.68) * 10**digits,
            "currency": source["currency"],
        }


def _month_start(today: dt.date, back: int) -> dt.date:
    years, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return dt.date(years, month + 1, 1)


def _deals(work: UnitOfWork, stage: Stage, source: Data) -> Iterator[Row]:
    story, digits = stage.story(source), minor_digits(source["currency"])
    for name, stage_name, probability, closes, months in stage.data["deals"][: story["deals"]]:
        value = int(max(story["base"], 20_000) * months * 0.6)
        yield {
            "account_id": stage.accounts[source["key"]],
            "name": name,
            "stage": stage_name,
            "state": OpportunityState.OPEN,
            "value_minor": round(value, -3) * 10**digits,
            "currency": source["currency"],
            "probability": probability,
            "close_on": work.today + days(closes),
            "person_id": stage.seats[source["key"]]["ops"],
        }


def _contracts(work: UnitOfWork, stage: Stage, source: Data) -> Iterator[Row]:
    story = stage.story(source)
    if story["notice_in"] is None:
        return
    notice = work.today + days(story["notice_in"])
    yield {
        "account_id": stage.accounts[source["key"]],
        "name": "Framework agreement",
        "starts_on": notice - days(1000),
        "ends_on": notice + days(90),
        "notice_on": notice,
        "value_minor": int(story["base"] * 12) * 10 ** minor_digits(source["currency"]),
        "currency": source["currency"],
        "text": "Prices fixed for a year; 2 % discount above the agreed volume.",
    }


def _promises(work: UnitOfWork, stage: Stage, source: Data) -> Iterator[Row]:
    if source["story"] in {"thin", "gone"}:
        return
    shift = 0 if source["story"] == "hero" else stage.rng.randint(1, 30)
    for promise in stage.data["commitments"][: 6 if source["story"] == "hero" else 4]:
        due = work.today + days(promise["due"] + shift)
        closed = promise.get("closed")
        yield {
            "account_id": stage.accounts[source["key"]],
            "side": Side(promise["side"]),
            "text": promise["text"],
            "person_id": stage.seats[source["key"]][promise["seat"]],
            "made_on": due - days(30),
            "due_on": due,
            "state": CommitmentState(promise.get("state", "open")),
            "closed_on": None if closed is None else min(work.today, due + days(closed + 20)),
        }


def _measurements(work: UnitOfWork, stage: Stage, source: Data) -> Iterator[Row]:
    story = stage.story(source)
    account_id = stage.accounts[source["key"]]
    for quarter in range(MONTHS // 3):
        on = work.today - days(90 * quarter + 10)
        for name, (kind, spread) in _OBSERVED.items():
            if name in story:
                value = story[name] + stage.rng.randint(-spread, spread)
                lowest, highest = LIMITS[kind]
                yield _observation(account_id, kind, on, min(highest, max(lowest, value)))
    if story["gut"] is not None:
        yield _observation(account_id, IndicatorKind.GUT_SCORE, work.today - days(12), story["gut"])
    if "unpaid" in story:
        yield _observation(
            account_id, IndicatorKind.UNPAID_DAYS, work.today - days(3), story["unpaid"]
        )


def _observation(account_id: str, kind: IndicatorKind, on: dt.date, value: float) -> Row:
    return {
        "account_id": account_id,
        "kind": kind,
        "on": on,
        "value": float(value),
        "source": "Sample data",
    }


def _notes(work: UnitOfWork, stage: Stage, source: Data) -> Iterator[Row]:
    if source["story"] in {"hero", "growing", "single"}:
        for number, text in enumerate(stage.data["notes"]):
            yield {
                "account_id": stage.accounts[source["key"]],
                "text": text,
                "at": work.now - days(40 * number + 5),
            }
