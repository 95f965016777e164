"""Reads an account's opportunities, contracts and revenue."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kam_desktop.models.vocabulary import OpportunityState
from kam_desktop.services.analysis.health_facts import RevenueFact
from kam_desktop.services.analysis.revenue import by_month, month_of, shift
from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class OpportunityRow:
    """One possible deal. ``probability`` is in percent; None is *unknown*."""

    id: str
    name: str
    stage: str
    state: OpportunityState
    value_minor: int | None
    currency: str
    probability: int | None
    close_on: dt.date | None
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ContractRow:
    """One agreement and its dates."""

    id: str
    name: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    notice_on: dt.date | None
    value_minor: int | None
    currency: str
    text: str


@dataclass(frozen=True, slots=True)
class RevenueRow:
    """One revenue entry."""

    id: str
    starts_on: dt.date
    ends_on: dt.date
    amount_minor: int
    cost_minor: int | None
    currency: str
    number: str


@dataclass(frozen=True, slots=True)
class RevenueMonths:
    """Revenue per month: the first day of each month, and minor units per currency.

    A month without an entry is None, which is not the same as nothing earned.
    """

    months: tuple[dt.date, ...]
    amounts: dict[str, tuple[float | None, ...]]


def opportunities(db: Reader, account_id: str, limit: int = 200) -> list[OpportunityRow]:
    """The account's deals: open ones first, then by closing date, the latest first."""
    rows = db.rows(
        "SELECT id, name, stage, state, value_minor, currency, probability, close_on, kind, text"
        " FROM opportunity WHERE account_id = ? AND deleted_at IS NULL"
        " ORDER BY state <> 'open', close_on IS NULL, close_on DESC, id LIMIT ?",
        (account_id, limit),
    )
    return [
        OpportunityRow(
            row[0],
            row[1],
            row[2],
            OpportunityState(row[3]),
            row[4],
            row[5],
            row[6],
            _maybe(row[7]),
            row[8],
            row[9],
        )
        for row in rows
    ]


def contracts(db: Reader, account_id: str, limit: int = 200) -> list[ContractRow]:
    """The account's contracts, the one that ends last first; those without an end on top."""
    rows = db.rows(
        "SELECT id, name, starts_on, ends_on, notice_on, value_minor, currency, text FROM contract"
        " WHERE account_id = ? AND deleted_at IS NULL"
        " ORDER BY ends_on IS NOT NULL, ends_on DESC, id LIMIT ?",
        (account_id, limit),
    )
    return [
        ContractRow(row[0], row[1], _maybe(row[2]), _maybe(row[3]), _maybe(row[4]), *row[5:])
        for row in rows
    ]


def revenue_page(
    db: Reader, account_id: str, before: tuple[str, str] | None = None, limit: int = 50
) -> list[RevenueRow]:
    """Revenue entries, newest first; page on with ``before=(last.starts_on, last.id)`` as text."""
    day, entry_id = before or ("9999-12-31", "~")
    rows = db.rows(
        "SELECT id, starts_on, ends_on, amount_minor, cost_minor, currency, number"
        " FROM revenue_entry WHERE account_id = ? AND deleted_at IS NULL AND starts_on <= ?"
        " AND (starts_on, id) < (?, ?) ORDER BY starts_on DESC, id DESC LIMIT ?",
        (account_id, day, day, entry_id, limit),
    )
    return [
        RevenueRow(row[0], dt.date.fromisoformat(row[1]), dt.date.fromisoformat(row[2]), *row[3:])
        for row in rows
    ]


def revenue_months(db: Reader, account_id: str, on: dt.date, months: int = 24) -> RevenueMonths:
    """Revenue of the last ``months`` months of which there is any, up to the month of ``on``.

    When the account's books end earlier (imported history), the months end with them.
    """
    latest = db.value(
        "SELECT max(starts_on) FROM revenue_entry"
        " WHERE account_id = ? AND deleted_at IS NULL AND starts_on <= ?",
        (account_id, on.isoformat()),
    )
    if latest is None:
        return RevenueMonths((), {})
    last = month_of(dt.date.fromisoformat(latest))
    listed = [shift(last, -back) for back in range(months - 1, -1, -1)]
    since = dt.date(*shift(listed[0], -12), 1)
    rows = db.rows(
        "SELECT starts_on, ends_on, sum(amount_minor), currency FROM revenue_entry"
        " WHERE account_id = ? AND deleted_at IS NULL AND starts_on BETWEEN ? AND ?"
        " GROUP BY 1, 2, 4",
        (account_id, since.isoformat(), on.isoformat()),
    )
    totals = by_month(
        RevenueFact(dt.date.fromisoformat(start), dt.date.fromisoformat(end), amount, currency)
        for start, end, amount, currency in rows
    )
    return RevenueMonths(
        tuple(dt.date(*month, 1) for month in listed),
        {code: tuple(found.get(month) for month in listed) for code, found in totals.items()},
    )


def _maybe(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
