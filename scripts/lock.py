"""Writes the lock files anew from ``pyproject.toml``; run by ``make lock``.

``requirements.lock`` is what the program needs, ``requirements-dev.lock`` that and the tools, at
the same versions. Both hold for Linux, Windows and macOS and every supported Python, with the hash
of every file that may be installed, and no address to fetch it from: that stays the choice of
whoever installs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = ROOT / "requirements.lock"
DEVELOPMENT = ROOT / "requirements-dev.lock"
OLDEST_PYTHON = "3.11"
HEADER = "# Made by `make lock` from pyproject.toml; do not edit.\n"


def _compile(output: Path, *extra: str, upgrade: bool) -> None:
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if uv is None:
        raise SystemExit("uv is missing; run `make env-dev` first")
    command = [
        *(uv, "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--no-annotate"),
        *("--python-version", OLDEST_PYTHON, "--generate-hashes", "--no-header"),
        *("--no-emit-index-url", "--no-emit-find-links", "--output-file", output.name, *extra),
    ]
    if upgrade:
        command.append("--upgrade")
    # What is written to the terminal may name the registry of this machine; what is written to the
    # file may not, and `_checked` refuses it.
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    output.write_text(HEADER + _checked(output), encoding="utf-8", newline="\n")


def _checked(output: Path) -> str:
    """The text of a lock file without its header; refuses one that names an address."""
    lines = output.read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("#"))
    if re.search(r"://|\s@\s|^-", text, flags=re.MULTILINE):
        raise SystemExit(f"{output.name} names an address; pin released packages only")
    return text


def main() -> None:
    upgrade = "--upgrade" in sys.argv[1:]
    _compile(RUNTIME, upgrade=upgrade)
    constrained = ("--group", "dev", "--constraint", RUNTIME.name)
    _compile(DEVELOPMENT, *constrained, upgrade=upgrade)


if __name__ == "__main__":
    main()
