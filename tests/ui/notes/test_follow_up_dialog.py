"""The steps after a proposal, seen and changed before they are made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import Opportunity
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.meetings import follow_up_work
from kam_desktop.ui.meetings.follow_up_dialog import FollowUpDialog
from kam_desktop.ui.shell.context import AppContext
from tests.conftest import StillClock
from tests.ui.notes.conftest import Held


@pytest.fixture
def dialog(
    qtbot: QtBot, app_context: AppContext, portfolio: Portfolio, held: Held, clock: StillClock,
    settled: Callable[[], None],
) -> Iterator[FollowUpDialog]:  # fmt: skip
    clock.instant = dt.datetime(2026, 12, 3, 9, 0, tzinfo=dt.UTC)
    with portfolio.unit_of_work("Add") as work:
        work.add(Opportunity(account_id=held.world.account, name="Oil 2027"))
    owner = QWidget()
    qtbot.addWidget(owner)
    made = FollowUpDialog(app_context, held.world.account, held.meeting, owner)
    made.show()
    settled()
    yield made
    owner.close()


def test_days_are_working_days_there_and_holidays_are_explained(dialog: FollowUpDialog) -> None:
    days = [line.day.value() for line in dialog.steps]
    assert days == [
        dt.date(2026, 12, 3), dt.date(2026, 12, 4), dt.date(2026, 12, 9), dt.date(2026, 12, 15),
        dt.date(2026, 12, 18),
    ]  # fmt: skip
    assert "8 Dec 2026 is a holiday in Italy" in dialog.steps[2].why.text()
    assert dialog.steps[1].why.isHidden()
    assert dialog.note.text() == "Working days of Italy."
    assert dialog.deal.currentText() == "Oil 2027"


def test_all_is_made_in_one_step_as_it_was_changed(
    dialog: FollowUpDialog, portfolio: Portfolio, settled: Callable[[], None], held: Held
) -> None:
    dialog.steps[3].box.setChecked(False)
    dialog.steps[4].day.line.setText("2026-12-25")
    dialog.steps[4].day.commit()
    assert "25 Dec 2026 is a holiday in Italy" in dialog.steps[4].why.text()
    dialog.valid.line.setText("2027-01-31")
    dialog.start.click()
    settled()
    with portfolio.reading() as db:
        rows = db.rows("SELECT step, due_on, state, meeting_id FROM action ORDER BY due_on")
        deal = db.row("SELECT proposed_on, valid_until FROM opportunity")
    assert rows == [
        ("sent", "2026-12-03", "done", held.meeting),
        ("confirm", "2026-12-04", "open", held.meeting),
        ("next_step", "2026-12-09", "open", held.meeting),
        ("next_talk", "2026-12-25", "open", held.meeting),
    ]
    assert deal == ("2026-12-03", "2027-01-31")
    assert portfolio.history()[0].label == "Start follow-up"
    portfolio.undo()
    with portfolio.reading() as db:
        assert db.value("SELECT count(*) FROM action") == 0


def test_what_cannot_be_is_refused_beside_its_field(
    dialog: FollowUpDialog, portfolio: Portfolio, settled: Callable[[], None]
) -> None:
    dialog.valid.line.setText("2026-11-01")
    dialog.start.click()
    settled()
    assert "over before it is sent" in dialog.valid.error_text
    dialog.valid.line.setText("")
    dialog.steps[2].day.line.setText("some day")
    dialog.start.click()
    settled()
    assert "not a date" in dialog.error.text()
    with portfolio.reading() as db:
        assert db.value("SELECT count(*) FROM action") == 0


def test_another_day_of_sending_moves_the_steps(dialog: FollowUpDialog) -> None:
    dialog.sent.line.setText("2026-12-04")
    dialog.sent.commit()
    assert dialog.steps[1].day.value() == dt.date(2026, 12, 7)


def test_where_the_holidays_are_not_known_it_says_so() -> None:
    assert follow_up_work.knows_country("Atlantis") is False
    assert follow_up_work.why_not("Atlantis", dt.date(2026, 12, 25)) == ""
    assert "no working day" in follow_up_work.why_not("Atlantis", dt.date(2026, 12, 26))


def test_all_steps_can_be_seen_once_they_are_there(dialog: FollowUpDialog, qtbot: QtBot) -> None:
    lowest = dialog.steps[-1]
    area = dialog._area
    qtbot.waitUntil(lambda: not dialog._later.isActive())
    bottom = lowest.mapTo(area.viewport(), lowest.rect().bottomLeft()).y()
    assert bottom <= area.viewport().height()
    assert area.verticalScrollBar().maximum() == 0
