"""The calendar by keyboard and mouse, in the real window."""

from __future__ import annotations

import datetime as dt
import weakref

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kam_desktop.services.zones import local_of
from kam_desktop.ui.calendar.agenda_view import AgendaLine
from kam_desktop.ui.calendar.surface import CalendarSurface, Cursor
from kam_desktop.ui.meetings.page import MeetingsPage
from kam_desktop.ui.shell.window import MainWindow
from tests.ui.calendar.conftest import Calendar
from tests.ui.conftest import flush_deleted

KEY = Qt.Key
ROME = "Europe/Rome"


def drag(view: CalendarSurface, begin: QPoint, end: QPoint, *, drop: bool = True) -> None:
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(port, begin + QPoint(4, 4))
    QTest.mouseMove(port, begin + QPoint(30, 8))
    QTest.mouseMove(port, end)
    if drop:
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


def middle_of(calendar: Calendar, meeting_id: str) -> QPoint:
    """Where a meeting is on the view that is shown."""
    view = calendar.page.views[calendar.page._shown]
    assert isinstance(view, CalendarSurface)
    port = view.viewport().rect()
    for y in range(0, port.height(), 4):
        for x in range(0, port.width(), 6):
            hit = view.hit_at(QPoint(x, y))
            if hit is not None and hit.shown.row.id == meeting_id:
                return hit.rect.center()
    raise AssertionError("it is not to be seen")


def test_the_month_is_shown_with_what_is_in_it(calendar: Calendar) -> None:
    page = calendar.page
    assert page.title() == "Calendar"
    assert page.jump_button.text() == "November 2026"
    assert page.month.cursor_at.day == dt.date(2026, 11, 20)
    assert middle_of(calendar, calendar.busy.meeting).y() > 0
    assert page.month.hasFocus()


def test_keys_go_by_day_week_and_month(calendar: Calendar, qtbot: QtBot) -> None:
    view = calendar.page.month
    for key, day in (
        (KEY.Key_Right, "2026-11-21"),
        (KEY.Key_Down, "2026-11-28"),
        (KEY.Key_Left, "2026-11-27"),
        (KEY.Key_Up, "2026-11-20"),
        (KEY.Key_PageDown, "2026-12-20"),
        (KEY.Key_PageUp, "2026-11-20"),
        (KEY.Key_PageUp, "2026-10-20"),
        (KEY.Key_Home, "2026-11-20"),
    ):
        qtbot.keyClick(view, key)
        assert view.cursor_at.day.isoformat() == day
        assert view.viewport().rect().contains(view.cell(view.cursor_at.day).center())
    calendar.settle()


def test_enter_opens_and_is_read_aloud(calendar: Calendar, qtbot: QtBot) -> None:
    view = calendar.page.month
    for _count in range(4):
        qtbot.keyClick(view, KEY.Key_Right)
    assert view.cursor_at.meeting_id == calendar.busy.meeting
    assert "Business review, Aurora Foods" in view.accessibleDescription()
    assert "0 of 21 prepared" in view.accessibleDescription()
    qtbot.keyClick(view, KEY.Key_Return)
    calendar.settle()
    place = calendar.context.navigator.place
    assert place is not None
    assert (place.page, place.parameters["meeting_id"]) == ("meetings", calendar.busy.meeting)


def test_space_goes_through_the_meetings_of_a_day(calendar: Calendar, qtbot: QtBot) -> None:
    ids = [calendar.add(f"2026-11-20 {hour}:00", f"Talk {hour}") for hour in range(12, 18)]
    view = calendar.page.month
    seen = []
    for _count in range(6):
        qtbot.keyClick(view, KEY.Key_Space)
        seen.append(view.cursor_at.meeting_id)
        assert middle_of(calendar, view.cursor_at.meeting_id)
    assert seen == ids
    qtbot.keyClick(view, KEY.Key_Space)
    assert view.cursor_at.meeting_id == ids[0]


