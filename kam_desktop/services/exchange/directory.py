"""What the portfolio already has, as far as an import needs it to find records again.

Everything is fetched in a few queries per table; nothing is asked per row.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from kam_desktop.models.text import sort_key
from kam_desktop.services.exchange.fields import TABLES, Kind
from kam_desktop.services.storage.reader import Reader

EMAIL_SYSTEM = "email"
"""The system of further addresses a person is known by, after two records were made one."""
SELF_SYSTEM = "kam"
"""The system of the identifiers in files this program wrote."""
_LISTED = "(SELECT value FROM json_each(?))"
_fold = lru_cache(maxsize=50_000)(sort_key)
"""Names are folded when they are looked up and again when they are added."""


class Found(NamedTuple):
    """A record known by an identifier; ``trashed`` when it lies in the trash."""

    record_id: str
    trashed: bool


def records_by_key(
    db: Reader, kind: Kind, system: str, keys: Collection[str] | None = None
) -> dict[str, Found]:
    """The records another system knows by ``keys`` (by any key when None).

    Our own exports (`SELF_SYSTEM`) call records by the identifiers they have here.
    """
    table = TABLES[kind]
    restriction = "" if keys is None else f" AND r.key IN {_LISTED}"
    parameters: list[object] = [table, system]
    if keys is not None:
        parameters.append(json.dumps(list(keys)))
    rows = db.rows(
        "SELECT r.key, r.record_id, t.deleted_at IS NOT NULL FROM external_ref r"
        f' JOIN "{table}" t ON t.id = r.record_id'
        f" WHERE r.record_kind = ? AND r.system = ?{restriction}"
        " ORDER BY t.deleted_at IS NULL, r.id",
        parameters,
    )
    found = {key: Found(record_id, bool(trashed)) for key, record_id, trashed in rows}
    return found | _own_records(db, table, keys) if system == SELF_SYSTEM else found


def _own_records(db: Reader, table: str, keys: Collection[str] | None) -> dict[str, Found]:
    where = "" if keys is None else f" WHERE id IN {_LISTED}"
    rows = db.rows(
        f'SELECT id, deleted_at IS NOT NULL FROM "{table}"{where}',
        () if keys is None else (json.dumps(list(keys)),),
    )
    return {record_id: Found(record_id, bool(trashed)) for record_id, trashed in rows}


def ids_known_to(db: Reader, kind: Kind, system: str, ids: Collection[str]) -> set[str]:
    """Which of ``ids`` have an identifier in ``system``."""
    rows = db.rows(
        "SELECT DISTINCT record_id FROM external_ref WHERE record_kind = ? AND system = ?"
        f" AND record_id IN {_LISTED}",
        (TABLES[kind], system, json.dumps(list(ids))),
    )
    return {record_id for (record_id,) in rows}


def current_values(
    db: Reader, kind: Kind, columns: Iterable[str], ids: Collection[str]
) -> dict[str, dict[str, Any]]:
    """The stored values of some records, by id and column."""
    names = list(columns)
    if not ids:
        return {}
    listed = "".join(f', "{name}"' for name in names)
    rows = db.rows(
        f'SELECT id{listed} FROM "{TABLES[kind]}" WHERE id IN {_LISTED}', (json.dumps(list(ids)),)
    )
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}


class Accounts:
    """All accounts, those of the portfolio and those the import adds, by identifier and name."""

    def __init__(self, db: Reader) -> None:
        self._db = db
        self.names: dict[str, str] = {}
        self.parents: dict[str, str | None] = {}
        self._numbers: dict[str, str] = {}
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        self._by_key: dict[str, dict[str, Found]] = {}
        self._known: dict[str, set[str]] = {}
        rows = db.rows(
            "SELECT id, name, name_key, parent_id, number FROM account WHERE deleted_at IS NULL"
        )
        for record_id, name, name_key, parent_id, number in rows:
            self.set_number(record_id, number)
            self.names[record_id] = name
            self.parents[record_id] = parent_id
            self._by_name[name_key].append(record_id)

    def keys(self, system: str) -> dict[str, Found]:
        """The accounts ``system`` knows, by its identifiers."""
        if system not in self._by_key:
            self._by_key[system] = records_by_key(self._db, Kind.ACCOUNTS, system)
            self._known[system] = {found.record_id for found in self._by_key[system].values()}
        return self._by_key[system]

    def named(self, name: str, system: str, key: str, number: str = "") -> list[str]:
        """The accounts called ``name``; with a ``key``, only those ``system`` does not know.

        With an account ``number``, those that have it, else those of which none is known: two
        numbers are two accounts.
        """
        found = self._by_name.get(_fold(name), [])
        if key:
            self.keys(system)
            known = self._known[system]
            found = [record_id for record_id in found if record_id not in known]
        if not number:
            return found
        alike = [one for one in found if self._numbers.get(one) == _fold(number)]
        return alike or [one for one in found if one not in self._numbers]

    def set_number(self, record_id: str, number: str) -> None:
        """The account number of an account, as it is or as the import makes it; may be empty."""
        if number:
            self._numbers[record_id] = _fold(number)

    def add(self, record_id: str, name: str, parent_id: str | None = None) -> None:
        """An account the import makes, for the rows that follow."""
        self.names[record_id] = name
        self.parents[record_id] = parent_id
        self._by_name[_fold(name)].append(record_id)

    def add_key(self, record_id: str, system: str, key: str) -> None:
        """An identifier the import gives to an account."""
        self.keys(system)[key] = Found(record_id, trashed=False)
        self._known[system].add(record_id)

    def is_above(self, record_id: str, other: str | None) -> bool:
        """Whether an account is ``other`` or one of the groups above it."""
        seen: set[str] = set()
        while other is not None and other not in seen:
            if other == record_id:
                return True
            seen.add(other)
            other = self.parents.get(other)
        return False


class People:
    """The people of some accounts, by identifier, and by e-mail and name within their account."""

    def __init__(self, db: Reader) -> None:
        self._db = db
        self.names: dict[str, str] = {}
        self.accounts: dict[str, str] = {}
        self._emails: dict[str, str] = {}
        self._by_email: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_name: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._anywhere: defaultdict[str, list[str]] = defaultdict(list)
        self._by_key: dict[str, dict[str, Found]] = {}
        self._known: dict[str, set[str]] = {}
        self._loaded: set[str] = set()

    def load(self, account_ids: Iterable[str], emails: Iterable[str] = ()) -> None:
        """Fetch the people of some accounts, and those with some addresses."""
        wanted = set(account_ids) - self._loaded
        self._loaded |= wanted
        select = "SELECT id, account_id, name, name_key, email FROM person WHERE deleted_at IS NULL"
        rows = self._db.rows(f"{select} AND account_id IN {_LISTED}", (json.dumps(list(wanted)),))
        if addresses := list(emails):
            rows += self._db.rows(f"{select} AND email IN {_LISTED}", (json.dumps(addresses),))
        for record_id, account_id, name, name_key, email in rows:
            self._keep(record_id, account_id, name, name_key, email)
        self._load_further_addresses(wanted, addresses)

    def _load_further_addresses(self, account_ids: set[str], emails: Sequence[str]) -> None:
        """People are also found by the address of a record that was merged into theirs."""
        folded = [email.casefold() for email in emails]
        rows = self._db.rows(
            "SELECT r.key, p.id, p.account_id, p.name, p.name_key, p.email FROM external_ref r"
            " JOIN person p ON p.id = r.record_id WHERE r.record_kind = 'person'"
            f" AND r.system = ? AND r.deleted_at IS NULL AND p.deleted_at IS NULL"
            f" AND (p.account_id IN {_LISTED} OR r.key IN {_LISTED})",
            (EMAIL_SYSTEM, json.dumps(list(account_ids)), json.dumps(folded)),
        )
        for address, record_id, account_id, name, name_key, email in rows:
            self._keep(record_id, account_id, name, name_key, email)
            for known in (self._by_email[account_id, address], self._anywhere[address]):
                if record_id not in known:
                    known.append(record_id)

    def load_keys(self, system: str, keys: Collection[str]) -> None:
        """Fetch the people ``system`` knows by some identifiers."""
        found = self._by_key.setdefault(system, {})
        missing = [key for key in keys if key not in found]
        if missing:
            found.update(records_by_key(self._db, Kind.PEOPLE, system, missing))
        known = self._known.setdefault(system, set())
        known |= ids_known_to(self._db, Kind.PEOPLE, system, self.names.keys() - known)
        known |= {one.record_id for one in found.values()}

    def load_by_key(self, system: str, keys: Collection[str]) -> None:
        """Fetch the people that some identifiers of ``system`` stand for, with their accounts."""
        self.load_keys(system, keys)
        ids = [found.record_id for key in keys if (found := self._by_key[system].get(key))]
        rows = self._db.rows(
            "SELECT id, account_id, name, name_key, email FROM person"
            f" WHERE deleted_at IS NULL AND id IN {_LISTED}",
            (json.dumps(ids),),
        )
        for row in rows:
            self._keep(*row)

    def load_own(self, ids: Collection[str]) -> dict[str, Found]:
        """Fetch the people with some identifiers of our own; also those in the trash are told."""
        found = _own_records(self._db, TABLES[Kind.PEOPLE], ids)
        live = [one.record_id for one in found.values() if not one.trashed]
        rows = self._db.rows(
            "SELECT id, account_id, name, name_key, email FROM person"
            f" WHERE deleted_at IS NULL AND id IN {_LISTED}",
            (json.dumps(live),),
        )
        for row in rows:
            self._keep(*row)
        return found

    def by_key(self, system: str, key: str) -> Found | None:
        """The person ``system`` calls ``key``."""
        return self._by_key.get(system, {}).get(key)

    def matching(
        self, account_id: str, name: str, email: str, *, without_key_in: str = ""
    ) -> list[str]:
        """People of an account with this address, else with this name and no other address.

        ``without_key_in`` leaves out those a system knows by another identifier.
        """
        known = self._known.get(without_key_in, set()) if without_key_in else set()
        found = self._by_email.get((account_id, email.casefold()), []) if email else []
        if not found and name:
            found = [
                record_id
                for record_id in self._by_name.get((account_id, _fold(name)), [])
                if not email or self._emails[record_id] in ("", email.casefold())
            ]
        return [record_id for record_id in found if record_id not in known]

    def with_email(self, email: str) -> list[str]:
        """People of any account with this address."""
        return self._anywhere.get(email.casefold(), [])

    def add(self, record_id: str, account_id: str, name: str, email: str) -> None:
        """A person the import makes, for the rows that follow."""
        self._keep(record_id, account_id, name, _fold(name), email)

    def add_key(self, record_id: str, system: str, key: str) -> None:
        """An identifier the import gives to a person."""
        self._by_key.setdefault(system, {})[key] = Found(record_id, trashed=False)
        self._known.setdefault(system, set()).add(record_id)

    def _keep(self, record_id: str, account_id: str, name: str, name_key: str, email: str) -> None:
        if record_id in self.names:
            return
        self.names[record_id] = name
        self.accounts[record_id] = account_id
        self._emails[record_id] = email.casefold()
        self._by_name[account_id, name_key].append(record_id)
        if email:
            self._by_email[account_id, email.casefold()].append(record_id)
            self._anywhere[email.casefold()].append(record_id)
