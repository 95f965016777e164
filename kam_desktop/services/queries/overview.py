"""The first section of the dossier: who decides, how it stands, what is next, what changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kam_desktop.models.text import instant_text, parse_instant
from kam_desktop.models.vocabulary import DecisionRole, OpportunityState, Side
from kam_desktop.services.analysis.health import assess
from kam_desktop.services.analysis.health_facts import HealthInputs
from kam_desktop.services.analysis.health_indicators import scene
from kam_desktop.services.formatting import points
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries import commitments, meetings
from kam_desktop.services.queries.commitments import CommitmentRow
from kam_desktop.services.queries.company import AccountHead, account_head
from kam_desktop.services.queries.health import (
    HealthCard,
    HealthSeries,
    account_health,
    health_inputs,
    health_rules,
    health_series,
)
from kam_desktop.services.queries.map_analysis import deal_notices
from kam_desktop.services.queries.meetings import ChecklistRow, MeetingRow
from kam_desktop.services.storage.reader import Reader
from kam_desktop.services.thread_words import deals_sentence

_MONTH = dt.timedelta(days=30)
_MONTHS = 12
"""How far back the course of an account's health goes here."""
DECIDERS = 8
"""How many people the overview shows; the map shows them all."""


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


def overview(db: Reader, account_id: str, now: dt.datetime, today: dt.date) -> Overview | None:
    """Everything on the first section; None when the account is gone."""
    head = account_head(db, account_id)
    # Read once for all that is said about health: now, in the past year, and since a day in it.
    inputs = health_inputs(db, account_id, today, _MONTHS + 1)
    card = account_health(db, account_id, today, inputs)
    if head is None or card is None:
        return None
    return Overview(
        head=head,
        group=_group(db, account_id, today, inputs),
        next_meeting=_preparation(db, account_id, now),
        promises=tuple(commitments.open_of_account(db, account_id, limit=8)),
        card=card,
        series=health_series(db, account_id, today, _MONTHS, inputs),
        changes=_changes(db, account_id, now, today, card, inputs),
    )


def _group(db: Reader, account_id: str, today: dt.date, inputs: HealthInputs) -> Group:
    at = scene(inputs, health_rules(db), today)
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
        notice=deals_sentence(deal_notices(db, account_id, today)),
    )


def _weight(person: Decider) -> tuple[bool, int, str]:
    """Those with a decision role first, then by influence; unknown influence counts as middling."""
    influence = 5 if person.influence is None else person.influence
    return not person.roles, -influence, person.name


def _preparation(db: Reader, account_id: str, now: dt.datetime) -> Preparation | None:
    found = meetings.next_meeting(db, now, account_id)
    return None if found is None else Preparation(found, tuple(meetings.checklist(db, found, now)))


def _changes(
    db: Reader,
    account_id: str,
    now: dt.datetime,
    today: dt.date,
    card: HealthCard,
    inputs: HealthInputs,
) -> Changes:
    """Since the last meeting, or a month when there was none in the last year."""
    last = db.value(
        "SELECT max(starts_at) FROM meeting WHERE account_id = ? AND deleted_at IS NULL"
        " AND cancelled = 0 AND starts_at < ? AND starts_at > ?",
        (account_id, instant_text(now), instant_text(now - dt.timedelta(days=365))),
    )
    since = today - _MONTH if last is None else parse_instant(last).date()
    lines = [
        *_health_moved(db, since, card, inputs),
        *_people_left(db, account_id, since),
        *_deals_closed(db, account_id, since, today),
        *_promises_settled(db, account_id, since),
        *_touches_made(db, account_id, since),
    ]
    return Changes(since, last is not None, tuple(lines))


def _health_moved(db: Reader, since: dt.date, card: HealthCard, inputs: HealthInputs) -> list[str]:
    if card.health.score is None:
        return []
    before = assess(inputs, health_rules(db), since)
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
