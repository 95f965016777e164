"""What a chart shows, as plain values: no drawing here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from kam_desktop.services.formatting import number


class Shape(StrEnum):
    """How a series is drawn."""

    LINE = "line"
    AREA = "area"
    BAR = "bar"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Series:
    """Dated values; None is a gap, and no line is drawn across it.

    ``slot`` chooses colour, dash and marker, so that a series keeps its look in every chart.
    """

    name: str
    days: tuple[dt.date, ...]
    values: tuple[float | None, ...]
    shape: Shape = Shape.LINE
    slot: int = 0
    label: bool = True

    @property
    def last(self) -> tuple[dt.date, float] | None:
        """The newest known value."""
        for day, value in zip(reversed(self.days), reversed(self.values), strict=True):
            if value is not None:
                return day, value
        return None

    def at(self, day: dt.date) -> float | None:
        """The value of a day; None when the series has none for it."""
        try:
            return self.values[self.days.index(day)]
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Band:
    """A ground behind a plot from ``low`` to ``high``; ``state`` as in `theme.State`."""

    low: float
    high: float
    state: str


HEALTH_BANDS = (Band(0, 33.5, "bad"), Band(33.5, 66.5, "warn"), Band(66.5, 100, "good"))


@dataclass(frozen=True, slots=True)
class Panel:
    """One plot of a chart. ``low`` and ``high`` fix the value axis; None fits it to the data.

    ``written`` words a value exactly, ``tick`` shortly for the axis.
    """

    title: str
    series: tuple[Series, ...]
    low: float | None = 0.0
    high: float | None = None
    bands: tuple[Band, ...] = ()
    weight: int = 1
    written: Callable[[float], str] = number
    tick: Callable[[float], str] = number
    empty: str = field(default="")

    @property
    def known(self) -> bool:
        """Whether there is anything to draw."""
        return any(value is not None for series in self.series for value in series.values)
