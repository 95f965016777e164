"""How many keys a touch costs, and the brief of the next meeting on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication

from kam_desktop.models.vocabulary import InteractionKind
from kam_desktop.services.opening import Secrets
from kam_desktop.services.queries.interactions import InteractionRow, timeline
from kam_desktop.services.queries.people import first_person_page
from kam_desktop.tour.driver import Driver
from kam_desktop.ui.account.people_section import PeopleSection
from kam_desktop.ui.handouts.preview import BriefPreview
from kam_desktop.ui.interactions.log_touch import LogTouchDialog
from kam_desktop.ui.people.page import PeoplePage
from kam_desktop.ui.today.page import TodayPage
from tests.journeys.desk import PASSPHRASE, Desk

Key = Qt.Key


class Counted:
    """A driver whose presses are counted; typing words is no press."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.presses = 0

    def press(self, key: Qt.Key) -> None:
        self.driver.press(key)
        self.presses += 1

    def control(self, key: Qt.Key) -> None:
        self.driver.control(key)
        self.presses += 1


@pytest.fixture
def counted(desk: Desk, sample: Path) -> Counted:
    """The program has been started and shows its first page."""
    driver = desk.start()
    opening = driver.program.opening
    assert opening is not None
    opening.open_path(sample, Secrets(PASSPHRASE))
    driver.window_opens()
    return Counted(driver)


def newest(driver: Driver) -> InteractionRow:
    with driver.page.context.portfolio.reading() as db:
        return timeline(db, limit=1).rows[0]


def dialogs(kind: type) -> list[object]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


def test_a_touch_with_the_person_on_the_page(desk: Desk, counted: Counted) -> None:
    """Open, save: the person is known; what it was about is typed in between."""
    driver = counted.driver
    page = driver.go_to("people")
    assert isinstance(page, PeoplePage)
    with page.context.portfolio.reading() as db:
        somebody = next(row for row in first_person_page(db, limit=20) if not row.placeholder)
    assert page.list.select(somebody.id)
    driver.settle()
    counted.control(Key.Key_L)
    desk.until(lambda: len(dialogs(LogTouchDialog)) == 1, "the window for a touch")
    driver.type("Asked about the pilot")
    counted.press(Key.Key_Return)
    desk.until(lambda: not dialogs(LogTouchDialog), "the touch to be logged")
    row = newest(driver)
    assert (row.person_id, row.summary) == (somebody.id, "Asked about the pilot")
    assert counted.presses <= 3


def test_a_touch_with_the_person_chosen_in_the_dossier(desk: Desk, counted: Counted) -> None:
    driver = counted.driver
    context = driver.page.context
    with context.portfolio.reading() as db:
        somebody = next(row for row in first_person_page(db, limit=20) if not row.placeholder)
    page = driver.go_to("account", account_id=somebody.account_id, section="people")
    (section,) = page.findChildren(PeopleSection)
    section.show_part("", somebody.id)
    driver.settle()
    counted.control(Key.Key_L)
    desk.until(lambda: len(dialogs(LogTouchDialog)) == 1, "the window for a touch")
    counted.press(Key.Key_Return)
    desk.until(lambda: not dialogs(LogTouchDialog), "the touch to be logged")
    assert newest(driver).person_id == somebody.id
    assert counted.presses <= 3


def test_a_touch_from_anywhere_with_somebody_of_the_next_meeting(
    desk: Desk, counted: Counted
) -> None:
    """Open, choose the first, save; the kind by one key more where it is not the usual one."""
    driver = counted.driver
    page = driver.go_to("today")
    assert isinstance(page, TodayPage)
    assert page._view is not None
    assert page._view.next_meeting is not None
    coming = {person.person_id for person in page._view.next_meeting.clients}
    counted.control(Key.Key_L)
    desk.until(lambda: QApplication.activePopupWidget() is not None, "the people to choose from")
    counted.press(Key.Key_Return)
    driver.type("Agreed on the agenda")
    counted.press(Key.Key_Return)
    desk.until(lambda: not dialogs(LogTouchDialog), "the touch to be logged")
    assert counted.presses == 3
    row = newest(driver)
    assert row.person_id in coming
    assert row.summary == "Agreed on the agenda"


def test_the_kind_is_one_key(desk: Desk, counted: Counted) -> None:
    driver = counted.driver
    driver.go_to("today")
    counted.control(Key.Key_L)
    driver.type("fran")
    desk.until(lambda: QApplication.activePopupWidget() is not None, "the people to choose from")
    counted.press(Key.Key_Return)
    driver.press(Key.Key_1, Qt.KeyboardModifier.AltModifier)
    driver.type("Walked the line")
    counted.press(Key.Key_Return)
    desk.until(lambda: not dialogs(LogTouchDialog), "the touch to be logged")
    row = newest(driver)
    assert (row.kind, row.summary) == (InteractionKind.VISIT, "Walked the line")
    assert row.person_name.startswith("Fran")


def test_the_brief_of_the_next_meeting_is_three_keys_from_the_start(
    desk: Desk, counted: Counted
) -> None:
    """Ctrl+P shows it, Enter asks for the printer, Enter prints."""
    driver = counted.driver
    assert isinstance(driver.page, TodayPage)
    counted.control(Key.Key_P)
    desk.until(lambda: len(dialogs(BriefPreview)) == 1, "the preview")
    (preview,) = dialogs(BriefPreview)
    assert isinstance(preview, BriefPreview)
    desk.until(preview.print_pages.isEnabled, "the pages of the brief")
    counted.press(Key.Key_Return)
    desk.until(lambda: len(dialogs(QPrintDialog)) == 1, "the question for the printer")
    # Its own Enter is the third; no printer is at hand here.
    assert counted.presses == 2
    (dialog,) = dialogs(QPrintDialog)
    assert isinstance(dialog, QPrintDialog)
    dialog.reject()
