"""Touches that took place, and notes."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from kam_desktop.models.base import Entity, OfAccount, index_of_live, reference
from kam_desktop.models.types import Line
from kam_desktop.models.vocabulary import InteractionKind


class Interaction(OfAccount, kw_only=True):
    """One contact that took place. ``person_id`` is the main person; others are participants.

    ``member_id`` is who of ours it was with, None while nobody said.
    """

    __tablename__ = "interaction"

    kind: Mapped[InteractionKind]
    at: Mapped[dt.datetime] = mapped_column(info={"unit": "when"})
    zone: Mapped[str] = mapped_column(default="UTC", info={"unit": "when"})
    person_id: Mapped[str | None] = reference("person.id", index=False)
    meeting_id: Mapped[str | None] = reference("meeting.id")
    summary: Mapped[Line] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    member_id: Mapped[str | None] = reference("team_member.id", index=False)

    __table_args__ = (
        Index("ix_interaction_account_at", "account_id", "deleted_at", "at"),
        Index("ix_interaction_person_at", "person_id", "deleted_at", "at"),
        index_of_live("ix_interaction_at", "at"),
    )


class InteractionPerson(Entity, kw_only=True):
    """A further person who took part in an interaction."""

    __tablename__ = "interaction_person"

    interaction_id: Mapped[str] = reference("interaction.id", nullable=False)
    person_id: Mapped[str] = reference("person.id", nullable=False)


class Note(OfAccount, kw_only=True):
    """Free text kept with an account or one of its people."""

    __tablename__ = "note"

    text: Mapped[str]
    at: Mapped[dt.datetime]
    person_id: Mapped[str | None] = reference("person.id")
    pinned: Mapped[bool] = mapped_column(default=False)
