"""Headers of an e-mail in any charset, decoded in bounded time whatever they say."""

from __future__ import annotations

import datetime as dt
import re
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from kam_desktop.models.text import clean_text
from kam_desktop.services.exchange.mail.messages import Address

MAX_HEADER = 16_384
MAX_ADDRESSES = 500
MAX_IDS = 50
_IDENTIFIER = re.compile(r"<[^<>\s]{3,300}>")


def mend_headers(message: Message) -> None:
    """Turn raw bytes in headers, which the standard forbids, into the text they stand for."""
    for name, value in list(message.raw_items()):
        if isinstance(value, str) and not value.isascii():
            raw = value.encode("utf-8", errors="surrogateescape")
            message.replace_header(name, text_of_bytes(raw[:MAX_HEADER], None))


def header(message: Message, name: str) -> str:
    """One header as readable text on one line, '' when it is missing."""
    value = message.get(name)
    return "" if value is None else decoded(str(value))


def decoded(value: str) -> str:
    """Text with its encoded words decoded; what cannot be is kept as it stands."""
    value = value[:MAX_HEADER]
    try:
        parts = decode_header(value) if "=?" in value else [(value, None)]
    except (ValueError, LookupError):
        parts = [(value, None)]
    text = "".join(_part(part, charset) for part, charset in parts)
    return " ".join(clean_text(text).split())


def _part(part: bytes | str, charset: str | None) -> str:
    return part if isinstance(part, str) else text_of_bytes(part, charset)


def text_of_bytes(content: bytes, charset: str | None) -> str:
    """Bytes as text: by the charset named, else UTF-8, else Windows' Western code page."""
    for name in (charset, "utf-8"):
        if name and name.lower() not in {"unknown-8bit", "x-unknown"}:
            try:
                return content.decode(name)
            except (LookupError, ValueError):
                continue
    return content.decode("cp1252", errors="replace")


def addresses(message: Message, *names: str) -> tuple[Address, ...]:
    """The distinct people of some headers, in order; groups are taken apart."""
    values = [str(value)[:MAX_HEADER] for name in names for value in message.get_all(name, [])]
    found: dict[str, Address] = {}
    for name, email in getaddresses(values)[:MAX_ADDRESSES]:
        address = Address(decoded(name)[:300], email.strip().lower()[:320])
        if "@" in address.email or address.name:
            found.setdefault(address.email or address.name, address)
    return tuple(found.values())


def sent_at(message: Message) -> dt.datetime | None:
    """The instant in the Date header; None when there is none that makes sense."""
    try:
        moment = parsedate_to_datetime(str(message.get("date", ""))[:200])
        aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        return aware.astimezone(dt.UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def identifiers(message: Message, *names: str) -> tuple[str, ...]:
    """The distinct Message-IDs of some headers."""
    text = " ".join(str(message.get(name, ""))[:MAX_HEADER] for name in names)
    return tuple(dict.fromkeys(_IDENTIFIER.findall(text)))[:MAX_IDS]
