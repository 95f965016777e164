from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from kam_desktop.models.vocabulary import ChecklistState, MeetingType
from kam_desktop.services import people
from kam_desktop.services.queries import choices
from kam_desktop.services.queries import meetings as queries
from kam_desktop.services.zones import LocalTime
from kam_desktop.ui.meetings.page import MeetingsPage
from kam_desktop.ui.meetings.when_editor import WhenEditor
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.window import MainWindow
from kam_desktop.ui.theme import Theme
from tests.services.meetings.world import wall
from tests.ui.meetings_world import BusyWorld, make_busy_world

Settle = Callable[[], None]


@pytest.fixture
def busy(app_context: AppContext) -> BusyWorld:
    return make_busy_world(app_context.portfolio)


@pytest.fixture
def page(
    window: MainWindow, app_context: AppContext, busy: BusyWorld, settled: Settle
) -> MeetingsPage:
    app_context.navigator.open("meetings", meeting_id=busy.meeting)
    settled()
    shown = window.page
    assert isinstance(shown, MeetingsPage)
    return shown


def stored(page: MeetingsPage, meeting_id: str) -> queries.MeetingDetail:
    with page.context.portfolio.reading() as db:
        found = queries.meeting_detail(db, meeting_id, page.context.clock.now())
    assert found is not None
    return found


def test_the_agenda_lists_what_comes_and_what_is_over(page: MeetingsPage, busy: BusyWorld) -> None:
    rows = page.agenda.model.rows
    assert [row.text for row in rows] == [
        "Next 7 days",
        "Business review",
        "Past",
        "First meeting",
    ]
    assert page.agenda.current_id == busy.meeting
    assert page.title() == "Business review"
    assert page.head_pills() == [("in 4 days", "accent")]
    spoken = page.agenda.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Aurora Foods" in spoken
    assert "0 of 21 prepared" in spoken


