"""An edited section as blocks for a column: headings of groups, rows, and how many are missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kam_desktop.services.handouts.edited import EditedLine, EditedSection, cut
from kam_desktop.services.handouts.pdf.flow import Block, Section
from kam_desktop.services.handouts.pdf.parts import note, so_many_more, subheading
from kam_desktop.services.i18n import _

Columns = tuple[str, float] | None
"""A heading of a column, and how many points from the right it stands."""


def section(
    edited: EditedSection,
    width: float,
    draw: Callable[[EditedLine], Block],
    most: int,
    *,
    each_group: bool = False,
    columns: Columns = None,
    last: Sequence[Block] = (),
) -> Section:
    """A section with its ``most`` weightiest rows, of each group or of all; ``last`` closes them.

    Without a row it says so, unless the user left all of them out: then it has no blocks.
    """
    rows, hidden = _rows(edited.printed, most, each_group=each_group)
    blocks: list[Block] = []
    group = ""
    grouped = any(row.line.group for row in rows)
    for row in rows:
        heading = row.line.group or (_("Also") if grouped else "")
        if heading != group:
            blocks.append(subheading(heading, width, columns=columns))
            group, columns = heading, None
        blocks.append(draw(row))
    if hidden + edited.section.more and (blocks or not edited.section.lines):
        blocks.append(so_many_more(hidden + edited.section.more, width))
    if rows:
        blocks += last
    if not edited.section.lines and edited.section.empty and not edited.left_out:
        blocks.insert(0, note(edited.section.empty, width))
    return Section(edited.section.title, edited.section.point, tuple(blocks))


def _rows(
    lines: Sequence[EditedLine], most: int, *, each_group: bool
) -> tuple[list[EditedLine], int]:
    if not each_group:
        kept, hidden = cut(lines, most)
        return list(kept), hidden
    rows: list[EditedLine] = []
    hidden = 0
    for group in dict.fromkeys(line.line.group for line in lines):
        kept, cut_off = cut([line for line in lines if line.line.group == group], most)
        rows += kept
        hidden += cut_off
    return rows, hidden
