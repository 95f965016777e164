"""A poster as one SVG picture that looks the same everywhere and refers to nothing outside.

Words are drawn as the outlines of the embedded typefaces; the same words lie over them as text
without colour, to be found, selected and read aloud. Every card and tie is a group with a name.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from kam_desktop.services.handouts.clean import one_line
from kam_desktop.services.handouts.pdf.lines import Type, set_line
from kam_desktop.services.handouts.poster.content import PosterContent
from kam_desktop.services.handouts.poster.glyphs import Glyphs, number
from kam_desktop.services.handouts.poster.inks import Palette, palette
from kam_desktop.services.handouts.poster.pdf import shift
from kam_desktop.services.handouts.poster.sheets import Layer, Poster, lay_out_freely
from kam_desktop.services.marks import Disc, Group, Mark, Photo, Rectangle, Stroke, Way, Words

_NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def render_svg(content: PosterContent, *, black_and_white: bool = False) -> str:
    """The poster at 100 % as an SVG document; the same content gives the same text."""
    photos = {} if black_and_white else content.photos
    inks = palette(black_and_white=black_and_white)
    return _Writer(lay_out_freely(content), inks, photos).document()


class _Writer:
    """Writes the one sheet of a poster."""

    def __init__(self, poster: Poster, inks: Palette, photos: Mapping[str, bytes]) -> None:
        self._poster, self._inks, self._photos = poster, inks, photos
        self._glyphs = Glyphs()
        self._clips = 0

    def document(self) -> str:
        sheet = self._poster.sheets[0]
        body = [line for layer in sheet.layers for line in self._layer(layer)]
        width, height = number(sheet.width), number(sheet.height)
        return "\n".join(
            (
                '<?xml version="1.0" encoding="UTF-8"?>',
                f'<svg {_NAMESPACES} version="1.1" width="{width}" height="{height}"'
                f' viewBox="0 0 {width} {height}" role="graphics-document document"'
                ' aria-labelledby="title desc">',
                f'<title id="title">{_text(self._poster.title)}</title>',
                f'<desc id="desc">{_text(self._poster.subject)}</desc>',
                "<defs>",
                *self._glyphs.definitions(),
                "</defs>",
                f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
                *body,
                "</svg>",
                "",
            )
        )

    def _layer(self, layer: Layer) -> Iterator[str]:
        yield f'<g transform="translate({number(layer.dx)} {number(layer.dy)})">'
        for group in layer.groups:
            yield from self._group(group)
        yield "</g>"

    def _group(self, group: Group) -> Iterator[str]:
        if group.name:
            yield f'<g role="img" aria-label={_attribute(group.name)}>'
            yield f"<title>{_text(group.name)}</title>"
            if group.description:
                yield f"<desc>{_text(group.description)}</desc>"
        else:
            yield "<g>"
        for mark in group.marks:
            yield from self._mark(mark)
        yield "</g>"

    def _mark(self, mark: Mark) -> Iterator[str]:
        if isinstance(mark, Words):
            yield from self._words(mark)
        elif isinstance(mark, Photo):
            yield from self._photo(mark)
        else:
            yield f"<{_shape(mark)}{self._look(mark)}/>"

    def _look(self, mark: Rectangle | Disc | Way) -> str:
        fill = "none" if mark.fill is None else self._colour(mark.fill)
        return f' fill="{fill}"{self._stroke(mark.stroke)}'

    def _stroke(self, stroke: Stroke | None) -> str:
        if stroke is None:
            return ""
        text = f' stroke="{self._colour(stroke.ink)}" stroke-width="{number(stroke.width)}"'
        if stroke.dash:
            text += f' stroke-dasharray="{" ".join(map(number, stroke.dash))}"'
        if stroke.round:
            text += ' stroke-linecap="round" stroke-linejoin="round"'
        return text

    def _colour(self, ink: object) -> str:
        return f"#{self._inks[ink]:06x}"  # type: ignore[index]

    def _words(self, mark: Words) -> Iterator[str]:
        line = set_line(mark.text, Type(mark.size, mark.size, bold=mark.bold), mark.room)
        if not line.runs:
            return
        left = mark.x + shift(mark.side, line.rtl, mark.room - line.width)
        baseline = mark.y + mark.size * 0.36
        colour = self._colour(mark.ink)
        yield from self._glyphs.line(line, left, baseline, mark.size, colour, bold=mark.bold)
        yield (
            f'<text x="{number(left)}" y="{number(baseline)}" font-size="{number(mark.size)}"'
            f' textLength="{number(line.width)}" lengthAdjust="spacingAndGlyphs"'
            f' fill="none">{_text(mark.text)}</text>'
        )

    def _photo(self, mark: Photo) -> Iterator[str]:
        content = self._photos.get(mark.sha256)
        if content is None:
            return
        self._clips += 1
        kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
        data = base64.b64encode(content).decode("ascii")
        x, y, side = mark.x - mark.radius, mark.y - mark.radius, number(2 * mark.radius)
        circle = _shape(Disc(mark.x, mark.y, mark.radius))
        yield f'<clipPath id="c{self._clips}"><{circle}/></clipPath>'
        yield (
            f'<image x="{number(x)}" y="{number(y)}" width="{side}" height="{side}"'
            f' preserveAspectRatio="xMidYMid slice" clip-path="url(#c{self._clips})"'
            f' xlink:href="data:image/{kind};base64,{data}"/>'
        )


def _shape(mark: Rectangle | Disc | Way) -> str:
    """The element of a shape with its measures."""
    if isinstance(mark, Rectangle):
        radius = f' rx="{number(mark.radius)}"' if mark.radius else ""
        return (
            f'rect x="{number(mark.x)}" y="{number(mark.y)}" width="{number(mark.width)}"'
            f' height="{number(mark.height)}"{radius}'
        )
    if isinstance(mark, Disc):
        return f'circle cx="{number(mark.x)}" cy="{number(mark.y)}" r="{number(mark.radius)}"'
    points = " ".join(f"{number(x)},{number(y)}" for x, y in mark.points)
    return f'{"polygon" if mark.closed else "polyline"} points="{points}"'


def _text(text: str) -> str:
    """User text as XML text, without what XML or a reader's eye cannot take."""
    return escape(one_line(text))


def _attribute(text: str) -> str:
    return quoteattr(one_line(text))
