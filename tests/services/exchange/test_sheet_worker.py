"""The process that opens spreadsheets keeps to its limits and its protocol."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kam_desktop.services.exchange import sheet_worker, spreadsheets
from kam_desktop.services.exchange.tables import MAX_COLUMNS, MAX_ROWS


def test_worker_and_reader_agree_on_limits() -> None:
    # The worker imports nothing of the package, to start fast; so the numbers stand there twice.
    assert (sheet_worker.MAX_ROWS, sheet_worker.MAX_COLUMNS) == (MAX_ROWS, MAX_COLUMNS)


@pytest.mark.parametrize("mode", ["calamine", "stream"])
def test_both_readers_give_the_same_lines(tmp_path: Path, mode: str) -> None:
    import xlsxwriter

    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("One")
        sheet.write_row(0, 0, ["Account Name", "Employees"])
        sheet.write_row(3, 0, ["Åre", 12])
        book.add_worksheet("Two").very_hidden()
    output = subprocess.run(
        [sys.executable, "-m", sheet_worker.__name__, mode, str(path)],
        capture_output=True,
        check=True,
        env=spreadsheets._environment(),
    ).stdout
    first, *rest = [json.loads(line) for line in output.splitlines()]
    assert first == {"hidden": ["Two"]}
    assert rest == [
        {"sheet": "One", "rows": 2},
        [1, ["Account Name", "Employees"]],
        [4, ["Åre", 12]],
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no resource limits")
def test_memory_is_limited() -> None:
    code = (
        "from kam_desktop.services.exchange import sheet_worker as w\n"
        "w.limit_resources()\n"
        "try:\n    bytearray(w.MEMORY_LIMIT)\n"
        "except MemoryError:\n    print('refused')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env=spreadsheets._environment(),
    )
    assert done.stdout.strip() == b"refused"


def test_the_passphrase_stays_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAM_DESKTOP_PASSPHRASE", "secret")
    assert "secret" not in spreadsheets._environment().values()


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    command = spreadsheets._command(Path("book.xlsx"), "calamine")
    assert command == [sys.executable, "--read-spreadsheet", "calamine", "book.xlsx"]
