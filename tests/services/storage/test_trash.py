"""Deleting takes along what cannot be without it, and restoring brings back exactly that."""

from __future__ import annotations

import pytest

from kam_desktop.models.registry import Account, Interaction, Person, Tie
from kam_desktop.models.vocabulary import InteractionKind, TieKind
from kam_desktop.services.errors import UserError
from kam_desktop.services.storage import trash
from kam_desktop.services.storage.portfolio import Portfolio


@pytest.fixture
def people(portfolio: Portfolio) -> tuple[str, str, str]:
    """An account with Elena, who manages Kenji; ids of account, Elena and Kenji."""
    with portfolio.unit_of_work("Set up") as work:
        account = Account(name="Aurora")
        elena = Person(account_id=account.id, name="Elena")
        kenji = Person(account_id=account.id, name="Kenji")
        for record in (account, elena, kenji):
            work.add(record)
        work.flush()
        work.add(Tie(from_id=kenji.id, to_id=elena.id, kind=TieKind.REPORTS_TO))
        work.add(
            Interaction(
                account_id=account.id, kind=InteractionKind.CALL, at=work.now, person_id=elena.id
            )
        )
        return account.id, elena.id, kenji.id


def live(portfolio: Portfolio, table: str) -> int:
    with portfolio.reading() as db:
        return int(db.value(f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL"))


def test_ties_go_with_a_person_and_come_back(
    portfolio: Portfolio, people: tuple[str, str, str]
) -> None:
    _account, elena, _kenji = people
    with portfolio.unit_of_work("Delete Elena") as work:
        work.trash(work.get(Person, elena))
    assert (live(portfolio, "person"), live(portfolio, "tie")) == (1, 0)
    assert live(portfolio, "interaction") == 1
    with portfolio.unit_of_work("Restore Elena") as work:
        work.restore(Person, elena)
    assert (live(portfolio, "person"), live(portfolio, "tie")) == (2, 1)


def test_what_was_in_the_trash_before_stays_there(
    portfolio: Portfolio, people: tuple[str, str, str]
) -> None:
    account, elena, _kenji = people
    with portfolio.unit_of_work("Delete Elena") as work:
        work.trash(work.get(Person, elena))
    with portfolio.unit_of_work("Delete Aurora") as work:
        work.trash(work.get(Account, account))
    assert live(portfolio, "person") == 0
    with portfolio.unit_of_work("x") as work, pytest.raises(UserError, match="Restore that first"):
        work.restore(Person, elena)
    with portfolio.unit_of_work("Restore Aurora") as work:
        work.restore(Account, account)
    assert live(portfolio, "person") == 1
    portfolio.undo()
    portfolio.undo()
    portfolio.undo()
    assert (live(portfolio, "person"), live(portfolio, "tie")) == (2, 1)


def test_a_deleted_record_cannot_be_deleted_again(
    portfolio: Portfolio, people: tuple[str, str, str]
) -> None:
    with portfolio.unit_of_work("Delete") as work:
        work.trash(work.get(Account, people[0]))
    with portfolio.unit_of_work("Again") as work:
        with pytest.raises(UserError):
            work.get(Account, people[0])
        with pytest.raises(UserError):
            trash.trash(work, "account", people[0])


def test_purging_empties_references_and_can_be_undone(
    portfolio: Portfolio, people: tuple[str, str, str]
) -> None:
    _account, elena, _kenji = people
    with portfolio.unit_of_work("Delete Elena") as work:
        work.trash(work.get(Person, elena))
    with portfolio.unit_of_work("Purge Elena") as work:
        trash.purge(work, "person", elena)
    with portfolio.reading() as db:
        assert db.value("SELECT count(*) FROM person") == 1
        assert db.value("SELECT person_id FROM interaction") is None
    portfolio.undo()
    portfolio.undo()
    assert (live(portfolio, "person"), live(portfolio, "tie")) == (2, 1)
    with portfolio.reading() as db:
        assert db.value("SELECT person_id FROM interaction") == elena
