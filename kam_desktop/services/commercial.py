"""Opportunities, contracts and revenue entries: the commercial side of a dossier.

Amounts are integer minor units with a currency of their own; they are never converted here.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from kam_desktop.models.registry import Account, Contract, Opportunity, RevenueEntry
from kam_desktop.models.vocabulary import OpportunityState
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.lines import required_line

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


class OpportunityDetails(TypedDict, total=False):
    """What can be said about an opportunity beyond its name; ``probability`` in percent."""

    stage: str
    value_minor: int | None
    currency: str
    probability: int | None
    close_on: dt.date | None
    person_id: str | None
    kind: str
    text: str


class OpportunityFields(OpportunityDetails, total=False):
    """An opportunity's name and what else can be said about it."""

    name: str


class ContractDetails(TypedDict, total=False):
    """What can be said about a contract; ``notice_on`` is the last day to give notice."""

    starts_on: dt.date | None
    ends_on: dt.date | None
    notice_on: dt.date | None
    value_minor: int | None
    currency: str
    text: str


class ContractFields(ContractDetails, total=False):
    """A contract's name and what else can be said about it."""

    name: str


class RevenueDetails(TypedDict, total=False):
    """What can be said about a revenue entry beyond its amount."""

    cost_minor: int | None
    buying_centre_id: str | None
    number: str


class RevenueFields(RevenueDetails, total=False):
    """A revenue entry's period and amount and what else can be said about it."""

    starts_on: dt.date
    ends_on: dt.date
    amount_minor: int
    currency: str


def add_opportunity(
    work: UnitOfWork, account_id: str, name: str, **details: Unpack[OpportunityDetails]
) -> str:
    """Record a possible deal and return its id.

    Raises `UserError`: field ``name`` when empty, ``currency`` when a value has none,
    ``probability`` outside 0 … 100.
    """
    work.get(Account, account_id)
    opportunity = Opportunity(account_id=account_id, name=name)
    _fill_opportunity(opportunity, dict(details))
    work.add(opportunity)
    return opportunity.id


def update_opportunity(
    work: UnitOfWork, opportunity_id: str, **fields: Unpack[OpportunityFields]
) -> None:
    """Change an opportunity; raises `UserError` as `add_opportunity`."""
    _fill_opportunity(work.get(Opportunity, opportunity_id), dict(fields))


def close_opportunity(work: UnitOfWork, opportunity_id: str, state: OpportunityState) -> None:
    """Say that a deal was won or lost, or open it again; closing dates it today."""
    opportunity = work.get(Opportunity, opportunity_id)
    opportunity.state = state
    if state is not OpportunityState.OPEN:
        opportunity.close_on = work.today


def delete_opportunity(work: UnitOfWork, opportunity_id: str) -> None:
    """Move an opportunity to the trash."""
    work.trash(work.get(Opportunity, opportunity_id))


def add_contract(
    work: UnitOfWork, account_id: str, name: str, **details: Unpack[ContractDetails]
) -> str:
    """Record an agreement and return its id.

    Raises `UserError`: field ``name`` when empty, ``ends_on`` when it ends before it starts,
    ``notice_on`` when notice is after the end, ``currency`` when a value has none.
    """
    work.get(Account, account_id)
    contract = Contract(account_id=account_id, name=name)
    _fill_contract(contract, dict(details))
    work.add(contract)
    return contract.id


def update_contract(work: UnitOfWork, contract_id: str, **fields: Unpack[ContractFields]) -> None:
    """Change a contract; raises `UserError` as `add_contract`."""
    _fill_contract(work.get(Contract, contract_id), dict(fields))


def delete_contract(work: UnitOfWork, contract_id: str) -> None:
    """Move a contract to the trash."""
    work.trash(work.get(Contract, contract_id))


def add_revenue(
    work: UnitOfWork,
    account_id: str,
    starts_on: dt.date,
    ends_on: dt.date,
    amount_minor: int,
    currency: str,
    **details: Unpack[RevenueDetails],
) -> str:
    """Record income of a period (or one day) and return its id.

    Raises `UserError`: field ``ends_on`` when the period ends before it starts, ``currency``.
    """
    work.get(Account, account_id)
    entry = RevenueEntry(
        account_id=account_id,
        starts_on=starts_on,
        ends_on=ends_on,
        amount_minor=amount_minor,
        currency=currency,
    )
    _fill_revenue(entry, dict(details))
    work.add(entry)
    return entry.id


def update_revenue(work: UnitOfWork, entry_id: str, **fields: Unpack[RevenueFields]) -> None:
    """Change a revenue entry; raises `UserError` as `add_revenue`."""
    _fill_revenue(work.get(RevenueEntry, entry_id), dict(fields))


def delete_revenue(work: UnitOfWork, entry_id: str) -> None:
    """Move a revenue entry to the trash."""
    work.trash(work.get(RevenueEntry, entry_id))


def currency_code(text: str) -> str:
    """A three-letter currency code in capitals.

    Raises `UserError` (field ``currency``) for anything else.
    """
    code = text.strip().upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise UserError(_("Enter the currency in three letters, such as EUR."), field="currency")
    return code


def _required(text: str) -> str:
    return required_line(text, _("Enter a name."))


def _set(entity: Opportunity | Contract | RevenueEntry, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(entity, name, value.strip() if isinstance(value, str) else value)


def _fill_opportunity(opportunity: Opportunity, fields: dict[str, Any]) -> None:
    _set(opportunity, fields)
    opportunity.name = _required(opportunity.name)
    _check_value(opportunity)
    chance = opportunity.probability
    if chance is not None and not 0 <= chance <= 100:
        raise UserError(_("Enter a probability from 0 to 100 %."), field="probability")


def _fill_contract(contract: Contract, fields: dict[str, Any]) -> None:
    _set(contract, fields)
    contract.name = _required(contract.name)
    _check_value(contract)
    starts, ends, notice = contract.starts_on, contract.ends_on, contract.notice_on
    if starts is not None and ends is not None and ends < starts:
        raise UserError(_("The contract ends before it starts."), field="ends_on")
    if notice is not None and ends is not None and notice > ends:
        raise UserError(_("The notice date is after the end."), field="notice_on")


def _check_value(record: Opportunity | Contract) -> None:
    if record.value_minor is None:
        record.currency = record.currency.upper()
        return
    record.currency = currency_code(record.currency)
    if record.value_minor < 0:
        raise UserError(_("Enter a value of zero or more."), field="value")


def _fill_revenue(entry: RevenueEntry, fields: dict[str, Any]) -> None:
    _set(entry, fields)
    entry.currency = currency_code(entry.currency)
    if entry.ends_on < entry.starts_on:
        raise UserError(_("The period ends before it starts."), field="ends_on")
