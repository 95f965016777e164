"""Touches and notes are changed in their place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kam_desktop.models.vocabulary import InteractionKind
from kam_desktop.services.queries.choices import Choice
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.account.timeline import TimelineSection
from kam_desktop.ui.account.touches import read_time
from kam_desktop.ui.interactions.record_field import InlinePeople
from kam_desktop.ui.shell.context import AppContext


@pytest.fixture
def section(opened: Callable[[str], Section]) -> TimelineSection:
    found = opened("timeline")
    assert isinstance(found, TimelineSection)
    return found


def test_a_touch_is_changed_in_one_step_and_undone(
    section: TimelineSection, settled: Callable[[], None], app_context: AppContext
) -> None:
    line = section.touches.list.lines[0]
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    settled()
    form = section.touches.form
    assert form.isVisible()
    with app_context.portfolio.reading() as db:
        seat = db.value("SELECT id FROM person WHERE placeholder")
    people = form.editor("people")
    assert isinstance(people, InlinePeople)
    people._add(Choice("person", seat, section.account_id, "Head of Quality", ""))
    form.editor("kind").set_value(InteractionKind.VISIT)
    form.editor("summary").line.setText("Seen on site")  # type: ignore[attr-defined]
    form.editor("at").line.setText("08:15")  # type: ignore[attr-defined]
    form.submit()
    settled()
    settled()
    assert form.isHidden()
    row = section.touches.list.lines[0].row
    assert (row.kind, row.summary) == (InteractionKind.VISIT, "Seen on site")
    assert (row.at.hour, row.at.minute) == (8, 15)
    assert row.person_name == "Elena Example"
    app_context.operations.undo()
    settled()
    settled()
    assert section.touches.list.lines[0].row.summary == "Talk 1"


def test_a_touch_cannot_be_moved_into_the_future(
    section: TimelineSection, settled: Callable[[], None]
) -> None:
    section.touches.edit(section.touches.list.lines[0].row)
    settled()
    form = section.touches.form
    form.editor("day").line.setText("2027-01-01")  # type: ignore[attr-defined]
    form.submit()
    settled()
    assert form.editor("at").error_text
    assert form.isVisible()
    form.editor("at").line.setText("soon")  # type: ignore[attr-defined]
    form.submit()
    assert "14:20" in form.editor("at").error_text
    form.close_form()


def test_a_touch_is_deleted_with_a_key_and_the_pages_stay(
    section: TimelineSection, settled: Callable[[], None]
) -> None:
    section.touches.more.click()
    settled()
    assert len(section.touches.list.lines) == 39
    line = section.touches.list.lines[2]
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    settled()
    settled()
    assert len(section.touches.list.lines) == 38
    assert section.touches.list.lines[2].hasFocus()


def test_a_note_is_changed_pinned_and_deleted_with_keys(
    section: TimelineSection, settled: Callable[[], None]
) -> None:
    line = section.notes.list.lines[0]
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_P)
    settled()
    settled()
    line = section.notes.list.lines[0]
    assert line.row.pinned
    assert line.hasFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    form = section.notes.form
    form.editor("text").text.setPlainText("Two pages at most")  # type: ignore[attr-defined]
    QTest.keyClick(
        form.editor("text").text,  # type: ignore[attr-defined]
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.ControlModifier,
    )
    settled()
    settled()
    line = section.notes.list.lines[0]
    assert line.row.text == "Two pages at most"
    assert line.hasFocus()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    settled()
    settled()
    assert section.notes.list.lines == ()


def test_an_emptied_note_is_refused_and_stays_open(
    section: TimelineSection, settled: Callable[[], None]
) -> None:
    section.notes.edit(section.notes.list.lines[0].row)
    form = section.notes.form
    form.editor("text").text.setPlainText(" ")  # type: ignore[attr-defined]
    form.submit()
    settled()
    assert form.editor("text").error_text
    assert form.isVisible()
    form.close_form()


def test_keys_for_notes_do_nothing_to_touches(
    section: TimelineSection, settled: Callable[[], None], app_context: AppContext
) -> None:
    line = section.touches.list.lines[0]
    line.setFocus()
    before = app_context.portfolio.next_undo()
    QTest.keyClick(line, Qt.Key.Key_P)
    settled()
    assert app_context.portfolio.next_undo() == before


def test_notes_come_in_pages(
    section: TimelineSection, settled: Callable[[], None], app_context: AppContext
) -> None:
    from kam_desktop.services.notes import add_note

    with app_context.portfolio.unit_of_work("many") as work:
        for number in range(35):
            add_note(work, section.account_id, f"Note {number}")
    section.load()
    settled()
    assert len(section.notes.list.lines) == 30
    section.notes.more.click()
    settled()
    assert len(section.notes.list.lines) == 36
    assert section.notes.more.isHidden()


@pytest.mark.parametrize("text", ["14:20", "14.20"])
def test_times_are_read(text: str) -> None:
    time = read_time(text)
    assert (time.hour, time.minute) == (14, 20)
