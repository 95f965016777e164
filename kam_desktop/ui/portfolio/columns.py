"""The columns of the accounts table."""

from __future__ import annotations

import datetime as dt

from kam_desktop.models.text import parse_instant
from kam_desktop.models.vocabulary import Tier
from kam_desktop.services.clock import Clock
from kam_desktop.services.formatting import date as full_date
from kam_desktop.services.formatting import money, money_list, relative_date
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.accounts import AccountRow
from kam_desktop.services.words import word
from kam_desktop.ui.itemmodels.columns import Column
from kam_desktop.ui.theme import State

ENOUGH_KNOWN = 0.6
GOOD_FROM = 67
BAD_TO = 33
WIDTHS = [230, 178, 140, 176, 150, 108, 90]


def account_columns(clock: Clock) -> list[Column]:
    """Name, tier, group, place, open opportunities, last touch, health."""

    def touched(row: AccountRow) -> str:
        day = _day(row.last_touch)
        return relative_date(day, clock.today()) if day else "—"

    return [
        Column(_("Name"), _name, sort="name", tip=_name),
        Column(_("Tier"), _tier, sort="tier", state=_tier_state),
        Column(_("Group"), _group),
        Column(_("Place"), _place, sort="city", tip=_place),
        Column(_("Open opportunities"), _value, sort="open_value", tip=_values, number=True),
        Column(_("Last touch"), touched, sort="last_touch", tip=_touch_date),
        Column(_("Health"), _health, state=_health_state, tip=_health_tip),
    ]


def _name(row: AccountRow) -> str:
    return " ".join(row.name.split()) or "?"


def _tier(row: AccountRow) -> str:
    return word(Tier(row.tier))


def _tier_state(row: AccountRow) -> str:
    return {Tier.KEY: State.GOOD, Tier.EMERGING: State.ACCENT, Tier.WATCHED: State.WARN}.get(
        Tier(row.tier), ""
    )


def _group(row: AccountRow) -> str:
    return row.parent_name


def _place(row: AccountRow) -> str:
    return ", ".join(part for part in (row.city, row.country) if part)


def _value(row: AccountRow) -> str:
    return money_list(row.open_value) if row.open_opportunities else "—"


def _values(row: AccountRow) -> str:
    return "\n".join(money(amount, code) for code, amount in sorted(row.open_value.items()))


def _day(stored: str) -> dt.date | None:
    return parse_instant(stored).astimezone().date() if stored else None


def _touch_date(row: AccountRow) -> str:
    day = _day(row.last_touch)
    return full_date(day) if day else _("No touch is recorded")


def _is_known(row: AccountRow) -> bool:
    return row.health is not None and (row.health_coverage or 0) >= ENOUGH_KNOWN


def _health(row: AccountRow) -> str:
    if row.health is None:
        return "?"
    return str(round(row.health)) if _is_known(row) else _("too little known")


def _health_state(row: AccountRow) -> str:
    if row.health is None or not _is_known(row):
        return ""
    if row.health >= GOOD_FROM:
        return State.GOOD
    return State.BAD if row.health <= BAD_TO else State.WARN


def _health_tip(row: AccountRow) -> str:
    if row.health is None:
        return _("No score has been kept yet")
    share = round((row.health_coverage or 0) * 100)
    return _("{share} % of what the score needs is known").format(share=share)
