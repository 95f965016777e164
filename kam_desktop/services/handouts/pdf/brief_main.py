"""The wide column of the brief: who, promises, questions, what changed."""

from __future__ import annotations

import datetime as dt

from kam_desktop.models.vocabulary import Side
from kam_desktop.services.formatting import day_month, relative_date
from kam_desktop.services.handouts.audience import for_colleague
from kam_desktop.services.handouts.clean import apart
from kam_desktop.services.handouts.content import (
    BriefContent,
    Change,
    ChangeKind,
    Changes,
    PersonCard,
    Promise,
)
from kam_desktop.services.handouts.pdf import symbols
from kam_desktop.services.handouts.pdf.flow import Block, Section
from kam_desktop.services.handouts.pdf.limits import Limits
from kam_desktop.services.handouts.pdf.lines import Type, set_lines
from kam_desktop.services.handouts.pdf.parts import bulleted, more, note, parts, subheading
from kam_desktop.services.handouts.pdf.pen import Pen
from kam_desktop.services.handouts.pdf.style import (
    ACCENT,
    BAD,
    BODY,
    LINE,
    ROW_GAP,
    SECONDARY,
    SMALL,
    SMALL_INK,
    STRONG,
)
from kam_desktop.services.handouts.remark_words import remark_text
from kam_desktop.services.i18n import _, ngettext
from kam_desktop.services.map_change_words import change_text
from kam_desktop.services.words import word

_PERSON_HEIGHT = 25.0
_RATING_WIDTH = 106.0
_DUE_WIDTH = 74.0
_DATE_WIDTH = 42.0


def main_sections(content: BriefContent, width: float, limits: Limits) -> list[Section]:
    """The sections of the wide column, in order."""
    return [
        _who(content, width, limits),
        _promises(content, width, limits),
        _questions(content, width, limits),
        _changes(content, width, limits),
    ]


def _who(content: BriefContent, width: float, limits: Limits) -> Section:
    people = for_colleague(content.people)
    if not people.rows:
        text = _("Nobody is on the map yet. Ask who decides, who pays and who uses what we sell.")
        return Section(_("Who"), "", (note(text, width),))
    present = [person for person in people.rows if person.attends]
    others = [person for person in people.rows if not person.attends]
    shown = others[: max(0, limits.people - len(present))]
    columns: tuple[str, float] | None = (_("influence, contact"), _RATING_WIDTH)
    blocks: list[Block] = []
    if present:
        blocks.append(subheading(_("In the room"), width, columns=columns))
        blocks += [_person(person, width) for person in present[: limits.people]]
        columns = None
    if shown:
        title = _("Others who matter") if present else _("On the map")
        blocks.append(subheading(title, width, columns=columns))
    blocks += [_person(person, width) for person in shown]
    if people.more or len(present) + len(shown) < len(people.rows):
        blocks.append(more(width))
    blocks.append(_legend())
    unknown = sum(1 for p in people.rows if p.support is None and not p.placeholder)
    point = ngettext("{n} position unknown", "{n} positions unknown", unknown).format(n=unknown)
    return Section(_("Who"), point if unknown else "", tuple(blocks))


def _person(person: PersonCard, width: float) -> Block:
    name = _("(vacant)") if person.placeholder else person.name or _("(no name)")
    roles = ", ".join(word(role) for role in person.roles)
    place = _("outside the company") if person.external else ""
    line = parts(person.title, roles, place)
    text_width = width - symbols.SUPPORT_WIDTH - 8 - _RATING_WIDTH - 8

    def draw(pen: Pen, x: float, y: float) -> None:
        height = _PERSON_HEIGHT - 4
        if person.placeholder:
            pen.box(x, y, 2.4, height, stroke=SECONDARY, thickness=0.6, dash=(2, 1.5))
        else:
            pen.box(x, y, 2.4, height, fill=symbols.support_colour(person.support))
        symbols.support(pen, person.support, x + 5, y + 3)
        left = x + symbols.SUPPORT_WIDTH + 8
        pen.text(name, STRONG, left, y, text_width)
        pen.text(line or "—", SMALL, left, y + 11.2, text_width)
        _ratings(pen, person, x + width - _RATING_WIDTH, y)

    return Block(_PERSON_HEIGHT, draw)


def _ratings(pen: Pen, person: PersonCard, x: float, y: float) -> None:
    """Influence pips and their number above, contact blocks and the level below."""
    used = symbols.influence(pen, person.influence, x, y + 3.6)
    number = "?" if person.influence is None else str(person.influence)
    pen.text(number, SMALL_INK, x + used + 3, y + 0.6, 14)
    if not person.placeholder:
        used = symbols.coverage(pen, person.coverage, x, y + 14.2)
        level = word(person.level) if person.level else ""
        pen.text(level, SMALL, x + used + 3, y + 11.2, _RATING_WIDTH - used - 3)


def _legend() -> Block:
    entries = (
        (2, _("mentor")),
        (1, _("supporter")),
        (0, _("neutral")),
        (-1, _("sceptic")),
        (-2, _("opponent")),
        (None, _("unknown")),
    )
    style = Type(6.4, 8.5, colour=SECONDARY)

    def draw(pen: Pen, x: float, y: float) -> None:
        left = x
        for value, text in entries:
            symbols.support(pen, value, left, y + 2.4, 4.6)
            left += 21 + pen.text(text, style, left + 15, y + 0.6, 60)

    return Block(13, draw)


