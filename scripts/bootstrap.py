"""Makes the virtual environment ``.venv`` from the lock file; run by every ``make`` target.

Does nothing when the environment already holds what the lock files say. With ``--dev`` the tools
for tests and checks are installed too. Works on Linux, macOS and Windows with Python 3.11 or newer
and uses the standard library only.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import system_packages

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
LOCKS = {"runtime": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
OLDEST_PYTHON = 0x030B0000
STAMP = ENVIRONMENT / "installed-from"


def environment_python() -> Path:
    """The interpreter inside the virtual environment."""
    if os.name == "nt":
        return ENVIRONMENT / "Scripts" / "python.exe"
    return ENVIRONMENT / "bin" / "python"


def _fingerprint() -> str:
    """Changes whenever an environment made earlier no longer fits."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for lock in LOCKS.values():
        digest.update(lock.read_bytes())
    return digest.hexdigest()


def _installed_level(fingerprint: str) -> str | None:
    """``runtime`` or ``dev`` when the environment is whole and fits, else None."""
    if not environment_python().exists() or not STAMP.exists():
        return None
    recorded, _, level = STAMP.read_text(encoding="utf-8").partition(" ")
    return level if recorded == fingerprint and level in LOCKS else None


def _create() -> None:
    system_packages.ensure_venv_module()
    import venv  # Debian may have installed it just now.

    print(f"Making the virtual environment in {ENVIRONMENT.name} …", flush=True)
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    venv.create(ENVIRONMENT, with_pip=True, symlinks=os.name != "nt")


def _install(lock: Path) -> None:
    """Installs what ``lock`` pins: released wheels only, each checked against its hash."""
    print(f"Installing what {lock.name} names; the first time takes a minute …", flush=True)
    command = [
        *(str(environment_python()), "-m", "pip", "install", "-qq", "--no-input"),
        *("--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"),
        *("--requirement", str(lock)),
    ]
    if subprocess.call(command, cwd=ROOT) != 0:
        raise SystemExit(
            "The packages could not be installed; what pip says is above. "
            "Check the network or your package registry, then run the same command again."
        )


def _make_importable() -> None:
    """Lets the environment's Python import the program from this folder, wherever it is started."""
    query = [
        str(environment_python()),
        "-c",
        "import sysconfig; print(sysconfig.get_path('purelib'))",
    ]
    found = subprocess.run(query, check=True, capture_output=True, text=True)
    (Path(found.stdout.strip()) / "kam_desktop.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def ensure(level: str) -> None:
    """Brings the environment to ``level``: ``runtime``, or ``dev``, which holds runtime too.

    Raises `system_packages.MissingPackagesError`, or ``SystemExit`` when pip fails.
    """
    system_packages.ensure_libraries()
    fingerprint = _fingerprint()
    installed = _installed_level(fingerprint)
    if installed in {level, "dev"}:
        return
    if installed is None:
        _create()
    STAMP.unlink(missing_ok=True)
    _install(LOCKS[level])
    _make_importable()
    STAMP.write_text(f"{fingerprint} {level}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="install the tools for tests too")
    arguments = parser.parse_args()
    if sys.hexversion < OLDEST_PYTHON:
        raise SystemExit("KAM Desktop needs Python 3.11 or newer.")
    try:
        ensure("dev" if arguments.dev else "runtime")
    except system_packages.MissingPackagesError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
