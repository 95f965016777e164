"""Which key opens a backup."""

from __future__ import annotations

from pathlib import Path

import pytest

from kam_desktop.services.opening import Secrets, create_portfolio
from kam_desktop.services.storage import key_file, vault
from kam_desktop.services.storage.backup import make_backup
from kam_desktop.services.storage.backup_keys import is_of_another, key_of_backup
from kam_desktop.services.storage.problems import Problem, StorageFaultError
from tests.conftest import StillClock


@pytest.fixture(autouse=True)
def no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(vault.PASSPHRASE_VARIABLE, raising=False)


def portfolio(
    folder: Path, name: str, passphrase: str, clock: StillClock
) -> tuple[Path, bytes, Path]:
    """A portfolio, its key, and a backup of it."""
    path = folder / f"{name}.kam"
    opened, _recovery = create_portfolio(path, title=name, secrets=Secrets(passphrase))
    opened.close()
    backup = make_backup(path, opened.key, folder / "backups", now=clock.now())
    return path, opened.key, backup.path


def test_its_own_backup_opens_with_its_key(tmp_path: Path, clock: StillClock) -> None:
    path, key, backup = portfolio(tmp_path, "Northern", "first passphrase", clock)
    vault.change_passphrase(path, key, "second passphrase")
    assert not is_of_another(backup, path)
    assert key_of_backup(backup, path, key) == key
    key_file.key_file_path(backup).unlink()
    assert key_of_backup(backup, path, key) == key


def test_the_backup_of_another_opens_with_its_own_secret(tmp_path: Path, clock: StillClock) -> None:
    path, key, _backup = portfolio(tmp_path, "Northern", "first passphrase", clock)
    _other, other_key, backup = portfolio(tmp_path, "Southern", "other passphrase", clock)
    assert is_of_another(backup, path)
    with pytest.raises(StorageFaultError) as nothing_typed:
        key_of_backup(backup, path, key)
    assert nothing_typed.value.problem is Problem.PASSPHRASE_NEEDED
    with pytest.raises(StorageFaultError) as wrong:
        key_of_backup(backup, path, key, passphrase="first passphrase")
    assert wrong.value.problem is Problem.PASSPHRASE_WRONG
    assert key_of_backup(backup, path, key, passphrase="other passphrase") == other_key
