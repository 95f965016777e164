"""Icons: one family of outline SVGs, drawn in a colour of the theme when they are painted.

`icon` gives a `QIcon` that follows the theme by itself; `pixmap` is for painting by hand.
"""

from __future__ import annotations

import logging
from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache

from kam_desktop.services.resources import resource_path
from kam_desktop.ui.theme import colours

_log = logging.getLogger(__name__)


class MissingIconError(LookupError):
    """There is no icon of that name among the program's resources."""


def icon(name: str, tone: str = "text2") -> QIcon:
    """The icon ``name``, drawn in the theme's colour ``tone`` (a field of `theme.Colours`).

    An unknown name is logged and gives an empty icon; `load` raises instead.
    """
    return QIcon(_Engine(name, tone))


def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon ``name`` in ``colour`` (``#RRGGBB``), ``size`` pixels square, for a device ratio."""
    key = f"kam:{name}:{colour}:{size}:{ratio:.3f}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    drawn = _draw(name, colour, QSize(round(size * ratio), round(size * ratio)))
    drawn.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


@cache
def load(name: str) -> str:
    """The SVG text of icon ``name``.

    Raises `MissingIconError` when there is none.
    """
    try:
        return resource_path("icons", f"{name}.svg").read_text("utf-8")
    except FileNotFoundError as error:
        raise MissingIconError(name) from error


@cache
def _source(name: str) -> str | None:
    try:
        return load(name)
    except MissingIconError:
        _log.error("icon %s is missing", name)
        return None


def _draw(name: str, colour: str, size: QSize) -> QPixmap:
    drawn = QPixmap(size)
    drawn.fill(Qt.GlobalColor.transparent)
    source = _source(name)
    if source is None or size.isEmpty():
        return drawn
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(QPoint(0, 0), size))
    painter.end()
    return drawn


class _Engine(QIconEngine):
    """Draws an icon in the colour that is the theme's at that moment."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    def _colour(self, mode: QIcon.Mode) -> str:
        in_use = colours()
        return in_use.text3 if mode == QIcon.Mode.Disabled else str(getattr(in_use, self._tone))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        device = painter.device()
        ratio = device.devicePixelRatioF() if device else 1.0
        drawn = pixmap(self._name, self._colour(mode), side, ratio)
        # In a wider place the icon stands at the leading edge, and the rest is its gap to the text.
        top = rect.top() + (rect.height() - side) // 2
        painter.drawPixmap(QRect(rect.left(), top, side, side), drawn)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float
    ) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        side = min(size.width(), size.height())
        painter = QPainter(drawn)
        icon_drawn = pixmap(self._name, self._colour(mode), side)
        painter.drawPixmap(QPoint(0, (size.height() - side) // 2), icon_drawn)
        painter.end()
        drawn.setDevicePixelRatio(scale)
        return drawn

    def isNull(self) -> bool:
        return _source(self._name) is None

    def iconName(self) -> str:
        return self._name

    def key(self) -> str:
        return "kam"

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._tone)
