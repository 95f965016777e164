"""Which encoding a text file is in."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SHOWN = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
}
CHOICES = (
    "utf-8", "utf-16-le", "cp1252", "latin-1", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255",
    "cp1256", "koi8_r", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "cp437", "mac_roman",
)  # fmt: skip
"""Encodings offered when the recognised one is wrong."""

_CANDIDATES = tuple(codec for codec in CHOICES if not codec.startswith(("utf", "latin")))
_SAMPLE = 200_000
_DENSE = 0.3
"""From this share of non-ASCII letters on, a text is taken to be in another script than Latin."""
_FIRST_LETTER = 0xA1
"""Below it Windows-1252 has quotation marks, dashes and the euro sign rather than letters."""
_CP1252_HOLES = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_MIN_UTF16_BYTES = 4


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, the codec it was read with, and whether some bytes could not be read."""

    text: str
    codec: str
    damaged: bool = False

    @property
    def shown(self) -> str:
        """The encoding's usual name."""
        return shown_name(self.codec)


def shown_name(codec: str) -> str:
    """The usual name of a codec: ``cp1252`` is *Windows-1252*."""
    return _SHOWN.get(codec, codec.replace("_", "-").upper())


def decode(data: bytes, codec: str | None = None) -> Decoded:
    """The text of ``data``: in ``codec`` when the user chose one, else as recognised.

    Byte order marks win, then UTF-16 told by its NULs, strict UTF-8, and by the density of
    non-ASCII letters either Windows-1252 or what charset-normalizer finds. Never raises: bytes
    that cannot be read become U+FFFD and ``damaged`` is set.
    """
    for mark, marked in _BOMS:
        if data.startswith(mark) and codec in (None, marked):
            return _lenient(data[len(mark) :], marked)
    if codec is None:
        codec = _recognise(data)
    return _lenient(data, codec)


def _lenient(data: bytes, codec: str) -> Decoded:
    try:
        return Decoded(data.decode(codec), codec)
    except (UnicodeDecodeError, LookupError):
        known = codec if codec in CHOICES or codec.startswith("utf") else "utf-8"
        return Decoded(data.decode(known, "replace"), known, damaged=True)


def _recognise(data: bytes) -> str:
    wide = _wide_without_mark(data)
    if wide:
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > _SAMPLE:
            return "utf-8"
    else:
        return "utf-8"
    return _narrow(data)


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 of mostly Latin text has a NUL in every other byte."""
    sample = data[:_SAMPLE]
    if len(data) < _MIN_UTF16_BYTES or len(data) % 2 or b"\0" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    needed = len(sample) // 2 * 0.1
    if odd > needed and even * 20 <= odd:
        codec = "utf-16-le"
    elif even > needed and odd * 20 <= even:
        codec = "utf-16-be"
    else:
        return None
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return None
    return codec


def _narrow(data: bytes) -> str:
    """A single- or multi-byte encoding that is not UTF-8."""
    lines = b"\n".join(line for line in data[:_SAMPLE].splitlines() if not line.isascii())
    high = sum(byte >= _FIRST_LETTER for byte in lines)
    letters = high + sum(bytes([byte]).isalpha() for byte in lines)
    holes = _CP1252_HOLES.search(data) is not None
    if (letters and high / letters >= _DENSE and high >= 8) or holes:
        found = _by_statistics(data)
        if found:
            return found
    return "latin-1" if holes else "cp1252"


def _by_statistics(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=list(_CANDIDATES)).best()
    if best is None:
        return None
    try:
        data.decode(best.encoding)
    except UnicodeDecodeError:
        return None
    return best.encoding
