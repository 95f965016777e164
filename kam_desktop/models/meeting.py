"""Planned meetings, who attends, and what is to be prepared."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kam_desktop.models.base import Entity, OfAccount, index_of_live, reference
from kam_desktop.models.types import Line
from kam_desktop.models.vocabulary import ChecklistState, MeetingType


class Meeting(OfAccount, kw_only=True):
    """A planned interaction. ``starts_at`` is an instant, ``zone`` the IANA zone of its place."""

    __tablename__ = "meeting"

    title: Mapped[Line]
    type: Mapped[MeetingType]
    starts_at: Mapped[dt.datetime] = mapped_column(info={"unit": "when"})
    zone: Mapped[str] = mapped_column(default="UTC", info={"unit": "when"})
    minutes: Mapped[int] = mapped_column(default=60)
    place: Mapped[Line] = mapped_column(default="")
    objective_ours: Mapped[str] = mapped_column(default="")
    objective_theirs: Mapped[str] = mapped_column(default="")
    agenda: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    next_step: Mapped[str] = mapped_column(default="")
    cancelled: Mapped[bool] = mapped_column(default=False)

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

    __table_args__ = (Index("ix_checklist_item_meeting", "meeting_id", "deleted_at", "position"),)
