"""What a row says about one record: the columns it fills, by kind of record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kam_desktop.models.vocabulary import InteractionKind
from kam_desktop.services.exchange.columns import OWN_SYSTEM
from kam_desktop.services.exchange.fields import FIELDS, Kind, Type
from kam_desktop.services.exchange.meanings import contact_kind, deal_state, is_undone
from kam_desktop.services.exchange.money import to_minor
from kam_desktop.services.exchange.records import ImportOptions, Money, Record, instant_of
from kam_desktop.services.exchange.values import CellError
from kam_desktop.services.i18n import _

_PLAIN_TYPES = frozenset(
    {Type.TEXT, Type.LINE, Type.EMAIL, Type.WHOLE, Type.PERCENT, Type.DATE, Type.TIER}
)


@dataclass(slots=True)
class Draft:
    """A row on its way to becoming a record.

    ``columns`` are stored columns without the empty ones. ``amounts`` are money columns whose
    currency may still depend on the existing record. ``told`` are the row's values by field.
    ``new_key`` says that the record exists but is not yet known by ``key``.
    """

    line: int
    key: str
    told: Mapping[str, Any]
    columns: dict[str, Any] = field(default_factory=dict)
    amounts: dict[str, Money] = field(default_factory=dict)
    problem: str = ""
    record_id: str = ""
    exists: bool = False
    new_key: bool = False
    label: str = ""
    first_line: int = 0
    """Line of the earlier row that describes the same record; 0 for the first one."""


CURRENCY_COLUMNS: Mapping[Kind, str] = {
    Kind.ACCOUNTS: "annual_revenue_currency",
    Kind.OPPORTUNITIES: "currency",
    Kind.REVENUE: "currency",
}


def make_draft(kind: Kind, system: str, record: Record, options: ImportOptions) -> Draft:
    """The draft of one record; its problem says what is missing or not understood."""
    values = record.values
    draft = Draft(record.line, values.get("key", ""), values, problem=record.problem)
    draft.label = record.label
    if draft.problem:
        return draft
    if values.get("deleted"):
        draft.problem = _("The row is marked as deleted in the source.")
        return draft
    for name, column, is_money in _stored_fields(kind):
        if name in values:
            if is_money:
                draft.amounts[column] = _with_currency(values[name], values)
            else:
                draft.columns[column] = values[name]
    try:
        _complete(draft, kind, system, options.zone)
    except CellError as problem:
        draft.problem = str(problem)
    return draft


def _stored_fields(kind: Kind) -> list[tuple[str, str, bool]]:
    return _STORED[kind]


_STORED: Mapping[Kind, list[tuple[str, str, bool]]] = {
    kind: [
        (field.name, field.column, field.type is Type.MONEY)
        for field in FIELDS[kind].values()
        if field.column and (field.type in _PLAIN_TYPES or field.type is Type.MONEY)
    ]
    for kind in Kind
}


def _with_currency(money: Money, values: Mapping[str, Any]) -> Money:
    currency = money.currency or values.get("currency") or values.get("header_currency", "")
    return Money(money.amount, currency)


def settle_amounts(draft: Draft, kind: Kind, current: str | None, default: str) -> None:
    """Turn amounts into minor units.

    The file's currency counts, then the ``current`` one of the record, then the ``default``: a file
    that names no currency never changes one. Raises `CellError`.
    """
    if not draft.amounts:
        return
    named = {money.currency for money in draft.amounts.values()} - {""}
    if len(named) > 1:
        raise CellError(_("The amounts of the row are in different currencies."))
    currency = named.pop() if named else current or default
    for column, money in draft.amounts.items():
        draft.columns[column] = to_minor(money.amount, currency)
    draft.columns[CURRENCY_COLUMNS[kind]] = currency


def _account(draft: Draft, system: str) -> None:
    if not draft.columns.get("name"):
        raise CellError(_("The account has no name."))
    second = draft.told.get("street2")
    if second:
        draft.columns["street"] = ", ".join(filter(None, [draft.columns.get("street"), second]))
    if draft.key and system == OWN_SYSTEM:
        draft.columns.setdefault("number", draft.key)


def _person(draft: Draft) -> None:
    columns = draft.columns
    if not columns.get("name"):
        name = full_name(columns.get("given_name", ""), columns.get("family_name", ""))
        columns["name"] = name or columns.get("email", "")
    if not columns["name"]:
        raise CellError(_("The person has no name."))


def full_name(given: str, family: str) -> str:
    """A display name from its parts; Chinese, Japanese and Korean names put the family first."""
    both = given + family
    if given and family and not both.isascii() and _is_east_asian(both):
        return family + given
    return f"{given} {family}".strip()


def _is_east_asian(text: str) -> bool:
    return all("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" for char in text)


def _opportunity(draft: Draft) -> None:
    if not draft.columns.get("name"):
        raise CellError(_("The opportunity has no name."))
    told = draft.told
    state = deal_state(
        draft.columns.get("stage", ""),
        told.get("state", ""),
        told.get("is_closed"),
        told.get("is_won"),
    )
    if state is not None:
        draft.columns["state"] = state


def _revenue(draft: Draft) -> None:
    told = draft.told
    if "starts_on" not in told:
        raise CellError(_("The row has no date."))
    if "amount" not in told:
        raise CellError(_("The row has no amount."))
    first, last = told["starts_on"]
    last = told.get("ends_on", last)
    if last < first:
        raise CellError(_("The period ends before it starts."))
    draft.columns["starts_on"], draft.columns["ends_on"] = first, last
    if draft.key:
        draft.columns["number"] = draft.key


def _interaction(draft: Draft, zone: str) -> None:
    told = draft.told
    if is_undone(str(told.get("done", ""))):
        raise CellError(_("The activity has not taken place yet."))
    at = instant_of(told, zone)
    if at is None:
        raise CellError(_("The row has no date."))
    draft.columns["at"] = at
    draft.columns["zone"] = zone
    word = str(told.get("kind", ""))
    draft.columns["kind"] = contact_kind(word) if word else InteractionKind.CALL


def _complete(draft: Draft, kind: Kind, system: str, zone: str) -> None:
    """Derive the columns that no single field holds. Raises `CellError` for what is missing."""
    if kind is Kind.ACCOUNTS:
        _account(draft, system)
    elif kind is Kind.PEOPLE:
        _person(draft)
    elif kind is Kind.OPPORTUNITIES:
        _opportunity(draft)
    elif kind is Kind.REVENUE:
        _revenue(draft)
    else:
        _interaction(draft, zone)
