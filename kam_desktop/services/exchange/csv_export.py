"""Writes CSV that a spreadsheet opens as plain data: no cell becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_LIVE = ("=", "+", "-", "@", "\t", "\r")


def defused(text: str) -> str:
    """``text`` with an apostrophe before what a spreadsheet would take for a formula.

    Numbers such as ``-12.50`` are left as they are: they are harmless and should stay numbers.
    """
    if not text.startswith(_LIVE):
        return text
    if text[0] in "+-" and _is_number(text):
        return text
    return f"'{text}"


def undefused(text: str) -> str:
    """The text that `defused` was given; spreadsheets write such an apostrophe as well."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_LIVE) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii() and not any(char.isspace() or char == "_" for char in text)


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file in UTF-8 with a byte order mark, as Excel needs it to see the encoding."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([defused(name) for name in header])
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig", "replace")
