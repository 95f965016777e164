"""Finds the files under ``resources/`` from a source tree, a wheel and a frozen program."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    package = Path(__file__).resolve().parent.parent
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [package / "_resources", package.parent / "resources"]
    if frozen:
        candidates.insert(0, Path(frozen) / "resources")
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError("the program's resources folder is missing; install it again")


def resource_path(*parts: str) -> Path:
    """The path of one resource file.

    Raises ``FileNotFoundError`` when there is no such file.
    """
    path = _root().joinpath(*parts)
    if not path.is_file():
        raise FileNotFoundError(f"no resource {'/'.join(parts)}")
    return path


def resource_dir(*parts: str) -> Path:
    """The path of a folder of resources; it may be empty or missing."""
    return _root().joinpath(*parts)
