"""What is typed during a meeting: plain notes, and lines with a quick mark that mean something.

/commit we send samples by friday      what was promised; "they …" is the client's promise
/action ask Ben about the price        what one of ours does
/objection too dear = total cost       an objection, and after "=" our answer
/person Ana Pop, head of quality       somebody new
/support Ana +1                        how somebody stands: −2 … +2, or a word
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from kam_desktop.models.vocabulary import Side, Support
from kam_desktop.services.analysis.spoken_dates import day_in


class QuickMark(StrEnum):
    """What a line can be marked as."""

    COMMIT = "commit"
    ACTION = "action"
    OBJECTION = "objection"
    PERSON = "person"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """One line with a quick mark; ``line`` counts from 0.

    ``text`` is what was said. ``side`` and ``due_on`` belong to promises and actions, ``detail`` is
    the answer to an objection or the title of a person, ``support`` None when it cannot be read.
    """

    line: int
    mark: QuickMark
    text: str
    side: Side = Side.OURS
    due_on: dt.date | None = None
    detail: str = ""
    support: int | None = None


_MARKED = re.compile(r"^\s*/(\w+)\s+(\S.*)$")
_BARE = re.compile(r"^\s*/(\w+)\s*$")
_SUPPORT = re.compile(r"^(.*?)[\s:]+([+\-−]?[0-2]|[^\W\d_]+)\s*$")
_OURS = re.compile(r"^(?:we|us|ours)\b[:,]?\s*", re.IGNORECASE)
_THEIRS = re.compile(r"^(?:they|them|theirs|client)\b[:,]?\s*", re.IGNORECASE)


def marked_lines(text: str, today: dt.date) -> tuple[MarkedLine, ...]:
    """The lines of ``text`` with a quick mark, in order; other lines are notes.

    A mark may be shortened as long as it is clear (``/com``, ``/a``). Days count from ``today``.
    """
    found = []
    for at, line in enumerate(text.split("\n")):
        match = _MARKED.match(line)
        mark = None if match is None else mark_of(match[1])
        if match is not None and mark is not None:
            found.append(_READERS[mark](at, match[2].strip(), today))
    return tuple(found)


def bare_mark(line: str) -> QuickMark | None:
    """The mark of a line that has nothing after it yet."""
    match = _BARE.match(line)
    return None if match is None else mark_of(match[1])


def notes_of(text: str) -> str:
    """The lines of ``text`` without those that have a quick mark."""
    kept = []
    for line in text.split("\n"):
        match = _MARKED.match(line)
        if match is None or mark_of(match[1]) is None:
            kept.append(line.rstrip())
    return "\n".join(kept).strip()


def mark_of(word: str) -> QuickMark | None:
    """The mark that ``word`` (without the slash) is or is a clear beginning of."""
    fitting = [mark for mark in QuickMark if mark.value.startswith(word.lower())]
    return fitting[0] if len(fitting) == 1 else None


def _commit(at: int, text: str, today: dt.date) -> MarkedLine:
    theirs = _THEIRS.match(text)
    words = (_THEIRS if theirs else _OURS).sub("", text, count=1)
    side = Side.THEIRS if theirs else Side.OURS
    return MarkedLine(at, QuickMark.COMMIT, words or text, side, day_in(text, today))


def _action(at: int, text: str, today: dt.date) -> MarkedLine:
    return MarkedLine(at, QuickMark.ACTION, text, due_on=day_in(text, today))


def _objection(at: int, text: str, _today: dt.date) -> MarkedLine:
    said, _equals, answer = text.partition("=")
    return MarkedLine(at, QuickMark.OBJECTION, said.strip() or text, detail=answer.strip())


def _person(at: int, text: str, _today: dt.date) -> MarkedLine:
    name, _comma, title = text.partition(",")
    return MarkedLine(at, QuickMark.PERSON, name.strip() or text, detail=title.strip())


def _support(at: int, text: str, _today: dt.date) -> MarkedLine:
    match = _SUPPORT.match(text)
    value = None if match is None else support_value(match[2])
    if match is None or value is None:
        return MarkedLine(at, QuickMark.SUPPORT, text)
    return MarkedLine(at, QuickMark.SUPPORT, match[1].strip(), support=value)


_READERS = {
    QuickMark.COMMIT: _commit,
    QuickMark.ACTION: _action,
    QuickMark.OBJECTION: _objection,
    QuickMark.PERSON: _person,
    QuickMark.SUPPORT: _support,
}


def support_value(word: str) -> int | None:
    """Support from a number (−2 … +2) or the beginning of its word, else None."""
    number = word.replace("−", "-")
    if number.lstrip("+-").isdigit():
        value = int(number)
        return value if -2 <= value <= 2 else None
    fitting = [
        each for each in Support if len(word) >= 2 and each.name.lower().startswith(word.lower())
    ]
    return int(fitting[0]) if len(fitting) == 1 else None
