"""What comes after a meeting: the next step with its day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import select

from kam_desktop.models.registry import Action, Meeting
from kam_desktop.models.vocabulary import ActionState
from kam_desktop.services import actions, meetings
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.capture import NEXT_STEP

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


def set_next_step(work: UnitOfWork, meeting_id: str, text: str, due_on: dt.date | None) -> None:
    """Keep what comes next; with a day it is an action as well, so that it is not forgotten.

    Raises `UserError` (field ``next_step``) for a day without a text.
    """
    meetings.update_meeting(work, meeting_id, next_step=text)
    action = _action(work, meeting_id)
    if due_on is not None and not text.strip():
        raise UserError(_("Write what the next step is."), field="next_step")
    if due_on is None:
        if action is not None:
            work.trash(action)
    elif action is not None:
        actions.update_action(work, action.id, text=text, due_on=due_on)
    else:
        account_id = work.get(Meeting, meeting_id).account_id
        actions.add_action(
            work, account_id, text, due_on=due_on, meeting_id=meeting_id, step=NEXT_STEP
        )


def _action(work: UnitOfWork, meeting_id: str) -> Action | None:
    work.flush()
    there = select(Action).where(
        Action.meeting_id == meeting_id,
        Action.step == NEXT_STEP,
        Action.state == ActionState.OPEN,
        Action.deleted_at.is_(None),
    )
    return work.session.scalars(there).first()
