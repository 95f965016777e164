"""Reads delimited text: finds the delimiter and keeps every record with the line it starts on."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.tables import (
    MAX_CELL_CHARACTERS,
    MAX_ROWS,
    NO_PROGRESS,
    Row,
    TaskProgress,
    uncollected,
)
from kam_desktop.services.i18n import _

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_RECORDS = 50
_SAMPLE_CHARACTERS = 200_000
_MAX_RESTARTS = 20
_STEP = 5_000


def find_delimiter(text: str) -> str:
    """The delimiter that cuts the first records most evenly into most cells.

    Text without any is read as one column, and the answer is a comma.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    declared = sample[:6].strip().lower()
    if declared.startswith("sep=") and len(declared) == 5:
        return declared[4]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        score = _evenness(sample, delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _evenness(sample: str, delimiter: str) -> float:
    """Share of records having the commonest width, weighted by that width; 0 for one column."""
    widths: Counter[int] = Counter()
    reader = csv.reader(io.StringIO(sample, newline=None), delimiter=delimiter)
    try:
        for cells in reader:
            if cells:
                widths[len(cells)] += 1
            if widths.total() >= _SAMPLE_RECORDS:
                break
    except csv.Error:
        pass
    wide = [(count, width) for width, count in widths.items() if width > 1]
    if not wide:
        return 0.0
    count, width = max(wide)
    return count / widths.total() * (1 + min(width, 30) / 30)


def read_records(text: str, delimiter: str, progress: TaskProgress = NO_PROGRESS) -> list[Row]:
    """All records with anything in them.

    A quotation mark that is never closed makes its line a record with a problem, and reading goes
    on with the next line. Raises `UserError` beyond `MAX_ROWS`.
    """
    csv.field_size_limit(max(len(text) + 1, csv.field_size_limit()))
    lines = io.StringIO(text.replace("\0", ""), newline=None).readlines()
    rows: list[Row] = []
    start = 0
    for _attempt in range(_MAX_RESTARTS):
        with uncollected():
            unclosed = _read_from(lines, start, delimiter, rows, progress)
        if unclosed is None:
            return rows
        raw = lines[unclosed].rstrip("\n")
        rows.append(Row(unclosed + 1, (raw,), _("A quotation mark on this line is never closed.")))
        start = unclosed + 1
    raise UserError(
        _(
            "Line {line} and many others open a quotation mark that is never closed. "
            "Nothing was changed. Export the file again, or save it as a spreadsheet."
        ).format(line=start)
    )


def _read_from(
    lines: list[str], start: int, delimiter: str, rows: list[Row], progress: TaskProgress
) -> int | None:
    """Append the records from line index ``start`` on; the index of an unclosed line, if any."""
    reader = csv.reader(iter(lines[start:]) if start else iter(lines), delimiter=delimiter)
    before = 0
    for cells in _records(reader):
        line, before = start + before, reader.line_num
        raw = lines[line : start + before]
        if (len(raw) > 1 or start + before >= len(lines)) and _is_unclosed(raw, delimiter):
            return line
        if not any(cells) or (len(cells) == 1 and not cells[0].strip()):
            continue
        problem = _("A cell is too long.") if _has_long_cell(cells) else ""
        rows.append(Row(line + 1, cells, problem))
        if len(rows) > MAX_ROWS:
            raise UserError(too_many_rows())
        if len(rows) % _STEP == 0:
            progress.step(start + before, len(lines))
    return None


def _records(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise UserError(
            _("The file is not readable as a table: {reason}. Nothing was changed.").format(
                reason=error
            )
        ) from error


def _is_unclosed(raw: list[str], delimiter: str) -> bool:
    """Whether a record, given as its lines, holds a quotation mark that closes at the wrong place.

    It then swallows the lines up to the next quotation mark or to the end of the file.
    """
    try:
        list(csv.reader(raw, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return len(raw) > 1 or "end of data" in str(error)
    return False


def _has_long_cell(cells: list[str]) -> bool:
    return max(map(len, cells)) > MAX_CELL_CHARACTERS


def too_many_rows() -> str:
    """What is said about a table longer than `MAX_ROWS`."""
    return _(
        "The file has more than {count} rows. Nothing was changed. Cut it into smaller files."
    ).format(count=MAX_ROWS)
