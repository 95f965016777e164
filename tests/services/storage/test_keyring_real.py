"""The keyring absent, locked, dismissed, null and working: a real service on a private bus."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
NEEDED = ("dbus-run-session", "gnome-keyring-daemon")
MISSING = [tool for tool in NEEDED if shutil.which(tool) is None]

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or (bool(MISSING) and not os.environ.get("CI")),
    reason=f"needs {' and '.join(NEEDED)} (apt install dbus gnome-keyring); missing: {MISSING}",
)

# No service directories: what the tests do not start themselves does not exist.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""

PLAIN_BACKEND = '''
import pathlib
from keyring.backend import KeyringBackend

class PlaintextKeyring(KeyringBackend):
    """Writes secrets into a plain file, as keyrings.alt does."""
    priority = 9
    def get_password(self, service, username):
        return pathlib.Path("plain.txt").read_text()
    def set_password(self, service, username, password):
        pathlib.Path("plain.txt").write_text(password)
'''


def run(scenario: str, folder: Path, **extra: str) -> object:
    """What a scenario reports, out of a private D-Bus session with an empty home."""
    home = folder / "home"
    for sub in ("run", "data", "config", "cache", "work"):
        (home / sub).mkdir(parents=True, mode=0o700)
    (home / "bus.conf").write_text(BUS)
    (home / "plain_backend.py").write_text(PLAIN_BACKEND)
    environment = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(home)]),
        **extra,
    }
    script = str(HERE / "keyring_scenarios.py")
    command = ["dbus-run-session", f"--config-file={home / 'bus.conf'}", "--", sys.executable]
    result = subprocess.run(
        [*command, "-W", "error", script, scenario, str(home / "work")],
        cwd=home / "work",
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_a_working_keyring_keeps_the_secret_over_a_restart(tmp_path: Path) -> None:
    gone = "KEYRING_ENTRY_MISSING"
    assert run("working", tmp_path) == [True, gone, gone]


def test_a_locked_keyring_without_a_screen_is_said_to_be_locked(tmp_path: Path) -> None:
    assert run("locked", tmp_path) == ["KEYRING_LOCKED", "KEYRING_LOCKED"]


def test_a_prompt_that_gnome_keyring_reports_as_dismissed(tmp_path: Path) -> None:
    assert run("dismissed", tmp_path) == ["KEYRING_DISMISSED", "KEYRING_DISMISSED"]


def test_a_prompt_the_user_dismisses(tmp_path: Path) -> None:
    assert run("dismissed_by_mock", tmp_path) == ["KEYRING_DISMISSED", "KEYRING_DISMISSED"]


def test_a_service_that_does_not_unlock(tmp_path: Path) -> None:
    assert run("stays_locked", tmp_path) == ["KEYRING_LOCKED", "KEYRING_LOCKED"]


def test_a_service_that_keeps_nothing_is_noticed_by_reading_back(tmp_path: Path) -> None:
    assert run("forgets", tmp_path) == ["KEYRING_ENTRY_MISSING", "KEYRING_FORGETFUL"]


def test_no_service_and_no_bus(tmp_path: Path) -> None:
    assert run("absent", tmp_path) == ["KEYRING_ABSENT"] * 4


@pytest.mark.parametrize(
    ("backend", "problem"),
    [
        ("keyring.backends.null.Keyring", "KEYRING_FORGETFUL"),
        ("keyring.backends.fail.Keyring", "KEYRING_ABSENT"),
        ("keyring.backends.SecretService.Keyring", "KEYRING_ABSENT"),
        ("keyring.backends.chainer.ChainerBackend", "KEYRING_ABSENT"),
        ("plain_backend.PlaintextKeyring", "KEYRING_REFUSED"),
        ("not.installed.Keyring", "KEYRING_REFUSED"),
    ],
)
def test_a_back_end_from_the_settings(tmp_path: Path, backend: str, problem: str) -> None:
    seen = run("chosen_by_settings", tmp_path, PYTHON_KEYRING_BACKEND=backend)
    assert seen == [problem, problem]
    assert not list((tmp_path / "home" / "work").iterdir())


def test_a_chainer_never_leads_to_a_plain_file(tmp_path: Path) -> None:
    chainer = "keyring.backends.chainer.ChainerBackend"
    assert run("chainer_with_service", tmp_path, PYTHON_KEYRING_BACKEND=chainer) is True
    assert not (tmp_path / "home" / "work" / "plain.txt").exists()


def test_the_null_back_end_from_the_configuration_file(tmp_path: Path) -> None:
    settings = tmp_path / "home" / "config" / "python_keyring" / "keyringrc.cfg"
    settings.parent.mkdir(parents=True)
    settings.write_text("[backend]\ndefault-keyring=keyring.backends.null.Keyring\n")
    config = str(tmp_path / "home" / "config")
    seen = run("chosen_by_settings", tmp_path / "other", XDG_CONFIG_HOME=config)
    assert seen == ["KEYRING_FORGETFUL", "KEYRING_FORGETFUL"]


def test_a_portfolio_opens_from_the_keyring_and_recovers_without_it(tmp_path: Path) -> None:
    assert run("vault_in_keyring", tmp_path) == [
        [True, True],
        ["KEYRING_ENTRY_WRONG", "KEYRING_ENTRY_MISSING", "PASSPHRASE_NEEDED"],
    ]


def test_without_a_keyring_nothing_is_written_and_the_passphrase_serves(tmp_path: Path) -> None:
    assert run("vault_falls_back", tmp_path) == ["KEYRING_ABSENT", [], True]
