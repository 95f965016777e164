"""A meeting in the real window, by keyboard: notes while it goes on, two minutes afterwards."""

from __future__ import annotations

from pathlib import Path

from kam_desktop.services.exchange.mail.eml import read_eml
from kam_desktop.services.opening import Secrets
from kam_desktop.tour import look
from kam_desktop.tour.driver import Driver
from kam_desktop.ui.handouts.minutes_preview import MinutesPreview
from kam_desktop.ui.meetings.capture_page import NotesPage
from kam_desktop.ui.meetings.follow_up_dialog import FollowUpDialog
from tests.journeys.desk import CTRL, PASSPHRASE, SHIFT, Desk, Key


def made(driver: Driver, table: str, meeting: str) -> int:
    with driver.page.context.portfolio.reading() as db:
        sql = f"SELECT count(*) FROM {table} WHERE meeting_id = ? AND deleted_at IS NULL"
        return int(db.value(sql, (meeting,)))


def open_notes(desk: Desk, file: Path) -> tuple[Driver, NotesPage, str]:
    driver = desk.start()
    assert driver.program.opening is not None
    driver.program.opening.open_path(file, Secrets(PASSPHRASE))
    driver.window_opens()
    driver.press(Key.Key_F4)
    page = driver.page
    assert isinstance(page, NotesPage)
    desk.until(lambda: page.noted is not None and page.editor.hasFocus(), "the notes")
    assert page.noted is not None
    return driver, page, page.noted.detail.row.id


def test_notes_become_records_and_nothing_is_lost(desk: Desk, sample: Path) -> None:
    driver, page, meeting = open_notes(desk, sample)
    before = {each: made(driver, each, meeting) for each in ("commitment", "action")}
    driver.type("/c")
    driver.press(Key.Key_Tab)
    driver.type("they send the drawings by friday")
    driver.press(Key.Key_Return)
    driver.type("/action book the room tomorrow")
    driver.press(Key.Key_Return)
    driver.type("A word that means nothing")
    driver.press(Key.Key_Return, CTRL)
    assert page.part == "after"
    assert len(page.after.records.chosen) == 2
    driver.press(Key.Key_Return, CTRL | SHIFT)
    desk.until(lambda: made(driver, "action", meeting) > before["action"], "the records")
    assert made(driver, "commitment", meeting) == before["commitment"] + 1
    assert driver.undo_text() == "Undo: Make records of notes"

    text = page.editor.toPlainText()
    desk.leave()
    driver, page, _meeting = open_notes(desk, sample)
    assert page.editor.toPlainText() == text
    assert [each.state.value for each in page.editor.stated] == ["known", "known"]


def test_a_proposal_is_followed_up_and_its_minutes_are_a_draft(
    desk: Desk, sample: Path, tmp_path: Path
) -> None:
    driver, page, meeting = open_notes(desk, sample)
    before = made(driver, "action", meeting)
    look.command(page, "Start follow-up")
    driver.settle()
    assert look.find_dialog(FollowUpDialog).isVisible()
    driver.press(Key.Key_Return)
    desk.until(lambda: made(driver, "action", meeting) == before + 5, "the steps")
    driver.run("undo")
    desk.until(lambda: made(driver, "action", meeting) == before, "the steps to go")

    look.command(page, "Minutes")
    driver.settle()
    preview = look.find_dialog(MinutesPreview)
    desk.until(preview.mail.isEnabled, "the minutes")
    target = tmp_path / "minutes.eml"
    driver.control(Key.Key_E)
    desk.choose_file(target)
    desk.until(target.exists, "the draft")
    assert read_eml(target.read_bytes()).subject.startswith("Minutes:")
    driver.close(preview)
