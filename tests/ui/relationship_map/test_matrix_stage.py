"""The coverage matrix in a real widget: set by letters, Space, clicks and menu, and undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import Account
from kam_desktop.models.vocabulary import InteractionKind, TeamRole
from kam_desktop.services import interactions, our_side, team
from kam_desktop.services.contact_matrix import MatrixScene, build_matrix
from kam_desktop.services.map_loading import MapWish, load_map
from kam_desktop.services.people import add_person
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.relationship_map.matrix.model import MatrixModel
from kam_desktop.ui.relationship_map.matrix.stage import MatrixStage
from kam_desktop.ui.shell.context import AppContext
from tests.conftest import StillClock
from tests.services.test_contact_matrix import data, member, person, side

Key = Qt.Key
Settled = Callable[[], None]
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def world(portfolio: Portfolio) -> dict[str, str]:
    """Three people, two of ours who work for the account, one who does not."""
    with portfolio.unit_of_work("Begin") as work:
        account = Account(name="Aurora Foods")
        work.add(account)
        work.flush()
        found = {"account": account.id}
        for at, name in enumerate(("Ana", "Ben", "Cem")):
            found[name] = add_person(work, account.id, name, influence=9 - at)
        for name in ("Ida", "Olof", "Rut"):
            found[name] = team.add_team_member(work, name, role="expert")
        for name in ("Ida", "Olof"):
            our_side.add_to_account_team(work, account.id, found[name], TeamRole.EXPERT)
        return found


@pytest.fixture
def matrix(
    qtbot: QtBot,
    app_context: AppContext,
    portfolio: Portfolio,
    world: dict[str, str],
    clock: StillClock,
) -> MatrixStage:
    """The stage, following what is stored as the map's view does."""
    stage = MatrixStage(app_context)
    qtbot.addWidget(stage)
    stage.resize(900, 600)

    def show(*_changes: object) -> None:
        with portfolio.reading() as db:
            wish = MapWish(world["account"], "coverage", clock.today(), build=MatrixStage.build)
            stage.show_loaded(load_map(db, wish))

    show()
    app_context.bus.changed.connect(show)
    stage.show()
    qtbot.waitExposed(stage)
    stage.table.setFocus()
    qtbot.waitUntil(stage.table.hasFocus)
    return stage


def index(stage: MatrixStage, world: dict[str, str], one: str, other: str) -> QModelIndex:
    row, column = stage.model.row_of(world[one]), stage.model.column_of(world[other])
    return stage.model.index(row, column)


def meet(stage: MatrixStage, world: dict[str, str], one: str, other: str) -> None:
    at = index(stage, world, one, other)
    stage.table.go_to(at.row(), at.column())


def shown(stage: MatrixStage, world: dict[str, str], one: str, other: str) -> str | None:
    cell = stage.model.cell(index(stage, world, one, other))
    assert cell is not None
    return cell.state


def stored(portfolio: Portfolio) -> dict[tuple[str, str], str]:
    with portfolio.reading() as db:
        return {
            (one, other): state
            for one, other, state in db.rows(
                "SELECT p.name, m.name, c.state FROM team_contact c"
                " JOIN person p ON p.id = c.person_id JOIN team_member m ON m.id = c.member_id"
                " WHERE c.deleted_at IS NULL"
            )
        }


def press(
    qtbot: QtBot, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, keys)


def test_letters_set_cells_and_undo_takes_one_back(
    qtbot: QtBot, matrix: MatrixStage, world: dict[str, str], portfolio: Portfolio, settled: Settled
) -> None:
    meet(matrix, world, "Ana", "Ida")
    press(qtbot, Key.Key_G)
    press(qtbot, Key.Key_Right)
    press(qtbot, Key.Key_W)
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_B)
    press(qtbot, Key.Key_Left)
    press(qtbot, Key.Key_N)
    settled()
    assert stored(portfolio) == {
        ("Ana", "Ida"): "good", ("Ana", "Olof"): "working",
        ("Ben", "Olof"): "bad", ("Ben", "Ida"): "none",
    }  # fmt: skip
    assert shown(matrix, world, "Ben", "Ida") == "none"
    portfolio.undo()
    assert ("Ben", "Ida") not in stored(portfolio)
    press(qtbot, Key.Key_Up)
    press(qtbot, Key.Key_Delete)
    settled()
    assert ("Ana", "Ida") not in stored(portfolio)
    assert shown(matrix, world, "Ana", "Ida") is None
    assert matrix.current == world["Ana"]


