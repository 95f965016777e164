"""One e-mail as Outlook saves it (.msg, a compound file; [MS-OXMSG] and [MS-OXPROPS])."""

from __future__ import annotations

import datetime as dt
import hashlib
import struct
from email.parser import HeaderParser
from typing import Any

from kam_desktop.models.text import clean_text
from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.mail.eml import MAX_BYTES, MAX_TEXT, safe_name
from kam_desktop.services.exchange.mail.headers import identifiers
from kam_desktop.services.exchange.mail.messages import Address, Attachment, Mail
from kam_desktop.services.exchange.mail.plain_text import text_of_html
from kam_desktop.services.i18n import _

_SUBJECT, _BODY, _HTML, _HEADERS, _MESSAGE_ID = 0x0037, 0x1000, 0x1013, 0x007D, 0x1035
_SENDER_NAME, _SENDER_SMTP, _SENDER_EMAIL = 0x0C1A, 0x5D01, 0x0C1F
_NAME, _EMAIL, _SMTP = 0x3001, 0x3003, 0x39FE
_DATA, _LONG_NAME, _SHORT_NAME, _MEDIA_TYPE = 0x3701, 0x3707, 0x3704, 0x370E
_SENT, _DELIVERED, _MODIFIED = 0x0039, 0x0E06, 0x3008
_CODE_PAGE, _INTERNET_CODE_PAGE, _LOCALE = 0x3FFD, 0x3FDE, 0x3FF1
_UNICODE, _EIGHT_BIT, _BINARY = 0x001F, 0x001E, 0x0102
_INT, _TIME = 0x0003, 0x0040
_UTF_8_CODE_PAGE = 65001
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_PROPERTIES = "__properties_version1.0"
_RECIPIENT, _ATTACHMENT = "__recip_version1.0_", "__attach_version1.0_"
MAX_STREAMS = 5_000

_CODE_PAGES_OF_LOCALES = {
    1025: 1256, 1026: 1251, 1028: 950, 1029: 1250, 1032: 1253, 1037: 1255, 1038: 1250, 1041: 932,
    1042: 949, 1045: 1250, 1048: 1250, 1049: 1251, 1050: 1250, 1054: 874, 1055: 1254, 1058: 1251,
    1060: 1250, 1062: 1257, 1063: 1257, 1066: 1258, 2052: 936,
}  # fmt: skip
"""Windows' ANSI code page by language id, where it is not 1252."""


def read_msg(content: bytes) -> Mail:
    """The e-mail in an Outlook file. Raises `UserError` when it is none, damaged or too large."""
    import olefile

    if len(content) > MAX_BYTES:
        raise UserError(
            _("This e-mail is larger than {limit} MB and was left out.").format(
                limit=MAX_BYTES // 1_000_000
            )
        )
    if not olefile.isOleFile(data=content):
        raise UserError(_("This is not an e-mail saved by Outlook."))
    try:
        with olefile.OleFileIO(content) as file:
            return _mail(_Storage(file), content)
    except (OSError, ValueError, KeyError, IndexError, struct.error, RecursionError):
        raise UserError(_("This Outlook file is damaged and was left out.")) from None


