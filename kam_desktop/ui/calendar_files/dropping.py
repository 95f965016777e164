"""Which of the files that are dropped are calendars."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtGui import QDropEvent

SUFFIXES = (".ics", ".ical", ".ifb", ".icalendar")
PATTERNS = " ".join(f"*{suffix}" for suffix in SUFFIXES)


def is_calendar(path: Path) -> bool:
    """Whether a file is a calendar, by its name."""
    return path.suffix.lower() in SUFFIXES


def calendars_of(paths: Iterable[Path]) -> list[Path]:
    """Those of ``paths`` that are calendars."""
    return [path for path in paths if is_calendar(path)]


def calendar_paths(event: QDropEvent) -> list[Path]:
    """The calendar files of a drop."""
    urls = event.mimeData().urls() if event.mimeData().hasUrls() else []
    return calendars_of(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