def test_space_goes_through_all_states_as_one_step(
    qtbot: QtBot, matrix: MatrixStage, world: dict[str, str], portfolio: Portfolio, settled: Settled
) -> None:
    meet(matrix, world, "Cem", "Olof")
    seen = []
    for _ in range(5):
        press(qtbot, Key.Key_Space)
        seen.append(shown(matrix, world, "Cem", "Olof"))
    assert seen == ["good", "working", "bad", "none", None]
    press(qtbot, Key.Key_Space)
    press(qtbot, Key.Key_Space)
    settled()
    assert stored(portfolio) == {("Cem", "Olof"): "working"}


def test_several_cells_at_once(
    qtbot: QtBot, matrix: MatrixStage, world: dict[str, str], portfolio: Portfolio, settled: Settled
) -> None:
    meet(matrix, world, "Ana", "Ida")
    press(qtbot, Key.Key_Down, SHIFT)
    press(qtbot, Key.Key_Down, SHIFT)
    press(qtbot, Key.Key_Right, SHIFT)
    press(qtbot, Key.Key_W)
    settled()
    assert len(stored(portfolio)) == 6
    assert set(stored(portfolio).values()) == {"working"}
    assert matrix.selected_people() == [world["Ana"], world["Ben"], world["Cem"]]
    portfolio.undo()
    assert stored(portfolio) == {}


def test_the_first_click_meets_and_the_next_ones_change(
    qtbot: QtBot, matrix: MatrixStage, world: dict[str, str], portfolio: Portfolio, settled: Settled
) -> None:
    at = matrix.table.visualRect(index(matrix, world, "Ben", "Olof")).center()
    viewport, left = matrix.table.viewport(), Qt.MouseButton.LeftButton
    qtbot.mouseClick(viewport, left, pos=at)
    settled()
    assert stored(portfolio) == {}
    qtbot.mouseClick(viewport, left, pos=at)
    qtbot.mouseClick(viewport, left, pos=at)
    settled()
    assert stored(portfolio) == {("Ben", "Olof"): "working"}


def test_the_menu_says_the_states(
    qtbot: QtBot, matrix: MatrixStage, world: dict[str, str], portfolio: Portfolio, settled: Settled
) -> None:
    meet(matrix, world, "Ana", "Olof")
    matrix.table.menu_wanted.emit(matrix.mapToGlobal(matrix.rect().center()))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[0] == "Good contact (G)"
    menu.actions()[2].trigger()
    menu.close()
    settled()
    assert stored(portfolio) == {("Ana", "Olof"): "bad"}


def visit(portfolio: Portfolio, world: dict[str, str], clock: StillClock, count: int) -> None:
    with portfolio.unit_of_work("Log") as work:
        for days in range(count):
            interactions.log_touch(
                work, world["account"], InteractionKind.VISIT,
                clock.now() - dt.timedelta(days=days), [world["Ana"]], "Visit",
                member_id=world["Ida"],
            )  # fmt: skip


def test_touches_suggest_what_is_only_set_when_confirmed(
    qtbot: QtBot, matrix: MatrixStage, world: dict[str, str], portfolio: Portfolio,
    clock: StillClock, settled: Settled, app_context: AppContext,
) -> None:  # fmt: skip
    visit(portfolio, world, clock, 3)
    app_context.bus.changed.emit(None)
    cell = matrix.model.cell(index(matrix, world, "Ana", "Ida"))
    assert cell is not None
    assert (cell.state, cell.suggestion) == (None, "good")
    assert stored(portfolio) == {}
    meet(matrix, world, "Ana", "Ida")
    press(qtbot, Key.Key_Down, SHIFT)
    press(qtbot, Key.Key_S)
    settled()
    assert stored(portfolio) == {("Ana", "Ida"): "good"}


def test_what_is_said_about_the_whole(
    qtbot: QtBot, matrix: MatrixStage, world: dict[str, str], settled: Settled
) -> None:
    assert matrix._summary.text() == "3 of 3 people are known by nobody of ours."
    for name in ("Ana", "Ben"):
        meet(matrix, world, name, "Ida")
        press(qtbot, Key.Key_G)
    settled()
    assert "1 of 3 people" in matrix._summary.text()
    assert "Ida is the only one who knows 2 of them." in matrix._summary.text()


def test_filters(
    qtbot: QtBot, matrix: MatrixStage, world: dict[str, str], settled: Settled
) -> None:
    meet(matrix, world, "Ana", "Ida")
    press(qtbot, Key.Key_G)
    settled()
    matrix.act_nobody.trigger()
    assert matrix.model.row_of(world["Ana"]) < 0
    assert matrix.model.row_of(world["Ben"]) > 0
    matrix.go_to(world["Ana"])
    assert matrix.current == world["Ana"]
    assert not matrix.act_nobody.isChecked()
    assert matrix.model.column_of(world["Rut"]) < 0
    matrix.act_everybody.trigger()
    assert matrix.model.column_of(world["Rut"]) == 2
    assert matrix.current == world["Ana"]


