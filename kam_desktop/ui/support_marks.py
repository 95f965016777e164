"""Support as it is drawn: a symbol, a word and a colour, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from kam_desktop.models.vocabulary import Support
from kam_desktop.services.words import word
from kam_desktop.ui.theme import State


@dataclass(frozen=True, slots=True)
class SupportMark:
    """``symbol`` is drawn in the colour of ``state``; ``word`` is said beside it or on hover."""

    symbol: str
    word: str
    state: State


_MARKS = {
    Support.MENTOR: ("▲▲", State.GOOD),
    Support.SUPPORTER: ("▲", State.GOOD),
    Support.NEUTRAL: ("●", State.WARN),
    Support.SCEPTIC: ("▽", State.BAD),
    Support.OPPONENT: ("✕", State.BAD),
}


def support_mark(support: int | None) -> SupportMark:
    """The mark of a person's support; None is unknown, which is never drawn as neutral."""
    if support is None:
        return SupportMark("?", word(None), State.PLAIN)
    value = Support(support)
    symbol, state = _MARKS[value]
    return SupportMark(symbol, word(value), state)
