"""Which account a card goes to and which person it is about.

The account: the one chosen for all; else the one of the person the card's UID stands for; else the
one its organisation names; else that of the only person with one of its addresses. The person:
by UID, then by any of the card's addresses within the account, then by name within it, where no
other UID or address speaks against it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kam_desktop.models.text import new_id, sort_key
from kam_desktop.services.exchange.directory import Accounts, Found, People
from kam_desktop.services.exchange.drafts import Draft
from kam_desktop.services.exchange.plans import CardPart, Fate, PlannedRow, TablePlan
from kam_desktop.services.exchange.records import ImportOptions
from kam_desktop.services.exchange.vcard.contact import OWN_ID, Contact
from kam_desktop.services.exchange.vcard.exporting import (
    CardPerson,
    card_people,
    card_properties,
    photo_content,
)
from kam_desktop.services.exchange.vcard.kept import ACCOUNT, PHOTO, is_inline_photo, kept_text
from kam_desktop.services.exchange.vcard.reading import read_cards
from kam_desktop.services.exchange.vcard.table import SYSTEM, CardTable
from kam_desktop.services.exchange.vcard.writing import Version, card_bytes
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.reader import Reader

_LISTED = "(SELECT value FROM json_each(?))"
_LEGAL_FORMS = frozenset(
    {
        "ab", "ag", "as", "asa", "bv", "co", "company", "corp", "corporation", "gmbh", "inc",
        "incorporated", "kg", "limited", "llc", "llp", "ltd", "mbh", "nv", "oy", "oyj", "plc",
        "pte", "pty", "sa", "sarl", "sas", "se", "sl", "spa", "srl", "the",
    }
)  # fmt: skip


class CardFinder:
    """Settles the drafts of one file. ``created`` are accounts it has to make for them."""

    def __init__(
        self, db: Reader, accounts: Accounts, people: People, options: ImportOptions
    ) -> None:
        self.created: list[PlannedRow] = []
        self._db = db
        self._accounts = accounts
        self._people = people
        self._options = options
        self._own: dict[str, Found] = {}
        self._plain: dict[str, list[str]] = {}
        self._centres: dict[tuple[str, str], str] = {}
        self._lines: dict[str, int] = {}
        self._made: set[str] = set()
        for record_id, name in accounts.names.items():
            self._plain.setdefault(plain_company(name), []).append(record_id)

    def find(self, drafts: Iterable[Draft], contacts: Mapping[int, Contact]) -> None:
        """Set account and person of every sound draft, or its problem."""
        sound = [draft for draft in drafts if not draft.problem]
        self._load(sound, contacts)
        for draft in sound:
            self._choose_account(draft, contacts[draft.line])
        chosen = {draft.columns["account_id"] for draft in sound if not draft.problem}
        self._people.load(chosen)
        self._load_centres(chosen)
        for draft in sound:
            if not draft.problem:
                self._choose_person(draft, contacts[draft.line])

    def _load(self, drafts: list[Draft], contacts: Mapping[int, Contact]) -> None:
        emails = {email for draft in drafts for email in contacts[draft.line].emails}
        self._people.load((), emails | {email.lower() for email in emails})
        keys = [draft.key for draft in drafts if draft.key]
        self._people.load_by_key(SYSTEM, keys)
        self._own = self._people.load_own([key.removeprefix(OWN_ID) for key in keys])

    def _by_key(self, draft: Draft) -> Found | None:
        if not draft.key:
            return None
        own = self._own.get(draft.key.removeprefix(OWN_ID))
        return own or self._people.by_key(SYSTEM, draft.key)

    # The account

    def _choose_account(self, draft: Draft, contact: Contact) -> None:
        known = self._by_key(draft)
        if known is not None and known.trashed:
            draft.problem = _("The record is in the trash. Restore it first.")
        elif known is not None:
            draft.columns["account_id"] = self._people.accounts[known.record_id]
        elif self._options.account_id:
            draft.columns["account_id"] = self._options.account_id
        else:
            self._account_of(draft, contact)

    def _account_of(self, draft: Draft, contact: Contact) -> None:
        name = str(draft.told.get("account_name", ""))
        named = self._named(name)
        if not named:
            found = {one for email in contact.emails for one in self._people.with_email(email)}
            named = sorted({self._people.accounts[one] for one in found})
        if len(named) == 1:
            draft.columns["account_id"] = named[0]
        elif named:
            draft.problem = _("There are {count} accounts called “{name}”.").format(
                count=len(named), name=name[:60]
            )
        elif name and self._options.create_from_cards:
            draft.columns["account_id"] = self._make_account(name, draft.line)
        elif name:
            draft.problem = _(
                "No account is known as “{name}”. Choose the account of the contacts, or add it."
            ).format(name=name[:60])
        else:
            draft.problem = _("The card names no organisation. Choose the account of the contacts.")

    def _named(self, name: str) -> list[str]:
        """The accounts of a name, also without *GmbH*, *Inc.* and the like when none is exact."""
        if not name:
            return []
        return self._accounts.named(name, SYSTEM, "") or self._plain.get(plain_company(name), [])

    def _make_account(self, name: str, line: int) -> str:
        record_id = new_id()
        self.created.append(PlannedRow(line, Fate.NEW, name, record_id, {"name": name}))
        self._accounts.add(record_id, name)
        self._plain.setdefault(plain_company(name), []).append(record_id)
        return record_id

    # The person

    def _choose_person(self, draft: Draft, contact: Contact) -> None:
        known = self._by_key(draft)
        found = [known.record_id] if known is not None else self._candidates(draft, contact)
        if len(found) > 1:
            draft.problem = _("There are {count} records called “{name}”.").format(
                count=len(found), name=contact.name[:60]
            )
            return
        if found:
            self._is_about(draft, found[0])
        else:
            self._make_person(draft, contact)
        self._keep_key(draft, known)

    def _candidates(self, draft: Draft, contact: Contact) -> list[str]:
        account_id = draft.columns["account_id"]
        by_email = {
            one for email in contact.emails for one in self._people.matching(account_id, "", email)
        }
        if by_email:
            return sorted(by_email)
        without = SYSTEM if draft.key else ""
        name = draft.columns["name"]
        by_name = {
            one
            for email in contact.emails or ("",)
            for one in self._people.matching(account_id, name, email, without_key_in=without)
        }
        return sorted(by_name)

    def _is_about(self, draft: Draft, record_id: str) -> None:
        draft.record_id = record_id
        draft.exists = record_id not in self._made
        line = self._lines.setdefault(record_id, draft.line)
        draft.first_line = 0 if line == draft.line else line

    def _make_person(self, draft: Draft, contact: Contact) -> None:
        draft.record_id = new_id()
        self._made.add(draft.record_id)
        self._lines[draft.record_id] = draft.line
        account_id = draft.columns["account_id"]
        for unit in contact.organisation[1:]:
            centre = self._centres.get((account_id, sort_key(unit)))
            if centre is not None:
                draft.columns.setdefault("buying_centre_id", centre)
        columns = draft.columns
        self._people.add(draft.record_id, account_id, columns["name"], columns.get("email", ""))

    def _keep_key(self, draft: Draft, known: Found | None) -> None:
        """Remember the UID of the card, unless it is our own or the person has one already."""
        if known is not None or draft.first_line or draft.key.startswith(OWN_ID + draft.record_id):
            draft.key = ""
        if not draft.key:
            return
        draft.new_key = draft.exists
        self._people.add_key(draft.record_id, SYSTEM, draft.key)

    def _load_centres(self, account_ids: Iterable[str]) -> None:
        rows = self._db.rows(
            "SELECT id, account_id, name FROM buying_centre"
            f" WHERE deleted_at IS NULL AND account_id IN {_LISTED} ORDER BY id DESC",
            (json.dumps(list(account_ids)),),
        )
        for record_id, account_id, name in rows:
            self._centres[account_id, sort_key(name)] = record_id


def plain_company(name: str) -> str:
    """A company's name without case, accents, punctuation and legal form, for comparing."""
    words = "".join(c if c.isalnum() else " " for c in sort_key(name).replace(".", "")).split()
    kept = [word for word in words if word not in _LEGAL_FORMS]
    return " ".join(kept or words)


