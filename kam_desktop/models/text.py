"""Identifiers, clean text, sort keys and stored instants; plain functions, cheap to import."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

import uuid_utils

MAX_TEXT_BYTES = 1_000_000
"""Longest text kept in one field, in UTF-8 bytes."""


def new_id() -> str:
    """A fresh UUIDv7 in canonical text form; sorts by creation time."""
    return str(uuid_utils.uuid7())


_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f]")
_BREAKS = re.compile(r"\s*[\t\n]\s*")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Characters that count as letters or symbols and show nothing: fillers and an empty pattern."""


def clean_text(value: str) -> str:
    """``value`` in NFC, without control characters and lone surrogates, cut at `MAX_TEXT_BYTES`.

    Idempotent. Line ends of every kind become ``\\n``; tabs stay.
    """
    if value.isascii():
        if value.isprintable() and len(value) <= MAX_TEXT_BYTES:
            return value
    else:
        value = value.encode("utf-8", "ignore").decode("utf-8", "ignore")
    # What stood on both sides of a control character may compose once it is gone.
    cleaned = unicodedata.normalize("NFC", _CONTROLS.sub("", _LINE_ENDS.sub("\n", value)))
    if len(cleaned) * 4 > MAX_TEXT_BYTES:
        cleaned = cleaned.encode("utf-8")[:MAX_TEXT_BYTES].decode("utf-8", "ignore")
        # Cutting may change what composes with what; normalise again to stay idempotent.
        cleaned = unicodedata.normalize("NFC", cleaned)
    return cleaned


def clean_line(value: str) -> str:
    """``value`` as `clean_text` leaves it, on one line and trimmed.

    Embeddings, overrides and isolates of writing direction are dropped: an open one would reorder
    what stands beside the field on screen. Marks (LRM, RLM) and joiners stay; names need them.
    """
    if value.isascii() and value.isprintable() and len(value) <= MAX_TEXT_BYTES:
        return value.strip()
    line = _BREAKS.sub(" ", clean_text(value))
    # Without the directions, characters on both sides may compose, and blanks reach the ends.
    return unicodedata.normalize("NFC", _DIRECTIONS.sub("", line)).strip()


def is_visible(value: str) -> bool:
    """Whether anything of ``value`` can be seen: a letter, a digit, a sign."""
    return any(unicodedata.category(char)[0] in "LNPS" and char not in _BLANK for char in value)


def sort_key(value: str) -> str:
    """``value`` folded for sorting and matching: case, accents and outer space are ignored."""
    if value.isascii():
        return " ".join(value.lower().split())
    folded = unicodedata.normalize("NFKD", value.casefold())
    kept = "".join(char for char in folded if not unicodedata.combining(char))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def instant_text(value: dt.datetime) -> str:
    """The stored form of an instant: UTC, microseconds, ``Z``; sorts by time.

    Raises ``ValueError`` for a naive value.
    """
    if value.tzinfo is None:
        raise ValueError("a date and time without a time zone cannot be stored")
    utc = value.astimezone(dt.UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def parse_instant(text: str) -> dt.datetime:
    """The aware UTC datetime of a stored instant."""
    return dt.datetime.fromisoformat(text)
