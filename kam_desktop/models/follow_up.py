"""What is to be done after a meeting and around a tender, and what comes back by itself."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from kam_desktop.models.base import Entity, OfAccount, index_of_live, reference
from kam_desktop.models.types import Line
from kam_desktop.models.vocabulary import ActionState, Rhythm


class Action(OfAccount, kw_only=True):
    """Something one of ours does for an account; nobody outside was promised it.

    ``step`` is its step of a follow-up sequence ('' for none), ``due_on`` a day.
    """

    __tablename__ = "action"

    text: Mapped[str]
    owner_id: Mapped[str | None] = reference("team_member.id", index=False)
    person_id: Mapped[str | None] = reference("person.id")
    meeting_id: Mapped[str | None] = reference("meeting.id")
    opportunity_id: Mapped[str | None] = reference("opportunity.id", index=False)
    step: Mapped[Line] = mapped_column(default="")
    due_on: Mapped[dt.date | None] = mapped_column(default=None)
    state: Mapped[ActionState] = mapped_column(default=ActionState.OPEN, info={"unit": "state"})
    closed_on: Mapped[dt.date | None] = mapped_column(default=None, info={"unit": "state"})

    __table_args__ = (index_of_live("ix_action_state_due", "state", "due_on"),)


class Tender(OfAccount, kw_only=True):
    """A tender of the client's; its gates are counted back from ``award_on``."""

    __tablename__ = "tender"

    name: Mapped[Line]
    award_on: Mapped[dt.date]
    opportunity_id: Mapped[str | None] = reference("opportunity.id", index=False)


class TenderGate(Entity, kw_only=True):
    """Something that must be reached by a day before the award."""

    __tablename__ = "tender_gate"

    tender_id: Mapped[str] = reference("tender.id", nullable=False)
    position: Mapped[int]
    name: Mapped[Line]
    on: Mapped[dt.date]
    done_on: Mapped[dt.date | None] = mapped_column(default=None)

    __table_args__ = (index_of_live("ix_tender_gate_on", "on"),)


class InternalReview(OfAccount, kw_only=True):
    """A talk among ourselves about an account that comes back in a rhythm; ``next_on`` a day."""

    __tablename__ = "internal_review"

    name: Mapped[Line]
    rhythm: Mapped[Rhythm]
    next_on: Mapped[dt.date]

    __table_args__ = (index_of_live("ix_internal_review_next", "next_on"),)
