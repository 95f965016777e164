"""The fields an import can fill, per kind of record: their names on screen and their types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kam_desktop.services.i18n import _


class Kind(StrEnum):
    """What the rows of a table are. The order is the order of importing."""

    ACCOUNTS = "accounts"
    PEOPLE = "people"
    OPPORTUNITIES = "opportunities"
    REVENUE = "revenue"
    INTERACTIONS = "interactions"


class Type(StrEnum):
    """How a cell is understood."""

    TEXT = "text"
    LINE = "line"
    KEY = "key"
    EMAIL = "email"
    WHOLE = "whole"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    PERIOD = "period"
    INSTANT = "instant"
    TIME = "time"
    YES_NO = "yes_no"
    TIER = "tier"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a column can mean. ``column`` is where it is stored, empty when it is not."""

    name: str
    type: Type
    column: str = ""
    required: bool = False
    several: bool = False
    """Whether more than one column may be recognised as this; the first filled cell counts."""


def _by_name(*fields: Field) -> Mapping[str, Field]:
    return {field.name: field for field in fields}


def _text(name: str) -> Field:
    return Field(name, Type.TEXT, name)


def _line(name: str, *, required: bool = False) -> Field:
    return Field(name, Type.LINE, name, required)


def _told(name: str, type_: Type = Type.LINE) -> Field:
    """A field that helps to find a record and is not stored as such."""
    return Field(name, type_)


_ACCOUNT_OF = (_told("account_key", Type.KEY), _told("account_name"))
_PERSON_OF = (
    _told("person_key", Type.KEY),
    _told("person_name"),
    _told("person_email", Type.EMAIL),
)

FIELDS: Mapping[Kind, Mapping[str, Field]] = {
    Kind.ACCOUNTS: _by_name(
        _told("key", Type.KEY),
        _line("name", required=True),
        Field("tier", Type.TIER, "tier"),
        _told("parent_key", Type.KEY),
        _told("parent_name"),
        *(_line(name) for name in ("number", "industry", "kind", "website", "phone")),
        _text("street"),
        _told("street2"),
        *(_line(name) for name in ("city", "region", "postcode", "country")),
        Field("employees", Type.WHOLE, "employees"),
        Field("annual_revenue", Type.MONEY, "annual_revenue_minor"),
        _told("currency"),
        _text("about"),
        *(_told(name) for name in ("contact_name", "contact_title", "contact_phone")),
        _told("contact_email", Type.EMAIL),
        _told("deleted", Type.YES_NO),
    ),
    Kind.PEOPLE: _by_name(
        _told("key", Type.KEY),
        *_ACCOUNT_OF,
        *(_line(name) for name in ("name", "given_name", "family_name", "title")),
        Field("email", Type.EMAIL, "email"),
        *(_line(name) for name in ("phone", "mobile", "languages")),
        _text("about"),
        _told("deleted", Type.YES_NO),
    ),
    Kind.OPPORTUNITIES: _by_name(
        _told("key", Type.KEY),
        *_ACCOUNT_OF,
        _line("name", required=True),
        _line("stage"),
        _told("state"),
        _told("is_closed", Type.YES_NO),
        _told("is_won", Type.YES_NO),
        Field("amount", Type.MONEY, "value_minor"),
        _told("currency"),
        Field("probability", Type.PERCENT, "probability"),
        Field("close_on", Type.DATE, "close_on", several=True),
        _line("kind"),
        _text("text"),
        *_PERSON_OF,
        _told("deleted", Type.YES_NO),
    ),
    Kind.REVENUE: _by_name(
        _told("key", Type.KEY),
        *_ACCOUNT_OF,
        Field("starts_on", Type.PERIOD, "starts_on", required=True),
        Field("ends_on", Type.DATE, "ends_on"),
        Field("amount", Type.MONEY, "amount_minor", required=True),
        Field("cost", Type.MONEY, "cost_minor"),
        _told("currency"),
        _told("deleted", Type.YES_NO),
    ),
    Kind.INTERACTIONS: _by_name(
        _told("key", Type.KEY),
        *_ACCOUNT_OF,
        *_PERSON_OF,
        Field("at", Type.INSTANT, "at", required=True, several=True),
        _told("time", Type.TIME),
        _told("kind"),
        _line("summary"),
        _text("text"),
        _told("done"),
        _told("deleted", Type.YES_NO),
    ),
}

TABLES: Mapping[Kind, str] = {
    Kind.ACCOUNTS: "account",
    Kind.PEOPLE: "person",
    Kind.OPPORTUNITIES: "opportunity",
    Kind.REVENUE: "revenue_entry",
    Kind.INTERACTIONS: "interaction",
}


def kind_label(kind: Kind) -> str:
    """The kind's name on screen."""
    return {
        Kind.ACCOUNTS: _("Accounts"),
        Kind.PEOPLE: _("People"),
        Kind.OPPORTUNITIES: _("Opportunities"),
        Kind.REVENUE: _("Revenue"),
        Kind.INTERACTIONS: _("Interactions"),
    }[kind]


def field_label(kind: Kind, name: str) -> str:
    """A field's name on screen, e.g. *Customer number* for the key of an account."""
    if name == "key":
        return _("Order or invoice number") if kind is Kind.REVENUE else _("Identifier")
    if name == "kind" and kind is Kind.INTERACTIONS:
        return _("Kind of contact")
    return _labels().get(name, name)


def _labels() -> Mapping[str, str]:
    return {
        "name": _("Name"),
        "tier": _("Tier"),
        "parent_key": _("Identifier of the group"),
        "parent_name": _("Name of the group"),
        "parent_id": _("Group"),
        "account_key": _("Identifier of the account"),
        "account_name": _("Name of the account"),
        "account_id": _("Account"),
        "person_key": _("Identifier of the person"),
        "person_name": _("Name of the person"),
        "person_email": _("E-mail of the person"),
        "person_id": _("Person"),
        "number": _("Account number"),
        "industry": _("Industry"),
        "kind": _("Type"),
        "website": _("Website"),
        "phone": _("Phone"),
        "mobile": _("Mobile"),
        "street": _("Street"),
        "street2": _("Street, second line"),
        "city": _("City"),
        "region": _("Region"),
        "postcode": _("Postcode"),
        "country": _("Country"),
        "employees": _("Employees"),
        "annual_revenue": _("Annual revenue"),
        "currency": _("Currency"),
        "about": _("About"),
        "contact_name": _("Contact person"),
        "contact_title": _("Contact person’s title"),
        "contact_email": _("Contact person’s e-mail"),
        "contact_phone": _("Contact person’s phone"),
        "deleted": _("Deleted in the source"),
        "given_name": _("Given name"),
        "family_name": _("Family name"),
        "title": _("Title"),
        "email": _("E-mail"),
        "languages": _("Languages"),
        "stage": _("Stage"),
        "state": _("Open, won or lost"),
        "is_closed": _("Closed: yes or no"),
        "is_won": _("Won: yes or no"),
        "amount": _("Amount"),
        "cost": _("Cost"),
        "probability": _("Probability"),
        "close_on": _("Close date"),
        "text": _("Text"),
        "starts_on": _("Date or period"),
        "ends_on": _("End of the period"),
        "at": _("Date and time"),
        "time": _("Time of day"),
        "summary": _("Subject"),
        "done": _("Done: yes or no"),
        "external_ref": _("Known elsewhere as"),
    }
