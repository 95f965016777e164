"""Reads spreadsheets in a process of their own, so that a hostile file can only end that one.

The reader of choice (python-calamine) refuses passwords, XML bombs and damaged files cleanly, but
allocates the whole rectangle up to the farthest cell. When its process dies of that, a streaming
reader gets one try on the same limits, and then the file is refused.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.tables import MAX_ROWS, Cell, Row, TaskProgress
from kam_desktop.services.i18n import _, ngettext

WORKER_ARGUMENT = "--read-spreadsheet"
"""With this first argument a frozen program must call `sheet_worker.main` and nothing else."""
TIME_LIMIT = 60.0
"""Seconds one file may take."""
OUTPUT_LIMIT = 256 * 1024 * 1024
_WORKER = "kam_desktop.services.exchange.sheet_worker"
_POLL = 0.1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet that holds something."""

    name: str
    rows: Sequence[Row]
    notes: tuple[str, ...]


def read_sheets(path: Path, progress: TaskProgress) -> list[Sheet]:
    """All visible sheets with content; hidden ones are named in the notes of the first.

    Raises `UserError` when the file is protected, damaged, too large, or holds nothing.
    """
    answer = _run(path, "calamine", progress)
    if answer is None:
        answer = _run(path, "stream", progress)
    if answer is None:
        raise UserError(
            _(
                "“{name}” needs more memory or time than a table should; perhaps a single cell "
                "lies far away from the others. Nothing was changed. "
                "Save the sheet as CSV and import that."
            ).format(name=path.name)
        )
    lines = iter(answer.splitlines())
    first = json.loads(next(lines, b"{}"))
    if "error" in first:
        raise UserError(_refusal(str(first["error"]), path.name))
    sheets = _sheets(first, lines)
    if not sheets:
        raise UserError(
            _("“{name}” has no visible sheet with anything in it. Nothing was changed.").format(
                name=path.name
            )
        )
    return sheets


def _sheets(first: dict[str, Any], lines: Iterator[bytes]) -> list[Sheet]:
    notes = _hidden_note([str(name) for name in first["hidden"]])
    sheets: list[Sheet] = []
    for line in lines:
        head = json.loads(line)
        rows = [_row(next(lines)) for _number in range(head["rows"])]
        if rows:
            sheets.append(Sheet(str(head["sheet"]), rows, () if sheets else notes))
    return sheets


def _row(line: bytes) -> Row:
    number, cells = json.loads(line)
    return Row(number, [_cell(cell) for cell in cells])


def _cell(cell: Any) -> Cell:
    """Dates travel as ``{"d": …}`` and ``{"t": …}``; the rest is plain JSON."""
    if not isinstance(cell, dict):
        return cell  # type: ignore[no-any-return]
    if "t" in cell:
        return dt.datetime.fromisoformat(cell["t"])
    return dt.date.fromisoformat(cell["d"])


def _hidden_note(names: list[str]) -> tuple[str, ...]:
    if not names:
        return ()
    text = ngettext(
        "Hidden sheet not read: {names}.", "Hidden sheets not read: {names}.", len(names)
    )
    return (text.format(names=", ".join(names)),)


def _refusal(code: str, name: str) -> str:
    if code == "password":
        text = _(
            "“{name}” is protected with a password. Nothing was changed. "
            "Open it, save it without the password, and import that."
        )
    elif code == "rows":
        text = _("“{name}” has more than {count} rows. Nothing was changed. Cut it up.")
    elif code == "memory":
        text = _("“{name}” is too large to be read. Nothing was changed. Save it as CSV.")
    else:
        text = _(
            "“{name}” is damaged or not a spreadsheet. Nothing was changed. "
            "Export it again, or save it as CSV."
        )
    return text.format(name=name, count=MAX_ROWS)


def _command(path: Path, mode: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_ARGUMENT, mode, str(path)]
    return [sys.executable, "-m", _WORKER, mode, str(path)]


def _environment() -> dict[str, str]:
    """The child finds this package wherever it was imported from; the passphrase stays here."""
    root = str(Path(__file__).resolve().parents[3])
    kept = {key: value for key, value in os.environ.items() if "PASSPHRASE" not in key}
    paths = [root, *filter(None, [kept.get("PYTHONPATH")])]
    return kept | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}


def _run(path: Path, mode: str, progress: TaskProgress) -> bytes | None:
    """What the worker wrote, or None when it died or took too long."""
    process = subprocess.Popen(
        _command(path.resolve(), mode),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    deadline = time.monotonic() + TIME_LIMIT
    try:
        while True:
            try:
                output, _errors = process.communicate(timeout=_POLL)
                break
            except subprocess.TimeoutExpired:
                progress.check()
                if time.monotonic() > deadline:
                    return None
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    if process.returncode != 0 or len(output) > OUTPUT_LIMIT:
        return None
    return output
