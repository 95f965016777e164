"""What the dossier page shows of one account; each part is read only when it is looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from kam_desktop.models.text import instant_text, parse_instant
from kam_desktop.models.vocabulary import DecisionRole, OpportunityState, Side
from kam_desktop.services.analysis.health import assess
from kam_desktop.services.analysis.health_indicators import Scene, scene
from kam_desktop.services.formatting import points
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries import commitments, meetings
from kam_desktop.services.queries.commitments import CommitmentRow
from kam_desktop.services.queries.health import (
    HealthCard,
    HealthSeries,
    account_health,
    health_inputs,
    health_rules,
    health_series,
)
from kam_desktop.services.queries.meetings import ChecklistRow, MeetingRow
from kam_desktop.services.storage.reader import Reader, placeholders

_MONTH = dt.timedelta(days=30)
DECIDERS = 8
"""How many people the overview shows; the map shows them all."""


@dataclass(frozen=True, slots=True)
class AccountHead:
    """The fields of an account, as stored; empty text and None are *not known*."""

    id: str
    name: str
    tier: str
    number: str
    industry: str
    kind: str
    website: str
    phone: str
    street: str
    city: str
    region: str
    postcode: str
    country: str
    time_zone: str
    employees: int | None
    annual_revenue_minor: int | None
    annual_revenue_currency: str
    about: str
    history: str
    strategy: str
    competitors: str
    pain_points: str
    parent_id: str | None
    owner_id: str | None
    parent_name: str


@dataclass(frozen=True, slots=True)
class Decider:
    """One of the people who decide; ``strength`` is 0 … 1, None means unknown elsewhere."""

    id: str
    name: str
    title: str
    roles: tuple[DecisionRole, ...]
    support: int | None
    influence: int | None
    strength: float
    placeholder: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The decision group: those who weigh most first, and what is not known about all of them."""

    people: tuple[Decider, ...]
    total: int
    unknown: int
    buyers: tuple[Decider, ...]
    champions: tuple[Decider, ...]
    notice: str


