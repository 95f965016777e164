"""What stands around the drawing of a poster: title, legend and foot, in points from their corner.

``size`` is by how much the type is larger than on A4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kam_desktop.services.formatting import date
from kam_desktop.services.handouts.pdf.lines import Type, text_width
from kam_desktop.services.handouts.poster.content import PosterContent
from kam_desktop.services.i18n import _
from kam_desktop.services.legend_marks import HEIGHT, WIDTH, LegendEntry, LegendGroup
from kam_desktop.services.marks import (
    Disc,
    Ink,
    Mark,
    Point,
    Rectangle,
    Side,
    Stroke,
    Way,
    Words,
)

_EYEBROW, _TITLE, _SUBTITLE, _FOOT, _LEGEND = 7.5, 21.0, 10.5, 7.2, 7.2
_ROW = 11.5
_PICTURE = 0.52
"""Pictures of the legend are drawn at this part of their size."""

_BETWEEN = 12.0
_MOST_ROWS = 12


def head_marks(content: PosterContent, width: float, size: float) -> tuple[tuple[Mark, ...], float]:
    """The title and its height."""
    about = _("{title} · {people}").format(title=content.title, people=content.counted)
    as_of = _("As of {day}").format(day=date(content.as_of))
    right = width * 0.3
    marks = (
        Words(_("Relationship map").upper(), 0.0, 4 * size, width * 0.6, _EYEBROW * size,
              Ink.ACCENT, bold=True),
        Words(content.account_name, 0.0, 21 * size, width * 0.68, _TITLE * size, bold=True,
              side=Side.START),
        Words(about, 0.0, 40 * size, width * 0.68, _SUBTITLE * size, Ink.TEXT2),
        Words(as_of, width - right, 40 * size, right, _SUBTITLE * size, bold=True,
              side=Side.END),
        Way(((0.0, 51 * size), (width, 51 * size)), Stroke(Ink.TEXT, 0.8 * size)),
    )  # fmt: skip
    return marks, 52 * size


def foot_height(size: float) -> float:
    """The height of the foot."""
    return 15 * size


def foot_marks(
    left: str, note: str, number: int, pages: int, width: float, size: float
) -> tuple[Mark, ...]:
    """Who may see it, what to know about it, and the number of the page."""
    style = Type(_FOOT * size, _FOOT * size, bold=True)
    page = _("Page {page} of {pages}").format(page=number, pages=pages)
    page_width = text_width(page, style) + 2
    left_width = min(text_width(left, style) + 2, width - page_width)
    y, rest = 9 * size, width - page_width - left_width - 24 * size
    marks: list[Mark] = [
        Way(((0.0, 0.0), (width, 0.0)), Stroke(Ink.LINE, 0.6 * size)),
        Words(left, 0.0, y, left_width, style.size, bold=True),
        Words(page, width - page_width, y, page_width, style.size, bold=True, side=Side.END),
    ]
    if note and rest > 0:
        marks.append(Words(note, left_width + 12 * size, y, rest, style.size, Ink.TEXT2))
    return tuple(marks)


def empty_marks(width: float, height: float, size: float) -> tuple[Mark, ...]:
    """What an account without people shows in place of a map."""
    y = height * 0.4
    return (
        Words(_("No people yet"), 0.0, y, width, 15 * size, bold=True, side=Side.MIDDLE),
        Words(_("Add who decides, who is asked and who uses it, and how they are linked."),
              0.0, y + 20 * size, width, 9.5 * size, Ink.TEXT2, side=Side.MIDDLE),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Column:
    """A part of a group; its title stands over the first, and over one that begins a line."""

    title: str
    first: bool
    entries: tuple[LegendEntry, ...]
    width: float


@dataclass(frozen=True, slots=True)
class LegendBlock:
    """A legend in a block; lengths in points."""

    marks: tuple[Mark, ...] = ()
    width: float = 0.0
    height: float = 0.0


def legend_below(groups: Sequence[LegendGroup], width: float, size: float) -> LegendBlock:
    """The legend in lines of columns, as low as the width allows."""
    if not groups:
        return LegendBlock()
    size = size**0.7
    choices = (_shelves(groups, width, size, rows) for rows in range(3, _MOST_ROWS))
    shelves = min(choices, key=lambda found: sum(_tall(shelf) for shelf in found))
    marks: list[Mark] = []
    y = 4 * size
    for shelf in shelves:
        x = 0.0
        for column in shelf:
            marks += _column_marks(column, x, y, size)
            x += column.width
        y += _tall(shelf) * _ROW * size + 4 * size
    return LegendBlock(tuple(marks), width, y + 2 * size)


def legend_beside(groups: Sequence[LegendGroup], height: float, size: float) -> LegendBlock:
    """The legend in columns from top to bottom, as narrow as the height allows."""
    if not groups:
        return LegendBlock()
    size = size**0.7
    marks: list[Mark] = []
    x = y = wide = lowest = 0.0
    for column in _columns(groups, size, _MOST_ROWS):
        tall = (1.6 + len(column.entries)) * _ROW * size
        if y and y + tall > height:
            x, y, wide = x + wide, 0.0, 0.0
        marks += _column_marks(column, x, y, size)
        y, wide = y + tall, max(wide, column.width)
        lowest = max(lowest, y)
    return LegendBlock(tuple(marks), x + wide - _BETWEEN * size, lowest)


def _tall(shelf: Sequence[_Column]) -> int:
    return 1 + max(len(column.entries) for column in shelf)


def _shelves(
    groups: Sequence[LegendGroup], width: float, size: float, rows: int
) -> list[list[_Column]]:
    """Columns of up to ``rows`` entries beside each other, as many as a line holds."""
    shelves: list[list[_Column]] = [[]]
    used = 0.0
    for column in _columns(groups, size, rows):
        if shelves[-1] and used + column.width - _BETWEEN * size > width:
            shelves.append([])
            used = 0.0
        shelves[-1].append(column if shelves[-1] else replace(column, first=True))
        used += column.width
    return shelves


def _columns(groups: Sequence[LegendGroup], size: float, rows: int) -> Iterator[_Column]:
    style = Type(_LEGEND * size, _LEGEND * size)
    strong = replace(style, bold=True)
    picture = WIDTH * _PICTURE * size + 4 * size
    for group in groups:
        # A long group is broken into columns of even height.
        pieces = -(-len(group.entries) // rows)
        tall = -(-len(group.entries) // pieces)
        for start in range(0, len(group.entries), tall):
            entries = group.entries[start : start + tall]
            widest = max(text_width(entry.text, style) for entry in entries) + picture
            wide = max(widest, text_width(group.title, strong))
            yield _Column(group.title, not start, entries, wide + 2 + _BETWEEN * size)


def _column_marks(column: _Column, x: float, y: float, size: float) -> Iterator[Mark]:
    room, scale = column.width, _PICTURE * size
    middle = y + _ROW * size / 2
    if column.first:
        yield Words(column.title, x, middle, room, _LEGEND * size, bold=True)
    left = x + WIDTH * scale + 4 * size
    for entry in column.entries:
        middle += _ROW * size
        for mark in entry.marks:
            yield _scaled(mark, scale, x, middle - HEIGHT * scale / 2)
        yield Words(entry.text, left, middle, x + room - left, _LEGEND * size, Ink.TEXT2)


def _scaled(mark: Mark, scale: float, dx: float, dy: float) -> Mark:
    """A mark of a picture in points."""

    def at(point: Point) -> Point:
        return dx + point[0] * scale, dy + point[1] * scale

    if isinstance(mark, Words):
        x, y = at((mark.x, mark.y))
        return replace(mark, x=x, y=y, room=mark.room * scale, size=mark.size * scale)
    if isinstance(mark, Way):
        points = tuple(at(point) for point in mark.points)
        return replace(mark, points=points, stroke=_scaled_stroke(mark.stroke, scale))
    x, y = at((mark.x, mark.y))
    if isinstance(mark, Rectangle):
        return replace(
            mark, x=x, y=y, width=mark.width * scale, height=mark.height * scale,
            radius=mark.radius * scale, stroke=_scaled_stroke(mark.stroke, scale),
        )  # fmt: skip
    if isinstance(mark, Disc):
        stroke = _scaled_stroke(mark.stroke, scale)
        return replace(mark, x=x, y=y, radius=mark.radius * scale, stroke=stroke)
    return replace(mark, x=x, y=y, radius=mark.radius * scale)


def _scaled_stroke(stroke: Stroke | None, scale: float) -> Stroke | None:
    if stroke is None:
        return None
    dash = tuple(length * scale for length in stroke.dash)
    return replace(stroke, width=stroke.width * scale, dash=dash)
