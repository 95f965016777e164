"""The personal compartment: what is kept about somebody's private life, why, and how long.

Nothing here is read by a handout. Each fact says its purpose and source and when to look at it
again.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kam_desktop.models.registry import Person, PersonalFact
from kam_desktop.models.vocabulary import PersonalKind
from kam_desktop.services.analysis.birthdays import UNKNOWN_YEAR
from kam_desktop.services.errors import UserError
from kam_desktop.services.i18n import _

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

REVIEW_AFTER = dt.timedelta(days=730)


def add_personal_fact(
    work: UnitOfWork,
    person_id: str,
    kind: PersonalKind,
    *,
    text: str = "",
    day: dt.date | None = None,
    purpose: str,
    source: str = "",
    review_on: dt.date | None = None,
) -> str:
    """Keep something personal and return its id; it is looked at again in two years by default.

    Raises `UserError`: field ``purpose`` when empty, ``day`` for a birthday without one, ``text``
    for anything else without words.
    """
    work.get(Person, person_id)
    _check(kind, text, day, purpose)
    fact = PersonalFact(
        person_id=person_id,
        kind=kind,
        text=text.strip(),
        day=day if kind is PersonalKind.BIRTHDAY else None,
        purpose=purpose.strip(),
        source=source.strip(),
        noted_on=work.today,
        review_on=review_on or work.today + REVIEW_AFTER,
    )
    work.add(fact)
    return fact.id


def update_personal_fact(
    work: UnitOfWork,
    fact_id: str,
    kind: PersonalKind,
    *,
    text: str,
    day: dt.date | None,
    purpose: str,
    source: str,
    review_on: dt.date | None,
) -> None:
    """Change all of a personal fact; raises `UserError` as `add_personal_fact`."""
    _check(kind, text, day, purpose)
    fact = work.get(PersonalFact, fact_id)
    fact.kind = kind
    fact.text = text.strip()
    fact.day = day if kind is PersonalKind.BIRTHDAY else None
    fact.purpose = purpose.strip()
    fact.source = source.strip()
    fact.review_on = review_on or work.today + REVIEW_AFTER


def set_birthday(work: UnitOfWork, person_id: str, month: int, day: int) -> str:
    """Keep a birthday without its year, for wishing well."""
    try:
        date = dt.date(UNKNOWN_YEAR, month, day)
    except ValueError:
        raise UserError(_("This day does not exist."), field="day") from None
    purpose = _("To wish them well")
    return add_personal_fact(work, person_id, PersonalKind.BIRTHDAY, day=date, purpose=purpose)


def delete_personal_fact(work: UnitOfWork, fact_id: str) -> None:
    """Move a personal fact to the trash."""
    work.trash(work.get(PersonalFact, fact_id))


def _check(kind: PersonalKind, text: str, day: dt.date | None, purpose: str) -> None:
    if not purpose.strip():
        raise UserError(
            _("Say what you keep it for. What has no purpose is better not kept."),
            field="purpose",
        )
    if kind is PersonalKind.BIRTHDAY and day is None:
        raise UserError(_("A birthday needs a day."), field="day")
    if kind is not PersonalKind.BIRTHDAY and not text.strip():
        raise UserError(_("Write what you want to remember."), field="text")
