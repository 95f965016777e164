"""What the user changed in a generated brief: left out, reworded, added, put in another order.

Plain frozen values and pure functions; `edited.applied` lays them over the generated lines. They
are kept with the meeting as JSON, and what cannot be read of it is ignored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

MAX_TEXT = 2000
"""Longest wording of a line, in characters; more would not be printed."""

MAX_OWN = 100
"""Most lines of one's own in a brief; more would not fit on its pages."""

_VERSION = 1
_OWN = "own:"


@dataclass(frozen=True, slots=True)
class Wording:
    """The user's words for a generated line. ``basis`` marks the facts they were written for."""

    text: str
    basis: str
    section: str


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line the user added to a section."""

    key: str
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class BriefEdits:
    """All changes to one brief. ``out`` are lines left out, each with its basis at that time.

    ``order`` names sections; those it does not name stand where they are generated.
    """

    sections_out: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    out: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Wording] = field(default_factory=dict)
    own: tuple[OwnLine, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the brief is the generated one."""
        return self == BriefEdits()

    # Changes: each gives new edits -----------------------------------------------------------

    def with_section(self, section: str, *, shown: bool) -> BriefEdits:
        """Leave a section out, or take it in again."""
        others = tuple(each for each in self.sections_out if each != section)
        return replace(self, sections_out=others if shown else (*others, section))

    def with_order(self, order: Sequence[str]) -> BriefEdits:
        """Put the sections in this order."""
        return replace(self, order=tuple(dict.fromkeys(order)))

    def with_line(self, key: str, basis: str, *, shown: bool) -> BriefEdits:
        """Leave a line out, or take it in again."""
        out = {name: kept for name, kept in self.out.items() if name != key}
        if not shown:
            out[key] = basis
        return replace(self, out=out)

    def with_words(self, key: str, words: Wording | None) -> BriefEdits:
        """Reword a generated line; None takes the generated words again."""
        kept = {name: each for name, each in self.words.items() if name != key}
        if words is not None:
            kept[key] = replace(words, text=words.text.strip()[:MAX_TEXT])
        return replace(self, words=kept)

    def with_own(self, section: str, text: str) -> BriefEdits:
        """Add a line at the end of a section; beyond `MAX_OWN` nothing is added."""
        if not text.strip() or len(self.own) >= MAX_OWN:
            return self
        numbers = [int(each.key.removeprefix(_OWN)) for each in self.own if _numbered(each.key)]
        key = f"{_OWN}{max(numbers, default=0) + 1}"
        return replace(self, own=(*self.own, OwnLine(key, section, text.strip()[:MAX_TEXT])))

    def with_own_words(self, key: str, text: str) -> BriefEdits:
        """Reword a line of one's own; empty words delete it."""
        words = text.strip()[:MAX_TEXT]
        changed = (replace(each, text=words) if each.key == key else each for each in self.own)
        return replace(self, own=tuple(each for each in changed if each.text))

    # Keeping ---------------------------------------------------------------------------------

    def to_json(self) -> dict[str, Any] | None:
        """What is kept with the meeting; None for the generated brief."""
        if self.empty:
            return None
        return {
            "version": _VERSION,
            "sections_out": list(self.sections_out),
            "order": list(self.order),
            "out": dict(self.out),
            "words": {
                key: {"text": each.text, "basis": each.basis, "section": each.section}
                for key, each in self.words.items()
            },
            "own": [
                {"key": each.key, "section": each.section, "text": each.text} for each in self.own
            ],
        }

    @classmethod
    def from_json(cls, stored: object) -> BriefEdits:
        """Edits from what was kept; whatever does not have the right form is ignored."""
        if not isinstance(stored, dict):
            return cls()
        return cls(
            sections_out=_texts(stored.get("sections_out")),
            order=_texts(stored.get("order")),
            out={key: text for key, text in _entries(stored.get("out")) if isinstance(text, str)},
            words={
                key: Wording(**words)
                for key, each in _entries(stored.get("words"))
                if (words := _fields(each, "text", "basis", "section"))
            },
            own=_own_lines(stored.get("own")),
        )


def _numbered(key: str) -> bool:
    rest = key.removeprefix(_OWN)
    return key.startswith(_OWN) and rest.isascii() and rest.isdigit() and len(rest) < 10


def _texts(stored: object) -> tuple[str, ...]:
    if not isinstance(stored, list):
        return ()
    return tuple(dict.fromkeys(each for each in stored if isinstance(each, str)))


def _entries(stored: object) -> list[tuple[str, object]]:
    if not isinstance(stored, dict):
        return []
    return [(key, each) for key, each in stored.items() if isinstance(key, str)]


def _fields(stored: object, *names: str) -> dict[str, str]:
    """The named texts of a JSON object; empty unless all are there and it says something."""
    if not isinstance(stored, dict):
        return {}
    found = {name: stored.get(name) for name in names}
    texts = {name: text for name, text in found.items() if isinstance(text, str)}
    if len(texts) < len(names) or not texts["text"].strip():
        return {}
    return {**texts, "text": texts["text"].strip()[:MAX_TEXT]}


def _own_lines(stored: object) -> tuple[OwnLine, ...]:
    if not isinstance(stored, list):
        return ()
    found: dict[str, OwnLine] = {}
    for each in stored[:MAX_OWN]:
        fields = _fields(each, "key", "section", "text")
        if fields and fields["key"] not in found and _numbered(fields["key"]):
            found[fields["key"]] = OwnLine(**fields)
    return tuple(found.values())
