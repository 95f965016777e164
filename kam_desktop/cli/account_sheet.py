"""One account as ``show`` prints it: a stable JSON shape, and the same as lines of text."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kam_desktop.models.text import instant_text
from kam_desktop.models.vocabulary import Tier
from kam_desktop.services.analysis.health import Health
from kam_desktop.services.clock import Clock
from kam_desktop.services.errors import UserError
from kam_desktop.services.formatting import major
from kam_desktop.services.i18n import _
from kam_desktop.services.queries import commercial, commitments, people
from kam_desktop.services.queries.company import account_head
from kam_desktop.services.queries.health import account_health
from kam_desktop.services.queries.meetings import MeetingRow, upcoming
from kam_desktop.services.storage.reader import Reader
from kam_desktop.services.words import word

_MOST = 10_000
_HEAD = (
    *("id", "name", "tier", "number", "industry", "kind", "website", "phone", "street", "city"),
    *("region", "postcode", "country", "time_zone", "employees", "annual_revenue_currency"),
    *("about", "history", "strategy", "competitors", "pain_points", "parent_id", "parent_name"),
    *("owner_id",),
)
"""Named one by one: what ``show --json`` answers is promised, what the dossier reads is not."""


def account_sheet(db: Reader, account_id: str, clock: Clock) -> dict[str, Any]:
    """Everything ``show --json`` answers; amounts are text in major units beside their currency."""
    today = clock.today()
    head = account_head(db, account_id)
    card = account_health(db, account_id, today)
    if head is None or card is None:
        raise UserError(_("This account is no longer here."))
    return {
        **{name: getattr(head, name) for name in _HEAD},
        "annual_revenue": _amount(head.annual_revenue_minor, head.annual_revenue_currency),
        "people": [
            _person(row) for row in people.first_person_page(db, account_id=account_id, limit=_MOST)
        ],
        "opportunities": [_deal(row) for row in commercial.opportunities(db, account_id, _MOST)],
        "contracts": [_contract(row) for row in commercial.contracts(db, account_id, _MOST)],
        "commitments": [
            _commitment(row, today) for row in commitments.open_of_account(db, account_id)
        ],
        "next_meetings": [
            _meeting(row) for row in upcoming(db, clock.now(), account_id=account_id).rows
        ],
        "health": _health(card.health),
    }


def _amount(minor: int | None, currency: str) -> str | None:
    return None if minor is None else str(major(minor, currency))


def _person(row: people.PersonRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "title": row.title,
        "roles": list(row.roles),
        "support": row.support,
        "influence": row.influence,
        "coverage": row.coverage,
        "last_touch": row.last_touch or None,
    }


def _deal(row: commercial.OpportunityRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "stage": row.stage,
        "state": row.state.value,
        "value": _amount(row.value_minor, row.currency),
        "currency": row.currency or None,
        "probability": row.probability,
        "close_on": row.close_on.isoformat() if row.close_on else None,
    }


def _contract(row: commercial.ContractRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "ends_on": row.ends_on.isoformat() if row.ends_on else None,
        "notice_on": row.notice_on.isoformat() if row.notice_on else None,
        "value": _amount(row.value_minor, row.currency),
        "currency": row.currency or None,
    }


def _commitment(row: commitments.CommitmentRow, today: dt.date) -> dict[str, Any]:
    return {
        "id": row.id,
        "side": row.side.value,
        "text": row.text,
        "person": row.person_name or None,
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "days_late": row.days_late(today),
    }


def _meeting(row: MeetingRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "type": row.type.value,
        "starts_at": instant_text(row.starts_at),
        "zone": row.zone,
        "place": row.place,
        "checklist": {"done": row.done, "open": row.open, "late": row.late},
    }


def _health(health: Health) -> dict[str, Any]:
    return {
        "score": None if health.score is None else round(health.score, 1),
        "coverage": round(health.coverage, 3),
        "band": health.band.value,
        "groups": {
            part.group.value: None if part.score is None else round(part.score, 1)
            for part in health.groups
        },
        "vetoes": [veto.name.value for veto in health.vetoes],
    }


def sheet_lines(sheet: dict[str, Any]) -> list[str]:
    """The sheet for a person to read on a terminal."""
    health = sheet["health"]
    place = ", ".join(part for part in (sheet["city"], sheet["country"]) if part)
    lines = [f"{sheet['name']}  ({word(Tier(sheet['tier']))})"]
    if place:
        lines.append(f"  {place}")
    known = _("{share} % known").format(share=round(health["coverage"] * 100))
    score = _("insufficient data") if health["score"] is None else f"{health['score']:.0f}"
    lines.append(f"  {_('Health')}: {score}, {known}")
    for title, key, text in (
        (_("People"), "people", lambda row: f"{row['name'] or _('(vacant)')}  {row['title']}"),
        (_("Opportunities"), "opportunities", _money_line),
        (_("Contracts"), "contracts", _money_line),
        (_("Open promises"), "commitments", lambda row: f"{row['text']}  {row['due_on'] or ''}"),
        (_("Next meetings"), "next_meetings", lambda row: f"{row['starts_at']}  {row['title']}"),
    ):
        if sheet[key]:
            lines += ["", f"{title} ({len(sheet[key])})"]
            lines += [f"  {text(row)}".rstrip() for row in sheet[key]]
    return lines


def _money_line(row: dict[str, Any]) -> str:
    amount = f"{row['value']} {row['currency']}" if row["value"] else ""
    return f"{row['name']}  {amount}"
