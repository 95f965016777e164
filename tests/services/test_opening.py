"""Making and opening portfolios: every refusal says which, and nothing is made over anything."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kam_desktop.services.errors import StorageError, UserError
from kam_desktop.services.opening import OpenPortfolio, Secrets, create_portfolio, open_portfolio
from kam_desktop.services.storage import high_water, vault
from kam_desktop.services.storage.engine import connect
from kam_desktop.services.storage.key_file import key_file_path
from kam_desktop.services.storage.lock import PortfolioInUseError
from kam_desktop.services.storage.problems import Problem, StorageFaultError
from kam_desktop.services.storage.recovery_key import RecoveryKey
from kam_desktop.services.storage.schema import NewerSchemaError, OlderSchemaError
from tests.conftest import StillClock

PASS = Secrets(passphrase="correct horse")


@pytest.fixture(autouse=True)
def no_passphrase_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(vault.PASSPHRASE_VARIABLE, raising=False)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RecoveryKey]:
    path = tmp_path_factory.mktemp("made") / "clients.kam"
    opened, recovery = create_portfolio(path, title="Clients", secrets=PASS)
    opened.close()
    return path, recovery


@pytest.fixture
def path(tmp_path: Path, made_once: tuple[Path, RecoveryKey]) -> Path:
    """A closed portfolio with key file."""
    path = tmp_path / "clients.kam"
    shutil.copy(made_once[0], path)
    shutil.copy(key_file_path(made_once[0]), key_file_path(path))
    return path


def key_of(path: Path) -> bytes:
    return vault.unlock(path, passphrase=PASS.passphrase)


def problem_of(path: Path, secrets: Secrets = PASS, *, read_only: bool = False) -> Problem:
    with pytest.raises(StorageFaultError) as caught:
        open_portfolio(path, secrets, read_only=read_only).close()
    assert caught.value.remedy
    return caught.value.problem


def test_an_older_file_is_not_read_before_it_was_brought_up_to_date(path: Path) -> None:
    with contextlib.closing(connect(path, key_of(path))) as db:
        db.execute("PRAGMA user_version = 1")
    before = path.read_bytes()
    with pytest.raises(OlderSchemaError) as caught:
        open_portfolio(path, PASS, read_only=True)
    assert "brought up to date" in caught.value.remedy
    assert path.read_bytes() == before


def add_note(opened: OpenPortfolio, name: str) -> None:
    with opened.portfolio.unit_of_work("Note") as work:
        work.execute("INSERT INTO setting (id, value) VALUES (?, '1')", (name,))


def test_a_new_portfolio_opens_again_in_each_way(
    path: Path, made_once: tuple[Path, RecoveryKey], clock: StillClock
) -> None:
    for secrets in (PASS, Secrets(recovery_key=made_once[1].text)):
        with open_portfolio(path, secrets, clock=clock) as opened:
            assert opened.notices == ()
            assert not opened.portfolio.read_only


def test_creating_leaves_the_portfolio_its_key_file_and_its_lock_only(
    made_once: tuple[Path, RecoveryKey],
) -> None:
    names = {file.name for file in made_once[0].parent.iterdir()}
    assert {"clients.kam", "clients.kam.keys"} <= names
    assert names <= {"clients.kam", "clients.kam.keys", "clients.kam.lock", "clients.kam.mark"}


@pytest.mark.parametrize("content", [b"", b"something of the user's"])
def test_nothing_is_made_over_an_existing_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "clients.kam"
    path.write_bytes(content)
    with pytest.raises(StorageError, match="there already"):
        create_portfolio(path, title="Clients", secrets=PASS)
    assert path.read_bytes() == content
    assert not key_file_path(path).exists()


def test_a_failed_creation_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "clients.kam"
    with pytest.raises(UserError):
        create_portfolio(path, title="Clients", secrets=Secrets(passphrase="  "))
    with pytest.raises(UserError):
        create_portfolio(path, title="Clients", secrets=PASS, home_currency="not one")
    assert {file.name for file in tmp_path.iterdir()} <= {"clients.kam.lock"}
    create_portfolio(path, title="Clients", secrets=PASS)[0].close()


KILLED_IN_CREATION = """
import os, signal, sys
from pathlib import Path
from kam_desktop.services import opening
from kam_desktop.services.storage import schema
def die(db):
    db.execute("CREATE TABLE t (x)")
    os.kill(os.getpid(), signal.SIGKILL)
