"""Reads the cards of a file line by line, without ever going deeper than the file allows.

The grammar is that of vCard 2.1 (versit, 1996), RFC 2426 and RFC 6350; what programs write in
between is forgiven where nothing has to be guessed. A card that cannot be read does not stop the
others.
"""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.encodings import decode, shown_name
from kam_desktop.services.exchange.tables import NO_PROGRESS, TaskProgress
from kam_desktop.services.exchange.vcard.properties import LISTS, Params, Property
from kam_desktop.services.i18n import _

MAX_CARDS = 50_000
"""Most cards read from one file."""
MAX_DEPTH = 8
"""Deepest nesting of cards inside each other."""
MAX_LINE_BYTES = 16 * 1024 * 1024
"""Longest property, continuation lines included."""
MAX_PROPERTIES = 5_000
"""Most properties of one card."""

_MAX_HEAD = 20_000
_BEGIN, _END = b"begin:vcard", b"end:vcard"
_ENCODINGS = {"BASE64", "B", "QUOTED-PRINTABLE", "7BIT", "8BIT"}
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/=]+")
_HEAD = re.compile(
    r'(?:(?P<group>[^.;:"]{1,200})\.)?(?P<name>[^.;:"]{1,200})(?P<params>(?:;(?:"[^"]*"|[^":])*?)?):'
)
_PARAM = re.compile(r';((?:"[^"]*"|[^";])*)')
_PARAM_VALUE = re.compile(r'"([^"]*)"|([^,]+)')
_SIGNS_21 = re.compile(r"\\([;,:\\])|\\|,|\n")
_NO_CHARSETS = {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"}
_RFC6868 = {"^n": "\n", "^'": '"', "^^": "^"}
_PLAIN_21 = LISTS | {"URL", "SOURCE", "FBURL", "CALURI", "UID", "KEY", "PHOTO", "LOGO", "SOUND"}
"""Properties in whose 2.1 values a comma is no part of a text."""


@dataclass(slots=True)
class Card:
    """The properties of one card in order, BEGIN, END and VERSION left out.

    ``number`` counts from 1 in the file; ``problem`` says why the card could not be read.
    """

    number: int
    version: str = "3.0"
    properties: list[Property] = field(default_factory=list)
    problem: str = ""

    def all(self, name: str) -> list[Property]:
        """The properties of one name."""
        return [one for one in self.properties if one.name == name]

    def first(self, name: str) -> Property | None:
        """The first property of a name that has a value."""
        return next((one for one in self.properties if one.name == name and one.value), None)


@dataclass(frozen=True, slots=True)
class Cards:
    """All cards of a file. ``encoding`` is the name of the recognised one, to show."""

    cards: tuple[Card, ...]
    encoding: str


def is_vcard(data: bytes) -> bool:
    """Whether a file begins as one with cards in it does."""
    text = decode(data[:4096]).text.lstrip("\ufeff \t\r\n\0")
    return text[:11].lower() == "begin:vcard"


def read_cards(
    data: bytes, encoding: str | None = None, progress: TaskProgress = NO_PROGRESS
) -> Cards:
    """The cards in ``data``; ``encoding`` overrides the recognised one.

    Raises `UserError` when there are more than `MAX_CARDS`, `CancelledError`.
    """
    found = decode(data, encoding)
    codec = found.codec
    if codec.startswith(("utf-16", "utf-32")) or data.startswith(codecs.BOM_UTF8):
        data, codec = found.text.encode("utf-8", "ignore"), "utf-8"
    cards = []
    # Some exports end their lines with CR CR LF.
    lines = data.replace(b"\r\r\n", b"\r\n").splitlines()
    for card in _split(lines, codec, progress):
        cards.append(card)
        if len(cards) > MAX_CARDS:
            raise UserError(
                _("The file holds more than {count} contacts. Cut it into smaller files.").format(
                    count=MAX_CARDS
                )
            )
    return Cards(tuple(cards), shown_name(found.codec))


def _split(lines: Sequence[bytes], codec: str, progress: TaskProgress) -> Iterator[Card]:
    """The cards one after the other; a card inside another stays a property of it."""
    at, number = 0, 0
    while at < len(lines):
        if lines[at].strip().lower() != _BEGIN:
            at += 1
            continue
        number += 1
        reader = _CardReader(lines, at + 1, number, codec)
        yield reader.read()
        at = max(reader.at, at + 1)
        if number % 500 == 0:
            progress.step(at, len(lines))


class _CardReader:
    """Reads one card; ``at`` is the line after it."""

    def __init__(self, lines: Sequence[bytes], at: int, number: int, codec: str) -> None:
        self.at = at
        self._lines = lines
        self._codec = codec
        self._card = Card(number)

    def read(self) -> Card:
        while self.at < len(self._lines):
            line = self._lines[self.at]
            word = line.strip().lower()
            if word == _END:
                self.at += 1
                return self._card
            if word == _BEGIN:
                break
            self.at += 1
            if word:
                self._take(line)
        self._refuse(_("The card has no end; the file is cut off there."))
        return self._card

    def _refuse(self, reason: str) -> None:
        self._card.problem = self._card.problem or reason

    def _take(self, line: bytes) -> None:
        """Read the property that begins with ``line``, and the lines that go on with it."""
        head = line.split(b":", 1)[0].upper()
        is_base64 = b"BASE64" in head or b"ENCODING=B" in head
        if b"QUOTED-PRINTABLE" in head:
            line = self._joined_printable(line)
        else:
            line = self._unfolded(line, keep_space=self._card.version == "2.1" and not is_base64)
            if is_base64:
                line = self._joined_base64(line)
        if len(self._card.properties) >= MAX_PROPERTIES:
            self._refuse(_("The card has more than {count} lines.").format(count=MAX_PROPERTIES))
        elif (prop := parsed(line, self._card.version, self._codec)) is not None:
            self._keep(prop)

    def _keep(self, prop: Property) -> None:
        if prop.name == "VERSION":
            version = prop.value.strip()
            self._card.version = version if version in {"2.1", "3.0", "4.0"} else "3.0"
        elif prop.name == "AGENT" and not prop.value.strip():
            self._card.properties.append(prop.with_value(self._nested()))
        elif prop.name not in {"BEGIN", "END"}:
            self._card.properties.append(prop)

    def _next(self) -> bytes | None:
        return self._lines[self.at] if self.at < len(self._lines) else None

    def _unfolded(self, line: bytes, *, keep_space: bool) -> bytes:
        """RFC 6350, 3.2: a line end and the one blank after it are nothing. 2.1 keeps the blank."""
        pieces, size = [line], len(line)
        while (more := self._next()) is not None and more[:1] in (b" ", b"\t"):
            size += len(more)
            if size <= MAX_LINE_BYTES:
                pieces.append(more if keep_space else more[1:])
            self.at += 1
        return b"".join(pieces) if size <= MAX_LINE_BYTES else self._too_long()

    def _too_long(self) -> bytes:
        self._refuse(_("A line is longer than {limit} MB.").format(limit=MAX_LINE_BYTES >> 20))
        return b""

    def _joined_printable(self, line: bytes) -> bytes:
        """A quoted-printable line that ends with ``=`` goes on in the next one."""
        pieces, size = [line], len(line)
        while pieces[-1].rstrip().endswith(b"=") and (more := self._next()) is not None:
            if more.strip().lower() in (_BEGIN, _END):
                break
            pieces[-1] = pieces[-1].rstrip()[:-1]
            pieces.append(more)
            size += len(more)
            self.at += 1
            if size > MAX_LINE_BYTES:
                return self._too_long()
        return b"".join(pieces)

    def _joined_base64(self, line: bytes) -> bytes:
        """Some programs of version 2.1 do not indent base64 and end it with an empty line."""
        pieces = [line]
        size = len(line)
        while (more := self._next()) is not None and _BASE64_LINE.fullmatch(more.strip()):
            pieces.append(more.strip())
            size += len(more)
            self.at += 1
        return b"".join(pieces) if size <= MAX_LINE_BYTES else self._too_long()

    def _nested(self) -> str:
        """The card inside this one as the escaped text it has in version 3.0."""
        while (line := self._next()) is not None and not line.strip():
            self.at += 1
        kept: list[bytes] = []
        depth = 0
        while (line := self._next()) is not None:
            word = line.strip().lower()
            depth += (word == _BEGIN) - (word == _END)
            if depth > MAX_DEPTH:
                self._refuse(
                    _("Cards lie more than {count} deep in each other.").format(count=MAX_DEPTH)
                )
            if depth <= 0 and word != _END:
                break
            kept.append(line)
            self.at += 1
            if depth <= 0:
                break
        text = b"\n".join(kept).decode(_known(self._codec), "replace")
        return (
            text.replace("\\", "\\\\").replace("\n", "\\n").replace(";", "\\;").replace(",", "\\,")
        )


def parsed(line: bytes, version: str, codec: str) -> Property | None:
    """One unfolded line as a property; None for a line that is none."""
    head, colon, _rest = line.partition(b":")
    if not colon:
        return None
    # Byte for byte, so that places in the head are places in the line.
    plain = (line if b'"' in head else head + b":")[:_MAX_HEAD].decode("latin-1")
    found = _HEAD.match(plain)
    if found is None:
        return None
    if not found["name"].strip():
        return None
    written = found["params"].encode("latin-1").decode(_known(codec), "replace")
    params = _params(written, version)
    named = dict(params)
    encoding = next(iter(named.get("ENCODING", ())), "").upper()
    charset = _known(next(iter(named.get("CHARSET", ())), "") or codec)
    raw = line[found.end() :]
    name = found["name"].strip().upper()
    group = (found["group"] or "").strip()
    kept = tuple(one for one in params if one[0] not in {"ENCODING", "CHARSET"})
    if encoding in {"BASE64", "B"}:
        value = b"".join(raw.split()).decode("ascii", "ignore")
        return Property(name, value, (*kept, ("ENCODING", ("b",))), group)
    if encoding == "QUOTED-PRINTABLE":
        raw = quopri.decodestring(raw)
    text = raw.decode(charset, "replace").replace("\0", "")
    value = _from_21(name, text) if version == "2.1" else text.replace("\r", "").replace("\n", "")
    return Property(name, value, kept, group)


def _known(codec: str) -> str:
    """A codec for text that exists, else UTF-8."""
    try:
        name = codecs.lookup(codec.strip()).name
        b"a".decode(name, "replace")  # an empty text is decoded by nothing
    except (LookupError, ValueError):
        return "utf-8"
    return "utf-8" if name in _NO_CHARSETS else name


def _params(text: str, version: str) -> Params:
    found: list[tuple[str, tuple[str, ...]]] = []
    for param in _PARAM.findall(text):
        name, equals, value = param.partition("=")
        name = name.strip().upper()
        if not equals:
            if name:
                kind = "ENCODING" if name in _ENCODINGS else "TYPE"
                found.append((kind, (param.strip(),)))
            continue
        values = tuple(
            (quoted or plain).strip() for quoted, plain in _PARAM_VALUE.findall(value)
        ) or ("",)
        if version == "4.0":
            values = tuple(re.sub(r"\^[n'^]", lambda one: _RFC6868[one[0]], v) for v in values)
        found.append((name, values))
    return tuple(found)


def _from_21(name: str, text: str) -> str:
    r"""A value of version 2.1, where only ``\;``, ``\,``, ``\:`` and ``\\`` are escapes."""
    comma = "," if name in _PLAIN_21 or name.startswith("X-") else "\\,"

    def one(found: re.Match[str]) -> str:
        if found[1]:
            return ":" if found[1] == ":" else found[0]
        return {",": comma, "\n": "\\n"}.get(found[0], "\\\\")

    return _SIGNS_21.sub(one, text.replace("\r\n", "\n").replace("\r", "\n"))
