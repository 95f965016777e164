"""Writes cards in version 2.1, 3.0 or 4.0 from properties in their common form."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum

from kam_desktop.services.exchange.vcard.contact import phone_text
from kam_desktop.services.exchange.vcard.kept import param_value
from kam_desktop.services.exchange.vcard.properties import (
    LISTS,
    STRUCTURED,
    Binary,
    Property,
    binary_of,
    escaped,
    split_escaped,
    unescaped,
)

WIDTH = 75
"""Longest line in octets, without its end (RFC 6350, 3.2)."""
_END = b"\r\n"
_MEDIA = {
    "jpeg": "image/jpeg", "jpg": "image/jpeg", "png": "image/png", "gif": "image/gif",
    "webp": "image/webp", "x509": "application/pkix-cert", "pgp": "application/pgp-keys",
}  # fmt: skip
_NEW_IN_4 = frozenset({"PREF", "ALTID", "PID", "MEDIATYPE", "CALSCALE", "SORT-AS", "GEO", "LABEL"})


class Version(StrEnum):
    """The versions cards can be written in."""

    V21 = "2.1"
    V30 = "3.0"
    V40 = "4.0"


def card_bytes(props: Iterable[Property], version: Version) -> bytes:
    """One card, its lines ended by CR LF and folded at `WIDTH` octets."""
    lines: list[bytes] = [b"BEGIN:VCARD", f"VERSION:{version}".encode()]
    for prop in props:
        if version is Version.V21:
            lines += _line_21(prop)
        else:
            fit = _for_40(prop) if version is Version.V40 else _for_30(prop)
            lines += _folded(_line(fit))
    lines.append(b"END:VCARD")
    return _END.join(lines) + _END


def photo_property(content: bytes) -> Property:
    """A picture as a property in the common form."""
    kind = "PNG" if content.startswith(b"\x89PNG") else "JPEG"
    value = base64.b64encode(content).decode("ascii")
    return Property("PHOTO", value, (("TYPE", (kind,)), ("ENCODING", ("b",))))


def _line(prop: Property) -> str:
    head = f"{prop.group}.{prop.name}" if prop.group else prop.name
    params = "".join(
        f";{name}={','.join(map(param_value, values))}" for name, values in prop.params
    )
    return f"{head}{params}:{prop.value}"


def _folded(line: str) -> Iterator[bytes]:
    """Pieces of at most `WIDTH` octets; no character is cut in two."""
    data = line.encode("utf-8", "ignore")
    start, first = 0, True
    while True:
        end = start + WIDTH - (not first)
        if end >= len(data):
            yield data[start:] if first else b" " + data[start:]
            return
        while data[end] & 0xC0 == 0x80:
            end -= 1
        yield data[start:end] if first else b" " + data[start:end]
        start, first = end, False


def _typed(prop: Property, *, preferred: bool) -> Property:
    """TYPE without *pref*, which is said in the version's own way."""
    kept = []
    for name, values in prop.params:
        parts = [one for value in values for one in value.split(",")]
        types = tuple(one for one in parts if one.strip().lower() != "pref")
        if name != "TYPE":
            kept.append((name, values))
        elif types:
            kept.append((name, types))
    was = "pref" in prop.types
    kept = [one for one in kept if not (was and one[0] == "PREF")]
    if was and preferred:
        kept.append(("PREF", ("1",)))
    elif was:
        kept.append(("TYPE", ("pref",)))
    return replace(prop, params=tuple(kept))


def _for_40(prop: Property) -> Property:
    prop = _typed(prop, preferred=True)
    if not prop.is_base64:
        return prop
    binary = binary_of(prop)
    if binary is None:
        return prop
    media = _media(binary, prop)
    kept = tuple(one for one in prop.params if one[0] not in {"ENCODING", "TYPE", "VALUE"})
    value = base64.b64encode(binary.content).decode("ascii")
    return replace(prop, value=f"data:{media};base64,{value}", params=kept)


