"""What the relationship map and the person panel read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from kam_desktop.models.registry import Account, Interaction, InteractionPerson
from kam_desktop.models.vocabulary import InteractionKind
from kam_desktop.services import maps, people, team, ties
from kam_desktop.services.errors import UserError
from kam_desktop.services.map_options import MapTarget
from kam_desktop.services.queries.person_detail import link_candidates, person_detail
from kam_desktop.services.queries.relationship_map import PersonCard, map_data
from kam_desktop.services.storage.portfolio import Portfolio

Do = Callable[..., Any]
TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def do(portfolio: Portfolio) -> Do:
    """Runs one use case in a unit of work of its own."""

    def run(use_case: Callable[..., Any], *args: Any, **fields: Any) -> Any:
        with portfolio.unit_of_work("test") as work:
            return use_case(work, *args, **fields)

    return run


@pytest.fixture
def account(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Add account") as work:
        made = Account(name="Aurora Foods")
        work.add(made)
        return made.id


def cards(portfolio: Portfolio, account: str) -> dict[str, PersonCard]:
    with portfolio.reading() as db:
        return {card.name or card.title: card for card in map_data(db, account, on=TODAY).people}


def test_an_empty_account_has_an_empty_map(portfolio: Portfolio, account: str) -> None:
    with portfolio.reading() as db:
        data = map_data(db, account, on=TODAY)
    assert (data.account_name, data.people, data.ties, data.map_id) == (
        "Aurora Foods",
        (),
        (),
        None,
    )


def test_an_account_that_is_not_there_is_said(portfolio: Portfolio) -> None:
    with portfolio.reading() as db, pytest.raises(UserError, match="no longer there"):
        map_data(db, "nowhere", on=TODAY)


def test_cards_show_what_is_known(portfolio: Portfolio, do: Do, account: str) -> None:
    ida = do(team.add_team_member, "Ida")
    ana = do(people.add_person, account, "Ana", title="CFO", support=-1, owner_id=ida)
    do(people.set_decision_roles, ana, [("economic_buyer", None), ("approver", None)])
    do(people.add_vacant_seat, account, "Head of Quality")
    found = cards(portfolio, account)
    assert found["Ana"].roles == ("economic_buyer", "approver")
    assert (found["Ana"].support, found["Ana"].influence) == (-1, None)
    assert found["Ana"].owner_name == "Ida"
    assert found["Head of Quality"].vacant
    assert found["Head of Quality"].strength is None


def test_strength_counts_main_person_and_participants_once(
    portfolio: Portfolio, do: Do, account: str
) -> None:
    ana = do(people.add_person, account, "Ana", cadence_days=30)
    ben = do(people.add_person, account, "Ben", cadence_days=30)
    with portfolio.unit_of_work("Add touch") as work:
        touch = Interaction(
            account_id=account,
            kind=InteractionKind.VISIT,
            at=dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC),
            person_id=ana,
        )
        work.add(touch)
        work.flush()
        for person in (ana, ben):
            work.add(InteractionPerson(interaction_id=touch.id, person_id=person))
    found = cards(portfolio, account)
    # One visit today is 5 of the 10 that make full strength.
    assert found["Ana"].strength == found["Ben"].strength == pytest.approx(0.5)
    assert found["Ana"].last_touch == TODAY


def test_the_oldest_line_is_solid_and_others_are_matrix_lines(
    portfolio: Portfolio, do: Do, account: str
) -> None:
    ana, ben, cem = (do(people.add_person, account, name) for name in ("Ana", "Ben", "Cem"))
    do(ties.set_manager, cem, ana)
    do(ties.add_tie, cem, ben, "reports_to")
    do(ties.add_tie, ana, ben, "allied")
    with portfolio.reading() as db:
        lines = map_data(db, account, on=TODAY).ties
        seen_by_ben = person_detail(db, ben, TODAY)
    assert [(tie.to_id, tie.solid) for tie in lines] == [(ana, True), (ben, False), (ben, False)]
    assert seen_by_ben is not None
    assert [(tie.other_name, tie.kind, tie.outgoing, tie.solid) for tie in seen_by_ben.ties] == [
        ("Cem", "reports_to", False, False),
        ("Ana", "allied", False, False),
    ]


def test_people_of_other_accounts_appear_when_tied(
    portfolio: Portfolio, do: Do, account: str
) -> None:
    with portfolio.unit_of_work("Add account") as work:
        other = Account(name="Borealis")
        work.add(other)
    ana = do(people.add_person, account, "Ana")
    eva = do(people.add_person, other.id, "Eva")
    do(people.add_person, other.id, "Olaf")
    do(ties.add_tie, eva, ana, "influences")
    found = cards(portfolio, account)
    assert {name: card.account_name for name, card in found.items()} == {
        "Ana": "",
        "Eva": "Borealis",
    }


def test_positions_are_those_of_the_map(portfolio: Portfolio, do: Do, account: str) -> None:
    ana = do(people.add_person, account, "Ana")
    org = do(maps.move_cards_on, MapTarget(account, "org"), {ana: (1, 2)})
    net = do(maps.move_cards_on, MapTarget(account, "network"), {ana: (3, 4)})
    with portfolio.reading() as db:
        assert map_data(db, account, on=TODAY).positions == {ana: (1.0, 2.0)}
        assert map_data(db, account, on=TODAY, view="network").map_id == net
        assert map_data(db, account, net, on=TODAY).positions == {ana: (3.0, 4.0)}
        assert [saved.id for saved in map_data(db, account, on=TODAY).maps] == [org, net]


def test_deleted_people_and_their_ties_are_gone(portfolio: Portfolio, do: Do, account: str) -> None:
    ana, ben = (do(people.add_person, account, name) for name in ("Ana", "Ben"))
    do(ties.add_tie, ana, ben, "informal")
    do(people.delete_person, ben)
    with portfolio.reading() as db:
        data = map_data(db, account, on=TODAY)
        assert person_detail(db, ben, TODAY) is None
    assert [card.name for card in data.people] == ["Ana"]
    assert data.ties == ()


def test_link_candidates_are_found_by_part_of_a_name(
    portfolio: Portfolio, do: Do, account: str
) -> None:
    with portfolio.unit_of_work("Add account") as work:
        other = Account(name="Borealis")
        work.add(other)
    ana = do(people.add_person, account, "Ana")
    do(people.add_person, account, "José Díaz", title="VP 100%")
    do(people.add_person, other.id, "Diaz Borealis")
    with portfolio.reading() as db:
        found = link_candidates(db, ana, "diaz")
        assert [(c.name, c.account_name) for c in found] == [
            ("José Díaz", ""),
            ("Diaz Borealis", "Borealis"),
        ]
        assert [c.name for c in link_candidates(db, ana, "100%")] == ["José Díaz"]
        assert [c.name for c in link_candidates(db, ana, "")] == ["José Díaz"]
