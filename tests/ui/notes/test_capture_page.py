"""Notes are typed by keyboard, understood as they are typed, and kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.meetings.capture_page import NotesPage
from kam_desktop.ui.meetings.capture_saving import SAVE_MS
from kam_desktop.ui.shell.window import MainWindow
from tests.conftest import StillClock
from tests.ui.notes.conftest import Held

Key = Qt.Key


def stored(portfolio: Portfolio) -> str:
    with portfolio.reading() as db:
        return str(db.value("SELECT capture FROM meeting"))


def type_in(page: NotesPage, text: str) -> None:
    for number, line in enumerate(text.split("\n")):
        if number:
            QTest.keyClick(page.editor, Key.Key_Return)
        QTest.keyClicks(page.editor, line)


def test_one_key_opens_the_notes_of_the_meeting_under_way(
    page: NotesPage, window: MainWindow, held: Held
) -> None:
    assert page.title() == "Oil proposal"
    assert page.head_pills() == [("40 minutes left", "accent")]
    assert QApplication.focusWidget() is page.editor
    assert window.commands["take_notes"].shortcut().toString() == "F4"


def test_a_slash_offers_the_marks_and_typing_goes_on(page: NotesPage) -> None:
    offered = page.editor.offer_list
    QTest.keyClicks(page.editor, "/")
    assert offered.isVisible()
    assert offered.count() == 5
    QTest.keyClicks(page.editor, "s")
    assert offered.count() == 1
    QTest.keyClick(page.editor, Key.Key_Tab)
    assert page.editor.toPlainText() == "/support "
    assert [each.text for each in offered.offers] == ["Elena Rossi ", "Kenji Mori "]
    QTest.keyClick(page.editor, Key.Key_Down)
    QTest.keyClick(page.editor, Key.Key_Return)
    assert page.editor.toPlainText() == "/support Kenji Mori "
    QTest.keyClick(page.editor, Key.Key_Down)
    QTest.keyClick(page.editor, Key.Key_Down)
    QTest.keyClick(page.editor, Key.Key_Return)
    assert page.editor.toPlainText() == "/support Kenji Mori +1"
    QTest.keyClick(page.editor, Key.Key_Return)
    assert page.editor.toPlainText() == "/support Kenji Mori +1\n"
    assert not offered.isVisible()


def test_escape_closes_the_offer_until_another_line(page: NotesPage) -> None:
    QTest.keyClicks(page.editor, "/")
    QTest.keyClick(page.editor, Key.Key_Escape)
    assert not page.editor.offer_list.isVisible()
    QTest.keyClicks(page.editor, "a")
    assert not page.editor.offer_list.isVisible()
    type_in(page, "\n/")
    assert page.editor.offer_list.isVisible()


def test_a_new_name_is_not_completed_against_ones_will(page: NotesPage) -> None:
    type_in(page, "/person Ken\n")
    assert page.editor.toPlainText() == "/person Ken\n"


def test_lines_are_understood_beside_the_text(page: NotesPage) -> None:
    type_in(
        page,
        "They like it\n/commit we send samples by friday\n/commit \n/support Nobody +1\n/person Li",
    )
    page.editor.understand()
    remarks = [page.editor.remark(line) for line in range(5)]
    assert [remark and (remark.text, str(remark.state)) for remark in remarks] == [
        None,
        ("Promise · ours · due Fri 27 Nov", "accent"),
        ("Write what was promised.", "warn"),
        ("Nobody here is called Nobody.", "warn"),
        ("Person · Li", "accent"),
    ]
    assert page.current.text() == "Person · Li"


def test_what_is_typed_is_kept_within_a_second_as_one_step(
    page: NotesPage, portfolio: Portfolio, qtbot: QtBot, settled: Callable[[], None],
    clock: StillClock,
) -> None:  # fmt: skip
    assert SAVE_MS < 1_000
    type_in(page, "First words")
    qtbot.waitUntil(lambda: stored(portfolio) == "First words", timeout=5_000)
    clock.go_on(seconds=2)
    type_in(page, " and more")
    qtbot.waitUntil(lambda: stored(portfolio) == "First words and more", timeout=5_000)
    settled()
    assert [each.label for each in portfolio.history()][:2] == ["Take notes", "Plan"]
    with portfolio.reading() as db:
        assert db.value("SELECT count(*) FROM ledger_change WHERE field = 'capture'") == 1


def test_undo_in_the_text_is_its_own_and_undo_outside_can_be_taken_back(
    page: NotesPage, portfolio: Portfolio, window: MainWindow, settled: Callable[[], None]
) -> None:
    type_in(page, "Keep me")
    page.keeper.save()
    settled()
    QTest.keyClick(page.editor, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.editor.toPlainText() == ""
    page.keeper.save()
    settled()
    assert stored(portfolio) == ""
    QTest.keyClick(
        page.editor, Key.Key_Z,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )  # fmt: skip
    page.keeper.save()
    settled()
    assert stored(portfolio) == "Keep me"
    window.commands["undo"].trigger()
    settled()
    assert page.editor.toPlainText() == ""
    QTest.keyClick(page.editor, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.editor.toPlainText() == "Keep me"


def test_leaving_and_closing_keep_what_was_typed(
    page: NotesPage, portfolio: Portfolio, window: MainWindow, settled: Callable[[], None]
) -> None:
    type_in(page, "On the way out")
    window.commands["go_today"].trigger()
    settled()
    assert stored(portfolio) == "On the way out"
    window.commands["take_notes"].trigger()
    settled()
    type_in(page, "!")
    window.close()
    settled()
    assert stored(portfolio) == "On the way out!"


def test_agenda_questions_and_objections_stand_beside_it(
    page: NotesPage, portfolio: Portfolio, settled: Callable[[], None]
) -> None:
    side = page.during
    lines = [
        label.text() for label in side.clock.findChildren(type(side.clock.left)) if label.text()
    ]
    assert any("Pilot results · 20 minutes left" in text for text in lines)
    (question,) = side.questions.lines
    QTest.keyClick(question.box, Key.Key_Space)
    settled()
    assert question.box.isChecked()
    question.answer.text.setFocus()
    QTest.keyClicks(question.answer.text, "The CFO")
    QTest.keyClick(question.answer.text, Key.Key_Return)
    settled()
    with portfolio.reading() as db:
        assert db.value("SELECT answer FROM meeting_point WHERE text = 'Who signs?'") == "The CFO"
    QTest.keyClick(question.box, Key.Key_Space)
    settled()
    assert question.box.isChecked()


@pytest.mark.parametrize(
    "text", ["مرحبا /commit\n/commit نرسل العينات", "x" * 100_000 + "\n/action a"]
)
def test_any_text_is_taken(
    page: NotesPage, portfolio: Portfolio, settled: Callable[[], None], text: str
) -> None:
    page.editor.insertPlainText(text)
    page.editor.understand()
    page.grab()
    page.keeper.save()
    settled()
    assert stored(portfolio) == text
    assert page.editor.remark(1) is not None
    assert page.editor.remark(0) is None
