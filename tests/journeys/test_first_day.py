"""The whole path by keyboard: a portfolio is made, filled, used, printed from and undone."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from kam_desktop.models.vocabulary import ChecklistState
from kam_desktop.tour import look
from kam_desktop.tour.driver import Driver
from kam_desktop.tour.opening import opening_of
from kam_desktop.ui.account.map_section import MapSection
from kam_desktop.ui.account.page import AccountPage
from kam_desktop.ui.handouts.preview import BriefPreview
from kam_desktop.ui.importing.page import ImportPage
from kam_desktop.ui.meetings.page import MeetingsPage
from tests.journeys.desk import PASSPHRASE, SHIFT, Desk, Key

CRM_EXPORT = """\
Account Name,Industry,Billing City,Billing Country
Aurora Foods,Food,Lodi,Italy
Borea Pumps,Machines,Bologna,Italy
"""


def test_a_first_day_by_keyboard(desk: Desk) -> None:
    driver = desk.start()
    make_a_portfolio(desk)
    empty = contents(driver)
    import_accounts(desk)
    find(desk, "aurora", "Aurora Foods")
    draw_a_map(desk)
    plan_a_meeting(desk)
    see_health(desk)
    save_the_brief(desk)
    full = contents(driver)
    assert {table: len(rows) for table, rows in full.items() if table != "checklist_item"} == {
        "account": 2, "person": 2, "tie": 2, "meeting": 1,
    }  # fmt: skip

    steps = undo_everything(driver)
    assert steps >= 6
    assert contents(driver) == empty
    for _step in range(steps):
        driver.control(Key.Key_Y)
    assert contents(driver) == full

    desk.leave()
    driver = desk.unlock()
    assert contents(driver) == full
    desk.until(driver.window.commands["undo"].isEnabled, "Undo to know of yesterday")
    assert undo_everything(driver) == steps
    assert contents(driver) == empty


def make_a_portfolio(desk: Desk) -> None:
    driver = desk.driver
    opening = opening_of(driver)
    driver.settle()
    driver.press(Key.Key_Space)
    driver.type("Northern portfolio")
    desk.tab_to("Protect it with a passphrase of my own")
    driver.press(Key.Key_Space)
    for field in ("Passphrase", "Passphrase again"):
        desk.tab_to(field)
        driver.type(PASSPHRASE)
    desk.tab_to("Make the portfolio")
    driver.press(Key.Key_Space)
    desk.until(lambda: opening.panel is opening.recovery, "the recovery key")
    assert len(opening.recovery.key.text()) > 20
    desk.tab_to("I have kept it")
    driver.press(Key.Key_Space)
    driver.window_opens()
    assert (desk.home / "Northern portfolio.kam").exists()
    assert driver.page.name == "today"


def import_accounts(desk: Desk) -> None:
    driver = desk.driver
    file = desk.home / "export.csv"
    file.write_text(CRM_EXPORT, "utf-8")
    driver.control(Key.Key_8)
    page = driver.page
    assert isinstance(page, ImportPage)
    desk.tab_to("Choose files")
    driver.press(Key.Key_Space)
    desk.choose_file(file)
    desk.until(lambda: page.plan is not None, "the preview")
    driver.come_to_front()
    driver.control(Key.Key_Return)
    desk.until(lambda: page.views.currentWidget() is page.result, "the result")
    assert driver.undo_text() == "Undo: Import of 2 accounts"


def find(desk: Desk, typed: str, name: str) -> None:
    driver = desk.driver
    driver.control(Key.Key_K)
    palette = driver.window.palette_panel
    assert palette is not None
    driver.type(typed)
    desk.until(lambda: look.shows(palette.model, name), "what was searched for")
    driver.press(Key.Key_Return)
    desk.until(lambda: driver.window.head.title_text == name, "the dossier")
    assert driver.page.name == "account"


def draw_a_map(desk: Desk) -> None:
    driver = desk.driver
    page = driver.page
    assert isinstance(page, AccountPage)
    driver.control(Key.Key_PageDown)
    section = page.section("map")
    assert isinstance(section, MapSection)
    view = section.map
    desk.tab_to("Add person")
    driver.press(Key.Key_Space)
    driver.type("Elena Rossi")
    driver.press(Key.Key_Return)
    desk.until(lambda: look.names(view) == {"Elena Rossi"}, "the first person")
    driver.press(Key.Key_N)
    driver.type("Ben Berg")
    driver.press(Key.Key_Return)
    desk.until(lambda: look.names(view) == {"Elena Rossi", "Ben Berg"}, "the second person")
    driver.press(Key.Key_L)
    driver.press(Key.Key_Backtab, SHIFT)
    driver.type("allied")
    driver.press(Key.Key_Tab)
    driver.type("elena")
    desk.until(lambda: look.offers(view.link_form.found, "Elena Rossi"), "whom to link with")
    driver.press(Key.Key_Return)
    desk.until(lambda: len(view.scene.ties) == 2, "the second tie")


def plan_a_meeting(desk: Desk) -> None:
    driver = desk.driver
    driver.control(Key.Key_5)
    page = driver.page
    assert isinstance(page, MeetingsPage)
    driver.control(Key.Key_N)
    driver.type("auro")
    desk.until(lambda: QApplication.activePopupWidget() is not None, "the account to be offered")
    driver.press(Key.Key_Return)
    desk.tab_to("Plan meeting")
    driver.press(Key.Key_Space)
    card = page.panel.checklist
    desk.until(lambda: bool(card.model.rows), "the checklist")
    card.view.setFocus()
    driver.press(Key.Key_Home)
    driver.press(Key.Key_Space)
    assert [row.state for row in card.model.rows].count(ChecklistState.DONE) == 1
    assert page.head_pills()[-1][0].startswith("in ")


def see_health(desk: Desk) -> None:
    driver = desk.driver
    driver.control(Key.Key_7)
    assert driver.page.name == "health"
    assert driver.page.head_pills()[-1][0] == "2 with too little data"


def save_the_brief(desk: Desk) -> None:
    driver = desk.driver
    driver.control(Key.Key_5)
    driver.control(Key.Key_P)
    preview = look.find_dialog(BriefPreview)
    desk.until(preview.save.isEnabled, "the pages")
    preview.activateWindow()
    desk.until(preview.isActiveWindow, "the preview in front")
    driver.control(Key.Key_S)
    target = desk.home / "brief.pdf"
    desk.choose_file(target)
    desk.until(target.exists, "the saved brief")
    assert target.read_bytes().startswith(b"%PDF-")
    driver.close(preview)


def undo_everything(driver: Driver) -> int:
    steps = 0
    while driver.window.commands["undo"].isEnabled():
        driver.control(Key.Key_Z)
        steps += 1
        assert steps < 50
    return steps


def contents(driver: Driver) -> dict[str, list[tuple[Any, ...]]]:
    """What the user made, by table."""
    tables = ("account", "person", "tie", "meeting", "checklist_item")
    with driver.page.context.portfolio.reading() as db:
        return {
            table: db.rows(f"SELECT * FROM {table} WHERE deleted_at IS NULL ORDER BY id")
            for table in tables
        }
