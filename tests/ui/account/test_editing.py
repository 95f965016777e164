"""Group, owner, buying centres, revenue entries, and the links that lead into the dossier."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kam_desktop.models.vocabulary import DecisionRole
from kam_desktop.services.accounts import add_account, update_account
from kam_desktop.services.buying_centres import add_buying_centre
from kam_desktop.services.queries.relationship_rules import role_quotas
from kam_desktop.services.team import add_team_member
from kam_desktop.ui.account.commercial import CommercialSection
from kam_desktop.ui.account.company import CompanySection
from kam_desktop.ui.account.history import HistorySection
from kam_desktop.ui.account.page import AccountPage
from kam_desktop.ui.account.people_section import PeopleSection
from kam_desktop.ui.account.quota_dialog import QuotaDialog
from kam_desktop.ui.account.section import Section
from kam_desktop.ui.interactions.record_field import InlineRecord
from kam_desktop.ui.shell.context import AppContext

Wait = Callable[[], None]
Open = Callable[[str], Section]


def _company(opened: Open) -> CompanySection:
    section = opened("company")
    assert isinstance(section, CompanySection)
    return section


def test_a_group_is_chosen_and_a_cycle_is_refused_beside_the_field(
    opened: Open, settled: Wait, app_context: AppContext, account_id: str
) -> None:
    with app_context.portfolio.unit_of_work("others") as work:
        group = add_account(work, name="Group SpA")
        below = add_account(work, name="Bakery Srl")
        update_account(work, below, parent_id=account_id)
    section = _company(opened)
    field = section.editor("parent_id")
    assert isinstance(field, InlineRecord)
    QTest.keyClicks(field.picker, "Group")
    assert field.has_draft
    for chosen, error in ((group, False), (below, True)):
        field.picker.ask()
        settled()
        with app_context.portfolio.reading() as db:
            from kam_desktop.services.queries.choices import account_choice

            choice = account_choice(db, chosen)
        assert choice is not None
        field.picker.set_choice(choice)
        field.picker.picked.emit(choice)
        settled()
        settled()
        assert bool(field.error_text) is error
    assert field.has_draft, "what was chosen stays beside the reason"
    with app_context.portfolio.reading() as db:
        assert db.value("SELECT parent_id FROM account WHERE id = ?", (account_id,)) == group


def test_one_of_ours_looks_after_the_account(
    opened: Open, settled: Wait, app_context: AppContext, account_id: str
) -> None:
    with app_context.portfolio.unit_of_work("team") as work:
        member = add_team_member(work, "Ada Example")
    section = _company(opened)
    owner = section.editor("owner_id")
    at = owner.combo.findText("Ada Example")  # type: ignore[attr-defined]
    owner.combo.setCurrentIndex(at)  # type: ignore[attr-defined]
    owner.combo.activated.emit(at)  # type: ignore[attr-defined]
    settled()
    with app_context.portfolio.reading() as db:
        assert db.value("SELECT owner_id FROM account WHERE id = ?", (account_id,)) == member


def test_buying_centres_are_added_renamed_and_deleted(
    opened: Open, settled: Wait, app_context: AppContext
) -> None:
    card = _company(opened).centres

    def stored() -> list[tuple[str, str]]:
        settled()
        settled()
        with app_context.portfolio.reading() as db:
            return db.rows("SELECT name, place FROM buying_centre WHERE deleted_at IS NULL")

    QTest.keyClicks(card.new_name.line, "Plant Lodi")
    QTest.keyClick(card.new_name.line, Qt.Key.Key_Return)
    assert stored() == [("Plant Lodi", "")]
    assert card.new_name.value() == ""
    line = next(iter(card._lines.values()))
    line.name.line.setText("")
    line.name.commit()
    settled()
    assert line.name.error_text
    line.name.line.setText("Plant Lodi 2")
    line.name.commit()
    line.place.line.setText("Lodi")
    line.place.commit()
    assert stored() == [("Plant Lodi 2", "Lodi")]
    line.remove.click()
    assert stored() == []
    app_context.operations.undo()
    assert stored() == [("Plant Lodi 2", "Lodi")]
    assert len(card._lines) == 1


def test_a_buying_centre_says_which_roles_it_needs(
    opened: Open, settled: Wait, app_context: AppContext, account_id: str
) -> None:
    with app_context.portfolio.unit_of_work("Add a buying centre") as work:
        centre = add_buying_centre(work, account_id, "Plant Lodi")
    card = _company(opened).centres
    settled()

    def dialog() -> QuotaDialog:
        card.line(centre).quota.click()
        settled()
        return next(d for d in card.window().findChildren(QuotaDialog) if d.isVisible())

    def needed() -> dict[str, int]:
        settled()
        with app_context.portfolio.reading() as db:
            return {role.value: n for role, n in role_quotas(db, account_id)[centre].items()}

    usual = needed()
    asked = dialog()
    assert asked.usual.isChecked()
    assert not asked.counts[DecisionRole.USER].isEnabled()
    asked.usual.setChecked(False)
    asked.counts[DecisionRole.USER].setValue(3)
    asked.save.click()
    assert needed() == {**usual, "user": 3}
    again = dialog()
    assert again.counts[DecisionRole.USER].value() == 3
    again.usual.setChecked(True)
    assert again.counts[DecisionRole.USER].value() == usual["user"]
    again.save.click()
    assert needed() == usual
    app_context.operations.undo()
    assert needed() == {**usual, "user": 3}


def _commercial(opened: Open) -> CommercialSection:
    section = opened("revenue")
    assert isinstance(section, CommercialSection)
    return section


def test_a_revenue_entry_is_changed_and_deleted(
    opened: Open, settled: Wait, app_context: AppContext
) -> None:
    section = _commercial(opened)
    table = section.entries.table
    assert table.hasFocus(), "the link leads to the entries"
    assert section.entries._model.rowCount() == 24
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    form = section.revenue_form
    assert form.isVisible()
    form.editor("cost").line.setText("60 USD")  # type: ignore[attr-defined]
    form.submit()
    assert form.editor("cost").error_text
    form.editor("cost").line.setText("60 EUR")  # type: ignore[attr-defined]
    form.submit()
    settled()
    settled()
    assert form.isHidden()
    with app_context.portfolio.reading() as db:
        assert db.rows("SELECT amount_minor, cost_minor FROM revenue_entry WHERE cost_minor") == [
            (10_001, 6_000)
        ]
    table.setFocus()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    settled()
    settled()
    assert section.entries._model.rowCount() == 23


def test_older_entries_are_read_on_demand(
    opened: Open, settled: Wait, app_context: AppContext, account_id: str
) -> None:
    import datetime as dt

    from kam_desktop.services.commercial import add_revenue

    with app_context.portfolio.unit_of_work("many") as work:
        for day in range(1, 29):
            on = dt.date(2020, 2, day)
            add_revenue(work, account_id, on, on, 100, "EUR")
    section = _commercial(opened)
    assert section.entries._model.rowCount() == 50
    section.entries.more.click()
    settled()
    assert section.entries._model.rowCount() == 52
    assert section.entries.more.isHidden()


def test_history_is_in_words(
    opened: Open, settled: Wait, app_context: AppContext, account_id: str
) -> None:
    with app_context.portfolio.unit_of_work("Join a group") as work:
        group = add_account(work, name="Group SpA")
        update_account(work, account_id, parent_id=group)
    section = opened("history")
    assert isinstance(section, HistorySection)
    line = [str(section._model.index(0, column).data()) for column in range(1, 5)]
    assert line == ["Join a group", "Account: group", "—", "Group SpA"]


@pytest.mark.parametrize(
    ("link", "tab"),
    [
        ("company", "company"),
        ("people", "people"),
        ("map", "map"),
        ("promises", "promises"),
        ("documents", "documents"),
        ("timeline", "timeline"),
        ("opportunities", "commercial"),
        ("contracts", "commercial"),
    ],
)
def test_links_lead_to_their_section(page: AccountPage, opened: Open, link: str, tab: str) -> None:
    opened_section = page._sections.get(tab)
    page.show_with(account_id=page._account_id, section=link)
    assert page._section_name() == tab
    assert opened_section is None or page._stack.currentWidget() is opened_section


def test_health_leads_to_the_health_page_and_back_leads_here(
    page: AccountPage, settled: Wait, app_context: AppContext, account_id: str
) -> None:
    navigator = app_context.navigator
    navigator.open("account", account_id=account_id, section="health")
    page.show_with(account_id=account_id, section="health")
    page._leave_timer.timeout.emit()
    place = navigator.place
    assert place is not None
    assert (place.page, place.parameters) == ("health", {"account_id": account_id})
    navigator.back()
    assert navigator.place is not None
    assert navigator.place.parameters == {"account_id": account_id}


def test_a_person_is_shown_where_the_link_leads(
    page: AccountPage, settled: Wait, app_context: AppContext, account_id: str
) -> None:
    with app_context.portfolio.reading() as db:
        person = db.value("SELECT id FROM person WHERE name <> ''")
    page.show_with(account_id=account_id, section="people", person_id=person)
    settled()
    settled()
    people = page.section("people")
    assert isinstance(people, PeopleSection)
    rows = people.table.selectionModel().selectedRows()
    assert [people._model.rows[index.row()].id for index in rows] == [person]
    page.show_with(account_id=account_id, person_id=person)
    settled()
    settled()
    assert page._section_name() == "map"
    assert page.section("map").map.editor.person_id == person  # type: ignore[attr-defined]
