"""The process that opens one spreadsheet and writes its visible cells as lines of JSON.

First line: ``{"hidden": [names]}`` or ``{"error": code}``. Then for each visible sheet a line
``{"sheet": name, "rows": n}`` and n lines ``[line number, [cells]]``.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import sys
from collections.abc import Iterable, Iterator
from typing import Any

MEMORY_LIMIT = 1_500 * 1024 * 1024
CPU_SECONDS = 50
MAX_ROWS = 500_000
MAX_COLUMNS = 1_000
_OUTPUT_LIMIT = 256 * 1024 * 1024

Rows = Iterable[Iterable[Any]]


class _TooLargeError(Exception):
    pass


def limit_resources() -> None:
    """Cap memory and processor time where the system can."""
    try:
        import resource
    except ImportError:
        return
    for what, amount in (
        (resource.RLIMIT_AS, MEMORY_LIMIT),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        capped = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        try:
            resource.setrlimit(what, (capped, hard))
        except (ValueError, OSError):
            continue


def main(arguments: list[str]) -> int:
    """Read ``arguments[1]`` in mode ``arguments[0]`` (``calamine`` or ``stream``)."""
    mode, path = arguments
    limit_resources()
    try:
        lines = _calamine(path) if mode == "calamine" else _stream(path)
    except _TooLargeError:
        lines = [json.dumps({"error": "rows"})]
    except MemoryError:
        return 1
    write = sys.stdout.buffer.write
    for line in lines:
        write(line.encode("utf-8", "replace"))
        write(b"\n")
    sys.stdout.flush()
    return 0


def _calamine(path: str) -> list[str]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum
    from python_calamine import SheetVisibleEnum as Visible

    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [s for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
        hidden = [sheet.name for sheet in sheets if sheet.visible != Visible.Visible]
        lines = [json.dumps({"hidden": hidden})]
        size = 0
        for sheet in sheets:
            if sheet.visible != Visible.Visible:
                continue
            content = book.get_sheet_by_name(sheet.name)
            size = _append(lines, sheet.name, content.iter_rows(), size)
    except PasswordError:
        return [json.dumps({"error": "password"})]
    except (CalamineError, OSError, ValueError):
        return [json.dumps({"error": "damaged"})]
    return lines


def _stream(path: str) -> list[str]:
    """The slower reader, which holds one row at a time; .xlsx only."""
    from zipfile import BadZipFile, is_zipfile

    if not is_zipfile(path):
        return [json.dumps({"error": "memory"})]
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
        lines = [json.dumps({"hidden": hidden})]
        size = 0
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                sheet.reset_dimensions()
                size = _append(lines, sheet.title, sheet.iter_rows(values_only=True), size)
    except (BadZipFile, KeyError, ValueError, OSError, SyntaxError):
        return [json.dumps({"error": "damaged"})]
    return lines


def _append(lines: list[str], name: str, rows: Rows, size: int) -> int:
    """Add one sheet's lines; the size of everything so far, in characters."""
    found: list[str] = []
    for number, cells in _filled(rows):
        line = json.dumps([number, cells], ensure_ascii=False)
        size += len(line)
        if len(found) >= MAX_ROWS or size > _OUTPUT_LIMIT:
            raise _TooLargeError
        found.append(line)
    lines.append(json.dumps({"sheet": name, "rows": len(found)}))
    lines.extend(found)
    return size


def _filled(rows: Rows) -> Iterator[tuple[int, list[Any]]]:
    for number, row in enumerate(rows, start=1):
        cells = [_plain(cell) for cell in row]
        while cells and (cells[-1] is None or cells[-1] == ""):
            cells.pop()
        if cells:
            yield number, cells[: MAX_COLUMNS + 1]


def _plain(cell: Any) -> Any:
    """A cell as JSON can hold it."""
    if cell is None or isinstance(cell, (str, bool, int)):
        return cell
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else str(cell)
    if isinstance(cell, dt.datetime):
        return {"t": cell.isoformat()}
    return {"d": cell.isoformat()} if isinstance(cell, dt.date) else str(cell)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
