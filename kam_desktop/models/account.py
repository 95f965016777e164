"""The client company and the units of it that decide on their own."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, validates

from kam_desktop.models.base import Entity, OfAccount, index_of_live, reference
from kam_desktop.models.text import clean_line, sort_key
from kam_desktop.models.types import JsonObject, Line
from kam_desktop.models.vocabulary import Tier

_ADDRESS = {"unit": "address"}
_REVENUE = {"unit": "annual_revenue"}


class Account(Entity, kw_only=True):
    """A client company; ``parent_id`` is its group."""

    __tablename__ = "account"

    name: Mapped[Line] = mapped_column(info={"unit": "name"})
    name_key: Mapped[str] = mapped_column(init=False, default="", info={"unit": "name"})
    tier: Mapped[Tier] = mapped_column(default=Tier.REGULAR)
    parent_id: Mapped[str | None] = reference("account.id")
    owner_id: Mapped[str | None] = reference("team_member.id", index=False)
    number: Mapped[Line] = mapped_column(default="")
    industry: Mapped[Line] = mapped_column(default="")
    kind: Mapped[Line] = mapped_column(default="")
    website: Mapped[Line] = mapped_column(default="")
    phone: Mapped[Line] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="", info=_ADDRESS)
    city: Mapped[Line] = mapped_column(default="", info=_ADDRESS)
    region: Mapped[Line] = mapped_column(default="", info=_ADDRESS)
    postcode: Mapped[Line] = mapped_column(default="", info=_ADDRESS)
    country: Mapped[Line] = mapped_column(default="", info=_ADDRESS)
    time_zone: Mapped[Line] = mapped_column(default="")
    employees: Mapped[int | None] = mapped_column(default=None)
    annual_revenue_minor: Mapped[int | None] = mapped_column(default=None, info=_REVENUE)
    annual_revenue_currency: Mapped[str] = mapped_column(String(3), default="", info=_REVENUE)
    about: Mapped[str] = mapped_column(default="")
    history: Mapped[str] = mapped_column(default="")
    strategy: Mapped[str] = mapped_column(default="")
    competitors: Mapped[str] = mapped_column(default="")
    pain_points: Mapped[str] = mapped_column(default="")

    __table_args__ = (index_of_live("ix_account_list", "name_key", "id"),)

    @validates("name")
    def _keep_key(self, _key: str, value: str) -> str:
        self.name_key = sort_key(clean_line(value))
        return value


class BuyingCentre(OfAccount, kw_only=True):
    """A division, plant or country of the account that decides on its own.

    ``quota`` says how many people of each decision role it needs; None: as the rules say.
    """

    __tablename__ = "buying_centre"

    name: Mapped[Line]
    place: Mapped[Line] = mapped_column(default="")
    quota: Mapped[JsonObject | None] = mapped_column(default=None)
