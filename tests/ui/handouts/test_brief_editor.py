"""The lines beside the pages of a brief: left out, reworded, added, moved, followed, taken."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services import claims, meetings
from kam_desktop.services.handouts.brief_edits import BriefEdits, Wording
from kam_desktop.services.handouts.outline import SectionKey
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.zones import LocalTime
from kam_desktop.ui.handouts.brief_list_model import BriefRow
from kam_desktop.ui.handouts.preview import BriefPreview, open_brief_preview
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.navigator import Place
from tests.services.handouts.test_text import SCRIPTS
from tests.ui.conftest import flush_deleted

Wait = Callable[[], None]
Key = Qt.Key


@pytest.fixture
def preview(
    qtbot: QtBot, app_context: AppContext, account_id: str, settled: Wait
) -> Iterator[BriefPreview]:
    """The brief of the account's review, with its lines shown."""
    opened = open_brief_preview(app_context, account_id)
    qtbot.waitExposed(opened)
    settled()
    opened.edit.trigger()
    yield opened
    if isValid(opened):
        opened.close()
    settled()
    flush_deleted()


def printed(preview: BriefPreview) -> str:
    """What is on the pages."""
    pages = pypdfium2.PdfDocument(preview._pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


def choose(preview: BriefPreview, text: str) -> BriefRow:
    """Put the keyboard on the first line that says this."""
    rows = preview.editor.list.brief.rows
    row = next(row for row in rows if text in row.text)
    preview.editor.list.choose(row.id)
    return row


def press(qtbot: QtBot, preview: BriefPreview, key: Key) -> None:
    qtbot.keyClick(preview.editor.list, key)


def write(qtbot: QtBot, preview: BriefPreview, text: str) -> None:
    """Type into the field and keep it."""
    paper = preview.editor.words.text
    paper.selectAll()
    qtbot.keyClicks(paper, text)
    qtbot.keyClick(paper, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def stored(portfolio: Portfolio) -> BriefEdits:
    with portfolio.reading() as db:
        found = db.value("SELECT brief FROM meeting WHERE title = 'Autumn review'")
    return BriefEdits.from_json(json.loads(found) if found else None)


def test_a_line_is_left_out_and_taken_in_again_with_space(
    qtbot: QtBot, preview: BriefPreview, settled: Wait, portfolio: Portfolio
) -> None:
    choose(preview, "Send the pilot report")
    assert "Send the pilot report" in printed(preview)
    press(qtbot, preview, Key.Key_Space)
    settled()
    assert "Send the pilot report" not in printed(preview)
    row = preview.editor.list.current_row()
    assert row is not None
    assert row.note == "left out"
    assert len(stored(portfolio).out) == 1
    press(qtbot, preview, Key.Key_Space)
    settled()
    assert "Send the pilot report" in printed(preview)
    assert stored(portfolio).empty


def test_a_section_is_left_out_and_its_lines_are_folded_away(
    qtbot: QtBot, preview: BriefPreview, settled: Wait
) -> None:
    choose(preview, "Health")
    press(qtbot, preview, Key.Key_Space)
    settled()
    assert "Health" not in printed(preview)
    rows = preview.editor.list.brief.rows
    assert [row.id for row in rows if row.section.key is SectionKey.HEALTH] == ["section:health"]


def test_a_line_is_left_out_with_the_mouse(
    qtbot: QtBot, preview: BriefPreview, settled: Wait
) -> None:
    choose(preview, "Send the pilot report")
    view = preview.editor.list
    area = view.visualRect(view.currentIndex())
    box = area.topLeft() + QPoint(34, 12)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box)
    settled()
    assert "Send the pilot report" not in printed(preview)


def test_a_line_is_reworded_and_its_words_taken_back(
    qtbot: QtBot, preview: BriefPreview, settled: Wait, portfolio: Portfolio
) -> None:
    choose(preview, "Send the pilot report")
    preview.editor.reword.trigger()
    assert preview.editor.words.text.hasFocus()
    write(qtbot, preview, "Hand over the report in person")
    settled()
    assert "Hand over the report in person" in printed(preview)
    assert preview.editor.list.hasFocus()
    row = preview.editor.list.current_row()
    assert row is not None
    assert row.note == "your words"
    preview.editor.restore.trigger()
    settled()
    assert "Send the pilot report" in printed(preview)
    assert stored(portfolio).empty


def test_own_lines_are_added_reworded_and_deleted(
    qtbot: QtBot, preview: BriefPreview, settled: Wait, portfolio: Portfolio
) -> None:
    choose(preview, "Risks")
    press(qtbot, preview, Key.Key_Insert)
    write(qtbot, preview, "The works council was not asked")
    settled()
    assert "The works council was not asked" in printed(preview)
    row = preview.editor.list.current_row()
    assert row is not None
    assert row.line is not None
    assert row.line.own
    write(qtbot, preview, "Ask the works council")
    settled()
    assert [each.text for each in stored(portfolio).own] == ["Ask the works council"]
    press(qtbot, preview, Key.Key_Delete)
    settled()
    assert stored(portfolio).empty
    assert "works council" not in printed(preview)


def test_adding_is_given_up_with_escape(
    qtbot: QtBot, preview: BriefPreview, settled: Wait, portfolio: Portfolio
) -> None:
    choose(preview, "Risks")
    preview.editor.add.trigger()
    qtbot.keyClicks(preview.editor.words.text, "No")
    qtbot.keyClick(preview.editor.words.text, Key.Key_Escape)
    choose(preview, "Health")
    settled()
    assert stored(portfolio).empty
    assert preview.isVisible()


def test_a_section_is_moved_with_the_keyboard(
    qtbot: QtBot, preview: BriefPreview, settled: Wait
) -> None:
    choose(preview, "Questions to ask")
    qtbot.keyClick(preview.editor.list, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settled()
    rows = [row.section.key for row in preview.editor.list.brief.rows if row.is_head]
    assert rows.index(SectionKey.QUESTIONS) == rows.index(SectionKey.ACTIONS) - 1
    row = preview.editor.list.current_row()
    assert row is not None
    assert row.section.key is SectionKey.QUESTIONS


def test_each_change_is_one_step_of_undo(
    preview: BriefPreview, app_context: AppContext, settled: Wait, qtbot: QtBot
) -> None:
    choose(preview, "Send the pilot report")
    press(qtbot, preview, Key.Key_Space)
    choose(preview, "Health")
    press(qtbot, preview, Key.Key_Space)
    settled()
    assert app_context.operations.state.undo == "Leave a section out of the brief"
    preview.undo.trigger()
    wait_for_reading(qtbot, preview, settled)
    assert "Health" in printed(preview)
    assert "Send the pilot report" not in printed(preview)
    preview.undo.trigger()
    wait_for_reading(qtbot, preview, settled)
    assert "Send the pilot report" in printed(preview)


def wait_for_reading(qtbot: QtBot, preview: BriefPreview, settled: Wait) -> None:
    """Wait until what changed in the portfolio is on the pages."""
    settled()
    qtbot.waitUntil(lambda: not preview._again.isActive())
    settled()


def test_back_to_the_generated_brief(
    qtbot: QtBot, preview: BriefPreview, settled: Wait, portfolio: Portfolio
) -> None:
    assert not preview.editor.reset.isEnabled()
    choose(preview, "Send the pilot report")
    press(qtbot, preview, Key.Key_Space)
    settled()
    preview.editor.reset.trigger()
    settled()
    assert stored(portfolio).empty
    assert "Send the pilot report" in printed(preview)


def test_enter_goes_to_where_a_line_comes_from(
    qtbot: QtBot, preview: BriefPreview, app_context: AppContext, account_id: str
) -> None:
    places: list[Place] = []
    app_context.navigator.place_changed.connect(places.append)
    choose(preview, "Send the pilot report")
    press(qtbot, preview, Key.Key_Return)
    assert [(place.page, place.parameters) for place in places] == [
        ("account", {"account_id": account_id, "section": "promises"})
    ]
    assert not preview.isVisible()


def test_a_proposed_question_is_taken_into_those_of_the_meeting(
    qtbot: QtBot, preview: BriefPreview, settled: Wait, portfolio: Portfolio
) -> None:
    row = choose(preview, "How much influence does Marta")
    assert row.line is not None
    assert row.line.line.person_id
    preview.editor.take.trigger()
    wait_for_reading(qtbot, preview, settled)
    with portfolio.reading() as db:
        found = db.rows("SELECT kind, text, person_id FROM meeting_point")
    assert found == [
        ("question", "How much influence does Marta Díaz have?", row.line.line.person_id)
    ]
    assert printed(preview).count("How much influence does Marta") == 1


def test_a_reworded_proposal_is_not_proposed_again(
    qtbot: QtBot, preview: BriefPreview, app_context: AppContext, settled: Wait
) -> None:
    choose(preview, "How much influence does Marta")
    write(qtbot, preview, "Who listens to Marta?")
    preview.editor.take.trigger()
    wait_for_reading(qtbot, preview, settled)
    assert printed(preview).count("Who listens to Marta?") == 1
    assert "How much influence" not in printed(preview)
    assert app_context.operations.state.undo == "Add a question to a meeting"


def test_what_changed_since_it_was_reworded_is_marked(
    preview: BriefPreview, settled: Wait, portfolio: Portfolio
) -> None:
    row = choose(preview, "Send the pilot report")
    words = Wording("Hand it over", "of another day", "promises")
    preview.editor.edits_wanted.emit(BriefEdits().with_words(row.id, words), "Edit")
    settled()
    again = choose(preview, "Hand it over")
    assert again.warns
    assert "the facts have changed since" in again.note


def test_changes_elsewhere_come_onto_the_pages(
    qtbot: QtBot, preview: BriefPreview, app_context: AppContext, settled: Wait
) -> None:
    row = choose(preview, "Marta Díaz")
    assert row.line is not None
    person_id = row.line.line.key.partition(":")[2]
    app_context.operations.run(
        preview, "Judge", claims.state_claim, person_id, "influence", 7,
        fields={"source": "said", "confidence": "high"},
    )  # fmt: skip
    wait_for_reading(qtbot, preview, settled)
    assert "How much influence" not in printed(preview)


def test_words_still_in_the_field_are_printed_too(
    qtbot: QtBot, preview: BriefPreview, settled: Wait
) -> None:
    choose(preview, "Send the pilot report")
    preview.editor.words.text.selectAll()
    qtbot.keyClicks(preview.editor.words.text, "Hand it over")
    preview.print_pages.trigger()
    settled()
    assert "Hand it over" in printed(preview)
    dialogs = [each for each in preview.findChildren(QDialog) if each.isVisible()]
    assert len(dialogs) == 1
    dialogs[0].reject()


def test_words_still_in_the_field_are_kept_when_it_closes(
    qtbot: QtBot, preview: BriefPreview, settled: Wait, portfolio: Portfolio
) -> None:
    choose(preview, "Send the pilot report")
    preview.editor.words.text.selectAll()
    qtbot.keyClicks(preview.editor.words.text, "Hand it over")
    preview.close()
    settled()
    assert [each.text for each in stored(portfolio).words.values()] == ["Hand it over"]


def test_resizing_while_the_pages_are_made_loses_nothing(
    qtbot: QtBot, preview: BriefPreview, settled: Wait
) -> None:
    choose(preview, "Send the pilot report")
    press(qtbot, preview, Key.Key_Space)
    preview._browser.pictures_wanted.emit(0.5)
    settled()
    assert preview.print_pages.isEnabled()
    assert "Send the pilot report" not in printed(preview)


def test_it_stays_with_its_meeting_when_another_becomes_the_next(
    qtbot: QtBot, preview: BriefPreview, app_context: AppContext, account_id: str, settled: Wait
) -> None:
    when = LocalTime(app_context.clock.now().replace(tzinfo=None) + dt.timedelta(days=1), "UTC")
    app_context.operations.run(
        preview, "Plan", meetings.add_meeting, account_id, MeetingType.FIRST, when
    )
    wait_for_reading(qtbot, preview, settled)
    assert "Autumn review" in printed(preview)


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_words_of_every_script(
    qtbot: QtBot, preview: BriefPreview, settled: Wait, portfolio: Portfolio, text: str
) -> None:
    choose(preview, "Send the pilot report")
    preview.editor.words.text.setPlainText(text)
    preview.editor.words.commit()
    settled()
    assert [each.text for each in stored(portfolio).words.values()] == [text]
    assert text.split(maxsplit=1)[0].strip(",") in printed(preview)


def test_enter_prints(
    qtbot: QtBot, app_context: AppContext, account_id: str, settled: Wait
) -> None:
    """From the window's opening: no key but Enter leads to the system's own dialog."""
    opened = open_brief_preview(app_context, account_id)
    qtbot.waitExposed(opened)
    settled()
    target = opened.focusWidget() or opened
    qtbot.keyClick(target, Key.Key_Return)
    dialogs = [each for each in opened.findChildren(QDialog) if each.isVisible()]
    assert len(dialogs) == 1
    dialogs[0].reject()
    opened.close()
    flush_deleted()


def test_without_a_meeting_nothing_can_be_changed(
    qtbot: QtBot, app_context: AppContext, account_id: str, settled: Wait, portfolio: Portfolio
) -> None:
    with portfolio.unit_of_work("Delete") as work:
        key = work.reader.value("SELECT id FROM meeting")
        meetings.delete_meeting(work, str(key))
    opened = open_brief_preview(app_context, account_id)
    settled()
    opened.edit.trigger()
    index = opened.editor.list.brief.index(1)
    assert not index.flags() & Qt.ItemFlag.ItemIsUserCheckable
    assert not opened.editor.add.isEnabled()
    assert not opened.editor.words.isVisible()
    choose(opened, "Send the pilot report")
    assert opened.editor.source.isEnabled()
    opened.close()
    settled()
    flush_deleted()


def test_lines_are_named_for_screen_readers(preview: BriefPreview) -> None:
    model = preview.editor.list.brief
    role = Qt.ItemDataRole.AccessibleTextRole
    named = [model.index(at).data(role) for at in range(len(model.rows))]
    assert "Who" in named
    assert all(named)
