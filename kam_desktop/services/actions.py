"""What one of ours does for an account, alone or as the steps of a follow-up sequence."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from kam_desktop.models.registry import (
    Account,
    Action,
    Meeting,
    Opportunity,
    Person,
    TeamMember,
)
from kam_desktop.models.vocabulary import ActionState
from kam_desktop.services.analysis.working_days import add_working_days, working_days_of
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.resources import resource_path

if TYPE_CHECKING:
    from kam_desktop.models.base import Entity
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

_REFERENCES: dict[str, type[Entity]] = {
    "owner_id": TeamMember,
    "person_id": Person,
    "meeting_id": Meeting,
    "opportunity_id": Opportunity,
}


def add_action(work: UnitOfWork, account_id: str, text: str, **fields: Any) -> str:
    """Add an action and return its id.

    ``fields``: ``due_on``, ``owner_id`` (one of ours), ``person_id``, ``meeting_id``,
    ``opportunity_id``, ``step``. Raises `UserError` on ``text`` when empty.
    """
    work.get(Account, account_id)
    action = Action(account_id=account_id, text=_text(text))
    _set(work, action, fields)
    work.add(action)
    return action.id


def add_action_of_mine(work: UnitOfWork, account_id: str, text: str, **fields: Any) -> str:
    """Add an action that the user does, and return its id; ``fields`` as for `add_action`."""
    me = select(TeamMember.id).where(TeamMember.is_me, TeamMember.deleted_at.is_(None))
    owner_id = work.session.scalars(me.limit(1)).first()
    return add_action(work, account_id, text, owner_id=owner_id, **fields)


def update_action(work: UnitOfWork, action_id: str, **fields: Any) -> None:
    """Change ``text`` or what `add_action` takes. Raises `UserError` as it does."""
    action = work.get(Action, action_id)
    if "text" in fields:
        action.text = _text(fields.pop("text"))
    _set(work, action, fields)


def _set(work: UnitOfWork, action: Action, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        if name in _REFERENCES and value is not None:
            work.get(_REFERENCES[name], value)
        elif name not in {*_REFERENCES, "due_on", "step"}:
            raise TypeError(f"an action has no field {name}")
        setattr(action, name, value)


def _text(text: str) -> str:
    if not text.strip():
        raise UserError(_("Say what is to be done."), field="text")
    return text.strip()


def set_action_state(work: UnitOfWork, action_id: str, state: ActionState) -> None:
    """Note that an action is done, dropped or open again."""
    action = work.get(Action, action_id)
    action.state = state
    action.closed_on = None if state is ActionState.OPEN else work.today


def delete_action(work: UnitOfWork, action_id: str) -> None:
    """Move an action to the trash."""
    work.trash(work.get(Action, action_id))


@dataclass(frozen=True, slots=True)
class FollowUpStep:
    """One step of a sequence: what to do, and how many working days after it began."""

    key: str
    text: str
    working_days: int


@lru_cache(maxsize=1)
def follow_up_steps() -> tuple[FollowUpStep, ...]:
    """The steps after a proposal: sent, confirmed, next step, urgency, next talk."""
    path = resource_path("templates/follow_up.json")
    (sequence,) = json.loads(path.read_text("utf-8"))["sequences"]
    return tuple(FollowUpStep(**step) for step in sequence["steps"])


def planned_follow_up(
    country: str, start: dt.date, steps: Sequence[FollowUpStep] | None = None
) -> list[tuple[FollowUpStep, dt.date]]:
    """The steps after a proposal sent on ``start`` with their days, working days of ``country``."""
    works = working_days_of(country)
    return [
        (step, add_working_days(start, step.working_days, works))
        for step in (steps or follow_up_steps())
    ]


def start_follow_up(
    work: UnitOfWork,
    account_id: str,
    sent_on: dt.date,
    *,
    meeting_id: str | None = None,
    opportunity_id: str | None = None,
    person_id: str | None = None,
    valid_until: dt.date | None = None,
    days: Mapping[str, dt.date | None] | None = None,
) -> list[str]:
    """Plan the steps after a proposal as actions on working days there; returns their ids.

    The first step, sending it, is done. With ``opportunity_id`` the day and the validity of the
    proposal are noted on it. ``days`` are the days of steps by their keys as the user wants them;
    None leaves a step out. Raises `UserError` on ``valid_until`` when it lies before ``sent_on``.
    """
    wanted = dict(days or {})
    account = work.get(Account, account_id)
    if valid_until is not None and valid_until < sent_on:
        raise UserError(_("The proposal would be over before it is sent."), field="valid_until")
    if opportunity_id is not None:
        opportunity = work.get(Opportunity, opportunity_id)
        opportunity.proposed_on, opportunity.valid_until = sent_on, valid_until
    ids = []
    for at, (step, planned) in enumerate(planned_follow_up(account.country, sent_on)):
        due_on = wanted.get(step.key, planned)
        if due_on is None and at:
            continue
        action_id = add_action(
            work,
            account_id,
            _(step.text),
            due_on=sent_on if at == 0 else due_on,
            step=step.key,
            meeting_id=meeting_id,
            opportunity_id=opportunity_id,
            person_id=person_id,
        )
        work.flush()
        if at == 0:
            set_action_state(work, action_id, ActionState.DONE)
        ids.append(action_id)
    return ids
