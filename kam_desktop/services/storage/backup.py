"""Makes backups: encrypted like the original, complete, verified, and there whole or not at all.

A backup is two files: the database, copied through SQLite's backup interface from one snapshot
while the program goes on writing, and its key file, so that the passphrase or the recovery key
opens it on any computer. It is read back in full before it gets its name.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from kam_desktop.services.errors import CancelledError, StorageError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage import key_file, location, schema
from kam_desktop.services.storage.atomic_file import rename_durably, sync_file, write_atomically
from kam_desktop.services.storage.backup_files import (
    BackupInfo,
    BackupReason,
    backup_name,
    changed_at,
    is_due,
    list_backups,
    thinned_out,
)
from kam_desktop.services.storage.damage import findings, stops_when
from kam_desktop.services.storage.engine import Connection, DatabaseError, connect
from kam_desktop.services.storage.problems import Problem, StorageFaultError

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
_PAGES_PER_STEP = 256


def never() -> bool:
    """The cancel test of work that nobody can cancel."""
    return False


def silent(_done: int, _total: int) -> None:
    """The progress of work that nobody watches."""


def make_backup(
    portfolio: Path,
    key: bytes,
    folder: Path,
    *,
    now: dt.datetime,
    reason: BackupReason = BackupReason.MANUAL,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> BackupInfo:
    """Back ``portfolio`` up into ``folder`` (made when missing) and verify the copy.

    ``progress(done, total)`` counts pages. Raises ``StorageError`` (no space, folder not writable,
    original damaged, copy not whole) and ``CancelledError``; then no half a backup is left.
    """
    target = folder / backup_name(portfolio, now, reason)
    _prepare_folder(folder, portfolio)
    draft = target.with_name(f"{target.name}.part")
    with _cleaned_up(draft), told_as_backup_trouble(portfolio, folder):
        copy_database(portfolio, key, draft, key, progress=progress, cancelled=cancelled)
        _verify_copy(portfolio, draft, key, cancelled)
        _copy_key_file(portfolio, target)
        rename_durably(draft, target)
    return BackupInfo(target, _to_millisecond(now), reason, target.stat().st_size)


def automatic_backup(
    portfolio: Path,
    key: bytes,
    folder: Path,
    *,
    now: dt.datetime,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> BackupInfo | None:
    """Make a backup if one is due, and thin the set out; None when none was due.

    Raises like `make_backup`. Old backups are removed only after the new one was verified.
    """
    if not is_due(list_backups(folder, portfolio), changed_at(portfolio), now):
        return None
    made = make_backup(
        portfolio,
        key,
        folder,
        now=now,
        reason=BackupReason.AUTOMATIC,
        progress=progress,
        cancelled=cancelled,
    )
    for old in thinned_out(list_backups(folder, portfolio), now):
        remove_backup(old)
    return made


def remove_backup(backup: BackupInfo) -> None:
    """Delete a backup and its key file; one that cannot be deleted now is tried again next time."""
    with contextlib.suppress(OSError):
        backup.path.unlink(missing_ok=True)
        key_file.key_file_path(backup.path).unlink(missing_ok=True)


def renew_key_files(portfolio: Path, folder: Path) -> int:
    """Give the backups in ``folder`` the portfolio's present key file; returns how many.

    Called after the passphrase or recovery key was changed, so that the old one opens no backup of
    the same portfolio either. Backups of another portfolio are left alone.
    """
    content = key_file.read_key_file(portfolio)
    data = key_file.to_bytes(content)
    renewed = 0
    for backup in list_backups(folder, portfolio):
        with contextlib.suppress(OSError, StorageError):
            old = key_file.read_key_file(backup.path)
            if (old.portfolio_id, old.key_check) == (content.portfolio_id, content.key_check):
                write_atomically(key_file.key_file_path(backup.path), data)
                renewed += 1
    return renewed


def verify(backup: Path, key: bytes, *, cancelled: Cancelled = never) -> None:
    """Read the whole of ``backup``; raises ``StorageFaultError`` (`Problem.BACKUP_DAMAGED`) or
    None.

    Also raises ``CancelledError``.
    """
    try:
        with (
            contextlib.closing(connect(backup, key, read_only=True)) as db,
            stops_when(db, cancelled),
        ):
            is_ours = db.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
            found = list(findings(db, structure="quick_check"))
    except DatabaseError as error:
        raise _damaged(backup) from error
    if found or not is_ours:
        raise _damaged(backup)


def _verify_copy(portfolio: Path, draft: Path, key: bytes, cancelled: Cancelled) -> None:
    """Verify a copy just made; a damaged page of the original is copied and shows here."""
    try:
        verify(draft, key, cancelled=cancelled)
    except StorageFaultError as fault:
        raise StorageFaultError(
            Problem.BACKUP_FAILED,
            _("The copy of “{name}” is not whole, so it was not kept.").format(name=portfolio.name),
            remedy=_(
                "Older backups were kept. Check in Settings whether the portfolio is damaged."
            ),
        ) from fault


def copy_database(
    source: Path,
    source_key: bytes,
    target: Path,
    target_key: bytes,
    *,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> None:
    """Copy one snapshot of ``source`` into the new file ``target``, encrypted with ``target_key``.

    The copy is one file without a log, synced to disk. Raises driver errors, ``OSError`` and
    ``CancelledError``.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with (
        contextlib.closing(connect(source, source_key)) as reader,
        contextlib.closing(connect(target, target_key)) as writer,
    ):
        reader.execute("PRAGMA query_only = ON")
        # Holding a snapshot keeps commits made meanwhile from starting the copy over.
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _copy_pages(reader, writer, progress, cancelled)
        reader.execute("ROLLBACK")
        # A log beside the copy would have to be moved with it and would be forgotten.
        writer.execute("PRAGMA journal_mode = DELETE")
    sync_file(target)


