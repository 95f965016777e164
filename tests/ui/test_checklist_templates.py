"""The editor of checklist templates: keyboard, mouse, drafts, versions, files."""

from __future__ import annotations

import json
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from kam_desktop.models.vocabulary import ChecklistCondition, MeetingType, TeamRole
from kam_desktop.services.queries import checklists as queries
from kam_desktop.ui.meetings.changes import DraftLine
from kam_desktop.ui.meetings.template_lines import DAYS, ITSELF, TEXT, WHO, TemplateLines
from kam_desktop.ui.meetings.templates_dialog import TemplatesDialog
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.window import MainWindow
from kam_desktop.ui.theme import Theme
from tests.services.meetings.world import make_world
from tests.ui.conftest import flush_deleted

Settle = Callable[[], None]


@pytest.fixture
def dialog(window: MainWindow, app_context: AppContext, settled: Settle) -> TemplatesDialog:
    make_world(app_context.portfolio)
    made = TemplatesDialog(app_context, window)
    made.open()
    settled()
    return made


def stored(context: AppContext, key: str) -> tuple[int, list[queries.TemplateItemRow]]:
    """The version of a template as it is kept, and its items."""
    with context.portfolio.reading() as db:
        (row,) = (row for row in queries.templates(db) if row.key == key)
        return row.version, queries.template_items(db, row.id)


def pick(dialog: TemplatesDialog, name: str, settled: Settle) -> None:
    (item,) = dialog.list.findItems(name, Qt.MatchFlag.MatchExactly)
    dialog.list.setCurrentItem(item)
    settled()


def choose(combo: object, value: object) -> None:
    """As a click on an entry does."""
    combo.show_value(value)  # type: ignore[attr-defined]
    combo.activated.emit(combo.currentIndex())  # type: ignore[attr-defined]


