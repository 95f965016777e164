"""A small line without axes for cards and table cells, drawn with the plain painter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from kam_desktop.services.i18n import _
from kam_desktop.ui.theme import State, colours, theme

_MARGIN = 4.0


def paint_sparkline(
    painter: QPainter,
    area: QRectF,
    values: Sequence[float | None],
    state: State | str = State.ACCENT,
    *,
    low: float = 0.0,
    high: float = 100.0,
) -> None:
    """Draw ``values`` (oldest first, None is a gap) into ``area``, with a dot on the newest."""
    points = _points(area, values, low, high)
    colour = QColor(colours().state(state)[0])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for run in _runs(points):
        if len(run) > 1:
            painter.drawPolyline(QPolygonF(run))
        else:
            painter.drawPoint(run[0])
    newest = points[-1] if points else None
    if newest is not None:
        painter.setBrush(colour)
        painter.drawEllipse(newest, 2.4, 2.4)
    painter.restore()


def _points(
    area: QRectF, values: Sequence[float | None], low: float, high: float
) -> list[QPointF | None]:
    inner = area.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    step = inner.width() / max(1, len(values) - 1)
    span = (high - low) or 1.0
    return [
        None
        if value is None
        else QPointF(
            inner.left() + index * step,
            inner.bottom() - inner.height() * (min(high, max(low, value)) - low) / span,
        )
        for index, value in enumerate(values)
    ]


def _runs(points: list[QPointF | None]) -> list[list[QPointF]]:
    runs: list[list[QPointF]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def zoomed(values: Sequence[float | None], least: float = 20.0) -> tuple[float, float]:
    """A range that shows the movement of scores: at least ``least`` points high, within 0 … 100."""
    known = [value for value in values if value is not None]
    if not known:
        return 0.0, 100.0
    middle = (min(known) + max(known)) / 2
    half = max(least, (max(known) - min(known)) * 1.1) / 2
    return middle - half, middle + half


class Sparkline(QWidget):
    """The line as a widget; its accessible text says first, last and how many values are known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[float | None, ...] = ()
        self._state: State | str = State.ACCENT
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_values(
        self, values: Sequence[float | None], state: State | str, name: str = ""
    ) -> None:
        """Draw these values from now on."""
        self._values, self._state = tuple(values), state
        self.setAccessibleName(name)
        self.setAccessibleDescription(_spoken(self._values))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        low, high = zoomed(self._values)
        painter = QPainter(self)
        paint_sparkline(painter, QRectF(self.rect()), self._values, self._state, low=low, high=high)
        painter.end()


def _spoken(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return _("No values known")
    return _("From {first} to {last}, {n} values").format(
        first=round(known[0]), last=round(known[-1]), n=len(known)
    )
