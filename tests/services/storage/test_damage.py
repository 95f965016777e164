"""Every kind of damage to a real encrypted file is told apart, and nothing is made over it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_desktop.services import accounts
from kam_desktop.services.errors import CancelledError, StorageError
from kam_desktop.services.storage import high_water
from kam_desktop.services.storage.damage import PAGE_BYTES, check, diagnose
from kam_desktop.services.storage.engine import connect, make_durable
from kam_desktop.services.storage.key_file import key_file_path
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.problems import Problem, StorageFaultError
from kam_desktop.services.storage.schema import NewerSchemaError
from tests.conftest import TEST_KEY, StillClock


@pytest.fixture
def path(tmp_path: Path, empty_portfolio_file: Path) -> Path:
    file = tmp_path / "clients.kam"
    shutil.copy(empty_portfolio_file, file)
    return file


def problem_of(path: Path, key: bytes = TEST_KEY) -> Problem:
    """What is diagnosed, after checking that nothing was created and there is a way out."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StorageFaultError) as caught:
        diagnose(path, key)
    assert caught.value.remedy
    assert (path.read_bytes() if path.is_file() else None) == before
    return caught.value.problem


def flip(path: Path, at: int, bit: int = 0) -> None:
    with path.open("rb+") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1 << bit]))


def test_a_whole_file_has_nothing_wrong(path: Path) -> None:
    diagnose(path, TEST_KEY)
    assert check(path, TEST_KEY) == []


def test_a_missing_file(path: Path) -> None:
    path.unlink()
    assert problem_of(path) is Problem.FILE_MISSING


def test_a_missing_file_with_its_key_file_points_to_the_backup(path: Path) -> None:
    path.unlink()
    key_file_path(path).write_text("{}")
    with pytest.raises(StorageFaultError, match="Restore the newest backup"):
        diagnose(path, TEST_KEY)


def test_a_missing_folder(tmp_path: Path) -> None:
    assert problem_of(tmp_path / "gone" / "x.kam") is Problem.FOLDER_MISSING


def test_a_folder_is_no_portfolio(tmp_path: Path) -> None:
    assert problem_of(tmp_path) is Problem.FILE_MISSING


def test_an_empty_file_is_damage_and_stays_empty(path: Path) -> None:
    path.write_bytes(b"")
    assert problem_of(path) is Problem.FILE_EMPTY


@pytest.mark.parametrize("size", [1, 15, 16, 100, PAGE_BYTES - 1])
def test_a_piece_of_the_first_page(path: Path, size: int) -> None:
    os.truncate(path, size)
    assert problem_of(path) is Problem.FILE_TRUNCATED


@pytest.mark.parametrize("pages", [1, 2, 10])
def test_a_file_cut_short(path: Path, pages: int) -> None:
    os.truncate(path, pages * PAGE_BYTES)
    assert problem_of(path) is Problem.FILE_TRUNCATED


def test_the_wrong_key_is_the_key_of_another_portfolio(path: Path) -> None:
    assert problem_of(path, bytes(32)) is Problem.KEY_OF_ANOTHER


def test_a_plain_database_is_not_a_portfolio(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "plain.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE t (x)")
    db.close()
    assert problem_of(path) is Problem.NOT_A_PORTFOLIO


def test_another_kind_of_encrypted_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    path.touch()
    db = connect(path, TEST_KEY)
    db.execute("CREATE TABLE t (x)")
    db.close()
    with pytest.raises(StorageError, match="not a portfolio"):
        diagnose(path, TEST_KEY)


