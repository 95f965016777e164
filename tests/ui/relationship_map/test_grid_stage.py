"""The power grid in a real widget: moved on by mouse and keyboard, cancelled, undone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import Account
from kam_desktop.services.analysis.power_grid import Cell
from kam_desktop.services.map_loading import MapWish, load_map
from kam_desktop.services.people import add_person, add_vacant_seat
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.unit_of_work import UnitOfWork
from kam_desktop.ui.relationship_map.grid.stage import READABLE, GridStage
from kam_desktop.ui.shell.context import AppContext
from tests.conftest import StillClock

Key = Qt.Key
Settled = Callable[[], None]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def account(portfolio: Portfolio) -> str:
    with portfolio.unit_of_work("Add account") as work:
        made = Account(name="Aurora Foods")
        work.add(made)
        return made.id


@pytest.fixture
def people(portfolio: Portfolio, account: str) -> dict[str, str]:
    with portfolio.unit_of_work("Add people") as work:
        return {
            "Ana": add_person(work, account, "Ana", title="CEO", support=1, influence=9),
            "Ben": add_person(work, account, "Ben", support=-1, influence=3),
            "Cem": add_person(work, account, "Cem"),
            "seat": add_vacant_seat(work, account, "Head of quality", influence=7),
        }


@pytest.fixture
def load(
    portfolio: Portfolio, account: str, clock: StillClock, stage: GridStage, settled: Settled
) -> Callable[[], None]:
    """Shows what is stored now, as the map's view does after each change."""

    def show(*_changes: object) -> None:
        with portfolio.reading() as db:
            wish = MapWish(account, "grid", clock.today(), build=GridStage.build)
            stage.show_loaded(load_map(db, wish))

    return show


@pytest.fixture
def stage(qtbot: QtBot, app_context: AppContext) -> GridStage:
    made = GridStage(app_context)
    qtbot.addWidget(made)
    made.resize(1200, 720)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def grid(
    qtbot: QtBot,
    app_context: AppContext,
    stage: GridStage,
    people: dict[str, str],
    load: Callable[[], None],
) -> GridStage:
    """The stage with three people and a seat, following what is stored."""
    load()
    app_context.bus.changed.connect(load)
    stage.view.setFocus()
    qtbot.waitUntil(stage.view.hasFocus)
    return stage


def standing(portfolio: Portfolio, person_id: str) -> tuple[int | None, int | None]:
    with portfolio.reading() as db:
        row = db.row("SELECT support, influence FROM person WHERE id = ?", (person_id,))
    assert row is not None
    return row[0], row[1]


def spot(stage: GridStage, person_id: str) -> QPoint:
    chip = stage.scene.chips[person_id]
    return stage.view.mapFromScene(chip.mapToScene(chip.boundingRect().center()))


def middle(stage: GridStage, cell: Cell) -> QPoint:
    assert stage.grid is not None
    area = stage.grid.layout.cells[cell]
    at = QPointF(area.x + area.width / 2, area.y + area.height / 2)
    return stage.view.mapFromScene(at)


def drag(qtbot: QtBot, stage: GridStage, start: QPoint, end: QPoint, *, drop: bool = True) -> None:
    viewport = stage.view.viewport()
    qtbot.mouseMove(viewport, start)
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(viewport, (start + end) / 2)
    qtbot.mouseMove(viewport, end)
    if drop:
        qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)


def press(
    qtbot: QtBot, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, keys)


def test_without_people_it_says_what_to_do(stage: GridStage, load: Callable[[], None]) -> None:
    load()
    assert stage._empty.isVisible()
    assert not stage.view.isVisible()


def test_dropping_a_chip_sets_both_values_in_one_step(
    qtbot: QtBot, grid: GridStage, people: dict[str, str], portfolio: Portfolio, settled: Settled
) -> None:
    drag(qtbot, grid, spot(grid, people["Ana"]), middle(grid, Cell(-2, 2)))
    settled()
    assert standing(portfolio, people["Ana"]) == (-2, 2)
    assert grid.scene.chips[people["Ana"]].spec.cell == Cell(-2, 2)
    portfolio.undo()
    assert standing(portfolio, people["Ana"]) == (1, 9)


