"""The pages Portfolio and People: find, make, delete, undo, filter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kam_desktop.models.registry import Account, Person
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.ui.people.page import PeoplePage
from kam_desktop.ui.portfolio.page import PortfolioPage
from kam_desktop.ui.shell.context import AppContext
from kam_desktop.ui.shell.window import MainWindow
from kam_desktop.ui.widgets.record_list import RecordList

Wait = Callable[[], None]


@pytest.fixture
def page(window: MainWindow, app_context: AppContext, settled: Wait) -> PortfolioPage:
    app_context.navigator.open("portfolio")
    settled()
    assert isinstance(window.page, PortfolioPage)
    return window.page


def names(records: RecordList) -> list[str]:
    model = records.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def add(qtbot: QtBot, page: PortfolioPage, name: str, settled: Wait) -> None:
    page.primary_action().trigger()  # type: ignore[union-attr]
    page.form.company.line.setText(name)
    qtbot.keyClick(page.form.company.line, Qt.Key.Key_Return)
    settled()


def test_an_empty_portfolio_offers_two_first_steps(page: PortfolioPage) -> None:
    assert page.list.model.rowCount() == 0
    assert not page.list.table.isVisible()


def test_a_new_account_is_listed_and_selected(
    qtbot: QtBot, page: PortfolioPage, settled: Wait
) -> None:
    add(qtbot, page, "Borealis Steel", settled)
    add(qtbot, page, "Aurora Foods", settled)
    assert names(page.list) == ["Aurora Foods", "Borealis Steel"]
    assert not page.form.isVisible()
    assert page.list.selected_ids() == [page.list.model.id_at(page.list.model.index(0, 0))]


def test_a_refused_account_keeps_what_was_typed(
    qtbot: QtBot, page: PortfolioPage, settled: Wait
) -> None:
    page.primary_action().trigger()  # type: ignore[union-attr]
    page.form.city.line.setText("Milan")
    qtbot.keyClick(page.form.city.line, Qt.Key.Key_Return)
    settled()
    assert page.form.company.error_text == "An account needs a name."
    assert page.form.city.value() == "Milan"
    assert page.form.isVisible()


def test_deleting_can_be_undone_from_the_notice(
    qtbot: QtBot, window: MainWindow, page: PortfolioPage, settled: Wait
) -> None:
    add(qtbot, page, "Aurora Foods", settled)
    qtbot.keyClick(page.list.table, Qt.Key.Key_Delete)
    settled()
    assert names(page.list) == []
    assert window.toast.notice is not None
    assert window.toast.notice.text == "1 account is in the trash"
    window.toast.act()
    settled()
    assert names(page.list) == ["Aurora Foods"]


def test_filtering_by_words_and_tier(
    qtbot: QtBot,
    window: MainWindow,
    app_context: AppContext,
    portfolio: Portfolio,
    settled: Wait,
) -> None:
    with portfolio.unit_of_work("Fill") as work:
        work.bulk_insert(
            Account,
            [{"name": "Aurora Foods", "tier": "key"}, {"name": "Aurora Steel"}, {"name": "Zeta"}],
        )
    app_context.navigator.open("portfolio")
    settled()
    page = window.page
    assert isinstance(page, PortfolioPage)
    with qtbot.waitSignal(page.list.field.searched):
        qtbot.keyClicks(page.list.field, "auro")
    settled()
    assert names(page.list) == ["Aurora Foods", "Aurora Steel"]
    page.list.filter_by(tiers=["key"])
    settled()
    assert names(page.list) == ["Aurora Foods"]
    page.list.filter_by(tiers=None, text="nothing like it")
    settled()
    assert not page.list.table.isVisible()


def test_enter_opens_the_dossier(
    qtbot: QtBot, page: PortfolioPage, app_context: AppContext, settled: Wait
) -> None:
    add(qtbot, page, "Aurora Foods", settled)
    account_id = page.list.selected_ids()[0]
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    place = app_context.navigator.place
    assert place is not None
    assert (place.page, place.parameters) == ("account", {"account_id": account_id})
    settled()


def test_a_person_is_added_to_an_account(
    qtbot: QtBot,
    window: MainWindow,
    app_context: AppContext,
    portfolio: Portfolio,
    settled: Wait,
) -> None:
    with portfolio.unit_of_work("Fill") as work:
        (account_id,) = work.bulk_insert(Account, [{"name": "Aurora Foods"}])
        work.bulk_insert(Person, [{"account_id": account_id, "name": "Kenji Mori"}])
    app_context.navigator.open("people", new="yes")
    settled()
    page = window.page
    assert isinstance(page, PeoplePage)
    form = page.form
    form.person.line.setText("Elena Rossi")
    qtbot.keyClick(form.person.line, Qt.Key.Key_Return)
    assert form.account.error_text == "Choose the account from the list."
    qtbot.keyClicks(form.account.line, "auro")
    settled()
    form.account.line.setText("Aurora Foods")
    qtbot.keyClick(form.account.line, Qt.Key.Key_Return)
    settled()
    assert names(page.list) == ["Elena Rossi", "Kenji Mori"]
    support = page.list.model.index(0, 3)
    assert support.data() == "unknown"


def test_hostile_names_are_shown_as_they_are(
    window: MainWindow, app_context: AppContext, portfolio: Portfolio, settled: Wait
) -> None:
    hostile = [
        "<img src=x onerror=alert(1)>",
        "\u202egnissap",
        "🏳️‍🌈 a\u0301\u0327",
        "'; DROP TABLE account",
    ]
    with portfolio.unit_of_work("Fill") as work:
        work.bulk_insert(Account, [{"name": name} for name in hostile])
    app_context.navigator.open("portfolio")
    settled()
    assert isinstance(window.page, PortfolioPage)
    assert len(names(window.page.list)) == len(hostile)
    assert not window.grab().isNull()


@pytest.fixture
def people_page(
    window: MainWindow, app_context: AppContext, portfolio: Portfolio, settled: Wait
) -> PeoplePage:
    """Two people and a vacant seat at one account."""
    with portfolio.unit_of_work("Fill") as work:
        (account_id,) = work.bulk_insert(Account, [{"name": "Aurora Foods"}])
        work.bulk_insert(
            Person,
            [
                {"account_id": account_id, "name": "Kenji Mori"},
                {"account_id": account_id, "name": "", "title": "Buyer", "placeholder": True},
                {"account_id": account_id, "name": "Elena Rossi"},
            ],
        )
    app_context.navigator.open("people")
    settled()
    assert isinstance(window.page, PeoplePage)
    return window.page


def test_vacant_seats_come_last_both_ways(people_page: PeoplePage, settled: Wait) -> None:
    assert names(people_page.list) == ["Elena Rossi", "Kenji Mori", "Vacant: Buyer"]
    people_page.list.filter_by(descending=True)
    settled()
    assert names(people_page.list) == ["Kenji Mori", "Elena Rossi", "Vacant: Buyer"]


def test_the_selected_person_is_edited_beside_the_list(
    qtbot: QtBot, people_page: PeoplePage, settled: Wait
) -> None:
    people_page.list.table.selectRow(0)
    settled()
    editor = people_page.side.editor
    assert editor.isVisible()
    assert editor.fields["name"].value() == "Elena Rossi"
    qtbot.keyClick(people_page.list.table, Qt.Key.Key_Return)
    editor.fields["title"].line.setText("Buyer")
    people_page.commit_drafts()
    settled()
    assert people_page.list.model.index(0, 1).data() == "Buyer"
    editor.closed.emit()
    assert not editor.isVisible()
    assert people_page.list.isVisible()


def test_a_link_to_a_person_opens_it(
    window: MainWindow, people_page: PeoplePage, app_context: AppContext, settled: Wait
) -> None:
    wanted = people_page.list.model.id_at(people_page.list.model.index(1, 0))
    app_context.navigator.open("people", person_id=wanted)
    settled()
    assert people_page.side.person_id == wanted
    assert people_page.list.selected_ids() == [wanted]


def test_in_a_narrow_window_the_person_takes_the_place_of_the_list(
    people_page: PeoplePage, app_context: AppContext, settled: Wait
) -> None:
    people_page.side.resize(app_context.theme.px(500), 400)
    wanted = people_page.list.model.id_at(people_page.list.model.index(0, 0))
    people_page.side.show_person(wanted)
    assert people_page.list.isVisibleTo(people_page)
    people_page.side.open_person(wanted)
    assert not people_page.list.isVisibleTo(people_page)
    people_page.side.hide_person()
    assert people_page.list.isVisibleTo(people_page)
    settled()
