"""Leaving and coming back: undo over a restart, delete, trash, restore, a backup to go back to."""

from __future__ import annotations

from pathlib import Path

import pytest

from kam_desktop.services.accounts import add_account
from kam_desktop.services.opening import Secrets, create_portfolio
from kam_desktop.services.people import add_person
from kam_desktop.tour.driver import Driver
from kam_desktop.ui.portfolio.page import PortfolioPage
from kam_desktop.ui.settings.page import SettingsPage
from kam_desktop.ui.settings.trash import TrashSection
from tests.conftest import StillClock
from tests.journeys.desk import PASSPHRASE, Desk, Key


@pytest.fixture
def driver(desk: Desk, clock: StillClock) -> Driver:
    """The program, come back to on a portfolio of yesterday: one account with one person."""
    path = desk.home / "Northern.kam"
    secrets = Secrets(PASSPHRASE)
    opened, _recovery = create_portfolio(path, title="Northern", secrets=secrets, clock=clock)
    with opened.portfolio.unit_of_work("Add Aurora Foods") as work:
        account = add_account(work, name="Aurora Foods")
    with opened.portfolio.unit_of_work("Add Elena Rossi") as work:
        add_person(work, account, "Elena Rossi")
    opened.close()
    remember(desk.home, path)
    return desk.unlock()


def remember(home: Path, path: Path) -> None:
    folder = home / "config"
    folder.mkdir()
    (folder / "preferences.json").write_text(f'{{"last_portfolio": "{path}"}}', "utf-8")


def living(driver: Driver) -> dict[str, int]:
    with driver.page.context.portfolio.reading() as db:
        return {
            table: db.value(f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL")
            for table in ("account", "person")
        }


def test_what_was_deleted_comes_back_from_the_trash(desk: Desk, driver: Driver) -> None:
    driver.control(Key.Key_2)
    page = driver.page
    assert isinstance(page, PortfolioPage)
    desk.until(lambda: page.list.table.model().rowCount() == 1, "the account")
    page.list.table.setFocus()
    driver.press(Key.Key_Space)
    driver.press(Key.Key_Delete)
    assert living(driver) == {"account": 0, "person": 0}
    assert driver.window.toast.notice is not None

    desk.leave()
    driver = desk.unlock()
    driver.run("trash")
    settings = driver.page
    assert isinstance(settings, SettingsPage)
    section = settings.section
    assert isinstance(section, TrashSection)
    assert [row.title for row in section.card.model.rows][:1] == ["Aurora Foods"]
    section.card.table.setFocus()
    driver.press(Key.Key_Space)
    driver.control(Key.Key_R)
    assert living(driver) == {"account": 1, "person": 1}
    driver.control(Key.Key_Z)
    assert living(driver) == {"account": 0, "person": 0}


def test_undo_reaches_back_over_restarts(desk: Desk, driver: Driver) -> None:
    desk.until(lambda: driver.undo_text() == "Undo: Add Elena Rossi", "what Undo would do")
    driver.control(Key.Key_Z)
    assert living(driver) == {"account": 1, "person": 0}
    desk.leave()
    driver = desk.unlock()
    desk.until(lambda: driver.undo_text() == "Undo: Add Aurora Foods", "what Undo would do")
    driver.control(Key.Key_Z)
    assert living(driver) == {"account": 0, "person": 0}
    desk.leave()
    driver = desk.unlock()
    desk.until(driver.window.commands["redo"].isEnabled, "what Redo would do")
    for left in ({"account": 1, "person": 0}, {"account": 1, "person": 1}):
        driver.control(Key.Key_Y)
        assert living(driver) == left


def test_what_is_being_typed_is_saved_on_the_way_out(desk: Desk, driver: Driver) -> None:
    with driver.page.context.portfolio.reading() as db:
        account = str(db.value("SELECT id FROM account"))
    driver.go_to("account", account_id=account, section="company")
    desk.tab_to("Phone")
    driver.type("+39 02 555 0199")
    desk.leave()
    driver = desk.unlock()
    with driver.page.context.portfolio.reading() as db:
        assert db.value("SELECT phone FROM account") == "+39 02 555 0199"
