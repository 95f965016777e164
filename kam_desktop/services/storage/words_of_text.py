"""How text is cut into words for searching, on the way into the index and out of the field.

Accents are ignored in every script (FTS5 itself only knows Latin ones). Chinese, Japanese, Korean
and Thai are written without spaces between words (or with long words), so each of their characters
is indexed as a word of its own and typed text is matched as a phrase of them. That finds any part
of a name from one character on, where a trigram index needs three.
"""

from __future__ import annotations

import re
import unicodedata

_UNSPACED = "\u0e01-\u0e5b\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_UNSPACED_CHAR = re.compile(f"([{_UNSPACED}])")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)

LAST_LATIN = "\u024f"
"""FTS5 handles text up to this character well enough by itself; `searchable` is for the rest."""


def searchable(text: str | None) -> str | None:
    """``text`` without accents, with spaces around each character of an unspaced script."""
    if text is None or text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _UNSPACED_CHAR.sub(r" \1 ", unicodedata.normalize("NFC", plain))


def match_expression(typed: str, *, max_words: int = 8) -> str:
    """The FTS5 query for what a user typed; '' when there is nothing to search for.

    Every word must occur, each as a prefix. All of FTS5's own syntax is quoted away.
    """
    terms = []
    for chunk in typed.split()[:max_words]:
        words = _WORD.findall(searchable(chunk) or "")
        if words:
            terms.append('"' + " ".join(words) + '"*')
    return " ".join(terms)
