"""Identifiers, clean text, sort keys and stored instants; plain functions, cheap to import."""

from __future__ import annotations

import datetime as dt
import unicodedata

import uuid_utils

MAX_TEXT_BYTES = 1_000_000
"""Longest text kept in one field, in UTF-8 bytes."""


def new_id() -> str:
    """A fresh UUIDv7 in canonical text form; sorts by creation time."""
    return str(uuid_utils.uuid7())


def clean_text(value: str) -> str:
    """``value`` in NFC, without NUL and lone surrogates, cut at `MAX_TEXT_BYTES`.

    Idempotent. Line ends become ``\\n``.
    """
    if value.isascii():
        cleaned = value
    else:
        cleaned = unicodedata.normalize(
            "NFC", value.encode("utf-8", "ignore").decode("utf-8", "ignore")
        )
    if "\0" in cleaned:
        cleaned = cleaned.replace("\0", "")
    if "\r" in cleaned:
        cleaned = cleaned.replace("\r\n", "\n").replace("\r", "\n")
    if len(cleaned) * 4 > MAX_TEXT_BYTES:
        cleaned = cleaned.encode("utf-8")[:MAX_TEXT_BYTES].decode("utf-8", "ignore")
        # Cutting may change what composes with what; normalise again to stay idempotent.
        cleaned = unicodedata.normalize("NFC", cleaned)
    return cleaned


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
