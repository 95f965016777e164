"""The columns of the people table."""

from __future__ import annotations

from kam_desktop.models.text import parse_instant
from kam_desktop.models.vocabulary import ContactCoverage, DecisionRole, Support
from kam_desktop.services.clock import Clock
from kam_desktop.services.formatting import date as full_date
from kam_desktop.services.formatting import relative_date
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.people import PersonRow
from kam_desktop.services.words import word
from kam_desktop.ui.itemmodels.columns import Column

WIDTHS = [180, 160, 165, 118, 88, 150, 118, 90]


def person_columns(clock: Clock) -> list[Column]:
    """Name, title, account, support, influence, decision roles, contact, last touch."""

    def touched(row: PersonRow) -> str:
        if not row.last_touch:
            return "—"
        return relative_date(parse_instant(row.last_touch).astimezone().date(), clock.today())

    return [
        Column(_("Name"), _name, sort="name", tip=_name_tip),
        Column(_("Title"), _title, sort="title", tip=_title),
        Column(_("Account"), _account, sort="account", tip=_account),
        Column(_("Support"), _support, sort="support", value=_support_value),
        Column(_("Influence"), _influence, sort="influence", tip=_influence, value=_power),
        Column(_("Roles in the decision"), _roles, tip=_roles),
        Column(_("Contact"), _contact),
        Column(_("Last touch"), touched, sort="last_touch", tip=_touch_date),
    ]


def _name(row: PersonRow) -> str:
    if row.placeholder or not row.name:
        return _("Vacant: {title}").format(title=row.title) if row.title else _("Vacant seat")
    name = " ".join(row.name.split())
    return _("{name} (left)").format(name=name) if row.left_on else name


def _name_tip(row: PersonRow) -> str:
    return "\n".join(part for part in (_name(row), row.email, row.phone) if part)


def _title(row: PersonRow) -> str:
    return row.title


def _account(row: PersonRow) -> str:
    return row.account_name


def _support_value(row: PersonRow) -> int | None:
    return row.support


def _support(row: PersonRow) -> str:
    return _("unknown") if row.support is None else word(Support(row.support))


def _power(row: PersonRow) -> int | None:
    return row.influence


def _influence(row: PersonRow) -> str:
    return "?" if row.influence is None else _("{n} of 10").format(n=row.influence)


def _roles(row: PersonRow) -> str:
    return ", ".join(word(DecisionRole(role)) for role in row.roles)


def _contact(row: PersonRow) -> str:
    return "?" if row.coverage is None else word(ContactCoverage(row.coverage))


def _touch_date(row: PersonRow) -> str:
    if not row.last_touch:
        return _("No touch is recorded")
    return full_date(parse_instant(row.last_touch).astimezone().date())