def test_n_plans_on_the_day_and_at_the_hour(
    calendar: Calendar, qtbot: QtBot, window: MainWindow
) -> None:
    calendar.page.view_actions["week"].trigger()
    view = calendar.page.week
    qtbot.keyClick(view, KEY.Key_Right)
    for _count in range(3):
        qtbot.keyClick(view, KEY.Key_Down)
    qtbot.keyClick(view, KEY.Key_N)
    calendar.settle()
    page = window.page
    assert isinstance(page, MeetingsPage)
    when = page.plan._when.value()
    assert (f"{when.local:%Y-%m-%d %H:%M}", when.zone) == ("2026-11-21 11:30", ROME)


def test_dragging_to_another_day_is_one_step(calendar: Calendar) -> None:
    meeting, view = calendar.busy.meeting, calendar.page.month
    begin = middle_of(calendar, meeting)
    target = view.cell(dt.date(2026, 11, 26)).center()
    drag(view, begin, target)
    calendar.settle()
    assert local_of(calendar.stored(meeting).starts_at, ROME).isoformat() == "2026-11-26T10:00:00"
    assert view.cursor_at == Cursor(dt.date(2026, 11, 26), 600, meeting)
    calendar.context.operations.undo()
    calendar.settle()
    assert local_of(calendar.stored(meeting).starts_at, ROME).isoformat() == "2026-11-24T10:00:00"


def test_escape_ends_a_drag_without_a_change(calendar: Calendar, qtbot: QtBot) -> None:
    meeting, view = calendar.busy.meeting, calendar.page.month
    begin = middle_of(calendar, meeting)
    target = view.cell(dt.date(2026, 11, 26)).center()
    drag(view, begin, target, drop=False)
    assert view.drag is not None
    assert f"{view.drag.when.local:%m-%d %H:%M}" == "11-26 10:00"
    qtbot.keyClick(view, KEY.Key_Escape)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=target)
    calendar.settle()
    assert local_of(calendar.stored(meeting).starts_at, ROME).day == 24


@pytest.mark.parametrize(
    ("begins", "drop_on", "lands"),
    [
        # Clocks go back in Rome on 25 October, forward on 29 March.
        ("2026-10-24 10:00", "2026-10-26", "2026-10-26T09:00"),
        ("2026-03-28 10:00", "2026-03-30", "2026-03-30T08:00"),
        ("2026-10-27 10:00", "2026-10-24", "2026-10-24T08:00"),
    ],
)
def test_dragging_over_a_change_of_clocks(
    calendar: Calendar, begins: str, drop_on: str, lands: str
) -> None:
    meeting = calendar.add(begins, "Talk")
    calendar.page.go_to_day(dt.date.fromisoformat(begins[:10]))
    calendar.settle()
    view = calendar.page.month
    drag(view, middle_of(calendar, meeting), view.cell(dt.date.fromisoformat(drop_on)).center())
    calendar.settle()
    assert f"{calendar.stored(meeting).starts_at:%Y-%m-%dT%H:%M}" == lands


def test_dragging_in_the_week_changes_day_and_hour(calendar: Calendar) -> None:
    """In the week New York has changed its clocks and Rome has not, the talk keeps its zone."""
    meeting = calendar.add("2026-10-29 10:00", "Talk", zone="America/New_York")
    page = calendar.page
    page.view_actions["week"].trigger()
    page.go_to_day(dt.date(2026, 10, 29))
    calendar.settle()
    view = page.week
    begin = middle_of(calendar, meeting)
    shift = QPoint(view.left_of(dt.date(2026, 10, 30)) - view.left_of(dt.date(2026, 10, 29)), 0)
    drag(view, begin, begin + shift + QPoint(0, view.top_of(90) - view.top_of(0)))
    calendar.settle()
    row = calendar.stored(meeting)
    assert row.zone == "America/New_York"
    # 15:00 in Rome is ten in New York, five hours behind in that week; then 16:30 on the 30th.
    assert local_of(row.starts_at, ROME).isoformat() == "2026-10-30T16:30:00"
    assert local_of(row.starts_at, row.zone).isoformat() == "2026-10-30T11:30:00"


