"""Numbers that lie at a path of stored values, as fields to type them into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kam_desktop.services.i18n import _


@dataclass(frozen=True, slots=True)
class NumberField:
    """One number at ``path`` of the rules, from ``low`` to ``high``; ``factor`` 100 for percent."""

    path: tuple[str, ...]
    label: str
    low: float
    high: float
    whole: bool = False
    factor: int = 1

    def shown(self, body: Mapping[str, Any]) -> str:
        """The number as it is typed."""
        return number_text(at_path(body, self.path) * self.factor)

    def read(self, text: str) -> int | float:
        """The number to store; raises ``ValueError`` with a message for the user."""
        value = read_number(text)
        low, high = self.low * self.factor, self.high * self.factor
        if not low <= value <= high or (self.whole and value != round(value)):
            words = _("Enter a number from {low} to {high}.")
            raise ValueError(words.format(low=number_text(low), high=number_text(high)))
        value = value / self.factor
        return int(value) if value == int(value) else value


def at_path(body: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """The value at a path."""
    found: Any = body
    for key in path:
        found = found[key]
    return found


def put_at_path(body: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    """Put a value at a path that exists."""
    at_path(body, path[:-1])[path[-1]] = value


def number_text(value: float) -> str:
    """A number as the region writes it, with as many digits as it has."""
    from babel.numbers import format_decimal

    from kam_desktop.services.formatting import region

    return str(format_decimal(value, format="0.######", locale=region()))


def read_number(text: str) -> float:
    """The number that was typed, as the region writes it.

    Raises ``ValueError`` with a message for the user.
    """
    from babel.numbers import NumberFormatError, parse_decimal

    from kam_desktop.services.formatting import region

    try:
        return float(parse_decimal(text.strip(), locale=region()))
    except NumberFormatError:
        raise ValueError(_("Enter a number.")) from None
