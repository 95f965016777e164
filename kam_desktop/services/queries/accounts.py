"""Accounts for lists and pickers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.reader import Reader, placeholders
from kam_desktop.services.storage.words_of_text import match_expression

Money = dict[str, int]
"""Minor units by currency; unlike currencies are never added."""

_LAST_TOUCH = (
    "(SELECT max(i.at) FROM interaction i WHERE i.account_id = a.id AND i.deleted_at IS NULL)"
)
_SNAPSHOT = (
    "(SELECT {column} FROM health_snapshot h WHERE h.account_id = a.id AND h.deleted_at IS NULL"
    ' ORDER BY h."on" DESC LIMIT 1)'
)
_OPEN_VALUE = (
    "(SELECT coalesce(sum(o.value_minor), 0) FROM opportunity o WHERE o.account_id = a.id"
    " AND o.deleted_at IS NULL AND o.state = 'open')"
)
_TIER_ORDER = (
    "CASE a.tier WHEN 'key' THEN 0 WHEN 'emerging' THEN 1 WHEN 'regular' THEN 2"
    " WHEN 'watched' THEN 3 ELSE 4 END"
)

SORTS = {
    "name": "a.name_key",
    "tier": _TIER_ORDER,
    "city": "a.city",
    "country": "a.country",
    "industry": "a.industry",
    "last_touch": _LAST_TOUCH,
    "open_value": _OPEN_VALUE,
    "health": _SNAPSHOT.format(column="h.score"),
}
"""What a list of accounts can be sorted by."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One line of the account list. ``last_touch`` is a stored instant, '' when there was none.

    ``health`` is the newest snapshot's score, None when there is none or nothing is known.
    """

    id: str
    name: str
    tier: str
    parent_id: str | None
    parent_name: str
    industry: str
    city: str
    country: str
    last_touch: str
    health: float | None
    health_coverage: float | None
    open_opportunities: int = 0
    open_value: Money = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AccountTotals:
    """What an account's commercial records add up to."""

    opportunities: int
    opportunity_value: Money
    revenue: Money


def account_ids(
    db: Reader,
    *,
    text: str = "",
    tiers: Sequence[str] = (),
    sort: str = "name",
    descending: bool = False,
    limit: int = -1,
) -> list[str]:
    """Ids of the accounts that fit, in order. ``tiers`` are alternatives."""
    where, parameters = ["a.deleted_at IS NULL"], []
    if expression := match_expression(text):
        where.append("a.rowid IN (SELECT rowid FROM account_words WHERE account_words MATCH ?)")
        parameters.append(expression)
    elif text.strip():
        return []
    if tiers:
        where.append(f"a.tier IN ({placeholders(tiers)})")
        parameters.extend(tiers)
    direction = "DESC" if descending else "ASC"
    # Naming the same column twice would keep SQLite from using the index for the order.
    order = SORTS[sort] if sort == "name" else f"{SORTS[sort]} {direction}, a.name_key"
    # Nothing known goes last in either direction.
    known = "" if sort in {"name", "tier", "open_value"} else f"coalesce({SORTS[sort]}, '') = '',"
    rows = db.rows(
        f"SELECT a.id FROM account a WHERE {' AND '.join(where)}"
        f" ORDER BY {known} {order} {direction}, a.id {direction} LIMIT ?",
        [*parameters, limit],
    )
    return [row_id for (row_id,) in rows]


def account_rows(db: Reader, ids: Sequence[str]) -> list[AccountRow]:
    """The lines for some ids, in their order; ids no longer there are left out."""
    marks = placeholders(ids)
    values = _open_values(db, ids)
    found = {
        row[0]: _account_row(row, *values.get(row[0], (0, {})))
        for row in db.rows(
            "SELECT a.id, a.name, a.tier, a.parent_id, coalesce(p.name, ''), a.industry, a.city,"
            f" a.country, coalesce({_LAST_TOUCH}, ''), {_SNAPSHOT.format(column='h.score')},"
            f" {_SNAPSHOT.format(column='h.coverage')}"
            " FROM account a LEFT JOIN account p ON p.id = a.parent_id"
            f" WHERE a.id IN ({marks}) AND a.deleted_at IS NULL",
            ids,
        )
    }
    return [found[row_id] for row_id in ids if row_id in found]


def _account_row(row: tuple[Any, ...], open_opportunities: int, open_value: Money) -> AccountRow:
    values: list[Any] = [*row, open_opportunities, open_value]
    return AccountRow(*values)


def first_account_page(
    db: Reader,
    *,
    text: str = "",
    tiers: Sequence[str] = (),
    sort: str = "name",
    descending: bool = False,
    limit: int = 100,
) -> list[AccountRow]:
    """The first lines of a list, and one more than ``limit`` when there are more."""
    ids = account_ids(db, text=text, tiers=tiers, sort=sort, descending=descending, limit=limit + 1)
    return account_rows(db, ids)


def _open_values(db: Reader, ids: Sequence[str]) -> dict[str, tuple[int, Money]]:
    values: dict[str, tuple[int, Money]] = {}
    for account_id, currency, count, total in db.rows(
        "SELECT account_id, currency, count(*), sum(coalesce(value_minor, 0)) FROM opportunity"
        f" WHERE account_id IN ({placeholders(ids)}) AND deleted_at IS NULL AND state = 'open'"
        " GROUP BY account_id, currency",
        ids,
    ):
        so_far, money = values.get(account_id, (0, {}))
        if currency:
            money[currency] = total
        values[account_id] = (so_far + count, money)
    return values


def account_totals(db: Reader) -> dict[str, AccountTotals]:
    """Opportunities (open and closed) and revenue of every account, by id."""
    counts = dict(
        db.rows(
            "SELECT account_id, count(*) FROM opportunity WHERE deleted_at IS NULL"
            " GROUP BY account_id"
        )
    )
    deals = _sums(db, "opportunity", "value_minor")
    revenue = _sums(db, "revenue_entry", "amount_minor")
    return {
        row_id: AccountTotals(counts.get(row_id, 0), deals.get(row_id, {}), revenue.get(row_id, {}))
        for (row_id,) in db.rows("SELECT id FROM account WHERE deleted_at IS NULL")
    }


def _sums(db: Reader, table: str, column: str) -> dict[str, Money]:
    sums: dict[str, Money] = {}
    for account_id, currency, total in db.rows(
        f"SELECT account_id, currency, sum({column}) FROM {table}"
        f" WHERE deleted_at IS NULL AND {column} IS NOT NULL GROUP BY account_id, currency"
    ):
        sums.setdefault(account_id, {})[currency] = total
    return sums


def find_account(db: Reader, typed: str) -> AccountRow:
    """The account whose id or name (exactly, then as the only match by words) was typed.

    Raises ``UserError`` when there is none or more than one.
    """
    from kam_desktop.models.text import sort_key

    ids = [
        row_id
        for (row_id,) in db.rows(
            "SELECT id FROM account WHERE deleted_at IS NULL AND (id = ?1 OR name_key = ?2)",
            (typed, sort_key(typed)),
        )
    ] or account_ids(db, text=typed, limit=6)
    if not ids:
        raise UserError(_("There is no account “{name}”. Check the spelling.").format(name=typed))
    if len(ids) > 1:
        names = ", ".join(f"{row.name} ({row.id})" for row in account_rows(db, ids[:5]))
        raise UserError(
            _("“{name}” fits several accounts: {names}. Use the id.").format(
                name=typed, names=names
            )
        )
    return account_rows(db, ids)[0]
