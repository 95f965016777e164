"""Recognises what a table holds and what its columns mean, from the names of the columns.

The names are data (``resources/exchange/columns.json``). They are compared without case, accents,
spaces and punctuation, so ``BILLINGSTREET``, ``Billing Street`` and ``BillingStreet`` are one.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from kam_desktop.services.exchange.fields import FIELDS, Kind
from kam_desktop.services.resources import resource_path

OWN_SYSTEM = "crm"
"""The system of keys when none is recognised: the company's own numbers."""
_CURRENCY_IN_HEADER = re.compile(r"[(\[ /]([A-Z]{3})[)\]]?\s*$")
_SYMBOL_IN_HEADER = re.compile(r"([€£])")
_SYMBOLS = {"€": "EUR", "£": "GBP"}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What a table holds and what each of its columns means.

    ``columns`` has one field name per column of the header, empty for a column that is not
    imported. ``system`` is where the keys come from, e.g. ``salesforce``.
    """

    kind: Kind
    system: str
    columns: tuple[str, ...]

    def with_column(self, position: int, field: str) -> ColumnMapping:
        """The same mapping with another meaning for one column (empty: leave it out)."""
        columns = list(self.columns)
        columns[position] = field
        return replace(self, columns=tuple(columns))

    def positions(self, field: str) -> tuple[int, ...]:
        """The columns that mean ``field``, in the order of the table."""
        return tuple(at for at, name in enumerate(self.columns) if name == field)

    def missing(self) -> tuple[str, ...]:
        """Required fields that no column is mapped to."""
        given = set(self.columns)
        needed = [field.name for field in FIELDS[self.kind].values() if field.required]
        if self.kind is Kind.PEOPLE and not given & {"name", "given_name", "family_name", "email"}:
            needed.append("name")
        if self.kind is not Kind.ACCOUNTS and not given & _REFERENCES[self.kind]:
            needed.append("account_name")
        return tuple(name for name in needed if name not in given)

    def to_json(self) -> dict[str, Any]:
        """The mapping as it is kept with the import's record."""
        return {"kind": str(self.kind), "system": self.system, "columns": list(self.columns)}


_ACCOUNT = {"account_key", "account_name"}
_REFERENCES = {
    Kind.PEOPLE: _ACCOUNT,
    Kind.OPPORTUNITIES: _ACCOUNT,
    Kind.REVENUE: _ACCOUNT,
    Kind.INTERACTIONS: _ACCOUNT | {"person_key", "person_email", "person_name"},
}


@dataclass(frozen=True, slots=True)
class _Names:
    """The known column names, folded. ``fields`` gives per kind a name's field and its rank."""

    fields: Mapping[Kind, Mapping[str, tuple[str, int]]]
    signs: Mapping[Kind, Mapping[str, int]]
    systems: Mapping[str, frozenset[str]]
    known: frozenset[str]


@lru_cache(maxsize=4096)
def fold_header(header: str) -> str:
    """A column name reduced to its letters and digits: no case, accents, currency or ``__c``."""
    text = header.strip().removeprefix("\ufeff")
    text = _CURRENCY_IN_HEADER.sub("", text) if _CURRENCY_IN_HEADER.search(text) else text
    text = re.sub(r"__c$", "", text, flags=re.IGNORECASE)
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in folded if char.isalnum())


def header_currency(header: str) -> str:
    """The currency a column name ends with, as in ``Betrag (EUR)``; empty when there is none."""
    found = _CURRENCY_IN_HEADER.search(header.strip())
    if found and found[1] in _currencies():
        return found[1]
    symbol = _SYMBOL_IN_HEADER.search(header)
    return _SYMBOLS[symbol[1]] if symbol else ""


@cache
def _currencies() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(list_currencies())


def is_known_header(header: str) -> bool:
    """Whether some CRM or list calls a column so."""
    return fold_header(header) in _names().known


def recognise(header: Sequence[str], kind: Kind | None = None) -> ColumnMapping | None:
    """The mapping the column names suggest, for ``kind`` when it is given.

    None when the kind is not given and the names do not tell it.
    """
    folded = [fold_header(name) for name in header]
    if kind is None:
        kind = _kind_of(folded)
        if kind is None:
            return None
    return ColumnMapping(kind, _system_of(folded), _columns_of(folded, kind))


def recognise_or_guess(header: Sequence[str]) -> ColumnMapping:
    """As `recognise`; a table nobody recognises starts as accounts without any column."""
    found = recognise(header)
    return found or ColumnMapping(Kind.ACCOUNTS, OWN_SYSTEM, ("",) * len(header))


def _kind_of(folded: Sequence[str]) -> Kind | None:
    """The kind most column names speak for, among those whose required fields are there."""
    best, best_points = None, 1
    for kind, signs in _names().signs.items():
        points = sum(signs.get(name, 0) for name in set(folded))
        missing = ColumnMapping(kind, "", _columns_of(folded, kind)).missing()
        points -= 4 * len(missing)
        if points > best_points:
            best, best_points = kind, points
    return best


def _columns_of(folded: Sequence[str], kind: Kind) -> tuple[str, ...]:
    """One field per column: of two names for one field the better known one counts."""
    names = _names().fields[kind]
    taken: dict[str, tuple[int, int]] = {}
    columns = [""] * len(folded)
    for position, name in enumerate(folded):
        field, rank = names.get(name, ("", 0))
        if not field:
            continue
        columns[position] = field
        if FIELDS[kind][field].several:
            continue
        other = taken.get(field)
        if other is not None and other[0] <= rank:
            columns[position] = ""
            continue
        if other is not None:
            columns[other[1]] = ""
        taken[field] = (rank, position)
    return tuple(columns)


def _system_of(folded: Sequence[str]) -> str:
    present = set(folded)
    counts = {system: len(present & names) for system, names in _names().systems.items()}
    best = max(counts, key=lambda system: counts[system])
    return best if counts[best] else OWN_SYSTEM


@cache
def _names() -> _Names:
    path = resource_path("exchange", "columns.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    fields: dict[Kind, dict[str, tuple[str, int]]] = {}
    for kind in Kind:
        fields[kind] = {}
        for field, names in data[kind]["fields"].items():
            for rank, name in enumerate(names):
                fields[kind].setdefault(fold_header(name), (field, rank))
    signs = {
        kind: {fold_header(name): points for name, points in data[kind]["signs"].items()}
        for kind in Kind
    }
    systems = {
        system: frozenset(map(fold_header, names)) for system, names in data["systems"].items()
    }
    known = {fold_header(name) for name in data["ignored"]}
    for table in fields.values():
        known.update(table)
    return _Names(fields, signs, systems, frozenset(known))