@dataclass(frozen=True, slots=True)
class Preparation:
    """The next meeting and its checklist."""

    meeting: MeetingRow
    items: tuple[ChecklistRow, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a day, each as a sentence."""

    since: dt.date
    met: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The first section of a dossier."""

    head: AccountHead
    group: Group
    next_meeting: Preparation | None
    promises: tuple[CommitmentRow, ...]
    card: HealthCard
    series: HealthSeries
    changes: Changes


_HEAD_FIELDS = tuple(AccountHead.__dataclass_fields__)[:-1]


def account_head(db: Reader, account_id: str) -> AccountHead | None:
    """The account's own fields; None when it is gone or in the trash."""
    columns = ", ".join(f"a.{name}" for name in _HEAD_FIELDS)
    found = db.row(
        f"SELECT {columns}, coalesce(p.name, '') FROM account a"
        " LEFT JOIN account p ON p.id = a.parent_id WHERE a.id = ? AND a.deleted_at IS NULL",
        (account_id,),
    )
    return None if found is None else AccountHead(*found)


def overview(db: Reader, account_id: str, now: dt.datetime, today: dt.date) -> Overview | None:
    """Everything on the first section; None when the account is gone."""
    head = account_head(db, account_id)
    card = account_health(db, account_id, today)
    if head is None or card is None:
        return None
    return Overview(
        head=head,
        group=_group(db, account_id, today),
        next_meeting=_preparation(db, account_id, now),
        promises=tuple(commitments.open_of_account(db, account_id, limit=8)),
        card=card,
        series=health_series(db, account_id, today, 12),
        changes=_changes(db, account_id, now, today, card),
    )


def _group(db: Reader, account_id: str, today: dt.date) -> Group:
    rules = health_rules(db)
    at = scene(health_inputs(db, account_id, today, 1), rules, today)
    names = {
        person_id: (name, title)
        for person_id, name, title in db.rows(
            "SELECT id, name, title FROM person WHERE account_id = ? AND deleted_at IS NULL",
            (account_id,),
        )
    }
    people = [
        Decider(
            id=contact.person.id,
            name=names[contact.person.id][0],
            title=names[contact.person.id][1],
            roles=tuple(role for role in DecisionRole if role in contact.person.roles),
            support=contact.person.support,
            influence=contact.person.influence,
            strength=contact.strength,
            placeholder=contact.person.placeholder,
        )
        for contact in at.contacts
    ]
    people.sort(key=_weight)
    return Group(
        people=tuple(people[:DECIDERS]),
        total=len(people),
        unknown=sum(each.support is None for each in people),
        buyers=tuple(each for each in people if DecisionRole.ECONOMIC_BUYER in each.roles),
        champions=tuple(each for each in people if DecisionRole.CHAMPION in each.roles),
        notice=_thread_notice(db, account_id, at),
    )


def _thread_notice(db: Reader, account_id: str, at: Scene) -> str:
    """What an open opportunity lacks in contacts (product rules, section 4); empty when nothing."""
    deals = db.value(
        "SELECT count(*) FROM opportunity WHERE account_id = ? AND deleted_at IS NULL"
        " AND state = 'open'",
        (account_id,),
    )
    if not deals:
        return ""
    threads, enough = at.threads(), at.rules.strength.enough_threads
    if threads < enough:
        text = ngettext(
            "A deal is open with {n} live contact; {enough} are safe.",
            "A deal is open with {n} live contacts; {enough} are safe.",
            threads,
        )
        return text.format(n=threads, enough=enough)
    if not at.reached(DecisionRole.CHAMPION):
        return _("A deal is open and no champion is in live contact.")
    if not at.reached(DecisionRole.ECONOMIC_BUYER):
        return _("A deal is open and the economic buyer is not reached.")
    return ""


def _weight(person: Decider) -> tuple[bool, int, str]:
    """Those with a decision role first, then by influence; unknown influence counts as middling."""
    influence = 5 if person.influence is None else person.influence
    return not person.roles, -influence, person.name


def _preparation(db: Reader, account_id: str, now: dt.datetime) -> Preparation | None:
    found = meetings.next_meeting(db, now, account_id)
    return None if found is None else Preparation(found, tuple(meetings.checklist(db, found)))


def _changes(
    db: Reader, account_id: str, now: dt.datetime, today: dt.date, card: HealthCard
) -> Changes:
    """Since the last meeting, or a month when there was none in the last year."""
    last = db.value(
        "SELECT max(starts_at) FROM meeting WHERE account_id = ? AND deleted_at IS NULL"
        " AND cancelled = 0 AND starts_at < ? AND starts_at > ?",
        (account_id, instant_text(now), instant_text(now - dt.timedelta(days=365))),
    )
    since = today - _MONTH if last is None else parse_instant(last).date()
    lines = [
        *_health_moved(db, account_id, since, card),
        *_people_left(db, account_id, since),
        *_deals_closed(db, account_id, since, today),
        *_promises_settled(db, account_id, since),
        *_touches_made(db, account_id, since),
    ]
    return Changes(since, last is not None, tuple(lines))


def _health_moved(db: Reader, account_id: str, since: dt.date, card: HealthCard) -> list[str]:
    if card.health.score is None:
        return []
    before = assess(health_inputs(db, account_id, since, 1), health_rules(db), since)
    if before.score is None or round(before.score) == round(card.health.score):
        return []
    return [
        _("Health {change}, now {score}").format(
            change=points(round(card.health.score) - round(before.score)),
            score=round(card.health.score),
        )
    ]


def _people_left(db: Reader, account_id: str, since: dt.date) -> list[str]:
    rows = db.rows(
        "SELECT name, title FROM person WHERE account_id = ? AND deleted_at IS NULL"
        " AND left_on >= ? ORDER BY left_on DESC LIMIT 3",
        (account_id, since.isoformat()),
    )
    return [_("{name} has left").format(name=name or title) for name, title in rows]


def _deals_closed(db: Reader, account_id: str, since: dt.date, today: dt.date) -> list[str]:
    words = {
        OpportunityState.WON: _("Won: {name}"),
        OpportunityState.LOST: _("Lost: {name}"),
    }
    rows = db.rows(
        "SELECT state, name FROM opportunity WHERE account_id = ? AND deleted_at IS NULL"
        " AND state <> 'open' AND close_on BETWEEN ? AND ? ORDER BY close_on DESC LIMIT 3",
        (account_id, since.isoformat(), today.isoformat()),
    )
    return [words[OpportunityState(state)].format(name=name) for state, name in rows]


def _promises_settled(db: Reader, account_id: str, since: dt.date) -> list[str]:
    words = {Side.OURS: _("We kept: {text}"), Side.THEIRS: _("They kept: {text}")}
    rows = db.rows(
        "SELECT side, text FROM commitment WHERE account_id = ? AND deleted_at IS NULL"
        " AND state IN ('kept', 'late') AND closed_on >= ? ORDER BY closed_on DESC LIMIT 3",
        (account_id, since.isoformat()),
    )
    return [words[Side(side)].format(text=text) for side, text in rows]


def _touches_made(db: Reader, account_id: str, since: dt.date) -> list[str]:
    count = db.value(
        "SELECT count(*) FROM interaction WHERE account_id = ? AND deleted_at IS NULL AND at >= ?",
        (account_id, since.isoformat()),
    )
    if not count:
        return [_("No touch since then")]
    return [ngettext("{n} touch", "{n} touches", count).format(n=count)]


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note; ``at`` is aware UTC, ``person_id`` whom it is about."""

    id: str
    text: str
    at: dt.datetime
    person_id: str | None
    person_name: str
    pinned: bool


@dataclass(frozen=True, slots=True)
class NotePage:
    """Some notes, and whether there are more."""

    rows: tuple[NoteRow, ...]
    more: bool


def notes(db: Reader, account_id: str, limit: int = 100) -> NotePage:
    """The account's first notes: pinned ones, then newest first."""
    found = db.rows(
        "SELECT n.id, n.text, n.at, n.person_id, coalesce(p.name, ''), n.pinned FROM note n"
        " LEFT JOIN person p ON p.id = n.person_id"
        " WHERE n.account_id = ? AND n.deleted_at IS NULL"
        " ORDER BY n.pinned DESC, n.at DESC, n.id DESC LIMIT ?",
        (account_id, limit + 1),
    )
    rows = tuple(
        NoteRow(row[0], row[1], parse_instant(row[2]), row[3], row[4], bool(row[5]))
        for row in found[:limit]
    )
    return NotePage(rows, len(found) > limit)


@dataclass(frozen=True, slots=True)
class BuyingCentreRow:
    """A unit of the account that decides on its own."""

    id: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Company:
    """The account's own fields, its units, and who of ours can look after it (id, name)."""

    head: AccountHead
    centres: tuple[BuyingCentreRow, ...]
    team: tuple[tuple[str, str], ...]


def company(db: Reader, account_id: str) -> Company | None:
    """What the company section shows; None when the account is gone."""
    head = account_head(db, account_id)
    if head is None:
        return None
    team = db.rows(
        "SELECT id, name FROM team_member WHERE deleted_at IS NULL"
        " ORDER BY is_me DESC, name COLLATE NOCASE, id"
    )
    return Company(head, tuple(buying_centres(db, account_id)), tuple(map(tuple, team)))


def buying_centres(db: Reader, account_id: str) -> list[BuyingCentreRow]:
    """The units of an account, by name."""
    rows = db.rows(
        "SELECT id, name, place FROM buying_centre WHERE account_id = ? AND deleted_at IS NULL"
        " ORDER BY name COLLATE NOCASE, id",
        (account_id,),
    )
    return [BuyingCentreRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a part of the dossier is filled in; ``missing`` names fields."""

    share: float
    missing: tuple[str, ...]


PARTS: dict[str, tuple[str, ...]] = {
    "company": ("industry", "kind", "number", "website", "phone", "employees", "annual_revenue"),
    "place": ("street", "postcode", "city", "country", "time_zone"),
    "story": ("about", "history", "strategy", "competitors", "pain_points"),
}
"""The parts of the company section and the fields each is complete with."""


def completeness(head: AccountHead) -> dict[str, Completeness]:
    """The completeness of each of the `PARTS`."""
    return {part: _complete(head, fields) for part, fields in PARTS.items()}


def _complete(head: AccountHead, fields: tuple[str, ...]) -> Completeness:
    missing = tuple(
        name
        for name in fields
        if getattr(head, "annual_revenue_minor" if name == "annual_revenue" else name) in (None, "")
    )
    return Completeness(1 - len(missing) / len(fields), missing)


def record_ids(db: Reader, account_id: str) -> list[str]:
    """The account and the records of its dossier, for its history (newest 500 of each kind)."""
    found = [account_id]
    for table in _HISTORY_TABLES:
        found += [
            row_id
            for (row_id,) in db.rows(
                f"SELECT id FROM {table} WHERE account_id = ? ORDER BY id DESC LIMIT 500",
                (account_id,),
            )
        ]
    return found


def names_of(db: Reader, ids: Sequence[str]) -> dict[str, str]:
    """The names of accounts, people, team members, buying centres and meetings by id."""
    if not ids:
        return {}
    marks = placeholders(ids)
    parts = [
        f"SELECT id, {name} FROM {table} WHERE id IN ({marks})"
        for table, name in (
            ("account", "name"),
            ("person", "CASE WHEN name = '' THEN title ELSE name END"),
            ("team_member", "name"),
            ("buying_centre", "name"),
            ("meeting", "title"),
        )
    ]
    return dict(db.rows(" UNION ALL ".join(parts), [*ids] * len(parts)))


_HISTORY_TABLES = (
    "person",
    "meeting",
    "commitment",
    "note",
    "opportunity",
    "contract",
    "observation",
    "document",
    "interaction",
    "revenue_entry",
    "buying_centre",
)
