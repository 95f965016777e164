"""Says what is wrong with a portfolio's file, when its key is known to be right.

The key came out of an authenticated slot, so when the file does not open with it, the passphrase
was not the reason. What is left is told apart here: not there, empty, cut short, damaged, not a
portfolio, the key file of another portfolio, newer than this program.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from kam_desktop.services.errors import CancelledError
from kam_desktop.services.i18n import _
from kam_desktop.services.storage import high_water, key_file, location, schema
from kam_desktop.services.storage.engine import Connection, DatabaseError, connect
from kam_desktop.services.storage.problems import Problem, StorageFaultError

PAGE_BYTES = 4096
_SALT_BYTES = 16
_IV_BYTES = 16
_HMAC_BYTES = 64
_PROBED_PAGES = 64
_PLAIN_HEADER = b"SQLite format 3\0"


def require_file(path: Path) -> None:
    """Raise the `StorageError` that says that there is no file, or an empty one, at ``path``."""
    if _size(path) == 0:
        raise _empty(path)


def diagnose(path: Path, key: bytes, *, read_only: bool = False) -> None:
    """Raise the `StorageError` that says why ``path`` cannot be opened with ``key``; None if it
    can.

    Cheap: reads the first page. Nothing is created or changed, above all not a missing or empty
    file. To be read only, a file may be from a newer version and on a disk that cannot be written.
    """
    size = _size(path)
    if size == 0:
        raise _empty(path)
    with path.open("rb") as file:
        if file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER:
            raise _not_a_portfolio(path)
    if size < PAGE_BYTES:
        raise _truncated(path)
    try:
        with contextlib.closing(connect(path, key, read_only=read_only)) as db:
            schema.schema_version(db, newer_too=read_only)
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DatabaseError as error:
        raise _explained(path, key, error) from error


def check(path: Path, key: bytes, *, cancelled: Callable[[], bool] = lambda: False) -> list[str]:
    """Read the whole file; returns what is wrong with it, for the user, or nothing.

    Every page's authentication, the structure of tables and indexes, and the references between
    records. Takes about a second per 100 MB. Raises ``StorageError`` (see `diagnose`) when the file
    cannot be opened at all, and ``CancelledError``.
    """
    diagnose(path, key)
    with contextlib.closing(connect(path, key)) as db, stops_when(db, cancelled):
        return [*findings(db), *_broken_references(db)]


def findings(db: Connection, *, structure: str = "integrity_check") -> Iterator[str]:
    """What is damaged in an open database, pages first; nothing when it is whole."""
    for (text,) in db.execute("PRAGMA cipher_integrity_check"):
        yield _("Page not authentic: {detail}.").format(detail=text)
    try:
        for (text,) in db.execute(f"PRAGMA {structure}"):
            if text != "ok":
                yield _("Structure: {detail}.").format(detail=text)
    except DatabaseError as error:
        if "interrupt" in str(error).lower():
            raise
        yield _("Structure: {detail}.").format(detail=error)


def _broken_references(db: Connection) -> Iterator[str]:
    try:
        for table, _row, parent, _number in db.execute("PRAGMA foreign_key_check"):
            yield _("A record of {table} refers to a missing record of {parent}.").format(
                table=table, parent=parent
            )
    except DatabaseError as error:
        if "interrupt" in str(error).lower():
            raise
        yield _("Structure: {detail}.").format(detail=error)


@contextlib.contextmanager
def stops_when(db: Connection, cancelled: Callable[[], bool]) -> Iterator[None]:
    """Interrupt the statements of ``db`` with ``CancelledError`` once ``cancelled()`` is true."""
    db.set_progress_handler(lambda: 1 if cancelled() else 0, 1_000)
    try:
        yield
    except DatabaseError as error:
        if cancelled():
            raise CancelledError(_("Cancelled. Nothing was changed.")) from error
        raise
    finally:
        db.set_progress_handler(None, 0)


def _size(path: Path) -> int:
    try:
        if not path.is_file():
            raise _missing(path)
        with path.open("rb") as file:
            file.read(1)
        return path.stat().st_size
    except OSError as error:
        raise location.trouble_with(path, error) from error


def _explained(path: Path, key: bytes, error: DatabaseError) -> StorageFaultError:
    name = str(getattr(error, "sqlite_errorname", "") or "")
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_IOERR_SHORT_READ")):
        return _unreadable(path, key)
    if not path.exists():
        return _missing(path)
    return StorageFaultError(
        Problem.NO_ACCESS,
        _("“{name}” cannot be opened: {reason}.").format(name=path.name, reason=error),
        remedy=_("Nothing was changed. Check the disk and the rights on the file."),
    )


def _unreadable(path: Path, key: bytes) -> StorageFaultError:
    """Damaged, cut short, or not this key's: judged by pages other than the first."""
    data_pages = path.stat().st_size // PAGE_BYTES
    with path.open("rb") as file:
        own_salt = file.read(_SALT_BYTES)
    salts = [own_salt, *high_water.remembered_salts(path)]
    authentic = max(_authentic_pages(path, key, salt, data_pages) for salt in salts)
    if authentic == 0 and data_pages > 1:
        return _foreign(path)
    if _authentic_page(path, key, own_salt, 1):
        return _truncated(path)
    return damaged(path)


