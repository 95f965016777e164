"""The grid and the matrix are freed by reference counts alone, as a closed dossier needs it."""

from __future__ import annotations

import weakref
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import Account
from kam_desktop.services import our_side, team
from kam_desktop.services.map_loading import MapWish, load_map
from kam_desktop.services.people import add_person
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.account.our_team_card import OurTeamCard
from kam_desktop.ui.relationship_map.grid.stage import GridStage
from kam_desktop.ui.relationship_map.matrix.stage import MatrixStage
from kam_desktop.ui.settings.team import TeamSection
from kam_desktop.ui.shell.context import AppContext
from tests.conftest import StillClock
from tests.ui.conftest import flush_deleted

Settled = Callable[[], None]


@pytest.fixture
def account(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Begin") as work:
        made = Account(name="Aurora Foods")
        work.add(made)
        work.flush()
        ana = add_person(work, made.id, "Ana", support=1, influence=4)
        ida = team.add_team_member(work, "Ida")
        our_side.add_to_account_team(work, made.id, ida)
        our_side.set_contact(work, ana, ida, "good")
        return made.id


@pytest.mark.usefixtures("collector_off")
@pytest.mark.parametrize("kind", [GridStage, MatrixStage])
def test_a_closed_stage_is_freed(
    qtbot: QtBot,
    app_context: AppContext,
    portfolio: Portfolio,
    account: str,
    clock: StillClock,
    settled: Settled,
    kind: type[GridStage] | type[MatrixStage],
) -> None:
    made = kind(app_context)
    made.resize(800, 600)
    made.show()
    with portfolio.reading() as db:
        made.show_loaded(load_map(db, MapWish(account, "grid", clock.today(), build=kind.build)))
    settled()
    made.fit()
    gone = weakref.ref(made)
    made.hide()
    del made
    flush_deleted()
    assert gone() is None


@pytest.mark.usefixtures("collector_off")
def test_closed_cards_of_our_side_are_freed(
    qtbot: QtBot, app_context: AppContext, account: str, settled: Settled
) -> None:
    card, section = OurTeamCard(app_context), TeamSection(app_context)
    card.load(account)
    section.load()
    settled()
    gone = [weakref.ref(card), weakref.ref(section)]
    del card, section
    settled()
    flush_deleted()
    assert [each() for each in gone] == [None, None]
