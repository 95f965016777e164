"""The outlines of letters for SVG: each glyph is defined once and used wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import uharfbuzz as hb

from kam_desktop.services.handouts.pdf.fonts import Face
from kam_desktop.services.handouts.pdf.lines import Line
from kam_desktop.services.handouts.pdf.shaping import Run

_THICKENING = 0.018
"""Stroke of synthetic bold, as a part of the type size."""


def number(value: float) -> str:
    """A length with at most two decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


class Glyphs:
    """The glyphs used in one document."""

    def __init__(self) -> None:
        self._faces: dict[str, int] = {}
        self._paths: dict[str, str] = {}

    def definitions(self) -> Iterator[str]:
        """The outlines, in units of their face, y upwards."""
        for name, path in self._paths.items():
            yield f'<path id="{name}" d="{path}"/>'

    def line(
        self, line: Line, x: float, y: float, size: float, colour: str, *, bold: bool
    ) -> Iterator[str]:
        """A set line with its left end at ``x`` on the base line ``y``."""
        for run in line.runs:
            yield from self._run(run, x, y, size, colour, bold=bold)
            x += run.width * size / 1000

    def _run(
        self, run: Run, x: float, y: float, size: float, colour: str, *, bold: bool
    ) -> Iterator[str]:
        face = run.face
        scale = size * face.scale / 1000
        thick = ""
        if bold and not face.bold:
            thick = f' stroke="{colour}" stroke-width="{number(size * _THICKENING / scale)}"'
        uses: list[str] = []
        reach = 0.0
        for glyph in run.glyphs:
            name = self._name(face, glyph.number)
            if name:
                across = number((reach + glyph.x_offset) / face.scale)
                up = number(glyph.y_offset / face.scale)
                above = "" if up == "0" else f' y="{up}"'
                uses.append(f'<use xlink:href="#{name}" x="{across}"{above}/>')
            reach += glyph.advance
        if uses:
            yield (
                f'<g aria-hidden="true" fill="{colour}"{thick} transform="translate({number(x)}'
                f' {number(y)}) scale({scale:.6f} {-scale:.6f})">{"".join(uses)}</g>'
            )

    def _name(self, face: Face, glyph: int) -> str:
        """The id of a glyph's outline; '' for one without, such as a space."""
        at = self._faces.setdefault(face.name, len(self._faces))
        name = f"g{at}-{glyph}"
        if name not in self._paths:
            path = _outline(face, glyph)
            if not path:
                return ""
            self._paths[name] = path
        return name


def _outline(face: Face, glyph: int) -> str:
    parts: list[str] = []
    face.shaper.draw_glyph(glyph, _pen(), parts)
    return "".join(parts)


def _pen() -> Any:
    functions = hb.DrawFuncs()
    functions.set_move_to_func(_move, None)
    functions.set_line_to_func(_line, None)
    functions.set_quadratic_to_func(_quadratic, None)
    functions.set_cubic_to_func(_cubic, None)
    functions.set_close_path_func(_close, None)
    return functions


def _pair(x: float, y: float) -> str:
    return f"{number(x)} {number(y)}"


def _move(x: float, y: float, parts: list[str], *_rest: Any) -> None:
    parts.append(f"M{_pair(x, y)}")


def _line(x: float, y: float, parts: list[str], *_rest: Any) -> None:
    parts.append(f"L{_pair(x, y)}")


def _quadratic(x1: float, y1: float, x: float, y: float, parts: list[str], *_rest: Any) -> None:
    parts.append(f"Q{_pair(x1, y1)} {_pair(x, y)}")


def _cubic(*values: Any) -> None:
    x1, y1, x2, y2, x, y, parts = values[:7]
    parts.append(f"C{_pair(x1, y1)} {_pair(x2, y2)} {_pair(x, y)}")


def _close(parts: list[str], *_rest: Any) -> None:
    parts.append("Z")
