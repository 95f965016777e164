"""What the user prefers on this laptop, kept as JSON beside nothing secret."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from kam_desktop.ui.theme import MAX_SCALE, MIN_SCALE, Density, ThemeChoice

_log = logging.getLogger(__name__)
LONGEST_REMINDER = 24 * 60
"""So many minutes before a meeting is the earliest to be reminded of it."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """Typed settings of the laptop. ``language`` and ``region`` empty mean the system's.

    ``poster`` is how a map was put on paper last. ``reminder_minutes`` before a meeting, or before
    setting out for it, is reminded of it; the ``remind_…`` say of what else.
    """

    theme: ThemeChoice = ThemeChoice.SYSTEM
    font_scale: float = 1.0
    density: Density = Density.COMFORTABLE
    language: str = ""
    region: str = ""
    last_portfolio: str = ""
    poster: str = ""
    reminders: bool = True
    reminder_minutes: int = 15
    remind_unprepared: bool = True
    remind_due: bool = True


def from_json(text: str) -> Preferences:
    """Preferences from JSON; what is missing or makes no sense is left at its default."""
    try:
        raw = json.loads(text)
    except ValueError:
        return Preferences()
    if not isinstance(raw, dict):
        return Preferences()
    kept: dict[str, Any] = {}
    for field in fields(Preferences):
        try:
            kept[field.name] = _READERS[field.name](raw[field.name])
        except (KeyError, TypeError, ValueError):
            continue
    return Preferences(**kept)


def _scale(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("a number is expected")
    return min(MAX_SCALE, max(MIN_SCALE, float(value)))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text is expected")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false is expected")
    return value


def _minutes(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("a whole number is expected")
    return min(LONGEST_REMINDER, max(0, value))


_READERS: dict[str, Any] = {
    "theme": ThemeChoice,
    "font_scale": _scale,
    "density": Density,
    "language": _text,
    "region": _text,
    "last_portfolio": _text,
    "poster": _text,
    "reminders": _flag,
    "reminder_minutes": _minutes,
    "remind_unprepared": _flag,
    "remind_due": _flag,
}


class PreferenceStore(QObject):
    """The preferences in use. ``changed`` carries the new `Preferences`."""

    changed = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        try:
            self._values = from_json(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            self._values = Preferences()

    @property
    def values(self) -> Preferences:
        return self._values

    def update(self, **changes: Any) -> None:
        """Change some preferences and keep them; a disk that cannot keep them is only logged."""
        values = replace(self._values, **changes)
        if values == self._values:
            return
        self._values = values
        self._save()
        self.changed.emit(values)

    def _save(self) -> None:
        text = json.dumps(asdict(self._values), indent=2)
        draft = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(text, "utf-8")
            draft.replace(self._path)
        except OSError:
            _log.warning("the preferences could not be kept", exc_info=True)
