"""The parts of an account's brief that no other page shows in this form."""

from __future__ import annotations

import datetime as dt
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

    name: str
    stage: str
    value_minor: int | None
    currency: str
    probability: int | None
    close_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract; ``notice_on`` is the last day to give notice."""

    name: str
    ends_on: dt.date | None
    notice_on: dt.date | None
    value_minor: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note of the account."""

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
        "SELECT name, stage, value_minor, currency, probability, close_on FROM opportunity"
        " WHERE account_id = ? AND deleted_at IS NULL AND state = 'open'"
        " ORDER BY close_on IS NULL, close_on, value_minor DESC, id LIMIT ?",
        (account_id, limit),
    )
    return [
        DealRow(name, stage, value, currency, probability, _date(close))
        for name, stage, value, currency, probability, close in rows
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
        "SELECT name, ends_on, notice_on, value_minor, currency FROM contract"
        " WHERE account_id = ? AND deleted_at IS NULL AND (ends_on IS NULL OR ends_on >= ?)"
        " ORDER BY coalesce(ends_on, '9999'), id LIMIT ?",
        (account_id, since.isoformat(), limit),
    )
    return [
        ContractRow(name, _date(ends), _date(notice), value, currency)
        for name, ends, notice, value, currency in rows
    ]


def notes_since(db: Reader, account_id: str, since: dt.datetime, limit: int) -> list[NoteRow]:
    """Notes written after ``since``, newest first."""
    rows = db.rows(
        "SELECT n.at, n.text, coalesce(p.name, '') FROM note n"
        " LEFT JOIN person p ON p.id = n.person_id AND p.deleted_at IS NULL"
        " WHERE n.account_id = ? AND n.deleted_at IS NULL AND n.at > ?"
        " ORDER BY n.at DESC, n.id DESC LIMIT ?",
        (account_id, instant_text(since), limit),
    )
    return [NoteRow(parse_instant(at), text, person) for at, text, person in rows]


def last_meeting_before(
    db: Reader, account_id: str, before: dt.datetime
) -> tuple[dt.datetime, str, str, str] | None:
    """The account's last meeting held before an instant: start, zone, outcome, next step."""
    found = db.row(
        "SELECT starts_at, zone, outcome, next_step FROM meeting WHERE account_id = ?"
        " AND deleted_at IS NULL AND cancelled = 0 AND starts_at < ?"
        " ORDER BY starts_at DESC LIMIT 1",
        (account_id, instant_text(before)),
    )
    if found is None:
        return None
    return parse_instant(found[0]), found[1], found[2], found[3]


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
