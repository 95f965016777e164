"""Amounts as they are typed, with their currency."""

from __future__ import annotations

from kam_desktop.services.formatting import parse_money
from kam_desktop.services.i18n import _


def read_amount(text: str) -> tuple[int, str]:
    """An amount and its currency, as ``48,000,000 EUR`` or ``€48,000,000``.

    Raises ``ValueError`` with a message for the user.
    """
    signs = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY"}
    rest = text.strip()
    code = "".join(char for char in rest if char.isascii() and char.isalpha()).upper()
    found = [signs[char] for char in rest if char in signs]
    if len(code) != 3:
        code = found[0] if found else code
    if len(code) != 3:
        raise ValueError(_("Write the amount with its currency, such as 48,000,000 EUR."))
    figures = "".join(char for char in rest if not char.isalpha() and char not in signs)
    return parse_money(figures, code), code
