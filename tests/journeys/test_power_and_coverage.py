"""The power grid and the coverage matrix in the real window: moved, set, and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from kam_desktop.services import our_side, team
from kam_desktop.services.accounts import add_account
from kam_desktop.services.analysis.power_grid import Cell
from kam_desktop.services.opening import Secrets, create_portfolio
from kam_desktop.services.people import add_person
from kam_desktop.tour.driver import Driver
from kam_desktop.ui.account.map_section import MapSection
from kam_desktop.ui.account.page import AccountPage
from kam_desktop.ui.relationship_map.grid.stage import GridStage
from kam_desktop.ui.relationship_map.matrix.stage import MatrixStage
from kam_desktop.ui.relationship_map.view import RelationshipMapView
from tests.conftest import StillClock
from tests.journeys.desk import CTRL, PASSPHRASE, Desk, Key
from tests.journeys.test_second_day import remember


@pytest.fixture
def view(desk: Desk, clock: StillClock) -> RelationshipMapView:
    """The map of an account with two people and two of ours, open in the window."""
    path = desk.home / "Northern.kam"
    opened, _recovery = create_portfolio(
        path, title="Northern", secrets=Secrets(PASSPHRASE), clock=clock
    )
    with opened.portfolio.unit_of_work("Begin") as work:
        account = add_account(work, name="Aurora Foods")
        add_person(work, account, "Elena Rossi", support=0, influence=8)
        add_person(work, account, "Ben Berg")
        for name in ("Ida Holm", "Olof Lind"):
            member = team.add_team_member(work, name, role="kam")
            our_side.add_to_account_team(work, account, member)
    opened.close()
    remember(desk.home, path)
    driver = desk.unlock()
    page = driver.go_to("account", account_id=account, section="map")
    assert isinstance(page, AccountPage)
    section = page.section("map")
    assert isinstance(section, MapSection)
    desk.until(lambda: section.map.data is not None, "the map")
    driver.come_to_front()
    return section.map


def stood(driver: Driver) -> dict[str, tuple[int | None, int | None]]:
    with driver.page.context.portfolio.reading() as db:
        rows = db.rows("SELECT name, support, influence FROM person WHERE deleted_at IS NULL")
    return {name: (support, influence) for name, support, influence in rows}


def contacts(driver: Driver) -> list[tuple[str, str, str]]:
    with driver.page.context.portfolio.reading() as db:
        return db.rows(
            "SELECT p.name, m.name, c.state FROM team_contact c"
            " JOIN person p ON p.id = c.person_id JOIN team_member m ON m.id = c.member_id"
            " WHERE c.deleted_at IS NULL ORDER BY p.name, m.name"
        )


def open_grid(desk: Desk, view: RelationshipMapView) -> GridStage:
    view.stage.setFocus()
    desk.driver.press(Key.Key_3)
    desk.driver.settle()
    stage = view.stage
    assert isinstance(stage, GridStage)
    desk.until(lambda: len(stage.scene.chips) == 2 and stage.view.hasFocus(), "the grid")
    return stage


def test_somebody_is_placed_by_keyboard_and_taken_back(
    desk: Desk, view: RelationshipMapView
) -> None:
    stage = open_grid(desk, view)
    desk.driver.press(Key.Key_Tab)
    assert stage.scene.chips[stage.current].spec.name == "Elena Rossi"
    desk.driver.press(Key.Key_Right, CTRL)
    desk.driver.press(Key.Key_Up, CTRL)
    desk.driver.settle()
    assert stood(desk.driver)["Elena Rossi"] == (1, 9)
    desk.driver.press(Key.Key_Tab)
    assert stage.scene.chips[stage.current].spec.name == "Ben Berg"
    desk.driver.press(Key.Key_Up, CTRL)
    desk.driver.settle()
    assert stood(desk.driver)["Ben Berg"] == (None, 5)
    desk.driver.control(Key.Key_Z)
    assert stood(desk.driver)["Ben Berg"] == (None, None)
    desk.driver.control(Key.Key_Z)
    assert stood(desk.driver)["Elena Rossi"] == (0, 8)


def test_somebody_is_dragged_and_taken_back(desk: Desk, view: RelationshipMapView) -> None:
    stage = open_grid(desk, view)
    elena = next(chip for chip in stage.scene.chips.values() if chip.spec.name == "Elena Rossi")
    assert stage.grid is not None
    area = stage.grid.layout.cells[Cell(-2, 6)]
    start = stage.view.mapFromScene(elena.sceneBoundingRect().center())
    end = stage.view.mapFromScene(QPointF(area.x + area.width / 2, area.y + area.height / 2))
    drag(stage, start, end)
    desk.driver.settle()
    assert stood(desk.driver)["Elena Rossi"] == (-2, 6)
    desk.driver.control(Key.Key_Z)
    assert stood(desk.driver)["Elena Rossi"] == (0, 8)
    desk.until(lambda: elena.spec.cell == Cell(0, 8), "her old place")


def drag(stage: GridStage, start: QPoint, end: QPoint) -> None:
    viewport, left = stage.view.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseMove(viewport, start)
    QTest.mousePress(viewport, left, pos=start)
    QTest.mouseMove(viewport, (start + end) / 2)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, left, pos=end)


def test_who_knows_whom_is_said_by_keyboard_and_taken_back(
    desk: Desk, view: RelationshipMapView
) -> None:
    view.stage.setFocus()
    desk.driver.press(Key.Key_4)
    desk.driver.settle()
    stage = view.stage
    assert isinstance(stage, MatrixStage)
    desk.until(stage.table.hasFocus, "the matrix")
    desk.driver.press(Key.Key_Down)
    assert stage.current
    desk.driver.press(Key.Key_G)
    desk.driver.press(Key.Key_Right)
    desk.driver.press(Key.Key_N)
    desk.driver.settle()
    assert contacts(desk.driver) == [
        ("Elena Rossi", "Ida Holm", "good"),
        ("Elena Rossi", "Olof Lind", "none"),
    ]
    desk.driver.press(Key.Key_Delete)
    desk.driver.settle()
    assert len(stood(desk.driver)) == 2, "Del forgets a contact here and deletes nobody"
    assert contacts(desk.driver) == [("Elena Rossi", "Ida Holm", "good")]
    desk.driver.control(Key.Key_Z)
    desk.driver.control(Key.Key_Z)
    assert contacts(desk.driver) == []
    assert len(stood(desk.driver)) == 2