def test_a_double_click_opens_or_plans(calendar: Calendar, window: MainWindow) -> None:
    view = calendar.page.month
    spot = view.cell(dt.date(2026, 12, 2)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert view.cursor_at.day == dt.date(2026, 12, 2)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    calendar.settle()
    page = window.page
    assert isinstance(page, MeetingsPage)
    assert page.plan._when.value().local.date() == dt.date(2026, 12, 2)
    calendar.context.navigator.back()
    calendar.settle()
    where = middle_of(calendar, calendar.busy.meeting)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    calendar.settle()
    place = calendar.context.navigator.place
    assert place is not None
    assert place.parameters["meeting_id"] == calendar.busy.meeting


def test_what_does_not_fit_is_counted_and_the_agenda_has_all(calendar: Calendar) -> None:
    day = dt.date(2026, 11, 26)
    for hour in range(9, 16):
        calendar.add(f"2026-11-26 {hour:02}:00", f"Talk {hour}")
    view = calendar.page.month
    shown, hidden = view._visible(day)
    assert len(shown) + hidden == 7
    spot = view._chip(view.cell(day), len(shown)).center()
    assert view.more_at(spot) == day
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    calendar.settle()
    assert calendar.page.view_actions["agenda"].isChecked()
    lines = [line for line in calendar.page.agenda.lines.lines if line.day == day]
    assert sum(line.shown is not None for line in lines) == 7


def test_overlapping_meetings_stand_side_by_side(calendar: Calendar) -> None:
    ids = [calendar.add(f"2026-11-20 14:{minute:02}", f"Talk {minute}") for minute in (0, 15, 30)]
    calendar.page.view_actions["week"].trigger()
    calendar.settle()
    spots = [middle_of(calendar, meeting) for meeting in ids]
    assert [spot.x() for spot in spots] == sorted({spot.x() for spot in spots})


def test_hours_outside_of_work_are_reached_by_keyboard(calendar: Calendar, qtbot: QtBot) -> None:
    calendar.page.view_actions["week"].trigger()
    view = calendar.page.week
    for _count in range(30):
        qtbot.keyClick(view, KEY.Key_Up)
    assert view.cursor_at.minute == 0
    assert view.top_of(0) >= view._head
    for _count in range(60):
        qtbot.keyClick(view, KEY.Key_Down)
    assert view.cursor_at.minute == 23 * 60 + 30
    assert view.top_of(24 * 60) <= view.viewport().height() + 1


def test_the_wheel_scrolls_weeks_and_days(calendar: Calendar) -> None:
    month, week = calendar.page.month, calendar.page.week
    first = month.seen_days()[0]
    _wheel(month, -120)
    assert month.seen_days()[0] == first + dt.timedelta(days=7)
    calendar.page.view_actions["week"].trigger()
    calendar.settle()
    start = week.seen_days()[0]
    _wheel(week, -120, Qt.KeyboardModifier.ShiftModifier)
    assert week.seen_days()[0] == start + dt.timedelta(days=1)
    calendar.settle()


def _wheel(
    view: CalendarSurface,
    by: int,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    port = view.viewport()
    spot = port.rect().center()
    event = QWheelEvent(
        spot.toPointF(),
        port.mapToGlobal(spot).toPointF(),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(port, event)


def test_the_agenda_lists_days_with_meetings_and_marks(calendar: Calendar, qtbot: QtBot) -> None:
    calendar.page.view_actions["agenda"].trigger()
    calendar.settle()
    agenda = calendar.page.agenda
    lines = agenda.lines.lines
    assert [line.day.day for line in lines if line.is_heading] == [18, 20, 24]
    assert [_about(line) for line in lines if not line.is_heading] == [
        "Pilot report",
        "Business review",
    ]
    agenda.setCurrentIndex(agenda.lines.index(4))
    qtbot.keyClick(agenda, KEY.Key_PageDown)
    calendar.settle()
    assert agenda.month == dt.date(2026, 12, 1)
    assert calendar.page.jump_button.text() == "December 2026"
    qtbot.keyClick(agenda, KEY.Key_Home)
    calendar.settle()
    assert agenda.month == dt.date(2026, 11, 1)


def _about(line: AgendaLine) -> str:
    if line.shown is not None:
        return line.shown.row.title
    return line.mark.text if line.mark is not None else ""


def test_changes_elsewhere_are_shown(calendar: Calendar) -> None:
    made = calendar.add("2026-11-27 09:00", "New one")
    assert middle_of(calendar, made)
    with calendar.context.portfolio.unit_of_work("Delete") as work:
        from kam_desktop.services import meetings

        meetings.delete_meeting(work, made)
    calendar.context.bus.publish(work.changes)
    calendar.settle()
    with pytest.raises(AssertionError):
        middle_of(calendar, made)


def test_a_date_is_gone_to(calendar: Calendar) -> None:
    menu_day = dt.date(2031, 5, 14)
    calendar.page.jump_button.picked.emit(menu_day)
    calendar.settle()
    assert calendar.page.cursor_at.day == menu_day
    assert calendar.page.jump_button.text() == "May 2031"
    menu = calendar.page.jump_button.open_calendar(menu_day)
    menu.close()
    flush_deleted()


@pytest.mark.parametrize("view", ["month", "week"])
def test_something_is_drawn_in_every_size(calendar: Calendar, view: str) -> None:
    calendar.page.view_actions[view].trigger()
    calendar.settle()
    shown = calendar.page.views[view]
    for width, height in ((1200, 700), (420, 500), (200, 160)):
        shown.resize(width, height)
        image = QImage(shown.size(), QImage.Format.Format_RGB32)
        shown.render(image)
        assert len({image.pixel(x, height // 2) for x in range(0, width, 3)}) > 1


def test_an_empty_portfolio_says_what_to_do(window: MainWindow, calendar: Calendar) -> None:
    from kam_desktop.services import meetings

    with calendar.context.portfolio.unit_of_work("Delete") as work:
        for meeting in (calendar.busy.meeting, calendar.busy.before):
            meetings.delete_meeting(work, meeting)
    calendar.context.bus.publish(work.changes)
    calendar.settle()
    assert calendar.page._stack.currentWidget() is calendar.page._empty
    calendar.context.operations.undo()
    calendar.settle()
    assert calendar.page._stack.currentWidget() is calendar.page.month


def test_the_page_is_freed(calendar: Calendar, qtbot: QtBot, collector_off: None) -> None:
    from kam_desktop.ui.calendar.page import CalendarPage

    page = CalendarPage(calendar.context)
    page.show()
    calendar.settle()
    gone = weakref.ref(page.month)
    page.deleteLater()
    del page
    flush_deleted()
    assert gone() is None


def test_a_time_chosen_here_stays_the_same_moment_at_the_account_s_place(
    calendar: Calendar, window: MainWindow
) -> None:
    from kam_desktop.models.registry import Account

    account = calendar.busy.world.account
    with calendar.context.portfolio.unit_of_work("Zone") as work:
        work.get(Account, account).time_zone = "America/New_York"
    calendar.context.navigator.open("meetings", new="1", at="2026-10-29T16:00", account_id=account)
    calendar.settle()
    page = window.page
    assert isinstance(page, MeetingsPage)
    when = page.plan._when.value()
    # Rome has changed its clocks by then, New York has not: five hours apart.
    assert (f"{when.local:%m-%d %H:%M}", when.zone) == ("10-29 11:00", "America/New_York")
