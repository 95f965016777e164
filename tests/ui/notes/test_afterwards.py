"""Two minutes after the meeting: records, judgements, outcome, next step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.meetings.capture_page import NotesPage
from kam_desktop.ui.shell.window import MainWindow
from tests.ui.notes.conftest import Held

Key = Qt.Key
Settled = Callable[[], None]
TEXT = """Elena was glad about the pilot
/commit we send samples by friday
/action ask Ben
/support Elena +2
/support Nobody +1"""


def write(page: NotesPage, text: str, settled: Settled) -> None:
    page.editor.insertPlainText(text)
    page.show_after.trigger()
    settled()


def select(page: NotesPage, text: str) -> None:
    cursor = page.editor.document().find(text)
    assert not cursor.isNull()
    page.editor.setTextCursor(cursor)


def count(portfolio: Portfolio, table: str, where: str = "1") -> int:
    with portfolio.reading() as db:
        sql = f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL AND {where}"
        return int(db.value(sql))


def test_lines_become_records_in_one_step_and_only_those_that_are_ticked(
    page: NotesPage, portfolio: Portfolio, window: MainWindow, settled: Settled
) -> None:
    write(page, TEXT, settled)
    records = page.after.records
    assert [each.line.text for _box, each in records.boxes] == [
        "send samples by friday", "ask Ben", "Elena"
    ]  # fmt: skip
    QTest.keyClick(records.boxes[1][0], Key.Key_Space)
    assert len(records.chosen) == 2
    assert page.primary_action() is page.make_records
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.editor, Key.Key_Return, keys)
    settled()
    assert count(portfolio, "commitment") == 1
    assert count(portfolio, "action") == 0
    assert count(portfolio, "claim", "value = '2'") == 1
    assert records.result.text() == "2 made."
    assert [box.isChecked() for box, _line in records.boxes] == [False]
    assert not page.make_records.isEnabled()
    window.commands["undo"].trigger()
    settled()
    assert count(portfolio, "commitment") + count(portfolio, "claim") == 0
    assert page.editor.toPlainText() == TEXT
    assert len(records.chosen) == 2


def test_selected_text_becomes_what_it_is(
    page: NotesPage, portfolio: Portfolio, settled: Settled
) -> None:
    write(page, "They visit us on 5 Jan. We call Ben. Elena phoned.", settled)
    assert not any(action.isEnabled() for action in page.on_selection)
    ours, theirs, action, touch, _support = page.on_selection
    select(page, "They visit us on 5 Jan")
    theirs.trigger()
    settled()
    with portfolio.reading() as db:
        assert db.row("SELECT side, text, due_on FROM commitment") == (
            "theirs", "They visit us on 5 Jan", "2027-01-05"
        )  # fmt: skip
    select(page, "We call Ben")
    action.trigger()
    settled()
    assert count(portfolio, "action", "text = 'We call Ben'") == 1
    ours.trigger()
    settled()
    assert count(portfolio, "commitment", "side = 'ours'") == 1
    select(page, "Elena phoned")
    touch.trigger()
    menu = next(each for each in page.findChildren(QMenu) if each.isVisible())
    menu.actions()[2].trigger()
    menu.close()
    settled()
    with portfolio.reading() as db:
        row = db.row(
            "SELECT i.kind, i.summary, p.name, i.meeting_id FROM interaction i"
            " JOIN person p ON p.id = i.person_id"
        )
    assert row == ("call", "Elena phoned", "Elena Rossi", None)


def test_support_is_judged_by_keyboard_with_the_meeting_as_its_source(
    page: NotesPage, portfolio: Portfolio, settled: Settled, held: Held
) -> None:
    write(page, "Elena looked cross", settled)
    select(page, "Elena looked cross")
    page.on_selection[4].trigger()
    row = page.after.support.rows[0]
    assert row.buttons[1].hasFocus()
    QTest.keyClick(row.buttons[-1], Key.Key_Space)
    settled()
    with portfolio.reading() as db:
        assert db.row("SELECT value, source, meeting_id, note, source_text FROM claim") == (
            "-1", "seen", held.meeting, "Elena looked cross", "Oil proposal"
        )  # fmt: skip
        assert db.value("SELECT support FROM person WHERE id = ?", (held.world.elena,)) == -1
    QTest.keyClick(row.buttons[None], Key.Key_Space)
    settled()
    assert count(portfolio, "claim") == 1
    assert row.buttons[None].isChecked()


def test_outcome_next_step_and_the_touch(
    page: NotesPage, portfolio: Portfolio, settled: Settled
) -> None:
    write(page, "", settled)
    card = page.after.outcome
    card.outcome.text.setFocus()
    QTest.keyClicks(card.outcome.text, "A pilot")
    card.step.line.setFocus()
    QTest.keyClicks(card.step.line, "Visit the plant")
    card.due.line.setFocus()
    QTest.keyClicks(card.due.line, "+14")
    QTest.keyClick(card.due.line, Key.Key_Return)
    settled()
    with portfolio.reading() as db:
        assert db.row("SELECT outcome, next_step FROM meeting") == ("A pilot", "Visit the plant")
        assert db.row("SELECT text, due_on, step FROM action WHERE deleted_at IS NULL") == (
            "Visit the plant", "2026-12-04", "meeting_next"
        )  # fmt: skip
    card.log.click()
    settled()
    assert count(portfolio, "interaction", "meeting_id IS NOT NULL") == 1
    assert not card.log.isVisible()
    card.due.line.clear()
    card.due.commit()
    settled()
    assert count(portfolio, "action") == 0


def test_a_day_without_a_step_is_refused(
    page: NotesPage, portfolio: Portfolio, settled: Settled
) -> None:
    write(page, "", settled)
    card = page.after.outcome
    card.due.line.setFocus()
    QTest.keyClicks(card.due.line, "+14")
    QTest.keyClick(card.due.line, Key.Key_Return)
    settled()
    assert card.due.error_text == "Write what the next step is."
    assert count(portfolio, "action") == 0


def test_a_narrow_page_shows_one_part_at_a_time(
    page: NotesPage, window: MainWindow, settled: Settled
) -> None:
    page.context.theme.apply("light", scale=2.0)
    window.resize(1024, 640)
    settled()
    assert page.left.isVisible() != page.side.isVisible()
    page.show_after.trigger()
    assert page.after.isVisible()
    assert not page.editor.isVisible()
    page.write.trigger()
    assert page.editor.isVisible()
    cursor = page.editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    page.context.theme.apply("light", scale=1.0)