def _media(binary: Binary, prop: Property) -> str:
    if binary.kind in _MEDIA or "/" in binary.kind:
        return _MEDIA.get(binary.kind, binary.kind)
    family = {"PHOTO": "image", "LOGO": "image", "SOUND": "audio"}.get(prop.name)
    return f"{family}/{binary.kind}" if family and binary.kind else "application/octet-stream"


def _for_30(prop: Property) -> Property:
    """As in RFC 2426: base64 in ENCODING=b, numbers as text, no parameters of version 4.0."""
    prop = _typed(prop, preferred=False)
    binary = None if prop.is_base64 else binary_of(prop)
    if binary is not None:
        kind = {media: kind.upper() for kind, media in _MEDIA.items()}.get(
            binary.kind, binary.kind.rpartition("/")[2].upper()
        )
        value = base64.b64encode(binary.content).decode("ascii")
        kept = tuple(one for one in prop.params if one[0] not in {"VALUE", "TYPE"})
        types = (("TYPE", (kind,)),) if kind else ()
        return replace(prop, value=value, params=(*kept, *types, ("ENCODING", ("b",))))
    if prop.name == "TEL" and prop.value[:4].lower() == "tel:":
        prop = prop.without_params("VALUE").with_value(escaped(phone_text(prop)))
    return prop.without_params(*_NEW_IN_4)


def _line_21(prop: Property) -> list[bytes]:
    """As in versit's vCard 2.1: bare types, quoted-printable, base64 ended by an empty line."""
    prop = _for_30(prop)
    head = f"{prop.group}.{prop.name}" if prop.group else prop.name
    for name, values in prop.without_params("ENCODING").params:
        parts = [part.strip() for value in values for part in value.split(",")]
        for part in filter(None, parts):
            plain = all(char.isalnum() or char == "-" for char in part) and part.isascii()
            if plain:
                head += f";{part.upper()}" if name == "TYPE" else f";{name}={part}"
    if prop.is_base64:
        return _base64_lines(f"{head};ENCODING=BASE64:", prop.value)
    text = _value_21(prop)
    line = f"{head}:{text}"
    if line.isascii() and line.isprintable() and len(line) <= WIDTH:
        return [line.encode("ascii")]
    return _printable_lines(f"{head};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:", text)


def _value_21(prop: Property) -> str:
    if prop.name in STRUCTURED:
        parts = [unescaped(part) for part in split_escaped(prop.value, ";")]
        return ";".join(part.replace("\\", "\\\\").replace(";", "\\;") for part in parts)
    if prop.name in LISTS:
        parts = [unescaped(part) for part in split_escaped(prop.value, ",")]
        return ",".join(part.replace("\\", "\\\\").replace(",", "\\,") for part in parts)
    return prop.text.replace("\\", "\\\\").replace(";", "\\;")


def _base64_lines(head: str, value: str) -> list[bytes]:
    pieces = [value[at : at + WIDTH - 1] for at in range(0, len(value), WIDTH - 1)]
    return [head.encode("ascii", "ignore"), *(f" {one}".encode("ascii") for one in pieces), b""]


def _printable_lines(head: str, text: str) -> list[bytes]:
    """Soft line ends before `WIDTH` octets; line ends of the text are ``=0D=0A``."""
    coded = quopri.encodestring(text.encode("utf-8", "ignore"), quotetabs=True)
    flat = coded.replace(b"=\n", b"").replace(b"\n", b"=0D=0A").replace(b"\r", b"=0D")
    line, lines = head.encode("utf-8", "ignore"), []
    at = 0
    while at < len(flat):
        step = 3 if flat[at : at + 1] == b"=" else 1
        if len(line) + step >= WIDTH:
            lines.append(line + b"=")
            line = b""
        line += flat[at : at + step]
        at += step
    return [*lines, line]
