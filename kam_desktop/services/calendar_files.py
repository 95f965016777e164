"""Calendar files in and out: what the window and the command line call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kam_desktop.services.calendar_export import appointments
from kam_desktop.services.calendar_import import (
    AHEAD,
    BACK,
    PlannedMeeting,
    import_calendar,
    plan_calendar,
)
from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.calendars.events import CalendarEvent
from kam_desktop.services.exchange.calendars.reading import MAX_BYTES, read_calendar
from kam_desktop.services.exchange.calendars.writing import Appointment, calendar_bytes
from kam_desktop.services.exchange.plans import Fate, require_some
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.storage.atomic_file import write_atomically
from kam_desktop.services.storage.own_files import require_not_own
from kam_desktop.services.zones import zone_info

if TYPE_CHECKING:
    import datetime as dt

    from kam_desktop.services.storage.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class CalendarImport:
    """What an import of calendar files does or did; ``unreadable`` are (title, reason)."""

    plan: tuple[PlannedMeeting, ...]
    unreadable: tuple[tuple[str, str], ...]

    @property
    def left_out(self) -> tuple[tuple[str, str], ...]:
        """The title and the reason of everything that was not taken over."""
        rejected = [each for each in self.plan if each.fate is Fate.REJECTED]
        return (*((each.event.title, each.reason) for each in rejected), *self.unreadable)

    @property
    def changes_something(self) -> bool:
        """Whether there is anything new or changed."""
        return any(each.fate in {Fate.NEW, Fate.CHANGED} for each in self.plan)

    def to_json(self) -> dict[str, Any]:
        """Counts by fate, and what was left out with its reason."""
        counts = Counter(each.fate for each in self.plan)
        return {
            **{str(fate): counts[fate] for fate in Fate},
            "left_out": [{"title": title, "reason": reason} for title, reason in self.left_out],
        }


def read_files(
    paths: Iterable[Path], zone: str, now: dt.datetime
) -> tuple[list[CalendarEvent], list[tuple[str, str]]]:
    """The events of some files around ``now``, newest version of each, and what is unusable.

    A file that cannot be read at all is one of the latter, under its name. Raises `UserError` when
    none can be read.
    """
    zone_info(zone)
    events: dict[str, CalendarEvent] = {}
    problems: list[tuple[str, str]] = []
    refused: list[tuple[str, str]] = []
    read = 0
    for path in paths:
        try:
            found = read_calendar(_content(path), zone=zone, since=now - BACK, until=now + AHEAD)
        except UserError as error:
            refused.append((path.name, str(error)))
            continue
        read += 1
        events.update((event.key, event) for event in found.events)
        problems += [(each.title, each.reason) for each in found.problems]
    require_some(read, refused)
    return list(events.values()), [*problems, *refused]


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError(_("It cannot be read: {reason}.").format(reason=error.strerror)) from None


def import_files(
    portfolio: Portfolio,
    paths: Iterable[Path],
    *,
    zone: str,
    account_id: str = "",
    add_people: bool = False,
    dry_run: bool = False,
) -> CalendarImport:
    """Read, plan and, unless ``dry_run``, import. Raises `UserError`; nothing is changed then.

    When nothing is new or changed, no action is recorded.
    """
    events, problems = read_files(paths, zone, portfolio.clock.now())
    with portfolio.reading() as db:
        done = CalendarImport(plan_calendar(db, events, account_id=account_id), tuple(problems))
    if done.changes_something and not dry_run:
        with portfolio.unit_of_work(label_of(done), origin="import") as work:
            import_calendar(work, done.plan, add_people=add_people)
    return done


def label_of(done: CalendarImport) -> str:
    """How the step is called in history and undo."""
    count = sum(each.fate in {Fate.NEW, Fate.CHANGED} for each in done.plan)
    return ngettext(
        "Import of {count} meeting from a calendar",
        "Import of {count} meetings from a calendar",
        count,
    ).format(count=count)


def export_file(
    portfolio: Portfolio, path: Path, *, account_id: str | None = None, past: bool = False
) -> int:
    """Write meetings to ``path``; returns how many. Raises `UserError` when that cannot be done."""
    now = portfolio.clock.now()
    since = now.replace(year=1970) if past else now
    with portfolio.reading() as db:
        found = appointments(db, since, account_id=account_id)
    write_calendar(portfolio, path, found)
    return len(found)


def write_calendar(portfolio: Portfolio, path: Path, found: Iterable[Appointment]) -> None:
    """Write a calendar file whole or not at all. Raises `UserError` when it cannot be written."""
    require_not_own(path)
    content = calendar_bytes(found, portfolio.clock.now())
    try:
        write_atomically(path, content)
    except OSError as error:
        raise UserError(
            _("“{path}” cannot be written: {reason}. Choose another place.").format(
                path=path, reason=error.strerror
            )
        ) from None
