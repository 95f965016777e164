"""The parts of an account's brief that no other page shows in this form."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kam_desktop.models.text import instant_text, parse_instant
from kam_desktop.models.vocabulary import ContactCoverage, DecisionRole, RelationshipLevel, Tier

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class AccountRow:
    """The head of an account's dossier."""

    name: str
    tier: Tier
    industry: str
    street: str
    postcode: str
    city: str
    region: str
    country: str
    zone: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person still at the account, as the map shows them."""

    id: str
    name: str
    title: str
    roles: tuple[DecisionRole, ...]
    support: int | None
    influence: int | None
    coverage: ContactCoverage | None
    level: RelationshipLevel | None
    level_wanted: RelationshipLevel | None
    placeholder: bool
    external: bool


@dataclass(frozen=True, slots=True)
class DealRow:
    """An open opportunity, in minor units of its own currency."""

    id: str
    name: str
    stage: str
    value_minor: int | None
    currency: str
    probability: int | None
    close_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract; ``notice_on`` is the last day to give notice."""

    id: str
    name: str
    ends_on: dt.date | None
    notice_on: dt.date | None
    value_minor: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """Something one of ours is to do; ``owner_name`` is '' while nobody is."""

    id: str
    text: str
    owner_name: str
    due_on: dt.date | None


@dataclass(frozen=True, slots=True)
class LastMeeting:
    """The meeting before, for what changed since."""

    id: str
    starts_at: dt.datetime
    zone: str
    outcome: str
    next_step: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note of the account."""

    id: str
    at: dt.datetime
    text: str
    person_name: str


def account_row(db: Reader, account_id: str) -> AccountRow | None:
    """The account; None when it does not exist or is in the trash."""
    found = db.row(
        "SELECT name, tier, industry, street, postcode, city, region, country, time_zone"
        " FROM account WHERE id = ? AND deleted_at IS NULL",
        (account_id,),
    )
    if found is None:
        return None
    return AccountRow(found[0], Tier(found[1]), *found[2:])


def people(db: Reader, account_id: str, meeting_id: str, limit: int) -> list[PersonRow]:
    """People of the account: those in the meeting first, then who plays a role, then influence."""
    rows = db.rows(
        "SELECT p.id, p.name, p.title, (SELECT group_concat(DISTINCT r.role)"
        "   FROM role_in_decision r WHERE r.person_id = p.id AND r.deleted_at IS NULL) AS roles,"
        " p.support, p.influence, p.coverage, p.level, p.level_wanted, p.placeholder, p.external"
        " FROM person p WHERE p.account_id = :account AND p.deleted_at IS NULL"
        " AND p.left_on IS NULL"
        " ORDER BY p.id NOT IN (SELECT person_id FROM attendee WHERE meeting_id = :meeting"
        "   AND deleted_at IS NULL AND person_id IS NOT NULL),"
        " roles IS NULL, p.influence IS NULL, p.influence DESC, p.name_key, p.id LIMIT :limit",
        {"account": account_id, "meeting": meeting_id, "limit": limit},
    )
    return [_person(values) for values in rows]


def role_counts(db: Reader, account_id: str) -> Mapping[DecisionRole, int]:
    """How many people still there hold each decision role; vacant seats do not count."""
    rows = db.rows(
        "SELECT r.role, count(DISTINCT p.id) FROM person p"
        " JOIN role_in_decision r ON r.person_id = p.id AND r.deleted_at IS NULL"
        " WHERE p.account_id = ? AND p.deleted_at IS NULL AND p.left_on IS NULL"
        " AND p.placeholder = 0 GROUP BY r.role",
        (account_id,),
    )
    return {DecisionRole(role): count for role, count in rows}


def open_deals(db: Reader, account_id: str, limit: int) -> list[DealRow]:
    """Open opportunities, the next to close first."""
    rows = db.rows(
        "SELECT id, name, stage, value_minor, currency, probability, close_on FROM opportunity"
        " WHERE account_id = ? AND deleted_at IS NULL AND state = 'open'"
        " ORDER BY close_on IS NULL, close_on, value_minor DESC, id LIMIT ?",
        (account_id, limit),
    )
    return [
        DealRow(key, name, stage, value, currency, probability, _date(close))
        for key, name, stage, value, currency, probability, close in rows
    ]


def deal_totals(db: Reader, account_id: str) -> tuple[int, tuple[tuple[str, int], ...]]:
    """The number of open opportunities and their value by currency in minor units."""
    rows = db.rows(
        "SELECT currency, count(*), sum(value_minor) FROM opportunity"
        " WHERE account_id = ? AND deleted_at IS NULL AND state = 'open'"
        " GROUP BY currency ORDER BY currency",
        (account_id,),
    )
    count = sum(number for _currency, number, _total in rows)
    return count, tuple((currency, total) for currency, _number, total in rows if total)


def contracts(db: Reader, account_id: str, since: dt.date, limit: int) -> list[ContractRow]:
    """Contracts that had not ended by ``since``, the next date first."""
    rows = db.rows(
        "SELECT id, name, ends_on, notice_on, value_minor, currency FROM contract"
        " WHERE account_id = ? AND deleted_at IS NULL AND (ends_on IS NULL OR ends_on >= ?)"
        " ORDER BY coalesce(ends_on, '9999'), id LIMIT ?",
        (account_id, since.isoformat(), limit),
    )
    return [
        ContractRow(key, name, _date(ends), _date(notice), value, currency)
        for key, name, ends, notice, value, currency in rows
    ]


def notes_since(db: Reader, account_id: str, since: dt.datetime, limit: int) -> list[NoteRow]:
    """Notes written after ``since``, newest first."""
    rows = db.rows(
        "SELECT n.id, n.at, n.text, coalesce(p.name, '') FROM note n"
        " LEFT JOIN person p ON p.id = n.person_id AND p.deleted_at IS NULL"
        " WHERE n.account_id = ? AND n.deleted_at IS NULL AND n.at > ?"
        " ORDER BY n.at DESC, n.id DESC LIMIT ?",
        (account_id, instant_text(since), limit),
    )
    return [NoteRow(key, parse_instant(at), text, person) for key, at, text, person in rows]


def last_meeting_before(db: Reader, account_id: str, before: dt.datetime) -> LastMeeting | None:
    """The account's last meeting held before an instant."""
    found = db.row(
        "SELECT id, starts_at, zone, outcome, next_step FROM meeting WHERE account_id = ?"
        " AND deleted_at IS NULL AND cancelled = 0 AND starts_at < ?"
        " ORDER BY starts_at DESC LIMIT 1",
        (account_id, instant_text(before)),
    )
    if found is None:
        return None
    key, starts, *rest = found
    return LastMeeting(key, parse_instant(starts), *rest)


