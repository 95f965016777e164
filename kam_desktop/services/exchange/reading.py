"""Reads any file a CRM, an office program or an address book writes, as tables of cells.

What a file is, is decided by its first bytes and never by its name alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.delimited import find_delimiter, read_records
from kam_desktop.services.exchange.encodings import decode
from kam_desktop.services.exchange.foreign import refuse_foreign
from kam_desktop.services.exchange.headers import split_header
from kam_desktop.services.exchange.tables import (
    MAX_COLUMNS,
    MAX_FILE_BYTES,
    NO_PROGRESS,
    Row,
    Table,
    TaskProgress,
)
from kam_desktop.services.exchange.vcard.reading import is_vcard
from kam_desktop.services.i18n import _, ngettext

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_GZIP = b"\x1f\x8b"
FILE_PATTERNS = (
    "*.csv", "*.tsv", "*.txt", "*.gz", "*.xlsx", "*.xlsm", "*.xls", "*.xlsb", "*.ods", "*.vcf",
    "*.vcard",
)  # fmt: skip
"""What a file dialog offers."""


def read_tables(
    path: Path,
    *,
    encoding: str | None = None,
    knows: Callable[[str], bool] | None = None,
    progress: TaskProgress = NO_PROGRESS,
) -> tuple[Table, ...]:
    """The tables in a file: one for delimited text, one per visible sheet of a spreadsheet.

    ``encoding`` overrides the recognised one; ``knows`` tells familiar column names (those of
    `columns` when not given). Raises `UserError` for what cannot be read, saying why.
    """
    if knows is None:
        from kam_desktop.services.exchange.columns import is_known_header

        knows = is_known_header
    data = _load(path)
    if data.startswith(_GZIP):
        data = _unpacked(data)
        if data.startswith((_ZIP, _COMPOUND)):
            raise UserError(_("The compressed file holds a spreadsheet. Unpack it first."))
    if data.startswith((_ZIP, _COMPOUND)):
        from kam_desktop.services.exchange.spreadsheets import read_sheets

        sheets = read_sheets(path, progress)
        tables: list[Table] = [
            _titled(f"{path.name} › {sheet.name}", sheet.rows, "Excel", "", sheet.notes, knows)
            for sheet in sheets
        ]
    elif is_vcard(data):
        from kam_desktop.services.exchange.vcard.table import card_table

        tables = [card_table(path.name, data, encoding, progress)]
    else:
        tables = [_text_table(path.name, data, encoding, knows, progress)]
    return tuple(tables)


def _load(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UserError(_("“{name}” is a folder. Choose a file.").format(name=path.name))
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UserError(_too_large(path.name))
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            _("“{name}” could not be opened: {reason}. Nothing was changed.").format(
                name=path.name, reason=error.strerror or error
            )
        ) from error
    refuse_foreign(path.name, data)
    return data


def _too_large(name: str) -> str:
    return _(
        "“{name}” is larger than {limit} MB. Nothing was changed. Cut it into smaller files."
    ).format(name=name, limit=MAX_FILE_BYTES // 1024 // 1024)


def _unpacked(data: bytes) -> bytes:
    """Gzip content, never more than `MAX_FILE_BYTES` of it."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(data, MAX_FILE_BYTES + 1)
    except zlib.error as error:
        raise UserError(
            _("The compressed file is damaged. Nothing was changed. Fetch it again.")
        ) from error
    if len(content) > MAX_FILE_BYTES:
        raise UserError(_too_large(_("The compressed file")))
    if not unpacker.eof:
        raise UserError(_("The compressed file is cut off. Nothing was changed. Fetch it again."))
    return content


def _text_table(
    name: str,
    data: bytes,
    encoding: str | None,
    knows: Callable[[str], bool],
    progress: TaskProgress,
) -> Table:
    decoded = decode(data, encoding)
    notes = []
    if decoded.damaged:
        notes.append(
            _("Some characters could not be read as {encoding}. Choose another encoding.").format(
                encoding=decoded.shown
            )
        )
    if "\0" in decoded.text:
        notes.append(_("The file holds NUL characters; they were left out."))
    delimiter = find_delimiter(decoded.text)
    rows = read_records(decoded.text, delimiter, progress)
    if rows and len(rows[0].cells) == 1 and str(rows[0].cells[0]).lower().startswith("sep="):
        rows = rows[1:]
    if not rows:
        raise UserError(_("“{name}” is empty. Nothing was changed.").format(name=name))
    return _titled(name, rows, decoded.shown, delimiter, notes, knows)


def _titled(
    name: str,
    rows: Sequence[Row],
    encoding: str,
    delimiter: str,
    notes: Sequence[str],
    knows: Callable[[str], bool],
) -> Table:
    found = split_header(rows, knows)
    if len(found.header) > MAX_COLUMNS:
        raise UserError(
            _("“{name}” has more than {count} columns. Nothing was changed.").format(
                name=name, count=MAX_COLUMNS
            )
        )
    all_notes = [*notes, *_header_notes(found.has_header, found.skipped)]
    short = sum(len(row.cells) < len(found.header) for row in found.rows)
    if short and delimiter:
        all_notes.append(
            ngettext(
                "{count} row has fewer cells than the header; the missing ones count as empty.",
                "{count} rows have fewer cells than the header; the missing ones count as empty.",
                short,
            ).format(count=short)
        )
    return Table(
        name, found.header, found.rows, encoding, delimiter, found.has_header, tuple(all_notes)
    )


def _header_notes(has_header: bool, skipped: int) -> list[str]:
    if not has_header:
        return [_("The first row looks like data, so the columns have no names.")]
    if skipped:
        return [
            ngettext(
                "{count} row above the column names was left out.",
                "{count} rows above the column names were left out.",
                skipped,
            ).format(count=skipped)
        ]
    return []