@pytest.mark.parametrize("content", [b"A letter to a client.\n" * 500, b"\0" * 20_000])
def test_any_other_file_is_not_opened(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.kam"
    path.write_bytes(content)
    assert problem_of(path) is Problem.KEY_OF_ANOTHER


def test_a_newer_schema(path: Path) -> None:
    db = connect(path, TEST_KEY)
    db.execute("PRAGMA user_version = 9999")
    db.close()
    with pytest.raises(NewerSchemaError):
        diagnose(path, TEST_KEY)


@given(at=st.integers(16, PAGE_BYTES - 1), bit=st.integers(0, 7))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_flipped_bit_in_the_first_page_is_damage_and_not_a_wrong_key(
    path: Path, at: int, bit: int
) -> None:
    flip(path, at, bit)
    assert problem_of(path) is Problem.FILE_DAMAGED
    flip(path, at, bit)
    diagnose(path, TEST_KEY)


def test_damage_to_the_very_first_bytes_is_told_from_a_wrong_key_by_the_mark(path: Path) -> None:
    high_water.write(path, 1)
    flip(path, 3)
    assert problem_of(path) is Problem.FILE_DAMAGED


@given(data=st.data())
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_check_finds_any_flipped_bit(path: Path, data: st.DataObject) -> None:
    at = data.draw(st.integers(PAGE_BYTES, path.stat().st_size - 1))
    bit = data.draw(st.integers(0, 7))
    flip(path, at, bit)
    try:
        found = check(path, TEST_KEY)
    except StorageFaultError as fault:
        found = [fault.problem.name]
    flip(path, at, bit)
    assert found
    assert all(text.strip() for text in found)


def test_the_check_can_be_cancelled(path: Path) -> None:
    calls = iter(range(10_000))
    with pytest.raises(CancelledError):
        check(path, TEST_KEY, cancelled=lambda: next(calls) > 0)
    diagnose(path, TEST_KEY)


def test_a_record_that_refers_to_nothing_is_found(path: Path) -> None:
    db = connect(path, TEST_KEY)
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("CREATE TABLE parent (id PRIMARY KEY)")
    db.execute("CREATE TABLE child (id PRIMARY KEY, up REFERENCES parent (id))")
    db.execute("INSERT INTO child VALUES (1, 2)")
    db.close()
    assert check(path, TEST_KEY) == ["A record of child refers to a missing record of parent."]


def test_a_damaged_log_loses_commits_silently_and_the_mark_says_so(path: Path) -> None:
    db = connect(path, TEST_KEY)
    make_durable(db)
    db.execute("CREATE TABLE t (n)")
    copy = path.with_name("copy.kam")
    for number in range(1, 11):
        db.execute("INSERT INTO t VALUES (?)", (number,))
        high_water.write(path, number)
    shutil.copy(path, copy)
    shutil.copy(f"{path}-wal", f"{copy}-wal")
    shutil.copy(high_water.mark_path(path), high_water.mark_path(copy))
    db.close()
    wal = Path(f"{copy}-wal")
    flip(wal, wal.stat().st_size - 2 * PAGE_BYTES)
    assert check(copy, TEST_KEY) == []
    reader = connect(copy, TEST_KEY)
    newest = reader.execute("SELECT coalesce(max(n), 0) FROM t").fetchone()[0]
    reader.close()
    assert newest < 10
    assert high_water.missing(copy, newest) == 10 - newest
    assert high_water.missing(copy, 10) == 0


def test_a_file_that_vanishes_while_open_is_said_to_be_gone(portfolio: Portfolio) -> None:
    for name in ("", "-wal", "-shm"):
        Path(f"{portfolio.path}{name}").unlink(missing_ok=True)
    with pytest.raises(StorageFaultError) as caught:
        diagnose(portfolio.path, TEST_KEY)
    assert caught.value.problem is Problem.FILE_MISSING
    assert not portfolio.path.exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_without_the_right_to_read_it(path: Path) -> None:
    path.chmod(0)
    assert problem_of(path) in (Problem.NO_ACCESS, Problem.READ_ONLY)


FULL_DISK = """
import signal, sys, resource
from pathlib import Path
from kam_desktop.services.errors import StorageError
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.key_file import SlotKind
from kam_desktop.services.storage import high_water
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
portfolio = Portfolio(Path(sys.argv[1]), bytes(range(32)),
                      on_commit=lambda changes, newest: high_water.write(Path(sys.argv[1]), newest))
def note(number):
    with portfolio.unit_of_work("Note") as work:
        work.execute("INSERT INTO setting (id, value) VALUES (?, ?)",
                     (f"s{number}", '"' + "x" * 20000 + '"'))
note(0)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, resource.RLIM_INFINITY))
saved, said = 1, ""
for number in range(1, 200):
    try:
        note(number)
    except StorageError as error:
        said = str(error)
        break
    saved += 1
print(saved, said)
"""


def test_a_full_disk_loses_nothing_that_was_acknowledged(path: Path) -> None:
    """A file size limit stands in for a full disk; SQLite sees the same failed write."""
    pytest.importorskip("resource", reason="Windows has no limit on file sizes")
    result = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=True
    )
    saved, _space, said = result.stdout.strip().partition(" ")
    assert 1 < int(saved) < 199
    assert said
    assert check(path, TEST_KEY) == []
    db = connect(path, TEST_KEY)
    kept = db.execute("SELECT count(*) FROM setting WHERE id LIKE 's%'").fetchone()[0]
    newest = db.execute("SELECT max(seq) FROM ledger_change").fetchone()[0]
    db.close()
    assert kept == int(saved)
    assert high_water.missing(path, newest) == 0


