"""A map handled in a hurry in the real window: nothing breaks, nothing is lost."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kam_desktop.tour import look
from kam_desktop.tour.map_screens import VIEWS
from kam_desktop.ui.relationship_map.view import RelationshipMapView
from tests.journeys.desk import Desk, Key
from tests.journeys.test_looking_back import open_map

LONG = "Maximiliane " * 25


def met(view: RelationshipMapView, name: str) -> str:
    return next(card.id for card in view.people if card.name == name)


def test_views_and_accounts_change_faster_than_they_load(desk: Desk, sample: Path) -> None:
    view = open_map(desk, sample)
    driver = desk.driver
    aurora, other = view.account_id, look.account_id(driver, "Borea Pumps")
    for account in (other, aurora, other):
        for name in VIEWS:
            view.show_account(account)
            view.show_view(name)
    driver.settle()
    assert view.loaded_map is not None
    assert view.loaded_map.data.account_id == other
    assert view.shown_view == VIEWS[-1]


def test_the_past_is_opened_in_the_middle_of_a_word(desk: Desk, sample: Path) -> None:
    view = open_map(desk, sample)
    driver = desk.driver
    simone = met(view, "Simone Galli")
    view.stage.go_to(simone)
    view.stage.setFocus()
    driver.press(Key.Key_Return)
    desk.until(lambda: view.editor.person_id == simone, "the form")
    field = desk.tab_to("Title")
    QTest.keyClicks(field, "Vice ")
    view.acts.time.setChecked(True)
    driver.settle()
    bar = view.sides.time_bar
    assert bar is not None
    bar.since_review.click()
    driver.settle()
    assert view.read_only
    assert not view.panel.isVisible()
    bar.now.click()
    driver.settle()
    with driver.page.context.portfolio.reading() as db:
        title = db.value("SELECT title FROM person WHERE id = ?", (simone,))
    assert "Vice" in title


def test_somebody_is_deleted_while_their_form_is_open(desk: Desk, sample: Path) -> None:
    view = open_map(desk, sample)
    driver = desk.driver
    simone = met(view, "Simone Galli")
    view.stage.go_to(simone)
    view.stage.setFocus()
    driver.press(Key.Key_Return)
    view.stage.setFocus()
    driver.press(Key.Key_Delete)
    desk.until(lambda: simone not in view.scene.cards, "him to be gone")
    assert not view.panel.isVisible()
    assert view.canvas.hasFocus()
    driver.control(Key.Key_Z)
    desk.until(lambda: simone in view.scene.cards, "him to be back")


def test_a_very_long_name_is_taken_in_every_view(desk: Desk, sample: Path) -> None:
    view = open_map(desk, sample)
    driver = desk.driver
    view.stage.setFocus()
    driver.press(Key.Key_N)
    driver.type(LONG)
    driver.press(Key.Key_Return)
    desk.until(lambda: any(card.name == LONG.strip() for card in view.people), "the long name")
    for name in VIEWS:
        view.show_view(name)
        driver.settle()
        assert driver.window.width() <= 1400
        assert view.stage.isVisible()


def test_escape_closes_one_thing_after_the_other(desk: Desk, sample: Path) -> None:
    view = open_map(desk, sample)
    driver = desk.driver
    view.stage.go_to(met(view, "Simone Galli"))
    view.stage.setFocus()
    for key in (Key.Key_Slash, Key.Key_L, Key.Key_N, Key.Key_Return, Key.Key_I):
        driver.press(key)
        assert not view.canvas.hasFocus(), key
        driver.press(Key.Key_Escape)
        assert view.canvas.hasFocus(), f"{key}: {QApplication.focusWidget()}"
    assert view.isVisible()
