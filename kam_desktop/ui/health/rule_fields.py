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
from kam_desktop.ui.health.observations import read_number

_MANY_DAYS = 36_500
ARROW = "→"


@dataclass(frozen=True, slots=True)
class NumberField:
    """One number at ``path`` of the rules, from ``low`` to ``high``; ``factor`` 100 for percent."""

    path: tuple[str, ...]
    label: str
    low: float
    high: float
    whole: bool = False
    factor: int = 1

    def shown(self, body: Mapping[str, Any]) -> str:
        """The number as it is typed."""
        return number_text(at_path(body, self.path) * self.factor)

    def read(self, text: str) -> int | float:
        """The number to store; raises ``ValueError`` with a message for the user."""
        value = read_number(text)
        low, high = self.low * self.factor, self.high * self.factor
        if not low <= value <= high or (self.whole and value != round(value)):
            words = _("Enter a number from {low} to {high}.")
            raise ValueError(words.format(low=number_text(low), high=number_text(high)))
        value = value / self.factor
        return int(value) if value == int(value) else value


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


def at_path(body: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """The value at a path."""
    found: Any = body
    for key in path:
        found = found[key]
    return found


def put_at_path(body: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    """Put a value at a path that exists."""
    at_path(body, path[:-1])[path[-1]] = value


def number_text(value: float) -> str:
    """A number as the region writes it, with as many digits as it has."""
    from babel.numbers import format_decimal

    from kam_desktop.services.formatting import region

    return str(format_decimal(value, format="0.######", locale=region()))
