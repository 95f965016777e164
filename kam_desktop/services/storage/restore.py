"""Brings a backup back: shows first what it would change, and keeps the present state aside."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from kam_desktop.services.clock import Clock
from kam_desktop.services.errors import StorageError
from kam_desktop.services.storage import damage, high_water, key_file
from kam_desktop.services.storage.atomic_file import rename_durably, write_atomically
from kam_desktop.services.storage.backup import (
    Cancelled,
    Progress,
    copy_database,
    make_backup,
    never,
    silent,
    told_as_backup_trouble,
    verify,
)
from kam_desktop.services.storage.backup_files import BackupReason, backup_name
from kam_desktop.services.storage.engine import Connection, DatabaseError, connect
from kam_desktop.services.storage.lock import PortfolioLock
from kam_desktop.services.storage.schema import schema_version

_LOGS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class TableCount:
    """How many live records a table has ``now`` and would have ``after``."""

    table: str
    now: int
    after: int


@dataclass(frozen=True, slots=True)
class LastAction:
    """The newest action of a file: its label as recorded, and when (stored form of an instant)."""

    label: str
    at: str


@dataclass(frozen=True, slots=True)
class RestorePreview:
    """What restoring would change. ``tables`` lists those that differ.

    ``actions_lost`` counts the actions made since the backup; None when the two files do not share
    a history. When the present file cannot be read, ``present_readable`` is false and every ``now``
    is 0.
    """

    present_readable: bool
    tables: tuple[TableCount, ...]
    last_now: LastAction | None
    last_after: LastAction | None
    actions_lost: int | None


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: where the state before it was kept (None when there was no file)."""

    kept_aside: Path | None


def preview_restore(
    backup: Path, backup_key: bytes, portfolio: Path, key: bytes | None
) -> RestorePreview:
    """What `restore` would change. Changes nothing.

    Raises ``StorageError`` for a backup that is damaged or of a newer version.
    """
    verify(backup, backup_key)
    with contextlib.closing(connect(backup, backup_key, read_only=True)) as old:
        schema_version(old)
        if key is not None and _is_readable(portfolio, key):
            # A file that opens may still be damaged further in.
            with (
                contextlib.suppress(DatabaseError),
                contextlib.closing(connect(portfolio, key)) as present,
            ):
                return RestorePreview(
                    True,
                    _differences(_counts(present), _counts(old)),
                    _last_action(present),
                    _last_action(old),
                    _actions_since(present, old),
                )
        after = _counts(old)
        tables = tuple(TableCount(name, 0, count) for name, count in after.items() if count)
        return RestorePreview(False, tables, None, _last_action(old), None)


