"""A map built from nothing in the real window, by keyboard alone and by mouse, and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from kam_desktop.services.accounts import add_account
from kam_desktop.services.opening import Secrets, create_portfolio
from kam_desktop.tour import look
from kam_desktop.tour.driver import Driver
from kam_desktop.ui.account.map_section import MapSection
from kam_desktop.ui.account.page import AccountPage
from kam_desktop.ui.relationship_map.view import RelationshipMapView
from tests.conftest import StillClock
from tests.journeys.desk import CTRL, PASSPHRASE, SHIFT, Desk, Key
from tests.journeys.test_second_day import remember

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(desk: Desk, clock: StillClock) -> RelationshipMapView:
    """The map of an account of which nobody is known yet, open in the window."""
    path = desk.home / "Northern.kam"
    opened, _recovery = create_portfolio(
        path, title="Northern", secrets=Secrets(PASSPHRASE), clock=clock
    )
    with opened.portfolio.unit_of_work("Begin") as work:
        account = add_account(work, name="Aurora Foods")
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


def people(driver: Driver) -> list[tuple[str, str, int | None]]:
    with driver.page.context.portfolio.reading() as db:
        return db.rows(
            "SELECT name, title, support FROM person WHERE deleted_at IS NULL ORDER BY id"
        )


def ties(driver: Driver) -> list[tuple[str, str, str]]:
    with driver.page.context.portfolio.reading() as db:
        return db.rows(
            "SELECT f.name, t.kind, o.name FROM tie t JOIN person f ON f.id = t.from_id"
            " JOIN person o ON o.id = t.to_id WHERE t.deleted_at IS NULL ORDER BY t.id"
        )


def add(desk: Desk, view: RelationshipMapView, name: str, count: int) -> None:
    """N, the name, Return: the map shows so many people then."""
    desk.driver.press(Key.Key_N)
    desk.driver.type(name)
    desk.driver.press(Key.Key_Return)
    shows(desk, view, count)


def shows(desk: Desk, view: RelationshipMapView, count: int) -> None:
    desk.until(lambda: len(view.scene.cards) == count, f"{count} people on the map")


def undo_to_nothing(driver: Driver) -> int:
    steps = 0
    while people(driver):
        driver.control(Key.Key_Z)
        steps += 1
        assert steps < 40
    return steps


def test_a_map_is_built_by_keyboard_alone(desk: Desk, view: RelationshipMapView) -> None:
    driver = desk.driver
    desk.tab_to("Add person")
    driver.press(Key.Key_Space)
    driver.type("Elena Rossi")
    driver.press(Key.Key_Return)
    desk.until(lambda: look.names(view) == {"Elena Rossi"}, "the first person")
    add(desk, view, "Ben Berg", 2)
    add(desk, view, "Jan Kos", 3)
    assert ties(driver) == [
        ("Ben Berg", "reports_to", "Elena Rossi"),
        ("Jan Kos", "reports_to", "Ben Berg"),
    ]
    link_by_keyboard(desk, view)
    judge_by_keyboard(desk, view)
    change_in_the_grid(desk, view)
    find_by_keyboard(desk, view)
    full = people(driver), ties(driver)
    steps = undo_to_nothing(driver)
    assert ties(driver) == []
    for _step in range(steps):
        driver.control(Key.Key_Y)
    assert (people(driver), ties(driver)) == full


def link_by_keyboard(desk: Desk, view: RelationshipMapView) -> None:
    driver = desk.driver
    driver.press(Key.Key_L)
    driver.press(Key.Key_Backtab, SHIFT)
    driver.type("influences")
    driver.press(Key.Key_Tab)
    driver.type("elena")
    desk.until(lambda: look.offers(view.link_form.found, "Elena Rossi"), "whom to link with")
    driver.press(Key.Key_Return)
    desk.until(lambda: len(view.scene.ties) == 3, "the tie")
    assert ("Jan Kos", "influences", "Elena Rossi") in ties(driver)


def judge_by_keyboard(desk: Desk, view: RelationshipMapView) -> None:
    """The questions about support, answered with yes until they are through."""
    driver = desk.driver
    view.stage.setFocus()
    driver.press(Key.Key_Return)
    desk.until(lambda: view.editor.person_id == view.stage.current, "the form")
    desk.tab_to("Support")
    view.editor.act_guide.trigger()
    guide = view.editor.guide
    desk.until(guide.isVisible, "the questions")
    for _question in range(9):
        driver.press(Key.Key_Y)
    driver.press(Key.Key_Return)
    desk.until(lambda: any(row[2] is not None for row in people(driver)), "a judgement")
    driver.press(Key.Key_Escape)
    assert not view.panel.isVisible()
    assert view.stage.hasFocus() or view.canvas.hasFocus()


def change_in_the_grid(desk: Desk, view: RelationshipMapView) -> None:
    driver = desk.driver
    driver.press(Key.Key_3)
    desk.until(lambda: view.stage.hasFocus() or view.stage.isAncestorOf(focus()), "the grid")
    driver.press(Key.Key_Tab)
    driver.press(Key.Key_Up, CTRL)
    driver.press(Key.Key_1)
    desk.until(lambda: view.shown_view == "org" and bool(view.scene.cards), "the org chart")


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "the keyboard is nowhere"
    return widget


def find_by_keyboard(desk: Desk, view: RelationshipMapView) -> None:
    driver = desk.driver
    view.stage.setFocus()
    driver.press(Key.Key_Slash)
    driver.type("ben")
    driver.press(Key.Key_Return)
    driver.press(Key.Key_Escape)
    met = next(card for card in view.people if card.id == view.stage.current)
    assert met.name == "Ben Berg"
    assert view.canvas.hasFocus()


def test_a_hurry_makes_nobody_twice_and_no_circle(desk: Desk, view: RelationshipMapView) -> None:
    driver = desk.driver
    view.acts.add.trigger()
    driver.type("Elena Rossi")
    for _time in range(2):
        QTest.keyClick(focus(), Key.Key_Return)
    desk.until(lambda: len(view.scene.cards) == 1, "the first person")
    driver.settle()
    assert [name for name, _title, _support in people(driver)] == ["Elena Rossi"]
    add(desk, view, "Ben Berg", 2)
    view.stage.go_to(card_of(view, "Elena Rossi"))
    driver.press(Key.Key_L)
    driver.type("ben")
    desk.until(lambda: look.offers(view.link_form.found, "Ben Berg"), "whom to link with")
    driver.press(Key.Key_Return)
    desk.until(view.link_form.error.isVisible, "a refusal")
    assert "Elena Rossi" in view.link_form.error.text()
    assert "Ben Berg" in view.link_form.error.text()
    driver.press(Key.Key_Escape)
    assert view.canvas.hasFocus()
    assert ties(driver) == [("Ben Berg", "reports_to", "Elena Rossi")]


def test_a_map_is_built_by_mouse(desk: Desk, view: RelationshipMapView) -> None:
    driver = desk.driver
    view.acts.add.trigger()
    for count, name in enumerate(("Elena Rossi", "Ben Berg"), start=1):
        driver.type(name)
        click(view.new_person._add)
        shows(desk, view, count)
        if count == 1:
            view.acts.add.trigger()
    elena, ben = (card_of(view, name) for name in ("Elena Rossi", "Ben Berg"))
    assert ties(driver) == [("Ben Berg", "reports_to", "Elena Rossi")]
    QTest.mouseClick(view.canvas.viewport(), LEFT, pos=spot(view, ben))
    drag(view, handle(view), spot(view, elena))
    menu = opened_menu(desk)
    allied = next(one for one in menu.actions() if "allied" in one.text().casefold())
    allied.trigger()
    menu.close()
    desk.until(lambda: len(ties(driver)) == 2, "the tie")
    before = view.scene.cards[ben].pos()
    drag(view, spot(view, ben), spot(view, ben) + QPoint(60, 30))
    driver.settle()
    assert view.scene.cards[ben].pos() != before
    QTest.mouseDClick(view.canvas.viewport(), LEFT, pos=spot(view, ben))
    desk.until(lambda: view.editor.isVisible() and view.editor.person_id == ben, "the form")
    view.scene.set_current(ben)
    view.acts.delete.trigger()
    desk.until(lambda: len(view.scene.cards) == 1, "Ben to be gone")
    assert not view.editor.isVisible(), "nobody is edited who is gone"
    driver.control(Key.Key_Z)
    desk.until(lambda: len(view.scene.cards) == 2, "Ben to be back")
    undo_to_nothing(driver)
    assert ties(driver) == []


def card_of(view: RelationshipMapView, name: str) -> str:
    return next(card.id for card in view.people if card.name == name)


def spot(view: RelationshipMapView, person_id: str) -> QPoint:
    return view.canvas.mapFromScene(view.scene.cards[person_id].sceneBoundingRect().center())


def handle(view: RelationshipMapView) -> QPoint:
    return view.canvas.mapFromScene(view.scene._handle.pos())


def click(button: QWidget) -> None:
    QTest.mouseClick(button, LEFT)


def drag(view: RelationshipMapView, start: QPoint, end: QPoint) -> None:
    viewport = view.canvas.viewport()
    QTest.mouseMove(viewport, start)
    QTest.mousePress(viewport, LEFT, pos=start)
    QTest.mouseMove(viewport, (start + end) / 2)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, LEFT, pos=end)


def opened_menu(desk: Desk) -> QMenu:
    desk.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the menu")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu
