"""What is said of the marked lines of notes."""

from __future__ import annotations

from collections.abc import Sequence

from kam_desktop.models.vocabulary import Side, Support
from kam_desktop.services.analysis.capture import MarkedLine, QuickMark
from kam_desktop.services.analysis.capture_states import UNREADABLE, LineState, StatedLine
from kam_desktop.services.formatting import isolate
from kam_desktop.services.i18n import _
from kam_desktop.services.words import word


def mark_word(mark: QuickMark) -> str:
    """What a quick mark makes."""
    return {
        QuickMark.COMMIT: _("Promise"),
        QuickMark.ACTION: _("Action"),
        QuickMark.OBJECTION: _("Objection"),
        QuickMark.PERSON: _("Person"),
        QuickMark.SUPPORT: _("Support"),
    }[mark]


def mark_hint(mark: QuickMark) -> str:
    """How a line with a quick mark goes on, by an example."""
    return {
        QuickMark.COMMIT: _("we send … by friday, or: they …"),
        QuickMark.ACTION: _("what one of ours does, and when"),
        QuickMark.OBJECTION: _("what they say = our answer"),
        QuickMark.PERSON: _("name, title"),
        QuickMark.SUPPORT: _("name, then −2 … +2 or a word"),
    }[mark]


def missing_text(mark: QuickMark) -> str:
    """What a line lacks that has only its mark."""
    return {
        QuickMark.COMMIT: _("Write what was promised."),
        QuickMark.ACTION: _("Write what is to be done."),
        QuickMark.OBJECTION: _("Write what they object to."),
        QuickMark.PERSON: _("Write a name."),
        QuickMark.SUPPORT: _("Write a name and how they stand, e.g. Ana +1."),
    }[mark]


def trouble_text(stated: StatedLine) -> str:
    """Why nothing can be made of a line."""
    name = isolate(stated.line.text)
    return {
        LineState.NO_SUPPORT: _("Write a name and how they stand, e.g. Ana +1."),
        LineState.NOBODY: _("Nobody here is called {name}.").format(name=name),
        LineState.SEVERAL: _("Several people are called {name}.").format(name=name),
        LineState.NO_NAME: _("Write a name."),
    }[stated.state]


def line_parts(line: MarkedLine, *, name: str = "", due: str = "") -> list[str]:
    """What was understood of a line, part by part; ``due`` is its day as it is shown."""
    mark = mark_word(line.mark)
    if line.mark is QuickMark.COMMIT:
        side = _("ours") if line.side is Side.OURS else _("theirs")
        return [mark, side, due or _("no date")]
    if line.mark is QuickMark.ACTION:
        return [mark, due or _("no date")]
    if line.mark is QuickMark.OBJECTION:
        return [mark, _("answered") if line.detail else _("no answer yet")]
    if line.mark is QuickMark.PERSON:
        return [mark, name or isolate(line.text), isolate(line.detail)]
    value = None if line.support is None else Support(line.support)
    return [mark, name or isolate(line.text), word(value).lower()]


def made_text(stated: Sequence[StatedLine]) -> str:
    """What lines would give, e.g. ``3 new, 1 there already, 1 cannot be read``."""
    states = [each.state for each in stated]
    return counts_text(
        states.count(LineState.NEW),
        states.count(LineState.KNOWN) + states.count(LineState.OVERRULED),
        sum(state in UNREADABLE for state in states),
        made=_("{n} new"),
    )


def applied_text(made: int, known: int, refused: Sequence[str]) -> str:
    """What became of lines, and why of some nothing did."""
    text = counts_text(made, known, len(refused), made=_("{n} made"))
    return " ".join((f"{text}.", *dict.fromkeys(refused))) if text else _("Nothing was made.")


def counts_text(new: int, known: int, refused: int, *, made: str) -> str:
    """How many lines of each kind there are; kinds without a line are left out."""
    parts = [made.format(n=new)] if new else []
    if known:
        parts.append(_("{n} there already").format(n=known))
    if refused:
        parts.append(_("{n} cannot be read").format(n=refused))
    return ", ".join(parts)