def test_space_ticks_and_undo_takes_it_back(
    page: MeetingsPage, busy: BusyWorld, qtbot: QtBot, settled: Settle
) -> None:
    view = page.panel.checklist.view
    view.setCurrentIndex(view.model().index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    settled()
    assert stored(page, busy.meeting).row.done == 1
    check = view.model().index(0, 0).data(Qt.ItemDataRole.CheckStateRole)
    assert check == Qt.CheckState.Checked
    page.context.operations.undo()
    settled()
    assert stored(page, busy.meeting).row.done == 0
    assert page.panel.checklist.model.rows[0].state is ChecklistState.OPEN


def test_alt_arrows_and_dropping_change_the_order(
    page: MeetingsPage, busy: BusyWorld, qtbot: QtBot, settled: Settle
) -> None:
    card = page.panel.checklist
    before = [row.id for row in card.model.rows]
    card.view.setCurrentIndex(card.model.index(0))
    qtbot.keyClick(card.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settled()
    moved = [before[1], before[0], *before[2:]]
    assert [row.id for row in stored(page, busy.meeting).checklist] == moved
    assert card.view.current_row() is not None
    assert card.view.currentIndex().row() == 1
    data: QMimeData = card.model.mimeData([card.model.index(1)])
    removed = card.model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    settled()
    assert not removed
    assert [row.id for row in stored(page, busy.meeting).checklist] == before


def test_not_applicable_asks_for_a_reason(
    page: MeetingsPage, busy: BusyWorld, qtbot: QtBot, settled: Settle
) -> None:
    card = page.panel.checklist
    card.view.setCurrentIndex(card.model.index(0))
    card._skip.trigger()
    line = card._reason.findChild(QLineEdit)
    assert line is not None
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settled()
    assert "why" in card._reason._error.text()
    assert stored(page, busy.meeting).checklist[0].state is ChecklistState.OPEN
    line.setText("They come to us")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settled()
    item = stored(page, busy.meeting).checklist[0]
    assert (item.state, item.reason) == (ChecklistState.NOT_APPLICABLE, "They come to us")
    assert card._reason.isHidden()


def test_own_items_are_added_and_removed(
    page: MeetingsPage, busy: BusyWorld, qtbot: QtBot, settled: Settle
) -> None:
    card = page.panel.checklist
    line = card._own.findChild(QLineEdit)
    assert line is not None
    line.setText("Reserve a table")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settled()
    assert stored(page, busy.meeting).checklist[-1].text == "Reserve a table"
    assert line.text() == ""
    last = card.model.index(card.model.rowCount() - 1)
    assert card.model.setData(last, "Reserve a big table")
    settled()
    assert stored(page, busy.meeting).checklist[-1].text == "Reserve a big table"
    card.view.setCurrentIndex(last)
    card._remove.trigger()
    settled()
    assert "table" not in stored(page, busy.meeting).checklist[-1].text


def test_enter_goes_to_where_the_item_is_done(
    page: MeetingsPage, busy: BusyWorld, qtbot: QtBot
) -> None:
    card = page.panel.checklist
    at = next(n for n, row in enumerate(card.model.rows) if row.link == "account:promises")
    card.view.setCurrentIndex(card.model.index(at))
    qtbot.keyClick(card.view, Qt.Key.Key_Return)
    place = page.context.navigator.place
    assert place is not None
    assert place.page == "account"
    assert place.parameters == {"account_id": busy.world.account, "section": "promises"}


def test_texts_are_kept_when_editing_ends(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    editor = page.panel.texts["objective_ours"]
    editor.text.setPlainText("Renew for two years")  # type: ignore[attr-defined]
    page.commit_drafts()
    settled()
    assert stored(page, busy.meeting).objective_ours == "Renew for two years"
    title = page.panel.texts["title"]
    title.line.setText("")  # type: ignore[attr-defined]
    title.commit()
    settled()
    assert title.error_text == "Give the meeting a name."
    assert stored(page, busy.meeting).row.title == "Business review"


def test_people_come_and_go(page: MeetingsPage, busy: BusyWorld, settled: Settle) -> None:
    card = page.panel.attendees
    first = stored(page, busy.meeting).attendees[0]
    card._remove(first.id)
    settled()
    assert len(stored(page, busy.meeting).attendees) == 2
    with page.context.portfolio.reading() as db:
        (elena,) = choices.people_of(db, "elena", busy.world.account)
    card._add_theirs.picked.emit(elena)
    settled()
    assert len(stored(page, busy.meeting).attendees) == 3


def test_the_picker_offers_what_fits(
    page: MeetingsPage, busy: BusyWorld, qtbot: QtBot, settled: Settle
) -> None:
    picker = page.panel.attendees._add_theirs
    picker.setFocus()
    picker.setText("ken")
    picker.ask()
    settled()
    assert [row.title for row in picker._choices._rows] == ["Kenji Mori"]
    with qtbot.waitSignal(picker.picked) as caught:
        picker._take(picker._choices.index(0))
    assert caught.args[0].id == busy.world.kenji
    assert picker.text() == ""


def test_planning_from_the_form(page: MeetingsPage, busy: BusyWorld, settled: Settle) -> None:
    page.context.navigator.open("meetings", new="1")
    settled()
    page.plan.save()
    assert page.plan._error.text() == "Choose the account first."
    with page.context.portfolio.reading() as db:
        (aurora,) = choices.accounts(db, "auro")
    page.plan._account.set_choice(aurora)
    page.plan._account.picked.emit(aurora)
    settled()
    assert page.plan._when.value().zone == "Europe/Rome"
    assert [box.text() for box, _key in page.plan._attending] == ["Elena Rossi", "Kenji Mori"]
    page.plan._attending[1][0].setChecked(True)
    page.plan._type.setCurrentIndex(list(MeetingType).index(MeetingType.NEGOTIATION))
    page.plan.save()
    settled()
    detail = page.panel.detail
    assert detail is not None
    assert detail.row.title == "Negotiation"
    assert [row.name for row in detail.attendees] == ["Kenji Mori", "Ana Pop"]
    assert page.primary_action() is not None
    assert page.context.navigator.place is not None
    assert page.context.navigator.place.parameters == {"meeting_id": detail.row.id}


def test_deleting_moves_on_and_undo_brings_back(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    page._delete.trigger()
    settled()
    assert busy.meeting not in {row.id for row in page.agenda.model.rows}
    assert page.panel.detail is not None
    assert page.panel.detail.row.id == busy.before
    page.context.operations.undo()
    settled()
    assert busy.meeting in {row.id for row in page.agenda.model.rows}


def test_cancelling_is_said_and_taken_back(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    page._cancel_it.trigger()
    settled()
    assert page.head_pills() == [("cancelled", "bad")]
    assert page._cancel_it.text() == "Take cancellation back"
    page._cancel_it.trigger()
    settled()
    assert not stored(page, busy.meeting).row.cancelled


def test_a_meeting_that_took_place_is_logged_once(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    page.open_meeting(busy.before)
    settled()
    assert page.panel.after.log.isVisibleTo(page.panel)
    page.panel.after.log.click()
    settled()
    assert stored(page, busy.before).logged
    assert not page.panel.after.log.isVisibleTo(page.panel)


def test_filtering(page: MeetingsPage, settled: Settle) -> None:
    page.agenda.filter.setText("first")
    page.agenda.filter.returnPressed.emit()
    settled()
    assert [row.text for row in page.agenda.model.rows] == ["Past", "First meeting"]
    page.agenda.filter.setText("nothing like it")
    page.agenda.filter.returnPressed.emit()
    settled()
    assert page.agenda.model.rows == []
    assert page.agenda._nothing.isVisibleTo(page.agenda)


def test_an_empty_page_says_what_it_is_for(
    window: MainWindow, app_context: AppContext, settled: Settle
) -> None:
    app_context.navigator.open("meetings")
    settled()
    page = window.page
    assert isinstance(page, MeetingsPage)
    assert page._side.currentWidget() is page._empty
    assert page.primary_action() is None
    assert not page._delete.isEnabled()


def test_models_pass_the_model_tester(
    page: MeetingsPage, busy: BusyWorld, settled: Settle, qtbot: QtBot
) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [
        QAbstractItemModelTester(model, mode)
        for model in (page.agenda.model, page.panel.checklist.model)
    ]
    card = page.panel.checklist
    for at in (0, 3, 7):
        card.view.setCurrentIndex(card.model.index(at))
        qtbot.keyClick(card.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        settled()
        card._remove.trigger()
        settled()
    page.open_meeting(busy.before)
    settled()
    page._delete.trigger()
    settled()
    page.context.operations.undo()
    settled()
    assert len(testers) == 2
    assert len(page.agenda.model.rows) == 4


def test_hours_that_summer_time_skips_or_repeats(qtbot: QtBot, theme: Theme) -> None:
    editor = WhenEditor()
    qtbot.addWidget(editor)
    editor.set_value(LocalTime(wall("2027-03-28 02:30"), "Europe/Rome"), 60)
    assert "never show" in editor._error.text()
    editor.set_value(LocalTime(wall("2027-10-31 02:30"), "Europe/Rome"), 60)
    assert editor._fold.isVisibleTo(editor)
    first = editor.value().instant()
    editor._fold.setCurrentIndex(1)
    assert (editor.value().instant() - first).total_seconds() == 3600
    editor.set_value(LocalTime(wall("2027-10-30 02:30"), "Europe/Rome"), 60)
    assert not editor._fold.isVisibleTo(editor)
    assert editor.value().fold is None


def test_who_prepares_an_item_until_when_and_what_shows_it(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    card = page.panel.checklist
    card.view.setCurrentIndex(card.model.index(0))
    card._edit.trigger()
    settled()
    fields = card.fields
    assert fields.isVisible()
    fields.owner.committed.emit(busy.world.me)
    fields.days.committed.emit(30)
    fields.evidence.line.setText("Mail of 12 Nov")
    page.commit_drafts()
    settled()
    item = stored(page, busy.meeting).checklist[0]
    assert (item.owner_name, item.days_before) == ("Ana Pop", 30)
    assert item.evidence == "Mail of 12 Nov"
    assert fields.days.value() == 30
    card.view.setCurrentIndex(card.model.index(1))
    assert fields.item_id == card.model.rows[1].id
    assert fields.evidence.value() == ""
    card._edit.trigger()
    assert fields.isHidden()


def test_the_brief_waits_until_what_was_typed_is_kept(
    page: MeetingsPage, busy: BusyWorld, settled: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def opens(_context: object, _account_id: str, meeting_id: str) -> None:
        opened.append(stored(page, meeting_id).objective_ours)

    monkeypatch.setattr("kam_desktop.ui.handouts.preview.open_brief_preview", opens)
    page._print.trigger()
    assert opened == [""]
    editor = page.panel.texts["objective_ours"]
    editor.text.setPlainText("Renew for two years")  # type: ignore[attr-defined]
    page._print.trigger()
    settled()
    assert opened == ["", "Renew for two years"]
    title = page.panel.texts["title"]
    title.line.setText("")  # type: ignore[attr-defined]
    page._print.trigger()
    settled()
    assert len(opened) == 2  # refused: what is wrong is said beside the field


def test_a_meeting_is_logged_as_the_kind_of_touch_it_was(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    page.open_meeting(busy.before)
    settled()
    kinds = page.panel.after.kind
    kinds.setCurrentIndex(kinds.findText("Video call"))
    page.panel.after.log.click()
    settled()
    with page.context.portfolio.reading() as db:
        kind = db.value("SELECT kind FROM interaction WHERE meeting_id = ?", (busy.before,))
    assert kind == "video"


def test_a_vacant_seat_is_called_so_where_attendees_are_chosen(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    with page.context.portfolio.unit_of_work("Add a seat") as work:
        people.add_vacant_seat(work, busy.world.account, "Head of quality")
    page.show_with(new="1", account_id=busy.world.account)
    settled()
    shown = [box.text() for box, _key in page.plan._attending]
    assert "(vacant) · Head of quality" in shown
