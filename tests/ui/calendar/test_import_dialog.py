"""Calendar files in and out, through the dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent

from kam_desktop.models.registry import Person
from kam_desktop.services.exchange.plans import Fate
from kam_desktop.services.queries.choices import account_choice
from kam_desktop.ui.calendar_files.export_dialog import CalendarExportDialog
from kam_desktop.ui.calendar_files.import_dialog import CalendarImportDialog, open_calendar_import
from kam_desktop.ui.importing.page import ImportPage
from kam_desktop.ui.meetings.page import MeetingsPage
from kam_desktop.ui.shell.window import MainWindow
from tests.ui.calendar.conftest import Calendar

HEAD = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n"
KNOWN = """BEGIN:VEVENT
UID:known@x
DTSTART;TZID=Europe/Rome:20261201T100000
DTEND;TZID=Europe/Rome:20261201T110000
SUMMARY:Kick-off
ATTENDEE;CN=Elena Rossi:mailto:elena@aurora.example
ATTENDEE;CN=Paolo Verdi:mailto:paolo@aurora.example
END:VEVENT
"""
UNKNOWN = """BEGIN:VEVENT
UID:unknown@x
DTSTART;TZID=Europe/Rome:20261202T100000
DTEND;TZID=Europe/Rome:20261202T110000
SUMMARY:Coffee
ATTENDEE;CN=Zed:mailto:zed@elsewhere.example
END:VEVENT
"""
HOLIDAY = "BEGIN:VEVENT\nUID:h@x\nDTSTART;VALUE=DATE:20261203\nSUMMARY:Holiday\nEND:VEVENT\n"
BROKEN = "BEGIN:VEVENT\nUID:b@x\nDTSTART:garbage\nSUMMARY:Broken\nEND:VEVENT\n"
TAIL = "END:VCALENDAR\n"


@pytest.fixture
def invitations(tmp_path: Path, calendar: Calendar) -> Path:
    with calendar.context.portfolio.unit_of_work("E-mail") as work:
        work.get(Person, calendar.busy.world.elena).email = "elena@aurora.example"
    path = tmp_path / "invitations.ics"
    path.write_text(HEAD + KNOWN + UNKNOWN + HOLIDAY + BROKEN + TAIL, "utf-8")
    return path


def preview(calendar: Calendar, *paths: Path) -> CalendarImportDialog:
    dialog = open_calendar_import(calendar.context, list(paths), calendar.page)
    calendar.settle()
    calendar.settle()
    return dialog


def titles(calendar: Calendar) -> list[str]:
    with calendar.context.portfolio.reading() as db:
        rows = db.rows("SELECT title FROM meeting WHERE deleted_at IS NULL ORDER BY starts_at")
    return [title for (title,) in rows]


def test_the_preview_says_what_becomes_of_each(calendar: Calendar, invitations: Path) -> None:
    dialog = preview(calendar, invitations)
    rows = {row.title: row for row in dialog.rows.rows}
    assert [row.title for row in dialog.rows.rows] == ["Kick-off", "Coffee", "Holiday", "Broken"]
    assert rows["Kick-off"].fate is Fate.NEW
    assert rows["Kick-off"].account == "Aurora Foods"
    assert rows["Kick-off"].people == "Elena Rossi, Paolo Verdi (?)"
    assert rows["Coffee"].open
    assert "Nobody invited is known here" in rows["Coffee"].reason
    assert "whole days" in rows["Holiday"].reason
    assert rows["Broken"].reason
    assert dialog.summary.text() == "1 new · 1 needs an account · 2 left out"
    assert dialog.take.text() == "Import 1 meeting"
    assert titles(calendar) == ["First meeting", "Business review"]
    dialog.reject()


def test_an_account_for_all_and_people_added_in_one_step(
    calendar: Calendar, invitations: Path
) -> None:
    dialog = preview(calendar, invitations)
    with calendar.context.portfolio.reading() as db:
        choice = account_choice(db, calendar.busy.world.account)
    dialog.account.picked.emit(choice)
    calendar.settle()
    assert dialog.take.text() == "Import 2 meetings"
    assert dialog.people.text() == "Add 2 people nobody here knows yet to their accounts"
    dialog.people.setChecked(True)
    dialog.take.click()
    calendar.settle()
    assert titles(calendar) == ["First meeting", "Business review", "Kick-off", "Coffee"]
    assert calendar.context.operations.state.undo == "Import of 2 meetings from a calendar"
    with calendar.context.portfolio.reading() as db:
        people = {name for (name,) in db.rows("SELECT name FROM person WHERE deleted_at IS NULL")}
    assert {"Paolo Verdi", "Zed"} <= people
    calendar.context.operations.undo()
    calendar.settle()
    assert titles(calendar) == ["First meeting", "Business review"]


def test_the_same_file_again_changes_nothing_and_says_so(
    calendar: Calendar, tmp_path: Path, invitations: Path
) -> None:
    assert invitations.exists()
    path = tmp_path / "one.ics"
    path.write_text(HEAD + KNOWN + TAIL, "utf-8")
    preview(calendar, path).run_import()
    calendar.settle()
    before = calendar.context.operations.state.undo
    dialog = preview(calendar, path)
    assert "here already" in dialog.summary.text()
    assert not dialog.take.isEnabled()
    assert dialog.cancel.text() == "Close"
    dialog.reject()
    assert calendar.context.operations.state.undo == before


def test_a_file_that_is_none_is_named_and_the_others_are_read(
    calendar: Calendar, tmp_path: Path, invitations: Path
) -> None:
    other = tmp_path / "other.ics"
    other.write_bytes(b"\x00\x01 not a calendar")
    dialog = preview(calendar, other, invitations, tmp_path / "gone.ics")
    assert "other.ics" in dialog.refusals.text()
    assert "gone.ics" in dialog.refusals.text()
    assert len(dialog.rows.rows) == 4
    dialog.reject()


def test_closing_while_reading_asks_nothing_more(calendar: Calendar, invitations: Path) -> None:
    dialog = open_calendar_import(calendar.context, [invitations], calendar.page)
    dialog.reject()
    calendar.settle()
    assert titles(calendar) == ["First meeting", "Business review"]


def _drop(page: ImportPage | MeetingsPage | object, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPoint(5, 5).toPointF(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(event)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["calendar", "meetings", "import"])
def test_a_calendar_may_be_dropped_on_the_page(
    calendar: Calendar,
    window: MainWindow,
    settled: Callable[[], None],
    invitations: Path,
    name: str,
) -> None:
    calendar.context.navigator.open(name)
    settled()
    page = window.page
    assert page is not None
    _drop(page, invitations)
    settled()
    dialog = page.findChild(CalendarImportDialog)
    assert isinstance(dialog, CalendarImportDialog)
    settled()
    assert len(dialog.rows.rows) == 4
    dialog.reject()


def test_one_meeting_or_all_are_saved(calendar: Calendar, tmp_path: Path) -> None:
    target = tmp_path / "out.ics"
    one = CalendarExportDialog(calendar.context, calendar.busy.before, calendar.page)
    assert one.this.isChecked()
    one.save_to(str(target))
    calendar.settle()
    assert "SUMMARY:First meeting" in target.read_text("utf-8")
    every = CalendarExportDialog(calendar.context, "", calendar.page)
    assert every.every.isChecked()
    every.save_to(str(target))
    calendar.settle()
    text = target.read_text("utf-8")
    assert "SUMMARY:Business review" in text
    assert "First meeting" not in text


def test_a_place_that_cannot_be_written_is_refused(calendar: Calendar, tmp_path: Path) -> None:
    dialog = CalendarExportDialog(calendar.context, calendar.busy.meeting, calendar.page)
    dialog.save_to(str(tmp_path / "none" / "out.ics"))
    calendar.settle()
    assert "cannot be written" in dialog.error.text()
    assert dialog.save.isEnabled()
    dialog.reject()


def test_what_was_saved_is_known_when_it_comes_back(calendar: Calendar, tmp_path: Path) -> None:
    target = tmp_path / "out.ics"
    CalendarExportDialog(calendar.context, "", calendar.page).save_to(str(target))
    calendar.settle()
    dialog = preview(calendar, target)
    assert [row.fate for row in dialog.rows.rows] == [Fate.UNCHANGED]
    dialog.reject()
