"""What the signs and lines of the map mean, drawn with the same code as the map."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kam_desktop.models.vocabulary import Support, TieKind
from kam_desktop.services import words
from kam_desktop.services.i18n import _
from kam_desktop.services.map_scene import TieSpec
from kam_desktop.ui.relationship_map.symbols import (
    SIZE,
    draw_bar,
    draw_pips,
    draw_support,
    support_colour,
)
from kam_desktop.ui.relationship_map.tie_items import tie_mark, tie_path, tie_pen
from kam_desktop.ui.theme import CARD_RADIUS, Space, TextRole, Theme

_SIGNS: tuple[int | None, ...] = (*(int(value) for value in Support), None)
_SIGN_WIDTH = 62


class Legend(QWidget):
    """A small key in a corner of the map."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(_("Legend"))
        self._lines = [
            (TieKind.REPORTS_TO, words.word(TieKind.REPORTS_TO)),
            *((kind, words.word(kind)) for kind in TieKind if kind is not TieKind.REPORTS_TO),
        ]
        self.setAccessibleDescription(", ".join(text for _kind, text in self._lines))
        theme.changed.connect(self._resize)
        self._resize()

    def _texts(self) -> list[str]:
        signs = [words.word(None if v is None else Support(v)) for v in _SIGNS]
        facts = [_("influence 7 of 10"), _("influence unknown"), _("our contact"), _("vacant seat")]
        return [*signs, *(text for _kind, text in self._lines), *facts]

    def _resize(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        px = self._theme.px
        metrics = QFontMetrics(self._theme.font(TextRole.SMALL))
        widest = max(metrics.horizontalAdvance(text) for text in self._texts())
        rows = len(self._texts())
        height = px(Space.M) * 2 + rows * self._row() + px(Space.S) * 2
        return QSize(px(_SIGN_WIDTH) + widest + px(Space.L) * 2, height)

    def _row(self) -> int:
        return self._theme.px(19)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, px = self._theme.colours, self._theme.px
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.surface))
        radius = px(CARD_RADIUS)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setFont(self._theme.font(TextRole.SMALL))
        middle = px(Space.M) + self._row() / 2
        signs, lines = len(_SIGNS), len(self._lines)
        for at, text in enumerate(self._texts()):
            self._sign(painter, at, middle)
            painter.setPen(QColor(colours.text2))
            painter.drawText(
                QRectF(
                    px(_SIGN_WIDTH) + px(Space.L),
                    middle - self._row() / 2,
                    self.width(),
                    self._row(),
                ),
                Qt.AlignmentFlag.AlignVCenter,
                text,
            )
            middle += self._row() + (px(Space.S) if at in (signs - 1, signs + lines - 1) else 0)
        painter.end()

    def _sign(self, painter: QPainter, at: int, middle: float) -> None:
        px, colours = self._theme.px, self._theme.colours
        left, width = float(px(Space.L)), float(px(_SIGN_WIDTH - 10))
        signs, lines = len(_SIGNS), len(self._lines)
        if at < signs:
            colour = support_colour(_SIGNS[at], colours)
            size = SIZE * self._theme.scale
            shown = size * 2 + 1 if _SIGNS[at] == Support.MENTOR else size
            draw_support(painter, left + (width + shown) / 2, middle, _SIGNS[at], colour, size)
        elif at < signs + lines:
            self._tie(painter, self._lines[at - signs][0], left, middle, width)
        elif at < signs + lines + 2:
            known = 7 if at == signs + lines else None
            draw_pips(painter, left, middle, known, colours, self._theme.scale)
        elif at == signs + lines + 2:
            draw_bar(painter, QRectF(left, middle - 2, width, 4), 0.6, colours)
        else:
            pen = QPen(QColor(colours.text3), 1.0, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(left, middle - 6, width, 12), 4, 4)

    def _tie(
        self, painter: QPainter, kind: TieKind, left: float, middle: float, width: float
    ) -> None:
        start, end = (left, middle), (left + width, middle)
        spec = TieSpec("", "", "", kind, kind is TieKind.REPORTS_TO, "", (start, end))
        pen = tie_pen(kind, solid=True, colours=self._theme.colours)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(tie_path(kind, spec.points))
        if kind is TieKind.CONFLICT:
            painter.setPen(QPen(pen.color(), pen.widthF()))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(pen.color())
        painter.drawPath(tie_mark(spec, spec.points))