def test_the_target_is_shown_in_words_and_nobody_else_moves(
    qtbot: QtBot, grid: GridStage, people: dict[str, str], portfolio: Portfolio, settled: Settled,
    load: Callable[[], None],
) -> None:  # fmt: skip
    others = {p: grid.scene.chips[p].pos() for p in people.values() if p != people["Ana"]}
    end = middle(grid, Cell(None, 4))
    drag(qtbot, grid, spot(grid, people["Ana"]), end, drop=False)
    assert grid.scene.ground.target == Cell(None, 4)
    assert grid.scene.preview.text == "Support unknown, influence 4"
    # A change from elsewhere meanwhile waits until the drag has ended.
    lifted = grid.scene.chips[people["Ana"]].pos()
    load()
    assert grid.scene.chips[people["Ana"]].pos() == lifted
    assert {p: grid.scene.chips[p].pos() for p in others} == others
    press(qtbot, Key.Key_Escape)
    assert grid.scene.preview.text == ""
    qtbot.mouseRelease(grid.view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    settled()
    assert standing(portfolio, people["Ana"]) == (1, 9)
    chip = grid.scene.chips[people["Ana"]]
    assert (chip.x(), chip.y()) == (chip.spec.place.x, chip.spec.place.y)


def test_a_drop_into_unknown_forgets(
    qtbot: QtBot, grid: GridStage, people: dict[str, str], portfolio: Portfolio, settled: Settled
) -> None:
    drag(qtbot, grid, spot(grid, people["Ben"]), middle(grid, Cell(None, None)))
    settled()
    assert standing(portfolio, people["Ben"]) == (None, None)


def test_several_people_go_together(
    qtbot: QtBot, grid: GridStage, people: dict[str, str], portfolio: Portfolio, settled: Settled
) -> None:
    viewport, left = grid.view.viewport(), Qt.MouseButton.LeftButton
    qtbot.mouseClick(viewport, left, pos=spot(grid, people["Ana"]))
    qtbot.mouseClick(viewport, left, CTRL, pos=spot(grid, people["Ben"]))
    assert set(grid.selected_people()) == {people["Ana"], people["Ben"]}
    end = middle(grid, Cell(0, 6))
    drag(qtbot, grid, spot(grid, people["Ben"]), end, drop=False)
    assert grid.scene.preview.text == "2 people: Neutral, influence 6"
    qtbot.mouseRelease(viewport, left, pos=end)
    settled()
    assert standing(portfolio, people["Ana"]) == standing(portfolio, people["Ben"]) == (0, 6)
    portfolio.undo()
    assert standing(portfolio, people["Ana"]) == (1, 9)
    assert standing(portfolio, people["Ben"]) == (-1, 3)


def test_keys_go_from_person_to_person_and_change_them(
    qtbot: QtBot, grid: GridStage, people: dict[str, str], portfolio: Portfolio, settled: Settled
) -> None:
    press(qtbot, Key.Key_Down)
    assert grid.current == people["Ana"]
    press(qtbot, Key.Key_Right, CTRL)
    press(qtbot, Key.Key_Down, CTRL)
    press(qtbot, Key.Key_Down, CTRL)
    settled()
    assert standing(portfolio, people["Ana"]) == (2, 7)
    assert grid.current == people["Ana"]
    press(qtbot, Key.Key_Right, CTRL)
    settled()
    assert standing(portfolio, people["Ana"]) == (2, 7), "the scale ends at mentor"
    press(qtbot, Key.Key_U)
    press(qtbot, Key.Key_U, SHIFT)
    settled()
    assert standing(portfolio, people["Ana"]) == (None, None)
    press(qtbot, Key.Key_Left, CTRL)
    press(qtbot, Key.Key_Up, CTRL)
    settled()
    assert standing(portfolio, people["Ana"]) == (0, 5), "from unknown to the middle"
    portfolio.undo()
    assert standing(portfolio, people["Ana"]) == (1, 9), "one thought, one step"


def test_arrows_reach_everybody_and_enter_opens(
    qtbot: QtBot, grid: GridStage, people: dict[str, str]
) -> None:
    met = []
    for _ in people:
        press(qtbot, Key.Key_Tab)
        met.append(grid.current)
    assert sorted(met) == sorted(people.values())
    with qtbot.waitSignal(grid.person_opened) as opened:
        press(qtbot, Key.Key_Return)
    assert opened.args == [met[-1]]
    with qtbot.waitSignal(grid.person_opened) as opened:
        qtbot.mouseDClick(
            grid.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(grid, people["Ben"])
        )
    assert opened.args == [people["Ben"]]


def test_what_listeners_are_told(qtbot: QtBot, grid: GridStage, people: dict[str, str]) -> None:
    grid.go_to(people["Ana"])
    assert "Support: Supporter" in grid.view.accessibleDescription()
    assert "Influence: 9/10" in grid.view.accessibleDescription()
    assert grid._across.accessibleDescription().endswith("Support unknown: 2")


def test_a_past_state_cannot_be_changed(
    qtbot: QtBot, grid: GridStage, people: dict[str, str], portfolio: Portfolio, settled: Settled
) -> None:
    grid.set_read_only(True)
    drag(qtbot, grid, spot(grid, people["Ana"]), middle(grid, Cell(-2, 2)))
    grid.go_to(people["Ana"])
    press(qtbot, Key.Key_Right, CTRL)
    settled()
    assert standing(portfolio, people["Ana"]) == (1, 9)
    assert not any(action.isEnabled() for action in grid._edits)


def add_crowd(work: UnitOfWork, account: str, count: int) -> list[str]:
    return [
        add_person(work, account, f"Person {at:03}", support=0, influence=4) for at in range(count)
    ]


def test_a_crowd_opens_and_folds_and_is_found(
    qtbot: QtBot, grid: GridStage, account: str, portfolio: Portfolio, load: Callable[[], None],
    settled: Settled,
) -> None:  # fmt: skip
    with portfolio.unit_of_work("Add a crowd") as work:
        crowd = add_crowd(work, account, 104)
    load()
    more = grid.scene.more[Cell(0, 4)]
    assert more.spec.text == "+87 more"
    assert crowd[-1] not in grid.scene.chips
    grid.view.go_to("more:0:4")
    assert grid.current == ""
    press(qtbot, Key.Key_Return)
    assert set(crowd) <= grid.scene.chips.keys()
    assert grid.scene.more[Cell(0, 4)].spec.folds
    at = grid.view.mapFromScene(grid.scene.more[Cell(0, 4)].sceneBoundingRect().center())
    grid.view.ensureVisible(grid.scene.more[Cell(0, 4)])
    at = grid.view.mapFromScene(grid.scene.more[Cell(0, 4)].sceneBoundingRect().center())
    qtbot.mouseClick(grid.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert crowd[-1] not in grid.scene.chips
    grid.go_to(crowd[-1])
    assert grid.current == crowd[-1]
    grid.close_cells()
    grid.highlight(frozenset({crowd[-2]}))
    assert crowd[-2] in grid.scene.chips


def test_somebody_who_is_gone_leaves_the_grid(
    grid: GridStage, people: dict[str, str], portfolio: Portfolio, load: Callable[[], None]
) -> None:
    from kam_desktop.services.people import delete_person

    grid.go_to(people["Ana"])
    with portfolio.unit_of_work("Delete") as work:
        delete_person(work, people["Ana"])
    load()
    assert people["Ana"] not in grid.scene.chips
    assert grid.current == ""


def test_a_refused_change_goes_back(
    qtbot: QtBot, grid: GridStage, people: dict[str, str], portfolio: Portfolio, settled: Settled,
    app_context: AppContext, load: Callable[[], None],
) -> None:  # fmt: skip
    from kam_desktop.services.people import delete_person

    told: list[object] = []
    app_context.navigator.noticed.connect(told.append)
    with portfolio.unit_of_work("Delete") as work:
        delete_person(work, people["Ana"])
    drag(qtbot, grid, spot(grid, people["Ana"]), middle(grid, Cell(-2, 2)))
    settled()
    chip = grid.scene.chips[people["Ana"]]
    assert (chip.x(), chip.y()) == (chip.spec.place.x, chip.spec.place.y)
    assert len(told) == 1


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_everything_can_be_reached_in_large_type(
    grid: GridStage, app_context: AppContext, scale: float
) -> None:
    app_context.theme.apply("high_contrast", scale=scale)
    assert grid.grid is not None
    bottom = grid.view.mapToScene(grid.view.viewport().rect()).boundingRect()
    reach = grid.view.sceneRect()
    assert reach.width() >= grid.grid.width
    assert reach.height() >= grid.grid.height
    assert bottom.top() <= 0
    grid.fit()
    seen = grid.view.mapToScene(grid.view.viewport().rect()).boundingRect()
    assert grid.view.zoom >= READABLE
    assert seen.contains(QPointF(grid.grid.width, grid.grid.height)) is (scale == 1.0)
    grid.zoom_in()
    assert grid.view.zoom > READABLE


def test_zooming_moves_nobody(
    grid: GridStage, people: dict[str, str], load: Callable[[], None]
) -> None:
    places = {key: chip.pos() for key, chip in grid.scene.chips.items()}
    for zoom in (grid.zoom_in, grid.zoom_in, grid.zoom_out):
        zoom()
        load()
        assert {key: chip.pos() for key, chip in grid.scene.chips.items()} == places
