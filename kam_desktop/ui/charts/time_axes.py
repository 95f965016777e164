"""The axes of a chart over time: months below, the panel's own words at the left."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from kam_desktop.services import formatting
from kam_desktop.ui.charts.plotting import pg
from kam_desktop.ui.charts.series import Panel
from kam_desktop.ui.theme import theme

_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


class MonthAxis(pg.AxisItem):  # type: ignore[misc]
    """Ticks on the first of a month; values are proleptic ordinals of days."""

    def __init__(self) -> None:
        super().__init__("bottom")

    def tickValues(self, least: float, most: float, size: float) -> list[tuple[float, list[float]]]:
        try:
            return [(30.0, _month_starts(least, most, size))]
        except (ValueError, OverflowError):
            return []

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> list[str]:
        return [formatting.month(dt.date.fromordinal(int(value))) for value in values]


class ValueAxis(pg.AxisItem):  # type: ignore[misc]
    """Words its values as the panel does."""

    def __init__(self, panel: Panel) -> None:
        super().__init__("left")
        self._panel = panel
        self.enableAutoSIPrefix(False)

    def tickValues(self, least: float, most: float, size: float) -> list[tuple[float, list[float]]]:
        if self._panel.bands:
            return [(33.0, [0.0, 33.5, 66.5, 100.0])]
        return [(1.0, _round_values(least, most, size))]

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> list[str]:
        tick = self._panel.tick
        return [tick(math.ceil(value) if self._panel.bands else value) for value in values]


def _round_values(least: float, most: float, size: float) -> list[float]:
    """Round numbers within a range, about one per 32 pixels."""
    room = max(1.0, size / theme().px(32))
    rough = max(most - least, 1e-9) / room
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= rough)
    first, last = math.ceil(least / step), math.floor(most / step)
    return [step * index for index in range(first, last + 1)]


def _month_starts(least: float, most: float, size: float) -> list[float]:
    """The ordinals of the firsts of months that get a tick, about one per 90 pixels."""
    first, last = dt.date.fromordinal(int(least)), dt.date.fromordinal(int(most))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    room = max(1, int(size / theme().px(90)))
    step = next((each for each in _STEPS if months / each <= room), _STEPS[-1])
    starts = []
    for index in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        start = dt.date(index // 12, index % 12 + 1, 1).toordinal()
        if index % step == 0 and least <= start <= most:
            starts.append(float(start))
    return starts
