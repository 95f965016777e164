"""The numbers of the health rules as fields: what each is called, where it lies, what it allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kam_desktop.models.vocabulary import HealthGroup, InteractionKind
from kam_desktop.services.analysis.health_rules import IndicatorName, VetoName
from kam_desktop.services.health_words import indicator_name, veto_name
from kam_desktop.services.i18n import _
from kam_desktop.services.words import word
from kam_desktop.ui.widgets.stored_numbers import (
    NumberField,
    at_path,
    number_text,
    read_number,
)

_MANY_DAYS = 36_500
ARROW = "→"


@dataclass(frozen=True, slots=True)
class CurveField:
    """The curve of an indicator: from what is measured to a score from 0 to 100."""

    path: tuple[str, ...]
    label: str

    def shown(self, body: Mapping[str, Any]) -> str:
        """The curve as it is typed, e.g. ``0 → 0; 5 → 50``."""
        points = at_path(body, self.path)
        return "; ".join(f"{number_text(x)} {ARROW} {number_text(y)}" for x, y in points)

    def read(self, text: str) -> list[list[float]]:
        """The points to store; raises ``ValueError`` with a message for the user."""
        wrong = ValueError(
            _("Write pairs with rising values and scores from 0 to 100, such as {example}.").format(
                example=f"0 {ARROW} 0; 5 {ARROW} 50"
            )
        )
        points: list[list[float]] = []
        for pair in text.split(";"):
            sides = pair.replace("->", ARROW).split(ARROW)
            try:
                x, y = (read_number(side) for side in sides)
            except ValueError:
                raise wrong from None
            if not 0 <= y <= 100 or (points and x <= points[-1][0]):
                raise wrong
            points.append([x, y])
        return points


RuleField = NumberField | CurveField


@dataclass(frozen=True, slots=True)
class IndicatorFields:
    """What an indicator weighs, and how it is scored."""

    group: HealthGroup
    name: str
    weight: NumberField
    curve: CurveField


def indicator_fields(body: Mapping[str, Any]) -> list[IndicatorFields]:
    """The indicators of the rules, group by group."""
    found = []
    for key, entry in body["indicators"].items():
        name = indicator_name(IndicatorName(key))
        path = ("indicators", key)
        weight = NumberField((*path, "weight"), _("Weight of: {name}").format(name=name), 0, 1000)
        curve = CurveField((*path, "curve"), _("Scoring of: {name}").format(name=name))
        found.append(IndicatorFields(HealthGroup(entry["group"]), name, weight, curve))
    order = list(HealthGroup)
    return sorted(found, key=lambda each: order.index(each.group))


def number_fields(body: Mapping[str, Any]) -> dict[str, list[NumberField]]:
    """The other numbers, by the heading of their card."""
    strength = ("strength",)
    return {
        _("Bands and notices"): [
            NumberField(("bands", "good"), _("Healthy from"), 0, 100),
            NumberField(("bands", "watch"), _("Watch from; below it, at risk"), 0, 100),
            NumberField(("minimum_coverage",), _("Known at least, in %"), 0, 1, factor=100),
            NumberField(("gut_gap",), _("Gut score: say a gap above"), 0, 100),
        ],
        _("Vetoes"): list(_veto_fields(body)),
        _("How long facts count"): [
            NumberField(("max_age_days",), _("Measurements, in days"), 1, _MANY_DAYS, True),
            NumberField(("promises_window_days",), _("Promises, in days"), 1, _MANY_DAYS, True),
            NumberField(
                ("revenue_lag_months",), _("Months until revenue is complete"), 0, 12, True
            ),
        ],
        _("Live contact"): [
            NumberField((*strength, "enough_threads"), _("People in live contact"), 1, 100, True),
            NumberField((*strength, "thread_above"), _("Live above a strength of"), 0, 1),
            NumberField(
                (*strength, "default_cadence_days"), _("Days between contacts"), 1, _MANY_DAYS, True
            ),
            NumberField(
                (*strength, "half_life_cadences"),
                _("Half is gone after such intervals"),
                0.01,
                1000,
            ),
            NumberField((*strength, "normaliser"), _("Sum that means full"), 0.001, 100_000),
        ],
        _("What a contact weighs"): [
            NumberField((*strength, "weights", kind), word(InteractionKind(kind)), 0, 1000)
            for kind in body["strength"]["weights"]
        ],
    }


def _veto_fields(body: Mapping[str, Any]) -> Iterator[NumberField]:
    for key, entry in body["vetoes"].items():
        name = veto_name(VetoName(key))
        cap = _("{veto}: score at most").format(veto=name)
        yield NumberField(("vetoes", key, "cap"), cap, 0, 100)
        if "days" in entry:
            days = {
                VetoName.UNPAID: _("{veto}: from so many days"),
                VetoName.TENDER_LOST: _("{veto}: for so many days"),
            }.get(VetoName(key), _("{veto}: days"))
            yield NumberField(
                ("vetoes", key, "days"), days.format(veto=name), 0, _MANY_DAYS, whole=True
            )
