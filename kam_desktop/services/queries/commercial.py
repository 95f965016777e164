"""Reads an account's opportunities, contracts and revenue."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

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
    person_id: str | None
    person_name: str


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
    """One revenue entry; ``cost_minor`` is None while unknown."""

    id: str
    starts_on: dt.date
    ends_on: dt.date
    amount_minor: int
    cost_minor: int | None
    currency: str
    number: str
    buying_centre_id: str | None
    buying_centre: str


@dataclass(frozen=True, slots=True)
class RevenuePage:
    """Some revenue entries, and whether there are older ones."""

    rows: tuple[RevenueRow, ...]
    more: bool


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
        "SELECT o.id, o.name, o.stage, o.state, o.value_minor, o.currency, o.probability,"
        " o.close_on, o.kind, o.text, p.id,"
        " coalesce(CASE WHEN p.name = '' THEN p.title ELSE p.name END, '')"
        " FROM opportunity o LEFT JOIN person p ON p.id = o.person_id AND p.deleted_at IS NULL"
        " WHERE o.account_id = ? AND o.deleted_at IS NULL"
        " ORDER BY o.state <> 'open', o.close_on IS NULL, o.close_on DESC, o.id LIMIT ?",
        (account_id, limit),
    )
    return [_opportunity(*row) for row in rows]


def _opportunity(*stored: Any) -> OpportunityRow:
    values = list(stored)
    values[3], values[7] = OpportunityState(values[3]), _maybe(values[7])
    return OpportunityRow(*values)


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
        "SELECT r.id, r.starts_on, r.ends_on, r.amount_minor, r.cost_minor, r.currency, r.number,"
        " b.id, coalesce(b.name, '')"
        " FROM revenue_entry r LEFT JOIN buying_centre b ON b.id = r.buying_centre_id"
        " WHERE r.account_id = ? AND r.deleted_at IS NULL AND r.starts_on <= ?"
        " AND (r.starts_on, r.id) < (?, ?) ORDER BY r.starts_on DESC, r.id DESC LIMIT ?",
        (account_id, day, day, entry_id, limit),
    )
    return [
        RevenueRow(row[0], dt.date.fromisoformat(row[1]), dt.date.fromisoformat(row[2]), *row[3:])
        for row in rows
    ]


def first_revenue(db: Reader, account_id: str, limit: int) -> RevenuePage:
    """The newest ``limit`` revenue entries."""
    rows = revenue_page(db, account_id, limit=limit + 1)
    return RevenuePage(tuple(rows[:limit]), len(rows) > limit)


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
