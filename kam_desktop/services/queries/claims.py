"""What was said and seen about a person, and what of it is believed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kam_desktop.models.vocabulary import ClaimField, ClaimSource, Confidence
from kam_desktop.services.analysis.claims import (
    Freshness,
    JudgedValue,
    Stated,
    certainty,
    contradicting,
    freshness,
    newest,
    value_of,
)
from kam_desktop.services.queries.relationship_rules import relationship_rules
from kam_desktop.services.storage.reader import Reader, placeholders


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim. ``certainty`` is what it is still worth, 0 … 1; ``believed`` when it counts."""

    id: str
    field: ClaimField
    value: JudgedValue
    source: ClaimSource
    source_text: str
    confidence: Confidence
    on: dt.date
    note: str
    certainty: float
    freshness: Freshness
    believed: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """One judged field of a person: its claims, newest first, and how fresh the newest is.

    ``against`` is a claim that contradicts the one that is believed, if there is one.
    """

    field: ClaimField
    freshness: Freshness = Freshness.UNDATED
    claims: tuple[ClaimRow, ...] = ()
    against: ClaimRow | None = None

    @property
    def believed(self) -> ClaimRow | None:
        """The claim that counts."""
        return next((claim for claim in self.claims if claim.believed), None)


def judged_fields(db: Reader, person_id: str, on: dt.date) -> Mapping[ClaimField, Judged]:
    """Every judged field of a person with its claims up to day ``on``, as worth on that day."""
    rules = relationship_rules(db).claims
    notes: dict[str, str] = {}
    claims: list[Stated] = []
    for stated, note in _claims(db, person_id, on):
        claims.append(stated)
        notes[stated.key] = note
    believed = newest(claims, on)
    against = contradicting(claims, on, rules)
    rows = {
        claim.key: ClaimRow(
            claim.key,
            claim.field,
            claim.value,
            claim.source,
            claim.told_by,
            claim.confidence,
            claim.on,
            notes[claim.key],
            certainty(claim.field, claim.confidence, claim.on, on, rules),
            freshness(claim, on, rules),
            believed[claim.field] is claim,
        )
        for claim in claims
    }
    return {
        claimed: Judged(
            claimed,
            freshness(believed.get(claimed), on, rules),
            tuple(row for row in rows.values() if row.field is claimed),
            rows[against[claimed].key] if claimed in against else None,
        )
        for claimed in ClaimField
    }


def believed_by_person(
    db: Reader, person_ids: Sequence[str], on: dt.date
) -> Mapping[str, Mapping[ClaimField, tuple[dt.date, Freshness]]]:
    """The day of the claim that is believed of each person and field on day ``on``, and how far
    it has faded; people and fields without a claim are missing."""
    rules = relationship_rules(db).claims
    claims: defaultdict[str, list[Stated]] = defaultdict(list)
    for person_id, key, field, value, source, told_by, confidence, day in db.rows(
        'SELECT person_id, id, field, value, source, source_text, confidence, "on" FROM claim'
        f" WHERE person_id IN ({placeholders(person_ids)}) AND deleted_at IS NULL"
        ' AND "on" <= ?',
        (*person_ids, on.isoformat()),
    ):
        claimed = ClaimField(field)
        claims[person_id].append(
            Stated(
                key,
                claimed,
                value_of(claimed, value),
                ClaimSource(source),
                told_by,
                Confidence(confidence),
                dt.date.fromisoformat(day),
            )
        )
    return {
        person_id: {
            claimed: (claim.on, freshness(claim, on, rules))
            for claimed, claim in newest(found, on).items()
        }
        for person_id, found in claims.items()
    }


def believed_on(db: Reader, person_id: str, on: dt.date) -> Mapping[ClaimField, JudgedValue]:
    """What we believed about a person on day ``on``; fields without a claim by then are missing."""
    claims = (stated for stated, _note in _claims(db, person_id, on))
    return {claimed: claim.value for claimed, claim in newest(claims, on).items()}


def _claims(db: Reader, person_id: str, on: dt.date) -> list[tuple[Stated, str]]:
    """Claims up to a day with their notes, the newest first."""
    return [
        (
            Stated(
                claim_id,
                ClaimField(claimed),
                value_of(ClaimField(claimed), value),
                ClaimSource(source),
                source_text,
                Confidence(confidence),
                dt.date.fromisoformat(day),
            ),
            note,
        )
        for claim_id, claimed, value, source, source_text, confidence, day, note in db.rows(
            'SELECT id, field, value, source, source_text, confidence, "on", note FROM claim'
            ' WHERE person_id = ? AND deleted_at IS NULL AND "on" <= ?'
            ' ORDER BY "on" DESC, id DESC',
            (person_id, on.isoformat()),
        )
    ]
