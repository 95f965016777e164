"""The people who matter to decisions, the roles they play, and our own team."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column, validates

from kam_desktop.models.base import Entity, OfAccount, index_of_live, reference
from kam_desktop.models.text import sort_key
from kam_desktop.models.vocabulary import (
    ContactCoverage,
    DecisionRole,
    Orientation,
    RelationshipLevel,
    TeamRole,
)


class Person(OfAccount, kw_only=True):
    """A stakeholder. ``support`` (−2 … +2) and ``influence`` (0 … 10) are None while unknown.

    ``name`` is the full display name in the order its owner writes it; a vacant seat
    (``placeholder``) has an empty name and a title.
    """

    __tablename__ = "person"

    name: Mapped[str] = mapped_column(default="", info={"unit": "name"})
    name_key: Mapped[str] = mapped_column(init=False, default="", info={"unit": "name"})
    given_name: Mapped[str] = mapped_column(default="", info={"unit": "name_parts"})
    family_name: Mapped[str] = mapped_column(default="", info={"unit": "name_parts"})
    title: Mapped[str] = mapped_column(default="")
    buying_centre_id: Mapped[str | None] = reference("buying_centre.id")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    mobile: Mapped[str] = mapped_column(default="")
    support: Mapped[int | None] = mapped_column(default=None)
    influence: Mapped[int | None] = mapped_column(default=None)
    coverage: Mapped[ContactCoverage | None] = mapped_column(default=None)
    level: Mapped[RelationshipLevel | None] = mapped_column(default=None)
    level_wanted: Mapped[RelationshipLevel | None] = mapped_column(default=None)
    orientation: Mapped[Orientation | None] = mapped_column(default=None)
    style: Mapped[str] = mapped_column(default="")
    cadence_days: Mapped[int | None] = mapped_column(default=None)
    owner_id: Mapped[str | None] = reference("team_member.id", index=False)
    languages: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    placeholder: Mapped[bool] = mapped_column(default=False)
    external: Mapped[bool] = mapped_column(default=False)
    left_on: Mapped[dt.date | None] = mapped_column(default=None)

    __table_args__ = (
        index_of_live("ix_person_list", "name_key", "id"),
        Index("ix_person_email", "email"),
    )

    @validates("name")
    def _keep_key(self, _key: str, value: str) -> str:
        self.name_key = sort_key(value)
        return value


class RoleInDecision(Entity, kw_only=True):
    """One decision role of one person, in one buying centre or (None) in the whole account."""

    __tablename__ = "role_in_decision"

    person_id: Mapped[str] = reference("person.id", nullable=False)
    role: Mapped[DecisionRole]
    buying_centre_id: Mapped[str | None] = reference("buying_centre.id")


class TeamMember(Entity, kw_only=True):
    """One of ours."""

    __tablename__ = "team_member"

    name: Mapped[str]
    role: Mapped[TeamRole] = mapped_column(default=TeamRole.OTHER)
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    is_me: Mapped[bool] = mapped_column(default=False)
    external_key: Mapped[str] = mapped_column(String(200), default="")
