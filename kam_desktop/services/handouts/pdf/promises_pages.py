"""The page of promises as a PDF: what is open, what was kept, room for remarks and signatures."""

from __future__ import annotations

from kam_desktop.models.vocabulary import ChecklistState, Side
from kam_desktop.services import i18n
from kam_desktop.services.formatting import date, time
from kam_desktop.services.handouts.audience import for_client
from kam_desktop.services.handouts.clean import apart, one_line
from kam_desktop.services.handouts.pdf import symbols
from kam_desktop.services.handouts.pdf.flow import Block, Placed, Section, place
from kam_desktop.services.handouts.pdf.lines import Type, set_lines
from kam_desktop.services.handouts.pdf.parts import note
from kam_desktop.services.handouts.pdf.pen import Pen
from kam_desktop.services.handouts.pdf.style import (
    EYEBROW,
    INK,
    LINE,
    PAPERS,
    SECONDARY,
    SMALL,
    SMALL_INK,
    SMALL_STRONG,
    TITLE,
    Grid,
)
from kam_desktop.services.handouts.promises_page import PagePromise, PromisesContent
from kam_desktop.services.i18n import _
from kam_desktop.services.zones import local_of

_TEXT = Type(9.6, 13)
_DAY = Type(9.6, 13, bold=True)
_LEAD = Type(9.6, 14, colour=SECONDARY)
_DAY_WIDTH = 104.0
_INDENT = 15.0
_MOST_LINES = 4
_REMARK_LINES = 4
_REMARK = 22.0
_SIGNATURE = 66.0


def render_promises(
    content: PromisesContent, *, paper: str = "A4", language: str | None = None
) -> bytes:
    """The page as PDF bytes; the same content gives the same bytes.

    ``paper`` is a key of `PAPERS`; ``language`` a code such as ``de``, None for the screen's.
    """
    if language is None:
        return _render(content, paper)
    with i18n.language(language):
        return _render(content, paper)


def _render(content: PromisesContent, paper: str) -> bytes:
    grid = Grid(*PAPERS[paper], margin=56)
    name = one_line(for_client(content.account), 200)
    title = _("Promises: {account}").format(account=name)
    pen = Pen(grid.width, grid.height, title=title, subject=_("For both sides"))
    width = grid.right - grid.margin
    placed = place(
        _sections(content, width), width, _draw_head(pen, content, grid), grid.margin + 18,
        grid.bottom,
    )  # fmt: skip
    pages = max(each.page for each in placed) + 1
    for page in range(pages):
        if page:
            pen.next_page()
            _running_head(pen, name, grid)
        _draw_page(pen, placed, page, grid)
        _foot(pen, content, grid, page + 1, pages)
    pen.next_page()
    return pen.finish()


def _draw_page(pen: Pen, placed: list[Placed], page: int, grid: Grid) -> None:
    for each in placed:
        if each.page == page:
            each.block.draw(pen, grid.margin, each.y)


def _draw_head(pen: Pen, content: PromisesContent, grid: Grid) -> float:
    """The head of the first page; returns where the sections begin."""
    x, y, width = grid.margin, grid.margin, grid.right - grid.margin
    pen.text(_("Promises").upper(), EYEBROW, x, y, width)
    y += 12
    name = for_client(content.account) or _("(no name)")
    y += pen.lines(set_lines(name, TITLE, width, 2), TITLE, x, y, width) + 2
    today = date(for_client(content.today))
    text = _("What each side promised the other, as of {day}.").format(day=today)
    y += pen.paragraph(text, _LEAD, x, y, width, 2)
    return y + 16


def _running_head(pen: Pen, name: str, grid: Grid) -> None:
    x, y = grid.margin, grid.margin - 8
    used = pen.text(_("Promises").upper(), EYEBROW, x, y, 200)
    pen.text(name, SMALL_STRONG, x + used + 8, y + 0.2, grid.right - x - used - 8)
    pen.rule(x, y + 14, grid.right - x, LINE)


def _sections(content: PromisesContent, width: float) -> list[Section]:
    account = apart(one_line(for_client(content.account), 80)) or _("the client")
    waiting = for_client(content.open)
    ours = [each for each in waiting if each.side is Side.OURS]
    theirs = [each for each in waiting if each.side is Side.THEIRS]
    return [
        _open(_("We promised {account}").format(account=account), ours, content, width),
        _open(_("{account} promised us").format(account=account), theirs, content, width),
        _kept(content, width),
        Section(_("Remarks"), "", (_remarks(width),)),
        Section(_("Agreed"), "", (_signatures(account, width),)),
    ]


def _open(
    title: str, promises: list[PagePromise], content: PromisesContent, width: float
) -> Section:
    if not promises:
        return Section(title, "", (note(_("Nothing is open."), width, 1),))
    blocks = tuple(_open_line(each, content, width) for each in promises)
    return Section(title, _("until"), blocks)


