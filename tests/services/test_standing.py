"""Setting support and influence of several people in one step."""

from __future__ import annotations

import pytest

from kam_desktop.models.registry import Account
from kam_desktop.services.errors import UserError
from kam_desktop.services.people import add_person, delete_person
from kam_desktop.services.standing import set_standings
from kam_desktop.services.storage.portfolio import Portfolio


@pytest.fixture
def people(portfolio: Portfolio) -> tuple[str, str]:
    with portfolio.unit_of_work("Add people") as work:
        account = Account(name="Aurora Foods")
        work.add(account)
        work.flush()
        elena = add_person(work, account.id, "Elena", support=1, influence=8)
        ben = add_person(work, account.id, "Ben")
        return elena, ben


def judged(portfolio: Portfolio, person_id: str) -> list[tuple[object, ...]]:
    with portfolio.reading() as db:
        return db.rows(
            "SELECT field, value FROM claim WHERE person_id = ? AND deleted_at IS NULL ORDER BY id",
            (person_id,),
        )


def test_only_what_changes_is_judged_anew(portfolio: Portfolio, people: tuple[str, str]) -> None:
    elena, ben = people
    before = judged(portfolio, elena)
    with portfolio.unit_of_work("Place") as work:
        set_standings(work, {elena: (1, 8), ben: (None, 3)})
    assert judged(portfolio, elena) == before
    assert judged(portfolio, ben) == [("influence", "3")]


def test_unknown_is_a_judgement_too(portfolio: Portfolio, people: tuple[str, str]) -> None:
    elena, _ben = people
    with portfolio.unit_of_work("Place") as work:
        set_standings(work, {elena: (None, 8)})
    with portfolio.reading() as db:
        row = db.row("SELECT support, influence FROM person WHERE id = ?", (elena,))
    assert row == (None, 8)
    assert judged(portfolio, elena) == [("support", "")]
    with portfolio.unit_of_work("Place") as work:
        set_standings(work, {elena: (0, 8)})
    # A second thought of the same day replaces the first.
    assert judged(portfolio, elena) == [("support", "0")]


def test_somebody_deleted_meanwhile_changes_nothing(
    portfolio: Portfolio, people: tuple[str, str]
) -> None:
    elena, ben = people
    with portfolio.unit_of_work("Delete") as work:
        delete_person(work, ben)
    with pytest.raises(UserError), portfolio.unit_of_work("Place") as work:
        set_standings(work, {elena: (2, 2), ben: (2, 2)})
    with portfolio.reading() as db:
        assert db.row("SELECT support, influence FROM person WHERE id = ?", (elena,)) == (1, 8)
