"""Characters to positioned glyphs: runs of one face and one direction, shaped by HarfBuzz."""

from __future__ import annotations

from dataclasses import dataclass

import uharfbuzz as hb

from kam_desktop.services.handouts.pdf.bidi import levels
from kam_desktop.services.handouts.pdf.fonts import Face, split_by_face


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph and the place of its text; lengths are per thousand of the type size."""

    number: int
    place: int
    advance: float
    x_offset: float
    y_offset: float


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one face and direction; its glyphs stand in order from left to right."""

    text: str
    face: Face
    level: int
    glyphs: tuple[Glyph, ...]

    @property
    def width(self) -> float:
        """Per thousand of the type size."""
        return sum(glyph.advance for glyph in self.glyphs)


def shape(text: str, bold: bool, base: int) -> list[Run]:
    """``text`` (one line, already `printable`) as runs in reading order."""
    runs: list[Run] = []
    start = 0
    run_levels = levels(text, base)
    for piece, face in split_by_face(text, bold):
        end = start + len(piece)
        while start < end:
            stop = start + 1
            while stop < end and run_levels[stop] == run_levels[start]:
                stop += 1
            part = piece[len(piece) - (end - start) : len(piece) - (end - stop)]
            runs.append(_shape_run(part, face, run_levels[start]))
            start = stop
    return runs


def _shape_run(text: str, face: Face, level: int) -> Run:
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_codepoints([ord(char) for char in text])
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if level % 2 else "ltr"
    hb.shape(face.shaper, buffer, {"kern": True, "liga": level % 2 == 1})
    scale = face.scale
    glyphs = tuple(
        Glyph(
            info.codepoint,
            info.cluster,
            position.x_advance * scale,
            position.x_offset * scale,
            position.y_offset * scale,
        )
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )
    return Run(text, face, level, glyphs)
