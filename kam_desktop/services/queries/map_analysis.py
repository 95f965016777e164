"""Thinking with an account's map: coverage, threads, role quota, single points of failure, ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kam_desktop.models.text import instant_text, parse_instant
from kam_desktop.services.analysis.introductions import Way, ways_to
from kam_desktop.services.analysis.people_facts import MapFacts
from kam_desktop.services.analysis.people_graph import (
    FailurePoint,
    PeopleGraph,
    betweenness,
    failure_points,
    people_graph,
    reachable,
)
from kam_desktop.services.analysis.role_quota import Quotas, RoleNeed, role_needs
from kam_desktop.services.analysis.strength import Coverage
from kam_desktop.services.analysis.suggestions import Suggestion, suggestions
from kam_desktop.services.analysis.threads import (
    DealFact,
    DealThreads,
    ThreadCount,
    deal_threads,
    thread_counts,
)
from kam_desktop.services.analysis.what_if import WhatIf, what_if_leaves
from kam_desktop.services.queries.map_facts import hints, map_facts
from kam_desktop.services.queries.relationship_map import map_data
from kam_desktop.services.queries.relationship_rules import relationship_rules, role_quotas
from kam_desktop.services.storage.reader import Reader

_TOUCHED = 5
"""How many promises, meetings and opportunities of one person are named."""


@dataclass(frozen=True, slots=True)
class AccountThinking:
    """What an account's map says on one day.

    ``out_of_reach`` are the account's people there is no way to from us; ``betweenness`` is 0 … 1
    by id of their people and ours; ``dismissed`` is how many suggestions were put away.
    """

    account_id: str
    account_name: str
    facts: MapFacts
    graph: PeopleGraph
    quotas: Quotas
    coverage: Coverage
    threads: tuple[ThreadCount, ...]
    deals: tuple[DealThreads, ...]
    needs: tuple[RoleNeed, ...]
    failures: tuple[FailurePoint, ...]
    out_of_reach: tuple[str, ...]
    betweenness: Mapping[str, float]
    suggestions: tuple[Suggestion, ...]
    dismissed: int

    def name_of(self, who: str) -> str:
        """How one of theirs or ours is called; '' for nobody known here."""
        person = self.facts.by_id.get(who)
        if person is not None:
            return person.name
        return next((member.name for member in self.facts.team if member.id == who), "")


def account_thinking(db: Reader, account_id: str, *, on: dt.date) -> AccountThinking:
    """Everything at once, as of day ``on``. Raises `UserError` when the account is not there."""
    data = map_data(db, account_id, on=on)
    facts = map_facts(db, data, on)
    graph = people_graph(facts)
    quotas = role_quotas(db, account_id)
    needs = role_needs(facts, quotas)
    rules = relationship_rules(db)
    reached = reachable(graph)
    hinted = hints(db, facts, account_id, rules)
    return AccountThinking(
        account_id,
        data.account_name,
        facts,
        graph,
        quotas,
        facts.coverage(),
        thread_counts(facts),
        deal_threads(facts, open_deals(db, account_id)),
        needs,
        failure_points(graph, facts),
        tuple(p.id for p in facts.present if not p.vacant and p.id not in reached),
        betweenness(graph),
        suggestions(facts, needs, hinted, rules.suggestions),
        len(hinted.dismissed),
    )


def thinking_of(
    db: Reader, account_id: str, today: dt.date, moment: dt.datetime | None = None
) -> AccountThinking:
    """`account_thinking` as of today, or of an earlier moment (aware, in the local zone)."""
    if moment is None:
        return account_thinking(db, account_id, on=today)
    from kam_desktop.services.storage.past import account_as_of

    with account_as_of(db, account_id, moment) as then:
        return account_thinking(then, account_id, on=moment.date())


def open_deals(db: Reader, account_id: str) -> list[DealFact]:
    """The open opportunities, those that close first before others."""
    rows = db.rows(
        "SELECT id, name, coalesce(person_id, '') FROM opportunity WHERE account_id = ?"
        " AND deleted_at IS NULL AND state = 'open' ORDER BY close_on IS NULL, close_on, id",
        (account_id,),
    )
    return [DealFact(*row) for row in rows]


def deal_notices(db: Reader, account_id: str, on: dt.date) -> tuple[DealThreads, ...]:
    """The open opportunities that hang on too few people or miss a champion or economic buyer."""
    deals = open_deals(db, account_id)
    if not deals:
        return ()
    facts = map_facts(db, map_data(db, account_id, on=on), on)
    return tuple(found for found in deal_threads(facts, deals) if found.notice)


@dataclass(frozen=True, slots=True)
class ThinDeal:
    """An open opportunity of an account that is met soon, and what it lacks in contacts."""

    account_id: str
    account_name: str
    threads: DealThreads


def thin_deals(
    db: Reader, account_ids: Sequence[str], on: dt.date, *, limit: int
) -> tuple[ThinDeal, ...]:
    """The `deal_notices` of some accounts, in their order; at most ``limit``."""
    found: list[ThinDeal] = []
    for account_id in dict.fromkeys(account_ids):
        name = db.value("SELECT name FROM account WHERE id = ?", (account_id,))
        deals = deal_notices(db, account_id, on)
        found += [ThinDeal(account_id, name, deal) for deal in deals]
        if len(found) >= limit:
            break
    return tuple(found[:limit])


@dataclass(frozen=True, slots=True)
class Touched:
    """Something of an account that hangs on one person: what it is called and its day."""

    id: str
    text: str
    on: dt.date | None


@dataclass(frozen=True, slots=True)
class PersonThinking:
    """One person (theirs or ours) thought through.

    ``what_if`` is None for whoever is not there any more and for vacant seats. ``ways`` are empty
    for our own side. Of promises, meetings and opportunities the next few are named.
    """

    id: str
    thinking: AccountThinking
    what_if: WhatIf | None
    ways: tuple[Way, ...]
    promises: tuple[Touched, ...]
    meetings: tuple[Touched, ...]
    deals: tuple[Touched, ...]


def person_thinking(
    db: Reader, thinking: AccountThinking, who: str, now: dt.datetime, *, touched: bool = True
) -> PersonThinking:
    """What would be lost with one person, and who can introduce us to them.

    Promises, meetings and opportunities are those of now; without ``touched``, none (in the past).
    """
    facts, graph = thinking.facts, thinking.graph
    person = facts.by_id.get(who)
    there = who in graph.nodes
    account_id = thinking.account_id
    return PersonThinking(
        who,
        thinking,
        what_if_leaves(facts, graph, thinking.quotas, who) if there else None,
        () if person is None else ways_of(graph, who),
        _promises(db, account_id, who) if touched else (),
        _meetings(db, account_id, who, now) if touched else (),
        _deals(db, account_id, who) if touched else (),
    )


def ways_of(graph: PeopleGraph, who: str) -> tuple[Way, ...]:
    """By people who know each other; only when there is none, by who looks after somebody."""
    return ways_to(graph.without_owners(), who) or ways_to(graph, who, most=1)


def _promises(db: Reader, account_id: str, who: str) -> tuple[Touched, ...]:
    rows = db.rows(
        "SELECT id, text, due_on FROM commitment WHERE account_id = ? AND person_id = ?"
        " AND state = 'open' AND deleted_at IS NULL ORDER BY due_on IS NULL, due_on LIMIT ?",
        (account_id, who, _TOUCHED),
    )
    return tuple(Touched(key, text, _maybe(day)) for key, text, day in rows)


def _meetings(db: Reader, account_id: str, who: str, now: dt.datetime) -> tuple[Touched, ...]:
    rows = db.rows(
        "SELECT m.id, m.title, m.starts_at FROM meeting m WHERE m.account_id = ?"
        " AND m.deleted_at IS NULL AND NOT m.cancelled AND m.starts_at >= ?"
        " AND EXISTS (SELECT 1 FROM attendee a WHERE a.meeting_id = m.id"
        " AND a.deleted_at IS NULL AND ? IN (a.person_id, a.team_member_id))"
        " ORDER BY m.starts_at LIMIT ?",
        (account_id, instant_text(now), who, _TOUCHED),
    )
    return tuple(Touched(key, title, parse_instant(at).date()) for key, title, at in rows)


def _deals(db: Reader, account_id: str, who: str) -> tuple[Touched, ...]:
    rows = db.rows(
        "SELECT id, name, close_on FROM opportunity WHERE account_id = ? AND person_id = ?"
        " AND state = 'open' AND deleted_at IS NULL ORDER BY close_on IS NULL, close_on LIMIT ?",
        (account_id, who, _TOUCHED),
    )
    return tuple(Touched(key, name, _maybe(day)) for key, name, day in rows)


def _maybe(day: str | None) -> dt.date | None:
    return None if day is None else dt.date.fromisoformat(day)