def _authentic_pages(path: Path, key: bytes, salt: bytes, pages: int) -> int:
    """How many of some pages after the first carry this key's signature."""
    numbers = range(2, pages + 1)
    if len(numbers) > _PROBED_PAGES:
        # Spread over the file, so that one damaged stretch does not decide; always the same ones.
        numbers = sorted(random.Random(0).sample(numbers, _PROBED_PAGES))  # type: ignore[assignment]
    return sum(_authentic_page(path, key, salt, number) for number in numbers)


def _authentic_page(path: Path, key: bytes, salt: bytes, number: int) -> bool:
    """Whether a page's HMAC-SHA512 (SQLCipher 4: content, IV, page number) is right."""
    mac_salt = bytes(byte ^ 0x3A for byte in salt)
    mac_key = hashlib.pbkdf2_hmac("sha512", key, mac_salt, 2, len(key))
    with path.open("rb") as file:
        file.seek((number - 1) * PAGE_BYTES)
        page = file.read(PAGE_BYTES)
    if len(page) != PAGE_BYTES:
        return False
    start = _SALT_BYTES if number == 1 else 0
    signed, signature = page[start:-_HMAC_BYTES], page[-_HMAC_BYTES:]
    expected = hmac.digest(mac_key, signed + number.to_bytes(4, "little"), "sha512")
    return hmac.compare_digest(expected, signature)


def _missing(path: Path) -> StorageFaultError:
    location.require_folder(path.parent)
    remedy = _("Check the name.")
    if key_file.key_file_path(path).exists():
        remedy = _("Its key file is there. Restore the newest backup, or put the file back.")
    return StorageFaultError(
        Problem.FILE_MISSING,
        _("There is no portfolio {path}.").format(path=path),
        remedy=remedy,
    )


def _empty(path: Path) -> StorageFaultError:
    return StorageFaultError(
        Problem.FILE_EMPTY,
        _("“{name}” is empty: what was in it is gone from this file.").format(name=path.name),
        remedy=_("It was not touched. Restore the newest backup."),
    )


def _truncated(path: Path) -> StorageFaultError:
    return StorageFaultError(
        Problem.FILE_TRUNCATED,
        _("“{name}” has been cut short; a part of it is missing.").format(name=path.name),
        remedy=_restore_remedy(),
    )


def damaged(path: Path) -> StorageFaultError:
    """The fault for a file whose key is right and whose content is not."""
    return StorageFaultError(
        Problem.FILE_DAMAGED,
        _("“{name}” is damaged. The key is right, but parts of the file are not.").format(
            name=path.name
        ),
        remedy=_restore_remedy(),
    )


def _foreign(path: Path) -> StorageFaultError:
    return StorageFaultError(
        Problem.KEY_OF_ANOTHER,
        _(
            "Nothing in “{name}” can be read with its key: the key file belongs to another "
            "portfolio, or the whole file was overwritten."
        ).format(name=path.name),
        remedy=_("Put the right key file beside it, or restore the newest backup."),
    )


def _not_a_portfolio(path: Path) -> StorageFaultError:
    return StorageFaultError(
        Problem.NOT_A_PORTFOLIO,
        _("“{name}” is not a portfolio of KAM Desktop.").format(name=path.name),
        remedy=_("It was not changed. Choose another file."),
    )


def _restore_remedy() -> str:
    return _("Nothing was changed. Restore the newest backup; this file is kept aside then.")
