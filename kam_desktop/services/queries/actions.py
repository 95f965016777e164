"""Actions: what ours do for an account, open and closed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kam_desktop.models.vocabulary import ActionState

if TYPE_CHECKING:
    from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action. ``owner_name`` is who of ours does it, ``step`` its step of a follow-up."""

    id: str
    account_id: str
    account_name: str
    text: str
    owner_id: str | None
    owner_name: str
    person_id: str | None
    person_name: str
    meeting_id: str | None
    meeting_title: str
    step: str
    due_on: dt.date | None
    state: ActionState
    closed_on: dt.date | None

    def days_late(self, today: dt.date) -> int:
        """Days an open action is past its date; 0 when it is in time, undated or closed."""
        if self.due_on is None or self.state is not ActionState.OPEN:
            return 0
        return max(0, (today - self.due_on).days)


@dataclass(frozen=True, slots=True)
class ActionPage:
    """Some rows of a list, and whether there are more."""

    rows: tuple[ActionRow, ...]
    more: bool


_SELECT = """
SELECT c.id, c.account_id, a.name, c.text, c.owner_id, coalesce(t.name, ''), c.person_id,
       coalesce(p.name, ''), c.meeting_id, coalesce(m.title, ''), c.step, c.due_on, c.state,
       c.closed_on
FROM action c JOIN account a ON a.id = c.account_id
LEFT JOIN team_member t ON t.id = c.owner_id LEFT JOIN person p ON p.id = c.person_id
LEFT JOIN meeting m ON m.id = c.meeting_id
"""
_LIVE = "c.deleted_at IS NULL AND a.deleted_at IS NULL"


def open_of_account(db: Reader, account_id: str, *, limit: int = 200) -> ActionPage:
    """Open actions at one account: the longest due first, undated ones last."""
    return _page(
        db,
        f"{_SELECT} WHERE {_LIVE} AND c.account_id = ? AND c.state = 'open'"
        " ORDER BY c.due_on IS NULL, c.due_on, c.id LIMIT ?",
        (account_id,),
        limit,
    )


def closed_of_account(db: Reader, account_id: str, *, limit: int = 20) -> ActionPage:
    """Actions at one account that are done or dropped, the last closed first."""
    return _page(
        db,
        f"{_SELECT} WHERE {_LIVE} AND c.account_id = ? AND c.state <> 'open'"
        " ORDER BY c.closed_on IS NULL, c.closed_on DESC, c.id DESC LIMIT ?",
        (account_id,),
        limit,
    )


def of_meeting(db: Reader, meeting_id: str, *, limit: int = 200) -> ActionPage:
    """Actions agreed on at one meeting, open ones first."""
    return _page(
        db,
        f"{_SELECT} WHERE {_LIVE} AND c.meeting_id = ?"
        " ORDER BY c.state <> 'open', c.due_on IS NULL, c.due_on, c.id LIMIT ?",
        (meeting_id,),
        limit,
    )


def _page(db: Reader, sql: str, parameters: tuple[str, ...], limit: int) -> ActionPage:
    rows = [_row(values) for values in db.rows(sql, (*parameters, limit + 1))]
    return ActionPage(tuple(rows[:limit]), len(rows) > limit)


def _row(values: tuple[Any, ...]) -> ActionRow:
    key, account, account_name, text, owner, owner_name, person, person_name, *rest = values
    meeting, meeting_title, step, due, state, closed = rest
    return ActionRow(
        id=key,
        account_id=account,
        account_name=account_name,
        text=text,
        owner_id=owner,
        owner_name=owner_name,
        person_id=person,
        person_name=person_name,
        meeting_id=meeting,
        meeting_title=meeting_title,
        step=step,
        due_on=_date(due),
        state=ActionState(state),
        closed_on=_date(closed),
    )


def _date(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
