from __future__ import annotations

import datetime as dt
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import Opportunity
from kam_desktop.models.vocabulary import InteractionKind, Rhythm
from kam_desktop.services import actions, personal, tenders
from kam_desktop.services.queries import choices
from kam_desktop.services.queries import interactions as touches
from kam_desktop.ui.interactions.log_touch import LogTouchDialog, open_log_touch
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.window import MainWindow
from kam_desktop.ui.today.page import TodayPage
from kam_desktop.ui.today.rows import LinkRow
from kam_desktop.ui.widgets import Pill
from tests.conftest import StillClock
from tests.services.meetings.world import make_world
from tests.ui.conftest import flush_deleted
from tests.ui.meetings_world import BusyWorld, make_busy_world

Settle = Callable[[], None]


@pytest.fixture
def busy(app_context: AppContext) -> BusyWorld:
    return make_busy_world(app_context.portfolio)


def open_today(window: MainWindow, context: AppContext, settled: Settle) -> TodayPage:
    context.navigator.open("today")
    settled()
    page = window.page
    assert isinstance(page, TodayPage)
    return page


def rows_of(page: TodayPage) -> dict[str, LinkRow]:
    flush_deleted()
    return {row.line.text: row for row in page.findChildren(LinkRow)}


def test_an_empty_portfolio_offers_first_steps(
    window: MainWindow, app_context: AppContext, settled: Settle
) -> None:
    page = open_today(window, app_context, settled)
    assert page._stack.currentWidget() is page._no_data
    assert page.primary_action() is None
    page._import.trigger()
    assert app_context.navigator.place is not None
    assert app_context.navigator.place.page == "import"


def test_a_quiet_day_is_said_to_be_quiet(
    window: MainWindow, app_context: AppContext, settled: Settle
) -> None:
    make_world(app_context.portfolio)
    page = open_today(window, app_context, settled)
    assert page._stack.currentWidget() is page._quiet


def test_what_matters_is_there_with_its_reason(
    window: MainWindow, app_context: AppContext, busy: BusyWorld, settled: Settle
) -> None:
    page = open_today(window, app_context, settled)
    assert page._next._count.text() == "in 4 days"
    assert page._next._name.text() == "Business review · Aurora Foods"
    assert page._next._missing_head.text() == "21 things to prepare"
    lines = {text: row.line for text, row in rows_of(page).items()}
    assert lines["Pilot report"].pill == "2 days late"
    assert lines["Frame · Aurora Foods"].pill == "in 41 days"
    assert lines["Elena Rossi"].symbol == "▲"
    assert lines["Kenji Mori"].symbol == "?"
    assert page.primary_action() is not None
    assert page.primary_action() is page._print


@pytest.mark.parametrize(
    ("text", "place", "section"),
    [("Pilot report", "account", "promises"), ("Frame · Aurora Foods", "account", "contracts")],
)
def test_one_key_leads_to_where_it_is_handled(
    window: MainWindow,
    app_context: AppContext,
    busy: BusyWorld,
    settled: Settle,
    qtbot: QtBot,
    text: str,
    place: str,
    section: str,
) -> None:
    page = open_today(window, app_context, settled)
    qtbot.keyClick(rows_of(page)[text], Qt.Key.Key_Return)
    opened = app_context.navigator.place
    assert opened is not None
    assert opened.page == place
    assert opened.parameters == {"account_id": busy.world.account, "section": section}


def test_actions_dates_and_birthdays_lead_to_where_they_are_handled(
    window: MainWindow, app_context: AppContext, busy: BusyWorld, settled: Settle, qtbot: QtBot
) -> None:
    account, today = busy.world.account, dt.date(2026, 11, 20)
    with app_context.portfolio.unit_of_work("Add") as work:
        actions.add_action(work, account, "Call back", due_on=today - dt.timedelta(days=1))
        tenders.add_internal_review(work, account, "Look back", Rhythm.WEEKLY, today)
        tenders.add_tender(work, account, "Line 4", today + dt.timedelta(days=12))
        valid = today + dt.timedelta(days=3)
        work.add(Opportunity(account_id=account, name="Pilot", valid_until=valid))
        personal.set_birthday(work, busy.world.kenji, 11, 21)
    page = open_today(window, app_context, settled)
    by_card = {
        card: [row.line for row in card.findChildren(LinkRow)]
        for card in (page._overdue, page._soon, page._ahead, page._birthdays)
    }
    assert [line.text for line in by_card[page._soon]] == ["Look back"]
    overdue = by_card[page._overdue]
    assert [line.target[0] for line in overdue] == ["gate", "promise", "action"]
    assert page._overdue.isVisible()
    (birthday,) = by_card[page._birthdays]
    assert (birthday.text, birthday.pill) == ("Kenji Mori", "tomorrow")
    proposal = next(line for line in by_card[page._ahead] if line.text.startswith("Pilot"))
    assert (proposal.pill, proposal.detail) == ("in 3 days", "Proposal · valid until Mon 23 Nov")
    for line, place in (
        (overdue[0], {"account_id": account, "section": "tenders"}),
        (by_card[page._soon][0], {"account_id": account, "section": "reviews"}),
        (proposal, {"account_id": account, "section": "opportunities"}),
        (birthday, {"person_id": busy.world.kenji}),
    ):
        open_today(window, app_context, settled)
        flush_deleted()
        row = next(row for row in page.findChildren(LinkRow) if row.line == line)
        qtbot.keyClick(row, Qt.Key.Key_Return)
        assert app_context.navigator.place is not None
        assert app_context.navigator.place.parameters == place
        settled()


