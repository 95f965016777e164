"""Backups of real encrypted portfolios: whole, verified, openable elsewhere, or not there."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kam_desktop.services.errors import CancelledError
from kam_desktop.services.storage import vault
from kam_desktop.services.storage.argon2 import Argon2Parameters
from kam_desktop.services.storage.backup import (
    automatic_backup,
    make_backup,
    renew_key_files,
    verify,
)
from kam_desktop.services.storage.backup_files import BackupReason, backup_name, list_backups
from kam_desktop.services.storage.damage import PAGE_BYTES
from kam_desktop.services.storage.engine import connect
from kam_desktop.services.storage.key_file import key_file_path
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.problems import Problem, StorageFaultError
from kam_desktop.services.storage.schema import create_schema
from tests.conftest import TEST_KEY, StillClock

FAST = Argon2Parameters(memory_kib=32, iterations=1, lanes=1)


def add_settings(portfolio: Portfolio, count: int, *, start: int = 0) -> None:
    with portfolio.unit_of_work("Settings") as work:
        work.execute_many(
            "INSERT INTO setting (id, value) VALUES (?, ?)",
            [(f"s{number}", f'"{"x" * 500}"') for number in range(start, start + count)],
        )


def count_settings(path: Path, key: bytes = TEST_KEY) -> int:
    db = connect(path, key, read_only=True)
    try:
        return int(db.execute("SELECT count(*) FROM setting").fetchone()[0])
    finally:
        db.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def test_a_backup_has_what_was_committed_and_is_one_file(
    portfolio: Portfolio, folder: Path, clock: StillClock
) -> None:
    add_settings(portfolio, 200)
    made = make_backup(portfolio.path, TEST_KEY, folder, now=clock.now())
    assert count_settings(made.path) == 200
    assert list_backups(folder, portfolio.path) == [made]
    assert [file.name for file in folder.iterdir()] == [made.path.name]


def test_a_backup_is_encrypted(portfolio: Portfolio, folder: Path, clock: StillClock) -> None:
    add_settings(portfolio, 20)
    made = make_backup(portfolio.path, TEST_KEY, folder, now=clock.now())
    content = made.path.read_bytes()
    assert b"SQLite format 3" not in content
    assert b"x" * 100 not in content
    with pytest.raises(StorageFaultError) as caught:
        verify(made.path, bytes(32))
    assert caught.value.problem is Problem.BACKUP_DAMAGED


def test_writing_goes_on_during_a_backup_that_shows_one_moment(
    portfolio: Portfolio, folder: Path, clock: StillClock
) -> None:
    add_settings(portfolio, 4000)
    steps: list[tuple[int, int]] = []

    def write_meanwhile(done: int, total: int) -> None:
        steps.append((done, total))
        add_settings(portfolio, 1, start=10_000 + len(steps))

    made = make_backup(portfolio.path, TEST_KEY, folder, now=clock.now(), progress=write_meanwhile)
    assert len(steps) > 2
    assert [done for done, _total in steps] == sorted(done for done, _total in steps)
    assert steps[-1][0] == steps[-1][1]
    assert count_settings(made.path) == 4000
    assert count_settings(portfolio.path) == 4000 + len(steps)


def test_a_cancelled_backup_leaves_nothing(
    portfolio: Portfolio, folder: Path, clock: StillClock
) -> None:
    add_settings(portfolio, 4000)
    calls = iter(range(100))
    with pytest.raises(CancelledError):
        make_backup(
            portfolio.path, TEST_KEY, folder, now=clock.now(), cancelled=lambda: next(calls) > 1
        )
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("page", [3, 20])
def test_a_damaged_original_gives_no_backup(
    portfolio: Portfolio, folder: Path, clock: StillClock, page: int
) -> None:
    add_settings(portfolio, 500)
    portfolio.close()
    with portfolio.path.open("rb+") as file:
        file.seek(page * PAGE_BYTES + 99)
        file.write(b"\xff\x00\xff")
    with pytest.raises(StorageFaultError) as caught:
        make_backup(portfolio.path, TEST_KEY, folder, now=clock.now())
    assert caught.value.problem is Problem.BACKUP_FAILED
    assert list(folder.iterdir()) == []


def test_any_damage_to_a_backup_is_found(
    portfolio: Portfolio, folder: Path, clock: StillClock
) -> None:
    add_settings(portfolio, 50)
    made = make_backup(portfolio.path, TEST_KEY, folder, now=clock.now())
    verify(made.path, TEST_KEY)
    whole = made.path.read_bytes()
    for at in range(7, len(whole), len(whole) // 40):
        changed = bytearray(whole)
        changed[at] ^= 4
        made.path.write_bytes(changed)
        with pytest.raises(StorageFaultError) as caught:
            verify(made.path, TEST_KEY)
        assert caught.value.problem is Problem.BACKUP_DAMAGED
    for size in (0, 100, len(whole) // 2, len(whole) - 1):
        made.path.write_bytes(whole[:size])
        with pytest.raises(StorageFaultError):
            verify(made.path, TEST_KEY)


def test_a_backup_opens_on_another_computer(
    tmp_path: Path, folder: Path, clock: StillClock
) -> None:
    path = tmp_path / "clients.kam"
    key, recovery = vault.create_vault(
        path, portfolio_id="p", passphrase="pass", argon2=FAST, environment={}
    )
    path.touch()
    db = connect(path, key)
    create_schema(db)
    db.close()
    made = make_backup(path, key, folder, now=clock.now())
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(folder, elsewhere)
    moved = elsewhere / made.path.name
    for way in ({"passphrase": "pass"}, {"recovery_key": recovery.text}):
        opened = vault.unlock(moved, environment={}, **way)
        verify(moved, opened)

    vault.change_passphrase(path, key, "new", argon2=FAST)
    assert renew_key_files(path, folder) == 1
    assert vault.unlock(made.path, passphrase="new", environment={}) == key
    with pytest.raises(StorageFaultError):
        vault.unlock(made.path, passphrase="pass", environment={})


def test_key_files_of_another_portfolio_are_not_renewed(
    tmp_path: Path, folder: Path, clock: StillClock
) -> None:
    path = tmp_path / "clients.kam"
    vault.create_vault(path, portfolio_id="p", passphrase="pass", argon2=FAST, environment={})
    stranger = folder / backup_name(path, clock.now(), BackupReason.MANUAL)
    folder.mkdir()
    stranger.touch()
    vault.create_vault(stranger, portfolio_id="q", passphrase="own", argon2=FAST, environment={})
    assert renew_key_files(path, folder) == 0
    vault.unlock(stranger, passphrase="own", environment={})


def test_automatic_backups_are_made_when_due_and_thinned(
    portfolio: Portfolio, folder: Path, clock: StillClock
) -> None:
    made = 0
    for number in range(24 * 3):
        add_settings(portfolio, 1, start=number)
        # The file's own time is the computer's; let it be the clock's.
        for file in portfolio.path.parent.glob("test.kam*"):
            if file.is_file():
                os.utime(file, (clock.now().timestamp(),) * 2)
        clock.go_on(hours=2)
        if automatic_backup(portfolio.path, TEST_KEY, folder, now=clock.now()):
            made += 1
    assert made == 36
    kept = list_backups(folder, portfolio.path)
    assert 12 < len(kept) < 24
    assert all(backup.reason is BackupReason.AUTOMATIC for backup in kept)
    assert automatic_backup(portfolio.path, TEST_KEY, folder, now=clock.now()) is None


def test_a_missing_portfolio_is_not_backed_up(
    tmp_path: Path, folder: Path, clock: StillClock
) -> None:
    with pytest.raises(StorageFaultError) as caught:
        make_backup(tmp_path / "gone.kam", TEST_KEY, folder, now=clock.now())
    assert caught.value.problem is Problem.FOLDER_MISSING


def test_a_folder_that_is_a_file_is_a_plain_refusal(
    portfolio: Portfolio, folder: Path, clock: StillClock
) -> None:
    folder.write_text("in the way")
    with pytest.raises(StorageFaultError) as caught:
        make_backup(portfolio.path, TEST_KEY, folder, now=clock.now())
    assert caught.value.remedy
    assert folder.read_text() == "in the way"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A really full disk, where this computer lets us mount one."""
    point = tmp_path / "small"
    point.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(point)]
    try:
        failed = subprocess.run(command, capture_output=True, check=False).returncode
    except OSError:
        failed = 1
    if failed:
        pytest.skip("needs the right to mount")
    yield point
    subprocess.run(["umount", str(point)], check=True)


