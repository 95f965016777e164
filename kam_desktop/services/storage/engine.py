"""Connections to the encrypted file: the driver, the key and the pragmas, nothing above them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TypeAlias

import sqlcipher3.dbapi2 as driver

from kam_desktop.services.errors import StorageError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage.words_of_text import searchable

Connection: TypeAlias = driver.Connection

OLDEST_SQLITE = (3, 51, 3)
"""Older versions can corrupt a database when a WAL is reset."""

BUSY_TIMEOUT_MS = 5_000
WRITER_CACHE_KIB = 65_536
READER_CACHE_KIB = 16_384
"""Decrypted pages kept per connection: there is one writer and a reader per busy lane. With 64 MB
each, a large portfolio took 360 MB and was no faster than with this (``make bench``)."""

DatabaseError = driver.DatabaseError
IntegrityError = driver.IntegrityError
OperationalError = driver.OperationalError


def require_safe_sqlite() -> None:
    """Raise ``StorageError`` when the SQLite library is too old to be trusted with data."""
    if driver.sqlite_version_info < OLDEST_SQLITE:
        raise StorageError(
            _("The installed database library (SQLite {version}) has a known fault.").format(
                version=driver.sqlite_version
            ),
            remedy=_("Install sqlcipher3 0.6.4 or newer. Nothing was opened."),
        )


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Connection:
    """A connection in autocommit mode (transactions are begun by the caller) with 256-bit ``key``.

    SQLite opens lazily: a wrong key or a damaged file shows at the first statement that reads.
    ``read_only`` opens the file itself without the right to write; the file must exist either way.
    """
    connection = driver.connect(
        f"{path.absolute().as_uri()}?{_read_only_mode(path) if read_only else 'mode=rw'}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    _prepare(connection, key)
    return connection


def _read_only_mode(path: Path) -> str:
    """On a disk that cannot be written SQLite cannot make the log's index, without which it does
    not open; but there nobody writes, so a file without a log may be read as it stands."""
    has_log = path.with_name(f"{path.name}-wal").exists()
    return "mode=ro" if has_log or os.access(path.parent, os.W_OK) else "mode=ro&immutable=1"


def _prepare(connection: Connection, key: bytes) -> None:
    execute = connection.execute
    execute("PRAGMA cipher_log_level = none")
    execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    execute(f"PRAGMA cache_size = -{READER_CACHE_KIB}")
    execute("PRAGMA foreign_keys = ON")
    execute("PRAGMA temp_store = MEMORY")
    connection.create_function("kam_searchable", 1, searchable, deterministic=True)


def connect_in_memory() -> Connection:
    """An empty database that never touches the disk and is gone when it is closed."""
    connection = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA journal_mode = OFF")
    return connection


def make_durable(connection: Connection) -> None:
    """Switch a writing connection to WAL with a sync at every commit, and give it room."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{WRITER_CACHE_KIB}")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = ON")
