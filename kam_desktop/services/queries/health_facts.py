"""Reads the dated facts health is computed from, for many accounts in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from kam_desktop.models.vocabulary import (
    ClaimField,
    CommitmentState,
    DecisionRole,
    IndicatorKind,
    InteractionKind,
    Side,
)
from kam_desktop.services.analysis.health_facts import (
    CommitmentFact,
    ContractFact,
    HealthInputs,
    Judgement,
    ObservationFact,
    PersonFact,
    RevenueFact,
)
from kam_desktop.services.analysis.strength import Touch
from kam_desktop.services.storage.past import values_before
from kam_desktop.services.storage.reader import Reader, placeholders

_MEMORY = dt.timedelta(days=3 * 366)
"""Touches older than this have faded to nothing at any usual cadence and are not read."""


def inputs_of(db: Reader, ids: Sequence[str], on: dt.date, months: int) -> dict[str, HealthInputs]:
    """The facts of some accounts, for scores as of the last ``months`` up to ``on``."""
    if not ids:
        return {}
    start = on - dt.timedelta(days=31 * months)
    people = _people(db, ids, start - _MEMORY, on)
    revenue = _revenue(db, ids, start - dt.timedelta(days=31 * 28), on)
    commitments = _commitments(db, ids)
    observed = _observations(db, ids)
    contracts = _contracts(db, ids)
    return {
        id_: HealthInputs(
            tuple(people[id_]),
            tuple(revenue[id_]),
            tuple(commitments[id_]),
            tuple(observed[id_]),
            tuple(contracts[id_]),
        )
        for id_ in ids
    }


def _people(
    db: Reader, ids: Sequence[str], since: dt.date, until: dt.date
) -> defaultdict[str, list[PersonFact]]:
    touches = _touches(db, ids, since, until)
    judged = _judgements(db, ids)
    roles: defaultdict[str, set[DecisionRole]] = defaultdict(set)
    for person_id, role in db.rows(
        "SELECT r.person_id, r.role FROM person p JOIN role_in_decision r ON r.person_id = p.id"
        f" WHERE p.account_id IN ({placeholders(ids)})"
        " AND p.deleted_at IS NULL AND r.deleted_at IS NULL",
        ids,
    ):
        roles[person_id].add(DecisionRole(role))
    found: defaultdict[str, list[PersonFact]] = defaultdict(list)
    for account_id, id_, influence, support, cadence, left_on, vacant in db.rows(
        "SELECT account_id, id, influence, support, cadence_days, left_on, placeholder FROM person"
        f" WHERE account_id IN ({placeholders(ids)}) AND deleted_at IS NULL",
        ids,
    ):
        found[account_id].append(
            PersonFact(
                id_,
                influence,
                support,
                frozenset(roles[id_]),
                cadence,
                _maybe(left_on),
                bool(vacant),
                tuple(touches[id_]),
                tuple(judged[id_]),
            )
        )
    return found


def _judgements(db: Reader, ids: Sequence[str]) -> defaultdict[str, list[Judgement]]:
    """The dated judgements of influence and support by person, the oldest first.

    Before the first one counts what was there when it was noted.
    """
    rows = db.rows(
        'SELECT c.id, c.person_id, c.field, c."on", c.value FROM person p'
        " JOIN claim c ON c.person_id = p.id"
        f" WHERE p.account_id IN ({placeholders(ids)}) AND c.field IN ('support', 'influence')"
        ' AND p.deleted_at IS NULL AND c.deleted_at IS NULL ORDER BY c."on", c.id',
        ids,
    )
    first: dict[tuple[str, str], tuple[str, int | None]] = {}
    for claim_id, person_id, field, _on, value in rows:
        first.setdefault((person_id, field), (claim_id, _whole(value)))
    before = values_before(db, [(key, *what, value) for what, (key, value) in first.items()])
    found: defaultdict[str, list[Judgement]] = defaultdict(list)
    for claim_id, person_id, field, on, value in rows:
        claimed = ClaimField(field)
        if claim_id in before:
            found[person_id].append(Judgement(claimed, dt.date.min, before[claim_id]))
        found[person_id].append(Judgement(claimed, _date(on), _whole(value)))
    return found


def _whole(value: str) -> int | None:
    """A judgement as stored; an empty one says that it is unknown."""
    return int(value) if value else None


def _touches(
    db: Reader, ids: Sequence[str], since: dt.date, until: dt.date
) -> defaultdict[str, list[Touch]]:
    """Touches per person; a person may be the main one or a participant, but counts once."""
    marks = placeholders(ids)
    between = (*ids, since.isoformat(), (until + dt.timedelta(days=1)).isoformat())
    rows = db.rows(
        "SELECT person_id, kind, substr(at, 1, 10), id FROM interaction"
        f" WHERE account_id IN ({marks}) AND deleted_at IS NULL AND at >= ? AND at < ?"
        " AND person_id IS NOT NULL"
        " UNION SELECT x.person_id, i.kind, substr(i.at, 1, 10), i.id FROM interaction i"
        " JOIN interaction_person x ON x.interaction_id = i.id AND x.deleted_at IS NULL"
        f" WHERE i.account_id IN ({marks}) AND i.deleted_at IS NULL AND i.at >= ? AND i.at < ?",
        (*between, *between),
    )
    found: defaultdict[str, list[Touch]] = defaultdict(list)
    for person_id, kind, day, _id in rows:
        found[person_id].append(Touch(InteractionKind(kind), _date(day)))
    return found


def _revenue(
    db: Reader, ids: Sequence[str], since: dt.date, until: dt.date
) -> defaultdict[str, list[RevenueFact]]:
    """Entries summed by period and currency: an account may have one per order line."""
    found: defaultdict[str, list[RevenueFact]] = defaultdict(list)
    for account_id, starts_on, ends_on, currency, amount in db.rows(
        "SELECT account_id, starts_on, ends_on, currency, sum(amount_minor) FROM revenue_entry"
        f" WHERE account_id IN ({placeholders(ids)}) AND deleted_at IS NULL"
        " AND starts_on >= ? AND starts_on <= ? GROUP BY 1, 2, 3, 4",
        (*ids, since.isoformat(), until.isoformat()),
    ):
        found[account_id].append(RevenueFact(_date(starts_on), _date(ends_on), amount, currency))
    return found


def _commitments(db: Reader, ids: Sequence[str]) -> defaultdict[str, list[CommitmentFact]]:
    found: defaultdict[str, list[CommitmentFact]] = defaultdict(list)
    for account_id, side, state, made_on, due_on, closed_on in db.rows(
        "SELECT account_id, side, state, made_on, due_on, closed_on FROM commitment"
        f" WHERE account_id IN ({placeholders(ids)}) AND deleted_at IS NULL",
        ids,
    ):
        found[account_id].append(
            CommitmentFact(
                Side(side),
                CommitmentState(state),
                _maybe(made_on),
                _maybe(due_on),
                _maybe(closed_on),
            )
        )
    return found


def _observations(db: Reader, ids: Sequence[str]) -> defaultdict[str, list[ObservationFact]]:
    found: defaultdict[str, list[ObservationFact]] = defaultdict(list)
    for account_id, kind, on, value in db.rows(
        'SELECT account_id, kind, "on", value FROM observation'
        f" WHERE account_id IN ({placeholders(ids)}) AND deleted_at IS NULL",
        ids,
    ):
        found[account_id].append(ObservationFact(IndicatorKind(kind), _date(on), value))
    return found


def _contracts(db: Reader, ids: Sequence[str]) -> defaultdict[str, list[ContractFact]]:
    found: defaultdict[str, list[ContractFact]] = defaultdict(list)
    for account_id, starts_on, ends_on, notice_on in db.rows(
        "SELECT account_id, starts_on, ends_on, notice_on FROM contract"
        f" WHERE account_id IN ({placeholders(ids)}) AND deleted_at IS NULL",
        ids,
    ):
        found[account_id].append(
            ContractFact(_maybe(starts_on), _maybe(ends_on), _maybe(notice_on))
        )
    return found


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _maybe(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
