"""Finds the row that names the columns, below titles and blank lines, or says there is none."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kam_desktop.services.exchange.tables import Cell, Row
from kam_desktop.services.i18n import _

_LOOKED_AT = 30
_DATA_LIKE = re.compile(
    r"[-+]?[\d.,' %€$£()/:\-]*\d[\d.,' %€$£()/:\-]*(?:T[\d:.]+Z?)?|\S+@\S+\.\S+|https?://\S+"
)


@dataclass(frozen=True, slots=True)
class Found:
    """The header, the records under it and whether the file named its columns at all."""

    header: tuple[str, ...]
    rows: Sequence[Row]
    has_header: bool
    skipped: int
    """How many records above the header were left out."""


def split_header(rows: Sequence[Row], knows: Callable[[str], bool]) -> Found:
    """Take the header off ``rows``; ``knows`` says whether a column name is a familiar one."""
    position = _header_position(rows[:_LOOKED_AT], knows)
    if position is None:
        width = max((len(row.cells) for row in rows[:_LOOKED_AT]), default=0)
        return Found(_made_up(width), rows, False, 0)
    cells = [cell_text(cell) for cell in rows[position].cells]
    while cells and not cells[-1]:
        cells.pop()
    return Found(tuple(cells), rows[position + 1 :], True, position)


def _header_position(rows: Sequence[Row], knows: Callable[[str], bool]) -> int | None:
    """The first row as wide as the table whose names are familiar, else the first that could be."""
    filled = [[cell_text(cell) for cell in row.cells] for row in rows]
    known = [sum(knows(text) for text in texts if text) for texts in filled]
    best = max(known, default=0)
    if best >= 2 or (best == 1 and _usual_width(filled) == 1):
        return known.index(best)
    width = _usual_width(filled)
    for position, row in enumerate(rows):
        if sum(map(bool, filled[position])) >= max(1, (width + 1) // 2):
            return None if _looks_like_data(row, filled[position]) else position
    return None


def _usual_width(filled: list[list[str]]) -> int:
    widths = Counter(len(texts) for texts in filled if any(texts))
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _looks_like_data(row: Row, texts: list[str]) -> bool:
    """Column names are words: a row with numbers, dates or addresses among them is a record."""
    if any(isinstance(cell, (int, float, dt.date)) for cell in row.cells):
        return True
    return any(_DATA_LIKE.fullmatch(text) for text in texts if text)


def _made_up(width: int) -> tuple[str, ...]:
    return tuple(_("Column {number}").format(number=number + 1) for number in range(width))


def cell_text(cell: Cell) -> str:
    """A cell as text without outer white space; whole numbers lose their ``.0``."""
    if isinstance(cell, str):
        return cell.strip().removeprefix("\ufeff")
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)
