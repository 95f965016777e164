"""What the named inks of marks are on paper: in colour, and in black and white for copiers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kam_desktop.services.marks import Ink

Palette = Mapping[Ink, int]
_BLACK, _WHITE = 0x000000, 0xFFFFFF

COLOUR: Palette = MappingProxyType(
    {
        Ink.TEXT: 0x1F2328,
        Ink.TEXT2: 0x57606A,
        Ink.TEXT3: 0x646C75,
        Ink.SURFACE: _WHITE,
        Ink.SUNKEN: 0xF3F3EF,
        Ink.LINE: 0xC4C3BC,
        Ink.ACCENT: 0x2F5D8A,
        Ink.ACCENT_SOFT: 0xE4EDF6,
        Ink.GOOD: 0x29734A,
        Ink.WARN: 0x8A5A00,
        Ink.BAD: 0xB3372F,
        Ink.GOOD_SOFT: 0xE3F2E8,
        Ink.WARN_SOFT: 0xFAF0DA,
        Ink.BAD_SOFT: 0xFBE7E5,
    }
)
"""0xRRGGBB for a printer with colours."""

_GROUNDS = frozenset(
    {Ink.SURFACE, Ink.SUNKEN, Ink.ACCENT_SOFT, Ink.GOOD_SOFT, Ink.WARN_SOFT, Ink.BAD_SOFT}
)

BLACK: Palette = MappingProxyType({ink: _WHITE if ink in _GROUNDS else _BLACK for ink in Ink})
"""Nothing but black on white: no grey that a copier would eat or turn into dots."""


def palette(*, black_and_white: bool) -> Palette:
    """The inks of a poster."""
    return BLACK if black_and_white else COLOUR
