"""Revenue by month, one plot per currency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kam_desktop.services.formatting import money, money_list, money_short
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.commercial import RevenueMonths
from kam_desktop.ui.charts.series import Panel, Series, Shape
from kam_desktop.ui.widgets import Button, Card, text_label

if TYPE_CHECKING:
    from kam_desktop.ui.charts.time_chart import TimeChart


class RevenueCard(Card):
    """Revenue by month, one plot per currency."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Revenue"), parent=parent)
        self.add_button = Button(_("Add"), "quiet", icon_name="plus")
        self.add_tool(self.add_button)
        self._chart: TimeChart | None = None
        self._nothing = text_label(
            _("No revenue recorded. Import it from your CRM or add an entry."), "hint", wrap=True
        )
        self.add(self._nothing)

    def show_months(self, revenue: RevenueMonths) -> None:
        """Draw these months; the plotting library is loaded only when there is something."""
        self._nothing.setVisible(not revenue.months)
        if self._chart is not None:
            self._chart.setVisible(bool(revenue.months))
        if not revenue.months:
            self.set_subtitle("")
            return
        if self._chart is None:
            from kam_desktop.ui.charts.time_chart import TimeChart

            self._chart = TimeChart(_("Revenue by month"), by_month=True)
            self.add(self._chart)
        totals = {
            code: sum(each or 0.0 for each in amounts[-12:])
            for code, amounts in revenue.amounts.items()
        }
        self.set_subtitle(_("Last twelve months: {total}").format(total=money_list(totals)))
        self._chart.show_panels([_panel(code, revenue) for code in sorted(revenue.amounts)])


def _panel(code: str, revenue: RevenueMonths) -> Panel:
    def written(value: float) -> str:
        return money(value, code)

    def tick(value: float) -> str:
        return money_short(value, code)

    slot = sorted(revenue.amounts).index(code)
    bars = Series(code, revenue.months, revenue.amounts[code], Shape.BAR, slot)
    return Panel(_("Per month, {code}").format(code=code), (bars,), written=written, tick=tick)