def _promises(content: BriefContent, width: float, limits: Limits) -> Section:
    promises = for_colleague(content.promises)
    today = for_colleague(content.today)
    late = sum(1 for each in promises.rows if each.days_late)
    blocks: list[Block] = []
    sides = ((Side.OURS, _("Ours")), (Side.THEIRS, _("Theirs")))
    hidden = promises.more
    for side, title in sides:
        rows = [each for each in promises.rows if each.side is side]
        if rows:
            blocks.append(subheading(title, width))
        blocks += [_promise(each, today, width, limits) for each in rows[: limits.promises]]
        hidden = hidden or len(rows) > limits.promises
    if hidden:
        blocks.append(more(width))
    if not blocks:
        blocks.append(note(_("Nothing is open on either side."), width))
    point = _("{n} late").format(n=late) if late else ""
    return Section(_("Open promises"), point, tuple(blocks))


def _promise(promise: Promise, today: dt.date, width: float, limits: Limits) -> Block:
    room = width - _DUE_WIDTH - 9
    text = apart(promise.text)
    if promise.person:
        text = f"{text} ({apart(promise.person)})"
    lines = set_lines(text, BODY, room - 9, limits.lines)
    due, late = _due(promise, today)

    def draw(pen: Pen, x: float, y: float) -> None:
        symbols.bullet(pen, x + 1, y + BODY.leading / 2, BAD if late else SECONDARY)
        pen.lines(lines, BODY, x + 9, y, room - 9)
        style = Type(7.2, 11.2, bold=late, colour=BAD if late else SECONDARY)
        pen.text_right(due, style, x + width, y, _DUE_WIDTH)
        bottom = y + len(lines) * BODY.leading + 2
        pen.rule(x + 9, bottom, width - 9, LINE, 0.4)

    return Block(max(1, len(lines)) * BODY.leading + ROW_GAP, draw)


def _due(promise: Promise, today: dt.date) -> tuple[str, bool]:
    if promise.days_late:
        days = promise.days_late
        return ngettext("{n} day late", "{n} days late", days).format(n=days), True
    if promise.due_on is None:
        return _("no date"), False
    return _("due {when}").format(when=relative_date(promise.due_on, today)), False


def _questions(content: BriefContent, width: float, limits: Limits) -> Section:
    remarks = for_colleague(content.questions)
    blocks = [
        bulleted(remark_text(each), width, limits.lines, colour=ACCENT)
        for each in remarks[: limits.remarks]
    ]
    return Section(_("Questions to ask"), "", tuple(blocks))


def _changes(content: BriefContent, width: float, limits: Limits) -> Section:
    changes = for_colleague(content.changes)
    blocks: list[Block] = []
    for label, text in ((_("Outcome"), changes.outcome), (_("Next step"), changes.next_step)):
        if text.strip():
            blocks.append(_entry(label, text, width, limits))
    # People first, but not so many of them that nothing else is told.
    people = changes.people.rows[: limits.changes // 2]
    blocks += [_entry(_("People"), change_text(each), width, limits) for each in people]
    rows = changes.listed.rows[: limits.changes - len(people)]
    blocks += [_change(each, width, limits) for each in rows]
    told = len(people) + len(rows)
    if told < len(changes.people.rows) + len(changes.listed.rows) or changes.more:
        blocks.append(more(width))
    if not told:
        blocks.append(note(_("Nothing has been recorded."), width))
    return Section(_changes_title(changes), "", tuple(blocks))


def _changes_title(changes: Changes) -> str:
    if changes.since is None:
        return _("What happened in the last three months")
    return _("What changed since the meeting of {day}").format(day=day_month(changes.since))


def _change(change: Change, width: float, limits: Limits) -> Block:
    kind = (
        _CHANGE_WORDS[change.kind]() if isinstance(change.kind, ChangeKind) else word(change.kind)
    )
    detail = ": ".join(apart(part) for part in (change.who, change.text) if part.strip())
    return _entry(day_month(change.on), parts(kind, detail), width, limits)


def _entry(label: str, text: str, width: float, limits: Limits) -> Block:
    lines = set_lines(text, BODY, width - _DATE_WIDTH, limits.lines)

    def draw(pen: Pen, x: float, y: float) -> None:
        style = Type(SMALL.size, BODY.leading, colour=SECONDARY)
        pen.text(label, style, x, y, _DATE_WIDTH - 4)
        pen.lines(lines, BODY, x + _DATE_WIDTH, y, width - _DATE_WIDTH)

    return Block(max(1, len(lines)) * BODY.leading + 2, draw)


_CHANGE_WORDS = {
    ChangeKind.NOTE: lambda: _("Note"),
    ChangeKind.PROMISED_BY_US: lambda: _("We promised"),
    ChangeKind.PROMISED_BY_THEM: lambda: _("They promised"),
    ChangeKind.KEPT: lambda: _("Promise kept"),
    ChangeKind.LATE: lambda: _("Promise kept late"),
    ChangeKind.BROKEN: lambda: _("Promise broken"),
    ChangeKind.WITHDRAWN: lambda: _("Promise withdrawn"),
}
