"""Marks on screen: turned into Qt's own things once, painted often."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QStaticText,
)

from kam_desktop.services.marks import (
    Disc,
    Ink,
    Mark,
    Photo,
    Rectangle,
    Side,
    Stroke,
    Way,
    Words,
)
from kam_desktop.ui.theme import Colours, TextRole, Theme

Photos = Mapping[str, QPixmap]
_LONGEST = 400
"""More characters than this never fit on a card; measuring them all would take long."""


class Pens:
    """What painting needs of the theme, made once for all marks of a view."""

    def __init__(self, theme: Theme, photos: Photos | None = None) -> None:
        self.photos: Photos = photos or {}
        self.colours: Colours = theme.colours
        self.scale: float = theme.scale
        self._family = theme.font(TextRole.BODY).family()
        self._fonts: dict[tuple[float, bool], QFont] = {}
        self._colours: dict[Ink, QColor] = {}

    @classmethod
    def of(cls, theme: Theme) -> Pens:
        """The pens of a theme as it is now."""
        return cls(theme)

    def colour(self, ink: Ink) -> QColor:
        """The theme's colour of an ink."""
        found = self._colours.get(ink)
        if found is None:
            name: str = getattr(self.colours, ink.value)
            if ink is Ink.SUNKEN and self.colours.sunken == self.colours.surface:
                # In high contrast everything sunken is black: a track would not be seen.
                name = self.colours.accent_soft
            found = self._colours[ink] = QColor(name)
        return found

    def font(self, size: float, *, bold: bool) -> QFont:
        """The type of words, in pixels at 100 %."""
        font = self._fonts.get((size, bold))
        if font is None:
            font = QFont(self._family)
            font.setPixelSize(round(size))
            font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            self._fonts[size, bold] = font
        return font

    def pen(self, stroke: Stroke | None) -> QPen:
        """The pen of a stroke."""
        if stroke is None:
            return QPen(Qt.PenStyle.NoPen)
        pen = QPen(self.colour(stroke.ink), stroke.width)
        if stroke.dash:
            pen.setDashPattern([length / stroke.width for length in stroke.dash])
        pen.setCapStyle(Qt.PenCapStyle.RoundCap if stroke.round else Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin if stroke.round else Qt.PenJoinStyle.MiterJoin)
        return pen

    def brush(self, fill: Ink | None) -> QBrush:
        """The brush of a fill."""
        return QBrush(Qt.BrushStyle.NoBrush) if fill is None else QBrush(self.colour(fill))


@dataclass(frozen=True, slots=True)
class _Shape:
    path: QPainterPath
    pen: QPen
    brush: QBrush


@dataclass(frozen=True, slots=True)
class _Text:
    text: QStaticText
    at: QPointF
    font: QFont
    colour: QColor


@dataclass(frozen=True, slots=True)
class _Picture:
    pixmap: QPixmap
    box: QRectF
    clip: QPainterPath


class Recording:
    """Marks ready to be painted with a painter that stands at their origin, at 100 %."""

    __slots__ = ("_steps",)

    def __init__(self, marks: Iterable[Mark], pens: Pens) -> None:
        self._steps = tuple(_steps(marks, pens))

    def paint(self, painter: QPainter) -> None:
        """Paint; leaves the painter's pen, brush and font as the last mark had them."""
        for step in self._steps:
            if isinstance(step, _Shape):
                painter.setPen(step.pen)
                painter.setBrush(step.brush)
                painter.drawPath(step.path)
            elif isinstance(step, _Text):
                painter.setFont(step.font)
                painter.setPen(step.colour)
                painter.drawStaticText(step.at, step.text)
            else:
                painter.save()
                painter.setClipPath(step.clip, Qt.ClipOperation.IntersectClip)
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawPixmap(step.box, step.pixmap, QRectF(step.pixmap.rect()))
                painter.restore()


def _steps(marks: Iterable[Mark], pens: Pens) -> Iterable[_Shape | _Text | _Picture]:
    """Marks of one look that follow each other become one path."""
    look: tuple[Stroke | None, Ink | None] | None = None
    path = QPainterPath()
    for mark in marks:
        now = None if isinstance(mark, Words | Photo) else (mark.stroke, mark.fill)
        if now != look and look is not None:
            yield _Shape(path, pens.pen(look[0]), pens.brush(look[1]))
        if now != look:
            look, path = now, QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)
        if isinstance(mark, Words):
            yield from _text(mark, pens)
        elif isinstance(mark, Photo):
            yield from _picture(mark, pens.photos)
        else:
            add_to_path(path, mark)
    if look is not None:
        yield _Shape(path, pens.pen(look[0]), pens.brush(look[1]))


def add_to_path(path: QPainterPath, mark: Rectangle | Disc | Way) -> None:
    """The outline of a shape as part of ``path``."""
    if isinstance(mark, Rectangle):
        box = QRectF(mark.x, mark.y, mark.width, mark.height)
        if mark.radius:
            path.addRoundedRect(box, mark.radius, mark.radius)
        else:
            path.addRect(box)
    elif isinstance(mark, Disc):
        path.addEllipse(QPointF(mark.x, mark.y), mark.radius, mark.radius)
    else:
        path.moveTo(*mark.points[0])
        for point in mark.points[1:]:
            path.lineTo(*point)
        if mark.closed:
            path.closeSubpath()


def _text(mark: Words, pens: Pens) -> Iterable[_Text]:
    if not mark.text:
        return
    font = pens.font(mark.size, bold=mark.bold)
    line = _fitted(mark.text, font.toString(), mark.room)
    side = mark.side
    if line.leftwards and side is not Side.MIDDLE:
        side = Side.END if side is Side.START else Side.START
    left = mark.x
    if side is not Side.START:
        spare = mark.room - line.width
        left += spare / 2 if side is Side.MIDDLE else spare
    shown = QStaticText(line.text)
    shown.setTextFormat(Qt.TextFormat.PlainText)
    shown.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    at = QPointF(left, mark.y - line.height / 2)
    yield _Text(shown, at, font, pens.colour(mark.ink))


def _picture(mark: Photo, photos: Photos) -> Iterable[_Picture]:
    pixmap = photos.get(mark.sha256)
    if pixmap is None or pixmap.isNull():
        return
    clip = QPainterPath()
    clip.addEllipse(QPointF(mark.x, mark.y), mark.radius, mark.radius)
    longer = max(pixmap.width(), pixmap.height())
    shorter = min(pixmap.width(), pixmap.height()) or 1
    reach = mark.radius * longer / shorter
    wide = pixmap.width() >= pixmap.height()
    across, down = (reach, mark.radius) if wide else (mark.radius, reach)
    box = QRectF(mark.x - across, mark.y - down, 2 * across, 2 * down)
    yield _Picture(pixmap, box, clip)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    width: float
    height: float
    leftwards: bool


@lru_cache(maxsize=8192)
def _fitted(text: str, font_text: str, room: float) -> _Line:
    """A text cut to its room."""
    font = QFont()
    font.fromString(font_text)
    metrics = QFontMetricsF(font)
    clean = " ".join(text[:_LONGEST].split())
    shown = metrics.elidedText(clean, Qt.TextElideMode.ElideRight, room)
    width = metrics.horizontalAdvance(shown)
    return _Line(shown, width, metrics.height(), reads_leftwards(shown))


def reads_leftwards(text: str) -> bool:
    """Whether the first strong letter belongs to a right-to-left script."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in {"R", "AL"}:
            return True
        if kind == "L":
            return False
    return False
