"""Drawing on one document: reportlab's canvas with the origin at the top left and our own text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from kam_desktop.services.handouts.pdf.fonts import EmbeddedFont, Face
from kam_desktop.services.handouts.pdf.lines import Line, Type, set_line, set_lines
from kam_desktop.services.handouts.pdf.shaping import Run

_THICKENING = 0.018
"""Stroke of synthetic bold, as a part of the type size."""

_PLAIN: tuple[tuple[float, ...], bool] = ((), False)
"""The style of strokes at the beginning of a page: neither dashed nor round."""


class Pen:
    """Draws on the pages of one document; all measures are points from the top left corner.

    The document is reproducible: the same drawing gives the same bytes.
    """

    def __init__(self, width: float, height: float, *, title: str, subject: str) -> None:
        self.width = width
        self.height = height
        self._buffer = io.BytesIO()
        self._canvas: Any = Canvas(
            self._buffer, pagesize=(width, height), invariant=1, pageCompression=1
        )
        self._canvas.setTitle(title)
        self._canvas.setSubject(subject)
        self._canvas.setAuthor("")
        self._canvas.setCreator("KAM Desktop")
        # reportlab opens every page with Helvetica, which would be a font that is not embedded.
        self._canvas._preamble = ""
        self._canvas._doc.idToObject["BasicFonts"].dict.clear()
        self._fonts: dict[int, EmbeddedFont] = {}
        self._style: tuple[tuple[float, ...], bool] = _PLAIN

    def finish(self) -> bytes:
        """The finished document."""
        self._canvas.save()
        return self._buffer.getvalue()

    def resize(self, width: float, height: float) -> None:
        """The size of the page that begins, and of those after it."""
        self.width, self.height = width, height
        # Its own way to set the size would also bring Helvetica back, which is not embedded.
        self._canvas._pagesize = (width, height)

    def next_page(self) -> None:
        """Ends the page."""
        self._style = _PLAIN
        self._canvas.showPage()

    # Text -------------------------------------------------------------------------------------

    def text(self, text: str, style: Type, x: float, y: float, width: float) -> float:
        """One line from the top left (x, y), cut to ``width``; returns the width used."""
        line = set_line(text, style, width)
        self.line(line, style, x, y)
        return line.width

    def text_right(self, text: str, style: Type, right: float, y: float, width: float) -> float:
        """One line that ends at ``right``; returns the width used."""
        line = set_line(text, style, width)
        self.line(line, style, right - line.width, y)
        return line.width

    def text_centred(self, text: str, style: Type, middle: float, y: float, width: float) -> None:
        """One line centred on ``middle``."""
        line = set_line(text, style, width)
        self.line(line, style, middle - line.width / 2, y)

    def paragraph(
        self, text: str, style: Type, x: float, y: float, width: float, most: int
    ) -> float:
        """Up to ``most`` lines; returns the height used."""
        return self.lines(set_lines(text, style, width, most), style, x, y, width)

    def lines(self, lines: Sequence[Line], style: Type, x: float, y: float, width: float) -> float:
        """Set lines below each other; returns the height.

        Several lines are flush on the side they are read from, one alone stands beside its sign.
        """
        for index, line in enumerate(lines):
            left = x + width - line.width if line.rtl and len(lines) > 1 else x
            self.line(line, style, left, y + index * style.leading)
        return len(lines) * style.leading

    def line(self, line: Line, style: Type, x: float, y: float) -> None:
        """One set line with its left end at ``x`` and the top of its leading at ``y``."""
        baseline = self.height - y - (style.leading + style.size * 0.72) / 2
        self._canvas.setFillColor(_colour(style.colour))
        left = x
        for run in line.runs:
            self._run(run, style, left, baseline)
            left += run.width * style.size / 1000

    def _run(self, run: Run, style: Type, x: float, baseline: float) -> None:
        font = self._font(run.face)
        texts = _glyph_texts(run)
        thick = ""
        if style.bold and not run.face.bold:
            self._canvas.setStrokeColor(_colour(style.colour))
            thick = f"2 Tr {style.size * _THICKENING:.3f} w "
        code = [
            f"BT {thick}/{font.resource} {style.size:g} Tf",
            f"1 0 0 1 {x:.3f} {baseline:.3f} Tm",
            _show(run, font, texts, style.size),
            "0 Tr ET" if thick else "ET",
        ]
        if not _reads_as_drawn(run, texts):
            spoken = ("\ufeff" + run.text).encode("utf-16-be").hex().upper()
            code = [f"/Span <</ActualText <{spoken}>>> BDC", *code, "EMC"]
        self._canvas._code.append(" ".join(code))

    def _font(self, face: Face) -> EmbeddedFont:
        font = self._fonts.get(id(face))
        if font is None:
            font = EmbeddedFont(face, f"K{len(self._fonts) + 1}")
            self._fonts[id(face)] = font
            self._canvas._doc.delayedFonts.append(font)
        return font

    # Shapes -----------------------------------------------------------------------------------

    def rule(self, x: float, y: float, width: float, colour: int, thickness: float = 0.6) -> None:
        """A horizontal line."""
        self._stroke(colour, thickness)
        self._canvas.line(x, self.height - y, x + width, self.height - y)

    def upright(
        self, x: float, y: float, height: float, colour: int, thickness: float = 0.6
    ) -> None:
        """A vertical line downwards from (x, y)."""
        self._stroke(colour, thickness)
        self._canvas.line(x, self.height - y, x, self.height - y - height)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: int | None = None,
        stroke: int | None = None,
        thickness: float = 0.6,
        radius: float = 0,
        dash: Sequence[float] = (),
    ) -> None:
        """A rectangle, filled or outlined or both; ``dash`` are lengths of line and gap."""
        canvas = self._canvas
        if fill is not None:
            canvas.setFillColor(_colour(fill))
        if stroke is not None:
            self._stroke(stroke, thickness, dash)
        shape = canvas.roundRect if radius else canvas.rect
        last = (radius,) if radius else ()
        shape(
            x, self.height - y - height, width, height, *last,
            fill=int(fill is not None), stroke=int(stroke is not None),
        )  # fmt: skip

    def polygon(
        self,
        points: Sequence[tuple[float, float]],
        *,
        fill: int | None = None,
        stroke: int | None = None,
        thickness: float = 0.9,
        closed: bool = True,
        dash: Sequence[float] = (),
        rounded: bool = False,
    ) -> None:
        """A shape of straight lines; ``rounded`` gives its strokes round ends and corners."""
        path = self._canvas.beginPath()
        for index, (x, y) in enumerate(points):
            (path.lineTo if index else path.moveTo)(x, self.height - y)
        if closed:
            path.close()
        if fill is not None:
            self._canvas.setFillColor(_colour(fill))
        if stroke is not None:
            self._stroke(stroke, thickness, dash, rounded=rounded)
        self._canvas.drawPath(path, fill=int(fill is not None), stroke=int(stroke is not None))

    def disc(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: int | None = None,
        stroke: int | None = None,
        thickness: float = 0.7,
        dash: Sequence[float] = (),
    ) -> None:
        """A circle around (x, y)."""
        if fill is not None:
            self._canvas.setFillColor(_colour(fill))
        if stroke is not None:
            self._stroke(stroke, thickness, dash)
        self._canvas.circle(
            x, self.height - y, radius, fill=int(fill is not None), stroke=int(stroke is not None)
        )

    def picture(self, content: bytes, x: float, y: float, radius: float) -> None:
        """A photo (JPEG or PNG), cut to a circle around (x, y).

        Raises `OSError` when ``content`` is no picture.
        """
        from reportlab.lib.utils import ImageReader

        image = ImageReader(io.BytesIO(content))
        width, height = image.getSize()
        scale = 2 * radius / max(1, min(width, height))
        width, height = width * scale, height * scale
        middle = self.height - y
        with self.clipped_to_disc(x, y, radius):
            self._canvas.drawImage(
                image, x - width / 2, middle - height / 2, width, height, mask="auto"
            )

    @contextmanager
    def clipped(self, x: float, y: float, width: float, height: float) -> Iterator[None]:
        """What is drawn meanwhile shows within a rectangle only."""
        path = self._canvas.beginPath()
        path.rect(x, self.height - y - height, width, height)
        with self._within(path):
            yield

    @contextmanager
    def clipped_to_disc(self, x: float, y: float, radius: float) -> Iterator[None]:
        """What is drawn meanwhile shows within a circle only."""
        path = self._canvas.beginPath()
        path.circle(x, self.height - y, radius)
        with self._within(path):
            yield

    @contextmanager
    def _within(self, path: Any) -> Iterator[None]:
        before = self._style
        self._canvas.saveState()
        self._canvas.clipPath(path, stroke=0, fill=0)
        try:
            yield
        finally:
            self._canvas.restoreState()
            self._style = before

    def _stroke(
        self, colour: int, thickness: float, dash: Sequence[float] = (), *, rounded: bool = False
    ) -> None:
        self._canvas.setStrokeColor(_colour(colour))
        self._canvas.setLineWidth(thickness)
        style = (tuple(dash), rounded)
        if style != self._style:
            self._style = style
            self._canvas.setDash([round(length, 3) for length in dash])
            self._canvas.setLineCap(int(rounded))
            self._canvas.setLineJoin(int(rounded))


def _colour(value: int) -> Any:
    return HexColor(value)


def _glyph_texts(run: Run) -> list[str]:
    """The characters each glyph stands for; the first glyph of a cluster has all of them."""
    places = sorted({glyph.place for glyph in run.glyphs})
    ends = dict(zip(places, [*places[1:], len(run.text)], strict=True))
    seen: set[int] = set()
    texts: list[str] = []
    for glyph in run.glyphs:
        texts.append("" if glyph.place in seen else run.text[glyph.place : ends[glyph.place]])
        seen.add(glyph.place)
    return texts


def _reads_as_drawn(run: Run, texts: Sequence[str]) -> bool:
    return run.level % 2 == 1 or all(len(text) == 1 for text in texts)


def _show(run: Run, font: EmbeddedFont, texts: Sequence[str], size: float) -> str:
    """The operators that show a run's glyphs: numbers between them move left, thousandths."""
    parts: list[str] = ["["]
    rise = 0.0
    for glyph, text in zip(run.glyphs, texts, strict=True):
        font.use(glyph.number, text)
        if glyph.y_offset != rise:
            rise = glyph.y_offset
            parts.append(f"] TJ {rise * size / 1000:.3f} Ts [")
        if glyph.x_offset:
            parts.append(f"{-glyph.x_offset:.1f}")
        parts.append(f"<{glyph.number:04X}>")
        after = run.face.advance(glyph.number) + glyph.x_offset - glyph.advance
        if abs(after) > 0.05:
            parts.append(f"{after:.1f}")
    parts.append("] TJ 0 Ts" if rise else "] TJ")
    return " ".join(parts).replace("> <", "")
