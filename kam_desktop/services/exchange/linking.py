"""Finds the account and the person a row refers to, or says why it cannot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kam_desktop.models.text import new_id
from kam_desktop.services.exchange.columns import ColumnMapping
from kam_desktop.services.exchange.directory import Accounts, People
from kam_desktop.services.exchange.drafts import Draft
from kam_desktop.services.exchange.fields import Kind
from kam_desktop.services.exchange.plans import Fate, PlannedRow
from kam_desktop.services.exchange.records import ImportOptions
from kam_desktop.services.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class _Answer:
    """The account meant, or the reason why none is."""

    account_id: str = ""
    reason: str = ""


class Linker:
    """Links the drafts of one table. ``created`` are the accounts it has to make for them."""

    def __init__(
        self,
        accounts: Accounts,
        people: People,
        mapping: ColumnMapping,
        options: ImportOptions,
    ) -> None:
        self.created: list[PlannedRow] = []
        self.notes: list[str] = []
        self._accounts = accounts
        self._people = people
        self._system = mapping.system
        self._kind = mapping.kind
        self._create = options.create_accounts
        # Orders and deals say themselves whose they are; contacts of a list may all be of one.
        self._chosen = options.account_id if mapping.kind is Kind.PEOPLE else ""
        self._answers: dict[tuple[str, str], _Answer] = {}

    def link_accounts(self, drafts: Iterable[Draft]) -> None:
        """Set ``account_id`` of every draft, or its problem."""
        drafts = list(drafts)
        if self._kind is Kind.INTERACTIONS:
            self._load_people(drafts)
        for draft in drafts:
            if draft.problem:
                continue
            key, name = draft.told.get("account_key", ""), draft.told.get("account_name", "")
            if not (key or name):
                if self._chosen:
                    draft.columns["account_id"] = self._chosen
                else:
                    self._link_by_person(draft)
                continue
            if (key, name) not in self._answers:
                self._answers[key, name] = self._find(key, name, draft.line)
            answer = self._answers[key, name]
            draft.columns["account_id"] = answer.account_id
            draft.problem = answer.reason

    def _find(self, key: str, name: str, line: int) -> _Answer:
        found = self._accounts.keys(self._system).get(key) if key else None
        if found is not None:
            if found.trashed:
                return _Answer(reason=_("The account is in the trash. Restore it first."))
            return _Answer(found.record_id)
        named = self._accounts.named(name, self._system, key) if name else []
        if len(named) == 1:
            return _Answer(named[0])
        if named:
            reason = _("There are {count} accounts called “{name}”.")
            return _Answer(reason=reason.format(count=len(named), name=name[:60]))
        if name and self._create:
            return _Answer(self._make(key, name, line))
        reason = _("No account is known as “{name}”. Import the accounts first.")
        return _Answer(reason=reason.format(name=(name or key)[:60]))

    def _make(self, key: str, name: str, line: int) -> str:
        record_id = new_id()
        values = {"name": name}
        self.created.append(PlannedRow(line, Fate.NEW, name, record_id, values, ref_key=key))
        self._accounts.add(record_id, name)
        if key:
            self._accounts.add_key(record_id, self._system, key)
        return record_id

    def _link_by_person(self, draft: Draft) -> None:
        """An interaction may name only a person; the person tells the account."""
        key = draft.told.get("person_key", "")
        found = self._people.by_key(self._system, key) if key else None
        if found is not None and not found.trashed:
            draft.columns["account_id"] = self._people.accounts.get(found.record_id, "")
            draft.columns["person_id"] = found.record_id
        else:
            known = self._people.with_email(draft.told.get("person_email", ""))
            if len(known) == 1:
                draft.columns["account_id"] = self._people.accounts[known[0]]
                draft.columns["person_id"] = known[0]
        if not draft.columns.get("account_id"):
            draft.problem = _("The row names no account.")

    def _load_people(self, drafts: Iterable[Draft]) -> None:
        emails = {draft.told.get("person_email", "") for draft in drafts} - {""}
        self._people.load((), emails)
        keys = {draft.told.get("person_key", "") for draft in drafts} - {""}
        self._people.load_by_key(self._system, keys)

    def link_people(self, drafts: Iterable[Draft]) -> None:
        """Set ``person_id`` where a row names one person of its account; nobody is made up."""
        named = [draft for draft in drafts if not draft.problem and _names_person(draft)]
        if not named:
            return
        self._people.load({draft.columns["account_id"] for draft in named})
        keys = {draft.told.get("person_key", "") for draft in named} - {""}
        self._people.load_by_key(self._system, keys)
        lost = 0
        for draft in named:
            person_id = draft.columns.get("person_id") or self._person(draft)
            if person_id:
                draft.columns["person_id"] = person_id
            else:
                lost += 1
        if lost:
            text = ngettext(
                "{count} row names a person who is not known; it is imported without them.",
                "{count} rows name a person who is not known; they are imported without them.",
                lost,
            )
            self.notes.append(text.format(count=lost))

    def _person(self, draft: Draft) -> str:
        told = draft.told
        found = self._people.by_key(self._system, told.get("person_key", ""))
        if found is not None and not found.trashed:
            return found.record_id
        matching = self._people.matching(
            draft.columns["account_id"], told.get("person_name", ""), told.get("person_email", "")
        )
        return matching[0] if len(matching) == 1 else ""


def _names_person(draft: Draft) -> bool:
    return any(draft.told.get(name) for name in ("person_key", "person_name", "person_email"))
