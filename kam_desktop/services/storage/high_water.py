"""The number of the newest change, kept beside the database, so that a lost tail is noticed.

A damaged write-ahead log makes SQLite drop the newest commits silently: the file then opens, and
every check says it is whole. The mark remembers how far the portfolio had come.

`write` runs after every commit and costs one small write without a sync (tens of microseconds).
That is enough. The mark is written after its commit was synced, so it can be behind the database
(after a power cut; then a loss of those last changes would go unnoticed) but never ahead of it, and
a false alarm cannot happen. Two records are used in turn, each with its checksum, so that a torn
write leaves the other. A record also names the database file it belongs to by the salt in its first
16 bytes: a restored or exchanged file starts afresh.
"""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

_RECORD = struct.Struct("<4s16sQI")
_MAGIC = b"KAMm"
# Records lie in sectors of their own, so that one torn sector cannot take both.
_STRIDE = 512
_SALT_BYTES = 16


def mark_path(portfolio: Path) -> Path:
    """Where the mark of a portfolio lies."""
    return portfolio.with_name(f"{portfolio.name}.mark")


def write(portfolio: Path, counter: int) -> None:
    """Remember ``counter`` for the portfolio as it is now.

    Never raises for a folder that cannot be written: the mark warns of lost data, and it must not
    be what stops somebody from saving.
    """
    try:
        record = _packed(_salt(portfolio), counter)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        descriptor = os.open(mark_path(portfolio), flags, 0o600)
        try:
            os.lseek(descriptor, (counter % 2) * _STRIDE, os.SEEK_SET)
            os.write(descriptor, record)
        finally:
            os.close(descriptor)
    except OSError:
        return


def read(portfolio: Path) -> int | None:
    """The highest number remembered for this very file; None when there is none."""
    try:
        salt = _salt(portfolio)
        data = mark_path(portfolio).read_bytes()[: 2 * _STRIDE]
    except OSError:
        return None
    found = [_unpacked(data[start : start + _RECORD.size], salt) for start in (0, _STRIDE)]
    return max((counter for counter in found if counter is not None), default=None)


def missing(portfolio: Path, newest: int) -> int:
    """How many changes are missing when ``newest`` is the newest that is there."""
    remembered = read(portfolio)
    return 0 if remembered is None else max(0, remembered - newest)


def remembered_salts(portfolio: Path) -> list[bytes]:
    """The first bytes of the database files that were marked, to judge a damaged one by."""
    try:
        data = mark_path(portfolio).read_bytes()[: 2 * _STRIDE]
    except OSError:
        return []
    records = [data[start : start + _RECORD.size] for start in (0, _STRIDE)]
    salts = [record[4 : 4 + _SALT_BYTES] for record in records]
    return [s for s, r in zip(salts, records, strict=True) if _unpacked(r, s) is not None]


def reset(portfolio: Path, counter: int) -> None:
    """Forget what was remembered and start at ``counter``, e.g. once a loss was told."""
    try:
        mark_path(portfolio).unlink(missing_ok=True)
    except OSError:
        return
    write(portfolio, counter)


def _salt(portfolio: Path) -> bytes:
    with portfolio.open("rb") as file:
        return file.read(_SALT_BYTES).ljust(_SALT_BYTES, b"\0")


def _packed(salt: bytes, counter: int) -> bytes:
    head = _RECORD.pack(_MAGIC, salt, counter, 0)[:-4]
    return head + struct.pack("<I", zlib.crc32(head))


def _unpacked(record: bytes, salt: bytes) -> int | None:
    if len(record) != _RECORD.size:
        return None
    magic, owner, counter, checksum = _RECORD.unpack(record)
    if magic != _MAGIC or owner != salt or checksum != zlib.crc32(record[:-4]):
        return None
    return int(counter)