def page_of(path: Path, table: str) -> int:
    """The number of the first page of a table."""
    db = connect(path, TEST_KEY)
    (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    db.close()
    return int(page)


def test_damage_in_the_middle_stops_all_writing(path: Path, clock: StillClock) -> None:
    flip(path, (page_of(path, "note") - 1) * PAGE_BYTES + 100)
    diagnose(path, TEST_KEY)
    opened = Portfolio(path, TEST_KEY, clock=clock)
    with opened.unit_of_work("Add") as work:
        accounts.add_account(work, name="Before it was met")
    with pytest.raises(StorageFaultError) as met, opened.reading() as db:
        db.rows("SELECT * FROM note")
    assert met.value.problem is Problem.FILE_DAMAGED
    assert "newest backup" in met.value.remedy
    assert opened.damaged
    before = [file.read_bytes() for file in sorted(path.parent.glob("clients.kam*"))]
    for attempt in (
        opened.undo,
        opened.redo,
        lambda: opened.unit_of_work("Add").__enter__(),
    ):
        with pytest.raises(StorageFaultError) as refused:
            attempt()
        assert refused.value.problem is Problem.WRITING_STOPPED
    assert [file.read_bytes() for file in sorted(path.parent.glob("clients.kam*"))] == before
    with opened.reading() as db:
        assert db.value("SELECT name FROM account") == "Before it was met"
    opened.close()


def test_damage_met_while_writing_changes_nothing_and_stops(path: Path, clock: StillClock) -> None:
    flip(path, (page_of(path, "account") - 1) * PAGE_BYTES + 100)
    opened = Portfolio(path, TEST_KEY, clock=clock)
    with pytest.raises(StorageFaultError) as met, opened.unit_of_work("Add") as work:
        accounts.add_account(work, name="Aurora")
    assert met.value.problem is Problem.FILE_DAMAGED
    assert opened.damaged
    opened.close()


def reads_and_writes(path: Path, clock: StillClock, tables: list[str]) -> tuple[bool, bool]:
    """Whether damage was met in reading these tables, and whether writing was refused then."""
    try:
        opened = Portfolio(path, TEST_KEY, clock=clock)
    except StorageFaultError:
        return True, True
    met = refused = False
    for table in tables:
        try:
            with opened.reading() as db:
                db.rows(f"SELECT * FROM {table}")
        except StorageFaultError:
            met = True
    try:
        with opened.unit_of_work("Add") as work:
            work.execute("UPDATE account SET city = 'Milan'")
    except StorageFaultError:
        refused = True
    opened.close()
    return met, refused


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_is_damaged_nothing_is_written_after_it_was_met(
    path: Path, clock: StillClock, data: st.DataObject
) -> None:
    pages = path.stat().st_size // PAGE_BYTES
    at = data.draw(st.integers(PAGE_BYTES, pages * PAGE_BYTES - 1))
    flip(path, at)
    tables = data.draw(st.permutations(["account", "person", "meeting", "note", "contract"]))
    try:
        met, refused = reads_and_writes(path, clock, tables)
    finally:
        flip(path, at)
    assert refused or not met
