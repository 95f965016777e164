"""The people who matter to decisions, the roles they play, and our own team."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, String
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column, validates

from kam_desktop.models.base import Entity, OfAccount, index_of_live, reference
from kam_desktop.models.text import clean_line, sort_key
from kam_desktop.models.types import Line
from kam_desktop.models.vocabulary import (
    ClaimField,
    ClaimSource,
    Confidence,
    ContactCoverage,
    DecisionRole,
    Orientation,
    PersonalKind,
    RelationshipLevel,
    TeamContactState,
    TeamRole,
)


class Person(OfAccount, kw_only=True):
    """A stakeholder. ``support`` (−2 … +2) and ``influence`` (0 … 10) are None while unknown.

    ``name`` is the full display name in the order its owner writes it; a vacant seat
    (``placeholder``) has an empty name and a title. ``step`` is what takes us from ``level`` to
    ``level_wanted``; ``photo_sha256`` names an `AttachmentContent`.
    """

    __tablename__ = "person"

    name: Mapped[Line] = mapped_column(default="", info={"unit": "name"})
    name_key: Mapped[str] = mapped_column(init=False, default="", info={"unit": "name"})
    given_name: Mapped[Line] = mapped_column(default="", info={"unit": "name_parts"})
    family_name: Mapped[Line] = mapped_column(default="", info={"unit": "name_parts"})
    title: Mapped[Line] = mapped_column(default="")
    buying_centre_id: Mapped[str | None] = reference("buying_centre.id")
    email: Mapped[Line] = mapped_column(default="")
    phone: Mapped[Line] = mapped_column(default="")
    mobile: Mapped[Line] = mapped_column(default="")
    support: Mapped[int | None] = mapped_column(default=None)
    influence: Mapped[int | None] = mapped_column(default=None)
    coverage: Mapped[ContactCoverage | None] = mapped_column(default=None)
    level: Mapped[RelationshipLevel | None] = mapped_column(default=None)
    level_wanted: Mapped[RelationshipLevel | None] = mapped_column(default=None)
    step: Mapped[str] = mapped_column(default="", server_default="", info={"unit": "step"})
    step_due: Mapped[dt.date | None] = mapped_column(default=None, info={"unit": "step"})
    orientation: Mapped[Orientation | None] = mapped_column(default=None)
    style: Mapped[Line] = mapped_column(default="")
    cadence_days: Mapped[int | None] = mapped_column(default=None)
    owner_id: Mapped[str | None] = reference("team_member.id", index=False)
    languages: Mapped[Line] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    placeholder: Mapped[bool] = mapped_column(default=False)
    external: Mapped[bool] = mapped_column(default=False)
    left_on: Mapped[dt.date | None] = mapped_column(default=None)
    went_to: Mapped[Line] = mapped_column(default="", server_default="", info={"unit": "went_to"})
    went_to_account_id: Mapped[str | None] = reference(
        "account.id", index=False, info={"unit": "went_to"}
    )
    photo_sha256: Mapped[str | None] = mapped_column(String(64), default=None)

    __table_args__ = (
        index_of_live("ix_person_list", "name_key", "id"),
        Index("ix_person_email", "email"),
    )

    @validates("name")
    def _keep_key(self, _key: str, value: str) -> str:
        self.name_key = sort_key(clean_line(value))
        return value


class RoleInDecision(Entity, kw_only=True):
    """One decision role of one person, in one buying centre or (None) in the whole account."""

    __tablename__ = "role_in_decision"

    person_id: Mapped[str] = reference("person.id", nullable=False)
    role: Mapped[DecisionRole]
    buying_centre_id: Mapped[str | None] = reference("buying_centre.id")


class Claim(Entity, kw_only=True):
    """What somebody said or saw about a person on a day. The newest one of a field is believed.

    ``value`` is the stored value of the field as text, '' for *unknown*. ``source_text`` names who
    or what the source was; a touch or meeting may be it.
    """

    __tablename__ = "claim"

    person_id: Mapped[str] = reference("person.id", nullable=False)
    field: Mapped[ClaimField]
    value: Mapped[str] = mapped_column(default="")
    source: Mapped[ClaimSource] = mapped_column(info={"unit": "source"})
    source_text: Mapped[str] = mapped_column(default="", info={"unit": "source"})
    confidence: Mapped[Confidence]
    on: Mapped[dt.date]
    note: Mapped[str] = mapped_column(default="")
    interaction_id: Mapped[str | None] = reference("interaction.id", index=False)
    meeting_id: Mapped[str | None] = reference("meeting.id", index=False)


class PersonalFact(Entity, kw_only=True):
    """Something private about a person, in a compartment of its own that no handout reads.

    ``day`` is the day of a birthday (year 4 when the year is unknown). ``purpose`` and ``source``
    say why it is kept and where it comes from, ``review_on`` when that is looked at again.
    """

    __tablename__ = "personal_fact"

    person_id: Mapped[str] = reference("person.id", nullable=False)
    kind: Mapped[PersonalKind]
    text: Mapped[str] = mapped_column(default="")
    day: Mapped[dt.date | None] = mapped_column(default=None)
    purpose: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    noted_on: Mapped[dt.date]
    review_on: Mapped[dt.date | None] = mapped_column(default=None)

    __table_args__ = (
        # By month and day: whose birthday comes next.
        Index(
            "ix_personal_fact_birthday",
            sql_text("substr(day, 6)"),
            sqlite_where=sql_text("kind = 'birthday' AND deleted_at IS NULL"),
        ),
    )


class PersonVCard(Entity, kw_only=True):
    """The vCard a person was read from, without its photo: what we have no field for is kept."""

    __tablename__ = "person_vcard"

    person_id: Mapped[str] = reference("person.id", nullable=False)
    text: Mapped[str]


class TeamMember(Entity, kw_only=True):
    """One of ours."""

    __tablename__ = "team_member"

    name: Mapped[Line]
    role: Mapped[TeamRole] = mapped_column(default=TeamRole.OTHER)
    title: Mapped[Line] = mapped_column(default="", server_default="")
    email: Mapped[Line] = mapped_column(default="")
    phone: Mapped[Line] = mapped_column(default="")
    is_me: Mapped[bool] = mapped_column(default=False)
    external_key: Mapped[str] = mapped_column(String(200), default="")
    left_on: Mapped[dt.date | None] = mapped_column(default=None)


class AccountTeamMember(OfAccount, kw_only=True):
    """One of ours who works for an account, in one role; e.g. its executive sponsor."""

    __tablename__ = "account_team"

    member_id: Mapped[str] = reference("team_member.id", nullable=False)
    role: Mapped[TeamRole]


class TeamContact(Entity, kw_only=True):
    """How well one of ours knows a person: a cell of the coverage matrix. No cell is *unknown*."""

    __tablename__ = "team_contact"

    person_id: Mapped[str] = reference("person.id", nullable=False)
    member_id: Mapped[str] = reference("team_member.id", nullable=False)
    state: Mapped[TeamContactState]
    note: Mapped[str] = mapped_column(default="", server_default="")
    on: Mapped[dt.date | None] = mapped_column(default=None)


class DismissedSuggestion(OfAccount, kw_only=True):
    """A suggestion the user said no to; ``key`` is what `services/suggestions` calls it."""

    __tablename__ = "dismissed_suggestion"

    key: Mapped[str] = mapped_column(String(300))
