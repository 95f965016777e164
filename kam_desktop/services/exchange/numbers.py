"""Turns the cells of one column into numbers.

What a comma means is decided once per column, from the cells that leave no doubt.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from kam_desktop.services.exchange.headers import cell_text
from kam_desktop.services.exchange.money import CURRENCY_CODE
from kam_desktop.services.exchange.tables import Cell
from kam_desktop.services.exchange.values import CellError, plain_text
from kam_desktop.services.i18n import _

_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009\u3000'’`")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?")
_NUMBER = re.compile(r"[-+]?\d[\d.,]*|[-+]?[.,]\d+")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a column writes numbers: ``decimal`` is the decimal sign, ``assumed`` a mere guess."""

    decimal: str
    assumed: bool = False


def number_format(texts: Iterable[str], *, default: str = ".") -> NumberFormat:
    """The decimal sign of a column, by the cells that leave no doubt; ``default`` without any."""
    comma = point = 0
    doubtful = False
    for text in texts:
        sign = _decimal_sign(text)
        if sign == ",":
            comma += 1
        elif sign == ".":
            point += 1
        elif sign == "?":
            doubtful = True
    if comma == point:
        return NumberFormat(default, assumed=doubtful)
    return NumberFormat("," if comma > point else ".", assumed=doubtful and bool(comma and point))


def _decimal_sign(text: str) -> str:
    """The decimal sign one cell proves; ``?`` when it could be either, empty without a sign."""
    commas, points = text.count(","), text.count(".")
    if not commas and not points:
        return ""
    if commas and points:
        return "," if text.rindex(",") > text.rindex(".") else "."
    sign, count = (",", commas) if commas else (".", points)
    other = "." if sign == "," else ","
    if count > 1:
        return other
    digits = [part for part in re.split(r"[.,]", re.sub(r"[^\d.,]", "", text)) if part]
    if len(digits) == 2 and len(digits[1]) == 3 and 1 <= len(digits[0]) <= 3 and digits[0] != "0":
        return "?"
    return sign


def parse_number(cell: Cell, format_: NumberFormat) -> Decimal | None:
    """The number in a cell, currency signs aside; None for an empty one.

    Raises `CellError`.
    """
    if isinstance(cell, (bool, dt.date)):
        raise CellError(_not_a_number(cell_text(cell)))
    if isinstance(cell, (int, float)):
        return Decimal(repr(cell))
    text = cell if isinstance(cell, str) and cell.isdecimal() else plain_text(cell)
    if not text:
        return None
    if _PLAIN.fullmatch(text) and (format_.decimal == "." or "e" in text.lower()):
        return Decimal(text)
    return _parse_written(text, format_.decimal)


def _parse_written(text: str, decimal: str) -> Decimal:
    bare = text.translate(_SPACES).replace("−", "-")
    negative = (bare.startswith("(") and bare.endswith(")")) or bare.endswith("-")
    found = _NUMBER.search(bare)
    rest = bare if found is None else bare[: found.start()] + bare[found.end() :]
    if found is None or not _is_decoration(rest):
        raise CellError(_not_a_number(text))
    digits = found[0]
    group = "," if decimal == "." else "."
    whole, _sep, fraction = digits.partition(decimal)
    if not _grouped(whole, group) or group in fraction or decimal in fraction:
        raise CellError(_not_a_number(text))
    try:
        value = Decimal(f"{whole.replace(group, '')}.{fraction or '0'}")
    except InvalidOperation as error:
        raise CellError(_not_a_number(text)) from error
    return -abs(value) if negative or rest.startswith("-") else value


def _is_decoration(rest: str) -> bool:
    """Whether what stands around a number is a currency or percent sign, a code or a bracket."""
    left = CURRENCY_CODE.sub("", rest)
    return all(char in "€£$¥₹₺₩%()-.,+" for char in left) and len(rest) <= 8


def _grouped(whole: str, group: str) -> bool:
    parts = whole.lstrip("+-").split(group)
    if len(parts) == 1:
        return True
    return 1 <= len(parts[0]) <= 3 and all(len(part) in (2, 3) for part in parts[1:])


def _not_a_number(text: str) -> str:
    return _("“{text}” is not a number.").format(text=text[:40])


def parse_whole(cell: Cell, format_: NumberFormat) -> int | None:
    """A whole number from 0; raises `CellError`."""
    number = parse_number(cell, format_)
    if number is None:
        return None
    if number != number.to_integral_value() or not 0 <= number < 10**12:
        raise CellError(_("“{text}” is not a whole number.").format(text=cell_text(cell)[:40]))
    return int(number)


def parse_percent(cell: Cell, format_: NumberFormat) -> int | None:
    """A probability from 0 to 100, rounded; raises `CellError`."""
    number = parse_number(cell, format_)
    if number is None:
        return None
    if not 0 <= number <= 100:
        raise CellError(_("“{text}” is not a percentage.").format(text=cell_text(cell)[:40]))
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))
