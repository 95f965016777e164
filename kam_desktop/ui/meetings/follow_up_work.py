"""The steps after a proposal with their days, and the use case that makes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kam_desktop.services.i18n import _
from kam_desktop.ui.times import day_text

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step with its day; ``why`` says which holidays it avoids, '' for none."""

    key: str
    text: str
    day: dt.date
    why: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class FollowUpPlan:
    """What was chosen; ``days`` by step, None leaves a step out."""

    account_id: str
    sent_on: dt.date
    meeting_id: str | None
    opportunity_id: str | None
    valid_until: dt.date | None
    days: Mapping[str, dt.date | None]


def knows_country(country: str) -> bool:
    """Whether the holidays of a country are known."""
    from kam_desktop.services.analysis.working_days import country_code

    return country_code(country) is not None


def planned_steps(country: str, sent_on: dt.date) -> list[PlannedStep]:
    """The steps on working days of ``country``, with the holidays passed over on the way."""
    from kam_desktop.services.actions import planned_follow_up

    found = []
    before = sent_on
    for at, (step, planned) in enumerate(planned_follow_up(country, sent_on)):
        day = planned if at else sent_on
        found.append(
            PlannedStep(step.key, _(step.text), day, _passed(country, before, day), not at)
        )
        before = max(before, day)
    return found


def why_not(country: str, day: dt.date) -> str:
    """Why a day is not a working day: ``25 Dec is a holiday in Italy: Natale``; '' when it is."""
    from kam_desktop.services.analysis.working_days import holiday_name, working_days_of

    name = holiday_name(country, day)
    if name:
        text = _("{day} is a holiday in {country}: {name}")
        return text.format(day=day_text(day), country=country, name=name)
    if not working_days_of(country)(day):
        return _("{day} is no working day").format(day=day_text(day))
    return ""


def _passed(country: str, after: dt.date, until: dt.date) -> str:
    """The holidays between two days, the later one included."""
    from kam_desktop.services.analysis.working_days import holiday_name

    days = (after + dt.timedelta(days=n) for n in range(1, (until - after).days + 1))
    holidays = [day for day in days if day.weekday() < 5 and holiday_name(country, day)]
    return "; ".join(why_not(country, day) for day in holidays)


def start_follow_up(work: UnitOfWork, plan: FollowUpPlan) -> list[str]:
    """Make the steps as actions; returns their ids."""
    from kam_desktop.services import actions

    return actions.start_follow_up(
        work,
        plan.account_id,
        plan.sent_on,
        meeting_id=plan.meeting_id,
        opportunity_id=plan.opportunity_id,
        valid_until=plan.valid_until,
        days=plan.days,
    )
