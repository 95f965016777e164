"""Languages between the codes of cards and the words of people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def language_names(tags: Iterable[str]) -> str:
    """``fr, en`` as *French, English*; what is no known code stays as it is."""
    return ", ".join(dict.fromkeys(_names().get(tag.lower(), tag) for tag in tags if tag))


def language_tags(text: str) -> list[str]:
    """The codes of the languages in ``text``; empty when one of them has none.

    ``language_names`` of the codes is ``text`` again.
    """
    codes = {name: tag for tag, name in _names().items()}
    words = text.split(", ") if text else []
    tags = [codes.get(word, word) for word in words]
    known = all(_TAG.fullmatch(tag) for tag in tags)
    return tags if known and language_names(tags) == text else []


@cache
def _names() -> dict[str, str]:
    """English names by two-letter code."""
    from babel import Locale

    names = Locale("en").languages
    return {str(tag): str(name) for tag, name in names.items() if re.fullmatch("[a-z]{2}", tag)}
