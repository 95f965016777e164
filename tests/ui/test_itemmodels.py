"""Item models under Qt's own tester while they mutate."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import Account
from kam_desktop.services import accounts
from kam_desktop.services.queries import accounts as queries
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.itemmodels import paged
from kam_desktop.ui.itemmodels.columns import Column
from kam_desktop.ui.itemmodels.paged import PagedTableModel, Source
from kam_desktop.ui.itemmodels.rows import RowsModel
from kam_desktop.ui.portfolio.columns import account_columns
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.widgets.table import CalmTable

STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal
SOURCE = Source(
    queries.first_account_page, queries.account_ids, queries.account_rows, table="account"
)


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    text: str


def _text(item: Item) -> str:
    return item.text


@given(st.lists(st.lists(st.integers(0, 12), unique=True), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_rows_reach_any_order_step_by_step(orders: list[list[int]]) -> None:
    model: RowsModel[Item] = RowsModel([Column("Text", _text)])
    tester = QAbstractItemModelTester(model, STRICT)
    for version, order in enumerate(orders):
        rows = [Item(str(number), f"{number} {version}") for number in order]
        model.set_rows(rows)
        assert list(model.rows) == rows
    del tester


def test_rows_keep_what_is_selected(qtbot: QtBot, theme: object) -> None:
    model: RowsModel[Item] = RowsModel([Column("Text", _text)])
    model.set_rows([Item(str(number), "a") for number in range(10)])
    kept = QPersistentModelIndex(model.index(4, 0))
    model.set_rows([Item("new", "b"), *(Item(str(number), "b") for number in range(9, 2, -1))])
    assert kept.isValid()
    assert model.rows[kept.row()].id == "4"


def test_a_column_that_fails_does_not_raise(qtbot: QtBot, theme: object) -> None:
    def broken(_row: Item) -> str:
        raise ValueError("broken")

    model: RowsModel[Item] = RowsModel([Column("Text", broken)])
    model.set_rows([Item("1", "a")])
    assert model.index(0, 0).data() == "?"


def fill(portfolio: Portfolio, count: int) -> list[str]:
    with portfolio.unit_of_work("Fill") as work:
        return work.bulk_insert(
            Account, [{"name": f"Company {number:05}"} for number in range(count)]
        )


def make_model(context: AppContext) -> PagedTableModel:
    return PagedTableModel(SOURCE, account_columns(context.clock), context.lanes)


def test_the_first_page_comes_first_and_all_ids_follow(
    qtbot: QtBot, app_context: AppContext, portfolio: Portfolio, settled: Callable[[], None]
) -> None:
    fill(portfolio, 1_000)
    model = make_model(app_context)
    tester = QAbstractItemModelTester(model, STRICT)
    with qtbot.waitSignal(model.first_page):
        model.load()
    assert model.rowCount() == paged.FIRST
    assert not model.complete
    assert model.index(0, 0).data() == "Company 00000"
    settled()
    assert model.rowCount() == 1_000
    assert model.complete
    assert model.index(700, 0).data() == paged.LOADING
    settled_data(qtbot, model, 700)
    assert model.index(700, 0).data() == "Company 00700"
    del tester


def settled_data(qtbot: QtBot, model: PagedTableModel, row: int) -> None:
    qtbot.waitUntil(lambda: model.record(model.index(row, 0)) is not None)


def test_sorting_and_filtering_happen_in_sql(
    app_context: AppContext, portfolio: Portfolio, settled: Callable[[], None]
) -> None:
    fill(portfolio, 300)
    model = make_model(app_context)
    model.load({"sort": "name", "descending": True})
    settled()
    assert model.index(0, 0).data() == "Company 00299"
    model.load({"text": "00042"})
    settled()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Company 00042"]


def test_changes_keep_place_selection_and_editor(
    qtbot: QtBot, app_context: AppContext, portfolio: Portfolio, settled: Callable[[], None]
) -> None:
    ids = fill(portfolio, 500)
    model = make_model(app_context)
    tester = QAbstractItemModelTester(model, STRICT)
    app_context.bus.changed.connect(model.refresh)
    table = CalmTable()
    qtbot.addWidget(table)
    table.setModel(model)
    model.load()
    settled()
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    kept = QPersistentModelIndex(model.index(250, 0))
    chance = random.Random(7)
    for _round in range(5):
        gone = [ids.pop(chance.randrange(len(ids))) for _number in range(3)]
        app_context.operations.run(table, "Delete", accounts.delete_accounts, gone)
        settled()
        name = f"Company {chance.randrange(500):05} b"
        app_context.operations.run(table, "Add", accounts.add_account, fields={"name": name})
        settled()
        changed = ids[10]
        app_context.operations.run(
            table, "Rename", accounts.update_account, changed, fields={"name": "Zebra & Co"}
        )
        settled()
    assert resets == []
    assert model.rowCount() == 500 - 15 + 5
    assert kept.isValid()
    expected = portfolio_ids(portfolio)
    assert [model.id_at(model.index(row, 0)) for row in range(model.rowCount())] == expected
    del tester


def portfolio_ids(portfolio: Portfolio) -> list[str]:
    with portfolio.reading() as db:
        return queries.account_ids(db)


def test_memory_is_bounded_by_pages(
    qtbot: QtBot,
    app_context: AppContext,
    portfolio: Portfolio,
    settled: Callable[[], None],
    monkeypatch: object,
) -> None:
    fill(portfolio, 3_000)
    model = make_model(app_context)
    model.load()
    settled()
    for row in range(0, 3_000, paged.PAGE):
        model.index(row, 0).data()
        settled_data(qtbot, model, row)
    assert model.rows_in_memory <= paged.MAX_PAGES * paged.PAGE
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Name"