def restore(
    backup: Path,
    backup_key: bytes,
    portfolio: Path,
    key: bytes | None,
    *,
    folder: Path,
    clock: Clock,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Restored:
    """Put the state of ``backup`` in place of ``portfolio``, which must be closed.

    The present state is first kept in ``folder``: as a backup, or file by file when it cannot be
    read. With ``key`` (the present key) the restored file keeps it, and its passphrase, recovery
    key and keyring entry go on working; without it the backup's key file comes along. Raises
    ``StorageError`` and ``CancelledError``; then the portfolio is as it was.
    """
    verify(backup, backup_key, cancelled=cancelled)
    with (
        PortfolioLock(portfolio, clock),
        told_as_backup_trouble(backup, portfolio.parent),
        contextlib.closing(connect(backup, backup_key, read_only=True)) as db,
    ):
        schema_version(db)
        draft = portfolio.with_name(f"{portfolio.name}.restoring")
        draft.unlink(missing_ok=True)
        try:
            copy_database(
                backup, backup_key, draft, key or backup_key, progress=progress, cancelled=cancelled
            )
            verify(draft, key or backup_key, cancelled=cancelled)
            kept = _keep_aside(portfolio, key, folder, clock.now())
            if key is None:
                _take_key_file(backup, portfolio)
            rename_durably(draft, portfolio)
        finally:
            draft.unlink(missing_ok=True)
        high_water.reset(portfolio, _newest_change(db))
    return Restored(kept)


def _keep_aside(portfolio: Path, key: bytes | None, folder: Path, now: dt.datetime) -> Path | None:
    """Keep the present state, and leave no log that the restored file could take for its own."""
    if not portfolio.exists() and not key_file.key_file_path(portfolio).exists():
        return None
    if key is not None and _is_whole(portfolio, key):
        kept = make_backup(portfolio, key, folder, now=now, reason=BackupReason.RESTORE).path
        # Everything in the log is in the backup and, after this, in the main file.
        with contextlib.closing(connect(portfolio, key)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            db.execute("PRAGMA journal_mode = DELETE")
        return kept
    return _keep_files(portfolio, folder, now)


def _keep_files(portfolio: Path, folder: Path, now: dt.datetime) -> Path | None:
    """Keep a file nobody can read as it is: a later, cleverer program may."""
    folder.mkdir(parents=True, exist_ok=True)
    name = backup_name(portfolio, now, BackupReason.RESTORE).replace(".restore", ".unreadable")
    kept = folder / name
    for ending in ("", ".keys", *_LOGS):
        source = portfolio.with_name(f"{portfolio.name}{ending}")
        if source.exists():
            write_atomically(kept.with_name(f"{kept.name}{ending}"), source.read_bytes())
    for ending in _LOGS:
        portfolio.with_name(f"{portfolio.name}{ending}").unlink(missing_ok=True)
    return kept if kept.exists() else None


def _take_key_file(backup: Path, portfolio: Path) -> None:
    content = key_file.read_key_file(backup)
    key_file.write_key_file(portfolio, content)
    key_file.drop_previous(portfolio)


def _is_readable(portfolio: Path, key: bytes | None) -> bool:
    if key is None:
        return False
    try:
        damage.diagnose(portfolio, key)
    except StorageError:
        return False
    return True


def _is_whole(portfolio: Path, key: bytes) -> bool:
    """Whether every page can be read; a backup of less would be refused when it is needed."""
    if not _is_readable(portfolio, key):
        return False
    with contextlib.closing(connect(portfolio, key)) as db:
        return not any(damage.findings(db, structure="quick_check"))


def _counts(db: Connection) -> dict[str, int]:
    """Live records by table: tables of things that can be deleted, without those in the trash."""
    tables = db.execute(
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
        " WHERE m.type = 'table' AND c.name = 'deleted_at' ORDER BY m.name"
    ).fetchall()
    return {
        name: int(
            db.execute(f'SELECT count(*) FROM "{name}" WHERE deleted_at IS NULL').fetchone()[0]
        )
        for (name,) in tables
    }


def _differences(now: dict[str, int], after: dict[str, int]) -> tuple[TableCount, ...]:
    names = sorted(now.keys() | after.keys())
    counts = [TableCount(name, now.get(name, 0), after.get(name, 0)) for name in names]
    return tuple(count for count in counts if count.now != count.after)


def _last_action(db: Connection) -> LastAction | None:
    row = db.execute("SELECT label, at FROM ledger_action ORDER BY seq DESC LIMIT 1").fetchone()
    return None if row is None else LastAction(*row)


def _actions_since(present: Connection, old: Connection) -> int | None:
    last = old.execute("SELECT seq, id FROM ledger_action ORDER BY seq DESC LIMIT 1").fetchone()
    seq = 0
    if last is not None:
        seq, action_id = last
        same = present.execute("SELECT id FROM ledger_action WHERE seq = ?", (seq,)).fetchone()
        if same != (action_id,):
            return None
    row = present.execute("SELECT count(*) FROM ledger_action WHERE seq > ?", (seq,)).fetchone()
    return int(row[0])


def _newest_change(db: Connection) -> int:
    return int(db.execute("SELECT coalesce(max(seq), 0) FROM ledger_change").fetchone()[0])
