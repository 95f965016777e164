"""The minutes of a meeting as a PDF, in one column and as many pages as they take."""

from __future__ import annotations

from kam_desktop.models.vocabulary import Side
from kam_desktop.services import i18n
from kam_desktop.services.formatting import date
from kam_desktop.services.handouts.audience import for_client
from kam_desktop.services.handouts.clean import one_line
from kam_desktop.services.handouts.minutes import MinutesContent
from kam_desktop.services.handouts.minutes_words import (
    due_text,
    next_lines,
    present_text,
    promise_text,
    side_title,
    subject_text,
    when_text,
)
from kam_desktop.services.handouts.pdf import symbols
from kam_desktop.services.handouts.pdf.flow import Block, Section, place
from kam_desktop.services.handouts.pdf.lines import Line, Type, set_lines
from kam_desktop.services.handouts.pdf.pen import Pen
from kam_desktop.services.handouts.pdf.style import (
    EYEBROW,
    LINE,
    PAPERS,
    SECONDARY,
    SMALL,
    SMALL_STRONG,
    TITLE,
    Grid,
)
from kam_desktop.services.i18n import _

_TEXT = Type(9.6, 13.4)
_STRONG = Type(9.6, 13.4, bold=True)
_MOST_LINES = 400
_DUE_WIDTH = 92.0
_INDENT = 11.0


def render_minutes(
    content: MinutesContent, *, paper: str = "A4", language: str | None = None
) -> bytes:
    """The minutes as PDF bytes; the same content gives the same bytes.

    ``paper`` is a key of `PAPERS`; ``language`` a code such as ``de``, None for the screen's.
    """
    if language is None:
        return _render(content, paper)
    with i18n.language(language):
        return _render(content, paper)


def _render(content: MinutesContent, paper: str) -> bytes:
    grid = Grid(*PAPERS[paper], margin=56.0)
    width = grid.right - grid.margin
    title = one_line(subject_text(content), 200)
    pen = Pen(grid.width, grid.height, title=title, subject=_("Minutes"))
    top = _head(pen, content, grid, width)
    next_top = grid.margin + 18
    placed = place(_sections(content, width), width, top, next_top, grid.bottom)
    pages = max((each.page for each in placed), default=0) + 1
    for page in range(pages):
        if page:
            pen.next_page()
            pen.text(title, SMALL_STRONG, grid.margin, grid.margin - 8, width)
            pen.rule(grid.margin, grid.margin + 6, width, LINE)
        for each in placed:
            if each.page == page:
                each.block.draw(pen, grid.margin, each.y)
        _foot(pen, content, grid, page + 1, pages)
    pen.next_page()
    return pen.finish()


def _head(pen: Pen, content: MinutesContent, grid: Grid, width: float) -> float:
    occasion = for_client(content.occasion)
    x, y = grid.margin, grid.margin
    pen.text(_("Minutes").upper(), EYEBROW, x, y, width)
    y += 12
    y += pen.lines(set_lines(occasion.title, TITLE, width, 3), TITLE, x, y, width) + 2
    y += pen.paragraph(occasion.account, _STRONG, x, y, width, 2)
    when = when_text(occasion.starts_at, occasion.zone, occasion.minutes)
    y += pen.paragraph(when, _TEXT, x, y, width, 2)
    if occasion.place.strip():
        y += pen.paragraph(occasion.place, Type(9.6, 13.4, colour=SECONDARY), x, y, width, 2)
    return y + 16


def _sections(content: MinutesContent, width: float) -> list[Section]:
    present = [present_text(each) for each in for_client(content.present)]
    agenda = for_client(content.agenda)
    agreed = [part for part in for_client(content.agreed).split("\n") if part.strip()]
    sections = [
        Section(_("Present"), "", _bullets(present, width)),
        Section(_("Agenda"), "", _bullets(agenda, width)),
        Section(
            _("What was agreed"), "", tuple(b for part in agreed for b in _paragraph(part, width))
        ),
    ]
    account = for_client(content.occasion).account
    for side in (Side.OURS, Side.THEIRS):
        given = [each for each in for_client(content.promises) if each.side is side]
        blocks = tuple(
            block
            for each in given
            for block in _bullet(promise_text(each), width, due_text(each.due_on))
        )
        sections.append(Section(side_title(side, account), "", blocks))
    sections.append(Section(_("Next"), "", _bullets(next_lines(content), width)))
    return sections


def _bullets(texts: list[str] | tuple[str, ...], width: float) -> tuple[Block, ...]:
    return tuple(block for text in texts for block in _bullet(text, width))


def _bullet(text: str, width: float, due: str = "") -> list[Block]:
    """Line by line, so that a text longer than a page goes on on the next one."""
    room = width - _INDENT - (_DUE_WIDTH + 8 if due else 0)
    lines = set_lines(" ".join(text.split()), _TEXT, room, _MOST_LINES)
    blocks = [_line(line, room, _INDENT) for line in lines]
    if not lines:
        return []

    def draw(pen: Pen, x: float, y: float) -> None:
        symbols.bullet(pen, x + 2, y + _TEXT.leading / 2, SECONDARY)
        turned = lines[0].rtl and len(lines) > 1
        pen.line(lines[0], _TEXT, x + _INDENT + (room - lines[0].width if turned else 0), y)
        if due:
            pen.text_right(due, SMALL, x + width, y + 1.4, _DUE_WIDTH)

    return [Block(_TEXT.leading, draw), *blocks[1:], _space(4.0)]


def _paragraph(text: str, width: float) -> list[Block]:
    lines = set_lines(text, _TEXT, width, _MOST_LINES)
    return [*(_line(line, width, 0.0) for line in lines), _space(4.0)]


def _line(line: Line, width: float, indent: float) -> Block:
    def draw(pen: Pen, x: float, y: float) -> None:
        left = x + indent
        if line.rtl:
            left += width - line.width
        pen.line(line, _TEXT, left, y)

    return Block(_TEXT.leading, draw)


def _space(height: float) -> Block:
    def draw(_pen: Pen, _x: float, _y: float) -> None:
        return

    return Block(height, draw)


def _foot(pen: Pen, content: MinutesContent, grid: Grid, page: int, pages: int) -> None:
    x, width = grid.margin, grid.right - grid.margin
    y = grid.height - grid.margin - 6
    pen.rule(x, y, width, LINE)
    number = _("Page {page} of {pages}").format(page=page, pages=pages)
    pen.text_right(number, SMALL_STRONG, grid.right, y + 4, 90)
    made = _("Written on {day}").format(day=date(for_client(content.made_on)))
    pen.text(made, SMALL, x, y + 4, width - 100)
