"""Planned meetings, who attends, and what is to be prepared."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kam_desktop.models.base import Entity, OfAccount, index_of_live, reference
from kam_desktop.models.types import JsonObject, Line
from kam_desktop.models.vocabulary import (
    ChecklistCondition,
    ChecklistState,
    MeetingType,
    PointKind,
    RatingCriterion,
    TeamRole,
)


class Meeting(OfAccount, kw_only=True):
    """A planned interaction. ``starts_at`` is an instant, ``zone`` the IANA zone of its place.

    ``travel_minutes`` is the way there with its buffer; ``previous_id`` the meeting a review goes
    on from; ``capture`` what was typed while it took place; ``brief`` the user's own wording of
    its brief, None as long as it is the generated one.
    """

    __tablename__ = "meeting"

    title: Mapped[Line]
    type: Mapped[MeetingType]
    starts_at: Mapped[dt.datetime] = mapped_column(info={"unit": "when"})
    zone: Mapped[str] = mapped_column(default="UTC", info={"unit": "when"})
    minutes: Mapped[int] = mapped_column(default=60)
    place: Mapped[Line] = mapped_column(default="")
    link: Mapped[Line] = mapped_column(default="", server_default="")
    travel_minutes: Mapped[int | None] = mapped_column(default=None)
    previous_id: Mapped[str | None] = reference("meeting.id", index=False)
    objective_ours: Mapped[str] = mapped_column(default="")
    objective_theirs: Mapped[str] = mapped_column(default="")
    agenda: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    next_step: Mapped[str] = mapped_column(default="")
    cancelled: Mapped[bool] = mapped_column(default=False)
    capture: Mapped[str] = mapped_column(default="", server_default="")
    brief: Mapped[JsonObject | None] = mapped_column(default=None)

    __table_args__ = (
        index_of_live("ix_meeting_starts_at", "starts_at"),
        Index("ix_meeting_account_starts_at", "account_id", "deleted_at", "starts_at"),
    )


class Attendee(Entity, kw_only=True):
    """A stakeholder or one of our team (exactly one of the two) at a meeting."""

    __tablename__ = "attendee"

    meeting_id: Mapped[str] = reference("meeting.id", nullable=False)
    person_id: Mapped[str | None] = reference("person.id")
    team_member_id: Mapped[str | None] = reference("team_member.id", index=False)
    role: Mapped[Line] = mapped_column(default="", server_default="")


class MeetingCentre(Entity, kw_only=True):
    """A buying centre that a meeting is about."""

    __tablename__ = "meeting_centre"

    meeting_id: Mapped[str] = reference("meeting.id", nullable=False)
    buying_centre_id: Mapped[str] = reference("buying_centre.id", nullable=False)


class MeetingPoint(Entity, kw_only=True):
    """A line of the agenda, a question to ask or an objection to expect, in the user's order.

    ``answer`` is what is said to it: the answer heard, or ours to an objection. ``minutes`` is the
    time an agenda line gets, ``person_id`` whom a question is for.
    """

    __tablename__ = "meeting_point"

    meeting_id: Mapped[str] = reference("meeting.id", nullable=False)
    kind: Mapped[PointKind]
    position: Mapped[int]
    text: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int | None] = mapped_column(default=None)
    person_id: Mapped[str | None] = reference("person.id", index=False)


class MeetingRating(Entity, kw_only=True):
    """What one person gave a meeting by one criterion, 1 … 5. ``rater`` is their name."""

    __tablename__ = "meeting_rating"

    meeting_id: Mapped[str] = reference("meeting.id", nullable=False)
    rater: Mapped[Line]
    criterion: Mapped[RatingCriterion]
    score: Mapped[int]


class ChecklistTemplate(Entity, kw_only=True):
    """What to prepare for one type of meeting (None: for any). Changing one makes a new version."""

    __tablename__ = "checklist_template"

    name: Mapped[Line]
    meeting_type: Mapped[MeetingType | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)
    key: Mapped[str] = mapped_column(String(80), default="")

    __table_args__ = (Index("ix_checklist_template_key", "key", "version"),)


class ChecklistTemplateItem(Entity, kw_only=True):
    """One line of a template; ``days_before`` the meeting it should be done."""

    __tablename__ = "checklist_template_item"

    template_id: Mapped[str] = reference("checklist_template.id", nullable=False)
    position: Mapped[int]
    text: Mapped[str]
    days_before: Mapped[int] = mapped_column(default=1)
    link: Mapped[str] = mapped_column(default="")
    owner_role: Mapped[TeamRole | None] = mapped_column(default=None)
    evidence: Mapped[str] = mapped_column(default="", server_default="")
    condition: Mapped[ChecklistCondition | None] = mapped_column(default=None)


class ChecklistItem(Entity, kw_only=True):
    """One line of a meeting's own checklist; ``reason`` says why it is not applicable."""

    __tablename__ = "checklist_item"

    meeting_id: Mapped[str] = reference("meeting.id", nullable=False, index=False)
    position: Mapped[int]
    text: Mapped[str]
    days_before: Mapped[int] = mapped_column(default=1)
    state: Mapped[ChecklistState] = mapped_column(
        default=ChecklistState.OPEN, info={"unit": "state"}
    )
    reason: Mapped[str] = mapped_column(default="", info={"unit": "state"})
    evidence: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[str | None] = reference("team_member.id", index=False)
    template_item_id: Mapped[str | None] = reference("checklist_template_item.id", index=False)
    link: Mapped[str] = mapped_column(default="")
    condition: Mapped[ChecklistCondition | None] = mapped_column(default=None)

    __table_args__ = (Index("ix_checklist_item_meeting", "meeting_id", "deleted_at", "position"),)
