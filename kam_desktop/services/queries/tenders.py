"""Tenders with their gates, and reviews among ourselves that come back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.models.vocabulary import Rhythm

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class GateRow:
    """Something to be reached by the day ``on``; ``done_on`` None while it is not."""

    id: str
    tender_id: str
    name: str
    on: dt.date
    done_on: dt.date | None

    def missed(self, today: dt.date) -> bool:
        """Whether its day has passed and it is not reached."""
        return self.done_on is None and self.on < today


@dataclass(frozen=True, slots=True)
class TenderRow:
    """A tender and its gates by day; ``opportunity`` is the name of the deal it is about."""

    id: str
    account_id: str
    name: str
    award_on: dt.date
    opportunity_id: str | None
    opportunity: str
    gates: tuple[GateRow, ...]

    def missed(self, today: dt.date) -> tuple[GateRow, ...]:
        """The gates whose day has passed without being reached."""
        return tuple(gate for gate in self.gates if gate.missed(today))

    def next_gate(self, today: dt.date) -> GateRow | None:
        """The first gate still to be reached from ``today`` on."""
        ahead = (gate for gate in self.gates if gate.done_on is None and gate.on >= today)
        return next(ahead, None)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A recurring review among ourselves, and when it is due next."""

    id: str
    account_id: str
    name: str
    rhythm: Rhythm
    next_on: dt.date


def of_account(db: Reader, account_id: str, *, limit: int = 50) -> list[TenderRow]:
    """The tenders of one account, the last award first, each with its gates by day."""
    tenders = db.rows(
        "SELECT t.id, t.account_id, t.name, t.award_on, t.opportunity_id, coalesce(o.name, '')"
        " FROM tender t LEFT JOIN opportunity o ON o.id = t.opportunity_id"
        " AND o.deleted_at IS NULL WHERE t.account_id = ? AND t.deleted_at IS NULL"
        " ORDER BY t.award_on DESC, t.id LIMIT ?",
        (account_id, limit),
    )
    return [
        TenderRow(key, account, name, _day(award), deal, deal_name, _gates(db, key))
        for key, account, name, award, deal, deal_name in tenders
    ]


def _gates(db: Reader, tender_id: str) -> tuple[GateRow, ...]:
    rows = db.rows(
        'SELECT id, tender_id, name, "on", done_on FROM tender_gate'
        ' WHERE tender_id = ? AND deleted_at IS NULL ORDER BY "on", position, id',
        (tender_id,),
    )
    return tuple(_gate(*row) for row in rows)


def reviews_of_account(db: Reader, account_id: str, *, limit: int = 50) -> list[ReviewRow]:
    """The recurring reviews of one account, the next one first."""
    rows = db.rows(
        "SELECT id, account_id, name, rhythm, next_on FROM internal_review"
        " WHERE account_id = ? AND deleted_at IS NULL ORDER BY next_on, id LIMIT ?",
        (account_id, limit),
    )
    return [
        ReviewRow(key, account, name, Rhythm(rhythm), _day(on))
        for key, account, name, rhythm, on in rows
    ]


def _gate(key: str, tender: str, name: str, on: str, done: str | None) -> GateRow:
    return GateRow(key, tender, name, _day(on), None if done is None else _day(done))


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
