"""A meeting at a place whose clocks differ is planned and prepared in the real window."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTime

from kam_desktop.models.vocabulary import ChecklistState, PointKind
from kam_desktop.services.opening import Secrets
from kam_desktop.services.queries.choices import account_choice
from kam_desktop.services.queries.meeting_around import MeetingView, meeting_view
from kam_desktop.services.zones import LocalTime
from kam_desktop.tour import look
from kam_desktop.tour.driver import Driver
from kam_desktop.ui.calendar_files.import_dialog import open_calendar_import
from kam_desktop.ui.meetings.page import MeetingsPage
from tests.journeys.desk import PASSPHRASE, Desk, Key
from tests.services.meetings.world import wall

ROME, NEW_YORK = "Europe/Rome", "America/New_York"


@pytest.fixture
def driver(desk: Desk, sample: Path, monkeypatch: pytest.MonkeyPatch) -> Driver:
    """The sample portfolio on a laptop in Rome."""
    for module in ("plan_panel", "facts_card", "when_editor"):
        monkeypatch.setattr(f"kam_desktop.ui.meetings.{module}.home_zone", lambda: ROME)
    started = desk.start()
    assert started.program.opening is not None
    started.program.opening.open_path(sample, Secrets(PASSPHRASE))
    started.window_opens()
    return started


def plan(driver: Driver, desk: Desk, when: dt.datetime, zone: str) -> MeetingsPage:
    """Plan a first meeting with the account everything is known of, through the form."""
    page = driver.go_to("meetings", new="1", account_id=look.account_id(driver))
    assert isinstance(page, MeetingsPage)
    desk.until(lambda: page.plan._account.choice is not None, "the account to be chosen")
    page.plan._when.set_value(LocalTime(when, zone), 60)
    page.plan.save()
    return page


def stored(page: MeetingsPage) -> MeetingView:
    detail = page.panel.detail
    assert detail is not None
    with page.context.portfolio.reading() as db:
        found = meeting_view(db, detail.row.id, page.context.clock.now())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("when", "utc", "ahead"),
    [
        # Summer time ends in Rome on 25 October 2026 and in New York on 1 November; it begins in
        # New York on 14 March 2027 and in Rome on 28 March (EU directive 2000/84; 15 U.S.C. 260a).
        ("2026-10-24T10:00", "2026-10-24T14:00", "16:00"),
        ("2026-10-28T10:00", "2026-10-28T14:00", "15:00"),
        ("2026-11-02T10:00", "2026-11-02T15:00", "16:00"),
        ("2027-03-13T10:00", "2027-03-13T15:00", "16:00"),
        ("2027-03-22T10:00", "2027-03-22T14:00", "15:00"),
        ("2027-03-29T10:00", "2027-03-29T14:00", "16:00"),
    ],
)
def test_both_clocks_around_the_changes_on_both_sides(
    desk: Desk, driver: Driver, when: str, utc: str, ahead: str
) -> None:
    page = plan(driver, desk, wall(when), NEW_YORK)
    desk.until(lambda: page._shown_detail() is not None, "the meeting that was planned")
    row = stored(page).detail.row
    assert (f"{row.starts_at:%Y-%m-%dT%H:%M}", row.zone) == (utc, NEW_YORK)
    facts = page.panel.facts
    here = QLocale().toString(QTime.fromString(ahead, "HH:mm"), QLocale.FormatType.ShortFormat)
    assert f"{here} here" in facts._elsewhere.text()
    # Only in the weeks between the two changes does the page warn.
    assert ("Mind the clocks" in facts._mind.text()) == (ahead == "15:00")


def test_an_hour_no_clock_shows_is_refused_and_one_shown_twice_is_asked_for(
    desk: Desk, driver: Driver
) -> None:
    page = plan(driver, desk, wall("2027-03-28T02:30"), ROME)
    driver.settle()
    assert "never show" in page.plan._when._error.text()
    assert page._shown_detail() is None
    page.plan._when.set_value(LocalTime(wall("2027-10-31T02:30"), ROME, 1), 60)
    page.plan.save()
    desk.until(lambda: page._shown_detail() is not None, "the meeting that was planned")
    assert stored(page).detail.row.starts_at == dt.datetime(2027, 10, 31, 1, 30, tzinfo=dt.UTC)


def test_a_meeting_is_prepared_by_keyboard(desk: Desk, driver: Driver) -> None:
    """Agenda, a question, an objection and the way there; the checklist ticks what it can see."""
    page = plan(driver, desk, wall("2026-12-03T10:00"), NEW_YORK)
    desk.until(lambda: page._shown_detail() is not None, "the meeting that was planned")
    done = stored(page).detail.row.done
    for part, lines in (
        ("agenda", ("Welcome 5 min", "Figures 40 min")),
        ("questions", ("Who signs?",)),
        ("objections", ("Too dear",)),
    ):
        page.panel.show_part(part)
        for line in lines:
            driver.type(line)
            driver.press(Key.Key_Return)
    page.panel.show_part("objectives")
    driver.type("A pilot on one line")
    page.panel.show_part("travel")
    driver.settle()
    driver.type("45 min")
    driver.press(Key.Key_Return)
    desk.until(lambda: stored(page).detail.travel_minutes == 45, "the way to be kept")

    detail = stored(page).detail
    kinds = (PointKind.AGENDA, PointKind.QUESTION, PointKind.OBJECTION)
    said = {kind: [each.text for each in detail.points_of(kind)] for kind in kinds}
    assert said[PointKind.AGENDA] == ["Welcome", "Figures"]
    assert "Who signs?" in said[PointKind.QUESTION]
    assert "Too dear" in said[PointKind.OBJECTION]
    assert detail.objective_ours == "A pilot on one line"
    assert detail.leave_at == detail.row.starts_at - dt.timedelta(minutes=45)
    assert detail.row.done > done
    items = page.panel.checklist.model.rows
    assert sum(each.state is ChecklistState.DONE for each in items) == detail.row.done


INVITATION = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:spring@aurora.example
DTSTART;TZID=Eastern Standard Time:20270322T100000
DTEND;TZID=Eastern Standard Time:20270322T113000
SUMMARY:Spring plan
END:VEVENT
END:VCALENDAR
"""


def test_an_invitation_comes_in_once(desk: Desk, driver: Driver, tmp_path: Path) -> None:
    """Also with Windows' name of the zone, in the weeks only New York has summer time."""
    path = tmp_path / "invitation.ics"
    path.write_text(INVITATION, "utf-8")
    page = driver.page
    with page.context.portfolio.reading() as db:
        aurora = account_choice(db, look.account_id(driver))
    assert aurora is not None
    dialog = open_calendar_import(page.context, [path], page)
    desk.until(lambda: bool(dialog.rows.rows), "the preview")
    dialog.account.set_choice(aurora)
    dialog.account.picked.emit(aurora)
    desk.until(dialog.take.isEnabled, "the preview with the account")
    dialog.run_import()
    driver.settle()
    with page.context.portfolio.reading() as db:
        found = db.rows("SELECT starts_at, zone, minutes FROM meeting WHERE title = 'Spring plan'")
    assert [(str(at)[:16], zone, minutes) for at, zone, minutes in found] == [
        ("2027-03-22T14:00", NEW_YORK, 90)
    ]
    undo = driver.undo_text()
    again = open_calendar_import(page.context, [path], page)
    desk.until(lambda: "here already" in again.summary.text(), "the preview")
    assert not again.take.isEnabled()
    driver.close(again)
    assert driver.undo_text() == undo
