"""The overview's chart of the last year: what was sold and how often we were in touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from kam_desktop.services.i18n import _
from kam_desktop.services.queries.health import HealthSeries
from kam_desktop.ui.charts.course import monthly_panels
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets import Card, text_label

if TYPE_CHECKING:
    from kam_desktop.ui.charts.time_chart import TimeChart

DRAWN_AFTER_MS = 250
"""Who leafs through accounts does not wait for charts nobody looks at."""


class CourseCard(Card):
    """Revenue and touches by month; says what to do while neither is known."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Revenue and touches"), parent=parent)
        self._context = context
        self._series: HealthSeries | None = None
        self._chart: TimeChart | None = None
        self._loading = False
        # Drawing takes longer than the rest of the page together: first let that be seen.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(DRAWN_AFTER_MS)
        self._soon.timeout.connect(self._prepare)
        self._nothing = text_label(
            _("No revenue and no touch in the last year. Log a touch, or import revenue."),
            "hint",
            wrap=True,
        )
        self.add(self._nothing)

    def show_series(self, series: HealthSeries) -> None:
        """Draw this year; the plotting library is loaded on another thread at the first one."""
        known = bool(series.revenue) or any(series.touches)
        if self._chart is not None and known and series == self._series:
            return
        self._series = series if known else None
        self._nothing.setVisible(not known)
        self.set_subtitle(_("The last twelve months") if known else "")
        if self._chart is not None:
            self._chart.setVisible(known)
        if known:
            self._soon.start()

    def _prepare(self) -> None:
        if self._chart is not None:
            self._draw()
        elif not self._loading:
            self._loading = True
            self._context.lanes.io(self, _chart_class, on_done=self._add_chart)

    def _add_chart(self, chart_class: type[TimeChart]) -> None:
        self._chart = chart_class(_("Revenue and touches by month"), by_month=True)
        self.add(self._chart)
        self._chart.setVisible(self._series is not None)
        self._draw()

    def _draw(self) -> None:
        if self._chart is not None and self._series is not None:
            self._chart.show_panels(monthly_panels(self._series))


def _chart_class() -> type[TimeChart]:
    """Half a second of imports; no widget is made by them."""
    from kam_desktop.ui.charts.time_chart import TimeChart

    return TimeChart
