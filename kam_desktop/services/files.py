"""Reading a file that is to be kept in the portfolio, and writing a copy of one that is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _


def read_document(path: str) -> tuple[str, bytes]:
    """The name and bytes of a file.

    Raises `UserError` for what is too large to be kept, before reading it, and for what cannot be
    read.
    """
    from kam_desktop.services.documents import MAX_DOCUMENT_BYTES

    source = Path(path)
    try:
        if source.stat().st_size > MAX_DOCUMENT_BYTES:
            limit = MAX_DOCUMENT_BYTES // 1_000_000
            text = _("“{name}” is larger than {limit} MB. Keep it beside the portfolio instead.")
            raise UserError(text.format(name=source.name, limit=limit))
        return source.name, source.read_bytes()
    except OSError as error:
        text = _("“{name}” could not be read: {reason}. Nothing was added.")
        raise UserError(text.format(name=source.name, reason=error.strerror)) from error


def write_copy(path: Path, content: bytes) -> Path:
    """Write a copy of a kept file; returns where. Raises `UserError` when it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        text = _("“{name}” could not be written: {reason}. Choose another place.")
        raise UserError(text.format(name=path.name, reason=error.strerror)) from error
    return path


def write_copies(folder: Path, files: Sequence[tuple[str, bytes]]) -> list[Path]:
    """Write kept files (name and bytes) into a folder, next to what is there; returns where.

    A name that is taken gets a number. Raises `UserError` when one cannot be written.
    """
    written = []
    for name, content in files:
        # A name that came with an e-mail may hold anything.
        plain = Path(name.replace("\\", "/")).name.strip().lstrip(".") or _("attachment")
        path, number = folder / plain, 1
        while path.exists():
            number += 1
            path = folder / f"{Path(plain).stem} ({number}){Path(plain).suffix}"
        written.append(write_copy(path, content))
    return written
