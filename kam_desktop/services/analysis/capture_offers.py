"""What can be completed while notes are typed: quick marks, names and how somebody stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kam_desktop.models.text import sort_key
from kam_desktop.models.vocabulary import Support
from kam_desktop.services.analysis.capture import QuickMark, mark_of

MOST = 8
_MARK = re.compile(r"^\s*/(\w*)$")
_AFTER_MARK = re.compile(r"^\s*/(\w+)\s+(.*)$")
_NAMED = frozenset({QuickMark.PERSON, QuickMark.SUPPORT})


@dataclass(frozen=True, slots=True)
class Offer:
    """One completion. ``text`` replaces the line from column ``start`` to the cursor.

    ``mark`` is set for a quick mark, ``support`` for a value, neither for a name.
    """

    start: int
    text: str
    mark: QuickMark | None = None
    support: Support | None = None


def offers(before: str, names: Sequence[str]) -> list[Offer]:
    """What fits the part of a line before the cursor; nothing when there is nothing to choose.

    ``names`` are those of the people of the account, the attendees first.
    """
    if match := _MARK.match(before):
        start = match.start(1) - 1
        word = match[1].lower()
        fitting = [mark for mark in QuickMark if mark.value.startswith(word)]
        return [Offer(start, f"/{mark.value} ", mark=mark) for mark in fitting]
    match = _AFTER_MARK.match(before)
    mark = None if match is None else mark_of(match[1])
    if match is None or mark not in _NAMED:
        return []
    typed, start = match[2], match.start(2)
    if mark is QuickMark.SUPPORT:
        for name in names:
            if name and typed.casefold().startswith(f"{name.casefold()} "):
                return _values(typed[len(name) + 1 :].strip(), start + len(name) + 1)
    return _names(typed, start, names)


def _names(typed: str, start: int, names: Sequence[str]) -> list[Offer]:
    wanted = sort_key(typed)
    if typed != typed.rstrip() and typed.strip():
        wanted += " "
    found = [name for name in names if name and _fits(wanted, sort_key(name))]
    if [sort_key(name) for name in found] == [wanted]:
        return []
    return [Offer(start, f"{name} ") for name in dict.fromkeys(found)][:MOST]


def _fits(wanted: str, name: str) -> bool:
    words = name.split()
    return any(" ".join(words[at:]).startswith(wanted) for at in range(len(words)))


def _values(typed: str, start: int) -> list[Offer]:
    """The five signs; none once one of them is written."""
    fitting = [each for each in Support if not typed or each.name.lower().startswith(typed.lower())]
    return [Offer(start, signed(each), support=each) for each in fitting]


def signed(support: int) -> str:
    """A value of support as it is typed: ``+2``, ``0``, ``-1``."""
    return f"{support:+d}" if support else "0"
