"""One open portfolio: units of work on its one writer, snapshots for readers, undo, history."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kam_desktop.services.clock import Clock, SystemClock
from kam_desktop.services.errors import StorageError, UserError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage import recorder, schema, undo
from kam_desktop.services.storage.changes import ActionInfo, ChangeSet, FieldChange
from kam_desktop.services.storage.engine import (
    Connection,
    DatabaseError,
    IntegrityError,
    connect,
    make_durable,
    require_safe_sqlite,
)
from kam_desktop.services.storage.failures import as_storage_error, writing_stopped
from kam_desktop.services.storage.problems import Problem, StorageFaultError
from kam_desktop.services.storage.reader import Reader
from kam_desktop.services.storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Committed = Callable[[ChangeSet, int], None]


class Portfolio:
    """The open file. Safe to use from several threads.

    ``on_commit`` is called on the writing thread after each commit with what was changed and the
    number of the newest change. Use `opening.open_portfolio` to get one with lock, key and backups.
    """

    def __init__(
        self,
        path: Path,
        key: bytes,
        *,
        clock: Clock | None = None,
        device: str = "local",
        read_only: bool = False,
        on_commit: Committed | None = None,
    ) -> None:
        require_safe_sqlite()
        self.path = path
        self.clock = clock or SystemClock()
        self.device = device
        self.read_only = read_only
        self.on_commit = on_commit
        self._key = key
        self._write_lock = threading.RLock()
        self._pool_lock = threading.Lock()
        self._idle_readers: list[Connection] = []
        self._closed = False
        self._damaged = False
        self._make_session: Callable[[], Session] | None = None
        self._writer: Connection | None = None
        with self._translated_errors():
            probe = self._reader_connection()
            self.schema_version = schema.schema_version(probe, newer_too=read_only)
            self._idle_readers.append(probe)

    @property
    def damaged(self) -> bool:
        """Whether damage was met; then nothing is written to the file any more."""
        return self._damaged

    def stop_writing(self) -> None:
        """Refuse every change from now on, because the file was found to be damaged."""
        self._damaged = True

    # Reading

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """A consistent snapshot to query; connections are reused between calls."""
        with self._translated_errors():
            db = self._take_reader()
        try:
            with self._translated_errors():
                db.execute("BEGIN")
                yield Reader(db)
        finally:
            self._return_reader(db)

    def _take_reader(self) -> Connection:
        with self._pool_lock:
            if self._closed:
                raise StorageError(_("The portfolio has been closed."))
            if self._idle_readers:
                return self._idle_readers.pop()
        return self._reader_connection()

    def _return_reader(self, db: Connection) -> None:
        # Once it has met a damaged page, a connection can read none of the others either.
        if not self._damaged:
            _roll_back_if_open(db)
        with self._pool_lock:
            if not (self._closed or self._damaged):
                self._idle_readers.append(db)
                return
        db.close()

    def _reader_connection(self) -> Connection:
        db = connect(self.path, self._key, read_only=self.read_only)
        db.execute("PRAGMA query_only = ON")
        return db

    # Writing

    @contextmanager
    def unit_of_work(
        self, label: str, *, origin: str = "user", coalesce: str | None = None
    ) -> Iterator[UnitOfWork]:
        """One transaction, recorded as one action named ``label``.

        Consecutive units with the same ``coalesce`` key become one step of undo. When the block
        raises, nothing is changed. ``origin`` says who acted: user, import, program.
        """
        with self._write_lock, self._translated_errors():
            db = self._writing_connection()
            work = UnitOfWork(db, self.clock, self._session_factory(), label)
            db.execute("BEGIN IMMEDIATE")
            try:
                since = recorder.last_change(db)
                action = recorder.begin_action(
                    db,
                    label=label,
                    origin=origin,
                    device=self.device,
                    now=work.now,
                    coalesce=coalesce,
                )
                yield work
                work.flush()
                work.changes = self._commit(db, action, since)
            finally:
                _roll_back_if_open(db)
                work.close()
            self._tell(work.changes)

    def undo(self) -> ChangeSet:
        """Take back the newest action that is not undone.

        Raises ``UserError`` when there is none or when a value has moved on since.
        """
        with self._write_lock, self._translated_errors():
            db = self._writing_connection()
            target = undo.next_undo(db)
            if target is None:
                raise UserError(_("There is nothing to undo."))
            return self._invert(db, target, target, kind="undo")

    def redo(self) -> ChangeSet:
        """Bring back what the newest undo took away; see `undo`."""
        with self._write_lock, self._translated_errors():
            db = self._writing_connection()
            found = undo.next_redo(db)
            if found is None:
                raise UserError(_("There is nothing to redo."))
            return self._invert(db, found[0], found[1], kind="redo")

    def _invert(
        self, db: Connection, inverted: ActionInfo, target: ActionInfo, *, kind: str
    ) -> ChangeSet:
        db.execute("BEGIN IMMEDIATE")
        try:
            since = recorder.last_change(db)
            action = recorder.begin_action(
                db,
                label=target.label,
                origin="user",
                device=self.device,
                now=self.clock.now(),
                kind=kind,
                target=target.seq,
            )
            undo.apply_inverse(db, inverted)
            undo.set_state(db, target.seq, "undone" if kind == "undo" else "done")
            if kind == "redo":
                undo.set_state(db, inverted.seq, "undone")
            changes = self._commit(db, action, since)
        except IntegrityError as error:
            raise undo.moved_on(target) from error
        finally:
            _roll_back_if_open(db)
        self._tell(changes)
        return changes

    def note_aside(self, note: Callable[[Connection], None]) -> None:
        """Write to a table that is derived from the data: no action, no history, no undo."""
        with self._write_lock, self._translated_errors():
            db = self._writing_connection()
            db.execute("BEGIN IMMEDIATE")
            try:
                note(db)
                db.execute("COMMIT")
            except BaseException:
                db.execute("ROLLBACK")
                raise

    def _commit(self, db: Connection, action: int, since: int) -> ChangeSet:
        changes = recorder.finish_action(db, action, since)
        if changes.empty:
            db.execute("ROLLBACK")
        else:
            db.execute("COMMIT")
        return changes

    def _tell(self, changes: ChangeSet | None) -> None:
        if self.on_commit is not None and changes is not None and not changes.empty:
            self.on_commit(changes, recorder.last_change(self._writing_connection()))

    def _writing_connection(self) -> Connection:
        if self.read_only:
            raise StorageError(
                _("This portfolio is open for reading only."),
                remedy=_("Nothing was changed. Open it normally to make changes."),
            )
        if self._closed:
            raise StorageError(_("The portfolio has been closed. Nothing was changed."))
        if self._damaged:
            raise writing_stopped(self.path)
        if self._writer is None:
            self._writer = connect(self.path, self._key)
            make_durable(self._writer)
        return self._writer

    def _session_factory(self) -> Callable[[], Session]:
        if self._make_session is None:
            from kam_desktop.services.storage.sessions import session_factory

            self._make_session = session_factory(self._writing_connection())
        return self._make_session

    def warm_up(self) -> None:
        """Import and prepare what the first write needs, so that it does not wait for it."""
        with self._write_lock:
            if not self.read_only:
                self._session_factory()

    # History

    def next_undo(self) -> ActionInfo | None:
        """The action that `undo` would take back."""
        with self.reading() as reader:
            return undo.next_undo(reader.connection)

    def next_redo(self) -> ActionInfo | None:
        """The action that `redo` would bring back."""
        with self.reading() as reader:
            found = undo.next_redo(reader.connection)
        return None if found is None else found[1]

    def history(self, *, before: int | None = None, limit: int = 100) -> list[ActionInfo]:
        """The newest actions, newest first; page on with ``before=last.seq``."""
        with self.reading() as reader:
            return recorder.actions(reader.connection, before=before, limit=limit)

    def history_of(self, record_ids: list[str], *, limit: int = 200) -> list[FieldChange]:
        """The newest changes of some records, newest first."""
        with self.reading() as reader:
            return recorder.changes_of_records(reader.connection, record_ids, limit)

    # Life

    def close(self) -> None:
        """Finish the write-ahead log and let go of the file. Safe to call twice."""
        with self._write_lock:
            with self._pool_lock:
                self._closed = True
                readers, self._idle_readers = self._idle_readers, []
            for reader in readers:
                reader.close()
            if self._writer is not None:
                writer, self._writer = self._writer, None
                _checkpoint(writer)
                writer.close()

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            raise self._told(error) from error
        except Exception as error:
            # The ORM wraps the driver's errors; importing it here only to name them costs too much.
            original = getattr(error, "orig", None)
            if isinstance(original, DatabaseError):
                raise self._told(original) from error
            raise

    def _told(self, error: DatabaseError) -> StorageError:
        told = as_storage_error(error, self.path)
        if isinstance(told, StorageFaultError) and told.problem is Problem.FILE_DAMAGED:
            self.stop_writing()
        return told


def _roll_back_if_open(db: Connection) -> None:
    if db.in_transaction:
        db.execute("ROLLBACK")


def _checkpoint(db: Connection) -> None:
    try:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except DatabaseError:
        # The log stays beside the file and is read at the next opening; nothing is lost.
        return
