"""The fields of the forms for deals, contracts and revenue."""

from __future__ import annotations

from collections.abc import Callable

from kam_desktop.services.formatting import money
from kam_desktop.services.i18n import _
from kam_desktop.ui.account.amounts import read_amount
from kam_desktop.ui.account.record_form import Field
from kam_desktop.ui.widgets import InlineEditor


def amount_text(minor: int | None, currency: str) -> str:
    """An amount as it is typed into a form."""
    return "" if minor is None else money(minor, currency)


def _read_amount(text: str) -> tuple[int | None, str]:
    return read_amount(text) if text else (None, "")


def _read_chance(text: str) -> int | None:
    cleaned = text.replace("%", "").strip()
    if not cleaned:
        return None
    if not cleaned.isdecimal():
        raise ValueError(_("Enter a probability from 0 to 100 %."))
    return int(cleaned)


def _read_cost(text: str) -> tuple[int | None, str]:
    return read_amount(text) if text else (None, "")


def opportunity_fields(person: Callable[[str], InlineEditor]) -> list[Field]:
    """``person`` makes the editor that chooses whom the deal is with."""
    return [
        Field("name", _("Name")),
        Field("value", _("Value, such as 380,000 EUR"), read=_read_amount),
        Field("probability", _("Probability in %"), read=_read_chance),
        Field("stage", _("Stage")),
        Field("close_on", _("Expected decision"), "date"),
        Field("person_id", _("With whom"), make=person, empty=None),
        Field("text", _("Notes"), "text", wide=True),
    ]


def contract_fields() -> list[Field]:
    return [
        Field("name", _("Name")),
        Field("starts_on", _("Starts"), "date"),
        Field("ends_on", _("Ends"), "date"),
        Field("notice_on", _("Last day to give notice"), "date"),
        Field("value", _("Value, such as 1,200,000 EUR"), read=_read_amount),
        Field("text", _("Clauses and discounts"), "text", wide=True),
    ]


def revenue_fields() -> list[Field]:
    return [
        Field("amount", _("Amount, such as 12,500 EUR"), read=read_amount),
        Field("starts_on", _("From, today if empty"), "date"),
        Field("ends_on", _("To, the same day if empty"), "date"),
        Field("cost", _("Cost, in the same currency"), read=_read_cost),
        Field("number", _("Invoice or order number")),
        Field("buying_centre_id", _("Buying centre"), "choice", ((None, _("Whole account")),)),
    ]
