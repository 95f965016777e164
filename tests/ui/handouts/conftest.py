"""An account with people, a meeting and a promise, in a real portfolio."""

from __future__ import annotations

import datetime as dt

import pytest

from kam_desktop.models.registry import (
    Account,
    Attendee,
    Commitment,
    Interaction,
    Meeting,
    Person,
    RoleInDecision,
)
from kam_desktop.models.vocabulary import (
    DecisionRole,
    InteractionKind,
    MeetingType,
    Side,
    Tier,
)
from kam_desktop.services.storage.portfolio import Portfolio


@pytest.fixture
def account_id(portfolio: Portfolio) -> str:
    """Aurora Foods, with a review in four days."""
    account = Account(name="Aurora Foods", tier=Tier.KEY, city="Milano", time_zone="Europe/Rome")
    marta = Person(account_id=account.id, name="Marta Díaz", title="Operations", support=2)
    meeting = Meeting(
        account_id=account.id,
        title="Autumn review",
        type=MeetingType.BUSINESS_REVIEW,
        starts_at=dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC),
        zone="Europe/Rome",
        objective_ours="Agree the second line",
    )
    with portfolio.unit_of_work("Make an account") as work:
        work.add(account)
        work.session.flush()
        work.add(marta)
        work.add(meeting)
        work.session.flush()
        work.add(RoleInDecision(person_id=marta.id, role=DecisionRole.CHAMPION))
        work.add(Attendee(meeting_id=meeting.id, person_id=marta.id))
        work.add(
            Commitment(
                account_id=account.id,
                side=Side.OURS,
                text="Send the pilot report",
                person_id=marta.id,
                due_on=dt.date(2026, 11, 18),
            )
        )
        work.add(
            Interaction(
                account_id=account.id,
                kind=InteractionKind.VISIT,
                at=dt.datetime(2026, 11, 12, 9, 0, tzinfo=dt.UTC),
                person_id=marta.id,
                summary="Walked the line",
            )
        )
    return account.id
