"""Which backups there are, which are kept, and when it is time for another. Pure but for the
listing.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kam_desktop.services.i18n import _, ngettext

DAILY = dt.timedelta(days=14)
WEEKLY = dt.timedelta(weeks=8)
MONTHLY = dt.timedelta(days=2 * 366)
EVERY = dt.timedelta(hours=4)
STALE_AFTER = dt.timedelta(days=7)


class BackupReason(enum.StrEnum):
    """Why a backup was made. Only automatic ones are thinned."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"
    UPGRADE = "upgrade"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """One backup on disk; ``taken_at`` is in UTC, ``size`` in bytes."""

    path: Path
    taken_at: dt.datetime
    reason: BackupReason
    size: int


_NAME = re.compile(
    r"(?P<stem>.+)\.(?P<at>\d{8}T\d{9})Z"
    r"\.(?P<reason>automatic|manual|upgrade|restore)(?P<suffix>\.\w+)?"
)


def backup_folder(portfolio: Path) -> Path:
    """Where the backups of a portfolio go unless the user chose another folder."""
    return portfolio.with_name(f"{portfolio.name} backups")


def backup_name(portfolio: Path, at: dt.datetime, reason: BackupReason) -> str:
    """``clients.20261120T090000000Z.manual.kam``: sorts by time, in UTC to the millisecond."""
    utc = at.astimezone(dt.UTC)
    stamp = f"{utc:%Y%m%dT%H%M%S}{utc.microsecond // 1000:03}"
    return f"{portfolio.stem}.{stamp}Z.{reason}{portfolio.suffix}"


def list_backups(folder: Path, portfolio: Path) -> list[BackupInfo]:
    """The backups of ``portfolio`` in ``folder``, newest first; an unreadable folder has none."""
    try:
        found = [_info(file, portfolio) for file in folder.iterdir()]
    except OSError:
        return []
    return sorted(
        (info for info in found if info is not None),
        key=lambda info: (info.taken_at, info.path.name),
        reverse=True,
    )


def read_name(path: Path) -> tuple[str, dt.datetime, BackupReason] | None:
    """What a backup's file name says: the portfolio's stem, when, why. None for other files."""
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        at = dt.datetime.strptime(match["at"] + "000+0000", "%Y%m%dT%H%M%S%f%z")
    except ValueError:
        return None
    return match["stem"], at.astimezone(dt.UTC), BackupReason(match["reason"])


def _info(file: Path, portfolio: Path) -> BackupInfo | None:
    named = read_name(file)
    if named is None or named[0] != portfolio.stem or file.suffix != portfolio.suffix:
        return None
    try:
        return BackupInfo(file, named[1], named[2], file.stat().st_size)
    except OSError:
        return None


def keep(taken: Iterable[dt.datetime], now: dt.datetime) -> set[dt.datetime]:
    """Which of the backups taken at these instants stay, seen from ``now``.

    All of today and yesterday; then the last of each day for 14 days, the last of each week for 8
    weeks, the last of each month for two years; always the newest, and any from the future (the
    clock was wrong once; nobody knows which one). Days are those of ``now``'s time zone. All are
    aware.

    Thinning now never takes what thinning later would have kept, so it does not matter how often it
    is done: keep(keep(x, t), u) == keep(x, u) for t ≤ u.
    """
    instants = sorted(set(taken))
    kept = {at for at in instants if at > now or _day(at, now) >= _yesterday(now)}
    kept |= _last_of_each(instants, now, DAILY, lambda day: day)
    kept |= _last_of_each(instants, now, WEEKLY, lambda day: day.isocalendar()[:2])
    kept |= _last_of_each(instants, now, MONTHLY, lambda day: (day.year, day.month))
    return kept | set(instants[-1:])


def _last_of_each(
    instants: Sequence[dt.datetime],
    now: dt.datetime,
    span: dt.timedelta,
    period: Callable[[dt.date], Hashable],
) -> set[dt.datetime]:
    last = {period(_day(at, now)): at for at in instants}
    return {at for at in last.values() if _day(at, now) >= now.date() - span}


def _day(at: dt.datetime, now: dt.datetime) -> dt.date:
    return at.astimezone(now.tzinfo).date()


def _yesterday(now: dt.datetime) -> dt.date:
    return now.date() - dt.timedelta(days=1)


def thinned_out(backups: Sequence[BackupInfo], now: dt.datetime) -> list[BackupInfo]:
    """The automatic backups that `keep` lets go."""
    automatic = [info for info in backups if info.reason is BackupReason.AUTOMATIC]
    stay = keep((info.taken_at for info in automatic), now)
    return [info for info in automatic if info.taken_at not in stay]


def is_due(backups: Sequence[BackupInfo], changed_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether an automatic backup should be made: something changed since, and the last is old."""
    past = [info.taken_at for info in backups if info.taken_at <= now]
    if changed_at is None:
        return False
    newest = max(past, default=None)
    return newest is None or (changed_at > newest and now - newest >= EVERY)


def changed_at(portfolio: Path) -> dt.datetime | None:
    """When the portfolio's file or its log was last written (UTC); None when it is not there."""
    times = []
    for file in (portfolio, portfolio.with_name(f"{portfolio.name}-wal")):
        try:
            status = file.stat()
            # Merely opening makes an empty log.
            if status.st_size:
                times.append(status.st_mtime)
        except OSError:
            continue
    return dt.datetime.fromtimestamp(max(times), dt.UTC) if times else None


def stale_notice(
    backups: Sequence[BackupInfo], changed_at: dt.datetime | None, now: dt.datetime
) -> str | None:
    """What to tell the user when changes have gone without a backup for a week; None otherwise."""
    newest = max((info.taken_at for info in backups if info.taken_at <= now), default=None)
    if changed_at is None or (newest is not None and changed_at <= newest):
        return None
    if newest is None:
        return _("There is no backup of this portfolio yet. Make one in Settings.")
    if now - newest < STALE_AFTER:
        return None
    days = (now - newest).days
    return ngettext(
        "The newest backup is {days} day old. Check the backup folder in Settings.",
        "The newest backup is {days} days old. Check the backup folder in Settings.",
        days,
    ).format(days=days)