def test_a_full_disk_leaves_no_half_backup(
    portfolio: Portfolio, small_disk: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_settings(portfolio, 500)
    folder = small_disk / "backups"
    with pytest.raises(StorageFaultError) as caught:
        make_backup(portfolio.path, TEST_KEY, folder, now=clock.now())
    assert caught.value.problem is Problem.NO_SPACE
    # And when the space goes only while copying:
    monkeypatch.setattr(
        "kam_desktop.services.storage.location.require_space", lambda _folder, _needed: None
    )
    with pytest.raises(StorageFaultError) as caught:
        make_backup(portfolio.path, TEST_KEY, folder, now=clock.now())
    assert caught.value.problem is Problem.NO_SPACE
    assert list(folder.iterdir()) == []


def test_two_backups_of_one_second_are_two(
    portfolio: Portfolio, folder: Path, clock: StillClock
) -> None:
    make_backup(portfolio.path, TEST_KEY, folder, now=clock.now())
    make_backup(portfolio.path, TEST_KEY, folder, now=clock.now() + dt.timedelta(milliseconds=1))
    assert len(list_backups(folder, portfolio.path)) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in lists")
def test_only_the_owner_may_read_a_backup(
    portfolio: Portfolio, folder: Path, clock: StillClock
) -> None:
    vault.create_vault(
        portfolio.path, portfolio_id="p", passphrase="pass", argon2=FAST, environment={}
    )
    made = make_backup(portfolio.path, TEST_KEY, folder, now=clock.now())
    for file in (made.path, key_file_path(made.path)):
        assert file.stat().st_mode & 0o077 == 0
