"""Turns a cell into a plain value: text, yes or no, an e-mail address, or nothing at all."""

from __future__ import annotations

from kam_desktop.services.exchange.headers import cell_text
from kam_desktop.services.exchange.tables import Cell
from kam_desktop.services.i18n import _

NULL_WORDS = frozenset(
    {"NULL", "(null)", "<null>", "\\N", "#N/A", "#NULL!", "#REF!", "#VALUE!", "N/A", "n/a"}
)
"""Cells that mean *nothing* in database and spreadsheet exports, compared exactly."""
_YES = frozenset(
    {"true", "yes", "y", "1", "x", "ja", "wahr", "si", "sí", "oui", "vrai", "verdadero", "done"}
)
_NO = frozenset({"false", "no", "n", "0", "", "nein", "falsch", "non", "faux", "falso"})


class CellError(Exception):
    """A cell does not hold what its column should; the text is the reason for the user."""


def plain_text(cell: Cell) -> str:
    """A cell as text: trimmed, the words for *nothing* emptied, ``="007"`` unwrapped.

    Markup and formulas stay as they are written; they are text like any other.
    """
    text = cell_text(cell)
    if text in NULL_WORDS:
        return ""
    if text.startswith('="') and text.endswith('"') and len(text) >= 3:
        return text[2:-1].strip()
    return text


def parse_yes_no(cell: Cell) -> bool | None:
    """Yes or no, in several languages; None for an empty cell. Raises `CellError`."""
    if isinstance(cell, bool):
        return cell
    text = plain_text(cell).casefold()
    if not text:
        return None
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise CellError(_("“{text}” is neither yes nor no.").format(text=text[:40]))


_EMAIL_TRIM = " \t\r\n\u00a0\u200b\u200c\u200d\u2060\u3000\ufeff<>;,"


def parse_email(cell: Cell) -> str:
    """An e-mail address without what surrounds it (``mailto:``, brackets, wide spaces)."""
    text = plain_text(cell).strip(_EMAIL_TRIM)
    return text[7:] if text.lower().startswith("mailto:") else text