def _open_line(promise: PagePromise, content: PromisesContent, width: float) -> Block:
    """A box to tick, what was promised and with whom, and the day."""
    below = _with(promise)
    day = _("no day agreed") if promise.due_on is None else date(promise.due_on)
    past = promise.due_on is not None and promise.due_on < for_client(content.today)
    lines = set_lines(promise.text, _TEXT, width - _INDENT - _DAY_WIDTH - 8, _MOST_LINES)
    height = max(1, len(lines)) * _TEXT.leading + (SMALL.leading if below else 0)
    height = max(height, _TEXT.leading + SMALL.leading if past else _TEXT.leading) + 6

    def draw(pen: Pen, x: float, y: float) -> None:
        symbols.tick_box(pen, ChecklistState.OPEN, x + 0.5, y + 2.2, 8)
        top = y + pen.lines(lines, _TEXT, x + _INDENT, y, width - _INDENT - _DAY_WIDTH - 8)
        pen.text(below, SMALL, x + _INDENT, top, width - _INDENT - _DAY_WIDTH - 8)
        style = _TEXT if promise.due_on is None else _DAY
        pen.text_right(day, style, x + width, y, _DAY_WIDTH)
        if past:
            pen.text_right(_("this day is past"), SMALL_INK, x + width, y + _TEXT.leading,
                           _DAY_WIDTH)  # fmt: skip

    return Block(height, draw)


def _kept(content: PromisesContent, width: float) -> Section:
    kept = for_client(content.kept)
    reviewed = for_client(content.reviewed_on)
    since = date(for_client(content.since))
    title = _("Kept since {day}").format(day=since)
    if reviewed is not None:
        title = _("Kept since the review of {day}").format(day=since)
    blocks = [_kept_line(each, width) for each in kept]
    if for_client(content.more):
        blocks.append(note(_("There is more in the portfolio."), width, 1))
    if not blocks:
        blocks = [note(_("Nothing was settled in this time."), width, 1)]
    return Section(title, _("kept on") if kept else "", tuple(blocks))


def _kept_line(promise: PagePromise, width: float) -> Block:
    who = _("promised by us") if promise.side is Side.OURS else _("promised to us")
    lines = set_lines(promise.text, _TEXT, width - _INDENT - _DAY_WIDTH - 8, 2)
    kept_on = promise.kept_on or promise.due_on
    day = "" if kept_on is None else date(kept_on)

    def draw(pen: Pen, x: float, y: float) -> None:
        symbols.tick_box(pen, ChecklistState.DONE, x + 0.5, y + 2.2, 8)
        top = y + pen.lines(lines, _TEXT, x + _INDENT, y, width - _INDENT - _DAY_WIDTH - 8)
        below = who + (f" · {_with(promise)}" if promise.person else "")
        pen.text(below, SMALL, x + _INDENT, top, width - _INDENT - _DAY_WIDTH - 8)
        pen.text_right(day, _TEXT, x + width, y, _DAY_WIDTH)

    return Block(max(1, len(lines)) * _TEXT.leading + SMALL.leading + 6, draw)


def _with(promise: PagePromise) -> str:
    if not promise.person:
        return ""
    text = _("to {name}") if promise.side is Side.OURS else _("by {name}")
    return text.format(name=apart(one_line(promise.person, 120)))


def _remarks(width: float) -> Block:
    def draw(pen: Pen, x: float, y: float) -> None:
        for line in range(1, _REMARK_LINES + 1):
            pen.rule(x, y - 6 + line * _REMARK, width, LINE, 0.6)

    return Block(_REMARK_LINES * _REMARK, draw)


def _signatures(account: str, width: float) -> Block:
    """Two lines to sign on, with name and day under each."""
    half = (width - 28) / 2

    def draw(pen: Pen, x: float, y: float) -> None:
        for at, who in enumerate((_("For us"), _("For {account}").format(account=account))):
            left = x + at * (half + 28)
            pen.text(who, SMALL_STRONG, left, y, half)
            pen.rule(left, y + 44, half, INK, 0.7)
            pen.text(_("Name, signature, day"), SMALL, left, y + 47, half)

    return Block(_SIGNATURE, draw)


def _foot(pen: Pen, content: PromisesContent, grid: Grid, page: int, pages: int) -> None:
    x, width = grid.margin, grid.right - grid.margin
    y = grid.height - grid.margin - 6
    pen.rule(x, y, width, LINE)
    number = _("Page {page} of {pages}").format(page=page, pages=pages)
    pen.text_right(number, SMALL_STRONG, grid.right, y + 4, 90)
    audience = _("For both sides. Confidential.")
    used = pen.text(audience, SMALL_STRONG, x, y + 4, width - 100)
    now, zone = for_client(content.made_at), for_client(content.here_zone)
    here = local_of(now, zone) if zone else now.astimezone()
    as_of = _("Data as of {day}, {time}").format(day=date(here.date()), time=time(here))
    pen.text(as_of, SMALL, x + used + 10, y + 4, max(10.0, width - used - 110))