def open_actions(db: Reader, account_id: str, limit: int) -> list[ActionRow]:
    """What ours are to do for the account, the longest due first."""
    rows = db.rows(
        "SELECT a.id, a.text, coalesce(t.name, ''), a.due_on FROM action a"
        " LEFT JOIN team_member t ON t.id = a.owner_id AND t.deleted_at IS NULL"
        " WHERE a.account_id = ? AND a.deleted_at IS NULL AND a.state = 'open'"
        " ORDER BY a.due_on IS NULL, a.due_on, a.id LIMIT ?",
        (account_id, limit),
    )
    return [ActionRow(key, text, owner, _date(due)) for key, text, owner, due in rows]


def stored_edits(db: Reader, meeting_id: str) -> object:
    """The user's own wording of a meeting's brief, as it is stored; None without any."""
    found = db.value("SELECT brief FROM meeting WHERE id = ?", (meeting_id,))
    return None if found is None else json.loads(found)


_COUNTS = {
    "people": "person WHERE account_id = :account AND deleted_at IS NULL AND left_on IS NULL",
    "promises": "commitment WHERE account_id = :account AND deleted_at IS NULL AND state = 'open'",
    "actions": "action WHERE account_id = :account AND deleted_at IS NULL AND state = 'open'",
    "contracts": "contract WHERE account_id = :account AND deleted_at IS NULL"
    " AND (ends_on IS NULL OR ends_on >= :since)",
    "touches": "interaction WHERE account_id = :account AND deleted_at IS NULL AND at > :since",
    "notes": "note WHERE account_id = :account AND deleted_at IS NULL AND at > :since",
}


def count_of(db: Reader, what: str, account_id: str, since: str = "") -> int:
    """How many of a kind the account has, for saying how many a brief leaves out.

    ``what`` is people, promises, actions (open ones), contracts (not ended by day ``since``),
    touches or notes (after the instant ``since``).
    """
    parameters = {"account": account_id, "since": since}
    return int(db.value(f"SELECT count(*) FROM {_COUNTS[what]}", parameters) or 0)


def _person(values: tuple[Any, ...]) -> PersonRow:
    key, name, title, roles, support, influence, coverage, level, wanted, vacant, external = values
    held = set(roles.split(",")) if roles else set()
    return PersonRow(
        id=key,
        name=name,
        title=title,
        roles=tuple(role for role in DecisionRole if role.value in held),
        support=support,
        influence=influence,
        coverage=ContactCoverage(coverage) if coverage else None,
        level=RelationshipLevel(level) if level else None,
        level_wanted=RelationshipLevel(wanted) if wanted else None,
        placeholder=bool(vacant),
        external=bool(external),
    )


def _date(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
