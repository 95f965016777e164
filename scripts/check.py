"""Every check of the project, one after the other; ``make test``.

All run even when one fails, so that one run shows everything there is to mend. Arguments are handed
to pytest: ``make test ARGS="tests/models -x"``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_WORKERS = 8


WINDOW_TESTS = ("tests/ui", "tests/journeys")
"""Run by processes of their own: windows of a thousand tests leave much behind in one process."""


def _steps(pytest_arguments: list[str]) -> dict[str, list[str]]:
    python = sys.executable
    steps = {
        "Lint": [python, "-m", "ruff", "check", "."],
        "Format": [python, "-m", "ruff", "format", "--check", "."],
        "Types": [python, "-m", "mypy"],
    }
    if pytest_arguments:
        return {**steps, "Tests": _pytest(*pytest_arguments)}
    apart = [f"--ignore={folder}" for folder in WINDOW_TESTS]
    return {**steps, "Tests": _pytest("tests", *apart), "Window": _pytest(*WINDOW_TESTS)}


def _pytest(*arguments: str) -> list[str]:
    """loadgroup: tests that share a desktop service (a display, a keyring) name their group and
    stay on one worker; all others go to whichever worker is free."""
    workers = str(min(MOST_WORKERS, max(2, os.cpu_count() or 2)))
    command = [sys.executable, "-m", "pytest", "-n", workers, "--dist", "loadgroup", "-q", "-rfEs"]
    return [*command, *arguments]


def _has_shared_data() -> bool:
    return any((folder / "shared" / "data").is_dir() for folder in [ROOT, *ROOT.parents])


def main() -> None:
    failed = []
    for name, command in _steps(sys.argv[1:]).items():
        print(f"== {name}", flush=True)
        start = time.monotonic()
        status = subprocess.call(command, cwd=ROOT)
        print(
            f"== {name}: {'ok' if status == 0 else 'FAILED'} ({time.monotonic() - start:.0f} s)\n"
        )
        if status != 0:
            failed.append(name)
    if not _has_shared_data():
        print("Skipped: the tests on real exports (tests/real), as there is no folder shared/data")
        print("in this folder or one above it.")
    if failed:
        raise SystemExit(f"Failed: {', '.join(failed)}")
    print("All checks passed.")


if __name__ == "__main__":
    main()
