"""Charts over time: one or more plots above each other on one time axis.

Import this module when the first chart is shown: it loads pyqtgraph, which takes half a second.

Exact values appear under the pointer; with the keyboard, Left and Right go from day to day, Home
and End to the ends, and every value reached is in the accessible description.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kam_desktop.services import formatting
from kam_desktop.services.i18n import _
from kam_desktop.ui.charts.plotting import pg
from kam_desktop.ui.charts.series import Panel
from kam_desktop.ui.charts.time_axes import MonthAxis, ValueAxis
from kam_desktop.ui.charts.time_plots import (
    AXIS_WIDTH,
    BAR_DAYS,
    add_bands,
    add_empty,
    add_series,
    prepare,
)
from kam_desktop.ui.theme import Space, TextRole, colours, theme
from kam_desktop.ui.widgets.labels import ElidedLabel

_PANEL_HEIGHT = 96


class TimeChart(QWidget):
    """Aligned plots with one cursor, to be put on a card. Give it `Panel` values.

    ``by_month`` says that each day stands for its month, and is read so.
    """

    def __init__(
        self, name: str = "", parent: QWidget | None = None, *, by_month: bool = False
    ) -> None:
        super().__init__(parent)
        self._day_words = formatting.month if by_month else formatting.date
        self._panels: tuple[Panel, ...] = ()
        self._days: tuple[dt.date, ...] = ()
        self._plots: list[Any] = []
        self._cursors: list[Any] = []
        self._at = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._readout = ElidedLabel("", "small")
        self._canvas = _Canvas(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(Space.XS))
        column.addWidget(self._readout)
        column.addWidget(self._canvas, 1)
        self._connect_signals()

    def _connect_signals(self) -> None:
        theme().changed.connect(self._draw)
        self._canvas.scene().sigMouseMoved.connect(self._hover)

    # For the page

    def show_panels(self, panels: Sequence[Panel]) -> None:
        """Draw these plots from now on; a panel without values says so instead."""
        self._panels = tuple(panels)
        days = {day for panel in panels for series in panel.series for day in series.days}
        self._days = tuple(sorted(days))
        self._at = len(self._days) - 1
        self._draw()

    @property
    def reading(self) -> str:
        """The values at the cursor, as shown and spoken."""
        return self._readout.text()

    def sizeHint(self) -> QSize:
        rows = sum(panel.weight for panel in self._panels) or 1
        return QSize(theme().px(520), theme().px(_PANEL_HEIGHT * rows + 48))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(240), self.sizeHint().height())

    # Drawing

    def _draw(self) -> None:
        self._canvas.clear()
        self._canvas.setBackground(QColor(colours().surface))
        self._plots, self._cursors = [], []
        for row, panel in enumerate(self._panels):
            self._add_plot(panel, row * 2, last=row == len(self._panels) - 1)
        self._fit_days()
        self.updateGeometry()
        self._move_to(self._at)

    def _add_plot(self, panel: Panel, row: int, *, last: bool) -> None:
        title = pg.LabelItem(justify="left")
        size = f"{theme().font(TextRole.SMALL).pixelSize()}px"
        title.setText(escape(panel.title), color=colours().text2, size=size, bold=True)
        self._canvas.addItem(title, row=row, col=0)
        axes = {"left": ValueAxis(panel), "bottom": MonthAxis()}
        plot = self._canvas.addPlot(row=row + 1, col=0, axisItems=axes)
        prepare(plot, show_dates=last)
        self._canvas.ci.layout.setRowStretchFactor(row + 1, panel.weight)
        add_bands(plot, panel)
        if panel.known:
            for series in panel.series:
                add_series(plot, series)
        else:
            add_empty(plot, panel, self._days)
        self._set_ranges(plot, panel)
        cursor = pg.InfiniteLine(angle=90, pen=QPen(QColor(colours().text3), 0))
        cursor.setZValue(50)
        plot.addItem(cursor, ignoreBounds=True)
        if self._plots:
            plot.setXLink(self._plots[0])
        self._plots.append(plot)
        self._cursors.append(cursor)

    def _set_ranges(self, plot: Any, panel: Panel) -> None:
        values = [v for series in panel.series for v in series.values if v is not None]
        low = min(values, default=0.0) if panel.low is None else min([panel.low, *values])
        high = max(values, default=1.0) if panel.high is None else panel.high
        if high <= low:
            high = low + 1
        room = 0.0 if panel.high is not None else (high - low) * 0.12
        plot.setYRange(low, high + room, padding=0.02)

    def _fit_days(self) -> None:
        """Show all days, and keep room at the right for the names of the series."""
        if not self._days or not self._plots:
            return
        metrics = QFontMetrics(theme().font(TextRole.SMALL))
        names = [series.name for panel in self._panels for series in panel.series if series.label]
        label = max((metrics.horizontalAdvance(name) for name in names), default=0)
        width = max(100, self.width() - theme().px(AXIS_WIDTH))
        room = min(0.5, (label + theme().px(Space.L)) / width)
        first, last = self._days[0].toordinal(), self._days[-1].toordinal()
        span = max(30, last - first)
        edge = max(span * 0.02, BAR_DAYS * 0.6)
        whole = (span + 2 * edge) / (1 - room)
        self._plots[0].setXRange(first - edge, first - edge + whole, padding=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_days()

    # The cursor

    def _hover(self, place: QPointF) -> None:
        if not self._plots or not self._days:
            return
        x = self._plots[0].vb.mapSceneToView(place).x()
        nearest = min(range(len(self._days)), key=lambda at: abs(self._days[at].toordinal() - x))
        self._move_to(nearest)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._days) - 1
        moves = {
            Qt.Key.Key_Left: self._at - 1,
            Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        target = moves.get(Qt.Key(event.key()))
        if target is None or last < 0:
            super().keyPressEvent(event)
            return
        self._move_to(min(last, max(0, target)))

    def _move_to(self, at: int) -> None:
        if not 0 <= at < len(self._days):
            self._readout.setText("")
            return
        self._at = at
        day = self._days[at]
        for cursor in self._cursors:
            cursor.setPos(day.toordinal())
        self._readout.setText(self._spoken(day))
        self.setAccessibleDescription(self._readout.text())

    def _spoken(self, day: dt.date) -> str:
        parts = [self._day_words(day)]
        for panel in self._panels:
            for series in panel.series:
                value = series.at(day)
                if value is not None:
                    parts.append(f"{series.name} {panel.written(value)}")
                elif day in series.days:
                    parts.append(_("{name} unknown").format(name=series.name))
        return formatting.joined(parts)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark_focus(colours().accent, 2)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark_focus(colours().text3, 0)

    def _mark_focus(self, colour: str, width: int) -> None:
        for cursor in self._cursors:
            cursor.setPen(QPen(QColor(colour), width))


class _Canvas(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """Leaves the wheel to the page and the keys to the chart."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ci.layout.setContentsMargins(0, 0, 0, 0)
        self.ci.layout.setSpacing(0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
