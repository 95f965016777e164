"""Breaking text into lines of a given width, and cutting what does not fit, always with a sign."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kam_desktop.services.handouts.clean import one_line, printable
from kam_desktop.services.handouts.pdf.bidi import base_level, visual_order
from kam_desktop.services.handouts.pdf.shaping import Run, shape

_ELLIPSIS = "…"
_NEVER_FIRST = frozenset(
    "、。，．・：；？！）］｝」』】〕》〉ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
_NEVER_LAST = frozenset("（［｛「『【〔《〈")
_BREAK_AFTER = frozenset(" -/\u2013\u2014")


@dataclass(frozen=True, slots=True)
class Type:
    """How text is set: size and distance of lines in points, weight, colour as 0xRRGGBB."""

    size: float
    leading: float
    bold: bool = False
    colour: int = 0x1F2328


@dataclass(frozen=True, slots=True)
class Line:
    """One set line; ``runs`` stand from left to right, ``width`` is in points."""

    runs: tuple[Run, ...]
    width: float
    rtl: bool


def set_line(text: str, style: Type, width: float) -> Line:
    """``text`` on one line, cut with an ellipsis where ``width`` points do not hold it."""
    room = max(1, int(width / (style.size * 0.1)))
    clean = one_line(text, room)
    return _fitted(clean, style, width, base_level(clean))


def set_lines(text: str, style: Type, width: float, most: int) -> list[Line]:
    """``text`` on up to ``most`` lines of ``width`` points; the last is cut when more would follow.

    Empty text gives no line.
    """
    clean = printable(text, max(40, int(most * width / (style.size * 0.1)))).strip()
    lines: list[Line] = []
    paragraphs = [part.strip() for part in clean.split("\n") if part.strip()]
    for index, paragraph in enumerate(paragraphs):
        base = base_level(paragraph)
        rest = paragraph
        while rest:
            last = len(lines) == most - 1
            if last:
                follows = index < len(paragraphs) - 1
                cut = rest + _ELLIPSIS if follows else rest
                return [*lines, _fitted(cut, style, width, base, force=follows)]
            end = _break_at(rest, style, width, base)
            lines.append(_line(rest[:end].rstrip(" "), style, base))
            rest = rest[end:].lstrip(" ")
    return lines


def text_width(text: str, style: Type) -> float:
    """The width of one line of ``text`` in points, if nothing is cut."""
    clean = one_line(text)
    return _line(clean, style, base_level(clean)).width


def _fitted(text: str, style: Type, width: float, base: int, *, force: bool = False) -> Line:
    line = _line(text, style, base)
    if line.width <= width:
        return line
    body = text.removesuffix(_ELLIPSIS) if force else text
    room = width - _line(_ELLIPSIS, style, base).width
    ends = _edges(body, style, base)
    fitting = [place for place, reach in ends if reach <= room]
    cut = fitting[-1] if fitting else 0
    return _line(body[:cut].rstrip() + _ELLIPSIS, style, base)


@lru_cache(maxsize=4096)
def _shaped(text: str, bold: bool, base: int) -> tuple[Run, ...]:
    return tuple(shape(text, bold, base))


def _line(text: str, style: Type, base: int) -> Line:
    runs = _shaped(text, style.bold, base)
    order = visual_order([run.level for run in runs])
    width = sum(run.width for run in runs) * style.size / 1000
    return Line(tuple(runs[place] for place in order), width, base % 2 == 1)


def _edges(text: str, style: Type, base: int) -> list[tuple[int, float]]:
    """The places where text may be cut without splitting a glyph, with the width up to there."""
    result: list[tuple[int, float]] = []
    start, reach = 0, 0.0
    for run in _shaped(text, style.bold, base):
        widths: dict[int, float] = {}
        for glyph in run.glyphs:
            widths[glyph.place] = widths.get(glyph.place, 0.0) + glyph.advance
        places = sorted(widths)
        for place, following in zip(places, [*places[1:], len(run.text)], strict=True):
            reach += widths[place] * style.size / 1000
            end = start + following
            if end == len(text) or not unicodedata.category(text[end]).startswith("M"):
                result.append((end, reach))
        start += len(run.text)
    return result


def _break_at(text: str, style: Type, width: float, base: int) -> int:
    """Where the first line of ``text`` ends: after a space if possible, at least one cluster."""
    edges = _edges(text, style, base)
    best = fallback = 0
    for place, reach in edges:
        # The space at the end of a line may hang over.
        visible = reach if text[place - 1] != " " else reach - style.size * 0.26
        if visible > width:
            break
        fallback = place
        if place == len(text) or _may_break(text[place - 1], text[place]):
            best = place
    return best or fallback or (edges[0][0] if edges else len(text))


def _may_break(before: str, after: str) -> bool:
    if after == " ":
        return False
    if before in _BREAK_AFTER:
        return before == " " or after.isalpha()
    if before in _NEVER_LAST or after in _NEVER_FIRST:
        return False
    return _stands_alone(before) or _stands_alone(after)


def _stands_alone(char: str) -> bool:
    return unicodedata.east_asian_width(char) in ("W", "F")
