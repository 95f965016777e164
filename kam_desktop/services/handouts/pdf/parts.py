"""Building blocks of the columns: lines with a sign, notes, and a word that there is more."""

from __future__ import annotations

from kam_desktop.services.handouts.pdf import symbols
from kam_desktop.services.handouts.pdf.flow import Block
from kam_desktop.services.handouts.pdf.lines import Type, set_lines, text_width
from kam_desktop.services.handouts.pdf.pen import Pen
from kam_desktop.services.handouts.pdf.style import BODY, ROW_GAP, SECONDARY, SMALL, SMALL_STRONG
from kam_desktop.services.i18n import ngettext

_INDENT = 9.0


def bulleted(
    text: str, width: float, most: int, *, colour: int = SECONDARY, style: Type = BODY
) -> Block:
    """A line of a list, up to ``most`` lines high."""
    lines = set_lines(text, style, width - _INDENT, most)

    def draw(pen: Pen, x: float, y: float) -> None:
        symbols.bullet(pen, x + 1, y + style.leading / 2, colour)
        pen.lines(lines, style, x + _INDENT, y, width - _INDENT)

    return Block(len(lines) * style.leading + 2, draw)


def warned(text: str, width: float, most: int) -> Block:
    """A line of a list of risks."""
    lines = set_lines(text, BODY, width - 12, most)

    def draw(pen: Pen, x: float, y: float) -> None:
        symbols.warning(pen, x, y + 1.8)
        pen.lines(lines, BODY, x + 12, y, width - 12)

    return Block(len(lines) * BODY.leading + 2, draw)


def note(text: str, width: float, most: int = 3, *, style: Type = SMALL) -> Block:
    """A paragraph of secondary text."""
    lines = set_lines(text, style, width, most)

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.lines(lines, style, x, y, width)

    return Block(len(lines) * style.leading + ROW_GAP, draw)


def subheading(text: str, width: float, *, columns: tuple[str, float] | None = None) -> Block:
    """A small heading inside a section; ``columns`` adds a text that many points from the right."""

    def draw(pen: Pen, x: float, y: float) -> None:
        used = pen.text(text, SMALL_STRONG, x, y + 1, width)
        if columns:
            label, back = columns
            pen.text(label, SMALL, max(x + width - back, x + used + 8), y + 1, back)

    return Block(SMALL_STRONG.leading + 3, draw, leads=True)


def so_many_more(count: int, width: float) -> Block:
    """Says how much longer the list is in the program."""
    text = ngettext("{n} more in the portfolio.", "{n} more in the portfolio.", count)
    return note(text.format(n=count), width, 1)


def pill(pen: Pen, text: str, x: float, y: float, most: float, colour: int) -> float:
    """A word in a rounded outline; returns its width."""
    style = Type(SMALL_STRONG.size, SMALL_STRONG.leading, bold=True, colour=colour)
    width = min(most, text_width(text, style) + 12)
    pen.box(x, y, width, 12.5, stroke=colour, thickness=0.8, radius=6.2)
    pen.text_centred(text, style, x + width / 2, y + 1.4, width - 8)
    return width
