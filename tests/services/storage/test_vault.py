"""The vault: three ways to the key, and each kind of trouble told apart from the others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_desktop.services.errors import StorageError, UserError
from kam_desktop.services.storage import key_file, vault
from kam_desktop.services.storage.argon2 import Argon2Parameters
from kam_desktop.services.storage.key_file import SlotKind, key_file_path, previous_path
from kam_desktop.services.storage.problems import Problem, StorageFaultError
from kam_desktop.services.storage.recovery_key import RecoveryKey

FAST = Argon2Parameters(memory_kib=32, iterations=1, lanes=1)
ID = "0190aaaa-0000-7000-8000-000000000001"
NO_ENVIRONMENT: dict[str, str] = {}


def create(path: Path, passphrase: str = "correct horse") -> tuple[bytes, RecoveryKey]:
    return vault.create_vault(
        path, portfolio_id=ID, passphrase=passphrase, argon2=FAST, environment=NO_ENVIRONMENT
    )


def problem_of(call: object, *args: object, **options: object) -> Problem:
    assert callable(call)
    with pytest.raises(StorageFaultError) as caught:
        call(*args, **options)
    assert caught.value.remedy
    return caught.value.problem


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "clients.kam"


def test_the_key_opens_by_passphrase_and_by_recovery_key(path: Path) -> None:
    key, recovery = create(path)
    assert len(key) == 32
    assert vault.unlock(path, passphrase="correct horse", environment=NO_ENVIRONMENT) == key
    assert vault.unlock(path, recovery_key=recovery.text.lower(), environment=NO_ENVIRONMENT) == key
    assert vault.describe(path) == vault.VaultInfo(
        ID, frozenset({SlotKind.PASSPHRASE, SlotKind.RECOVERY})
    )


def test_two_vaults_never_share_a_key(tmp_path: Path) -> None:
    first, second = create(tmp_path / "a.kam"), create(tmp_path / "b.kam")
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_nothing_secret_is_written_down(path: Path) -> None:
    key, recovery = create(path, "hunter2 hunter2")
    stored = key_file_path(path).read_text()
    for secret in (key.hex(), recovery.secret.hex(), recovery.text, "hunter2"):
        assert secret not in stored


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists, not in modes")
def test_only_the_owner_may_read_the_key_file(path: Path) -> None:
    create(path)
    assert key_file_path(path).stat().st_mode & 0o077 == 0


def test_a_wrong_passphrase_is_not_called_damage(path: Path) -> None:
    create(path)
    assert (
        problem_of(vault.unlock, path, passphrase="wrong", environment=NO_ENVIRONMENT)
        is Problem.PASSPHRASE_WRONG
    )


def test_the_recovery_key_of_another_portfolio_is_said_to_be_that(path: Path) -> None:
    create(path)
    stranger = RecoveryKey.generate()
    assert (
        problem_of(vault.unlock, path, recovery_key=stranger, environment=NO_ENVIRONMENT)
        is Problem.RECOVERY_KEY_WRONG
    )


def test_a_mistyped_recovery_key_names_the_group(path: Path) -> None:
    _key, recovery = create(path)
    groups = recovery.text.split("-")
    groups[5] = ("1" if groups[5][0] == "0" else "0") + groups[5][1:]
    with pytest.raises(UserError, match="Group 6 "):
        vault.unlock(path, recovery_key="-".join(groups), environment=NO_ENVIRONMENT)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_flipped_bit_of_the_key_file_is_damage_and_never_a_wrong_passphrase(
    tmp_path: Path, data: st.DataObject
) -> None:
    path = tmp_path / "clients.kam"
    key_file_path(path).unlink(missing_ok=True)
    create(path)
    stored = bytearray(key_file_path(path).read_bytes().rstrip())
    at = data.draw(st.integers(0, len(stored) - 1))
    stored[at] ^= 1 << data.draw(st.integers(0, 7))
    key_file_path(path).write_bytes(bytes(stored))
    assert _trouble_with(path) in (Problem.KEY_FILE_DAMAGED, Problem.KEY_FILE_NEWER, None)


def _trouble_with(path: Path) -> Problem | None:
    """What unlocking says; None only when the damage left the same JSON (white space, spelling)."""
    try:
        vault.unlock(path, passphrase="correct horse", environment=NO_ENVIRONMENT)
    except StorageFaultError as fault:
        return fault.problem
    return None


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b"\x00" * 400, b"[" * 50_000])
def test_any_other_content_is_a_damaged_key_file(path: Path, content: bytes) -> None:
    key_file_path(path).write_bytes(content)
    assert problem_of(vault.describe, path) is Problem.KEY_FILE_DAMAGED


def test_a_cut_key_file_is_damaged(path: Path) -> None:
    create(path)
    whole = key_file_path(path).read_bytes()
    key_file_path(path).write_bytes(whole[: len(whole) // 2])
    assert problem_of(vault.describe, path) is Problem.KEY_FILE_DAMAGED


def test_a_missing_key_file_is_said_to_be_missing(path: Path) -> None:
    assert problem_of(vault.describe, path) is Problem.KEY_FILE_MISSING


def test_a_newer_key_file_is_refused_as_newer(path: Path) -> None:
    create(path)
    body = json.loads(key_file_path(path).read_bytes())
    key_file_path(path).write_text(json.dumps({**body, "version": 2}))
    assert problem_of(vault.describe, path) is Problem.KEY_FILE_NEWER


def test_a_cheaper_passphrase_slot_cannot_be_slipped_in(path: Path) -> None:
    """The cost is authenticated: whoever rewrites it (and the checksum) opens nothing."""
    create(path)
    content = key_file.read_key_file(path)
    forged = [
        key_file.Slot(
            s.kind, s.id, s.salt, s.nonce, s.wrapped, s.argon2 and Argon2Parameters(64, 1, 1)
        )
        for s in content.slots
    ]
    key_file_path(path).write_bytes(
        key_file.to_bytes(key_file.KeyFile(ID, content.key_check, tuple(forged)))
    )
    assert (
        problem_of(vault.unlock, path, passphrase="correct horse", environment=NO_ENVIRONMENT)
        is Problem.PASSPHRASE_WRONG
    )


@pytest.mark.parametrize(
    "cost", [(2**40, 1, 1), (64, 10**6, 1), (64, 1, 999), (8, 1, 4), (-1, 1, 1)]
)
def test_a_forged_cost_cannot_take_all_memory(cost: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="out of bounds"):
        Argon2Parameters(*cost)


def test_an_existing_key_file_is_never_replaced_by_a_new_vault(path: Path) -> None:
    create(path)
    before = key_file_path(path).read_bytes()
    assert problem_of(create, path) is Problem.KEY_FILE_EXISTS
    assert key_file_path(path).read_bytes() == before


def test_a_vault_needs_a_way_in(path: Path) -> None:
    with pytest.raises(UserError, match="keyring or a passphrase"):
        vault.create_vault(path, portfolio_id=ID, environment=NO_ENVIRONMENT)
    assert not key_file_path(path).exists()


@pytest.mark.parametrize("empty", ["   ", "\t"])
def test_an_empty_passphrase_is_refused(path: Path, empty: str) -> None:
    with pytest.raises(UserError) as caught:
        create(path, empty)
    assert caught.value.field == "passphrase"
    assert not key_file_path(path).exists()


def test_a_passphrase_is_the_same_from_every_keyboard(path: Path) -> None:
    key, _recovery = create(path, "Z\u00fcrich Gr\u00fc\u00dfe")
    decomposed = "Zu\u0308rich Gru\u0308\u00dfe"
    assert vault.unlock(path, passphrase=decomposed, environment=NO_ENVIRONMENT) == key


def test_a_portfolio_without_keyring_asks_for_the_passphrase(path: Path) -> None:
    create(path)
    assert problem_of(vault.unlock, path, environment=NO_ENVIRONMENT) is Problem.PASSPHRASE_NEEDED


class TestChanging:
    def test_the_passphrase(self, path: Path) -> None:
        key, recovery = create(path)
        vault.change_passphrase(path, key, "another one", argon2=FAST)
        assert vault.unlock(path, passphrase="another one", environment=NO_ENVIRONMENT) == key
        assert vault.unlock(path, recovery_key=recovery, environment=NO_ENVIRONMENT) == key
        assert (
            problem_of(vault.unlock, path, passphrase="correct horse", environment=NO_ENVIRONMENT)
            is Problem.PASSPHRASE_WRONG
        )
        assert not previous_path(path).exists()

    def test_the_recovery_key(self, path: Path) -> None:
        key, old = create(path)
        new = vault.new_recovery_key(path, key)
        assert vault.unlock(path, recovery_key=new.text, environment=NO_ENVIRONMENT) == key
        assert (
            problem_of(vault.unlock, path, recovery_key=old, environment=NO_ENVIRONMENT)
            is Problem.RECOVERY_KEY_WRONG
        )

    def test_needs_the_key_of_this_portfolio(self, path: Path) -> None:
        create(path)
        before = key_file_path(path).read_bytes()
        assert (
            problem_of(vault.change_passphrase, path, bytes(32), "x", argon2=FAST)
            is Problem.KEY_OF_ANOTHER
        )
        assert key_file_path(path).read_bytes() == before

    def test_removing_slots_stops_at_the_last(self, path: Path) -> None:
        key, recovery = create(path)
        vault.remove_slot(path, key, SlotKind.PASSPHRASE)
        assert (
            problem_of(vault.unlock, path, passphrase="correct horse", environment=NO_ENVIRONMENT)
            is Problem.SLOT_MISSING
        )
        assert problem_of(vault.remove_slot, path, key, SlotKind.RECOVERY) is Problem.LAST_SLOT
        assert problem_of(vault.remove_slot, path, key, SlotKind.KEYRING) is Problem.SLOT_MISSING
        assert vault.unlock(path, recovery_key=recovery, environment=NO_ENVIRONMENT) == key

    def test_a_crash_before_the_rename_leaves_the_old_file(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key, _recovery = create(path)

        def fail(source: Path, target: Path) -> None:
            if target == key_file_path(path):
                raise OSError(28, "No space left on device")
            source.replace(target)

        monkeypatch.setattr("kam_desktop.services.storage.atomic_file.rename_durably", fail)
        assert (
            problem_of(vault.change_passphrase, path, key, "new", argon2=FAST)
            is Problem.KEY_FILE_UNWRITABLE
        )
        assert vault.unlock(path, passphrase="correct horse", environment=NO_ENVIRONMENT) == key
        assert not list(path.parent.glob("*.new"))

    def test_a_new_file_that_does_not_read_back_is_taken_back(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key, _recovery = create(path)
        whole = key_file.to_bytes
        monkeypatch.setattr(key_file, "to_bytes", lambda content: whole(content)[:-40])
        assert (
            problem_of(vault.change_passphrase, path, key, "new", argon2=FAST)
            is Problem.KEY_FILE_UNWRITABLE
        )
        monkeypatch.undo()
        assert vault.unlock(path, passphrase="correct horse", environment=NO_ENVIRONMENT) == key

    def test_the_kept_file_serves_when_the_new_one_is_damaged(self, path: Path) -> None:
        key, _recovery = create(path)
        previous_path(path).write_bytes(key_file_path(path).read_bytes())
        key_file_path(path).write_bytes(b"torn")
        assert vault.unlock(path, passphrase="correct horse", environment=NO_ENVIRONMENT) == key
        assert previous_path(path).exists()
        vault.change_passphrase(path, key, "new", argon2=FAST)
        assert vault.unlock(path, passphrase="new", environment=NO_ENVIRONMENT) == key
        assert not previous_path(path).exists()

    def test_an_old_passphrase_left_by_a_crash_is_swept_at_the_next_opening(
        self, path: Path
    ) -> None:
        key, _recovery = create(path)
        old = key_file_path(path).read_bytes()
        vault.change_passphrase(path, key, "new", argon2=FAST)
        previous_path(path).write_bytes(old)
        vault.unlock(path, passphrase="new", environment=NO_ENVIRONMENT)
        assert not previous_path(path).exists()


class TestEnvironment:
    ENVIRONMENT: ClassVar[dict[str, str]] = {vault.PASSPHRASE_VARIABLE: "from the environment"}

    def test_its_passphrase_wraps_and_opens(self, path: Path) -> None:
        key, _recovery = vault.create_vault(
            path, portfolio_id=ID, keyring=True, argon2=FAST, environment=self.ENVIRONMENT
        )
        assert vault.unlock(path, environment=self.ENVIRONMENT) == key
        assert SlotKind.KEYRING not in vault.describe(path).slots

    def test_the_keyring_is_not_even_imported(self, path: Path) -> None:
        script = (
            "import sys; from pathlib import Path\n"
            "from kam_desktop.services.storage import vault\n"
            "from kam_desktop.services.storage.argon2 import Argon2Parameters\n"
            "path = Path(sys.argv[1])\n"
            "key, _ = vault.create_vault(path, portfolio_id='p', keyring=True,"
            " argon2=Argon2Parameters(32, 1, 1))\n"
            "assert vault.unlock(path) == key\n"
            "vault.change_passphrase(path, key, 'other', argon2=Argon2Parameters(32, 1, 1))\n"
            "touched = [m for m in sys.modules if 'keyring' in m or 'secretstorage' in m]\n"
            "print(touched)"
        )
        result = subprocess.run(
            [sys.executable, "-c", script, str(path)],
            env={**os.environ, **self.ENVIRONMENT},
            capture_output=True,
            text=True,
            check=True,
        )
        assert result.stdout.strip() == "[]"


def test_a_vault_of_a_portfolio_that_never_came_to_be_can_be_discarded(path: Path) -> None:
    create(path)
    vault.discard_vault(path)
    assert not key_file_path(path).exists()


def test_the_vault_of_an_existing_portfolio_is_never_discarded(path: Path) -> None:
    create(path)
    path.write_bytes(b"")
    vault.discard_vault(path)
    assert key_file_path(path).exists()


def test_every_fault_is_a_storage_error_with_its_exit_code() -> None:
    fault = StorageFaultError(Problem.NO_SPACE, "Full.", remedy="Free some space.")
    assert isinstance(fault, StorageError)
    assert fault.exit_code == 3
    assert str(fault) == "Full. Free some space."