def test_all_of_an_item_is_edited_and_kept_as_a_version(
    dialog: TemplatesDialog, app_context: AppContext, qtbot: QtBot, settled: Settle
) -> None:
    editor = dialog.editor
    assert editor.name.text() == "Before any meeting"
    assert editor.about.text() == "Version 1 · 11 items"
    assert not dialog._save.isEnabled()
    editor.table.setFocus()
    qtbot.keyClick(editor.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert editor.row == 1
    qtbot.keyClicks(editor.form.text, "Charge the laptop")
    editor.form.days.setValue(2)
    choose(editor.form.who, TeamRole.SERVICE)
    choose(editor.form.place, "meeting:documents")
    choose(editor.form.condition, ChecklistCondition.DOCUMENT_ADDED)
    qtbot.keyClicks(editor.form.evidence, "A photo")
    shown = [editor.lines.index(1, at).data() for at in (TEXT, DAYS, WHO, ITSELF)]
    assert shown == ["Charge the laptop", 2, "Service", "yes"]
    dialog._save.click()
    settled()
    version, items = stored(app_context, "before_any")
    assert (version, len(items)) == (2, 12)
    made = items[1]
    assert (made.text, made.days_before, made.link) == ("Charge the laptop", 2, "meeting:documents")
    assert made.owner_role is TeamRole.SERVICE
    assert made.condition is ChecklistCondition.DOCUMENT_ADDED
    assert made.evidence == "A photo"
    assert editor.about.text() == "Version 2 · 12 items"
    assert not dialog._save.isEnabled()
    assert "from now on" in dialog._hint.text()
    dialog.take_back()
    settled()
    assert stored(app_context, "before_any")[0] == 1
    assert editor.about.text() == "Version 1 · 11 items"


def test_items_are_moved_copied_and_removed_by_keys_and_taken_back(
    dialog: TemplatesDialog, qtbot: QtBot
) -> None:
    editor, alt = dialog.editor, Qt.KeyboardModifier.AltModifier
    before = list(editor.lines.lines)
    editor.table.setFocus()
    qtbot.keyClick(editor.table, Qt.Key.Key_Down, alt)
    assert editor.row == 1
    editor.form.text.setFocus()
    qtbot.keyClick(editor.form.text, Qt.Key.Key_Down, alt)
    assert editor.lines.lines[:3] == [before[1], before[2], before[0]]
    qtbot.keyClick(editor.table, Qt.Key.Key_Up, alt)
    assert editor.lines.lines[:3] == [before[1], before[0], before[2]]
    qtbot.keyClick(editor.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert editor.lines.lines[1:3] == [before[0], before[0]]
    editor.table.setFocus()
    qtbot.keyClick(editor.table, Qt.Key.Key_Delete)
    assert editor.lines.lines[:3] == [before[1], before[0], before[2]]
    for _step in range(5):
        qtbot.keyClick(editor.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.lines.lines == before
    assert not dialog._save.isEnabled()


def test_enter_goes_from_the_table_to_the_form(dialog: TemplatesDialog, qtbot: QtBot) -> None:
    editor = dialog.editor
    editor.table.setFocus()
    qtbot.keyClick(editor.table, Qt.Key.Key_Down)
    qtbot.keyClick(editor.table, Qt.Key.Key_Return)
    assert editor.form.text.hasFocus()
    assert editor.form.text.text() == editor.lines.lines[1].text


@given(st.lists(st.tuples(st.sampled_from("amrcp"), st.integers(0, 9), st.integers(-2, 9))))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_editing_is_editing_a_list_and_taking_back_undoes_it(
    qapp: QApplication, steps: list[tuple[str, int, int]]
) -> None:
    model = TemplateLines()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    start = [DraftLine(str(n), n) for n in range(4)]
    model.show(start)
    expected = list(start)
    for number, (what, at, to) in enumerate(steps):
        if what == "a":
            made = DraftLine(f"new {number}")
            expected.insert(min(at, len(expected)), made)
            model.add(min(at, len(model.lines)), made)
        elif what == "r" and at < len(expected):
            del expected[at]
            model.remove(at)
        elif what == "m":
            if at < len(expected) and 0 <= to < len(expected):
                expected.insert(to, expected.pop(at))
            model.move(at, to)
        elif what == "p" and at < len(expected):
            expected[at] = DraftLine(f"said {number}", max(0, to))
            model.put(at, expected[at])
        assert model.lines == expected
    for _step in range(len(steps) + 1):
        model.take_back()
    assert model.lines == start
    assert tester.parent() is model


def test_typing_in_one_field_is_taken_back_at_once(dialog: TemplatesDialog, qtbot: QtBot) -> None:
    editor = dialog.editor
    before = editor.lines.lines[0]
    qtbot.keyClicks(editor.form.evidence, "A note")
    assert editor.lines.lines[0].evidence == "A note"
    editor.take_back()
    assert editor.lines.lines[0] == before
    assert editor.form.evidence.text() == ""


def test_what_was_typed_waits_while_another_is_looked_at(
    dialog: TemplatesDialog, app_context: AppContext, qtbot: QtBot, settled: Settle
) -> None:
    qtbot.keyClicks(dialog.editor.form.evidence, "A note")
    pick(dialog, "Tender", settled)
    assert dialog.editor.name.text() == "Tender"
    spoken = dialog.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Before any meeting (changed)"
    dialog.reject()
    assert dialog.isVisible()
    assert "Not kept yet: Before any meeting." in dialog._error.text()
    pick(dialog, "Before any meeting", settled)
    assert dialog.editor.lines.lines[0].evidence == "A note"
    dialog._give_up.click()
    assert dialog.editor.lines.lines[0].evidence == ""
    spoken = dialog.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Before any meeting"
    dialog.reject()
    assert not dialog.isVisible()
    assert stored(app_context, "before_any")[0] == 1


def test_closing_twice_gives_changes_up(dialog: TemplatesDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.editor.form.evidence, "A note")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_new_one_for_a_type_a_copy_and_deleting(
    dialog: TemplatesDialog, app_context: AppContext, qtbot: QtBot, settled: Settle
) -> None:
    dialog._new.click()
    assert not dialog.delete.isEnabled()
    dialog.editor.form.text.setText("")
    qtbot.keyClicks(dialog.editor.form.text, "Pack")
    dialog.save()
    settled()
    assert dialog._error.text() == "Give the checklist a name."
    qtbot.keyClicks(dialog.editor.name, "Fair")
    choose(dialog.editor.type, MeetingType.INFORMAL)
    dialog.save()
    settled()
    assert dialog.list.currentItem().text() == "Fair"
    assert dialog.editor.about.text() == "Version 1 · 1 item"
    dialog.copy.trigger()
    assert dialog.editor.name.text() == "Fair (copy)"
    dialog.save()
    settled()
    with app_context.portfolio.reading() as db:
        made = {row.name: row for row in queries.templates(db) if "Fair" in row.name}
    assert made.keys() == {"Fair", "Fair (copy)"}
    assert {row.meeting_type for row in made.values()} == {MeetingType.INFORMAL}
    dialog.delete.trigger()
    settled()
    assert not dialog.list.findItems("Fair (copy)", Qt.MatchFlag.MatchExactly)
    dialog.take_back()
    settled()
    assert dialog.list.findItems("Fair (copy)", Qt.MatchFlag.MatchExactly)


def test_duplicating_does_not_replace_a_new_one_that_waits(
    dialog: TemplatesDialog, qtbot: QtBot, settled: Settle
) -> None:
    dialog.start_new()
    qtbot.keyClicks(dialog.editor.name, "Fair")
    pick(dialog, "Tender", settled)
    dialog.copy.trigger()
    assert dialog.editor.name.text() == "Fair"
    assert "Keep this new checklist first" in dialog._error.text()


def test_checklists_leave_and_come_back_in_a_file(
    dialog: TemplatesDialog, app_context: AppContext, settled: Settle, tmp_path: Path
) -> None:
    target = tmp_path / "tender.json"
    pick(dialog, "Tender", settled)
    dialog.export_one.trigger()
    asked = dialog.findChild(QFileDialog)
    assert asked is not None
    asked.fileSelected.emit(str(target))
    asked.close()
    settled()
    body = json.loads(target.read_text("utf-8"))
    assert [each["name"] for each in body["templates"]] == ["Tender"]
    assert "Saved to" in dialog._hint.text()
    dialog.files.import_file(str(target))
    settled()
    assert dialog._hint.text() == "Imported: 0 new, 0 changed, 1 the same as here."
    body["templates"][0]["items"][0]["text"] = "Decide"
    target.write_text(json.dumps(body), "utf-8")
    dialog.files.import_file(str(target))
    settled()
    assert dialog._hint.text() == "Imported: 0 new, 1 changed, 0 the same as here."
    assert dialog.editor.lines.lines[0].text == "Decide"
    assert stored(app_context, "tender")[0] == 2
    dialog.files.import_file(str(tmp_path / "nothing.json"))
    settled()
    assert "could not be read" in dialog._error.text()
    target.write_text("[]", "utf-8")
    dialog.files.import_file(str(target))
    settled()
    assert dialog._error.text() == "This is not a file of checklists from KAM Desktop."
    dialog.files.choose_export(None, "all.json")
    dialog.files.export_file(str(tmp_path / "missing" / "all.json"))
    settled()
    assert "could not be written" in dialog._error.text()


def test_the_editor_is_freed(
    window: MainWindow, app_context: AppContext, settled: Settle, collector_off: None
) -> None:
    dialog = TemplatesDialog(app_context, window)
    freed = weakref.ref(dialog)
    dialog.open()
    settled()
    dialog.close()
    del dialog
    flush_deleted()
    assert freed() is None


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_editor_fits_a_small_screen(
    app_context: AppContext, theme: Theme, qtbot: QtBot, settled: Settle, scale: float
) -> None:
    make_world(app_context.portfolio)
    theme.apply(scale=scale)
    dialog = TemplatesDialog(app_context)
    qtbot.addWidget(dialog)
    dialog.resize(1000, 620)
    dialog.show()
    settled()
    least = dialog.minimumSizeHint()
    overflow = dialog.editor.horizontalScrollBar().maximum()
    theme.apply()
    assert least.width() <= 1000
    assert least.height() <= 620
    assert overflow == 0
