"""A poster as PDF: marks drawn with the pen of the handouts, text as text, fonts embedded."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kam_desktop.services.handouts.pdf.lines import Type, set_line
from kam_desktop.services.handouts.pdf.pen import Pen
from kam_desktop.services.handouts.poster.content import PosterContent
from kam_desktop.services.handouts.poster.inks import Palette, palette
from kam_desktop.services.handouts.poster.paper import PosterOptions
from kam_desktop.services.handouts.poster.sheets import Layer, Poster, lay_out
from kam_desktop.services.marks import Disc, Mark, Photo, Rectangle, Side, Stroke, Way, Words

OnPage = Callable[[int, int], None]


def render_poster(
    content: PosterContent, options: PosterOptions, on_page: OnPage | None = None
) -> bytes:
    """The poster as PDF bytes; the same content gives the same bytes.

    ``on_page`` hears how many pages of how many are begun; what it raises ends the work.
    """
    photos = {} if options.black_and_white else content.photos
    inks = palette(black_and_white=options.black_and_white)
    return draw_poster(lay_out(content, options), inks, photos, on_page)


def draw_poster(
    poster: Poster, inks: Palette, photos: Mapping[str, bytes], on_page: OnPage | None = None
) -> bytes:
    """The sheets of a poster as the pages of a PDF."""
    first = poster.sheets[0]
    pen = Pen(first.width, first.height, title=poster.title, subject=poster.subject)
    for number, sheet in enumerate(poster.sheets):
        if on_page is not None:
            on_page(number, len(poster.sheets))
        pen.resize(sheet.width, sheet.height)
        for layer in sheet.layers:
            _LayerPen(pen, layer, inks, photos).draw()
        pen.next_page()
    return pen.finish()


class _LayerPen:
    """Draws one layer: scene units become points."""

    def __init__(self, pen: Pen, layer: Layer, inks: Palette, photos: Mapping[str, bytes]) -> None:
        self._pen, self._layer, self._inks, self._photos = pen, layer, inks, photos
        self._scale = layer.scale

    def draw(self) -> None:
        clip = self._layer.clip
        if clip is None:
            self._groups()
            return
        with self._pen.clipped(clip.x, clip.y, clip.width, clip.height):
            self._groups()

    def _groups(self) -> None:
        for group in self._layer.groups:
            for mark in group.marks:
                self._mark(mark)

    def _mark(self, mark: Mark) -> None:
        if isinstance(mark, Words):
            self._words(mark)
        elif isinstance(mark, Way):
            self._way(mark)
        elif isinstance(mark, Rectangle):
            self._rectangle(mark)
        elif isinstance(mark, Disc):
            self._disc(mark)
        else:
            self._photo(mark)

    def _x(self, x: float) -> float:
        return self._layer.dx + x * self._scale

    def _y(self, y: float) -> float:
        return self._layer.dy + y * self._scale

    def _colour(self, stroke: Stroke | None) -> int | None:
        return None if stroke is None else self._inks[stroke.ink]

    def _fill(self, mark: Rectangle | Disc | Way) -> int | None:
        return None if mark.fill is None else self._inks[mark.fill]

    def _width(self, stroke: Stroke | None) -> float:
        return 0.0 if stroke is None else stroke.width * self._scale

    def _dash(self, stroke: Stroke | None) -> tuple[float, ...]:
        return () if stroke is None else tuple(length * self._scale for length in stroke.dash)

    def _way(self, mark: Way) -> None:
        self._pen.polygon(
            [(self._x(x), self._y(y)) for x, y in mark.points],
            fill=self._fill(mark),
            stroke=self._colour(mark.stroke),
            thickness=self._width(mark.stroke),
            closed=mark.closed,
            dash=self._dash(mark.stroke),
            rounded=mark.stroke is not None and mark.stroke.round,
        )

    def _rectangle(self, mark: Rectangle) -> None:
        self._pen.box(
            self._x(mark.x), self._y(mark.y), mark.width * self._scale, mark.height * self._scale,
            fill=self._fill(mark), stroke=self._colour(mark.stroke),
            thickness=self._width(mark.stroke), radius=mark.radius * self._scale,
            dash=self._dash(mark.stroke),
        )  # fmt: skip

    def _disc(self, mark: Disc) -> None:
        self._pen.disc(
            self._x(mark.x), self._y(mark.y), mark.radius * self._scale,
            fill=self._fill(mark), stroke=self._colour(mark.stroke),
            thickness=self._width(mark.stroke), dash=self._dash(mark.stroke),
        )  # fmt: skip

    def _words(self, mark: Words) -> None:
        size, room = mark.size * self._scale, mark.room * self._scale
        style = Type(size, size, bold=mark.bold, colour=self._inks[mark.ink])
        line = set_line(mark.text, style, room)
        left = self._x(mark.x) + shift(mark.side, line.rtl, room - line.width)
        self._pen.line(line, style, left, self._y(mark.y) - size / 2)

    def _photo(self, mark: Photo) -> None:
        content = self._photos.get(mark.sha256)
        if content is not None:
            self._pen.picture(content, self._x(mark.x), self._y(mark.y), mark.radius * self._scale)


def shift(side: Side, rtl: bool, spare: float) -> float:
    """How far a line is moved into its room: START is right for text that reads leftwards."""
    if side is Side.MIDDLE:
        return spare / 2
    at_right = (side is Side.END) != rtl
    return spare if at_right else 0.0
