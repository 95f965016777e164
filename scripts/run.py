"""Starts the program, or walks through it headless where there is no display; ``make run``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOUR = ROOT / "build" / "tour"


def has_display() -> bool:
    """Whether a window can be shown; macOS and Windows always have a screen to ask for."""
    if sys.platform in {"darwin", "win32"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _run(*arguments: str, **environment: str) -> int:
    command = [sys.executable, "-m", "kam_desktop", *arguments]
    return subprocess.call(command, cwd=ROOT, env={**os.environ, **environment})


def _tour() -> int:
    place = TOUR.relative_to(ROOT).as_posix()
    print("There is no display, so no window can be shown. Walking through the program with the")
    print(f"sample portfolio instead; the PDF and the pictures will be in {place}/ …", flush=True)
    return _run("tour", "--out", str(TOUR), QT_QPA_PLATFORM="offscreen")


def main() -> None:
    arguments = sys.argv[1:]
    if arguments or has_display():
        raise SystemExit(_run(*(arguments or ["--sample-on-first-start"])))
    raise SystemExit(_tour())


if __name__ == "__main__":
    main()
