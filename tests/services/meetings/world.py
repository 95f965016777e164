"""What the tests of this room start from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kam_desktop.models.registry import Account, Person, RoleInDecision, TeamMember
from kam_desktop.models.vocabulary import DecisionRole
from kam_desktop.services.checklists import install_builtin_templates
from kam_desktop.services.storage.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class World:
    """A portfolio with one account, two people of it and one of ours, by their ids."""

    portfolio: Portfolio
    account: str
    elena: str
    kenji: str
    me: str


def wall(text: str) -> dt.datetime:
    """A time on a wall clock, which carries no zone."""
    return dt.datetime.fromisoformat(text)


def make_world(portfolio: Portfolio) -> World:
    """Add them, and the built-in checklists."""
    with portfolio.unit_of_work("Make a world") as work:
        install_builtin_templates(work)
        account = Account(name="Aurora Foods", time_zone="Europe/Rome")
        work.add(account)
        work.flush()
        elena = Person(account_id=account.id, name="Elena Rossi", support=1, influence=9)
        kenji = Person(account_id=account.id, name="Kenji Mori", influence=7)
        me = TeamMember(name="Ana Pop", is_me=True)
        for row in (elena, kenji, me):
            work.add(row)
        work.flush()
        work.add(RoleInDecision(person_id=elena.id, role=DecisionRole.ECONOMIC_BUYER))
        return World(portfolio, account.id, elena.id, kenji.id, me.id)
