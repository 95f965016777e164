"""An agenda written as free text, read line by line: what, how long, and whether it is a question.

- Figures of the quarter (10 min)
2. Plant tour, 1 h
Who signs above 50,000?
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BULLET = re.compile(r"^\s*(?:[-–—•*·▪◦]|\d{1,2}[.)]|\[[ xX]?\])\s+")
_UNIT = r"(?:(?P<h>h(?:ours?|rs?)?\.?)|(?:min(?:ute)?s?\.?|['′’]))"
_LAST = re.compile(rf"^(?P<text>.+?)[\s,;:–—-]*[(\[]?\b(?P<n>\d{{1,3}})\s?{_UNIT}[)\]]?\s*$", re.I)
_FIRST = re.compile(rf"^(?P<n>\d{{1,3}})\s?{_UNIT}(?=[\s:,;–—-])[\s:,;–—-]*(?P<text>\S.*)$", re.I)
_QUESTION_MARKS = ("?", "\uff1f", "\u061f", "\u037e")
"""Of Latin and Cyrillic, of Chinese and Japanese, of Arabic, and of Greek text."""
MOST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One line; ``minutes`` None when it says nothing of its length."""

    text: str
    minutes: int | None
    is_question: bool


def split_minutes(text: str) -> tuple[str, int | None]:
    """A line without the time it names at its end or beginning, and that time in minutes.

    A line that is nothing but a time stays whole.
    """
    stripped = text.strip()
    for pattern in (_LAST, _FIRST):
        found = pattern.match(stripped)
        if found is not None:
            minutes = int(found["n"]) * (60 if found["h"] else 1)
            if minutes <= MOST_MINUTES:
                return found["text"].strip(), minutes
    return stripped, None


def written_lines(text: str) -> tuple[WrittenLine, ...]:
    """The lines of ``text`` that say something, without bullets and numbers."""
    found = []
    for line in text.splitlines():
        what, minutes = split_minutes(_BULLET.sub("", line, count=1))
        if what:
            found.append(WrittenLine(what, minutes, what.endswith(_QUESTION_MARKS)))
    return tuple(found)
