"""Files that are replaced whole or not at all, also when the power fails."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def write_atomically(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write ``content`` beside ``path``, sync it, and rename it over ``path``.

    The new file is readable by its owner only, unless ``mode`` says otherwise. Raises ``OSError``;
    then ``path`` is as it was.
    """
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, for its mode
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        rename_durably(draft, path)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise


def rename_durably(source: Path, target: Path) -> None:
    """Rename within one folder and sync the folder, so that the rename survives a power cut."""
    os.replace(source, target)  # noqa: PTH105 - the name says that it overwrites
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Sync a folder's list of names. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Make what was written to ``path`` by others (SQLite, a copy) survive a power cut."""
    # Windows refuses to sync a file opened for reading.
    with path.open("rb+") as file:
        os.fsync(file.fileno())
