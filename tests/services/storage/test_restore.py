"""Restoring: shown first, the present kept aside, and never half done."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest

from kam_desktop.models.registry import Account
from kam_desktop.services.errors import CancelledError, StorageError
from kam_desktop.services.storage import high_water, restore, vault
from kam_desktop.services.storage.argon2 import Argon2Parameters
from kam_desktop.services.storage.backup import make_backup
from kam_desktop.services.storage.backup_files import BackupReason, backup_folder, list_backups
from kam_desktop.services.storage.damage import check
from kam_desktop.services.storage.engine import connect
from kam_desktop.services.storage.key_file import key_file_path
from kam_desktop.services.storage.lock import PortfolioInUseError, PortfolioLock
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.problems import Problem, StorageFaultError
from kam_desktop.services.storage.restore import LastAction, TableCount, preview_restore
from tests.conftest import TEST_KEY, StillClock, make_empty_portfolio

FAST = Argon2Parameters(memory_kib=32, iterations=1, lanes=1)
OTHER_KEY = bytes(range(32, 64))


def add_accounts(portfolio: Portfolio, *names: str) -> None:
    with portfolio.unit_of_work(f"Add {', '.join(names)}") as work:
        work.bulk_insert(Account, [{"name": name} for name in names])


def names(path: Path, key: bytes = TEST_KEY) -> list[str]:
    db = connect(path, key)
    try:
        return [name for (name,) in db.execute("SELECT name FROM account ORDER BY name")]
    finally:
        db.close()


@pytest.fixture
def folder(portfolio: Portfolio) -> Path:
    return backup_folder(portfolio.path)


@pytest.fixture
def backup(portfolio: Portfolio, folder: Path, clock: StillClock) -> Path:
    """A backup with one account; the portfolio has gone on to three since, and is closed."""
    add_accounts(portfolio, "Aurora Foods")
    made = make_backup(portfolio.path, TEST_KEY, folder, now=clock.now())
    clock.go_on(hours=1)
    add_accounts(portfolio, "Borealis Paper")
    add_accounts(portfolio, "Cassini Optics")
    portfolio.close()
    clock.go_on(hours=1)
    return made.path


def do(backup: Path, portfolio: Portfolio, clock: StillClock, **options: object) -> Path | None:
    arguments = {"folder": backup_folder(portfolio.path), "clock": clock, **options}
    return restore.restore(backup, TEST_KEY, portfolio.path, TEST_KEY, **arguments).kept_aside  # type: ignore[arg-type]


def test_the_preview_says_what_would_change(backup: Path, portfolio: Portfolio) -> None:
    before = portfolio.path.read_bytes()
    seen = preview_restore(backup, TEST_KEY, portfolio.path, TEST_KEY)
    assert seen.present_readable
    assert seen.tables == (TableCount("account", 3, 1),)
    assert seen.actions_lost == 2
    assert seen.last_now == LastAction("Add Cassini Optics", "2026-11-20T10:00:00.000000Z")
    assert seen.last_after == LastAction("Add Aurora Foods", "2026-11-20T09:00:00.000000Z")
    assert portfolio.path.read_bytes() == before


def test_restoring_brings_the_backup_back_and_keeps_the_present(
    backup: Path, portfolio: Portfolio, folder: Path, clock: StillClock
) -> None:
    kept = do(backup, portfolio, clock)
    assert names(portfolio.path) == ["Aurora Foods"]
    assert check(portfolio.path, TEST_KEY) == []
    assert kept is not None
    assert names(kept) == ["Aurora Foods", "Borealis Paper", "Cassini Optics"]
    assert [b.reason for b in list_backups(folder, portfolio.path)] == [
        BackupReason.RESTORE,
        BackupReason.MANUAL,
    ]


def test_a_restore_can_be_taken_back(backup: Path, portfolio: Portfolio, clock: StillClock) -> None:
    kept = do(backup, portfolio, clock)
    assert kept is not None
    clock.go_on(minutes=1)
    do(kept, portfolio, clock)
    assert len(names(portfolio.path)) == 3


def test_the_restored_file_works_and_the_mark_starts_with_it(
    backup: Path, portfolio: Portfolio, clock: StillClock
) -> None:
    high_water.write(portfolio.path, 10_000)
    do(backup, portfolio, clock)
    again = Portfolio(portfolio.path, TEST_KEY, clock=clock)
    add_accounts(again, "Delphi Logistics")
    again.undo()
    again.undo()
    again.close()
    assert names(portfolio.path) == []
    assert (high_water.read(portfolio.path) or 0) < 10_000


def test_changes_still_in_the_log_are_kept_aside_and_do_not_come_back(
    backup: Path, portfolio: Portfolio, clock: StillClock, tmp_path: Path
) -> None:
    """A log left by a crash belongs to the old file; it must not be applied to the restored one."""
    crashed = Portfolio(portfolio.path, TEST_KEY, clock=clock)
    add_accounts(crashed, "Epsilon Rail")
    saved = {end: Path(f"{portfolio.path}{end}").read_bytes() for end in ("", "-wal")}
    crashed.close()
    for end, content in saved.items():
        Path(f"{portfolio.path}{end}").write_bytes(content)
    kept = do(backup, portfolio, clock)
    assert names(portfolio.path) == ["Aurora Foods"]
    assert kept is not None
    assert "Epsilon Rail" in names(kept)


@pytest.mark.parametrize("harm", ["truncate", "garbage", "remove", "empty"])
def test_a_ruined_portfolio_is_replaced_and_its_remains_kept(
    backup: Path, portfolio: Portfolio, folder: Path, clock: StillClock, harm: str
) -> None:
    if harm == "truncate":
        os.truncate(portfolio.path, 10_000)
    elif harm == "garbage":
        portfolio.path.write_bytes(b"ruined" * 5000)
    elif harm == "empty":
        portfolio.path.write_bytes(b"")
    else:
        portfolio.path.unlink()
    remains = portfolio.path.read_bytes() if portfolio.path.exists() else None
    seen = preview_restore(backup, TEST_KEY, portfolio.path, TEST_KEY)
    assert not seen.present_readable
    assert seen.tables == (TableCount("account", 0, 1),)
    kept = do(backup, portfolio, clock)
    assert names(portfolio.path) == ["Aurora Foods"]
    if remains is None:
        assert kept is None
    else:
        assert kept is not None
        assert kept.parent == folder
        assert kept.read_bytes() == remains


def test_a_portfolio_damaged_in_the_middle_is_replaced_and_kept_as_it_is(
    backup: Path, portfolio: Portfolio, folder: Path, clock: StillClock
) -> None:
    with contextlib.closing(connect(portfolio.path, TEST_KEY)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        sql = "SELECT rootpage FROM sqlite_master WHERE name = 'team_member'"
        page = int(db.execute(sql).fetchone()[0])
    with portfolio.path.open("rb+") as file:
        file.seek((page - 1) * 4096 + 100)
        file.write(b"\0" * 16)
    remains = portfolio.path.read_bytes()
    seen = preview_restore(backup, TEST_KEY, portfolio.path, TEST_KEY)
    assert not seen.present_readable
    assert seen.tables == (TableCount("account", 0, 1),)
    kept = do(backup, portfolio, clock)
    assert kept is not None
    assert kept.read_bytes() == remains
    assert names(portfolio.path) == ["Aurora Foods"]


@pytest.mark.parametrize("damage", ["flip", "cut", "empty"])
def test_a_damaged_backup_is_refused_and_nothing_changes(
    backup: Path, portfolio: Portfolio, folder: Path, clock: StillClock, damage: str
) -> None:
    whole = backup.read_bytes()
    half = len(whole) // 2
    flipped = whole[:half] + bytes([whole[half] ^ 1]) + whole[half + 1 :]
    backup.write_bytes({"flip": flipped, "cut": whole[:half], "empty": b""}[damage])
    for call in (
        lambda: preview_restore(backup, TEST_KEY, portfolio.path, TEST_KEY),
        lambda: do(backup, portfolio, clock),
    ):
        with pytest.raises(StorageFaultError) as caught:
            call()
        assert caught.value.problem is Problem.BACKUP_DAMAGED
    assert len(names(portfolio.path)) == 3
    assert len(list_backups(folder, portfolio.path)) == 1


def test_a_backup_of_a_newer_version_is_refused(
    backup: Path, portfolio: Portfolio, clock: StillClock
) -> None:
    db = connect(backup, TEST_KEY)
    db.execute("PRAGMA user_version = 9999")
    db.close()
    with pytest.raises(StorageError, match="newer version"):
        do(backup, portfolio, clock)
    assert len(names(portfolio.path)) == 3


def test_an_open_portfolio_is_not_replaced(
    backup: Path, portfolio: Portfolio, clock: StillClock
) -> None:
    with PortfolioLock(portfolio.path), pytest.raises(PortfolioInUseError):
        do(backup, portfolio, clock)
    assert len(names(portfolio.path)) == 3


def test_cancelling_leaves_everything_as_it_was(
    backup: Path, portfolio: Portfolio, folder: Path, clock: StillClock
) -> None:
    with pytest.raises(CancelledError):
        do(backup, portfolio, clock, cancelled=lambda: True)
    assert len(names(portfolio.path)) == 3
    assert not list(portfolio.path.parent.glob("*.restoring"))
    assert len(list_backups(folder, portfolio.path)) == 1


def test_a_backup_of_another_portfolio_takes_on_the_present_key(
    tmp_path: Path, backup: Path, portfolio: Portfolio, clock: StillClock
) -> None:
    other = tmp_path / "other.kam"
    make_empty_portfolio(other)
    strange = tmp_path / "strange"
    made = make_backup(other, TEST_KEY, strange, now=clock.now()).path
    seen = preview_restore(made, TEST_KEY, portfolio.path, TEST_KEY)
    assert seen.actions_lost == 3
    restore.restore(backup, TEST_KEY, other, OTHER_KEY, folder=strange, clock=clock)
    assert names(other, OTHER_KEY) == ["Aurora Foods"]


def test_a_lost_portfolio_comes_back_beside_the_key_file_that_was_left(
    tmp_path: Path, backup: Path, portfolio: Portfolio, clock: StillClock
) -> None:
    vault.create_vault(
        portfolio.path, portfolio_id="p", passphrase="pass", argon2=FAST, environment={}
    )
    left = key_file_path(portfolio.path).read_bytes()
    portfolio.path.unlink()
    assert do(backup, portfolio, clock) is None
    assert names(portfolio.path) == ["Aurora Foods"]
    assert key_file_path(portfolio.path).read_bytes() == left


def test_on_a_new_computer_the_key_file_comes_along(
    tmp_path: Path, portfolio: Portfolio, clock: StillClock
) -> None:
    path = tmp_path / "vaulted" / "clients.kam"
    path.parent.mkdir()
    key, recovery = vault.create_vault(
        path, portfolio_id="p", passphrase="pass", argon2=FAST, environment={}
    )
    make_backup_of = make_backup(portfolio.path, TEST_KEY, tmp_path / "x", now=clock.now()).path
    restore.restore(make_backup_of, TEST_KEY, path, key, folder=tmp_path / "y", clock=clock)
    made = make_backup(path, key, tmp_path / "z", now=clock.now()).path
    new = tmp_path / "new computer" / "clients.kam"
    new.parent.mkdir()
    opened = vault.unlock(made, recovery_key=recovery.text, environment={})
    restore.restore(made, opened, new, None, folder=new.parent / "b", clock=clock)
    assert names(new, vault.unlock(new, passphrase="pass", environment={})) == []
