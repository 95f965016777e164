"""Which of the files that are dropped are e-mails."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtGui import QDropEvent

SUFFIXES = (".eml", ".mbox", ".msg")
PATTERNS = " ".join(f"*{suffix}" for suffix in SUFFIXES)


def mails_of(paths: Iterable[Path]) -> list[Path]:
    """Those of ``paths`` that are e-mails, by their names."""
    return [path for path in paths if path.suffix.lower() in SUFFIXES]


def mail_paths(event: QDropEvent) -> list[Path]:
    """The e-mail files of a drop."""
    urls = event.mimeData().urls() if event.mimeData().hasUrls() else []
    return mails_of(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
