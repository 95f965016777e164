"""Stakeholders for lists and pickers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kam_desktop.services.storage.reader import Reader, placeholders
from kam_desktop.services.storage.words_of_text import match_expression

_LAST_TOUCH = (
    "(SELECT max(i.at) FROM interaction i WHERE i.person_id = p.id AND i.deleted_at IS NULL)"
)

# Two questions, so that the one about names can use the index of names.
_HAS_DOUBLE = (
    "(EXISTS (SELECT 1 FROM person q WHERE q.name_key = p.name_key AND q.name_key > ''"
    " AND q.account_id = p.account_id AND q.id <> p.id AND q.deleted_at IS NULL)"
    " OR EXISTS (SELECT 1 FROM person q WHERE q.account_id = p.account_id AND q.email <> ''"
    " AND q.email = p.email COLLATE NOCASE AND q.id <> p.id AND q.deleted_at IS NULL))"
)

SORTS = {
    "name": "p.name_key",
    "title": "p.title",
    "account": "a.name_key",
    "support": "p.support",
    "influence": "p.influence",
    "last_touch": _LAST_TOUCH,
}
"""What a list of people can be sorted by."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the people list. ``support`` and ``influence`` are None while unknown.

    ``roles`` are decision roles in the order they were given; ``last_touch`` is a stored instant,
    '' when there was none.
    """

    id: str
    account_id: str
    account_name: str
    name: str
    title: str
    email: str
    phone: str
    support: int | None
    influence: int | None
    coverage: str | None
    placeholder: bool
    external: bool
    left_on: str | None
    last_touch: str
    roles: tuple[str, ...]


def person_ids(
    db: Reader,
    *,
    text: str = "",
    account_id: str | None = None,
    doubles: bool = False,
    sort: str = "name",
    descending: bool = False,
    limit: int = -1,
) -> list[str]:
    """Ids of the people that fit, in order; in the order of names vacant seats come last.

    ``text`` matches words; ``doubles`` leaves only those with somebody else of the same name or
    address in their account.
    """
    where, parameters = ["p.deleted_at IS NULL"], []
    if expression := match_expression(text):
        where.append("p.rowid IN (SELECT rowid FROM person_words WHERE person_words MATCH ?)")
        parameters.append(expression)
    elif text.strip():
        return []
    if account_id is not None:
        where.append("p.account_id = ?")
        parameters.append(account_id)
    if doubles:
        where.append(_HAS_DOUBLE)
    direction = "DESC" if descending else "ASC"
    if sort != "name":
        return _sorted_ids(db, where, parameters, sort, direction, limit)
    ids: list[str] = []
    # Two questions, since an order by "has a name" first could not use the index of names.
    for named in ("p.name_key > ''", "p.name_key = ''"):
        rest = limit if limit < 0 else limit - len(ids)
        if rest:
            ids += _sorted_ids(db, [*where, named], parameters, sort, direction, rest)
    return ids


def _sorted_ids(
    db: Reader, where: list[str], parameters: list[str], sort: str, direction: str, limit: int
) -> list[str]:
    source = "person p JOIN account a ON a.id = p.account_id" if sort == "account" else "person p"
    # Naming the same column twice would keep SQLite from using the index for the order.
    order = SORTS[sort] if sort == "name" else f"{SORTS[sort]} {direction}, p.name_key"
    known = "" if sort in {"name", "account"} else f"coalesce({SORTS[sort]}, '') = '',"
    rows = db.rows(
        f"SELECT p.id FROM {source} WHERE {' AND '.join(where)}"
        f" ORDER BY {known} {order} {direction}, p.id {direction} LIMIT ?",
        [*parameters, limit],
    )
    return [row_id for (row_id,) in rows]


def person_rows(db: Reader, ids: Sequence[str]) -> list[PersonRow]:
    """The lines for some ids, in their order; ids no longer there are left out."""
    marks = placeholders(ids)
    roles: dict[str, list[str]] = {}
    for person_id, role in db.rows(
        f"SELECT person_id, role FROM role_in_decision WHERE person_id IN ({marks})"
        " AND deleted_at IS NULL ORDER BY id",
        ids,
    ):
        roles.setdefault(person_id, []).append(role)
    found = {
        row[0]: _person_row(row, roles.get(row[0], []))
        for row in db.rows(
            "SELECT p.id, p.account_id, a.name, p.name, p.title, p.email,"
            " CASE WHEN p.phone = '' THEN p.mobile ELSE p.phone END, p.support, p.influence,"
            f" p.coverage, p.placeholder, p.external, p.left_on, coalesce({_LAST_TOUCH}, '')"
            " FROM person p JOIN account a ON a.id = p.account_id"
            f" WHERE p.id IN ({marks}) AND p.deleted_at IS NULL",
            ids,
        )
    }
    return [found[row_id] for row_id in ids if row_id in found]


def _person_row(row: tuple[Any, ...], roles: list[str]) -> PersonRow:
    placeholder, external = bool(row[10]), bool(row[11])
    values: list[Any] = [*row[:10], placeholder, external, *row[12:], tuple(dict.fromkeys(roles))]
    return PersonRow(*values)


def first_person_page(
    db: Reader,
    *,
    text: str = "",
    account_id: str | None = None,
    doubles: bool = False,
    sort: str = "name",
    descending: bool = False,
    limit: int = 100,
) -> list[PersonRow]:
    """The first lines of a list, and one more than ``limit`` when there are more."""
    ids = person_ids(
        db,
        text=text,
        account_id=account_id,
        doubles=doubles,
        sort=sort,
        descending=descending,
        limit=limit + 1,
    )
    return person_rows(db, ids)
