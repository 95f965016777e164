"""What the window says about the portfolio itself."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from kam_desktop.services.storage.reader import Reader

TITLE = "title"
HOME_CURRENCY = "home_currency"


@dataclass(frozen=True, slots=True)
class PortfolioFacts:
    """``title`` and ``home_currency`` are empty while not set; ``accounts`` counts live ones."""

    title: str
    home_currency: str
    accounts: int


def portfolio_facts(db: Reader) -> PortfolioFacts:
    """The portfolio's title, home currency and number of accounts."""
    settings = dict(
        db.rows("SELECT id, value FROM setting WHERE id IN (?, ?)", (TITLE, HOME_CURRENCY))
    )
    return PortfolioFacts(
        _text(settings.get(TITLE)),
        _text(settings.get(HOME_CURRENCY)),
        int(db.value("SELECT count(*) FROM account WHERE deleted_at IS NULL")),
    )


def _text(stored: str | None) -> str:
    if not stored:
        return ""
    value = json.loads(stored)
    return str(value.get("text", "")) if isinstance(value, dict) else ""


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One of ours."""

    id: str
    name: str
    role: str
    email: str
    phone: str
    is_me: bool
    title: str = ""
    left_on: dt.date | None = None


def team(db: Reader) -> list[TeamRow]:
    """All of ours, *me* first, then by name; those who have left come last."""
    return [
        TeamRow(
            member_id,
            name,
            role,
            email,
            phone,
            bool(is_me),
            title,
            None if left_on is None else dt.date.fromisoformat(left_on),
        )
        for member_id, name, role, email, phone, is_me, title, left_on in db.rows(
            "SELECT id, name, role, email, phone, is_me, title, left_on FROM team_member"
            " WHERE deleted_at IS NULL"
            " ORDER BY left_on IS NOT NULL, is_me DESC, name COLLATE NOCASE, id"
        )
    ]