schema.create_schema = die
opening.create_portfolio(Path(sys.argv[1]), title="C", secrets=opening.Secrets(passphrase="p"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_creation_that_is_killed_does_not_leave_half_a_portfolio(tmp_path: Path) -> None:
    path = tmp_path / "clients.kam"
    script = [sys.executable, "-c", KILLED_IN_CREATION, str(path)]
    assert subprocess.run(script, check=False).returncode == -9
    assert not path.exists()
    assert problem_of(path) is Problem.FILE_MISSING


def test_an_open_portfolio_cannot_be_opened_twice(path: Path, clock: StillClock) -> None:
    with open_portfolio(path, PASS, clock=clock):
        with pytest.raises(PortfolioInUseError) as caught:
            open_portfolio(path, PASS, clock=clock)
        assert caught.value.owner is not None
        assert caught.value.owner.since == clock.now()
    open_portfolio(path, PASS, clock=clock).close()


def test_wrong_key_damaged_key_file_and_damaged_portfolio_are_three_things(path: Path) -> None:
    keys = key_file_path(path)
    whole_keys, whole = keys.read_bytes(), path.read_bytes()
    assert problem_of(path, Secrets(passphrase="wrong")) is Problem.PASSPHRASE_WRONG
    assert problem_of(path, Secrets()) is Problem.PASSPHRASE_NEEDED
    keys.write_bytes(whole_keys[:-60])
    assert problem_of(path) is Problem.KEY_FILE_DAMAGED
    keys.unlink()
    assert problem_of(path) is Problem.KEY_FILE_MISSING
    keys.write_bytes(whole_keys)
    path.write_bytes(whole[:100] + b"?" + whole[101:])
    assert problem_of(path) is Problem.FILE_DAMAGED
    path.write_bytes(whole[:9000])
    assert problem_of(path) is Problem.FILE_TRUNCATED
    path.write_bytes(b"")
    assert problem_of(path) is Problem.FILE_EMPTY
    assert path.read_bytes() == b""
    path.write_bytes(whole)
    open_portfolio(path, PASS).close()


def test_a_refused_opening_does_not_keep_the_lock(path: Path) -> None:
    assert problem_of(path, Secrets(passphrase="wrong")) is Problem.PASSPHRASE_WRONG
    open_portfolio(path, PASS).close()


def test_a_newer_portfolio_is_refused_for_writing_and_offered_for_reading(path: Path) -> None:
    db = connect(path, key_of(path))
    db.execute("PRAGMA user_version = 9999")
    db.close()
    before = path.read_bytes()
    with pytest.raises(NewerSchemaError, match="reading only"):
        open_portfolio(path, PASS)
    with open_portfolio(path, PASS, read_only=True) as opened:
        with opened.portfolio.reading() as read:
            assert read.value("SELECT count(*) FROM setting") > 0
        with pytest.raises(StorageError, match="reading only"):
            add_note(opened, "x")
    assert path.read_bytes() == before


def test_a_portfolio_in_a_synchronised_folder_is_refused_but_can_be_read(path: Path) -> None:
    (path.parent / ".stfolder").mkdir()
    assert problem_of(path) is Problem.CLOUD_FOLDER
    open_portfolio(path, PASS, read_only=True).close()


@pytest.fixture
def on_a_read_only_disk(path: Path, tmp_path: Path) -> Iterator[Path]:
    point = tmp_path / "disc"
    point.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(point)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        pytest.skip("needs the right to mount")
    for file in (path, key_file_path(path)):
        shutil.copy(file, point)
    subprocess.run(["mount", "-o", "remount,ro", str(point)], check=True)
    yield point / path.name
    subprocess.run(["umount", str(point)], check=True)


def test_a_portfolio_on_a_read_only_disk_can_be_read(on_a_read_only_disk: Path) -> None:
    assert problem_of(on_a_read_only_disk) is Problem.READ_ONLY
    with (
        open_portfolio(on_a_read_only_disk, PASS, read_only=True) as opened,
        opened.portfolio.reading() as db,
    ):
        assert db.value("SELECT count(*) FROM setting") > 0


def test_lost_changes_are_told_once(path: Path, clock: StillClock) -> None:
    opened = open_portfolio(path, PASS, clock=clock)
    for number in range(5):
        add_note(opened, f"n{number}")
    wal = Path(f"{path}-wal")
    saved = {file: file.read_bytes() for file in (path, wal, high_water.mark_path(path))}
    opened.close()
    for file, content in saved.items():
        file.write_bytes(content)
    # The last two changes' frames are damaged; SQLite drops them without a word.
    damaged = bytearray(saved[wal])
    damaged[len(damaged) * 2 // 3] ^= 1
    wal.write_bytes(bytes(damaged))
    with open_portfolio(path, PASS, clock=clock) as again:
        assert len(again.notices) == 1
        assert "missing" in again.notices[0]
    with open_portfolio(path, PASS, clock=clock) as again:
        assert again.notices == ()
