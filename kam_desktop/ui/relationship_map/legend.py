"""What the signs and lines of the map mean, drawn from the same marks as the map."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QStyle, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.legend_marks import HEIGHT, WIDTH, LegendGroup, map_legend
from kam_desktop.ui.relationship_map.mark_painting import Pens, Recording
from kam_desktop.ui.theme import Space, TextRole, Theme


class Legend(QScrollArea):
    """A key beside the map, as narrow as its words; it scrolls where there is little room."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        groups: Iterable[LegendGroup] | None = None,
    ) -> None:
        super().__init__(parent)
        self._key = _Key(theme, tuple(map_legend() if groups is None else groups))
        self.setAccessibleName(_("Legend"))
        self.setAccessibleDescription(self._key.accessibleDescription())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._key)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.setFixedWidth(self._key.sizeHint().width() + bar + 2 * self.frameWidth())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        height = self._key.sizeHint().height() + 2 * self.frameWidth()
        return QSize(self.width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.width(), 4 * self._key.row_height)


class _Key(QWidget):
    """The pictures and their words, one below the other."""

    def __init__(self, theme: Theme, groups: tuple[LegendGroup, ...]) -> None:
        super().__init__()
        self._theme = theme
        self._groups = groups
        self._pictures: list[Recording] = []
        texts = [entry.text for group in self._groups for entry in group.entries]
        self.setAccessibleDescription(", ".join(texts))
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        pens = Pens.of(self._theme)
        self._pictures = [
            Recording(entry.marks, pens) for group in self._groups for entry in group.entries
        ]
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        px = self._theme.px
        metrics = QFontMetrics(self._theme.font(TextRole.SMALL))
        heads = QFontMetrics(self._theme.font(TextRole.SMALL, bold=True))
        widest = max(
            [px(WIDTH + Space.S) + metrics.horizontalAdvance(entry.text)
             for group in self._groups for entry in group.entries]
            + [heads.horizontalAdvance(group.title) for group in self._groups]
        )  # fmt: skip
        rows = sum(len(group.entries) + 1 for group in self._groups)
        gaps = px(Space.S) * (len(self._groups) - 1)
        return QSize(widest + 2 * px(Space.M), rows * self.row_height + gaps + 2 * px(Space.S))

    @property
    def row_height(self) -> int:
        """The height of one entry, in pixels."""
        return self._theme.px(HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = self._theme.px
        x, y = float(px(Space.M)), float(px(Space.S))
        pictures = iter(self._pictures)
        for group in self._groups:
            self._words(painter, group.title, x, y, bold=True)
            y += self.row_height
            for entry in group.entries:
                self._picture(painter, next(pictures), x, y)
                self._words(painter, entry.text, x + px(WIDTH + Space.S), y)
                y += self.row_height
            y += px(Space.S)
        painter.end()

    def _picture(self, painter: QPainter, picture: Recording, x: float, y: float) -> None:
        painter.save()
        painter.translate(x, y)
        painter.scale(self._theme.scale, self._theme.scale)
        picture.paint(painter)
        painter.restore()

    def _words(
        self, painter: QPainter, text: str, x: float, y: float, *, bold: bool = False
    ) -> None:
        colours = self._theme.colours
        painter.setFont(self._theme.font(TextRole.SMALL, bold=bold))
        painter.setPen(QColor(colours.text if bold else colours.text2))
        room = QRectF(x, y, self.width() - x, self.row_height)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
