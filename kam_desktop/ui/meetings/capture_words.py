"""What the margin says of a line of notes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kam_desktop.services.analysis.capture import QuickMark
from kam_desktop.services.analysis.capture_states import UNREADABLE, LineState, StatedLine
from kam_desktop.services.capture_words import line_parts, missing_text, trouble_text
from kam_desktop.services.formatting import isolate, joined
from kam_desktop.services.i18n import _
from kam_desktop.ui.theme import State
from kam_desktop.ui.times import day_text


@dataclass(frozen=True, slots=True)
class Remark:
    """A short text about a line, and what its colour says."""

    text: str
    state: State


def remark_of(stated: StatedLine, today: dt.date) -> Remark:
    """What was understood of a line, or what is missing."""
    if stated.state in UNREADABLE:
        return Remark(trouble_text(stated), State.WARN)
    text = meaning(stated, today)
    if stated.state is LineState.KNOWN:
        return Remark(f"✓ {text}", State.GOOD)
    if stated.state is LineState.OVERRULED:
        return Remark(_("judged again below"), State.PLAIN)
    return Remark(text, State.ACCENT)


def remark_of_bare(mark: QuickMark) -> Remark:
    """What a line lacks that has only its mark."""
    return Remark(missing_text(mark), State.WARN)


def meaning(stated: StatedLine, today: dt.date) -> str:
    """What was understood of a line, e.g. ``Promise · ours · due Fri 27 Nov``."""
    line = stated.line
    due = ""
    if line.due_on is not None:
        due = _("due {day}").format(day=day_text(line.due_on, today))
    name = isolate(stated.person.name) if stated.person is not None else ""
    return joined(line_parts(line, name=name, due=due))
