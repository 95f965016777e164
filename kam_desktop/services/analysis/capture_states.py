"""What the marked lines of notes would make, given what there is already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from kam_desktop.models.text import clean_text, is_visible, sort_key
from kam_desktop.models.vocabulary import Side
from kam_desktop.services.analysis.capture import MarkedLine, QuickMark


class LineState(StrEnum):
    """What becomes of a marked line.

    ``NEW`` can be made, ``KNOWN`` is there already, ``OVERRULED`` is judged anew further down. The
    others say why nothing can be made of it.
    """

    NEW = "new"
    KNOWN = "known"
    OVERRULED = "overruled"
    NO_SUPPORT = "no_support"
    NOBODY = "nobody"
    SEVERAL = "several"
    NO_NAME = "no_name"


UNREADABLE = frozenset(
    {LineState.NO_SUPPORT, LineState.NOBODY, LineState.SEVERAL, LineState.NO_NAME}
)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of the account. ``judged`` is the support last seen at this meeting, ``support``
    what is believed; ``id`` is empty for somebody who is only named further up in the notes."""

    id: str
    name: str
    support: int | None = None
    judged: int | None = None
    attends: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What a meeting has given already; ``objections`` are answered or not."""

    promises: frozenset[tuple[Side, str]] = frozenset()
    actions: frozenset[str] = frozenset()
    objections: tuple[tuple[str, bool], ...] = ()
    people: tuple[KnownPerson, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedLine:
    """A line, what becomes of it, and whom it is about (None for nobody or several)."""

    line: MarkedLine
    state: LineState
    person: KnownPerson | None = None


def people_called(name: str, people: Sequence[KnownPerson]) -> list[KnownPerson]:
    """The people of this name; else those of whose name it is a part."""
    wanted = sort_key(name)
    if not wanted:
        return []
    exact = [each for each in people if sort_key(each.name) == wanted]
    words = set(wanted.split())
    return exact or [each for each in people if words <= set(sort_key(each.name).split())]


def stated_lines(lines: Iterable[MarkedLine], known: Known) -> list[StatedLine]:
    """What becomes of each line, in order; a line said twice is made once."""
    reading = _Reading(known)
    found = [reading.read(line) for line in lines]
    return _overruled(found)


def _overruled(found: list[StatedLine]) -> list[StatedLine]:
    """Of several judgements of one person the last counts."""
    last = {
        each.person.name: at
        for at, each in enumerate(found)
        if each.line.mark is QuickMark.SUPPORT and each.person is not None
    }
    return [
        replace(each, state=LineState.OVERRULED)
        if each.line.mark is QuickMark.SUPPORT
        and each.person is not None
        and last[each.person.name] != at
        else each
        for at, each in enumerate(found)
    ]


class _Reading:
    """Reads lines one after the other and remembers what the ones before would have made."""

    def __init__(self, known: Known) -> None:
        self._promises = set(known.promises)
        self._actions = set(known.actions)
        self._objections = dict(known.objections)
        self._people = list(known.people)

    def read(self, line: MarkedLine) -> StatedLine:
        text = clean_text(line.text)
        if line.mark is QuickMark.COMMIT:
            return StatedLine(line, _first_time((line.side, text), self._promises))
        if line.mark is QuickMark.ACTION:
            return StatedLine(line, _first_time(text, self._actions))
        if line.mark is QuickMark.OBJECTION:
            return StatedLine(line, self._objection(text, answered=bool(line.detail)))
        if line.mark is QuickMark.PERSON:
            return self._person(line)
        return self._support(line)

    def _objection(self, text: str, *, answered: bool) -> LineState:
        had_answer = self._objections.get(text)
        self._objections[text] = answered or bool(had_answer)
        new = had_answer is None or (answered and not had_answer)
        return LineState.NEW if new else LineState.KNOWN

    def _person(self, line: MarkedLine) -> StatedLine:
        found = people_called(line.text, self._people)
        if len(found) > 1:
            return StatedLine(line, LineState.SEVERAL)
        if found:
            # Who was not expected comes to the attendees.
            state = LineState.KNOWN if found[0].attends else LineState.NEW
            self._replace(found[0], replace(found[0], attends=True))
            return StatedLine(line, state, found[0])
        if not is_visible(line.text):
            return StatedLine(line, LineState.NO_NAME)
        self._people.append(KnownPerson("", line.text, attends=True))
        return StatedLine(line, LineState.NEW)

    def _support(self, line: MarkedLine) -> StatedLine:
        if line.support is None:
            return StatedLine(line, LineState.NO_SUPPORT)
        found = people_called(line.text, self._people)
        if len(found) != 1:
            state = LineState.SEVERAL if found else LineState.NOBODY
            return StatedLine(line, state)
        (person,) = found
        known = line.support in (person.support, person.judged)
        return StatedLine(line, LineState.KNOWN if known else LineState.NEW, person)

    def _replace(self, old: KnownPerson, new: KnownPerson) -> None:
        self._people[self._people.index(old)] = new


def _first_time(key: Any, seen: set[Any]) -> LineState:
    if key in seen:
        return LineState.KNOWN
    seen.add(key)
    return LineState.NEW
