"""A fictional account with a little of everything, for the pages that show accounts."""

from __future__ import annotations

import datetime as dt

from kam_desktop.models.registry import (
    Account,
    ChecklistItem,
    Commitment,
    Contract,
    Interaction,
    Meeting,
    Note,
    Opportunity,
    Person,
    RevenueEntry,
    RoleInDecision,
)
from kam_desktop.models.vocabulary import (
    DecisionRole,
    InteractionKind,
    MeetingType,
    Side,
    Tier,
)
from kam_desktop.services.storage.unit_of_work import UnitOfWork

NAME = "Aurora Foods <img src='x'>"


def add_sample_account(work: UnitOfWork, name: str = NAME) -> str:
    """Two people, touches, revenue of two years, a contract, a deal, a promise, a meeting."""
    account = Account(name=name, tier=Tier.KEY, city="Milano", time_zone="Europe/Rome")
    work.add(account)
    work.flush()
    boss = Person(account_id=account.id, name="Elena Example", influence=8, cadence_days=30)
    seat = Person(account_id=account.id, title="Head of Quality", placeholder=True)
    work.session.add_all([boss, seat])
    work.flush()
    work.add(RoleInDecision(person_id=boss.id, role=DecisionRole.ECONOMIC_BUYER))
    for days in range(1, 40):
        work.add(
            Interaction(
                account_id=account.id,
                kind=InteractionKind.CALL,
                at=work.now - dt.timedelta(days=days),
                person_id=boss.id,
                summary=f"Talk {days}",
            )
        )
    for back in range(1, 25):
        year, month = divmod(work.today.year * 12 + work.today.month - 1 - back, 12)
        day = dt.date(year, month + 1, 5)
        work.add(
            RevenueEntry(
                account_id=account.id,
                starts_on=day,
                ends_on=day,
                amount_minor=100_00 + back,
                currency="EUR",
            )
        )
    work.add(
        Contract(account_id=account.id, name="Frame", ends_on=work.today + dt.timedelta(days=90))
    )
    work.add(
        Opportunity(account_id=account.id, name="Line 4", value_minor=380_000_00, currency="EUR")
    )
    work.add(
        Commitment(
            account_id=account.id,
            side=Side.OURS,
            text="Pilot report",
            made_on=work.today - dt.timedelta(days=9),
            due_on=work.today - dt.timedelta(days=2),
        )
    )
    work.add(Note(account_id=account.id, text="Prefers figures on one page", at=work.now))
    meeting = Meeting(
        account_id=account.id,
        title="Business review",
        type=MeetingType.BUSINESS_REVIEW,
        starts_at=work.now + dt.timedelta(days=1),
        zone="Europe/Rome",
    )
    work.add(meeting)
    work.flush()
    work.add(ChecklistItem(meeting_id=meeting.id, position=0, text="Read the dossier"))
    return account.id
