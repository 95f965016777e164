"""The one gate that user text passes on its way to paper.

Nothing after it reads markup: text is set glyph by glyph, so ``<img>`` is three letters and two
signs. What this gate adds is a bound on length and on stacked accents, the removal of characters
that would reverse what a reader sees, and a visible sign in the place of control characters.
"""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""Stands, visibly, where a character cannot be printed."""

MAX_CHARACTERS = 4000
"""Longest text set as one paragraph; more of it would not fit on two pages."""

_MAX_STACKED_MARKS = 3
JOINERS = frozenset("\u200c\u200d\u200e\u200f\u061c")
"""Signs without a look that shape and order the letters beside them; kept."""

_LINE_ENDS = frozenset("\n\r\v\f\x85\u2028\u2029")
_FIXED_SPACE = "\u00a0"
_LOOK_ALIKES = {"\N{MINUS SIGN}": "\N{EN DASH}", "\u2011": "-"}
_VISIBLE_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd")


def printable(text: str, limit: int = MAX_CHARACTERS) -> str:
    """``text`` as it can be printed: at most ``limit`` characters, an ellipsis if it was longer.

    Line ends become ``\\n``; other controls and lone surrogates become `REPLACEMENT`.
    """
    cut = text[: limit + 1]
    if len(cut) > limit:
        cut = cut[:limit] + "…"
    if cut.isascii() and cut.isprintable():
        return cut
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", cut.replace("\r\n", "\n")):
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= _MAX_STACKED_MARKS:
            kept.append(_one(char, category))
    return "".join(kept)


def apart(text: str) -> str:
    """``text`` for use inside a sentence of ours: what follows keeps its place beside Arabic."""
    text = text[: MAX_CHARACTERS + 1]
    if text.isascii():
        return text
    turns = any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text)
    return f"{text}\u200e" if turns else text


def one_line(text: str, limit: int = MAX_CHARACTERS) -> str:
    """``text`` as one printable line: line ends and runs of space become one space."""
    return " ".join(re.split(r"[ \n]+", printable(text, limit).strip(" \n")))


def _one(char: str, category: str) -> str:
    if char in _LOOK_ALIKES:
        return _LOOK_ALIKES[char]
    if char in _LINE_ENDS:
        return "\n"
    if char == "\t" or category == "Zs":
        return _FIXED_SPACE if char in "\u00a0\u202f" else " "
    if category == "Cf" and char not in JOINERS and char not in _VISIBLE_FORMATS:
        # Soft hyphens, tags, and the embeddings and overrides that reverse what a reader sees.
        return ""
    return REPLACEMENT if category in ("Cc", "Cs", "Cn") else char
