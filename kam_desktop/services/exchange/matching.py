"""Finds the record a row is about: by identifier, by name, or by being just the same."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from kam_desktop.models.text import instant_text, new_id, sort_key
from kam_desktop.services.exchange.directory import (
    Accounts,
    Found,
    People,
    ids_known_to,
    records_by_key,
)
from kam_desktop.services.exchange.drafts import Draft
from kam_desktop.services.exchange.fields import Kind
from kam_desktop.services.exchange.money import to_minor
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.reader import Reader

_LISTED = "(SELECT value FROM json_each(?))"
Identity = tuple[object, ...]


class Matcher:
    """Gives drafts their records, existing ones or new; knows what earlier tables will make."""

    def __init__(self, db: Reader, accounts: Accounts, people: People, currency: str) -> None:
        self.db = db
        self.accounts = accounts
        self.people = people
        self.currency = currency
        self.alike: defaultdict[tuple[Kind, Identity], list[str]] = defaultdict(list)
        self.loaded: set[tuple[Kind, str]] = set()
        self._keys: dict[tuple[Kind, str], dict[str, Found]] = {}

    def match(self, kind: Kind, system: str, drafts: Sequence[Draft]) -> None:
        """Set ``record_id``, ``exists``, ``new_key`` and ``first_line`` of each sound draft.

        A draft whose record is in the trash, or could be one of several, gets a problem instead.
        """
        sound = [draft for draft in drafts if not draft.problem]
        keys = self._known_keys(kind, system, {draft.key for draft in sound if draft.key})
        table = _OneTable(self, kind, system, keys)
        table.load(sound)
        for draft in sound:
            table.settle(draft)

    def _known_keys(self, kind: Kind, system: str, keys: Collection[str]) -> dict[str, Found]:
        if kind is Kind.ACCOUNTS:
            return self.accounts.keys(system)
        known = self._keys.setdefault((kind, system), {})
        missing = [key for key in keys if key not in known]
        known.update(records_by_key(self.db, kind, system, missing))
        return known


class _OneTable:
    """Matching within one table."""

    def __init__(self, matcher: Matcher, kind: Kind, system: str, keys: dict[str, Found]) -> None:
        self._matcher = matcher
        self._kind = kind
        self._system = system
        self._keys = keys
        self._lines: dict[str, int] = {}
        self._made: set[str] = set()
        self._used: Counter[Identity] = Counter()
        self._taken: set[str] = set()

    def load(self, drafts: Sequence[Draft]) -> None:
        """Fetch what the rows without a known identifier may be about."""
        unknown = [draft for draft in drafts if draft.key not in self._keys]
        accounts = {str(draft.columns.get("account_id")) for draft in unknown}
        people, db = self._matcher.people, self._matcher.db
        if self._kind is Kind.PEOPLE:
            people.load(accounts)
            people.load_keys(self._system, {draft.key for draft in drafts if draft.key})
        elif self._kind is not Kind.ACCOUNTS:
            alike = [draft for draft in unknown if self._by_identity(draft)]
            self._load_alike(db, {str(draft.columns["account_id"]) for draft in alike})

    def _by_identity(self, draft: Draft) -> bool:
        return self._kind is Kind.OPPORTUNITIES or not draft.key

    def _load_alike(self, db: Reader, account_ids: Collection[str]) -> None:
        wanted = [one for one in account_ids if (self._kind, one) not in self._matcher.loaded]
        if not wanted:
            return
        self._matcher.loaded.update((self._kind, one) for one in wanted)
        found = db.rows(_ALIKE[self._kind], (json.dumps(wanted),))
        for record_id, *identity in found:
            if self._kind is Kind.OPPORTUNITIES:
                identity[1] = sort_key(identity[1])
            self._matcher.alike[self._kind, tuple(identity)].append(record_id)
        if self._kind is Kind.OPPORTUNITIES:
            ids = {row[0] for row in found}
            self._taken = ids_known_to(db, self._kind, self._system, ids)

    def settle(self, draft: Draft) -> None:
        """Decide about one draft."""
        found = self._keys.get(draft.key) if draft.key else None
        if found is not None:
            if found.trashed:
                draft.problem = _("The record is in the trash. Restore it first.")
            else:
                self._is_about(draft, found.record_id)
            return
        candidates = self._candidates(draft)
        if len(candidates) > 1:
            draft.problem = _("There are {count} records called “{name}”.").format(
                count=len(candidates), name=str(draft.columns.get("name", ""))[:60]
            )
            return
        if candidates:
            self._is_about(draft, candidates[0])
            draft.new_key = bool(draft.key) and not draft.first_line
        else:
            self._make(draft)
        if draft.key:
            self._keep_key(draft)

    def _is_about(self, draft: Draft, record_id: str) -> None:
        draft.record_id = record_id
        draft.exists = record_id not in self._made
        line = self._lines.setdefault(record_id, draft.line)
        draft.first_line = 0 if line == draft.line else line
        self._keep_number(draft)

    def _make(self, draft: Draft) -> None:
        draft.record_id = new_id()
        self._made.add(draft.record_id)
        self._lines[draft.record_id] = draft.line
        columns = draft.columns
        if self._kind is Kind.ACCOUNTS:
            self._matcher.accounts.add(draft.record_id, columns["name"])
            self._keep_number(draft)
        elif self._kind is Kind.PEOPLE:
            self._matcher.people.add(
                draft.record_id, columns["account_id"], columns["name"], columns.get("email", "")
            )
        elif self._by_identity(draft):
            self._matcher.alike[self._kind, self._identity(draft)].append(draft.record_id)

    def _keep_number(self, draft: Draft) -> None:
        if self._kind is Kind.ACCOUNTS:
            self._matcher.accounts.set_number(draft.record_id, draft.columns.get("number", ""))

    def _keep_key(self, draft: Draft) -> None:
        if draft.first_line:
            return
        self._keys[draft.key] = Found(draft.record_id, trashed=False)
        self._taken.add(draft.record_id)
        if self._kind is Kind.ACCOUNTS:
            self._matcher.accounts.add_key(draft.record_id, self._system, draft.key)
        elif self._kind is Kind.PEOPLE:
            self._matcher.people.add_key(draft.record_id, self._system, draft.key)

    def _candidates(self, draft: Draft) -> list[str]:
        columns, matcher = draft.columns, self._matcher
        if self._kind is Kind.ACCOUNTS:
            number = columns.get("number", "")
            return matcher.accounts.named(columns["name"], self._system, draft.key, number)
        if self._kind is Kind.PEOPLE:
            return matcher.people.matching(
                columns["account_id"],
                columns["name"],
                columns.get("email", ""),
                without_key_in=self._system if draft.key else "",
            )
        if not self._by_identity(draft):
            return []
        identity = self._identity(draft)
        alike = matcher.alike.get((self._kind, identity), [])
        if self._kind is Kind.OPPORTUNITIES:
            return [one for one in alike if not draft.key or one not in self._taken]
        return self._next_alike(identity, alike)

    def _next_alike(self, identity: Identity, alike: Sequence[str]) -> list[str]:
        """The second of two equal rows is about the second of the equal records."""
        number = self._used[identity]
        self._used[identity] += 1
        return [alike[number]] if number < len(alike) else []

    def _identity(self, draft: Draft) -> Identity:
        columns = draft.columns
        if self._kind is Kind.OPPORTUNITIES:
            return (columns["account_id"], sort_key(columns["name"]))
        if self._kind is Kind.REVENUE:
            money = draft.amounts["amount_minor"]
            amount = to_minor(money.amount, money.currency or self._matcher.currency)
            days = columns["starts_on"].isoformat(), columns["ends_on"].isoformat()
            return (columns["account_id"], *days, amount)
        at = instant_text(columns["at"])
        return (columns["account_id"], at, str(columns["kind"]), columns.get("summary", ""))


_ALIKE = {
    Kind.OPPORTUNITIES: "SELECT id, account_id, name FROM opportunity"
    f" WHERE deleted_at IS NULL AND account_id IN {_LISTED} ORDER BY id",
    Kind.REVENUE: "SELECT id, account_id, starts_on, ends_on, amount_minor FROM revenue_entry"
    f" WHERE deleted_at IS NULL AND account_id IN {_LISTED} ORDER BY id",
    Kind.INTERACTIONS: "SELECT id, account_id, at, kind, summary FROM interaction"
    f" WHERE deleted_at IS NULL AND account_id IN {_LISTED} ORDER BY id",
}
