"""Translation through gettext; English is the source language.

`set_language` is called once, by the composition root, for the screen; ``with language(code)`` is
for a handout in another language.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from kam_desktop.services.resources import resource_dir

_DOMAIN = "kam_desktop"
_current: ContextVar[_gettext.NullTranslations] = ContextVar("translations")
_screen: list[_gettext.NullTranslations] = [_gettext.NullTranslations()]


def _load(code: str) -> _gettext.NullTranslations:
    return _gettext.translation(
        _DOMAIN, localedir=resource_dir("translations"), languages=[code], fallback=True
    )


def languages() -> list[str]:
    """Codes of the languages there are translations for, English first."""
    root = resource_dir("translations")
    found = {file.parent.parent.name for file in root.glob(f"*/LC_MESSAGES/{_DOMAIN}.mo")}
    return ["en", *sorted(found - {"en"})]


def best_language(wanted: Iterable[str]) -> str:
    """The first of the ``wanted`` codes (``de-AT``, ``de``) there is a translation for; else
    English.
    """
    there = languages()
    for code in wanted:
        parts = code.replace("_", "-").split("-")
        for candidate in (code.replace("-", "_"), parts[0]):
            if candidate in there:
                return candidate
    return "en"


def set_language(code: str) -> None:
    """Use language ``code`` (e.g. ``de``) from now on; unknown codes fall back to English."""
    _screen[0] = _load(code)


@contextmanager
def language(code: str) -> Iterator[None]:
    """Use another language inside the block, in this thread only."""
    token = _current.set(_load(code))
    try:
        yield
    finally:
        _current.reset(token)


def _translations() -> _gettext.NullTranslations:
    return _current.get(_screen[0])


def _(message: str) -> str:
    """``message`` in the current language."""
    return _translations().gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of the message that fits ``count``."""
    return _translations().ngettext(singular, plural, count)
