"""One property of a vCard in one form for all versions, and the escaping of its value."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

Params = tuple[tuple[str, tuple[str, ...]], ...]

STRUCTURED = frozenset({"N", "ADR", "ORG", "GENDER", "CLIENTPIDMAP"})
"""Properties whose value has parts divided by semicolons."""
LISTS = frozenset({"NICKNAME", "CATEGORIES"})
"""Properties whose value is a list divided by commas."""
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")


@dataclass(frozen=True, slots=True)
class Property:
    """``group.NAME;PARAMS:value``.

    ``value`` is escaped as in versions 3.0 and 4.0, whatever version it was read from; what was
    base64 stays so, without line ends. ``params`` have upper-case names and no CHARSET or ENCODING
    but ``ENCODING=b``; a bare ``CELL`` of version 2.1 is ``TYPE=CELL``.
    """

    name: str
    value: str
    params: Params = ()
    group: str = ""

    def param(self, name: str) -> tuple[str, ...]:
        """All values of a parameter."""
        return tuple(value for key, values in self.params if key == name for value in values)

    @property
    def types(self) -> frozenset[str]:
        """The values of TYPE in lower case, ``pref`` among them when it is the preferred one."""
        found = {part.strip() for value in self.param("TYPE") for part in value.lower().split(",")}
        if "1" in self.param("PREF"):
            found.add("pref")
        return frozenset(found)

    @property
    def is_base64(self) -> bool:
        return "b" in self.param("ENCODING")

    @property
    def text(self) -> str:
        """The value without its escaping."""
        return unescaped(self.value)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of a structured value, without escaping."""
        return tuple(unescaped(part) for part in split_escaped(self.value, ";"))

    def with_value(self, value: str) -> Property:
        """The same property with another (escaped) value."""
        return replace(self, value=value)

    def without_params(self, *names: str) -> Property:
        """The same property without some parameters."""
        return replace(self, params=tuple(one for one in self.params if one[0] not in names))


@dataclass(frozen=True, slots=True)
class Binary:
    """What a base64 value or a ``data:`` address holds. ``kind`` is its type, '' when not said."""

    kind: str
    content: bytes


def escaped(text: str) -> str:
    """Text as a value of version 3.0 or 4.0."""
    text = text.replace("\\", "\\\\").replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\n", "\\n").replace(";", "\\;").replace(",", "\\,")


def unescaped(value: str) -> str:
    """The text of a value; an unknown escape stands for its character."""
    return _ESCAPED.sub(_meant, value) if "\\" in value else value


def _meant(found: re.Match[str]) -> str:
    return "\n" if found[1] in "nN" else found[1]


def split_escaped(value: str, separator: str) -> list[str]:
    """The parts of a value, still escaped; an escaped separator does not divide."""
    parts: list[str] = []
    start = at = 0
    while at < len(value):
        if value[at] == "\\":
            at += 2
            continue
        if value[at] == separator:
            parts.append(value[start:at])
            start = at + 1
        at += 1
    parts.append(value[start:])
    return parts


def joined_parts(parts: Iterable[str]) -> str:
    """A structured value."""
    return ";".join(escaped(part) for part in parts)


def binary_of(prop: Property) -> Binary | None:
    """The bytes inside a property; None when it has none in it (a text, an address elsewhere)."""
    value = prop.value
    if prop.is_base64:
        kinds = [
            kind for kind in prop.param("TYPE") if kind.lower() not in {"pref", "work", "home"}
        ]
        content = decoded_base64(value)
        return None if content is None else Binary(kinds[0].lower() if kinds else "", content)
    if value[:5].lower() != "data:":
        return None
    head, comma, data = value[5:].partition(",")
    if not comma:  # Some programs escape the comma of the address.
        return None
    head = head.rstrip("\\")
    if not head.lower().endswith(";base64"):
        return None
    content = decoded_base64(data)
    return None if content is None else Binary(head[:-7].lower(), content)


def decoded_base64(text: str) -> bytes | None:
    """The bytes of base64 text. A missing end of padding is forgiven; None for nothing usable."""
    letters = _NOT_BASE64.sub("", text)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4)) or None
    except (binascii.Error, ValueError):
        return None
