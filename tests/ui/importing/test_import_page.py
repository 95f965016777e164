"""The import page: choose, look, correct, import, take back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from kam_desktop.services import accounts
from kam_desktop.services.exchange.fields import Kind
from kam_desktop.services.exchange.plans import Fate
from kam_desktop.ui.importing.page import ImportPage
from kam_desktop.ui.shell.context import AppContext

ACCOUNTS = "Kundennr.;Firma;Ort;Sonstiges\nA;Bäckerei Ähre;Köln;x\nB;<b>Boreal</b>;Oslo;y\nC;;;z\n"


@pytest.fixture
def page(qtbot: QtBot, app_context: AppContext, settled: Callable[[], None]) -> ImportPage:
    made = ImportPage(app_context)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show_with()
    made.show()
    settled()
    return made


@pytest.fixture
def bring(
    page: ImportPage, tmp_path: Path, settled: Callable[[], None]
) -> Callable[..., list[Path]]:
    def open_texts(*texts: str, codec: str = "utf-8") -> list[Path]:
        paths = []
        for number, text in enumerate(texts, start=1):
            paths.append(tmp_path / f"file{number}.csv")
            paths[-1].write_bytes(text.encode(codec))
        page.open_files(paths)
        settled()
        settled()
        return paths

    return open_texts


def tab_texts(page: ImportPage) -> list[str]:
    return [page.work.tabs.tabText(at) for at in range(page.work.tabs.count())]


def test_starts_with_a_place_to_drop_files(page: ImportPage) -> None:
    assert page.views.currentWidget() is page.start
    assert page.start.earlier.isHidden()
    assert not page.primary_action().isEnabled()  # type: ignore[union-attr]


def test_shows_what_is_recognised_and_what_would_happen(
    page: ImportPage, bring: Callable[..., object]
) -> None:
    bring(ACCOUNTS, codec="cp1252")
    assert page.views.currentWidget() is page.work
    assert page.work.choices.kind.value() == "accounts"
    assert page.work.choices.encoding.combo.currentText() == "Windows-1252, recognised"
    assert tab_texts(page) == ["Columns", "New  2", "Changed  0", "Unchanged  0", "Rejected  1"]
    columns = page.work.columns.columns
    assert [columns.index(row, 2).data() for row in range(4)] == [
        "Identifier",
        "Name",
        "City",
        "Leave out",
    ]
    assert columns.index(1, 1).data() == "Bäckerei Ähre · <b>Boreal</b>"
    rejected = page.work.previews[Fate.REJECTED].rows
    assert rejected.index(0, 0).data() == "4"
    assert rejected.index(0, 2).data() == "The account has no name."
    assert page.primary_action().text() == "Import 2 rows"  # type: ignore[union-attr]


def test_a_tier_is_recognised_and_worded(page: ImportPage, bring: Callable[..., object]) -> None:
    bring("Customer ID,Company name,Tier\n1,Aurora,Key\n")
    assert page.work.columns.columns.index(2, 2).data() == "Tier"
    assert "Key account" in page.work.previews[Fate.NEW].rows.index(0, 2).data()


def test_the_values_of_a_column_have_the_room(
    page: ImportPage, bring: Callable[..., object]
) -> None:
    bring(ACCOUNTS)
    header = page.work.columns.horizontalHeader()
    page.resize(1400, 700)
    assert header.sectionSize(1) > header.sectionSize(0) + header.sectionSize(2)
    page.resize(1200, 700)
    assert header.length() <= page.work.columns.viewport().width()


def test_a_column_can_be_corrected_from_the_keyboard(
    page: ImportPage,
    bring: Callable[..., object],
    qtbot: QtBot,
    settled: Callable[[], None],
) -> None:
    bring(ACCOUNTS)
    table = page.work.columns
    table.setCurrentIndex(table.columns.index(3, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    combo = table.findChild(QComboBox)
    assert combo is not None
    combo.setCurrentIndex(combo.findData("industry"))
    combo.activated.emit(combo.currentIndex())
    settled()
    assert table.columns.index(3, 2).data() == "Industry"
    new = page.work.previews[Fate.NEW].rows
    assert "x" in new.index(0, 2).data()


def test_imports_as_one_step_and_takes_it_back(
    page: ImportPage,
    bring: Callable[..., object],
    app_context: AppContext,
    settled: Callable[[], None],
) -> None:
    bring(ACCOUNTS, "Name;Firma;E-Mail\nIda Example;Neu GmbH;i@neu.example\n")
    page.run_import()
    settled()
    assert page.views.currentWidget() is page.result
    assert page.result.card.accessibleName() == "Done: Import of 3 accounts and 1 person"
    assert [a.label for a in app_context.portfolio.history()] == [
        "Import of 3 accounts and 1 person"
    ]
    page._undo.trigger()
    settled()
    with app_context.portfolio.reading() as db:
        assert db.value("SELECT count(*) FROM account") == 0
    assert page.views.currentWidget() is page.start


def test_undo_is_offered_only_while_the_import_is_the_newest_step(
    page: ImportPage,
    bring: Callable[..., object],
    app_context: AppContext,
    settled: Callable[[], None],
) -> None:
    bring(ACCOUNTS)
    page.run_import()
    settled()
    assert page._undo.isEnabled()
    app_context.operations.run(
        page, "Add", accounts.add_account, fields={"name": "Typed afterwards"}
    )
    settled()
    assert not page._undo.isEnabled()


def test_lists_earlier_imports(
    page: ImportPage, bring: Callable[..., object], settled: Callable[[], None]
) -> None:
    bring(ACCOUNTS)
    page.run_import()
    settled()
    page.begin_anew()
    settled()
    (earlier,) = page.start.earlier.rows.rows
    assert (earlier.file_name, earlier.kind, earlier.new, earlier.rejected) == (
        "file1.csv",
        "accounts",
        2,
        1,
    )
    assert not page.start.earlier.isHidden()


def test_the_same_file_again_offers_nothing_to_import(
    page: ImportPage, bring: Callable[..., object], settled: Callable[[], None]
) -> None:
    bring(ACCOUNTS)
    page.run_import()
    settled()
    bring(ACCOUNTS)
    assert tab_texts(page)[3] == "Unchanged  2"
    assert not page.primary_action().isEnabled()  # type: ignore[union-attr]


def test_refused_files_are_named_and_others_go_on(
    page: ImportPage,
    bring: Callable[..., object],
    app_context: AppContext,
    settled: Callable[[], None],
) -> None:
    said: list[object] = []
    app_context.navigator.noticed.connect(said.append)
    bring("")
    assert len(said) == 1
    assert page.views.currentWidget() is page.start
    bring("", ACCOUNTS)
    assert "is empty" in page.work.refusals.text()
    assert len(page.tables) == 1


def test_unrecognised_tables_wait_for_their_kind(
    page: ImportPage, bring: Callable[..., object], settled: Callable[[], None]
) -> None:
    bring("eins,zwei\nAurora,Oslo\n")
    assert page.tables[0].mapping is None
    assert not page.primary_action().isEnabled()  # type: ignore[union-attr]
    page.work.choices.kind_chosen.emit("accounts")
    settled()
    assert tab_texts(page)[4] == "Rejected  1"
    page.work.columns.columns.chosen.emit(0, "name")
    settled()
    assert tab_texts(page)[1] == "New  1"


def test_choices_change_the_plan(
    page: ImportPage, bring: Callable[..., object], settled: Callable[[], None]
) -> None:
    bring("Order ID,Company,Order Date,Amount\n1,Aurora,03/04/2026,10\n")
    assert "could be two dates" in page.work.notes.text()
    page.work.options.dates.committed.emit(False)
    page.work.options.currency.committed.emit("usd")
    settled()
    assert page.plan is not None
    (row,) = next(one for one in page.plan.tables if one.kind is Kind.REVENUE).rows
    assert row.values["starts_on"].isoformat() == "2026-03-04"
    assert row.values["currency"] == "USD"
    page.work.options.currency.committed.emit("dollars")
    assert "not a currency" in page.work.options.currency.error_text
    page.work.options.make_accounts.setChecked(False)
    settled()
    assert page.plan.counts.of(Kind.REVENUE, Fate.REJECTED) == 1


def test_another_encoding_reads_the_file_again(
    page: ImportPage, bring: Callable[..., object], settled: Callable[[], None]
) -> None:
    bring("Firma;Ort\nŁódź;Kraków\n", codec="cp1250")
    page.work.choices.encoding_chosen.emit("cp1250")
    settled()
    settled()
    assert page.work.previews[Fate.NEW].rows.index(0, 1).data() == "Łódź"
    assert page.work.choices.encoding.value() == "cp1250"


def test_rejected_rows_are_saved(
    page: ImportPage,
    bring: Callable[..., object],
    tmp_path: Path,
    settled: Callable[[], None],
) -> None:
    bring(ACCOUNTS)
    target = tmp_path / "rejected.csv"
    page.save_rejects_to(str(target))
    settled()
    assert "The account has no name." in target.read_text("utf-8-sig")


def test_files_can_be_dropped_and_taken_off(
    page: ImportPage, tmp_path: Path, settled: Callable[[], None]
) -> None:
    path = tmp_path / "dropped.csv"
    path.write_text(ACCOUNTS, "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    page.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    settled()
    settled()
    assert [one.table.name for one in page.tables] == ["dropped.csv"]
    page.work.files.remove.trigger()
    settled()
    assert page.tables == []
    assert page.views.currentWidget() is page.start


def test_a_cancelled_import_changes_nothing(
    page: ImportPage,
    bring: Callable[..., object],
    app_context: AppContext,
    settled: Callable[[], None],
) -> None:
    bring(ACCOUNTS)
    page.run_import()
    page.cancel()
    settled()
    assert app_context.portfolio.history() == []
    assert page.views.currentWidget() is page.work
    assert page.primary_action().isEnabled()  # type: ignore[union-attr]


def test_models_keep_the_rules_of_item_models(
    page: ImportPage, bring: Callable[..., object], settled: Callable[[], None]
) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(page.work.columns.columns, mode)]
    testers += [QAbstractItemModelTester(one.rows, mode) for one in page.work.previews.values()]
    bring(ACCOUNTS)
    bring("Vorname,Nachname,Firma\nIda,Example,Aurora\n", ACCOUNTS)
    page.work.files.setCurrentRow(1)
    page.begin_anew()
    assert page.work.columns.columns.rowCount() > 0
    assert len(testers) == 5
