"""What sentences about a map are made of: sections, lines, people in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kam_desktop.services.analysis.people_facts import WHOLE_ACCOUNT
from kam_desktop.services.formatting import isolate
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.map_analysis import AccountThinking

GOOD, WARN, BAD, PLAIN = "good", "warn", "bad", "plain"
_NAMED = 3
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One line of detail; ``people`` are ids to show on the map, ``state`` is good … plain.

    Lines of one ``group`` belong under it. ``who`` is one of ours whom the line is about.
    """

    text: str
    detail: str = ""
    people: tuple[str, ...] = ()
    state: str = PLAIN
    group: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One question about the map: its answer in a sentence, then the lines it stands on."""

    key: str
    title: str
    sentence: str
    state: str
    lines: tuple[Line, ...] = ()


def inline(text: str) -> str:
    """A name inside a sentence: a very long one is shortened, and it keeps its own direction."""
    return isolate(text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…")


def names(thinking: AccountThinking, ids: Sequence[str], most: int = _NAMED) -> str:
    """Some people by name, e.g. "Ana Ruiz, Ben Ott and 4 more"."""
    named = [inline(thinking.name_of(each)) for each in ids[:most]]
    rest = len(ids) - len(named)
    if rest:
        named_text = ", ".join(named)
        return ngettext("{names} and {n} more", "{names} and {n} more", rest).format(
            names=named_text, n=rest
        )
    if len(named) < 2:
        return "".join(named)
    return _("{names} and {last}").format(names=", ".join(named[:-1]), last=named[-1])


def centre_name(thinking: AccountThinking, centre_id: str) -> str:
    """A buying centre, or the account as a whole."""
    if centre_id == WHOLE_ACCOUNT:
        return _("Whole account")
    return thinking.facts.centres.get(centre_id, "")
