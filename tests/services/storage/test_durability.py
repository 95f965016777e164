"""Kill −9 during writes, fifty times: nothing acknowledged is lost, nothing half is there."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kam_desktop.services.storage import high_water
from kam_desktop.services.storage.damage import check
from kam_desktop.services.storage.engine import connect
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.reader import Reader
from tests.conftest import TEST_KEY
from tests.services.storage.durable_writer import rows_of

KILLS = 50
ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


class Writers:
    """The process that starts writers; reads what they acknowledge."""

    def __init__(self, path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("durable_writer.py")), str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            bufsize=0,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.stdin, self.stdout = self.process.stdin, self.process.stdout
        self.waiting = b""
        assert self.line() == "ready"

    def line(self) -> str:
        """The next line; waits for it."""
        while b"\n" not in self.waiting:
            data = os.read(self.stdout.fileno(), 65_536)
            assert data, "the writers' process ended"
            self.waiting += data
        line, _newline, self.waiting = self.waiting.partition(b"\n")
        return line.decode()

    def write_and_be_killed(self, seconds: float) -> int:
        """Let a writer work for a while, kill it, and return the last number acknowledged."""
        self.stdin.write(b"go\n")
        writer = int(self.line())
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self.stdout], [], [], left)[0]:
                self.waiting += os.read(self.stdout.fileno(), 65_536)
        os.kill(writer, signal.SIGKILL)
        acknowledged = 0
        while (line := self.line()) != "gone":
            acknowledged = int(line)
        return acknowledged

    def close(self) -> None:
        """End the process, all writers being dead."""
        self.stdin.close()
        self.process.wait()
        self.stdout.close()


@pytest.fixture
def path(tmp_path: Path, empty_portfolio_file: Path) -> Path:
    file = tmp_path / "clients.kam"
    shutil.copy(empty_portfolio_file, file)
    return file


@pytest.fixture
def writers(path: Path) -> Iterator[Writers]:
    started = Writers(path)
    yield started
    started.close()


def test_nothing_acknowledged_is_lost_when_killed(path: Path, writers: Writers) -> None:
    moments = random.Random(2026)
    acknowledged = reached = 0
    for _kill in range(KILLS):
        acknowledged = writers.write_and_be_killed(moments.uniform(0.0, 0.25)) or reached
        reached = _assert_whole(path, acknowledged)
    assert reached > KILLS
    assert check(path, TEST_KEY) == []
    _assert_undo_goes_on(path, reached)


def _assert_whole(path: Path, acknowledged: int) -> int:
    """The file is whole and has every acknowledged action in full; returns its last action."""
    db = connect(path, TEST_KEY)
    try:
        assert db.execute("PRAGMA cipher_integrity_check").fetchall() == []
        assert db.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        reader = Reader(db)
        last = int(
            reader.value("SELECT coalesce(max(value + 0), 0) FROM setting WHERE id = 'counter'")
        )
        # The last commit may have returned just before its acknowledgement was killed.
        assert acknowledged <= last <= acknowledged + 1
        rows = dict(
            reader.rows(
                "SELECT substr(id, 1, instr(id, '-') - 1) + 0, count(*) FROM setting"
                " WHERE id <> 'counter' GROUP BY 1"
            )
        )
        assert rows == {number: rows_of(number) for number in range(1, last + 1)}
        _assert_ledger_consistent(reader)
        newest = reader.value("SELECT coalesce(max(seq), 0) FROM ledger_change")
    finally:
        db.close()
    assert high_water.missing(path, newest) == 0
    return last


def _assert_ledger_consistent(reader: Reader) -> None:
    assert reader.value("SELECT action FROM ledger_now") is None
    assert (
        reader.rows(
            "SELECT seq FROM ledger_action a"
            " WHERE NOT EXISTS (SELECT 1 FROM ledger_change c WHERE c.action = a.seq)"
        )
        == []
    )
    assert (
        reader.rows(
            "SELECT seq FROM ledger_change WHERE action NOT IN (SELECT seq FROM ledger_action)"
        )
        == []
    )
    # Every row that is there was recorded as made once more often than as removed.
    assert (
        reader.rows(
            "SELECT s.id FROM setting s WHERE (SELECT sum(CASE op WHEN 'I' THEN 1 WHEN 'D' THEN -1"
            " ELSE 0 END) FROM ledger_change c WHERE c.tbl = 'setting' AND c.row = s.id) IS NOT 1"
        )
        == []
    )


def _assert_undo_goes_on(path: Path, last: int) -> None:
    portfolio = Portfolio(path, TEST_KEY)
    try:
        for _step in range(3):
            portfolio.undo()
        with portfolio.reading() as db:
            value = db.value("SELECT max(value + 0) FROM setting WHERE id = 'counter'")
        assert value == last - 3
    finally:
        portfolio.close()
