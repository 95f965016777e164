"""Use cases as this room runs them. They are imported on the write lane, not with the window."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.models.vocabulary import InteractionKind

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Touch:
    """What was typed into the panel that logs a touch."""

    account_id: str
    person_ids: tuple[str, ...]
    kind: InteractionKind
    at: dt.datetime
    zone: str
    summary: str
    member_id: str | None = None


def log_touch(work: UnitOfWork, touch: Touch) -> str:
    """Keep the touch; returns its id."""
    from kam_desktop.services import interactions

    return interactions.log_touch(
        work,
        touch.account_id,
        touch.kind,
        touch.at,
        touch.person_ids,
        touch.summary,
        zone=touch.zone,
        member_id=touch.member_id,
    )


@dataclass(frozen=True, slots=True)
class TouchDraft:
    """A touch as it was edited; the first of ``person_ids`` is the main person."""

    kind: InteractionKind
    at: dt.datetime
    zone: str
    person_ids: tuple[str, ...]
    summary: str
    text: str
    member_id: str | None = None


def change_touch(work: UnitOfWork, touch_id: str, draft: TouchDraft) -> None:
    """Change everything about a touch in one step."""
    from kam_desktop.services import interactions

    interactions.set_kind(work, touch_id, draft.kind)
    interactions.set_time(work, touch_id, draft.at, draft.zone)
    interactions.set_people(work, touch_id, draft.person_ids)
    interactions.set_member(work, touch_id, draft.member_id)
    interactions.update_interaction(work, touch_id, summary=draft.summary, text=draft.text)


def delete_touch(work: UnitOfWork, touch_id: str) -> None:
    """Move a touch to the trash."""
    from kam_desktop.services import interactions

    interactions.delete_interaction(work, touch_id)
