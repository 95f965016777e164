"""Draws panels and series into plots."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from kam_desktop.services.i18n import _
from kam_desktop.ui.charts.plotting import pg
from kam_desktop.ui.charts.series import Panel, Series, Shape
from kam_desktop.ui.theme import TextRole, colours, theme

AXIS_WIDTH = 56
BAR_DAYS = 18
_DASHES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
    Qt.PenStyle.SolidLine,
)
_MARKERS = ("o", "s", "t1", "d", "t", "x")


def prepare(plot: Any, *, show_dates: bool) -> None:
    """Take away what a reader does not need, and dress the axes."""
    plot.setMouseEnabled(x=False, y=False)
    plot.setMenuEnabled(False)
    plot.hideButtons()
    plot.showGrid(x=False, y=True, alpha=0.12)
    left, bottom = plot.getAxis("left"), plot.getAxis("bottom")
    look = theme()
    for axis in (left, bottom):
        axis.setTextPen(QColor(colours().text2))
        axis.setPen(QPen(Qt.PenStyle.NoPen))
        axis.setTickPen(QPen(QColor(colours().text3), 1))
        axis.setStyle(tickLength=0, tickFont=look.font(TextRole.SMALL))
    left.setWidth(look.px(AXIS_WIDTH))
    left.setStyle(hideOverlappingLabels=False)
    bottom.setStyle(showValues=show_dates)
    bottom.setHeight(look.px(22) if show_dates else look.px(6))


def add_bands(plot: Any, panel: Panel) -> None:
    """The grounds behind the plot."""
    for band in panel.bands:
        ground = QColor(colours().state(band.state)[1])
        region = pg.LinearRegionItem(
            values=(band.low, band.high),
            orientation="horizontal",
            movable=False,
            brush=ground,
            pen=QPen(Qt.PenStyle.NoPen),
        )
        region.setZValue(-50)
        plot.addItem(region, ignoreBounds=True)


def add_series(plot: Any, series: Series) -> None:
    """One series in its shape, with its name at its newest value."""
    colour = QColor(colours().series[series.slot % len(colours().series)])
    x = [float(day.toordinal()) for day in series.days]
    if series.shape is Shape.BAR:
        _add_bars(plot, series, colour)
    else:
        _add_line(plot, series, x, colour)
    if series.label and series.last is not None:
        _add_label(plot, series)


def _add_bars(plot: Any, series: Series, colour: QColor) -> None:
    known = [
        (day.toordinal(), value)
        for day, value in zip(series.days, series.values, strict=True)
        if value is not None
    ]
    if not known:
        return
    bars = pg.BarGraphItem(
        x=[x for x, _value in known],
        height=[value for _x, value in known],
        width=BAR_DAYS,
        brush=colour,
        pen=QPen(Qt.PenStyle.NoPen),
    )
    plot.addItem(bars)


def _add_line(plot: Any, series: Series, x: list[float], colour: QColor) -> None:
    y = [float("nan") if value is None else value for value in series.values]
    pen = QPen(colour, 2, _DASHES[series.slot % len(_DASHES)])
    pen.setCosmetic(True)
    options: dict[str, Any] = {}
    if series.shape is Shape.AREA:
        soft = QColor(colour)
        soft.setAlpha(50)
        options = {"fillLevel": 0.0, "brush": soft}
    plot.plot(
        x,
        y,
        pen=QPen(Qt.PenStyle.NoPen) if series.shape is Shape.POINTS else pen,
        connect="finite",
        symbol=_MARKERS[series.slot % len(_MARKERS)],
        symbolSize=theme().px(6 if series.shape is not Shape.POINTS else 8),
        symbolBrush=colour,
        symbolPen=QPen(Qt.PenStyle.NoPen),
        **options,
    )


def _add_label(plot: Any, series: Series) -> None:
    last = series.last
    if last is None:
        return
    item = pg.TextItem(series.name, color=QColor(colours().text), anchor=(0, 0.5))
    item.setFont(theme().font(TextRole.SMALL))
    item.setPos(last[0].toordinal() + 12, last[1])
    item.setZValue(60)
    plot.addItem(item, ignoreBounds=True)


def add_empty(plot: Any, panel: Panel, days: Sequence[dt.date]) -> None:
    """Say that there is nothing to draw."""
    text = panel.empty or _("Nothing known yet")
    item = pg.TextItem(text, color=QColor(colours().text3), anchor=(0, 0.5))
    item.setFont(theme().font(TextRole.SMALL))
    top = panel.high if panel.high is not None else 1.0
    item.setPos(days[0].toordinal() if days else 0, top / 2)
    plot.addItem(item, ignoreBounds=True)
