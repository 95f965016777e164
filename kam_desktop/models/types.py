"""Column types shared by every entity.

Text is cleaned, instants are refused when naive and numbers are refused when they are not numbers,
so that no caller has to remember it.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import Annotated, Any

from sqlalchemy import Dialect, Float, String
from sqlalchemy.types import TypeDecorator

from kam_desktop.models.text import clean_line, clean_text, instant_text, parse_instant


class CleanText(TypeDecorator[str]):
    """Text passed through `clean_text` on its way in."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean_text(value)


class CleanLine(TypeDecorator[str]):
    """Text of one line, passed through `clean_line` on its way in."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean_line(value)


Line = Annotated[str, "of one line"]
"""The annotation of a column that holds one line: a name, a title, a number, a place."""


class Instant(TypeDecorator[dt.datetime]):
    """An aware instant, stored as UTC text; refuses naive values."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.datetime | None:
        return None if value is None else parse_instant(value)


class Number(TypeDecorator[float]):
    """A finite number; NaN and infinities are refused (SQLite would store NaN as NULL)."""

    impl = Float
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> float | None:
        if value is not None and not math.isfinite(value):
            raise ValueError("a number is expected")
        return value


JsonObject = dict[str, Any]
