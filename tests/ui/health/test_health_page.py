"""The health page with a real portfolio behind it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from kam_desktop.models.vocabulary import IndicatorKind
from kam_desktop.services.accounts import add_account
from kam_desktop.ui.health.model import HealthModel
from kam_desktop.ui.health.page import HealthPage
from kam_desktop.ui.shell.context import AppContext
from tests.ui.sample_account import NAME, add_sample_account


@pytest.fixture
def account_id(app_context: AppContext) -> str:
    with app_context.portfolio.unit_of_work("sample") as work:
        made = add_sample_account(work)
        add_account(work, name="Thin Ltd")
    return made


@pytest.fixture
def page(
    qtbot: QtBot, app_context: AppContext, account_id: str, settled: Callable[[], None]
) -> HealthPage:
    made = HealthPage(app_context)
    app_context.bus.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    made.show_with(account_id=account_id)
    settled()
    settled()
    return made


def test_accounts_are_listed_with_score_or_the_lack_of_it(page: HealthPage) -> None:
    texts = {row.name: page._model.index(at, 2).data() for at, row in enumerate(page._model.rows)}
    assert texts["Thin Ltd"] == "Insufficient data"
    assert texts[NAME].split(" · ")[0].isdigit()


def test_the_chosen_account_is_explained(page: HealthPage, account_id: str) -> None:
    assert page.detail.account_id == account_id
    assert page.detail.reasons.waterfall.bars[0].figure == "50"
    assert len(page.detail.reasons.waterfall.bars) > 2


def test_the_model_is_sound_while_it_changes(app_context: AppContext, page: HealthPage) -> None:
    model = HealthModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = list(page._model.rows)
    model.show_rows(rows)
    model.show_rows(rows[:1])
    model.show_rows([])
    assert model.rowCount() == 0


def test_a_measurement_is_recorded_and_listed(
    page: HealthPage, settled: Callable[[], None], app_context: AppContext
) -> None:
    form = page.detail.observations
    form.kind.setCurrentIndex(list(IndicatorKind).index(IndicatorKind.CSAT))
    page.primary_action().trigger()  # type: ignore[union-attr]
    form.value.setText("82")
    QTest.keyClick(form.value, Qt.Key.Key_Return)
    settled()
    settled()
    with app_context.portfolio.reading() as db:
        kept = db.rows("SELECT kind, value FROM observation WHERE deleted_at IS NULL")
    assert kept == [("csat", 82.0)]
    assert form.value.text() == ""


def test_a_wrong_measurement_is_refused_beside_the_form(
    page: HealthPage, settled: Callable[[], None]
) -> None:
    form = page.detail.observations
    form.kind.setCurrentIndex(list(IndicatorKind).index(IndicatorKind.CSAT))
    for typed in ("lots", "101"):
        form.value.setText(typed)
        form.add_button.click()
        settled()
        assert not form.error.isHidden()
        assert form.value.text() == typed


def test_a_gut_score_is_set(
    page: HealthPage, settled: Callable[[], None], app_context: AppContext
) -> None:
    page.detail.gut.score.setValue(42)
    page.detail.gut.set_button.click()
    settled()
    with app_context.portfolio.reading() as db:
        assert db.value("SELECT value FROM observation WHERE kind = 'gut_score'") == 42


def test_a_search_narrows_the_list(page: HealthPage, settled: Callable[[], None]) -> None:
    page.search.setText("thin")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    settled()
    assert [row.name for row in page._model.rows] == ["Thin Ltd"]


def test_without_accounts_the_page_says_what_it_is_for(
    qtbot: QtBot, app_context: AppContext, settled: Callable[[], None]
) -> None:
    page = HealthPage(app_context)
    qtbot.addWidget(page)
    page.show_with()
    settled()
    assert page._stack.currentIndex() == 1
