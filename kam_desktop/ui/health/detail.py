"""One account's health: why, over time, the KAM's own view, and the measurements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kam_desktop.services.formatting import points, relative_date
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.health import HealthCard, HealthDetail, HealthSeries
from kam_desktop.ui.charts.course import revenue_panels, touches_panel
from kam_desktop.ui.charts.series import HEALTH_BANDS, Panel, Series, Shape
from kam_desktop.ui.health.observations import ObservationsCard
from kam_desktop.ui.health.reasons import ReasonsCard
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.theme import Space, theme
from kam_desktop.ui.widgets import Button, Card, Scroller, text_label
from kam_desktop.ui.widgets.number_fields import NumberField

if TYPE_CHECKING:
    from kam_desktop.ui.charts.time_chart import TimeChart


class HealthDetailView(Scroller):
    """Shows a `HealthDetail`; changes go through operations."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._context = context
        self._account_id = ""
        self.reasons = ReasonsCard()
        self.course = CourseCard()
        self.gut = GutCard(context)
        self.observations = ObservationsCard(context)
        for card in (self.reasons, self.course, self.gut, self.observations):
            self.column.addWidget(card)
        self.column.addStretch(1)
        self.observations.removed.connect(self._delete_observation)

    @property
    def account_id(self) -> str:
        return self._account_id

    def show_detail(self, detail: HealthDetail) -> None:
        """Show this account."""
        if detail.card.account_id != self._account_id:
            self.verticalScrollBar().setValue(0)
        self._account_id = detail.card.account_id
        self.reasons.show_card(detail.card)
        self.course.show_series(detail.series)
        self.gut.show_card(detail.card)
        self.observations.show_observations(self._account_id, detail.observations)

    def _delete_observation(self, observation_id: str) -> None:
        from kam_desktop.services import health

        self._context.operations.run(
            self, _("Delete a measurement"), health.delete_observation, observation_id
        )


class CourseCard(Card):
    """Health, revenue and touches on one time axis."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Two years"),
            _(
                "Computed from what was known at the end of each month; gaps are months with too "
                "little known."
            ),
            parent,
        )
        self._chart: TimeChart | None = None

    def show_series(self, series: HealthSeries) -> None:
        """Draw this account's course."""
        if self._chart is None:
            from kam_desktop.ui.charts.time_chart import TimeChart

            self._chart = TimeChart(_("Health, revenue and touches over time"))
            self.add(self._chart)
        self._chart.show_panels(panels(series))


def panels(series: HealthSeries) -> list[Panel]:
    """The three plots of a `HealthSeries`, revenue with one series per currency."""
    gut = tuple(zip(*series.gut, strict=True)) or ((), ())
    kept = [(each.on, each.score) for each in series.kept]
    days, scores = tuple(zip(*kept, strict=True)) or ((), ())
    lines = [Series(_("Health"), series.days, series.scores)]
    if series.gut:
        lines.append(Series(_("Gut score"), gut[0], gut[1], Shape.POINTS, 1))
    if kept:
        lines.append(Series(_("Kept score"), days, scores, Shape.POINTS, 3, label=False))
    found = [
        Panel(
            _("Health"),
            tuple(lines),
            high=100,
            bands=HEALTH_BANDS,
            weight=2,
            empty=_("Too little is known for a score"),
        )
    ]
    return [*found, *revenue_panels(series), touches_panel(series)]


class GutCard(Card):
    """The KAM's own score beside the computed one; a wide gap is said."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(_("Your gut score"), parent=parent)
        self._context = context
        self._account_id = ""
        self._text = text_label("", "secondary", wrap=True)
        self.score = NumberField()
        self.score.setRange(0, 100)
        self.score.setAccessibleName(_("Your gut score, 0 to 100"))
        self.set_button = Button(_("Set"))
        row = QHBoxLayout()
        row.setSpacing(theme().px(Space.S))
        row.addWidget(self.score)
        row.addWidget(self.set_button)
        row.addWidget(self._text, 1)
        self.body.addLayout(row)
        self.set_button.clicked.connect(self._set)

    def show_card(self, card: HealthCard) -> None:
        """Show the last gut score and how far it is from the computed score."""
        self._account_id = card.account_id
        self.set_pills(
            []
            if card.gut_gap is None
            else [(_("{gap} from the score").format(gap=points(card.gut_gap)), "warn")]
        )
        if card.gut is None:
            self._text.setText(_("Before you read the figures: how healthy is it, 0 to 100?"))
            return
        self.score.setValue(round(card.gut.value))
        when = relative_date(card.gut.on, self._context.clock.today())
        text = _("You said {value}, {when}.").format(value=round(card.gut.value), when=when)
        if card.gut_gap is not None:
            text += " " + _("What do you know that the figures do not, or the other way round?")
        self._text.setText(text)

    def _set(self) -> None:
        from kam_desktop.services import health

        self._context.operations.run(
            self,
            _("Set gut score"),
            health.set_gut_score,
            self._account_id,
            float(self.score.value()),
        )
