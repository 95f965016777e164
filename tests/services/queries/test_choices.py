"""Choosing people by typing: two of one name are told apart."""

from __future__ import annotations

import pytest

from kam_desktop.models.registry import Account
from kam_desktop.services import buying_centres, people
from kam_desktop.services.queries.choices import people_and_accounts, people_of
from kam_desktop.services.queries.person_detail import link_candidates
from kam_desktop.services.storage.portfolio import Portfolio


@pytest.fixture
def account(portfolio: Portfolio) -> str:
    """Two of one name and title, and one whose title is enough."""
    with portfolio.unit_of_work("Add people") as work:
        made = Account(name="Aurora Foods")
        work.add(made)
        work.flush()
        plant = buying_centres.add_buying_centre(work, made.id, "Plant")
        for fields in (
            {"title": "Buyer", "buying_centre_id": plant, "email": "one@aurora.example"},
            {"title": "Buyer", "email": "two@aurora.example"},
            {"title": "Chemist", "email": "three@aurora.example"},
        ):
            people.add_person(work, made.id, "Ana Pop", **fields)
        people.add_person(work, made.id, "Ben Ode", title="Buyer")
        return made.id


def test_people_of_one_name_and_title_are_told_apart(portfolio: Portfolio, account: str) -> None:
    with portfolio.reading() as db:
        own = people_of(db, "ana", account)
        anywhere = people_and_accounts(db, "ana")
    assert sorted(choice.subtitle for choice in own) == [
        "Buyer · Plant · one@aurora.example",
        "Buyer · two@aurora.example",
        "Chemist",
    ]
    assert sorted(choice.subtitle for choice in anywhere) == [
        "Buyer · Aurora Foods · Plant · one@aurora.example",
        "Buyer · Aurora Foods · two@aurora.example",
        "Chemist · Aurora Foods",
    ]


def test_whom_to_link_with_comes_with_what_tells_them_apart(
    portfolio: Portfolio, account: str
) -> None:
    with portfolio.reading() as db:
        ben = db.value("SELECT id FROM person WHERE name = 'Ben Ode'")
        found = link_candidates(db, ben, "ana")
    assert account
    assert sorted((each.title, each.buying_centre, each.email) for each in found) == [
        ("Buyer", "", "two@aurora.example"),
        ("Buyer", "Plant", "one@aurora.example"),
        ("Chemist", "", "three@aurora.example"),
    ]
