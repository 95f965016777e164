"""The rows of the brief's lists: promises, actions, points of the agenda, what happened."""

from __future__ import annotations

import datetime as dt

from kam_desktop.models.vocabulary import ChecklistState, PointKind
from kam_desktop.services.formatting import relative_date
from kam_desktop.services.handouts.content import Promise, Task
from kam_desktop.services.handouts.pdf import symbols
from kam_desktop.services.handouts.pdf.flow import Block
from kam_desktop.services.handouts.pdf.limits import Limits
from kam_desktop.services.handouts.pdf.lines import Type, set_lines
from kam_desktop.services.handouts.pdf.parts import bulleted
from kam_desktop.services.handouts.pdf.pen import Pen
from kam_desktop.services.handouts.pdf.style import (
    ACCENT,
    BAD,
    BODY,
    LINE,
    ROW_GAP,
    SECONDARY,
    SMALL,
)
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.queries.meetings import PointRow

_DUE_WIDTH = 74.0
_LABEL_WIDTH = 42.0
_INDENT = 9.0


def due_row(fact: Promise | Task, text: str, today: dt.date, width: float, limits: Limits) -> Block:
    """Something that is to be done, and by when."""
    due, late = _due(fact, today)
    colour = BAD if late else SECONDARY
    return _with_right(text, due, Type(7.2, 11.2, bold=late, colour=colour), width, limits)


def _with_right(text: str, right: str, style: Type, width: float, limits: Limits) -> Block:
    room = width - _DUE_WIDTH - _INDENT
    lines = set_lines(text, BODY, room - _INDENT, limits.lines)

    def draw(pen: Pen, x: float, y: float) -> None:
        symbols.bullet(pen, x + 1, y + BODY.leading / 2, style.colour)
        pen.lines(lines, BODY, x + _INDENT, y, room - _INDENT)
        pen.text_right(right, style, x + width, y, _DUE_WIDTH)
        bottom = y + len(lines) * BODY.leading + 2
        pen.rule(x + _INDENT, bottom, width - _INDENT, LINE, 0.4)

    return Block(max(1, len(lines)) * BODY.leading + ROW_GAP, draw)


def _due(fact: Promise | Task, today: dt.date) -> tuple[str, bool]:
    if fact.days_late:
        days = fact.days_late
        return ngettext("{n} day late", "{n} days late", days).format(n=days), True
    if fact.due_on is None:
        return _("no date"), False
    return _("due {when}").format(when=relative_date(fact.due_on, today)), False


def point_row(point: PointRow, text: str, width: float, limits: Limits) -> Block:
    """A line of the agenda with its minutes, or a question or objection with its answer."""
    if point.kind is PointKind.AGENDA:
        right = _("{n} min").format(n=point.minutes) if point.minutes else ""
        return _with_right(text, right, Type(7.2, 11.2, colour=SECONDARY), width, limits)
    said, _end, answer = text.partition("\n")
    if not answer.strip():
        return bulleted(said, width, limits.lines, colour=ACCENT)
    return _answered(said, answer, width, limits)


def _answered(said: str, answer: str, width: float, limits: Limits) -> Block:
    room = width - 2 * _INDENT
    above = set_lines(said, BODY, width - _INDENT, limits.lines)
    below = set_lines(answer, BODY, room, limits.lines)
    height = (len(above) + len(below)) * BODY.leading

    def draw(pen: Pen, x: float, y: float) -> None:
        symbols.bullet(pen, x + 1, y + BODY.leading / 2, ACCENT)
        pen.lines(above, BODY, x + _INDENT, y, width - _INDENT)
        top = y + len(above) * BODY.leading
        pen.upright(x + _INDENT + 2, top + 1, len(below) * BODY.leading - 2, LINE, 1.4)
        pen.lines(below, BODY, x + 2 * _INDENT, top, room)

    return Block(height + 3, draw)


def labelled(label: str, text: str, width: float, limits: Limits) -> Block:
    """A text beside the day or the word it belongs to."""
    lines = set_lines(text, BODY, width - _LABEL_WIDTH, limits.lines)

    def draw(pen: Pen, x: float, y: float) -> None:
        style = Type(SMALL.size, BODY.leading, colour=SECONDARY)
        pen.text(label, style, x, y, _LABEL_WIDTH - 4)
        pen.lines(lines, BODY, x + _LABEL_WIDTH, y, width - _LABEL_WIDTH)

    return Block(max(1, len(lines)) * BODY.leading + 2, draw)


def tick_row(text: str, width: float, limits: Limits) -> Block:
    """Something to tick on paper."""
    lines = set_lines(text, BODY, width - 12, limits.lines)

    def draw(pen: Pen, x: float, y: float) -> None:
        symbols.tick_box(pen, ChecklistState.OPEN, x, y + 1.8)
        pen.lines(lines, BODY, x + 12, y, width - 12)

    return Block(max(1, len(lines)) * BODY.leading + 2, draw)
