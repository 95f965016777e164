"""Charts: gaps stay gaps, values can be reached by key, and everything is said in words too."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kam_desktop.services.formatting import set_region
from kam_desktop.ui.charts.series import HEALTH_BANDS, Panel, Series, Shape
from kam_desktop.ui.charts.sparkline import Sparkline, paint_sparkline, zoomed
from kam_desktop.ui.charts.time_chart import TimeChart
from kam_desktop.ui.charts.waterfall import Bar, Waterfall
from kam_desktop.ui.theme import Theme

DAYS = tuple(dt.date(2026, month, 28) for month in range(1, 7))
SCORES = (60.0, 62.0, None, None, 55.0, 58.0)


@pytest.fixture
def chart(qtbot: QtBot, theme: Theme) -> TimeChart:
    set_region("en_GB")
    made = TimeChart("Health")
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show_panels(
        [
            Panel("Health", (Series("Health", DAYS, SCORES),), high=100, bands=HEALTH_BANDS),
            Panel("Touches", (Series("Touches", DAYS, (1, 0, 2, 3, 4, 5), Shape.BAR, 1),)),
        ]
    )
    made.show()
    return made


def test_the_cursor_starts_at_the_newest_day(chart: TimeChart) -> None:
    assert chart.reading == "28 Jun 2026 · Health 58 · Touches 5"


def test_left_and_right_read_day_by_day_and_name_what_is_unknown(chart: TimeChart) -> None:
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.reading == "28 May 2026 · Health 55 · Touches 4"
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.reading == "28 Apr 2026 · Health unknown · Touches 3"
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert chart.reading.startswith("28 Jan 2026")
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.reading.startswith("28 Jan 2026")
    assert chart.accessibleDescription() == chart.reading


def test_no_line_is_drawn_across_a_gap(chart: TimeChart) -> None:
    line = chart._plots[0].listDataItems()[0]
    _x, y = line.getOriginalDataset()
    assert np.isnan(y[2])
    assert np.isnan(y[3])
    assert line.opts["connect"] == "finite"


def test_changing_the_look_keeps_the_cursor(chart: TimeChart, theme: Theme) -> None:
    QTest.keyClick(chart, Qt.Key.Key_Home)
    theme.apply("dark", scale=2.0)
    assert chart.reading.startswith("28 Jan 2026")


def test_nothing_known_is_said(qtbot: QtBot, theme: Theme) -> None:
    chart = TimeChart("Empty")
    qtbot.addWidget(chart)
    chart.show_panels([Panel("Health", (Series("Health", DAYS, (None,) * 6),))])
    assert "unknown" in chart.reading
    chart.show_panels([])
    assert chart.reading == ""


def _inked_columns(values: tuple[float | None, ...]) -> list[bool]:
    """Which of the columns of a painted line, one per value, have any ink."""
    image = QImage(120, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_sparkline(painter, QRectF(0, 0, 120, 40), values)
    painter.end()
    white = QColor("white").rgb()
    return [any(image.pixel(x, y) != white for y in range(40)) for x in range(4, 117, 112 // 14)]


def test_a_small_line_has_gaps_too(theme: Theme) -> None:
    inked = _inked_columns((50.0, 60.0, 50.0, None, None, 60.0, 50.0, 60.0))
    assert inked[0]
    assert inked[-1]
    assert not all(inked)


def test_a_small_line_says_its_values(qtbot: QtBot, theme: Theme) -> None:
    line = Sparkline()
    qtbot.addWidget(line)
    line.show_values((None, 40.0, 62.4), "good", "Health")
    assert line.accessibleDescription() == "From 40 to 62, 2 values"
    line.show_values((None, None), "plain", "Health")
    assert line.accessibleDescription() == "No values known"


def test_small_movements_are_not_blown_up() -> None:
    low, high = zoomed((50.0, 51.0))
    assert high - low == pytest.approx(20)
    assert zoomed(()) == (0.0, 100.0)


def test_a_waterfall_says_every_bar(qtbot: QtBot, theme: Theme) -> None:
    widget = Waterfall()
    qtbot.addWidget(widget)
    bars = [Bar("Start", 0, 50, total=True), Bar("People", 50, 42.4), Bar("Health", 0, 42.4, True)]
    widget.show_bars(bars, "Why")
    widget.resize(400, widget.sizeHint().height())
    widget.grab()
    assert widget.accessibleDescription() == "Start 50; People −8; Health 42"
