"""The card that explains a score: the waterfall, and every indicator with its age."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from kam_desktop.services.analysis.health import (
    MIDDLE,
    Band,
    Health,
    IndicatorScore,
    since_previous,
    waterfall,
)
from kam_desktop.services.analysis.health_rules import VetoName
from kam_desktop.services.formatting import age, date, joined, points
from kam_desktop.services.health_words import (
    band_name,
    data_age,
    group_name,
    headline,
    indicator_name,
    indicator_reason,
    known,
    step_name,
    veto_name,
    veto_reason,
)
from kam_desktop.services.i18n import _
from kam_desktop.services.queries.health import HealthCard
from kam_desktop.ui.charts.bands import BAND_STATES, score_state
from kam_desktop.ui.charts.waterfall import Bar, Waterfall
from kam_desktop.ui.theme import Space, State, theme
from kam_desktop.ui.widgets import Card, ElidedLabel, Pill, Rule, clear_layout, text_label


class ReasonsCard(Card):
    """Why the score is what it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.waterfall = Waterfall()
        self._vetoes = text_label("", "secondary", wrap=True)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(theme().px(Space.M))
        self._rows.setVerticalSpacing(theme().px(Space.XS))
        self._rows.setColumnStretch(1, 1)
        self.add(self._vetoes)
        self.add(self.waterfall)
        self.add(Rule())
        self.body.addLayout(self._rows)

    def show_card(self, card: HealthCard) -> None:
        """Explain this account's score."""
        health = card.health
        self.set_title(_title(health))
        self.set_pills(_pills(health))
        self.set_subtitle(joined((headline(health), known(health), data_age(health), _since(card))))
        self._vetoes.setText("\n".join(veto_reason(veto) for veto in health.vetoes))
        self._vetoes.setVisible(bool(health.vetoes))
        self.waterfall.setVisible(health.score is not None)
        self.waterfall.show_bars(_bars(health), _("From 50 to the score"))
        self._show_indicators(health)

    def _show_indicators(self, health: Health) -> None:
        clear_layout(self._rows)
        row = 0
        for group in health.groups:
            members = [each for each in health.indicators if each.group == group.group]
            heading = text_label(group_name(group.group), "small")
            heading.setContentsMargins(0, theme().px(Space.S), 0, 0)
            self._rows.addWidget(heading, row, 0, 1, 4)
            row += 1
            for indicator in members:
                self._add_indicator(indicator, health, row)
                row += 1

    def _add_indicator(self, indicator: IndicatorScore, health: Health, row: int) -> None:
        unknown = indicator.score is None
        name = ElidedLabel(indicator_name(indicator.name), "secondary" if unknown else "body")
        name.setMinimumWidth(theme().px(150))
        reason = ElidedLabel(indicator_reason(indicator), "hint" if unknown else "secondary")
        old = text_label("" if indicator.as_of is None else age(indicator.as_of, health.on), "hint")
        if indicator.as_of is not None:
            old.setToolTip(date(indicator.as_of))
        self._rows.addWidget(name, row, 0)
        self._rows.addWidget(reason, row, 1)
        self._rows.addWidget(old, row, 2, Qt.AlignmentFlag.AlignRight)
        self._rows.addWidget(_score_pill(indicator.score), row, 3, Qt.AlignmentFlag.AlignRight)


def _score_pill(score: float | None) -> Pill:
    if score is None:
        return Pill("?", State.PLAIN)
    return Pill(str(round(score)), score_state(score))


def _title(health: Health) -> str:
    if health.score is None:
        return _("No score yet")
    if health.band is Band.UNKNOWN:
        return _("Health not known well enough")
    return _("Health {score}").format(score=round(health.score))


def _pills(health: Health) -> list[tuple[str, State]]:
    found = [(band_name(health.band), BAND_STATES[health.band])]
    if health.vetoes:
        strictest = min(health.vetoes, key=lambda veto: veto.cap)
        found.append((veto_name(strictest.name), State.BAD))
    return found


def _since(card: HealthCard) -> str:
    previous, score = card.previous, card.health.score
    if previous is None or previous.score is None or score is None:
        return ""
    text = _("{change} since {day}").format(
        change=points(score - previous.score), day=date(previous.on)
    )
    group, moved = since_previous(card.health, previous.explanation)[0]
    if round(moved) == 0:
        return text
    return f"{text}: {group_name(group).lower()} {points(moved)}"


def _bars(health: Health) -> list[Bar]:
    steps = waterfall(health)
    if health.score is None:
        return []
    bars = [Bar(_("Start"), 0, MIDDLE, total=True)]
    bars += [
        Bar(
            _("Held by: {reason}").format(reason=step_name(step.key).lower())
            if step.key in set(VetoName)
            else step_name(step.key),
            step.start,
            step.end,
        )
        for step in steps
    ]
    bars.append(Bar(_("Health"), 0, health.score, total=True, state=BAND_STATES[health.band]))
    return bars
