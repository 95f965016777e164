"""Pictures of the relationship map: each view, what stands beside it, and crowds of every size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from kam_desktop.models.vocabulary import ClaimField
from kam_desktop.tour import look
from kam_desktop.tour.driver import Driver, wait_until
from kam_desktop.ui.account.map_section import MapSection
from kam_desktop.ui.account.page import AccountPage
from kam_desktop.ui.handouts.pdf_preview import PdfPreview
from kam_desktop.ui.relationship_map.view import RelationshipMapView

Shot = tuple[str, QWidget]
VIEWS: Final = ("org", "network", "grid", "coverage", "ego")
CROWDS: Final = ((5, 8), (40, 90), (500, 1_500))
"""Numbers of people and of ties."""


def map_of(driver: Driver, account_id: str) -> RelationshipMapView:
    """The map of an account, open in its dossier."""
    page = driver.go_to("account", account_id=account_id, section="map")
    assert isinstance(page, AccountPage)
    section = page.section("map")
    assert isinstance(section, MapSection)
    driver.settle()
    return section.map


def map_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """The five views, a person, the form for a new one, and the legend."""
    del home
    view = map_of(driver, look.account_id(driver))
    for name in VIEWS:
        view.show_view(name)
        driver.settle()
        yield f"account-map-{name}", driver.window
    view.show_org_chart()
    driver.settle()
    view.open_person(look.person_id(driver))
    driver.settle()
    yield "account-map-person", driver.window
    yield from _judging_screens(driver, view)
    view.close_panel()
    view.acts.add.trigger()
    yield "account-map-add", driver.window
    driver.press(Qt.Key.Key_Escape)
    view.acts.legend.trigger()
    yield "account-map-legend", driver.window
    view.acts.legend.trigger()


def _judging_screens(driver: Driver, view: RelationshipMapView) -> Iterator[Shot]:
    """Where a judgement comes from, and the questions that lead to one."""
    editor = view.panel.editor
    editor.act_sources.trigger()
    driver.settle()
    yield "account-map-claims", driver.window
    editor.open_guide(ClaimField.SUPPORT)
    driver.settle()
    yield "account-map-judging", driver.window
    editor.guide.closed.emit()


def thinking_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """What can be read off a map, what if somebody leaves, suggestions, and the past."""
    del home
    view = map_of(driver, look.account_id(driver))
    view.show_org_chart()
    driver.settle()
    view.stage.go_to(look.person_id(driver))
    view.acts.think.trigger()
    driver.settle()
    yield "account-map-thinking", driver.window
    for action, name in (
        (view.acts.what_if, "account-map-what-if"),
        (view.acts.introduce, "account-map-introductions"),
        (view.acts.suggest, "account-map-suggestions"),
    ):
        action.trigger()
        driver.settle()
        yield name, driver.window
    view.acts.think.trigger()
    view.acts.time.trigger()
    driver.settle()
    yield "account-map-time", driver.window
    view.acts.time.trigger()
    driver.settle()


def poster_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """The map as it will be on paper."""
    del home
    view = map_of(driver, look.account_id(driver))
    view.output.action.trigger()
    preview = look.find_dialog(PdfPreview)
    wait_until(driver.program.is_idle, "the poster")
    yield "map-poster", preview
    driver.close(preview)


def people_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """People who may be the same, and two records becoming one."""
    del home
    page = driver.go_to("people")
    look.command(page, "Possible doubles")
    driver.settle()
    yield "people-doubles", driver.window
    look.command(page, "Possible doubles")
    driver.settle()
    look.select_rows(page, 2)
    look.command(page, "Merge")
    driver.settle()
    dialog = look.find_dialog(QDialog)
    yield "people-merge", dialog
    driver.close(dialog)


def crowd_screens(driver: Driver, home: Path) -> Iterator[Shot]:
    """Each view with few, some and many people; the companies are taken away again."""
    del home
    from kam_desktop.tour.crowd import add_company

    context = driver.page.context
    for people, ties in CROWDS:
        name = f"{people} people"
        context.operations.run(driver.window, f"Add {name}", add_company, name, people, ties)
        driver.settle()
        view = map_of(driver, look.account_id(driver, name))
        for shown in VIEWS:
            view.show_view(shown)
            driver.settle()
            yield f"map-{people}-{shown}", driver.window
        driver.go_to("portfolio")
        driver.run("undo")
        driver.window.toast.hide()