def with_cards(
    db: Reader, plan: TablePlan, table: CardTable, account_names: Mapping[str, str]
) -> TablePlan:
    """The plan with what each card brings beside its fields, where that is not kept already."""
    ids = [row.record_id for row in plan.rows if row.record_id]
    kept = dict(
        db.rows(
            "SELECT person_id, text FROM person_vcard"
            f" WHERE deleted_at IS NULL AND person_id IN {_LISTED} ORDER BY id DESC",
            (json.dumps(ids),),
        )
    )
    names = _names_of_accounts(db, ids, account_names)
    now = {person.id: person for person in card_people(db, ids)}
    seen: set[str] = set()
    rows = []
    for row in plan.rows:
        if row.fate is Fate.REJECTED or row.record_id in seen:
            rows.append(row)
            continue
        seen.add(row.record_id)
        name = names.get(row.record_id) or account_names.get(row.values.get("account_id", ""), "")
        brought = _with_card(row, table, name, kept.get(row.record_id))
        person = now.get(row.record_id)
        changed = brought.card is not None and not row.changes
        if changed and person is not None and _is_as_exported(db, table, row.line, person):
            brought = row
        rows.append(brought)
    return replace(plan, rows=rows)


def _is_as_exported(db: Reader, table: CardTable, number: int, person: CardPerson) -> bool:
    """Whether a card says no more than the one an export would write now."""
    card = table.cards[number]
    if table.contacts[number].photo not in (None, photo_content(db, person)):
        return False
    version = Version(card.version)
    written = card_bytes(card_properties(person, None, version), version)
    (again,) = read_cards(written).cards
    known = set(again.properties)
    return all(one in known or is_inline_photo(one) for one in card.properties)


def _names_of_accounts(
    db: Reader, person_ids: list[str], account_names: Mapping[str, str]
) -> dict[str, str]:
    rows = db.rows(
        f"SELECT id, account_id FROM person WHERE id IN {_LISTED}", (json.dumps(person_ids),)
    )
    return {person_id: account_names.get(account_id, "") for person_id, account_id in rows}


def _with_card(
    row: PlannedRow, table: CardTable, account_name: str, kept: str | None
) -> PlannedRow:
    text = kept_text(table.cards[row.line], account_name)
    if _read(text) == _read(kept or ""):
        return row
    photo = table.contacts[row.line].photo
    if photo is not None and _photo_line(text) == _photo_line(kept or ""):
        photo = None  # The same photo as when the card was read before; it may be another by now.
    fate = Fate.CHANGED if row.fate is Fate.UNCHANGED else row.fate
    return replace(row, fate=fate, card=CardPart(text, photo))


def _read(text: str) -> str:
    """What was read from the card itself: the account may have got another name since."""
    return "\n".join(line for line in text.split("\n") if not line.startswith(f"{ACCOUNT}:"))


def _photo_line(text: str) -> str:
    return next((line for line in text.split("\n") if line.startswith(f"{PHOTO}:")), "")