def test_the_next_meeting_is_one_key_away(
    window: MainWindow, app_context: AppContext, busy: BusyWorld, settled: Settle
) -> None:
    page = open_today(window, app_context, settled)
    page._prepare.trigger()
    assert app_context.navigator.place is not None
    assert app_context.navigator.place.parameters == {"meeting_id": busy.meeting}


def test_a_fading_contact_opens_the_log_with_the_person(
    window: MainWindow, app_context: AppContext, busy: BusyWorld, settled: Settle, qtbot: QtBot
) -> None:
    page = open_today(window, app_context, settled)
    (fading,) = page._fading.findChildren(LinkRow)
    assert fading.line.pill == "20 days over"
    qtbot.keyClick(fading, Qt.Key.Key_Return)
    settled()
    (dialog,) = window.findChildren(LogTouchDialog)
    dialog.panel._line.setText("Called about the pilot")
    qtbot.keyClick(dialog.panel._line, Qt.Key.Key_Return)
    settled()
    with app_context.portfolio.reading() as db:
        newest = touches.timeline(db).rows[0]
    assert (newest.person_id, newest.summary) == (busy.world.elena, "Called about the pilot")
    assert newest.kind is InteractionKind.CALL
    assert page._fading.isHidden()


def test_the_countdown_goes_on(
    window: MainWindow,
    app_context: AppContext,
    busy: BusyWorld,
    settled: Settle,
    clock: StillClock,
) -> None:
    page = open_today(window, app_context, settled)
    assert page._next._notes.isHidden()
    clock.go_on(days=3, hours=23, minutes=40)
    page._minute.timeout.emit()
    settled()
    assert page._next._count.text() == "in 20 minutes"
    assert page._next._notes.isVisible()
    clock.go_on(minutes=30)
    page._minute.timeout.emit()
    settled()
    assert page._next._count.text() == "now"
    page._next._notes.click()
    assert app_context.navigator.place is not None
    assert app_context.navigator.place.page == "notes"
    assert app_context.navigator.place.parameters == {"meeting_id": busy.meeting}


def test_logging_needs_somebody(
    window: MainWindow, app_context: AppContext, busy: BusyWorld, settled: Settle
) -> None:
    dialog = open_log_touch(app_context, window)
    dialog.panel.save()
    assert dialog.panel.error_text == "Choose who it was with."
    with app_context.portfolio.reading() as db:
        found = choices.people_and_accounts(db, "a")
    assert [(row.kind, row.title) for row in found] == [("account", "Aurora Foods")]
    dialog.panel.add_choice(found[0])
    assert dialog.panel.error_text == ""
    dialog.panel.save()
    settled()
    with app_context.portfolio.reading() as db:
        assert touches.timeline(db).rows[0].person_id is None


def test_the_log_window_is_freed(
    window: MainWindow, app_context: AppContext, settled: Settle, collector_off: None
) -> None:
    dialog = open_log_touch(app_context, window)
    freed = weakref.ref(dialog)
    settled()
    dialog.close()
    del dialog
    flush_deleted()
    assert freed() is None


def test_hostile_text_is_shown_as_typed(
    window: MainWindow, app_context: AppContext, busy: BusyWorld, settled: Settle
) -> None:
    hostile = "<img src='/etc/passwd'><b>x</b> & y"
    with app_context.portfolio.unit_of_work("Rename") as work:
        work.execute("UPDATE commitment SET text = ?", (hostile,))
    page = open_today(window, app_context, settled)
    row = rows_of(page)[hostile]
    assert hostile in row.accessibleName()
    assert QApplication.focusWidget() is not None


@pytest.mark.usefixtures("busy")
def test_the_text_of_rows_begins_where_their_heading_does(
    window: MainWindow, app_context: AppContext, settled: Settle
) -> None:
    page = open_today(window, app_context, settled)
    flush_deleted()

    def left(widget: QWidget) -> int:
        return widget.mapTo(page, widget.contentsRect().topLeft()).x()

    row = page._next.findChildren(LinkRow)[0]
    text = next(label for label in row.findChildren(QLabel) if label.text())
    assert left(text) == left(page._next._missing_head)
    pill = page._overdue.findChildren(LinkRow)[0].findChildren(Pill)[0]
    inner = page._overdue.mapTo(page, page._overdue.body.geometry().topRight()).x()
    assert pill.mapTo(page, pill.rect().topRight()).x() == inner


def test_a_deal_of_the_next_account_that_hangs_on_few_people_leads_to_its_map(
    window: MainWindow, app_context: AppContext, busy: BusyWorld, settled: Settle
) -> None:
    with app_context.portfolio.unit_of_work("Add opportunity") as work:
        work.add(Opportunity(account_id=busy.world.account, name="Line 4"))
    page = open_today(window, app_context, settled)
    row = rows_of(page)["Line 4 · Aurora Foods"]
    assert row.line.detail.startswith("only ")
    page._follow(row.line)
    assert app_context.navigator.place is not None
    assert app_context.navigator.place.parameters["section"] == "map"
