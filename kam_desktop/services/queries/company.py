"""The account's own fields, its units, and how complete they are."""

from __future__ import annotations

from dataclasses import dataclass

from kam_desktop.services.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class AccountHead:
    """The fields of an account, as stored; empty text and None are *not known*."""

    id: str
    name: str
    tier: str
    number: str
    industry: str
    kind: str
    website: str
    phone: str
    street: str
    city: str
    region: str
    postcode: str
    country: str
    time_zone: str
    employees: int | None
    annual_revenue_minor: int | None
    annual_revenue_currency: str
    about: str
    history: str
    strategy: str
    competitors: str
    pain_points: str
    parent_id: str | None
    owner_id: str | None
    parent_name: str


_HEAD_FIELDS = tuple(AccountHead.__dataclass_fields__)[:-1]


def account_head(db: Reader, account_id: str) -> AccountHead | None:
    """The account's own fields; None when it is gone or in the trash."""
    columns = ", ".join(f"a.{name}" for name in _HEAD_FIELDS)
    found = db.row(
        f"SELECT {columns}, coalesce(p.name, '') FROM account a"
        " LEFT JOIN account p ON p.id = a.parent_id WHERE a.id = ? AND a.deleted_at IS NULL",
        (account_id,),
    )
    return None if found is None else AccountHead(*found)


@dataclass(frozen=True, slots=True)
class BuyingCentreRow:
    """A unit of the account that decides on its own."""

    id: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Company:
    """The account's own fields, its units, and who of ours can look after it (id, name)."""

    head: AccountHead
    centres: tuple[BuyingCentreRow, ...]
    team: tuple[tuple[str, str], ...]


def company(db: Reader, account_id: str) -> Company | None:
    """What the company section shows; None when the account is gone."""
    head = account_head(db, account_id)
    if head is None:
        return None
    team = db.rows(
        "SELECT id, name FROM team_member WHERE deleted_at IS NULL"
        " ORDER BY is_me DESC, name COLLATE NOCASE, id"
    )
    return Company(head, tuple(buying_centres(db, account_id)), tuple(map(tuple, team)))


def buying_centres(db: Reader, account_id: str) -> list[BuyingCentreRow]:
    """The units of an account, by name."""
    rows = db.rows(
        "SELECT id, name, place FROM buying_centre WHERE account_id = ? AND deleted_at IS NULL"
        " ORDER BY name COLLATE NOCASE, id",
        (account_id,),
    )
    return [BuyingCentreRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a part of the dossier is filled in; ``missing`` names fields."""

    share: float
    missing: tuple[str, ...]


PARTS: dict[str, tuple[str, ...]] = {
    "company": ("industry", "kind", "number", "website", "phone", "employees", "annual_revenue"),
    "place": ("street", "postcode", "city", "country", "time_zone"),
    "story": ("about", "history", "strategy", "competitors", "pain_points"),
}
"""The parts of the company section and the fields each is complete with."""


def completeness(head: AccountHead) -> dict[str, Completeness]:
    """The completeness of each of the `PARTS`."""
    return {part: _complete(head, fields) for part, fields in PARTS.items()}


def _complete(head: AccountHead, fields: tuple[str, ...]) -> Completeness:
    missing = tuple(
        name
        for name in fields
        if getattr(head, "annual_revenue_minor" if name == "annual_revenue" else name) in (None, "")
    )
    return Completeness(1 - len(missing) / len(fields), missing)