def test_the_first_arrow_meets_the_first_person(
    qtbot: QtBot, matrix: MatrixStage, world: dict[str, str]
) -> None:
    assert matrix.current == ""
    press(qtbot, Key.Key_Down)
    assert matrix.current == world["Ana"]


def test_arrows_pass_over_the_names_of_groups(
    qtbot: QtBot, matrix: MatrixStage, world: dict[str, str]
) -> None:
    meet(matrix, world, "Ana", "Ida")
    press(qtbot, Key.Key_Up)
    assert matrix.current == world["Ana"]
    with qtbot.waitSignal(matrix.person_opened) as opened:
        press(qtbot, Key.Key_Return)
    assert opened.args == [world["Ana"]]


def test_letters_belong_to_the_table_while_it_is_met(matrix: MatrixStage) -> None:
    """The map around has N for a new person and Del for deleting one."""
    for key, taken in ((Key.Key_N, True), (Key.Key_Delete, True), (Key.Key_L, False)):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(matrix.table, event)
        assert event.isAccepted() is taken


def test_a_past_state_cannot_be_changed(
    qtbot: QtBot, matrix: MatrixStage, world: dict[str, str], portfolio: Portfolio, settled: Settled
) -> None:
    matrix.set_read_only(True)
    meet(matrix, world, "Ana", "Ida")
    press(qtbot, Key.Key_G)
    press(qtbot, Key.Key_Space)
    settled()
    assert stored(portfolio) == {}


def test_a_refused_change_is_shown_as_it_was(
    qtbot: QtBot, matrix: MatrixStage, world: dict[str, str], portfolio: Portfolio,
    settled: Settled,
) -> None:  # fmt: skip
    with portfolio.unit_of_work("Delete Ida") as work:
        team.delete_team_member(work, world["Ida"])
    meet(matrix, world, "Ana", "Ida")
    press(qtbot, Key.Key_G)
    assert shown(matrix, world, "Ana", "Ida") == "good"
    settled()
    assert shown(matrix, world, "Ana", "Ida") is None


def test_what_listeners_are_told(matrix: MatrixStage, world: dict[str, str]) -> None:
    at = index(matrix, world, "Ana", "Ida")
    role = Qt.ItemDataRole.AccessibleTextRole
    assert "unknown" in str(at.data(role))
    header = matrix.model.headerData(at.column(), Qt.Orientation.Horizontal, role)
    assert str(header).startswith("Ida, Expert")


def test_nothing_there_says_what_to_do(
    qtbot: QtBot, app_context: AppContext, portfolio: Portfolio, clock: StillClock
) -> None:
    with portfolio.unit_of_work("Begin") as work:
        account = Account(name="Aurora Foods")
        work.add(account)
        work.flush()
        add_person(work, account.id, "Ana")
    stage = MatrixStage(app_context)
    qtbot.addWidget(stage)
    with portfolio.reading() as db:
        wish = MapWish(account.id, "coverage", clock.today(), build=MatrixStage.build)
        stage.show_loaded(load_map(db, wish))
    assert stage._stack.currentWidget() is stage._empty


def test_the_model_keeps_qt_happy_while_it_changes(qtbot: QtBot) -> None:
    model = MatrixModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    people = data(person("ana", "m"), person("ben"), centres={"m": "Milan"})
    members = [member("ida"), member("olof")]
    for states in ({}, {("ana", "ida"): "good"}, {("ana", "ida"): "bad", ("ben", "olof"): "none"}):
        model.show_scene(build_matrix(side(members, states), people))
        model.show_state(1, 0, "working")
    model.show_scene(build_matrix(side(members[:1], {}), data(person("ben"))))
    model.show_scene(MatrixScene())
    assert model.rowCount() == 0
    assert tester.model() is model


def test_where_only_cells_differ_only_they_are_redrawn(qtbot: QtBot) -> None:
    model = MatrixModel()
    people = data(person("ana"), person("ben"))
    members = [member("ida"), member("olof")]
    model.show_scene(build_matrix(side(members, {}), people))
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda at, _to: changed.append((at.row(), at.column())))
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.show_scene(build_matrix(side(members, {("ben", "olof"): "good"}), people))
    assert changed == [(2, 1)]
    assert resets == []
