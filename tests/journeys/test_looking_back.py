"""Going back in time in the real window: what changed since the last review, and back to now."""

from __future__ import annotations

from pathlib import Path

from kam_desktop.ui.account.map_section import MapSection
from kam_desktop.ui.account.page import AccountPage
from kam_desktop.ui.relationship_map.timeline.bar import TimeBar
from kam_desktop.ui.relationship_map.view import RelationshipMapView
from tests.journeys.desk import Desk, Key
from tests.journeys.test_second_day import remember


def open_map(desk: Desk, sample: Path) -> RelationshipMapView:
    remember(desk.home, sample)
    driver = desk.unlock()
    with driver.page.context.portfolio.reading() as db:
        account = db.value("SELECT id FROM account WHERE name = 'Aurora Foods'")
    page = driver.go_to("account", account_id=account, section="map")
    assert isinstance(page, AccountPage)
    section = page.section("map")
    assert isinstance(section, MapSection)
    desk.until(lambda: section.map.data is not None, "the map")
    driver.come_to_front()
    return section.map


def lines(bar: TimeBar) -> list[str]:
    return [bar.changes.lines.item(row).text() for row in range(bar.changes.lines.count())]


def support(view: RelationshipMapView) -> dict[str, int | None]:
    return {card.title: card.support for card in view.people}


def test_the_sample_is_looked_back_on_by_keyboard_alone(desk: Desk, sample: Path) -> None:
    view = open_map(desk, sample)
    press, settle = desk.driver.press, desk.driver.settle
    now = support(view)
    view.stage.setFocus()
    press(Key.Key_H)
    settle()
    bar = view.sides.time_bar
    assert bar is not None
    bar.slider.setFocus()
    for _step in range(3):
        press(Key.Key_Left)
        settle()
    assert view.read_only
    assert support(view)["Chief financial officer"] == 0
    assert support(view) != now
    desk.until(lambda: any("neutral → sceptic" in line for line in lines(bar)), "what changed")
    bar.changes.lines.setFocus()
    bar.changes.lines.setCurrentRow(0)
    press(Key.Key_Return)
    settle()
    met = next(card for card in view.people if card.id == view.stage.current)
    assert lines(bar)[0].startswith(met.name)
    press(Key.Key_N)
    settle()
    assert not view.new_person.isVisible(), "nobody is added to the past"
    bar.slider.setFocus()
    press(Key.Key_End)
    settle()
    assert not view.read_only
    assert support(view) == now


def test_the_last_review_is_one_click_away_in_every_view(desk: Desk, sample: Path) -> None:
    view = open_map(desk, sample)
    view.acts.time.setChecked(True)
    desk.driver.settle()
    bar = view.sides.time_bar
    assert bar is not None
    bar.since_review.click()
    for name in ("org", "network", "grid", "coverage", "ego"):
        view.show_view(name)
        desk.driver.settle()
        assert view.read_only, name
        assert support(view)["Chief financial officer"] == 0, name
    bar.now.click()
    desk.driver.settle()
    assert support(view)["Chief financial officer"] == -1
