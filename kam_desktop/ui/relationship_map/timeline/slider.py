"""A slider over the moments at which a map changed, each at its place in time."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from kam_desktop.services import formatting
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.moments import AccountTimes
from kam_desktop.ui.theme import FOCUS_WIDTH, Space, theme

_HANDLE = 8
_HEIGHT = 44
_TALLEST = 10
_NEAR = 6


class MomentSlider(QAbstractSlider):
    """The value counts the moments from 0; the last value is *now*.

    Arrow keys go from moment to moment, Home and End to the first one and to now. A day that is no
    moment (typed as a date) can be shown as well: the handle stands there, the value is that of the
    moment before.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._instants: list[dt.datetime] = []
        self._sizes: list[int] = []
        self._meetings: list[dt.datetime] = []
        self._now = dt.datetime.max.replace(tzinfo=dt.UTC)
        self._shown: dt.datetime | None = None
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Moment"))
        self.setMouseTracking(True)
        self.setRange(0, 0)

    def show_times(self, times: AccountTimes, now: dt.datetime) -> None:
        """Offer the moments of an account; what is shown stays."""
        self.blockSignals(True)
        self._instants = [moment.at for moment in times.moments]
        self._sizes = [moment.changes for moment in times.moments]
        self._meetings = [meeting.at for meeting in times.meetings if self._began <= meeting.at]
        self._now = now
        self.setRange(0, len(self._instants))
        self.setPageStep(max(1, len(self._instants) // 10))
        self.show_instant(self._shown)
        self.blockSignals(False)

    @property
    def _began(self) -> dt.datetime:
        return self._instants[0] if self._instants else self._now

    def instant(self, value: int) -> dt.datetime | None:
        """What a value stands for; None is now."""
        return self._instants[value] if 0 <= value < len(self._instants) else None

    @property
    def shown(self) -> dt.datetime | None:
        """The instant the handle stands at; None is now."""
        return self._shown

    def show_instant(self, at: dt.datetime | None) -> None:
        """Move the handle without telling anybody."""
        self._shown = at
        before = len(self._instants) if at is None else bisect_right(self._instants, at) - 1
        blocked = self.blockSignals(True)
        self.setValue(max(0, before))
        self.blockSignals(blocked)
        self.update()

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        if change == QAbstractSlider.SliderChange.SliderValueChange and not self.signalsBlocked():
            self._shown = self.instant(self.value())
        super().sliderChange(change)

    # Where things are

    def _track(self) -> QRectF:
        side = theme().px(_HANDLE) + FOCUS_WIDTH
        middle = self.height() * 0.62
        return QRectF(side, middle - 2, max(1, self.width() - 2 * side), 4)

    def _x(self, at: dt.datetime) -> float:
        track, span = self._track(), (self._now - self._began).total_seconds()
        share = (at - self._began).total_seconds() / span if span > 0 else 1.0
        return float(track.left() + min(1.0, max(0.0, share)) * track.width())

    def _nearest(self, x: float) -> int:
        """The value whose place is nearest to ``x``."""
        places = [*map(self._x, self._instants), self._x(self._now)]
        # Of moments at one place the latest is meant.
        return min(range(len(places)), key=lambda value: (abs(places[value] - x), -value))

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        self.setValue(self._nearest(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setValue(self._nearest(event.position().x()))
        else:
            self.setToolTip(self._tip(event.position().x()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def _tip(self, x: float) -> str:
        value = self._nearest(x)
        at = self.instant(value)
        if at is None or abs(self._x(at) - x) > theme().px(_NEAR):
            return ""
        return _("{date} · changes: {n}").format(
            date=formatting.date(at.date()), n=self._sizes[value]
        )

    # Looks

    def sizeHint(self) -> QSize:
        return QSize(theme().px(300), theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, track = theme().colours, self._track()
        handle = self._x(self._shown or self._now)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.line))
        painter.drawRoundedRect(track, 2, 2)
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(QRectF(track.topLeft(), QPointF(handle, track.bottom())), 2, 2)
        self._draw_moments(painter, handle)
        self._draw_meetings(painter)
        self._draw_handle(painter, QPointF(handle, track.center().y()))

    def _draw_moments(self, painter: QPainter, handle: float) -> None:
        """Ticks below the track, the taller the more was changed that day."""
        colours, top = theme().colours, self._track().bottom() + theme().px(Space.XS)
        most = max(self._sizes, default=1)
        for at, size in zip(self._instants, self._sizes, strict=True):
            x = self._x(at)
            height = theme().px(4) + theme().px(_TALLEST - 4) * (size / most) ** 0.5
            painter.setPen(QPen(QColor(colours.accent if x <= handle else colours.text3), 2))
            painter.drawLine(QPointF(x, top), QPointF(x, top + height))

    def _draw_meetings(self, painter: QPainter) -> None:
        """Meetings as small diamonds above the track."""
        half, colours = theme().px(3), theme().colours
        y = self._track().top() - theme().px(Space.S)
        painter.setPen(QPen(QColor(colours.text2), 1))
        painter.setBrush(QColor(colours.surface))
        for at in self._meetings:
            x = self._x(at)
            corners: Sequence[tuple[float, float]] = ((0, -half), (half, 0), (0, half), (-half, 0))
            painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in corners]))

    def _draw_handle(self, painter: QPainter, centre: QPointF) -> None:
        colours, radius = theme().colours, theme().px(_HANDLE) - FOCUS_WIDTH
        painter.setPen(QPen(QColor(colours.surface), FOCUS_WIDTH))
        painter.setBrush(QColor(colours.accent))
        painter.drawEllipse(centre, radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), FOCUS_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, radius + 3, radius + 3)
