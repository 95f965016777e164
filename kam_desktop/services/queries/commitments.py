"""Commitments of both sides: open, late, and what became of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kam_desktop.models.vocabulary import CommitmentState, Side
from kam_desktop.services.analysis.health_facts import CommitmentFact

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One promise. ``person_name`` is who gave it (theirs) or to whom we gave it (ours)."""

    id: str
    account_id: str
    account_name: str
    side: Side
    text: str
    person_id: str | None
    person_name: str
    meeting_id: str | None
    made_on: dt.date | None
    due_on: dt.date | None
    state: CommitmentState
    closed_on: dt.date | None
    evidence: str

    def days_late(self, today: dt.date) -> int:
        """Days past the due date, until today while open or until it was kept; 0 when in time."""
        if self.due_on is None:
            return 0
        if self.state is CommitmentState.OPEN:
            return max(0, (today - self.due_on).days)
        if self.state is CommitmentState.KEPT and self.closed_on is not None:
            return max(0, (self.closed_on - self.due_on).days)
        return 0

    def late(self, today: dt.date) -> bool:
        """Whether it is open past its due date, or was kept after it."""
        return self.days_late(today) > 0


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    """Some rows of a list, and whether there are more."""

    rows: tuple[CommitmentRow, ...]
    more: bool


_SELECT = """
SELECT c.id, c.account_id, a.name, c.side, c.text, c.person_id, coalesce(p.name, ''), c.meeting_id,
       c.made_on, c.due_on, c.state, c.closed_on, c.evidence
FROM commitment c JOIN account a ON a.id = c.account_id LEFT JOIN person p ON p.id = c.person_id
"""
_LIVE = "c.deleted_at IS NULL AND a.deleted_at IS NULL"


def open_of_account(db: Reader, account_id: str, *, limit: int = 200) -> list[CommitmentRow]:
    """Open promises of both sides at one account: the longest due first, undated ones last."""
    return _rows(
        db,
        # "+" keeps SQLite from walking everybody's open promises to find those of one account.
        f"{_SELECT} WHERE {_LIVE} AND c.account_id = ? AND +c.state = 'open'"
        " ORDER BY c.due_on IS NULL, c.due_on, c.id LIMIT ?",
        (account_id, limit),
    )


def of_account(db: Reader, account_id: str, *, limit: int = 200, offset: int = 0) -> CommitmentPage:
    """All promises at one account: open ones first, then the last closed."""
    rows = _rows(
        db,
        f"{_SELECT} WHERE {_LIVE} AND c.account_id = ?"
        " ORDER BY c.state <> 'open', CASE WHEN c.state = 'open' THEN c.due_on IS NULL END,"
        " CASE WHEN c.state = 'open' THEN c.due_on END, c.closed_on DESC, c.id DESC"
        " LIMIT ? OFFSET ?",
        (account_id, limit + 1, offset),
    )
    return CommitmentPage(tuple(rows[:limit]), len(rows) > limit)


def settled_of_account(
    db: Reader, account_id: str, *, side: Side | None = None, limit: int = 20
) -> CommitmentPage:
    """Promises at one account that were kept, broken or withdrawn, the last closed first.

    Of one side, or of both when ``side`` is None.
    """
    rows = _rows(
        db,
        f"{_SELECT} WHERE {_LIVE} AND c.account_id = ?1 AND c.state <> 'open'"
        " AND (?2 IS NULL OR c.side = ?2)"
        " ORDER BY c.closed_on IS NULL, c.closed_on DESC, c.id DESC LIMIT ?3",
        (account_id, None if side is None else side.value, limit + 1),
    )
    return CommitmentPage(tuple(rows[:limit]), len(rows) > limit)


def kept_of_account(
    db: Reader, account_id: str, first: dt.date, *, limit: int = 200
) -> CommitmentPage:
    """Promises of both sides that were kept on ``first`` or later, the last one first."""
    rows = _rows(
        db,
        f"{_SELECT} WHERE {_LIVE} AND c.account_id = ? AND c.state IN ('kept', 'late')"
        " AND coalesce(c.closed_on, c.due_on) >= ?"
        " ORDER BY coalesce(c.closed_on, c.due_on) DESC, c.id DESC LIMIT ?",
        (account_id, first.isoformat(), limit + 1),
    )
    return CommitmentPage(tuple(rows[:limit]), len(rows) > limit)


def facts_of_account(db: Reader, account_id: str) -> list[CommitmentFact]:
    """What `on_time` is computed from: every promise of one account."""
    rows = db.rows(
        "SELECT side, state, made_on, due_on, closed_on FROM commitment"
        " WHERE account_id = ? AND deleted_at IS NULL",
        (account_id,),
    )
    return [
        CommitmentFact(Side(side), CommitmentState(state), _date(made), _date(due), _date(closed))
        for side, state, made, due, closed in rows
    ]


def overdue(db: Reader, today: dt.date, *, limit: int = 20) -> CommitmentPage:
    """Open promises of both sides past their date, at all accounts; the longest due first."""
    rows = _rows(
        db,
        f"{_SELECT} WHERE {_LIVE} AND c.state = 'open' AND c.due_on < ? ORDER BY c.due_on LIMIT ?",
        (today.isoformat(), limit + 1),
    )
    return CommitmentPage(tuple(rows[:limit]), len(rows) > limit)


def due_between(db: Reader, first: dt.date, last: dt.date, *, limit: int = 20) -> CommitmentPage:
    """Open promises due from ``first`` to ``last``, the next one first."""
    rows = _rows(
        db,
        f"{_SELECT} WHERE {_LIVE} AND c.state = 'open' AND c.due_on BETWEEN ? AND ?"
        " ORDER BY c.due_on LIMIT ?",
        (first.isoformat(), last.isoformat(), limit + 1),
    )
    return CommitmentPage(tuple(rows[:limit]), len(rows) > limit)


def of_meeting(db: Reader, meeting_id: str) -> list[CommitmentRow]:
    """Promises given at one meeting."""
    return _rows(db, f"{_SELECT} WHERE {_LIVE} AND c.meeting_id = ? ORDER BY c.id", (meeting_id,))


def _rows(db: Reader, sql: str, parameters: tuple[object, ...]) -> list[CommitmentRow]:
    return [_row(values) for values in db.rows(sql, parameters)]


def _row(values: tuple[Any, ...]) -> CommitmentRow:
    key, account, name, side, text, person, person_name, meeting, *rest = values
    made, due, state, closed, evidence = rest
    return CommitmentRow(
        id=key,
        account_id=account,
        account_name=name,
        side=Side(side),
        text=text,
        person_id=person,
        person_name=person_name,
        meeting_id=meeting,
        made_on=_date(made),
        due_on=_date(due),
        state=CommitmentState(state),
        closed_on=_date(closed),
        evidence=evidence,
    )


def _date(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
