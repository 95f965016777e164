"""Our team at an account: who works for it in which role, edited in place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import Account
from kam_desktop.services import our_side, team
from kam_desktop.services.people import add_person
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.account.our_team_card import OurTeamCard, knows_text
from kam_desktop.ui.shell.context import AppContext

Settled = Callable[[], None]


@pytest.fixture
def world(portfolio: Portfolio) -> dict[str, str]:
    with portfolio.unit_of_work("Begin") as work:
        account = Account(name="Aurora Foods")
        work.add(account)
        work.flush()
        return {
            "account": account.id,
            "Ana": add_person(work, account.id, "Ana", influence=9),
            "Ida": team.add_team_member(work, "Ida", role="kam", is_me=True),
            "Olof": team.add_team_member(work, "Olof", role="expert", title="Chemist"),
        }


@pytest.fixture
def card(
    qtbot: QtBot, app_context: AppContext, world: dict[str, str], settled: Settled
) -> OurTeamCard:
    made = OurTeamCard(app_context)
    qtbot.addWidget(made)
    made.show()
    made.load(world["account"])

    def again(*_changes: object) -> None:
        made.load(world["account"])

    app_context.bus.changed.connect(again)
    settled()
    return made


def places(portfolio: Portfolio) -> list[tuple[str, str]]:
    with portfolio.reading() as db:
        return db.rows(
            "SELECT m.name, t.role FROM account_team t JOIN team_member m ON m.id = t.member_id"
            " WHERE t.deleted_at IS NULL ORDER BY t.id"
        )


def add(card: OurTeamCard, member_id: str, settled: Settled) -> None:
    card.member.combo.setCurrentIndex(
        next(at for at in range(card.member.combo.count()) if _value(card, at) == member_id)
    )
    card.member.commit()
    card.add_button.click()
    settled()


def _value(card: OurTeamCard, at: int) -> object:
    card.member.combo.setCurrentIndex(at)
    return card.member.value()


def test_empty_it_says_what_it_is_for(card: OurTeamCard) -> None:
    assert card._nothing.isVisible()
    assert card.add_button.isEnabled()


def test_somebody_is_added_with_their_own_role_and_undone(
    card: OurTeamCard, world: dict[str, str], portfolio: Portfolio, settled: Settled
) -> None:
    add(card, world["Olof"], settled)
    assert places(portfolio) == [("Olof", "expert")]
    assert not card._nothing.isVisible()
    assert card.member.value() is None
    portfolio.undo()
    assert places(portfolio) == []


def test_a_double_is_refused_beside_the_field(
    card: OurTeamCard, world: dict[str, str], portfolio: Portfolio, settled: Settled
) -> None:
    add(card, world["Olof"], settled)
    add(card, world["Olof"], settled)
    assert places(portfolio) == [("Olof", "expert")]
    assert "Olof has this role here already." in card.member.error_text


def test_role_and_removal(
    card: OurTeamCard, world: dict[str, str], portfolio: Portfolio, settled: Settled
) -> None:
    add(card, world["Olof"], settled)
    with portfolio.reading() as db:
        place = str(db.value("SELECT id FROM account_team"))
    line = card.line(place)
    assert [pill.text() for pill in card._pills] == ["No executive sponsor"]
    line.role.combo.setCurrentIndex(1)
    line.role.commit()
    settled()
    assert places(portfolio) == [("Olof", "executive_sponsor")]
    assert card._pills == []
    line.remove.click()
    settled()
    assert places(portfolio) == []


def test_who_knows_whom(
    card: OurTeamCard, world: dict[str, str], portfolio: Portfolio, settled: Settled,
    app_context: AppContext,
) -> None:  # fmt: skip
    with portfolio.unit_of_work("Set") as work:
        place = our_side.add_to_account_team(work, world["account"], world["Olof"])
        our_side.set_contact(work, world["Ana"], world["Olof"], "good")
        our_side.set_contact(work, world["Ana"], world["Ida"], "working")
    app_context.bus.changed.emit(None)
    settled()
    assert card.line(place)._knows.text() == "Knows 1: Ana"
    assert card._others.text() == "Also know people here: Ida (1)"
    assert not card._known.isVisible()


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ((), "Knows nobody here yet, as far as is noted"),
        (("Ana", "Ben"), "Knows 2: Ana, Ben"),
        (("Ana", "Ben", "Cem", "Dora", "Emil"), "Knows 5: Ana, Ben, Cem …"),
    ],
)
def test_names_are_counted_first(names: tuple[str, ...], text: str) -> None:
    assert knows_text(names) == text
