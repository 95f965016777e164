"""The dossier page with a real portfolio behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from kam_desktop.services import formatting
from kam_desktop.services.accounts import add_account
from kam_desktop.services.commercial import add_revenue
from kam_desktop.services.formatting import set_region
from kam_desktop.ui.account.amounts import read_amount
from kam_desktop.ui.account.commercial import CommercialSection
from kam_desktop.ui.account.company import CompanySection
from kam_desktop.ui.account.documents import DocumentsSection
from kam_desktop.ui.account.history import HistorySection
from kam_desktop.ui.account.overview import OverviewSection
from kam_desktop.ui.account.page import AccountPage
from kam_desktop.ui.account.people_section import PeopleSection
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.account.timeline import TimelineSection
from kam_desktop.ui.charts.time_chart import TimeChart
from kam_desktop.ui.shell.context import AppContext
from tests.ui.sample_account import NAME


def _texts(section: Section) -> list[str]:
    return [label.text() for label in section.findChildren(QLabel)]


def test_the_heading_names_account_tier_and_both_times(page: AccountPage) -> None:
    assert page.title() == NAME
    assert page.head_pills() == [("Key account", "good")]
    assert page.head_note().startswith("Milano ")
    assert page.primary_action() is not None


def test_the_overview_shows_what_matters(page: AccountPage) -> None:
    section = page.section("overview")
    assert isinstance(section, OverviewSection)
    texts = _texts(section)
    assert "Business review" in texts
    assert "Ours: Pilot report" in texts
    assert "▲ 2 days late" in texts
    assert "Economic buyer not won" in texts
    assert "1 of 2 unknown" not in texts
    assert "2 of 2 unknown" in texts


def test_ticking_prepares_the_meeting(
    page: AccountPage, settled: Callable[[], None], app_context: AppContext
) -> None:
    section = page.section("overview")
    assert isinstance(section, OverviewSection)
    with app_context.portfolio.reading() as db:
        item = db.value("SELECT id FROM checklist_item")
    section.meeting.ticked.emit(item, True)
    settled()
    with app_context.portfolio.reading() as db:
        assert db.value("SELECT state FROM checklist_item") == "done"


def test_a_field_is_edited_in_place_and_undone(
    opened: Callable[[str], Section], settled: Callable[[], None], app_context: AppContext
) -> None:
    section = opened("company")
    assert isinstance(section, CompanySection)
    editor = section.editor("industry")
    editor.line.setText("Frozen food")  # type: ignore[attr-defined]
    editor.commit()
    settled()
    with app_context.portfolio.reading() as db:
        assert db.value("SELECT industry FROM account") == "Frozen food"
    app_context.operations.undo()
    settled()
    settled()
    assert editor.value() == ""


def test_a_refused_draft_stays_beside_its_reason(
    opened: Callable[[str], Section], settled: Callable[[], None]
) -> None:
    section = opened("company")
    assert isinstance(section, CompanySection)
    for name, typed in (("name", ""), ("employees", "many"), ("annual_revenue", "48")):
        editor = section.editor(name)
        editor.line.setText(typed)  # type: ignore[attr-defined]
        editor.commit()
        settled()
        assert editor.error_text
        assert editor.has_draft
        editor.revert()


def test_money_is_typed_with_its_currency(
    opened: Callable[[str], Section], settled: Callable[[], None], app_context: AppContext
) -> None:
    section = opened("company")
    assert isinstance(section, CompanySection)
    editor = section.editor("annual_revenue")
    editor.line.setText("48,000,000 EUR")  # type: ignore[attr-defined]
    editor.commit()
    settled()
    with app_context.portfolio.reading() as db:
        found = db.row("SELECT annual_revenue_minor, annual_revenue_currency FROM account")
    assert found == (4_800_000_000, "EUR")


@pytest.mark.parametrize(
    ("text", "amount"),
    [("380,000 EUR", (38_000_000, "EUR")), ("€12.50", (1250, "EUR")), ("JPY 900", (900, "JPY"))],
)
def test_amounts_are_read(text: str, amount: tuple[int, str]) -> None:
    set_region("en_GB")
    assert read_amount(text) == amount


@pytest.mark.parametrize("text", ["48", "EUR", "12 EURO", "x EUR"])
def test_amounts_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        read_amount(text)


def test_people_are_listed_by_influence(opened: Callable[[str], Section]) -> None:
    section = opened("people")
    assert isinstance(section, PeopleSection)
    names = [section._model.index(at, 0).data() for at in range(section._model.rowCount())]
    assert names == ["Elena Example", "(vacant)"]


def test_touches_come_in_pages_and_notes_are_added(
    opened: Callable[[str], Section], settled: Callable[[], None], app_context: AppContext
) -> None:
    section = opened("timeline")
    assert isinstance(section, TimelineSection)
    assert len(section.touches.list.lines) == 30
    section.touches.more.click()
    settled()
    assert len(section.touches.list.lines) == 39
    assert section.touches.more.isHidden()
    section.notes.text.setPlainText("Met the new plant manager")
    section.notes.add_button.click()
    settled()
    settled()
    with app_context.portfolio.reading() as db:
        assert db.value("SELECT count(*) FROM note") == 2
    assert section.notes.text.toPlainText() == ""


def test_an_empty_note_is_refused_and_nothing_is_lost(
    opened: Callable[[str], Section], settled: Callable[[], None]
) -> None:
    section = opened("timeline")
    assert isinstance(section, TimelineSection)
    section.notes.text.setPlainText("  ")
    section.notes.add_button.click()
    settled()
    assert not section.notes._error.isHidden()
    assert section.notes.text.toPlainText() == "  "


def test_a_deal_is_added_with_the_keyboard_and_won(
    opened: Callable[[str], Section], settled: Callable[[], None], app_context: AppContext
) -> None:
    section = opened("commercial")
    assert isinstance(section, CommercialSection)
    section.deals.add_button.click()
    form = section.deals_form
    form.editor("name").line.setText("Spare parts")  # type: ignore[attr-defined]
    form.editor("value").line.setText("1,500 EUR")  # type: ignore[attr-defined]
    form.submit()
    settled()
    settled()
    assert form.isHidden()
    with app_context.portfolio.reading() as db:
        found = db.row("SELECT value_minor, currency FROM opportunity WHERE name = 'Spare parts'")
    assert found == (150_000, "EUR")
    row = next(
        at for at, deal in enumerate(section.deals._model.rows) if deal.name == "Spare parts"
    )
    section.deals.table.selectRow(row)
    section._won.click()
    settled()
    with app_context.portfolio.reading() as db:
        assert db.value("SELECT state FROM opportunity WHERE name = 'Spare parts'") == "won"


def test_a_form_says_what_is_wrong_where_it_is_wrong(
    opened: Callable[[str], Section], settled: Callable[[], None]
) -> None:
    section = opened("commercial")
    assert isinstance(section, CommercialSection)
    section.contracts.add_button.click()
    form = section.contracts_form
    form.submit()
    settled()
    assert form.editor("name").error_text
    form.editor("name").line.setText("Frame 2")  # type: ignore[attr-defined]
    form.editor("starts_on").set_value(dt.date(2028, 1, 1))
    form.editor("ends_on").set_value(dt.date(2027, 1, 1))
    form.submit()
    settled()
    assert form.editor("ends_on").error_text
    assert form.isVisible()
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert form.isHidden()


def test_a_file_is_kept_and_comes_back(
    opened: Callable[[str], Section],
    settled: Callable[[], None],
    app_context: AppContext,
    tmp_path: Path,
) -> None:
    section = opened("documents")
    assert isinstance(section, DocumentsSection)
    source = tmp_path / "offer.txt"
    source.write_bytes(b"an offer")
    section.add_files([str(source)])
    for _turn in range(3):
        settled()
    assert section.card._model.rowCount() == 1
    section.card.table.selectRow(0)
    section._saving = tmp_path / "copy.txt"
    with app_context.portfolio.reading() as db:
        document_id = db.value("SELECT id FROM document")
    from kam_desktop.ui.account.documents import _content

    app_context.lanes.read(section, _content, document_id, on_done=section._write_copy)
    settled()
    settled()
    assert (tmp_path / "copy.txt").read_bytes() == b"an offer"


def test_a_file_that_cannot_be_read_is_said(
    opened: Callable[[str], Section],
    settled: Callable[[], None],
    app_context: AppContext,
    tmp_path: Path,
) -> None:
    section = opened("documents")
    assert isinstance(section, DocumentsSection)
    said: list[str] = []
    app_context.navigator.noticed.connect(lambda notice: said.append(notice.text))
    section.add_files([str(tmp_path / "nothing.txt")])
    settled()
    assert "nothing.txt" in said[0]


def test_history_names_the_steps(opened: Callable[[str], Section]) -> None:
    section = opened("history")
    assert isinstance(section, HistorySection)
    assert section._model.rowCount() > 5
    assert section._model.index(0, 1).data() == "sample"


def test_without_an_account_one_is_chosen_by_typing(
    qtbot: QtBot, app_context: AppContext, account_id: str, settled: Callable[[], None]
) -> None:
    page = AccountPage(app_context)
    qtbot.addWidget(page)
    page.show_with()
    settled()
    assert page.primary_action() is None
    assert page.chooser._model.rowCount() == 1
    QTest.keyClicks(page.chooser.search, "aurora")
    QTest.keyClick(page.chooser.search, Qt.Key.Key_Return)
    place = app_context.navigator.place
    assert place is not None
    assert place.parameters == {"account_id": account_id}


def test_an_account_that_is_gone_leads_back_to_the_choice(
    page: AccountPage, account_id: str, settled: Callable[[], None], app_context: AppContext
) -> None:
    from kam_desktop.services.accounts import delete_account

    app_context.operations.run(page, "Delete", delete_account, account_id)
    settled()
    settled()
    assert page.primary_action() is None
    assert page._stack.currentWidget() is page.chooser


def test_user_text_is_never_read_as_markup(page: AccountPage) -> None:
    for label in page.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()


def test_the_brief_and_the_touch_open_for_this_account(
    page: AccountPage, settled: Callable[[], None], app_context: AppContext
) -> None:
    failures: list[object] = []
    app_context.lanes.failed.connect(failures.append)
    page._touch.trigger()
    settled()
    page._brief.trigger()
    settled()
    opened_kinds = {type(each).__name__ for each in page.window().findChildren(QDialog)}
    assert "LogTouchDialog" in opened_kinds
    assert len(opened_kinds) == 2
    for dialog in page.window().findChildren(QDialog):
        dialog.close()
    settled()
    assert failures == []


def test_typing_is_committed_when_the_page_is_left(
    opened: Callable[[str], Section],
    page: AccountPage,
    settled: Callable[[], None],
    app_context: AppContext,
) -> None:
    section = opened("company")
    assert isinstance(section, CompanySection)
    section.editor("city").line.setText("Torino")  # type: ignore[attr-defined]
    page.commit_drafts()
    settled()
    with app_context.portfolio.reading() as db:
        assert db.value("SELECT city FROM account") == "Torino"


def test_the_sections_fit_a_narrow_window(
    opened: Callable[[str], Section], page: AccountPage, settled: Callable[[], None]
) -> None:
    section = opened("overview")
    assert isinstance(section, OverviewSection)
    page.resize(600, 700)
    assert section.columns.narrow
    page.resize(1200, 700)
    assert not section.columns.narrow


def test_the_overview_draws_revenue_and_touches_by_month(
    qtbot: QtBot,
    page: AccountPage,
    settled: Callable[[], None],
    app_context: AppContext,
    account_id: str,
) -> None:
    section = page.section("overview")
    assert isinstance(section, OverviewSection)
    with app_context.portfolio.unit_of_work("revenue") as work:
        add_revenue(
            work,
            account_id,
            starts_on=app_context.clock.today().replace(day=1),
            ends_on=app_context.clock.today().replace(day=1),
            amount_minor=125_000,
            currency="EUR",
        )
    page.refresh(work.changes)
    settled()
    settled()
    qtbot.waitUntil(lambda: any(each.reading for each in section.course.findChildren(TimeChart)))
    charts = section.course.findChildren(TimeChart)
    assert [chart.isVisible() for chart in charts] == [True]
    month = formatting.month(app_context.clock.today())
    assert charts[0].reading.startswith(f"{month} · Revenue €1,250.00 · Touches ")


def test_the_overview_says_how_a_chart_would_come_about(
    qtbot: QtBot, app_context: AppContext, settled: Callable[[], None]
) -> None:
    with app_context.portfolio.unit_of_work("empty") as work:
        empty = add_account(work, name="Nothing known")
    section = OverviewSection(app_context)
    qtbot.addWidget(section)
    section.show_account(empty)
    settled()
    assert "No revenue and no touch in the last year. Log a touch, or import revenue." in _texts(
        section
    )
    assert not section.course.findChildren(TimeChart)
