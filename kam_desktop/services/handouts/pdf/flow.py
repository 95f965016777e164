"""Sections flowing down a column; a heading is never left alone at the foot of a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kam_desktop.services.handouts.pdf.pen import Pen
from kam_desktop.services.handouts.pdf.style import GAP, HEADING, INK, SMALL
from kam_desktop.services.i18n import _

_HEADING_HEIGHT = 20.0

Draw = Callable[[Pen, float, float], None]


@dataclass(frozen=True, slots=True)
class Block:
    """Something drawn in one piece, ``height`` points high, from its top left corner.

    ``leads`` says that it means nothing without the block after it.
    """

    height: float
    draw: Draw
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with a short point beside it, and the blocks under it."""

    title: str
    point: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and where it stands; ``page`` counts from 0."""

    page: int
    y: float
    block: Block


def place(
    sections: Sequence[Section], width: float, first_top: float, next_top: float, bottom: float
) -> list[Placed]:
    """The blocks of one column, with headings; a section that goes on says so on the next page."""
    placed: list[Placed] = []
    page, y = 0, first_top
    for section in sections:
        if not section.blocks:
            continue
        if y + _HEADING_HEIGHT + _needed(section.blocks, 0) > bottom and y > next_top:
            page, y = page + 1, next_top
        placed.append(Placed(page, y, _heading(section.title, section.point, width)))
        y += _HEADING_HEIGHT
        for index, block in enumerate(section.blocks):
            if index and y + _needed(section.blocks, index) > bottom:
                page, y = page + 1, next_top
                title = _("{title}, continued").format(title=section.title)
                placed.append(Placed(page, y, _heading(title, "", width)))
                y += _HEADING_HEIGHT
            placed.append(Placed(page, y, block))
            y += block.height
        y += GAP
    return placed


def _needed(blocks: Sequence[Block], index: int) -> float:
    """The height of a block, with those after it that it leads to."""
    height = blocks[index].height
    while blocks[index].leads and index + 1 < len(blocks):
        index += 1
        height += blocks[index].height
    return height


def _heading(title: str, point: str, width: float) -> Block:
    def draw(pen: Pen, x: float, y: float) -> None:
        used = pen.text(title, HEADING, x, y, width)
        if point:
            pen.text_right(point, SMALL, x + width, y + 2.6, width - used - 10)
        pen.rule(x, y + 15, width, INK, 0.7)

    return Block(_HEADING_HEIGHT, draw)
