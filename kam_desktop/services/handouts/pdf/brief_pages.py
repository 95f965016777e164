"""The internal brief as a PDF of one or two pages."""

from __future__ import annotations

from collections.abc import Sequence

from kam_desktop.services import i18n
from kam_desktop.services.formatting import date, time
from kam_desktop.services.handouts.audience import for_colleague
from kam_desktop.services.handouts.brief_outline import outline
from kam_desktop.services.handouts.clean import one_line
from kam_desktop.services.handouts.content import BriefContent
from kam_desktop.services.handouts.edited import EditedSection, applied
from kam_desktop.services.handouts.pdf.brief_head import draw_head, draw_running_head
from kam_desktop.services.handouts.pdf.brief_main import main_sections
from kam_desktop.services.handouts.pdf.brief_side import side_sections
from kam_desktop.services.handouts.pdf.flow import Placed, place
from kam_desktop.services.handouts.pdf.limits import STEPS
from kam_desktop.services.handouts.pdf.pen import Pen
from kam_desktop.services.handouts.pdf.style import (
    GAP,
    HEADING,
    INK,
    LINE,
    PAPERS,
    SMALL,
    SMALL_STRONG,
    Grid,
)
from kam_desktop.services.i18n import _
from kam_desktop.services.zones import local_of

MOST_PAGES = 2
_LEAST_NOTES = 70.0
_NOTE_LINE = 22.0


def render_brief(content: BriefContent, *, paper: str = "A4", language: str | None = None) -> bytes:
    """The brief as PDF bytes; the same content gives the same bytes.

    ``paper`` is a key of `PAPERS`; ``language`` a code such as ``de``, None for the screen's.
    """
    if language is None:
        return _render(content, paper)
    with i18n.language(language):
        return _render(content, paper)


def _render(content: BriefContent, paper: str) -> bytes:
    grid = Grid(*PAPERS[paper])
    name = one_line(for_colleague(content.account).name, 200)
    title = _("Internal brief: {account}").format(account=name)
    generated = for_colleague(outline(content))
    sections = applied(for_colleague(content.edits), generated)
    pen = Pen(grid.width, grid.height, title=title, subject=_confidentiality())
    first_top = draw_head(pen, content, sections, grid)
    next_top = grid.margin + 18
    placed = _fitting(content, sections, grid, first_top, next_top)
    pages = max((each.page for _left, column in placed for each in column), default=0) + 1
    for page in range(pages):
        if page:
            pen.next_page()
            draw_running_head(pen, content, grid)
        for left, column in placed:
            for each in column:
                if each.page == page:
                    each.block.draw(pen, left, each.y)
        _foot(pen, content, grid, page + 1, pages)
    _note_lines(pen, grid, placed, pages - 1, first_top if pages == 1 else next_top)
    pen.next_page()
    return pen.finish()


_Columns = list[tuple[float, list[Placed]]]


def _fitting(
    content: BriefContent,
    sections: Sequence[EditedSection],
    grid: Grid,
    first_top: float,
    next_top: float,
) -> _Columns:
    """Both columns with as much as two pages hold."""
    columns: _Columns = []
    for limits in STEPS:
        main = main_sections(content, sections, grid.main, limits)
        side = side_sections(content, sections, grid.side, limits)
        columns = [
            (grid.margin, place(main, grid.main, first_top, next_top, grid.bottom)),
            (grid.side_left, place(side, grid.side, first_top, next_top, grid.bottom)),
        ]
        if all(each.page < MOST_PAGES for _left, column in columns for each in column):
            break
    return [(left, [each for each in column if each.page < MOST_PAGES]) for left, column in columns]


def _note_lines(pen: Pen, grid: Grid, columns: _Columns, page: int, top: float) -> None:
    """What is left of the last page becomes lines to write on."""
    ends = [each.y + each.block.height for _left, column in columns for each in column
            if each.page == page]  # fmt: skip
    y = max([top, *ends]) + GAP
    if grid.bottom - y < _LEAST_NOTES:
        return
    width = grid.right - grid.margin
    pen.text(_("Notes"), HEADING, grid.margin, y, width)
    y += 15
    pen.rule(grid.margin, y, width, INK, 0.7)
    while y + _NOTE_LINE <= grid.bottom:
        y += _NOTE_LINE
        pen.rule(grid.margin, y, width, LINE, 0.5)


def _confidentiality() -> str:
    return _("Internal: holds our own judgements. Not for the client.")


def _foot(pen: Pen, content: BriefContent, grid: Grid, page: int, pages: int) -> None:
    x, width = grid.margin, grid.right - grid.margin
    y = grid.height - grid.margin - 6
    pen.rule(x, y, width, LINE)
    number = _("Page {page} of {pages}").format(page=page, pages=pages)
    pen.text_right(number, SMALL_STRONG, grid.right, y + 4, 90)
    used = pen.text(_confidentiality(), SMALL_STRONG, x, y + 4, width - 100)
    now, zone = for_colleague(content.made_at), for_colleague(content.here_zone)
    here = local_of(now, zone) if zone else now.astimezone()
    as_of = _("Data as of {day}, {time}").format(day=date(here.date()), time=time(here))
    pen.text(as_of, SMALL, x + used + 10, y + 4, max(10.0, width - used - 110))
