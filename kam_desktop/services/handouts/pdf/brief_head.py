"""The head of the brief: whom, when, where, what for, and what time it is there and here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from kam_desktop.models.vocabulary import Tier
from kam_desktop.services.errors import UserError
from kam_desktop.services.formatting import date, relative_date, time
from kam_desktop.services.handouts.audience import for_colleague
from kam_desktop.services.handouts.clean import apart
from kam_desktop.services.handouts.content import BriefContent, MeetingHead
from kam_desktop.services.handouts.edited import EditedSection
from kam_desktop.services.handouts.outline import SectionKey
from kam_desktop.services.handouts.pdf.flow import Block
from kam_desktop.services.handouts.pdf.lines import set_lines
from kam_desktop.services.handouts.pdf.parts import pill
from kam_desktop.services.handouts.pdf.pen import Pen
from kam_desktop.services.handouts.pdf.style import (
    ACCENT,
    BODY,
    CLOCK,
    EYEBROW,
    LINE,
    SECONDARY,
    SMALL,
    SMALL_INK,
    SMALL_STRONG,
    STRONG,
    SUNKEN,
    TITLE,
    Grid,
)
from kam_desktop.services.handouts.pieces import pieces
from kam_desktop.services.i18n import _
from kam_desktop.services.words import word
from kam_desktop.services.zones import local_of

_WHEN_WIDTH = 112.0
_PAD = 12.0


def draw_head(
    pen: Pen, content: BriefContent, sections: Sequence[EditedSection], grid: Grid
) -> float:
    """The head of the first page; returns where the columns begin."""
    x, y = grid.margin, grid.margin
    account = for_colleague(content.account)
    pen.text(_("Internal brief").upper(), EYEBROW, x, y, grid.main)
    _clocks(pen, content, grid, y)
    title_width = grid.main + grid.gutter
    lines = set_lines(account.name or _("(no name)"), TITLE, title_width, 2)
    y += 11
    y += pen.lines(lines, TITLE, x, y, title_width) + 3
    tier = for_colleague(content.tier)
    colour = ACCENT if tier in (Tier.KEY, Tier.EMERGING) else SECONDARY
    used = pill(pen, word(tier), x, y, 130, colour)
    about = pieces(account.industry, account.address)
    pen.text(about, SMALL, x + used + 8, y + 1.6, grid.right - x - used - 8)
    return _meeting_panel(pen, content, _aims(sections), grid, y + 22) + 18


def draw_running_head(pen: Pen, content: BriefContent, grid: Grid) -> float:
    """The head of further pages; returns where the columns begin."""
    x, y = grid.margin, grid.margin - 8
    used = pen.text(_("Internal brief").upper(), EYEBROW, x, y, 200)
    name = for_colleague(content.account).name
    pen.text(name, SMALL_STRONG, x + used + 8, y + 0.2, grid.right - x - used - 8)
    pen.rule(x, y + 14, grid.right - x, LINE)
    return y + 26


def _clocks(pen: Pen, content: BriefContent, grid: Grid, y: float) -> None:
    """What time it was there and here when the brief was made."""
    now, here_zone = for_colleague(content.made_at), for_colleague(content.here_zone)
    account = for_colleague(content.account)
    here = _local(now, here_zone)
    there = _local(now, account.zone) if account.zone else None
    half = grid.side / 2
    place = account.city or account.zone.rpartition("/")[2].replace("_", " ") or _("there")
    entries = ((place, there), (_("here"), here))
    for index, (label, moment) in enumerate(entries):
        left = grid.side_left + index * half
        pen.text(label, SMALL, left, y, half - 6)
        text = time(moment) if moment else "?"
        used = pen.text(text, CLOCK, left, y + 9, half - 6)
        if moment and here and moment.date() != here.date():
            pen.text(_weekday(moment), SMALL, left + used + 3, y + 11.4, half - used - 8)
    if there and there == here:
        note = _("same time there and here")
    elif there and here:
        note = _difference(there, here)
    else:
        note = _("time zone there unknown")
    pen.text(note, SMALL, grid.side_left, y + 23, grid.side)


def _difference(there: dt.datetime, here: dt.datetime) -> str:
    minutes = round((there - here).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    span = f"{hours}:{rest:02d} h" if rest else f"{hours} h"
    ahead = _("they are {span} ahead") if minutes > 0 else _("they are {span} behind")
    return ahead.format(span=span)


def _weekday(moment: dt.datetime) -> str:
    from babel.dates import format_datetime

    from kam_desktop.services.formatting import region

    return str(format_datetime(moment, "EEE", locale=region()))


def _local(moment: dt.datetime, zone: str) -> dt.datetime:
    try:
        return local_of(moment, zone) if zone else moment.astimezone().replace(tzinfo=None)
    except UserError:
        return moment.astimezone(dt.UTC).replace(tzinfo=None)


_Aims = list[tuple[str, str]] | None
"""Labels and texts, none when nobody wrote one; None when the user left them out."""


def _aims(sections: Sequence[EditedSection]) -> _Aims:
    aim = next(each for each in sections if each.key is SectionKey.AIM)
    if aim.left_out or (aim.section.lines and not aim.printed):
        return None
    return [(line.line.label, line.text) for line in aim.printed]


def _meeting_panel(pen: Pen, content: BriefContent, aims: _Aims, grid: Grid, y: float) -> float:
    meeting = for_colleague(content.meeting)
    x, width = grid.margin, grid.right - grid.margin
    if meeting is None:
        pen.box(x, y, width, 28, fill=SUNKEN, radius=5)
        text = _("No meeting is planned with this account.")
        pen.text(text, BODY, x + _PAD, y + 8.4, width - 2 * _PAD)
        return y + 28
    middle = (width - _WHEN_WIDTH) * (0.42 if aims is not None else 1.0)
    rest = width - _WHEN_WIDTH - middle - 2 * _PAD
    told = [] if aims is None else aims or [(_("Our aim"), _("Not written down yet."))]
    texts = [(label, set_lines(text, BODY, rest, 4)) for label, text in told]
    aims_height = sum(SMALL.leading + len(lines) * BODY.leading + 4 for _label, lines in texts) - 4
    what = _what_lines(meeting, middle - _PAD)
    height = max(aims_height, what.height, _when_height(meeting)) + 2 * 10
    pen.box(x, y, width, height, fill=SUNKEN, radius=5)
    _when(pen, content, meeting, x + _PAD, y + 10)
    what.draw(pen, x + _WHEN_WIDTH, y + 10)
    left, top = x + _WHEN_WIDTH + middle + _PAD, y + 10
    if texts:
        pen.upright(left - _PAD, y + 10, height - 20, LINE)
    for label, lines in texts:
        pen.text(label, SMALL_STRONG, left, top, rest)
        top += SMALL.leading + pen.lines(lines, BODY, left, top + SMALL.leading, rest) + 4
    return y + height


def _when(pen: Pen, content: BriefContent, meeting: MeetingHead, x: float, y: float) -> None:
    width = _WHEN_WIDTH - 2 * _PAD
    starts = _local(meeting.starts_at, meeting.zone)
    ends = starts + dt.timedelta(minutes=meeting.minutes)
    today = for_colleague(content.today)
    pen.text(f"{_weekday(starts)}, {date(starts.date())}", SMALL_INK, x, y, width)
    pen.text(time(starts), CLOCK, x, y + 9.6, width)
    here = _local(meeting.starts_at, for_colleague(content.here_zone))
    until = _("to {time}").format(time=time(ends))
    pen.text(until, SMALL, x, y + 24, width)
    relative = relative_date(starts.date(), today)
    text = relative if here == starts else _("{time} here").format(time=time(here))
    pen.text(text, SMALL_STRONG, x, y + 34, width)
    if meeting.leave_at is not None:
        pen.text(_leave(content, meeting, meeting.leave_at), SMALL_STRONG, x, y + 44, width)


def _when_height(meeting: MeetingHead) -> float:
    return 46.0 if meeting.leave_at is None else 54.0


def _leave(content: BriefContent, meeting: MeetingHead, leave_at: dt.datetime) -> str:
    """When to set out, by the clock of the place one sets out from: here."""
    leave = _local(leave_at, for_colleague(content.here_zone))
    starts = _local(meeting.starts_at, for_colleague(content.here_zone))
    at = time(leave)
    if leave.date() != starts.date():
        at = f"{_weekday(leave)} {at}"
    return _("leave at {time}").format(time=at)


def _what_lines(meeting: MeetingHead, width: float) -> Block:
    """What it is, where, over which link, and who of ours comes."""
    title = meeting.title or word(meeting.type)
    kind = "" if title == word(meeting.type) else word(meeting.type)
    rows = [(set_lines(title, STRONG, width, 2), STRONG)]
    rows.append((set_lines(pieces(kind, meeting.place), SMALL, width, 2), SMALL))
    rows.append((set_lines(meeting.link, SMALL, width, 2), SMALL))
    if meeting.ours:
        text = _("With us: {names}").format(names=", ".join(apart(name) for name in meeting.ours))
        rows.append((set_lines(text, SMALL_INK, width, 2), SMALL_INK))

    def draw(pen: Pen, x: float, y: float) -> None:
        for lines, style in rows:
            y += pen.lines(lines, style, x, y, width)

    return Block(sum(len(lines) * style.leading for lines, style in rows), draw)
