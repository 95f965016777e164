"""Money, numbers, dates and times as the user writes them; babel is loaded when first used.

The region of the computer decides until `set_region` is called.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from unicodedata import bidirectional, category

from kam_desktop.services.i18n import _, ngettext

_FALLBACK = "en"
_ISOLATE, _POP = "\u2068", "\u2069"
_wanted: list[str] = []


def set_region(code: str) -> None:
    """Write numbers and dates as in ``code`` (e.g. ``de_DE``); unknown codes mean English."""
    _wanted[:] = [code]
    region.cache_clear()


@cache
def region() -> str:
    """The region in use, in babel's form."""
    from babel import Locale, UnknownLocaleError, default_locale

    code = _wanted[0] if _wanted else default_locale("LC_NUMERIC") or _FALLBACK
    try:
        return str(Locale.parse(code, sep="-" if "-" in code else "_"))
    except (UnknownLocaleError, ValueError):
        return _FALLBACK


@cache
def minor_digits(currency: str) -> int:
    """How many digits of a currency come after the decimal point (EUR 2, JPY 0); 2 when unknown."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency.upper())


def major(minor: float, currency: str) -> Decimal:
    """Minor units as an exact amount in major units; fractions of a minor unit are rounded."""
    return Decimal(round(minor)).scaleb(-minor_digits(currency))


def money(minor: float, currency: str) -> str:
    """An amount with its currency, to the last minor unit: ``€1,234.50``."""
    from babel.numbers import format_currency

    return format_currency(major(minor, currency), currency or "XXX", locale=region())


def money_short(minor: float, currency: str) -> str:
    """An amount for a card or an axis, in three figures at most: ``€1.2M``."""
    from babel.numbers import format_compact_currency

    amount = major(minor, currency)
    digits = 1 if abs(amount) >= 1000 else 0
    return format_compact_currency(
        amount, currency or "XXX", locale=region(), fraction_digits=digits
    )


def money_list(amounts: Mapping[str, float]) -> str:
    """Amounts in several currencies side by side, never added; empty when there are none."""
    return " + ".join(money_short(amount, code) for code, amount in sorted(amounts.items()))


def parse_money(text: str, currency: str) -> int:
    """What a user typed (``1.234,50`` or ``1,234.50`` as the region has it) in minor units.

    Raises ``ValueError`` when it is no number or finer than the currency's smallest unit.
    """
    from babel.numbers import NumberFormatError, parse_decimal

    try:
        value = parse_decimal(text.strip(), locale=region(), strict=False)
    except NumberFormatError:
        raise ValueError(_("This is not an amount.")) from None
    scaled = value.scaleb(minor_digits(currency))
    if not scaled.is_finite() or scaled != scaled.to_integral_value() or abs(scaled) >= 10**17:
        raise ValueError(_("This is not an amount."))
    return int(scaled)


def plain_amount(minor: int, currency: str) -> str:
    """An amount without its currency, as a user would type it into a field."""
    from babel.numbers import format_decimal

    digits = minor_digits(currency)
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(major(minor, currency), format=pattern, locale=region())


def number(value: float, digits: int = 0) -> str:
    """A number with at most ``digits`` decimals."""
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=region())


def size_text(size: int) -> str:
    """A size in bytes, e.g. ``1.2 MB``."""
    for unit, factor in ((_("MB"), 1_000_000), (_("KB"), 1_000)):
        if size >= factor:
            return f"{number(size / factor, 1)} {unit}"
    return _("{n} bytes").format(n=size)


def percent(share: float, *, signed: bool = False) -> str:
    """A share (0 … 1) in whole percent; ``signed`` writes the plus as well."""
    from babel.numbers import format_percent

    text = format_percent(round(share, 2), format=None, locale=region())
    return f"+{text}" if signed and round(share, 2) > 0 else text.replace("-", "−")


def points(value: float) -> str:
    """A signed whole number of points: ``+4``, ``−9``, ``0``."""
    whole = round(value)
    return f"+{whole}" if whole > 0 else str(whole).replace("-", "−")


def date(day: dt.date) -> str:
    """A full date: ``20 Nov 2026`` as the region writes it."""
    from babel.dates import format_date

    return format_date(day, "medium", locale=region())


def day_month(day: dt.date) -> str:
    """A date without its year."""
    from babel.dates import format_skeleton

    return str(format_skeleton("MMMd", day, locale=region()))


def month(day: dt.date) -> str:
    """A month with its year: ``Nov 2026``."""
    from babel.dates import format_skeleton

    return str(format_skeleton("yMMM", day, locale=region()))


def time(moment: dt.datetime | dt.time) -> str:
    """Hours and minutes, on a 12 or 24 hour clock as in the region."""
    from babel.dates import format_time

    return format_time(moment.replace(tzinfo=None), "short", locale=region())


def first_weekday() -> int:
    """The day weeks begin with in the region: 1 (Monday) … 7 (Sunday)."""
    from babel import Locale

    return int(Locale.parse(region()).first_week_day) + 1


def relative_date(day: dt.date, today: dt.date) -> str:
    """How far a day is from today: ``today``, ``in 3 days``, ``5 weeks ago``; then a date."""
    ahead = (day - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if ahead in near:
        return near[ahead]
    distance = abs(ahead)
    if distance <= 13:
        span = ngettext("{n} day", "{n} days", distance).format(n=distance)
    elif distance <= 60:
        span = ngettext("{n} week", "{n} weeks", distance // 7).format(n=distance // 7)
    elif distance <= 365:
        span = ngettext("{n} month", "{n} months", distance // 30).format(n=distance // 30)
    else:
        return date(day)
    return (_("in {span}") if ahead > 0 else _("{span} ago")).format(span=span)


def age(day: dt.date, today: dt.date) -> str:
    """How old data is, in a few letters: ``today``, ``12 d``, ``5 mo``, ``2 y``."""
    days = (today - day).days
    if days <= 0:
        return _("today")
    if days < 60:
        return _("{n} d").format(n=days)
    if days < 730:
        return _("{n} mo").format(n=days // 30)
    return _("{n} y").format(n=days // 365)


def isolate(text: str) -> str:
    """A text that stands inside another, so that neither turns the other's words around.

    Text in Arabic or Hebrew is put between U+2068 and U+2069; other text comes back as it is.
    """
    if text.startswith(_ISOLATE) or not any(map(_is_right_to_left, text)):
        return text
    return f"{_ISOLATE}{text}{_POP}"


def _is_right_to_left(char: str) -> bool:
    return not char.isascii() and bidirectional(char) in {"R", "AL"}


def initials(name: str) -> str:
    """Up to two letters that stand for ``name``; one without capitals, ``?`` for none."""
    parts = name.replace("-", " ").split()
    words = [part for part in parts if category(part[0]).startswith("L")]
    if not words:
        return "?"
    first = words[0][0]
    if category(first) == "Lo" or len(words) == 1:
        return first.upper()
    return (first + words[-1][0]).upper()


def joined(parts: Iterable[str]) -> str:
    """The parts that are not empty, with a middle dot between; each keeps its own direction."""
    return " · ".join(isolate(part) for part in parts if part)
