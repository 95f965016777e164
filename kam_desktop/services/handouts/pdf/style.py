"""The look of paper: colours, type and the grid, in points. Every state also has a shape."""

from __future__ import annotations

from dataclasses import dataclass

from kam_desktop.services.handouts.pdf.lines import Type

INK = 0x1F2328
SECONDARY = 0x57606A
LINE = 0xD3D2CB
SUNKEN = 0xF3F3EF
TRACK = 0xE2E1DB
ACCENT = 0x2F5D8A
GOOD = 0x29734A
WARN = 0x8A5A00
BAD = 0xB3372F
WHITE = 0xFFFFFF

TITLE = Type(20, 25, bold=True)
EYEBROW = Type(7.2, 10, bold=True, colour=ACCENT)
HEADING = Type(9.6, 13, bold=True)
BODY = Type(8.4, 11.2)
STRONG = Type(8.4, 11.2, bold=True)
SMALL = Type(7.2, 9.6, colour=SECONDARY)
SMALL_INK = Type(7.2, 9.6)
SMALL_STRONG = Type(7.2, 9.6, bold=True)
FIGURE = Type(22, 26, bold=True)
CLOCK = Type(11, 14, bold=True)

GAP = 12.0
"""Between sections."""
ROW_GAP = 4.0

PAPERS = {"A4": (595.276, 841.89), "Letter": (612.0, 792.0)}
"""Width and height of the papers offered."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where things stand on a page: a wide column and a narrow one beside it."""

    width: float
    height: float
    margin: float = 42.0
    gutter: float = 22.0
    side: float = 168.0
    foot: float = 30.0

    @property
    def right(self) -> float:
        """The right edge of the text."""
        return self.width - self.margin

    @property
    def main(self) -> float:
        """The width of the wide column."""
        return self.width - 2 * self.margin - self.gutter - self.side

    @property
    def side_left(self) -> float:
        """The left edge of the narrow column."""
        return self.right - self.side

    @property
    def bottom(self) -> float:
        """Where columns end."""
        return self.height - self.margin - self.foot + 12
