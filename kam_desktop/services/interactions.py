"""Touches: contacts that took place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypedDict, Unpack

from sqlalchemy import select

from kam_desktop.models.registry import (
    Account,
    Interaction,
    InteractionPerson,
    Person,
    TeamMember,
)
from kam_desktop.models.vocabulary import InteractionKind
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.zones import UTC_ZONE, zone_info

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

CLOCK_TOLERANCE = dt.timedelta(minutes=5)
"""How far a touch may lie ahead of this computer's clock, since clocks differ a little."""


class InteractionTexts(TypedDict, total=False):
    """What can be written about an interaction at any time."""

    summary: str
    text: str


def log_touch(
    work: UnitOfWork,
    account_id: str,
    kind: InteractionKind,
    at: dt.datetime,
    person_ids: Sequence[str],
    summary: str,
    *,
    text: str = "",
    zone: str = UTC_ZONE,
    meeting_id: str | None = None,
    member_id: str | None = None,
) -> str:
    """Keep a contact that took place at the aware instant ``at`` and return its id.

    The first of ``person_ids`` is the main person, the others took part; the list may be empty.
    ``member_id`` is who of ours it was with, None while nobody says.
    Raises `UserError`: field ``at`` for a time to come, ``zone`` for an unknown zone.
    """
    work.get(Account, account_id)
    _check_time(work, at)
    zone_info(zone)
    people = _existing(work, person_ids)
    interaction = Interaction(
        account_id=account_id,
        kind=kind,
        at=at,
        zone=zone,
        person_id=people[0] if people else None,
        meeting_id=meeting_id,
        member_id=_member(work, member_id),
        summary=summary.strip(),
        text=text.strip(),
    )
    work.add(interaction)
    work.flush()
    for person_id in people[1:]:
        work.add(InteractionPerson(interaction_id=interaction.id, person_id=person_id))
    return interaction.id


def update_interaction(
    work: UnitOfWork, interaction_id: str, **texts: Unpack[InteractionTexts]
) -> None:
    """Change what is written about an interaction."""
    interaction = work.get(Interaction, interaction_id)
    for name, value in texts.items():
        setattr(interaction, name, str(value).strip())


def set_kind(work: UnitOfWork, interaction_id: str, kind: InteractionKind) -> None:
    """Change the kind of an interaction."""
    work.get(Interaction, interaction_id).kind = kind


def set_time(work: UnitOfWork, interaction_id: str, at: dt.datetime, zone: str) -> None:
    """Change when an interaction took place; raises `UserError` as `log_touch`."""
    interaction = work.get(Interaction, interaction_id)
    _check_time(work, at)
    zone_info(zone)
    interaction.at = at
    interaction.zone = zone


def set_people(work: UnitOfWork, interaction_id: str, person_ids: Sequence[str]) -> None:
    """Say who took part; the first is the main person."""
    interaction = work.get(Interaction, interaction_id)
    people = _existing(work, person_ids)
    interaction.person_id = people[0] if people else None
    others = set(people[1:])
    for row in _participants(work, interaction_id):
        if row.person_id in others:
            others.remove(row.person_id)
        else:
            work.trash(row)
    for person_id in people[1:]:
        if person_id in others:
            work.add(InteractionPerson(interaction_id=interaction_id, person_id=person_id))


def set_member(work: UnitOfWork, interaction_id: str, member_id: str | None) -> None:
    """Say who of ours it was with; None when nobody says."""
    work.get(Interaction, interaction_id).member_id = _member(work, member_id)


def delete_interaction(work: UnitOfWork, interaction_id: str) -> None:
    """Move an interaction to the trash."""
    work.trash(work.get(Interaction, interaction_id))


def _participants(work: UnitOfWork, interaction_id: str) -> list[InteractionPerson]:
    work.flush()
    return list(
        work.session.scalars(
            select(InteractionPerson).where(
                InteractionPerson.interaction_id == interaction_id,
                InteractionPerson.deleted_at.is_(None),
            )
        )
    )


def _existing(work: UnitOfWork, person_ids: Sequence[str]) -> list[str]:
    return [work.get(Person, person_id).id for person_id in dict.fromkeys(person_ids)]


def _member(work: UnitOfWork, member_id: str | None) -> str | None:
    return None if member_id is None else work.get(TeamMember, member_id).id


def _check_time(work: UnitOfWork, at: dt.datetime) -> None:
    if at > work.now + CLOCK_TOLERANCE:
        raise UserError(
            _("This time is still to come. Plan a meeting instead, or choose an earlier time."),
            field="at",
        )
