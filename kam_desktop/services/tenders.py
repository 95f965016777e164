"""The tender clock, and talks among ourselves that come back in a rhythm."""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import select

from kam_desktop.models.registry import Account, InternalReview, Opportunity, Tender, TenderGate
from kam_desktop.models.vocabulary import Rhythm
from kam_desktop.services.analysis.working_days import months_before
from kam_desktop.services.i18n import _
from kam_desktop.services.lines import required_line
from kam_desktop.services.resources import resource_path

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork

_MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3}


@lru_cache(maxsize=1)
def default_gates() -> tuple[tuple[str, float], ...]:
    """(what must be reached, months before the award), nine months by default."""
    path = resource_path("templates/tender_gates.json")
    gates = json.loads(path.read_text("utf-8"))["gates"]
    return tuple((gate["text"], float(gate["months_before"])) for gate in gates)


def add_tender(
    work: UnitOfWork,
    account_id: str,
    name: str,
    award_on: dt.date,
    *,
    opportunity_id: str | None = None,
) -> str:
    """Add a tender with its gates counted back from the award, and return its id.

    Raises `UserError` on ``name`` when empty.
    """
    work.get(Account, account_id)
    if opportunity_id is not None:
        work.get(Opportunity, opportunity_id)
    tender = Tender(
        account_id=account_id,
        name=_name(name),
        award_on=award_on,
        opportunity_id=opportunity_id,
    )
    work.add(tender)
    work.flush()
    for position, (text, months) in enumerate(default_gates()):
        work.add(
            TenderGate(
                tender_id=tender.id,
                position=position,
                name=_(text),
                on=months_before(award_on, months),
            )
        )
    return tender.id


def move_award(work: UnitOfWork, tender_id: str, award_on: dt.date) -> None:
    """The award has another day: gates still to be reached move by as much."""
    tender = work.get(Tender, tender_id)
    moved = award_on - tender.award_on
    tender.award_on = award_on
    for gate in _gates(work, tender_id):
        if gate.done_on is None:
            gate.on += moved


def rename_tender(work: UnitOfWork, tender_id: str, name: str) -> None:
    """Give a tender another name."""
    work.get(Tender, tender_id).name = _name(name)


def link_tender(work: UnitOfWork, tender_id: str, opportunity_id: str | None) -> None:
    """Say which opportunity a tender is about; None for none."""
    if opportunity_id is not None:
        work.get(Opportunity, opportunity_id)
    work.get(Tender, tender_id).opportunity_id = opportunity_id


def add_gate(work: UnitOfWork, tender_id: str, name: str, on: dt.date) -> str:
    """Add something that must be reached by a day; returns its id.

    Raises `UserError` on ``name`` when empty.
    """
    work.get(Tender, tender_id)
    position = max((gate.position for gate in _gates(work, tender_id)), default=-1) + 1
    gate = TenderGate(tender_id=tender_id, position=position, name=_name(name), on=on)
    work.add(gate)
    return gate.id


def set_gate(
    work: UnitOfWork, gate_id: str, *, name: str | None = None, on: dt.date | None = None
) -> None:
    """Change what a gate is called or its day."""
    gate = work.get(TenderGate, gate_id)
    if name is not None:
        gate.name = _name(name)
    if on is not None:
        gate.on = on


def pass_gate(work: UnitOfWork, gate_id: str, *, passed: bool = True) -> None:
    """Note that a gate is reached, or not yet."""
    work.get(TenderGate, gate_id).done_on = work.today if passed else None


def delete_gate(work: UnitOfWork, gate_id: str) -> None:
    """Move a gate to the trash."""
    work.trash(work.get(TenderGate, gate_id))


def delete_tender(work: UnitOfWork, tender_id: str) -> None:
    """Move a tender and its gates to the trash."""
    work.trash(work.get(Tender, tender_id))


def _gates(work: UnitOfWork, tender_id: str) -> list[TenderGate]:
    found = select(TenderGate).where(
        TenderGate.tender_id == tender_id, TenderGate.deleted_at.is_(None)
    )
    return list(work.session.scalars(found.order_by(TenderGate.position)))


def add_internal_review(
    work: UnitOfWork, account_id: str, name: str, rhythm: Rhythm, next_on: dt.date
) -> str:
    """Plan a talk among ourselves that comes back; returns its id."""
    work.get(Account, account_id)
    review = InternalReview(account_id=account_id, name=_name(name), rhythm=rhythm, next_on=next_on)
    work.add(review)
    return review.id


def change_internal_review(
    work: UnitOfWork, review_id: str, *, name: str, rhythm: Rhythm, next_on: dt.date
) -> None:
    """Change what a recurring review is called, how often it comes back and when it is next.

    Raises `UserError` on ``name`` when empty.
    """
    review = work.get(InternalReview, review_id)
    review.name = _name(name)
    review.rhythm = rhythm
    review.next_on = next_on


def hold_internal_review(work: UnitOfWork, review_id: str) -> dt.date:
    """It took place: the next one is due a rhythm later, never in the past; returns that day."""
    review = work.get(InternalReview, review_id)
    review.next_on = next_day(review.next_on, review.rhythm, work.today)
    return review.next_on


def next_day(planned: dt.date, rhythm: Rhythm, today: dt.date) -> dt.date:
    """The first day of a rhythm after ``today`` and after ``planned``.

    Days are counted from ``planned`` each time, so that the 31st stays the 31st where there is one.
    """
    count = 1
    while True:
        if rhythm is Rhythm.WEEKLY:
            day = planned + dt.timedelta(weeks=count)
        else:
            day = months_before(planned, -_MONTHS[rhythm] * count)
        if day > today:
            return day
        count += 1


def delete_internal_review(work: UnitOfWork, review_id: str) -> None:
    """Move a recurring review to the trash."""
    work.trash(work.get(InternalReview, review_id))


def _name(name: str) -> str:
    return required_line(name, _("It needs a name."), field="name")