class _Storage:
    """The properties of one folder of the file: the message itself, a recipient, an attachment."""

    def __init__(self, file: Any, folder: str = "", code_page: int | None = None) -> None:
        self._file = file
        self._folder = folder
        self.fixed = self._fixed_properties()
        self.code_page = code_page or self._own_code_page()

    def _path(self, name: str) -> str:
        return f"{self._folder}/{name}" if self._folder else name

    def _stream(self, name: str) -> bytes | None:
        path = self._path(name)
        if not self._file.exists(path):
            return None
        with self._file.openstream(path) as stream:
            return bytes(stream.read())

    def _fixed_properties(self) -> dict[tuple[int, int], bytes]:
        """The eight bytes of each property of fixed size by (id, type)."""
        content = self._stream(_PROPERTIES) or b""
        start = 8 if self._folder else 32
        found = {}
        for at in range(start, len(content) - 15, 16):
            kind, number = struct.unpack_from("<HH", content, at)
            found[number, kind] = content[at + 8 : at + 16]
        return found

    def integer(self, number: int) -> int | None:
        """A 32-bit property."""
        value = self.fixed.get((number, _INT))
        return None if value is None else int(struct.unpack_from("<i", value)[0])

    def time(self, number: int) -> dt.datetime | None:
        """An instant; None when it is missing or makes no sense."""
        value = self.fixed.get((number, _TIME))
        ticks = 0 if value is None else int(struct.unpack("<Q", value)[0])
        try:
            return _EPOCH + dt.timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None

    def binary(self, number: int) -> bytes | None:
        """A property of bytes."""
        return self._stream(f"__substg1.0_{number:04X}{_BINARY:04X}")

    def text(self, number: int) -> str:
        """A property of text, whichever way it is stored; '' when it is missing."""
        wide = self._stream(f"__substg1.0_{number:04X}{_UNICODE:04X}")
        if wide is not None:
            return clean_text(wide.decode("utf-16-le", errors="replace")).strip()
        narrow = self._stream(f"__substg1.0_{number:04X}{_EIGHT_BIT:04X}")
        return "" if narrow is None else clean_text(self.decode(narrow)).strip()

    def decode(self, content: bytes, code_page: int | None = None) -> str:
        """Bytes in the code page of the message."""
        for number in (code_page, self.code_page):
            try:
                if number:
                    name = "utf-8" if number == _UTF_8_CODE_PAGE else f"cp{number}"
                    return content.decode(name)
            except (LookupError, ValueError):
                continue
        return content.decode("cp1252", errors="replace")

    def _own_code_page(self) -> int:
        stated, locale = self.integer(_CODE_PAGE), self.integer(_LOCALE)
        if locale is None:
            return stated or self.integer(_INTERNET_CODE_PAGE) or 1252
        by_locale = _CODE_PAGES_OF_LOCALES.get(locale, 1252)
        # Outlook states UTF-8 or a Latin page and writes in that of the user's language.
        return by_locale if stated in {None, 1252, 28591, _UTF_8_CODE_PAGE} else stated

    def folders(self, prefix: str) -> list[_Storage]:
        """The recipients or attachments of a message, in order."""
        names = sorted({entry[0] for entry in self._file.listdir() if entry[0].startswith(prefix)})
        return [_Storage(self._file, name, self.code_page) for name in names]


def _mail(message: _Storage, content: bytes) -> Mail:
    headers = HeaderParser().parsestr(message.text(_HEADERS))
    identifier = message.text(_MESSAGE_ID) or "".join(identifiers(headers, "message-id")[:1])
    return Mail(
        key=identifier or f"sha256:{hashlib.sha256(content).hexdigest()}",
        subject=" ".join(message.text(_SUBJECT).split()),
        sent_at=message.time(_SENT) or message.time(_DELIVERED) or message.time(_MODIFIED),
        sender=_address(message, _SENDER_NAME, (_SENDER_SMTP, _SENDER_EMAIL)),
        to=tuple(_address(each, _NAME, (_SMTP, _EMAIL)) for each in message.folders(_RECIPIENT)),
        text=_text(message)[:MAX_TEXT],
        attachments=tuple(
            _attachment(each, at) for at, each in enumerate(message.folders(_ATTACHMENT), 1)
        ),
        replies_to=identifiers(headers, "in-reply-to", "references"),
    )


def _address(storage: _Storage, name: int, emails: tuple[int, ...]) -> Address:
    found = [storage.text(number) for number in emails]
    # Inside a company, Outlook notes its own kind of address, which is no e-mail address.
    email = next((each for each in found if "@" in each and "/" not in each), "")
    return Address(storage.text(name).strip("'\"")[:300], email.lower()[:320])


def _text(message: _Storage) -> str:
    plain = message.text(_BODY)
    if plain:
        return plain.replace("\r\n", "\n").strip()
    html = message.binary(_HTML)
    if html is None:
        return text_of_html(message.text(_HTML))
    return text_of_html(message.decode(html, message.integer(_INTERNET_CODE_PAGE)))


def _attachment(storage: _Storage, number: int) -> Attachment:
    name = safe_name(storage.text(_LONG_NAME) or storage.text(_SHORT_NAME))
    return Attachment(
        name or _("Attachment {number}").format(number=number),
        storage.text(_MEDIA_TYPE) or "application/octet-stream",
        storage.binary(_DATA) or b"",
    )
