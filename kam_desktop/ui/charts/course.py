"""The plots of an account's course: its revenue and its touches by month."""

from __future__ import annotations

import datetime as dt

from kam_desktop.services.formatting import money, money_short
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.health import HealthSeries
from kam_desktop.ui.charts.series import Panel, Series, Shape


def monthly_panels(series: HealthSeries) -> list[Panel]:
    """Revenue and touches alone, each bar on the first of its month, where the axis names it."""
    firsts = tuple(day.replace(day=1) for day in series.days)
    return [*revenue_panels(series, firsts), touches_panel(series, firsts)]


def revenue_panels(series: HealthSeries, days: tuple[dt.date, ...] = ()) -> list[Panel]:
    """One plot per currency: unlike currencies share no axis. ``days`` places the bars."""
    days = days or series.days
    title = _("Revenue per month")
    if not series.revenue:
        nothing = Series(title, days, (None,) * len(days), Shape.BAR, 2)
        return [Panel(title, (nothing,), empty=_("No revenue recorded"))]
    return [
        _revenue_panel(f"{title} ({code})", code, days, amounts)
        for code, amounts in sorted(series.revenue.items())
    ]


def _revenue_panel(
    title: str, code: str, days: tuple[dt.date, ...], amounts: tuple[float | None, ...]
) -> Panel:
    def written(value: float) -> str:
        return money(value, code)

    def tick(value: float) -> str:
        return money_short(value, code)

    bars = Series(_("Revenue"), days, amounts, Shape.BAR, 2, label=False)
    return Panel(title, (bars,), written=written, tick=tick)


def touches_panel(series: HealthSeries, days: tuple[dt.date, ...] = ()) -> Panel:
    """How many touches there were in each month."""
    days = days or series.days
    touches = Series(_("Touches"), days, series.touches, Shape.BAR, 4, label=False)
    return Panel(_("Touches per month"), (touches,))
