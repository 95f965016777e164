"""What the keyring tests do inside a private D-Bus session; run as a script, prints JSON.

``keyring_scenarios.py SCENARIO FOLDER`` runs one function of this module in a fresh process, so
that no test touches the keyring of whoever runs the tests.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from jeepney import MatchRule
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from kam_desktop.services.storage import key_file, keyring_slot, vault
from kam_desktop.services.storage.argon2 import Argon2Parameters
from kam_desktop.services.storage.key_file import SlotKind, key_file_path
from kam_desktop.services.storage.problems import StorageFaultError

FAST = Argon2Parameters(memory_kib=32, iterations=1, lanes=1)
SECRET = bytes(range(32))
SECRETS_BUS = "org.freedesktop.secrets"


@contextlib.contextmanager
def gnome_keyring() -> Iterator[None]:
    """A daemon of one's own, its login keyring made and unlocked with a password on stdin."""
    appeared = MatchRule(type="signal", sender="org.freedesktop.DBus", member="NameOwnerChanged")
    appeared.add_arg_condition(0, SECRETS_BUS)
    with open_dbus_connection() as bus, bus.filter(appeared) as signals:
        bus.send_and_get_reply(message_bus.AddMatch(appeared))
        daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert daemon.stdin is not None
        daemon.stdin.write(b"login password")
        daemon.stdin.close()
        bus.recv_until_filtered(signals, timeout=20)
    try:
        yield
    finally:
        daemon.terminate()
        daemon.wait()


@contextlib.contextmanager
def mock_service(manner: str) -> Iterator[None]:
    """The misbehaving service of ``secret_service_mock.py``."""
    script = Path(__file__).with_name("secret_service_mock.py")
    process = subprocess.Popen([sys.executable, str(script), manner], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    try:
        yield
    finally:
        process.kill()
        process.communicate()


def lock_default_collection() -> None:
    """What the user does with "lock keyring"."""
    import secretstorage

    with contextlib.closing(secretstorage.dbus_init()) as bus:
        collection = secretstorage.get_default_collection(bus)
        collection.lock()
        assert collection.is_locked()


def trouble(call: Callable[[], object]) -> str:
    """The problem a call raises, by name, after checking that it says what to do."""
    try:
        call()
    except StorageFaultError as fault:
        return fault.problem.name if fault.remedy else "no remedy"
    return "none"


def both_troubles() -> list[str]:
    """What fetching and storing say."""
    return [
        trouble(lambda: keyring_slot.fetch("entry")),
        trouble(lambda: keyring_slot.store("entry", SECRET)),
    ]


def working(_folder: Path) -> object:
    """Stored by one daemon, still there for the next one, gone when forgotten."""
    with gnome_keyring():
        keyring_slot.store("entry", SECRET)
    with gnome_keyring():
        kept = keyring_slot.fetch("entry") == SECRET
        other = trouble(lambda: keyring_slot.fetch("another"))
        keyring_slot.forget("entry")
        return [kept, other, trouble(lambda: keyring_slot.fetch("entry"))]


def locked(_folder: Path) -> object:
    """Locked, and nobody could answer a question."""
    with gnome_keyring():
        keyring_slot.store("entry", SECRET)
        lock_default_collection()
        return both_troubles()


def dismissed(_folder: Path) -> object:
    """Locked; the daemon asks, its prompter cannot show, so it reports the prompt as dismissed."""
    with gnome_keyring():
        lock_default_collection()
        os.environ["DISPLAY"] = ":9876"
        return both_troubles()


def dismissed_by_mock(_folder: Path) -> object:
    """Locked; the question is answered with dismissal."""
    os.environ["DISPLAY"] = ":9876"
    with mock_service("dismisses"):
        return both_troubles()


def stays_locked(_folder: Path) -> object:
    """Locked; the service neither unlocks nor asks."""
    os.environ["DISPLAY"] = ":9876"
    with mock_service("stays_locked"):
        return both_troubles()


def forgets(_folder: Path) -> object:
    """The service takes everything and keeps nothing."""
    with mock_service("forgets"):
        return both_troubles()


def absent(_folder: Path) -> object:
    """A bus without a Secret Service, and no bus at all."""
    without_service = both_troubles()
    del os.environ["DBUS_SESSION_BUS_ADDRESS"]
    return [*without_service, *both_troubles()]


def chosen_by_settings(_folder: Path) -> object:
    """The user's settings name a back end (PYTHON_KEYRING_BACKEND); no service is there."""
    return both_troubles()


def chainer_with_service(_folder: Path) -> object:
    """A chainer could pick a plain file first; the Secret Service is used all the same."""
    with gnome_keyring():
        keyring_slot.store("entry", SECRET)
        return keyring_slot.fetch("entry") == SECRET


def vault_in_keyring(folder: Path) -> object:
    """A portfolio's key in the keyring: made, opened, moved to another computer, stored again."""
    path = folder / "clients.kam"
    environment: dict[str, str] = {}
    with gnome_keyring():
        key, recovery = vault.create_vault(
            path, portfolio_id="p", keyring=True, environment=environment
        )
        assert key.hex() not in key_file_path(path).read_text()
        seen = [vault.unlock(path, environment=environment) == key]
        content = key_file.read_key_file(path)
        slot = content.slot(SlotKind.KEYRING)
        assert slot is not None
        keyring_slot.store(f"p/{slot.id}", bytes(32))
        troubles = [trouble(lambda: vault.unlock(path, environment=environment))]
        keyring_slot.forget(f"p/{slot.id}")
        troubles.append(trouble(lambda: vault.unlock(path, environment=environment)))
        again = vault.unlock(path, recovery_key=recovery, environment=environment)
        vault.add_keyring_slot(path, again)
        seen.append(vault.unlock(path, environment=environment) == key)
        vault.remove_slot(path, key, SlotKind.KEYRING)
        troubles.append(trouble(lambda: vault.unlock(path, environment=environment)))
        return [seen, troubles]


def vault_falls_back(folder: Path) -> object:
    """Without a keyring nothing is written, and the passphrase then works."""
    path = folder / "clients.kam"
    refused = trouble(
        lambda: vault.create_vault(path, portfolio_id="p", keyring=True, environment={})
    )
    left = sorted(item.name for item in folder.iterdir())
    key, _recovery = vault.create_vault(
        path, portfolio_id="p", passphrase="pass", argon2=FAST, environment={}
    )
    return [refused, left, vault.unlock(path, passphrase="pass", environment={}) == key]


if __name__ == "__main__":
    scenario = globals()[sys.argv[1]]
    print(json.dumps(scenario(Path(sys.argv[2]))))  # noqa: T201 - the test reads it