def _copy_pages(
    reader: Connection, writer: Connection, progress: Progress, cancelled: Cancelled
) -> None:
    def step(_status: int, remaining: int, total: int) -> None:
        if cancelled():
            raise CancelledError(_("Cancelled. Nothing was changed."))
        progress(total - remaining, total)

    reader.backup(writer, pages=_PAGES_PER_STEP, progress=step)


def _prepare_folder(folder: Path, portfolio: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        needed = portfolio.stat().st_size
    except OSError as error:
        raise location.trouble_with(folder, error) from error
    location.require_space(folder, needed + needed // 10)


def _copy_key_file(portfolio: Path, target: Path) -> None:
    """Copy what opens the portfolio; the sample and tests may have a portfolio without key file."""
    try:
        content = key_file.read_key_file(portfolio)
    except StorageFaultError as fault:
        if fault.problem is Problem.KEY_FILE_MISSING:
            return
        raise
    write_atomically(key_file.key_file_path(target), key_file.to_bytes(content))


@contextlib.contextmanager
def _cleaned_up(draft: Path) -> Iterator[None]:
    leftovers = (draft, draft.with_name(f"{draft.name}-journal"))
    try:
        for file in leftovers:
            file.unlink(missing_ok=True)
        yield
    except BaseException:
        for file in leftovers:
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def told_as_backup_trouble(source: Path, folder: Path) -> Iterator[None]:
    """Turns what the driver and the system raise while copying into what the user can act on."""
    try:
        yield
    except OSError as error:
        raise location.trouble_with(folder / source.name, error) from error
    except DatabaseError as error:
        name = str(getattr(error, "sqlite_errorname", "") or "")
        if name == "SQLITE_FULL" or "disk is full" in str(error):
            raise location.no_space(folder) from error
        raise StorageFaultError(
            Problem.BACKUP_FAILED,
            _("“{name}” could not be copied: {reason}.").format(name=source.name, reason=error),
            remedy=_(
                "Older backups were kept. Check in Settings whether the portfolio is damaged."
            ),
        ) from error


def _damaged(backup: Path) -> StorageFaultError:
    return StorageFaultError(
        Problem.BACKUP_DAMAGED,
        _("The backup {name} is not whole.").format(name=backup.name),
        remedy=_("Use another backup. The portfolio itself was not changed."),
    )


def _to_millisecond(at: dt.datetime) -> dt.datetime:
    utc = at.astimezone(dt.UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)
