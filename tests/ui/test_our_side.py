"""Our side in settings and with touches: who they are, when they left, who was there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import Account
from kam_desktop.services import our_side, team
from kam_desktop.services.people import add_person
from kam_desktop.services.queries import choices
from kam_desktop.services.queries.interactions import timeline
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.account.lines import LineActions
from kam_desktop.ui.account.touches import TouchesCard
from kam_desktop.ui.interactions.log_touch import LogTouchPanel
from kam_desktop.ui.interactions.record_field import InlineRecord
from kam_desktop.ui.settings.team import TeamSection
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets import InlineDate, InlineLine

Settled = Callable[[], None]


@pytest.fixture
def world(portfolio: Portfolio) -> dict[str, str]:
    with portfolio.unit_of_work("Begin") as work:
        account = Account(name="Aurora Foods")
        work.add(account)
        work.flush()
        return {
            "account": account.id,
            "Ana": add_person(work, account.id, "Ana"),
            "Ida": team.add_team_member(work, "Ida", role="kam", is_me=True),
            "Olof": team.add_team_member(work, "Olof", role="expert"),
            "Rut": team.add_team_member(work, "Rut", left_on=dt.date(2026, 1, 1)),
        }


@pytest.fixture
def section(
    qtbot: QtBot, app_context: AppContext, world: dict[str, str], settled: Settled
) -> TeamSection:
    made = TeamSection(app_context)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.load()
    app_context.bus.changed.connect(made.refresh)
    settled()
    return made


def test_a_member_is_changed_in_place(
    qtbot: QtBot, section: TeamSection, world: dict[str, str], portfolio: Portfolio,
    settled: Settled,
) -> None:  # fmt: skip
    assert section.member_card.isHidden()
    assert [row.name for row in section.card.model.rows] == ["Ida", "Olof", "Rut"]
    section.card.table.selectRow(1)
    settled()
    assert section.member_card.isVisible()
    title = section.member_card.fields["title"]
    assert isinstance(title, InlineLine)
    title.line.setText("Chemist")
    qtbot.keyClick(title.line, Qt.Key.Key_Return)
    settled()
    left = section.member_card.fields["left_on"]
    assert isinstance(left, InlineDate)
    left.line.setText("2026-11-21")
    qtbot.keyClick(left.line, Qt.Key.Key_Return)
    settled()
    assert "future" in left.error_text
    left.line.setText("2026-11-19")
    qtbot.keyClick(left.line, Qt.Key.Key_Return)
    settled()
    with portfolio.reading() as db:
        row = db.row("SELECT title, left_on FROM team_member WHERE id = ?", (world["Olof"],))
    assert row == ("Chemist", "2026-11-19")
    portfolio.undo()
    with portfolio.reading() as db:
        found = db.value("SELECT left_on FROM team_member WHERE id = ?", (world["Olof"],))
    assert found is None


def test_typed_text_goes_to_the_member_it_was_for(
    section: TeamSection, world: dict[str, str], portfolio: Portfolio, settled: Settled
) -> None:
    section.card.table.selectRow(1)
    settled()
    phone = section.member_card.fields["phone"]
    assert isinstance(phone, InlineLine)
    phone.line.setText("+46 1 23")
    section.card.table.selectRow(0)
    settled()
    with portfolio.reading() as db:
        assert db.rows("SELECT name FROM team_member WHERE phone <> ''") == [("Olof",)]
    assert phone.line.text() == ""


def test_what_would_leave_with_a_member_is_said(
    section: TeamSection, world: dict[str, str], portfolio: Portfolio, settled: Settled
) -> None:
    with portfolio.unit_of_work("Set") as work:
        our_side.set_contact(work, world["Ana"], world["Olof"], "good")
    section.card.table.selectRow(1)
    settled()
    said = section.member_card._alone
    assert "1 person is known to nobody else of ours" in said.text()
    assert "Ana" in said.text()
    section.card.table.selectRow(0)
    settled()
    assert said.isHidden()


@pytest.fixture
def panel(
    qtbot: QtBot, app_context: AppContext, world: dict[str, str], settled: Settled
) -> LogTouchPanel:
    made = LogTouchPanel(app_context)
    qtbot.addWidget(made)
    made.show()
    settled()
    return made


def log(panel: LogTouchPanel, portfolio: Portfolio, settled: Settled) -> str:
    with portfolio.reading() as db:
        panel.add_choice(choices.people_and_accounts(db, "Ana")[0])
    panel.save()
    settled()
    with portfolio.reading() as db:
        return timeline(db).rows[0].member_name


def test_a_touch_is_mine_unless_somebody_else_is_chosen(
    panel: LogTouchPanel, world: dict[str, str], portfolio: Portfolio, settled: Settled
) -> None:
    offered = [panel._ours.itemText(at) for at in range(panel._ours.count())]
    assert offered == ["with Ida", "with Olof", "nobody of ours named"]
    assert log(panel, portfolio, settled) == "Ida"


@pytest.mark.parametrize(("at", "name"), [(1, "Olof"), (2, "")])
def test_another_one_or_nobody(
    panel: LogTouchPanel, world: dict[str, str], portfolio: Portfolio, settled: Settled,
    at: int, name: str,
) -> None:  # fmt: skip
    panel._ours.setCurrentIndex(at)
    assert log(panel, portfolio, settled) == name


def test_without_a_team_nothing_is_asked(
    qtbot: QtBot, app_context: AppContext, portfolio: Portfolio, settled: Settled
) -> None:
    made = LogTouchPanel(app_context)
    qtbot.addWidget(made)
    made.show()
    settled()
    assert made._ours.isHidden()
    assert made._ours.currentData() is None


def test_who_it_was_can_be_corrected(
    qtbot: QtBot, app_context: AppContext, panel: LogTouchPanel, world: dict[str, str],
    portfolio: Portfolio, settled: Settled,
) -> None:  # fmt: skip
    log(panel, portfolio, settled)
    owner = QWidget()
    qtbot.addWidget(owner)
    card = TouchesCard(app_context, LineActions(owner, []))
    qtbot.addWidget(card)
    card.show()
    card.load(world["account"])
    settled()
    with portfolio.reading() as db:
        card.edit(timeline(db).rows[0])
        olof = choices.team(db, "Olof")[0]
    settled()
    editor = card.form.editor("member")
    assert isinstance(editor, InlineRecord)
    assert editor.value() == world["Ida"]
    editor.picker.set_choice(olof)
    editor.picker.picked.emit(olof)
    card.form.submit()
    settled()
    with portfolio.reading() as db:
        row = timeline(db).rows[0]
    assert (row.member_id, row.member_name) == (world["Olof"], "Olof")
