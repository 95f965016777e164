"""Promises and commercial records. Money is integer minor units with its own currency."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kam_desktop.models.base import OfAccount, index_of_live, reference
from kam_desktop.models.types import Line
from kam_desktop.models.vocabulary import CommitmentState, OpportunityState, Side


class Commitment(OfAccount, kw_only=True):
    """What either side promised, with date and evidence."""

    __tablename__ = "commitment"

    side: Mapped[Side]
    text: Mapped[str]
    person_id: Mapped[str | None] = reference("person.id")
    meeting_id: Mapped[str | None] = reference("meeting.id")
    made_on: Mapped[dt.date | None] = mapped_column(default=None)
    due_on: Mapped[dt.date | None] = mapped_column(default=None)
    state: Mapped[CommitmentState] = mapped_column(
        default=CommitmentState.OPEN, info={"unit": "state"}
    )
    closed_on: Mapped[dt.date | None] = mapped_column(default=None, info={"unit": "state"})
    evidence: Mapped[str] = mapped_column(default="")

    __table_args__ = (index_of_live("ix_commitment_state_due", "state", "due_on"),)


class Opportunity(OfAccount, kw_only=True):
    """A possible deal; ``stage`` is the source's own word, ``state`` what it means to us."""

    __tablename__ = "opportunity"

    name: Mapped[Line]
    stage: Mapped[Line] = mapped_column(default="", info={"unit": "stage"})
    state: Mapped[OpportunityState] = mapped_column(
        default=OpportunityState.OPEN, info={"unit": "stage"}
    )
    value_minor: Mapped[int | None] = mapped_column(default=None, info={"unit": "value"})
    currency: Mapped[str] = mapped_column(String(3), default="", info={"unit": "value"})
    probability: Mapped[int | None] = mapped_column(default=None)
    close_on: Mapped[dt.date | None] = mapped_column(default=None)
    person_id: Mapped[str | None] = reference("person.id", index=False)
    kind: Mapped[Line] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    proposed_on: Mapped[dt.date | None] = mapped_column(default=None, info={"unit": "proposal"})
    valid_until: Mapped[dt.date | None] = mapped_column(default=None, info={"unit": "proposal"})

    __table_args__ = (index_of_live("ix_opportunity_valid_until", "valid_until"),)


class Contract(OfAccount, kw_only=True):
    """An agreement with its dates; ``notice_on`` is the last day to give notice."""

    __tablename__ = "contract"

    name: Mapped[Line]
    starts_on: Mapped[dt.date | None] = mapped_column(default=None)
    ends_on: Mapped[dt.date | None] = mapped_column(default=None)
    notice_on: Mapped[dt.date | None] = mapped_column(default=None)
    value_minor: Mapped[int | None] = mapped_column(default=None, info={"unit": "value"})
    currency: Mapped[str] = mapped_column(String(3), default="", info={"unit": "value"})
    text: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        index_of_live("ix_contract_notice", "notice_on"),
        index_of_live("ix_contract_ends", "ends_on"),
    )


class RevenueEntry(OfAccount, kw_only=True):
    """Income (and its cost, when known) of a period, or of one day when both dates are equal."""

    __tablename__ = "revenue_entry"

    starts_on: Mapped[dt.date] = mapped_column(info={"unit": "period"})
    ends_on: Mapped[dt.date] = mapped_column(info={"unit": "period"})
    amount_minor: Mapped[int] = mapped_column(info={"unit": "amount"})
    cost_minor: Mapped[int | None] = mapped_column(default=None, info={"unit": "amount"})
    currency: Mapped[str] = mapped_column(String(3), info={"unit": "amount"})
    buying_centre_id: Mapped[str | None] = reference("buying_centre.id", index=False)
    number: Mapped[Line] = mapped_column(default="")

    __table_args__ = (
        Index("ix_revenue_entry_account_starts", "account_id", "deleted_at", "starts_on"),
    )
