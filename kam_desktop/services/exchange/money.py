"""Amounts in minor units, and the currency a cell names."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from kam_desktop.services.exchange.values import CellError
from kam_desktop.services.formatting import minor_digits
from kam_desktop.services.i18n import _

MAX_MINOR = 9_000_000_000_000_000
CURRENCY_CODE = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])")
_SYMBOLS = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY", "₹": "INR", "₺": "TRY", "₩": "KRW"}


def to_minor(amount: Decimal, currency: str) -> int:
    """Minor units of an amount, half a unit rounded away from zero.

    Raises `CellError` for an amount beyond what is kept.
    """
    minor = amount.scaleb(minor_digits(currency)).quantize(Decimal(1), ROUND_HALF_UP)
    if abs(minor) > MAX_MINOR:
        raise CellError(_("The amount is too large."))
    return int(minor)


def written_currency(text: str) -> str:
    """The ISO code or the code of the sign written in a cell; empty when there is none."""
    code = CURRENCY_CODE.search(text)
    if code is not None:
        return code[1]
    return next((code for sign, code in _SYMBOLS.items() if sign in text), "")


def parse_currency(text: str) -> str:
    """An ISO 4217 code from ``eur``, ``€`` or ``EUR - Euro``; raises `CellError`."""
    code = written_currency(text.strip().upper()) if text.strip() else ""
    if text.strip() and code not in _known_currencies():
        raise CellError(_("“{text}” is not a currency.").format(text=text[:40]))
    return code


@cache
def _known_currencies() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(list_currencies())
