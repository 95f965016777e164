"""What ours are to do for the sample's clients, a tender with its gates, reviews that come back."""

from __future__ import annotations

from sqlalchemy import select

from kam_desktop.models.registry import Action, Opportunity, TenderGate
from kam_desktop.models.vocabulary import ActionState, Rhythm
from kam_desktop.services.sample.cast import Data, Stage, days
from kam_desktop.services.storage.unit_of_work import UnitOfWork
from kam_desktop.services.tenders import add_internal_review, add_tender


def add_plans(work: UnitOfWork, stage: Stage) -> None:
    """Actions, tenders and recurring reviews around today."""
    for source in stage.data["actions"]:
        _add_action(work, stage, source)
    for source in stage.data["tenders"]:
        _add_tender(work, stage, source)
    for source in stage.data["reviews"]:
        add_internal_review(
            work,
            stage.accounts[source["account"]],
            source["name"],
            Rhythm(source["rhythm"]),
            work.today + days(source["next"]),
        )


def _add_action(work: UnitOfWork, stage: Stage, source: Data) -> None:
    closed = source.get("closed")
    person = source.get("person")
    work.add(
        Action(
            account_id=stage.accounts[source["account"]],
            text=source["text"],
            owner_id=stage.team[source["owner"]],
            person_id=None if person is None else stage.seats[source["account"]][person],
            due_on=work.today + days(source["due"]),
            state=ActionState.OPEN if closed is None else ActionState.DONE,
            closed_on=None if closed is None else work.today + days(closed),
        )
    )


def _add_tender(work: UnitOfWork, stage: Stage, source: Data) -> None:
    """A tender about the account's first deal; ``reached`` are the days of its first gates."""
    account_id = stage.accounts[source["account"]]
    work.flush()
    deals = select(Opportunity.id).where(Opportunity.account_id == account_id)
    award = work.today + days(source["award"])
    deal = work.session.scalars(deals.order_by(Opportunity.id)).first()
    tender_id = add_tender(work, account_id, source["name"], award, opportunity_id=deal)
    work.flush()
    gates = select(TenderGate).where(TenderGate.tender_id == tender_id)
    first = work.session.scalars(gates.order_by(TenderGate.position))
    for gate, reached in zip(first, source["reached"], strict=False):
        gate.done_on = None if reached is None else work.today + days(reached)
