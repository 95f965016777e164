"""Reading calendar files beside the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kam_desktop.services.errors import UserError
from kam_desktop.ui.shell.tasks import TaskToken

if TYPE_CHECKING:
    from kam_desktop.services.exchange.calendars.events import CalendarEvent


@dataclass(frozen=True, slots=True)
class LoadedCalendars:
    """The newest version of each event; ``problems`` are (title, reason) of what is unusable,
    ``refusals`` sentences about files that cannot be read at all."""

    events: tuple[CalendarEvent, ...]
    problems: tuple[tuple[str, str], ...]
    refusals: tuple[str, ...]


def load_calendars(
    paths: Sequence[Path], zone: str, now: dt.datetime, task: TaskToken
) -> LoadedCalendars:
    """Read files one after the other; one that is refused does not stop the others.

    Runs on an io lane. Raises ``CancelledError``.
    """
    from kam_desktop.services.calendar_files import read_files

    events: dict[str, CalendarEvent] = {}
    problems: list[tuple[str, str]] = []
    refusals: list[str] = []
    for number, path in enumerate(paths):
        task.progress(number, len(paths), path.name)
        try:
            found, unusable = read_files([path], zone, now)
        except UserError as error:
            refusals.append(str(error))
            continue
        events.update((event.key, event) for event in found)
        problems += unusable
    task.check()
    return LoadedCalendars(tuple(events.values()), tuple(problems), tuple(refusals))
