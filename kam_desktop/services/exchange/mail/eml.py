"""One e-mail in Internet message format (RFC 5322 and MIME)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from kam_desktop.models.text import clean_text
from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.mail.headers import (
    addresses,
    decoded,
    header,
    identifiers,
    mend_headers,
    sent_at,
    text_of_bytes,
)
from kam_desktop.services.exchange.mail.messages import Address, Attachment, Mail
from kam_desktop.services.exchange.mail.plain_text import text_of_html
from kam_desktop.services.i18n import _

MAX_BYTES = 60_000_000
MAX_PARTS = 200
MAX_TEXT = 200_000

_NESTING = re.compile(rb"content-type:\s*(multipart|message)/", re.IGNORECASE)
_HEADER_LINE = re.compile(rb"^[\x21-\x39\x3b-\x7e]{1,80}[ \t]*:", re.MULTILINE)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"/\\|?*]+")


def read_eml(content: bytes) -> Mail:
    """The e-mail in ``content``.

    Raises `UserError` when it is none, too large, or nested beyond reason.
    """
    if len(content) > MAX_BYTES:
        raise UserError(
            _("This e-mail is larger than {limit} MB and was left out.").format(
                limit=MAX_BYTES // 1_000_000
            )
        )
    if not _HEADER_LINE.search(content[:4096]):
        raise UserError(_("This is not an e-mail: it has no headers."))
    if len(_NESTING.findall(content)) > MAX_PARTS:
        raise UserError(_("This e-mail holds too many parts to be read safely."))
    try:
        message = BytesParser(policy=compat32).parsebytes(content)
        return _mail(message, content)
    except RecursionError:
        raise UserError(_("This e-mail is nested too deeply to be read safely.")) from None


def _mail(message: Message, content: bytes) -> Mail:
    texts: list[str] = []
    pages: list[str] = []
    attachments: list[Attachment] = []
    mend_headers(message)
    for part in _parts(message):
        if _is_empty_frame(part):
            continue
        mend_headers(part)
        kind, name = part.get_content_type(), _file_name(part)
        if name or part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
            attachments.append(_attachment(part, name, len(attachments) + 1))
        elif kind == "text/html":
            pages.append(_text(part))
        else:
            texts.append(_text(part))
    text = "\n\n".join(each.strip() for each in texts if each.strip())
    if not text:
        text = "\n\n".join(text_of_html(page) for page in pages)
    sender = addresses(message, "from", "sender")
    return Mail(
        key=(identifiers(message, "message-id") or (_digest(content),))[0],
        subject=header(message, "subject"),
        sent_at=sent_at(message),
        sender=sender[0] if sender else Address("", ""),
        to=addresses(message, "to", "cc"),
        text=clean_text(text.replace("\r\n", "\n"))[:MAX_TEXT],
        attachments=tuple(attachments),
        replies_to=identifiers(message, "in-reply-to", "references"),
    )


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _parts(message: Message) -> Iterator[Message]:
    """The leaves in order; a forwarded message is one leaf."""
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_maintype() == "multipart":
            waiting[:0] = [each for each in payload if isinstance(each, Message)]
        else:
            yield part


def _is_empty_frame(part: Message) -> bool:
    """A frame that should hold parts and holds none."""
    return part.get_content_maintype() == "multipart"


def _text(part: Message) -> str:
    return text_of_bytes(_bytes(part), part.get_content_charset())


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    if isinstance(payload, bytes):
        return payload
    inner = part.get_payload()
    # A forwarded message is kept as a file of its own.
    if isinstance(inner, list) and inner and isinstance(inner[0], Message):
        return inner[0].as_bytes()
    return b""


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        return ""
    return safe_name(decoded(name))


def safe_name(name: str) -> str:
    """A file name without folders and without what file systems refuse."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return _UNSAFE.sub("_", last).strip(" .")[:150]


def _attachment(part: Message, name: str, number: int) -> Attachment:
    kind = part.get_content_type()
    if not name:
        ending = ".eml" if kind == "message/rfc822" else ""
        name = _("Attachment {number}").format(number=number) + ending
    return Attachment(name, kind, _bytes(part))
