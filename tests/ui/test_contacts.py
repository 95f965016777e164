"""Contacts in and out of the window, and two records of one person made one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from kam_desktop.services import accounts, people
from kam_desktop.services.queries.merging import KEEP, OTHER, merge_candidates
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.contacts.export_dialog import ExportDialog, ExportWish
from kam_desktop.ui.importing.page import ImportPage
from kam_desktop.ui.merging.dialog import MergeDialog
from kam_desktop.ui.people.page import PeoplePage
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.window import MainWindow

Wait = Callable[[], None]
CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Elena Rossi
ORG:Aurora Foods
NICKNAME:Nena
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Tim Howes
ORG:Nowhere
END:VCARD
"""


@pytest.fixture
def ids(portfolio: Portfolio) -> dict[str, str]:
    """Two accounts; Elena is in the first one twice."""
    with portfolio.unit_of_work("Fill") as work:
        first = accounts.add_account(work, name="Aurora Foods")
        second = accounts.add_account(work, name="Borealis")
        elena = people.add_person(work, first, "Elena Rossi", title="CEO")
        again = people.add_person(work, first, "Élena Rossi", email="elena@x.example")
        ana = people.add_person(work, second, "Ana Pop")
    return {"first": first, "second": second, "elena": elena, "again": again, "ana": ana}


@pytest.fixture
def page(
    ids: dict[str, str], window: MainWindow, app_context: AppContext, settled: Wait
) -> PeoplePage:
    app_context.navigator.open("people")
    settled()
    assert isinstance(window.page, PeoplePage)
    return window.page


def live(portfolio: Portfolio) -> list[tuple[Any, ...]]:
    with portfolio.reading() as db:
        return db.rows(
            "SELECT name, title, email FROM person WHERE deleted_at IS NULL ORDER BY name_key, id"
        )


def action(page: PeoplePage, text: str) -> Any:
    return next(one for one in page.commands() if one.text() == text)


def test_doubles_are_found_and_merged_with_the_keyboard(
    qtbot: QtBot, window: MainWindow, page: PeoplePage, portfolio: Portfolio, settled: Wait
) -> None:
    merge = action(page, "Merge the two selected")
    assert not merge.isEnabled()
    action(page, "Possible doubles").setChecked(True)
    settled()
    assert page.list.model.rowCount() == 2
    page.list.table.selectAll()
    assert merge.isEnabled()
    merge.trigger()
    dialog = page.findChild(MergeDialog)
    assert dialog is not None
    settled()
    assert dialog.sides.choices() == {"name": KEEP, "title": KEEP, "email": OTHER}
    assert dialog.focusWidget() is dialog.merge
    dialog.sides.choose("name", OTHER)
    qtbot.keyClick(dialog.merge, Qt.Key.Key_Return)
    settled()
    assert live(portfolio) == [("Ana Pop", "", ""), ("Élena Rossi", "CEO", "elena@x.example")]
    assert window.toast.notice is not None
    assert window.toast.notice.text == "The two records are one person now."
    window.toast.act()
    settled()
    assert len(live(portfolio)) == 3


def test_the_other_one_can_be_kept(
    qtbot: QtBot, page: PeoplePage, app_context: AppContext, ids: dict[str, str], settled: Wait
) -> None:
    dialog = MergeDialog(app_context, ids["elena"], ids["ana"], page)
    qtbot.addWidget(dialog)
    dialog.open()
    settled()
    assert "two accounts" in dialog.note.text()
    assert dialog.view is not None
    assert dialog.view.keep.id == ids["elena"]
    dialog.swap.click()
    settled()
    assert dialog.view.keep.id == ids["ana"]
    dialog.merge.click()
    settled()
    assert page.list.selected_ids() == []


def test_the_second_record_is_asked_for(
    qtbot: QtBot, page: PeoplePage, app_context: AppContext, ids: dict[str, str], settled: Wait
) -> None:
    dialog = MergeDialog(app_context, ids["elena"], parent=page)
    qtbot.addWidget(dialog)
    dialog.open()
    assert not dialog.merge.isEnabled()
    with app_context.portfolio.reading() as db:
        offered = merge_candidates(db, "lena", ids["elena"])
    assert [choice.id for choice in offered] == [ids["again"]]
    dialog.picker.set_choice(offered[0])
    dialog.picker.picked.emit(offered[0])
    settled()
    assert dialog.view is not None
    assert {dialog.view.keep.id, dialog.view.other.id} == {ids["elena"], ids["again"]}
    dialog.reject()


def test_somebody_who_is_gone_is_told(
    qtbot: QtBot, page: PeoplePage, app_context: AppContext, ids: dict[str, str], settled: Wait
) -> None:
    dialog = MergeDialog(app_context, ids["elena"], "gone", page)
    qtbot.addWidget(dialog)
    dialog.open()
    settled()
    assert "no longer there" in dialog.error.text()
    assert not dialog.merge.isEnabled()


def test_contacts_are_exported(
    qtbot: QtBot,
    window: MainWindow,
    page: PeoplePage,
    app_context: AppContext,
    ids: dict[str, str],
    tmp_path: Path,
    settled: Wait,
) -> None:
    page.list.table.selectAll()
    action(page, "Export contacts").trigger()
    dialog = page.findChild(ExportDialog)
    assert dialog is not None
    assert not dialog.tables.isVisible()
    dialog.version.set_value("2.1")
    dialog.save.click()
    asked = dialog.findChild(QFileDialog)
    assert asked is not None
    asked.reject()
    dialog.save_to(str(tmp_path / "out.vcf"))
    settled()
    assert (tmp_path / "out.vcf").read_bytes().count(b"VERSION:2.1") == 3
    assert window.toast.notice is not None
    assert window.toast.notice.text == "3 people exported"

    dialog = ExportDialog(app_context, ExportWish("Everybody", ids["first"]), page)
    qtbot.addWidget(dialog)
    dialog.tables.setChecked(True)
    assert not dialog.notes.isEnabled()
    dialog.save_to(str(tmp_path / "none" / "people.csv"))
    settled()
    assert "could not be written" in dialog.error.text()
    dialog.save_to(str(tmp_path / "people.csv"))
    settled()
    assert {path.name for path in tmp_path.glob("*.csv")} == {"people.csv", "people-ties.csv"}
    assert window.toast.notice.text == "2 people exported, with 0 ties"


def test_contacts_are_imported_into_the_account_one_comes_from(
    window: MainWindow,
    app_context: AppContext,
    portfolio: Portfolio,
    ids: dict[str, str],
    tmp_path: Path,
    settled: Wait,
) -> None:
    source = tmp_path / "phone.vcf"
    source.write_text(CARDS.replace("Elena Rossi", "Marco Bianchi"))
    app_context.navigator.open("import", account_id=ids["second"])
    settled()
    page = window.page
    assert isinstance(page, ImportPage)
    page.open_files([source])
    settled()
    options = page.work.options
    assert options.account.line.text() == "Borealis"
    assert not options.currency.isVisible()
    assert page.plan is not None
    assert page.plan.label == "Import of 2 people"
    options.account.line.clear()
    options.account.line.editingFinished.emit()
    settled()
    assert page.plan.label == "Import of 1 person"
    ((_table, row),) = page.plan.rejected()
    assert row.label == "Tim Howes"
    options.make_from_cards.setChecked(True)
    settled()
    assert page.plan.label == "Import of 1 account and 2 people"
    page.run_import()
    settled()
    assert [name for name, _title, _email in live(portfolio)] == [
        "Ana Pop", "Elena Rossi", "Élena Rossi", "Marco Bianchi", "Tim Howes",
    ]  # fmt: skip
