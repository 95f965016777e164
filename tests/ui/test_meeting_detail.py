"""The page of one meeting with real widgets, by keyboard and by mouse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kam_desktop.models.vocabulary import (
    CommitmentState,
    MeetingType,
    PointKind,
    RatingCriterion,
    Side,
)
from kam_desktop.services import actions, buying_centres, commitments, meeting_points, meetings
from kam_desktop.services.queries import choices
from kam_desktop.services.queries.meeting_around import MeetingView, meeting_view
from kam_desktop.services.zones import LocalTime
from kam_desktop.ui.meetings.link_line import web_address
from kam_desktop.ui.meetings.page import MeetingsPage
from kam_desktop.ui.meetings.point_list import drop_index
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.window import MainWindow
from kam_desktop.ui.theme import Theme
from kam_desktop.ui.widgets.minutes_field import minutes_text, read_minutes
from tests.services.meetings.world import wall
from tests.ui.meetings_world import BusyWorld, make_busy_world

Settle = Callable[[], None]
_ALT = Qt.KeyboardModifier.AltModifier
_NO = Qt.KeyboardModifier.NoModifier


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


def stored(page: MeetingsPage, meeting_id: str) -> MeetingView:
    with page.context.portfolio.reading() as db:
        found = meeting_view(db, meeting_id, page.context.clock.now())
    assert found is not None
    return found


def agenda(page: MeetingsPage, meeting_id: str) -> list[tuple[str, int | None]]:
    lines = stored(page, meeting_id).detail.points_of(PointKind.AGENDA)
    return [(line.text, line.minutes) for line in lines]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_line(text: str) -> None:
    QTest.keyClicks(focused(), text)
    QTest.keyClick(focused(), Qt.Key.Key_Return)


# Agenda, questions, objections


def test_an_agenda_is_typed_line_by_line(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    page.panel.show_part("agenda")
    # Without waiting for the portfolio between them.
    for text in ("Welcome 5 min", "Figures (20 min)", "Plans"):
        type_line(text)
    settled()
    assert agenda(page, busy.meeting) == [("Welcome", 5), ("Figures", 20), ("Plans", None)]
    assert focused() is page.panel.agenda.list.draft.text.text
    lines = page.panel.agenda.list.lines
    assert [line.clock.text() for line in lines] == ["10:00", "10:05", "10:25"]
    page.context.operations.undo()
    settled()
    assert agenda(page, busy.meeting) == [("Welcome", 5), ("Figures", 20)]


def test_enter_in_a_line_adds_the_next_ones_behind_it(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    page.panel.show_part("agenda")
    type_line("First")
    type_line("Last")
    settled()
    card = page.panel.agenda
    card.list.lines[0].focus_text()
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    for text in ("Second", "Third", "Fourth"):
        type_line(text)
    settled()
    texts = [text for text, _minutes in agenda(page, busy.meeting)]
    assert texts == ["First", "Second", "Third", "Fourth", "Last"]
    # The empty line is where the next one would go, still with the keyboard in it.
    assert card.list._column.indexOf(card.list.draft) == 4
    assert focused() is card.list.draft.text.text
    page.panel.texts["objective_ours"].setFocus()
    assert card.list._column.indexOf(card.list.draft) == 5


def test_what_is_typed_is_kept_when_the_keyboard_goes_elsewhere(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    page.panel.show_part("agenda")
    QTest.keyClicks(focused(), "Half a thought")
    page.panel.texts["objective_ours"].setFocus()
    settled()
    assert agenda(page, busy.meeting) == [("Half a thought", None)]
    page.panel.show_part("agenda")
    QTest.keyClicks(focused(), "Another")
    page.commit_drafts()
    settled()
    assert [text for text, _minutes in agenda(page, busy.meeting)] == ["Half a thought", "Another"]


def test_a_change_elsewhere_leaves_the_line_that_is_being_typed(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    page.panel.show_part("questions")
    QTest.keyClicks(focused(), "Who signs")
    with page.context.portfolio.unit_of_work("Elsewhere") as work:
        meeting_points.add_point(work, busy.meeting, PointKind.QUESTION, "Why now?")
    page.agenda.load()
    settled()
    QTest.keyClicks(focused(), " above 50,000?")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    settled()
    lines = stored(page, busy.meeting).detail.points_of(PointKind.QUESTION)
    assert [line.text for line in lines] == ["Why now?", "Who signs above 50,000?"]


def test_alt_and_an_arrow_move_a_line_and_undo_puts_it_back(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    page.panel.show_part("agenda")
    for text in ("One", "Two", "Three"):
        type_line(text)
    settled()
    lines = page.panel.agenda.list.lines
    lines[0].focus_text()
    here = focused()
    QTest.keyClick(here, Qt.Key.Key_Down, _ALT)
    settled()
    assert [text for text, _m in agenda(page, busy.meeting)] == ["Two", "One", "Three"]
    assert focused() is here
    QTest.keyClick(here, Qt.Key.Key_Up, _ALT)
    settled()
    QTest.keyClick(here, Qt.Key.Key_Up, _ALT)  # it is the first: nothing happens
    settled()
    assert [text for text, _m in agenda(page, busy.meeting)] == ["One", "Two", "Three"]
    page.context.operations.undo()
    settled()
    assert [text for text, _m in agenda(page, busy.meeting)] == ["Two", "One", "Three"]
    shown = [line.text.value() for line in page.panel.agenda.list.lines]
    assert shown == ["Two", "One", "Three"]


def test_arrows_walk_through_lines_and_an_emptied_line_is_deleted(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    page.panel.show_part("agenda")
    for text in ("One", "Two"):
        type_line(text)
    settled()
    QTest.keyClick(focused(), Qt.Key.Key_Up)
    assert focused() is page.panel.agenda.list.lines[1].text.text
    for _letter in "Two":
        QTest.keyClick(focused(), Qt.Key.Key_Backspace)
    QTest.keyClick(focused(), Qt.Key.Key_Backspace)
    settled()
    assert agenda(page, busy.meeting) == [("One", None)]
    assert focused() is page.panel.agenda.list.lines[0].text.text
    page.context.operations.undo()
    settled()
    assert agenda(page, busy.meeting) == [("One", None), ("Two", None)]
    line = page.panel.agenda.list.lines[1]
    line.focus_text()
    line._show_remove(True)
    assert line._remove is not None
    line._remove.click()
    settled()
    assert agenda(page, busy.meeting) == [("One", None)]


def test_a_line_is_dragged_by_its_grip(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    page.panel.show_part("agenda")
    for text in ("One", "Two", "Three", "Four"):
        type_line(text)
    settled()
    lines = page.panel.agenda.list.lines
    grip, mark = lines[0].grip, page.panel.agenda.list._mark
    middle = grip.rect().center()
    below = grip.mapFromGlobal(lines[2].mapToGlobal(QPoint(5, lines[2].height() - 2)))
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(grip, left, _NO, pos=middle)
    QTest.mouseMove(grip, below)
    assert mark.isVisible()
    QTest.mouseRelease(grip, left, _NO, pos=below)
    settled()
    assert not mark.isVisible()
    texts = [text for text, _m in agenda(page, busy.meeting)]
    assert texts == ["Two", "Three", "One", "Four"]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=12), st.data())
def test_a_dropped_line_lies_where_the_pointer_was(heights: list[int], data: st.DataObject) -> None:
    tops = [sum(heights[:at]) for at in range(len(heights))]
    middles = [top + height // 2 for top, height in zip(tops, heights, strict=True)]
    source = data.draw(st.integers(0, len(heights) - 1))
    y = data.draw(st.integers(-50, sum(heights) + 50))
    target = drop_index(middles, source, y)
    order = list(range(len(heights)))
    order.insert(target, order.pop(source))
    assert all(middles[other] < y for other in order[:target])
    assert all(middles[other] >= y for other in order[target + 1 :])


def test_minutes_are_summed_against_the_length_of_the_meeting(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    page.panel.show_part("agenda")
    for text in ("Figures 20 min", "Plans"):
        type_line(text)
    settled()
    card = page.panel.agenda
    assert "20 min of 1 h planned · 40 min free · 1 line without a time" in card._subtitle.text()
    minutes = card.list.lines[1].minutes
    assert minutes is not None
    minutes.line.setText("soon")
    minutes.commit()
    assert minutes.error_text == "Enter minutes, such as 15."
    minutes.line.setText("1:10")
    minutes.commit()
    settled()
    assert agenda(page, busy.meeting) == [("Figures", 20), ("Plans", 70)]
    assert [pill.text() for pill in card._pills] == ["30 min too long"]
    minutes.line.setText("5000")
    minutes.commit()
    settled()
    assert "a day" in minutes.error_text


@pytest.mark.parametrize(
    ("typed", "minutes", "shown"),
    [("15", 15, "15 min"), ("90 min", 90, "1 h 30 min"), ("1 h", 60, "1 h"), ("1:05", 65, "")],
)
def test_lengths_are_typed_in_several_ways(typed: str, minutes: int, shown: str) -> None:
    assert read_minutes(typed) == minutes
    assert not shown or minutes_text(minutes) == shown


@given(st.integers(0, 20_000))
def test_a_length_reads_as_it_is_written(minutes: int) -> None:
    assert read_minutes(minutes_text(minutes)) == minutes


def test_questions_say_whom_to_ask_and_objections_what_to_answer(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    page.panel.show_part("questions")
    type_line("Who signs?")
    settled()
    line = page.panel.questions.list.lines[0]
    assert line.whom is not None
    assert line.answer is not None
    names = [line.whom.combo.itemText(at) for at in range(line.whom.combo.count())]
    assert names == ["For anyone", "Elena Rossi", "Kenji Mori"]
    line.whom.combo.setCurrentIndex(2)
    line.whom.combo.activated.emit(2)
    line.answer.setFocus()
    QTest.keyClicks(focused(), "Elena, up to 100,000")
    page.panel.show_part("objections")
    type_line("Too dear")
    settled()
    (question,) = stored(page, busy.meeting).detail.points_of(PointKind.QUESTION)
    assert (question.person_name, question.answer) == ("Kenji Mori", "Elena, up to 100,000")
    assert page.panel.questions._subtitle.text() == "All are answered."
    assert page.panel.objections._subtitle.text() == "1 without an answer"


def test_an_agenda_of_one_text_is_shown_and_made_lines_of(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    card = page.panel.agenda
    assert not card.take_apart.isVisibleTo(card)
    with page.context.portfolio.unit_of_work("Write") as work:
        meetings.update_meeting(work, busy.meeting, agenda="- Figures (10 min)\nWho decides?")
    page.agenda.load()
    settled()
    assert page.panel.texts["agenda"].value() == "- Figures (10 min)\nWho decides?"
    card.take_apart.click()
    settled()
    assert agenda(page, busy.meeting) == [("Figures", 10)]
    assert [line.text.value() for line in page.panel.questions.list.lines] == ["Who decides?"]
    assert not card.take_apart.isVisibleTo(card)
    page.context.operations.undo()
    settled()
    assert card.take_apart.isVisibleTo(card)


def test_a_folded_part_stays_folded_until_it_is_wanted(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    page.panel.show_part("agenda")
    type_line("Figures")
    settled()
    card = page.panel.agenda
    card._fold.click()
    assert not card.list.isVisibleTo(card)
    page.open_meeting(busy.before)
    settled()
    # There, it is empty: what adds is in sight.
    assert card.list.isVisibleTo(card)
    page.open_meeting(busy.meeting)
    settled()
    assert not card.list.isVisibleTo(card)
    page.panel.show_part("agenda")
    assert card.list.isVisibleTo(card)


# When and where


def at_new_york(page: MeetingsPage, meeting_id: str, local: str, travel: int) -> None:
    with page.context.portfolio.unit_of_work("Move") as work:
        meetings.reschedule(work, meeting_id, LocalTime(wall(local), "America/New_York"))
        meetings.set_travel(work, meeting_id, travel)


@pytest.mark.parametrize(
    ("local", "travel", "here", "leave", "mind"),
    [
        # Both in winter time: 6 hours, and no word about it.
        ("2027-03-01 10:00", 45, "16:00 here", "Leave at 09:15 (15:15 here)", ""),
        # New York has changed its clocks on 14 March, Rome does on the 28th.
        ("2027-03-22 10:00", 45, "15:00 here", "Leave at 09:15 (14:15 here)", "5 h from here"),
        # Rome has changed back on 31 October, New York does on 7 November.
        ("2027-11-03 10:00", 45, "15:00 here", "Leave at 09:15 (14:15 here)", "5 h from here"),
        # In the hours of the change itself, the way lies across it: 01:30 is shown twice.
        ("2027-11-07 01:30", 30, "06:30 here", "Leave at 01:00 (06:00 here)", "5 h from here"),
        # An evening there is the day after here.
        (
            "2027-06-14 20:30",
            60,
            "Tue 15 Jun, 02:30 here (the day after)",
            "Leave at 19:30 (Tue 15 Jun, 01:30 here)",
            "",
        ),
        # The flight leaves the day before.
        (
            "2027-06-14 09:00",
            16 * 60,
            "15:00 here",
            "Leave on Sun 13 Jun 2027 at 17:00 (23:00 here)",
            "",
        ),
    ],
)
def test_clocks_on_both_sides_of_the_ocean(
    page: MeetingsPage,
    busy: BusyWorld,
    settled: Settle,
    monkeypatch: pytest.MonkeyPatch,
    local: str,
    travel: int,
    here: str,
    leave: str,
    mind: str,
) -> None:
    monkeypatch.setattr("kam_desktop.ui.meetings.facts_card.home_zone", lambda: "Europe/Rome")
    when = wall(local)
    fold = 0 if local.startswith("2027-11-07") else None
    with page.context.portfolio.unit_of_work("Move") as work:
        meetings.reschedule(work, busy.meeting, LocalTime(when, "America/New_York", fold))
        meetings.set_travel(work, busy.meeting, travel)
    page.agenda.load()
    settled()
    facts = page.panel.facts
    assert facts._elsewhere.text() == f"New York time · {here}"
    assert facts._leave.text() == leave
    assert mind in facts._mind.text()
    assert facts._mind.isVisibleTo(facts) == bool(mind)
    detail = page.panel.detail
    assert detail is not None
    assert detail.leave_at == detail.row.starts_at - dt.timedelta(minutes=travel)


def test_the_way_there_is_typed_and_taken_back(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    travel = page.panel.facts.travel
    travel.setFocus()
    type_line("1 h")
    settled()
    assert stored(page, busy.meeting).detail.travel_minutes == 60
    assert "Leave at 09:00" in page.panel.facts._leave.text()
    page.context.operations.undo()
    settled()
    assert not page.panel.facts._leave.isVisibleTo(page.panel.facts)
    assert travel.value() is None


def test_a_link_is_opened_only_when_that_is_asked_for(
    page: MeetingsPage, busy: BusyWorld, settled: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    link = page.panel.facts.link
    assert not link.open_it.isEnabled()
    link.edit.setFocus()
    type_line("meet.example.com/aurora")
    settled()
    assert stored(page, busy.meeting).detail.link == "meet.example.com/aurora"
    assert opened == []
    link.open_it.click()
    assert [url.toString() for url in opened] == ["https://meet.example.com/aurora"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Room 4",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "smb://host/x",
        "https://",
        "a b.c",
    ],
)
def test_nothing_but_pages_of_the_web_is_opened(text: str) -> None:
    assert web_address(text) is None


def test_buying_centres_are_switched_on_and_off(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    chips = page.panel.facts.centres
    assert not chips.isVisibleTo(page.panel.facts)
    with page.context.portfolio.unit_of_work("Add") as work:
        made = [
            buying_centres.add_buying_centre(work, busy.world.account, f"Plant {n:02}")
            for n in range(12)
        ]
    page.agenda.load()
    settled()
    assert chips.isVisibleTo(page.panel.facts)
    assert len(chips.chips) == 8
    assert chips._more.text() == "4 more"
    chips._more.click()
    chips.chips[made[11]].click()
    settled()
    chips.chips[made[0]].click()
    settled()
    names = [name for _id, name in stored(page, busy.meeting).detail.centres]
    assert names == ["Plant 00", "Plant 11"]
    page.context.operations.undo()
    settled()
    assert not chips.chips[made[0]].isChecked()
    assert chips.chips[made[11]].isChecked()


def test_attendees_say_what_they_do_here(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    line = page.panel.attendees._lines[1]
    line.part.setFocus()
    type_line("presents the plant")
    settled()
    attendee = stored(page, busy.meeting).detail.attendees[1]
    assert (attendee.name, attendee.part) == ("Kenji Mori", "presents the plant")
    # The line is still the same one, with the keyboard in it.
    assert page.panel.attendees._lines[1] is line
    assert focused() is line.part.line


# What lies around


def test_documents_are_kept_with_the_meeting(
    page: MeetingsPage, busy: BusyWorld, settled: Settle, tmp_path: Path
) -> None:
    offer = tmp_path / "Offer <b>.txt"
    offer.write_bytes(b"an offer")
    card = page.panel.documents
    card.add_files([str(offer), str(tmp_path / "missing.txt")])
    settled()
    settled()
    (file,) = stored(page, busy.meeting).around.files
    assert (file.name, file.size) == ("Offer <b>.txt", 8)
    assert len(card.lines) == 1
    card.save_copy(file.id, tmp_path / "copy.txt")
    settled()
    settled()
    assert (tmp_path / "copy.txt").read_bytes() == b"an offer"
    card.lines[0].remove.click()
    settled()
    assert stored(page, busy.meeting).around.files == ()
    page.context.operations.undo()
    settled()
    assert len(card.lines) == 1


def test_what_is_open_is_ticked_where_it_is_seen(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    with page.context.portfolio.unit_of_work("Promise") as work:
        there = commitments.add_commitment(
            work,
            busy.world.account,
            Side.THEIRS,
            "Forecast",
            made_on=dt.date(2026, 9, 3),
            meeting_id=busy.before,
        )
        actions.add_action(work, busy.world.account, "Ask logistics", due_on=dt.date(2026, 11, 19))
    page.agenda.load()
    settled()
    before = page.panel.previous
    (line,) = before.open_lines.lines
    assert line.box.accessibleName() == "Kept: Forecast"
    texts = [line.box.accessibleName() for line in page.panel.open.lines.lines]
    assert texts == ["Kept: Pilot report", "Done: Ask logistics"]
    assert page.panel.open._subtitle.text() == "1 promise · 1 action"
    line.box.click()
    settled()
    with page.context.portfolio.reading() as db:
        state = db.value("SELECT state FROM commitment WHERE id = ?", (there,))
    assert state == CommitmentState.KEPT
    assert not before.open_lines.isVisibleTo(before)
    lines = page.panel.open.lines
    lines.lines[1].box.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    settled()
    assert stored(page, busy.meeting).around.actions == ()
    # The keyboard goes on with what is left.
    assert focused() is lines.lines[0].box
    page.context.operations.undo()
    settled()
    assert len(lines.lines) == 2


def test_the_next_one_is_planned_from_the_one_that_was_held(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    assert not page._next.isEnabled()
    with page.context.portfolio.unit_of_work("Hold") as work:
        held = meetings.add_meeting(
            work,
            busy.world.account,
            MeetingType.BUSINESS_REVIEW,
            LocalTime(wall("2026-11-19 14:00"), "Europe/Rome"),
            minutes=90,
            person_ids=[busy.world.elena],
            team_member_ids=[busy.world.me],
            title="Autumn review",
            place="Milan",
        )
        actions.add_action(work, busy.world.account, "Ask logistics")
    page.open_meeting(held)
    settled()
    assert page._next.isEnabled()
    page._next.trigger()
    card = page.panel.next
    assert "2 people" in card._carried.text()
    assert "2 open promises and actions" in card._carried.text()
    assert card.when.minutes == 90
    # The review before was eleven weeks earlier.
    assert card.when.value() == LocalTime(wall("2027-02-04 14:00"), "Europe/Rome")
    card.keep.click()
    settled()
    detail = page.panel.detail
    assert detail is not None
    assert (detail.row.title, detail.row.place) == ("Autumn review", "Milan")
    assert [row.name for row in detail.attendees] == ["Elena Rossi", "Ana Pop"]
    assert [line.box.accessibleName() for line in page.panel.open.lines.lines] == [
        "Kept: Pilot report",
        "Done: Ask logistics",
    ]
    page.context.operations.undo()
    settled()
    page.open_meeting(held)
    settled()
    assert stored(page, held).around.following is not None  # the review in four days


def test_a_meeting_is_rated_with_four_keys_by_each(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    assert not page.panel.rating.isVisibleTo(page.panel)
    page.open_meeting(busy.before)
    settled()
    card = page.panel.rating
    assert card.isVisibleTo(page.panel)
    assert list(card.chips) == ["Ana Pop"]
    card.rows[RatingCriterion.PREPARATION].setFocus()
    for key in "4352":
        QTest.keyClicks(focused(), key)
    settled()
    card.add_rater.setFocus()
    type_line("  Elena   Rossi ")
    assert focused() is card.rows[RatingCriterion.PREPARATION]
    QTest.keyClick(focused(), Qt.Key.Key_5)
    settled()
    value = card.rows[RatingCriterion.VALUE]
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(value, left, _NO, pos=value.disc(3).center())
    settled()
    ratings = stored(page, busy.before).around.ratings
    assert ratings.scores["Ana Pop"] == dict(zip(RatingCriterion, (4, 3, 5, 2), strict=True))
    assert ratings.scores["Elena Rossi"] == {
        RatingCriterion.PREPARATION: 5,
        RatingCriterion.VALUE: 3,
    }
    assert card._means[RatingCriterion.PREPARATION].text() == "4.5"
    assert "2 people rated it" in card._subtitle.text()
    QTest.mouseClick(value, left, _NO, pos=value.disc(3).center())
    settled()
    assert (
        RatingCriterion.VALUE not in stored(page, busy.before).around.ratings.scores["Elena Rossi"]
    )
    page.context.operations.undo()
    settled()
    assert value.score == 3
    card.chips["Ana Pop"].click()
    assert card.rows[RatingCriterion.OUTCOME].score == 2
    assert card.rows[RatingCriterion.OUTCOME].accessibleName() == "We reached our aim: 2 of 5"


# The form, and its room


def test_the_form_takes_link_way_and_buying_centres(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    with page.context.portfolio.unit_of_work("Add") as work:
        lodi = buying_centres.add_buying_centre(work, busy.world.account, "Plant Lodi")
    page.context.navigator.open("meetings", new="1", account_id=busy.world.account)
    settled()
    plan = page.plan
    plan._link.setText("https://meet.example.com/1")
    plan._travel.setText("soon")
    plan.centres.chips[lodi].click()
    plan.save()
    assert plan._error.text() == "Enter minutes, such as 15."
    plan._travel.setText("1 h")
    plan.save()
    settled()
    detail = page.panel.detail
    assert detail is not None
    assert (detail.link, detail.travel_minutes) == ("https://meet.example.com/1", 60)
    assert detail.centres == ((lodi, "Plant Lodi"),)


def test_account_type_and_time_are_enough(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    page.context.navigator.open("meetings", new="1")
    settled()
    with page.context.portfolio.reading() as db:
        (aurora,) = choices.accounts(db, "auro")
    page.plan._account.set_choice(aurora)
    page.plan._account.picked.emit(aurora)
    settled()
    page.plan.save()
    settled()
    detail = page.panel.detail
    assert detail is not None
    assert (detail.row.title, detail.travel_minutes, detail.centres) == ("First meeting", None, ())


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_wider_than_the_smallest_window(
    page: MeetingsPage,
    window: MainWindow,
    busy: BusyWorld,
    settled: Settle,
    theme: Theme,
    scale: float,
) -> None:
    with page.context.portfolio.unit_of_work("Write") as work:
        text = "A topic with many words in it, also one LongWordThatCannotBeBrokenAnywhere" * 2
        for kind in PointKind:
            meeting_points.add_points(work, busy.meeting, kind, [f"{n} {text}" for n in range(40)])
    theme.apply(scale=scale)
    window.resize(1024, 640)
    page.agenda.opened.emit()
    page.agenda.load()
    settled()
    QApplication.processEvents()
    panel = page.panel
    content = panel.widget()
    assert content is not None
    least, room = content.minimumSizeHint().width(), panel.viewport().width()
    papers = [line.text.text for line in panel.agenda.list.lines]
    scrolled = [paper.verticalScrollBar().maximum() for paper in papers]
    aside = [paper.horizontalScrollBar().value() for paper in papers]
    theme.apply()
    assert least <= room
    assert scrolled == aside == [0] * 40


def test_where_the_keyboard_is_can_be_seen(
    page: MeetingsPage, window: MainWindow, busy: BusyWorld, settled: Settle
) -> None:
    with page.context.portfolio.unit_of_work("Write") as work:
        texts = [f"Topic {n}" for n in range(40)]
        meeting_points.add_points(work, busy.meeting, PointKind.AGENDA, texts)
    window.resize(1024, 640)
    page.agenda.load()
    settled()

    def seen() -> bool:
        area = page.panel.viewport().rect()
        here = focused()
        top = here.mapTo(page.panel.viewport(), QPoint(0, 0)).y()
        return area.top() <= top and top + here.height() <= area.bottom()

    QApplication.processEvents()
    page.panel.show_part("agenda")
    QApplication.processEvents()
    assert seen()
    for _line in range(40):
        QTest.keyClick(focused(), Qt.Key.Key_Up)
        assert seen()
    assert focused() is page.panel.agenda.list.lines[0].text.text
    for _line in range(39):
        QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    type_line("One more")
    settled()
    QApplication.processEvents()
    assert seen()
    assert agenda(page, busy.meeting)[-1] == ("One more", None)


def test_a_meeting_before_that_is_still_to_come_is_not_said_to_lack_an_outcome(
    page: MeetingsPage, busy: BusyWorld, settled: Settle
) -> None:
    with page.context.portfolio.unit_of_work("Plan") as work:
        when = LocalTime(wall("2026-12-10 10:00"), "Europe/Rome")
        later = meetings.add_meeting(work, busy.world.account, MeetingType.SERVICE, when)
    page.open_meeting(later)
    settled()
    assert page.panel.previous._previous_id == busy.meeting
    assert page.panel.previous._outcome.text() == "It is still to come."
