"""Inline editors: a draft is never lost, a refusal is said beside the field."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kam_desktop.services.errors import UserError
from kam_desktop.services.formatting import initials
from kam_desktop.ui.theme import Theme
from kam_desktop.ui.widgets import (
    CalmTable,
    Card,
    InlineChoice,
    InlineDate,
    InlineLine,
    InlineText,
    read_date,
    text_label,
)
from kam_desktop.ui.widgets.labels import ElidedLabel, plain_tip

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> InlineLine:
    host = QWidget()
    qtbot.addWidget(host)
    row = QHBoxLayout(host)
    editor = InlineLine("Name")
    row.addWidget(editor)
    row.addWidget(QLineEdit())
    host.show()
    editor.host = host  # type: ignore[attr-defined]
    editor.set_value("Aurora")
    return editor


def test_enter_commits_once(qtbot: QtBot, line: InlineLine) -> None:
    got: list[str] = []
    line.committed.connect(got.append)
    line.line.setFocus()
    line.line.selectAll()
    qtbot.keyClicks(line.line, "Borealis")
    qtbot.keyClick(line.line, Qt.Key.Key_Return)
    line.commit()
    assert got == ["Borealis"]


def test_leaving_without_a_change_commits_nothing(line: InlineLine) -> None:
    got: list[str] = []
    line.committed.connect(got.append)
    line.line.setText("  Aurora ")
    line.commit()
    assert got == []


def test_a_refused_draft_stays_with_its_error(qtbot: QtBot, line: InlineLine) -> None:
    line.line.clear()
    line.commit()
    line.refuse(UserError("An account needs a name."))
    assert line.error_text == "An account needs a name."
    line.set_value("Changed elsewhere")
    assert line.line.text() == ""
    assert line.has_draft
    qtbot.keyClick(line.line, Qt.Key.Key_Escape)
    assert line.line.text() == "Changed elsewhere"
    assert line.error_text == ""


def test_a_stored_draft_is_no_draft_any_more(line: InlineLine) -> None:
    line.line.setText("Borealis")
    assert line.has_draft
    line.set_value("Borealis")
    assert not line.has_draft


def test_text_commits_with_control_enter(qtbot: QtBot, theme: Theme) -> None:
    editor = InlineText("About")
    qtbot.addWidget(editor)
    editor.set_value("one")
    got: list[str] = []
    editor.committed.connect(got.append)
    qtbot.keyClicks(editor.text, "two ")
    qtbot.keyClick(editor.text, Qt.Key.Key_Return)
    assert got == []
    qtbot.keyClick(editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert got == ["two \none"]


def test_a_choice_commits_when_chosen(qtbot: QtBot, theme: Theme) -> None:
    editor = InlineChoice("Tier")
    qtbot.addWidget(editor)
    editor.set_choices([("key", "Key account"), ("regular", "Regular account")])
    editor.set_value("regular")
    got: list[str] = []
    editor.committed.connect(got.append)
    qtbot.keyClick(editor.combo, Qt.Key.Key_Up)
    assert got == ["key"]
    editor.set_value(None)
    assert editor.value() in {"key", None}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", None),
        ("2026-11-21", dt.date(2026, 11, 21)),
        ("+7", dt.date(2026, 11, 27)),
        ("-1", dt.date(2026, 11, 19)),
        ("21.11.2026", dt.date(2026, 11, 21)),
        ("21.11.26", dt.date(2026, 11, 21)),
    ],
)
def test_dates_are_read_as_people_write_them(typed: str, expected: dt.date | None) -> None:
    german = QLocale(QLocale.Language.German, QLocale.Country.Germany)
    assert read_date(typed, TODAY, german) == expected


@pytest.mark.parametrize("typed", ["soon", "2026-13-40", "99.99.9999", "+99999"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="not a date"):
        read_date(typed, TODAY, QLocale(QLocale.Language.German))


def test_a_half_typed_date_keeps_its_draft(qtbot: QtBot, theme: Theme) -> None:
    editor = InlineDate("Due", today=TODAY)
    qtbot.addWidget(editor)
    editor.set_value(TODAY)
    got: list[dt.date | None] = []
    editor.committed.connect(got.append)
    editor.line.setText("2026-1")
    editor.commit()
    assert got == []
    assert "not a date" in editor.error_text
    editor.set_value(None)
    assert editor.line.text() == "2026-1"
    editor.line.setText("+1")
    editor.commit()
    assert got == [dt.date(2026, 11, 21)]


def test_user_text_is_never_markup(theme: Theme, qtbot: QtBot) -> None:
    hostile = "<img src='/etc/hostname'><b>bold</b>"
    label = text_label(hostile)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert "<img" not in plain_tip(hostile)
    card = Card(hostile, hostile)
    qtbot.addWidget(card)
    for found in card.findChildren(ElidedLabel):
        assert found.textFormat() == Qt.TextFormat.PlainText
        assert "<img" not in found.toolTip()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Elena Rossi", "ER"), ("刘伟", "刘"), ("", "?"), ("  ", "?"), ("Ana", "A"), ("42 13", "?")],
)
def test_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_a_table_keeps_its_columns(qtbot: QtBot, theme: Theme) -> None:
    from kam_desktop.ui.itemmodels.columns import Column
    from kam_desktop.ui.itemmodels.rows import RowsModel

    def make() -> CalmTable:
        table = CalmTable("Things")
        columns = [Column("A", str), Column("B", str), Column("C", str)]
        qtbot.addWidget(table)
        model: RowsModel[object] = RowsModel(columns, table)
        table.setModel(model)
        table.remember("things", [100, 100, 100])
        return table

    first = make()
    first.horizontalHeader().resizeSection(0, 177)
    menu = first.choose_columns()
    menu.actions()[0].trigger()
    menu.close()
    second = make()
    assert second.horizontalHeader().sectionSize(0) == 177
    assert second.horizontalHeader().isSectionHidden(1)
