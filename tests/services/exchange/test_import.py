"""From a file to records: matching, changing, rejecting, and doing it twice."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from kam_desktop.services import accounts, imports
from kam_desktop.services.errors import CancelledError, UserError
from kam_desktop.services.exchange.fields import Kind
from kam_desktop.services.exchange.plans import Fate, ImportPlan
from kam_desktop.services.exchange.tables import TaskProgress
from kam_desktop.services.imports import ImportOptions
from kam_desktop.services.storage.portfolio import Portfolio


class Desk:
    """Writes small files and imports them."""

    def __init__(self, portfolio: Portfolio, folder: Path) -> None:
        self.portfolio = portfolio
        self._folder = folder
        self._number = 0

    def file(self, text: str) -> Path:
        self._number += 1
        path = self._folder / f"file{self._number}.csv"
        path.write_text(text, encoding="utf-8")
        return path

    def bring(self, *texts: str, **options: object) -> ImportPlan:
        """Import once, and once more to see that nothing is left to change."""
        paths = [self.file(text) for text in texts]
        chosen = ImportOptions(**options)  # type: ignore[arg-type]
        plan = imports.import_files(self.portfolio, paths, options=chosen)
        before = len(self.portfolio.history())
        again = imports.import_files(self.portfolio, paths, options=chosen)
        assert again.is_empty
        assert len(self.portfolio.history()) == before
        return plan

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with self.portfolio.reading() as db:
            return db.rows(sql)


@pytest.fixture
def desk(portfolio: Portfolio, tmp_path: Path) -> Desk:
    return Desk(portfolio, tmp_path)


def counts(plan: ImportPlan, kind: Kind) -> tuple[int, ...]:
    return tuple(plan.counts.of(kind, fate) for fate in Fate)


def reasons(plan: ImportPlan) -> list[str]:
    return [row.reason for _table, row in plan.rejected()]


def test_import_is_one_step_that_can_be_undone(desk: Desk) -> None:
    plan = desk.bring("Customer ID,Company name,City\nA1,Aurora,Oslo\nB2,Borealis,Bergen\n")
    assert plan.label == "Import of 2 accounts"
    (action,) = desk.portfolio.history()
    assert (action.label, action.origin) == ("Import of 2 accounts", "import")
    assert desk.rows("SELECT name, number, city FROM account ORDER BY name_key") == [
        ("Aurora", "A1", "Oslo"),
        ("Borealis", "B2", "Bergen"),
    ]
    desk.portfolio.undo()
    for table in ("account", "external_ref", "import_batch"):
        assert desk.rows(f"SELECT count(*) FROM {table}") == [(0,)]


def test_changes_show_old_and_new_and_empty_cells_wipe_nothing(desk: Desk) -> None:
    desk.bring("Customer ID,Company name,City,Phone\nA1,Aurora,Oslo,123\n")
    plan = desk.bring("Customer ID,Company name,City,Phone\nA1,Aurora Foods,,456\n")
    (row,) = plan.tables[0].rows_with(Fate.CHANGED)
    assert {(c.column, c.old, c.new) for c in row.changes} == {
        ("name", "Aurora", "Aurora Foods"),
        ("phone", "123", "456"),
    }
    assert desk.rows("SELECT name, name_key, city, phone FROM account") == [
        ("Aurora Foods", "aurora foods", "Oslo", "456")
    ]


def test_same_name_with_two_identifiers_is_two_accounts(desk: Desk) -> None:
    plan = desk.bring("Customer ID,Company name\nA1,????\nA2,????\n")
    assert counts(plan, Kind.ACCOUNTS) == (2, 0, 0, 0)


def test_another_system_finds_the_account_by_its_only_name(desk: Desk) -> None:
    desk.bring("Customer ID,Company name\nA1,Café Aurora\nB1,Twin\nB2,Twin\n")
    plan = desk.bring("Record Id,Account Owner.id,Account Name\nz1,o,CAFE  aurora\nz2,o,Twin\n")
    assert counts(plan, Kind.ACCOUNTS) == (0, 1, 0, 1)
    assert "2 records called" in reasons(plan)[0]


def test_same_name_with_two_account_numbers_is_two_accounts(desk: Desk) -> None:
    desk.bring("Account Name,City\nAurora,Milan\n")
    file = "Account Name,Account Number,City\nAurora,17,Milan\nAurora,18,Lodi\nAurora,17,Como\n"
    plan = desk.bring(file)
    # The one that had no number gets the first; the row that repeats a number is about the same.
    assert counts(plan, Kind.ACCOUNTS) == (1, 1, 0, 1)
    assert desk.rows("SELECT name, number, city FROM account ORDER BY number") == [
        ("Aurora", "17", "Milan"),
        ("Aurora", "18", "Lodi"),
    ]
    plan = desk.bring("Account Name,Account Number,City\nAurora,018,Pavia\nAURORA, 18 ,Crema\n")
    assert counts(plan, Kind.ACCOUNTS) == (1, 1, 0, 0)
    assert desk.rows("SELECT number, city FROM account ORDER BY number") == [
        ("018", "Pavia"),
        ("17", "Milan"),
        ("18", "Crema"),
    ]


def test_without_a_number_the_name_alone_is_unclear(desk: Desk) -> None:
    desk.bring("Account Name,Account Number\nAurora,17\nAurora,18\n")
    plan = desk.bring("Account Name,City\nAurora,Milan\n")
    assert reasons(plan) == ["There are 2 records called “Aurora”."]


def test_cells_that_show_nothing_are_empty_and_names_reorder_nothing(desk: Desk) -> None:
    plan = desk.bring("Account Name,City\n\u200b\u2060,Milan\nAuro\u202era,\u3164\n")
    assert reasons(plan) == ["The account has no name."]
    assert desk.rows("SELECT name, city FROM account") == [("Aurora", "")]


def test_two_rows_about_one_account(desk: Desk) -> None:
    plan = desk.bring("Company name,City,Phone\nAurora,Oslo,1\nAurora,Oslo,1\nAurora,Bergen,1\n")
    assert counts(plan, Kind.ACCOUNTS) == (1, 0, 1, 1)
    assert "Line 2" in reasons(plan)[0]


def test_groups_come_before_their_members_and_circles_are_cut(desk: Desk) -> None:
    plan = desk.bring(
        "Customer ID,Company name,ParentId,Industry\n"
        "1,Daughter,2,x\n2,Mother,3,x\n3,Grandmother,1,x\n4,Orphan,99,x\n"
    )
    assert counts(plan, Kind.ACCOUNTS) == (4, 0, 0, 0)
    assert desk.rows(
        "SELECT a.name, p.name FROM account a JOIN account p ON p.id = a.parent_id"
        " ORDER BY a.number"
    ) == [("Daughter", "Mother"), ("Mother", "Grandmother")]
    assert any("group that is not known" in note for note in plan.tables[0].notes)


def test_contacts_named_by_accounts_become_people(desk: Desk) -> None:
    plan = desk.bring(
        "Kundennr.;Firma;Ansprechpartner;Funktion\nA;Aurora;Ida Example;Einkauf\nB;Boreal;;\n"
    )
    assert counts(plan, Kind.ACCOUNTS) == (2, 0, 0, 0)
    assert counts(plan, Kind.PEOPLE) == (1, 0, 0, 0)
    assert desk.rows(
        "SELECT p.name, p.title, a.name FROM person p JOIN account a ON a.id = p.account_id"
    ) == [("Ida Example", "Einkauf", "Aurora")]
    plan = desk.bring("Full Name,Email,Company\nIda Example,ida@aurora.example,Aurora\n")
    assert counts(plan, Kind.PEOPLE) == (0, 1, 0, 0)


def test_people_are_found_by_identifier_then_email_then_name(desk: Desk) -> None:
    head = "Contact ID,First Name,Last Name,Email,Company\n"
    desk.bring(head + "1,Ida,Example,ida@a.example,Aurora\n2,Ole,Example,,Aurora\n")
    plan = desk.bring(
        "Full Name,Email,Company\nIda New,IDA@a.example,Aurora\nOle Example,,Aurora\n"
    )
    assert counts(plan, Kind.PEOPLE) == (0, 1, 1, 0)
    other = desk.bring("Full Name,Email,Company\nIda New,other@a.example,Aurora\n")
    assert counts(other, Kind.PEOPLE) == (1, 0, 0, 0)
    moved = desk.bring(head + "2,Ole,Example,,Boreal\n")
    assert counts(moved, Kind.PEOPLE) == (0, 1, 0, 0)
    assert desk.rows("SELECT count(*) FROM person") == [(3,)]


def test_unknown_accounts_are_made_when_named_or_rejected(desk: Desk) -> None:
    text = "Order ID,Company,Order Date,Amount\n1,Aurora,2026-01-02,10\n2,Aurora,2026-01-03,20\n"
    plan = imports.import_files(
        desk.portfolio, [desk.file(text)], options=ImportOptions(create_accounts=False)
    )
    assert plan.is_empty
    assert all("Import the accounts first" in reason for reason in reasons(plan))
    plan = desk.bring(text)
    assert counts(plan, Kind.ACCOUNTS) == (1, 0, 0, 0)
    assert counts(plan, Kind.REVENUE) == (2, 0, 0, 0)
    only_key = desk.bring("Order ID,Customer ID,Order Date,Amount\n3,ZZ,2026-01-02,10\n")
    assert counts(only_key, Kind.REVENUE) == (0, 0, 0, 1)


def test_revenue_without_numbers_is_counted_by_what_it_says(desk: Desk) -> None:
    head = "Company,Month,Turnover\n"
    line = "Aurora,2026-01,100\n"
    assert counts(desk.bring(head + line + line), Kind.REVENUE) == (2, 0, 0, 0)
    assert counts(desk.bring(head + line * 3), Kind.REVENUE) == (1, 0, 2, 0)
    assert desk.rows(
        "SELECT DISTINCT starts_on, ends_on, amount_minor, currency FROM revenue_entry"
    ) == [("2026-01-01", "2026-01-31", 10000, "EUR")]


def test_an_assumed_currency_never_changes_one(desk: Desk) -> None:
    text = "Order ID,Company,Order Date,Amount\n1,Aurora,2026-01-02,1000\n"
    desk.bring(text, currency="JPY")
    assert desk.rows("SELECT amount_minor, currency FROM revenue_entry") == [(1000, "JPY")]
    assert counts(desk.bring(text, currency="EUR"), Kind.REVENUE) == (0, 0, 1, 0)
    named = desk.bring(
        "Order ID,Company,Order Date,Amount,Currency\n1,Aurora,2026-01-02,1000,USD\n"
    )
    assert counts(named, Kind.REVENUE) == (0, 1, 0, 0)
    assert desk.rows("SELECT amount_minor, currency FROM revenue_entry") == [(100000, "USD")]


def test_opportunities_know_what_their_stage_means(desk: Desk) -> None:
    desk.bring(
        "Deal Name,Account Name,Stage,Amount,Currency,Closing Date,Probability\n"
        "Ovens,Aurora,Closed Won,1000,EUR,2026-03-01,100\n"
        "Trays,Aurora,Qualification,500,EUR,2026-04-01,30\n"
        "Racks,Aurora,Closed Lost,200,EUR,2026-05-01,0\n"
    )
    assert desk.rows(
        "SELECT name, state, value_minor, close_on, probability FROM opportunity ORDER BY id"
    ) == [
        ("Ovens", "won", 100000, "2026-03-01", 100),
        ("Trays", "open", 50000, "2026-04-01", 30),
        ("Racks", "lost", 20000, "2026-05-01", 0),
    ]


def test_interactions_find_people_and_leave_out_what_is_only_planned(desk: Desk) -> None:
    desk.bring(
        "Person - ID,Person - Name,Person - Email,Organization - Name\n7,Ida,i@a.example,Aurora\n"
    )
    head = (
        "Activity - Subject,Activity - Type,Activity - Due date,Activity - Due time,"
        "Activity - Done,Person - Name,Organization - Name\n"
    )
    plan = desk.bring(
        head
        + "Talk,Call,2026-03-01,09:30,Done,Ida,Aurora\nLunch,Lunch,2026-03-02,,To do,Ida,Aurora\n",
        zone="Europe/Berlin",
    )
    assert counts(plan, Kind.INTERACTIONS) == (1, 0, 0, 1)
    assert desk.rows(
        "SELECT i.kind, i.at, i.zone, i.summary, p.name FROM interaction i"
        " JOIN person p ON p.id = i.person_id"
    ) == [("call", "2026-03-01T08:30:00.000000Z", "Europe/Berlin", "Talk", "Ida")]
    by_mail = desk.bring(
        "Subject,ActivityDate,Who:Contact-email\nHello,2026-05-05,\u3000i@a.example \n"
    )
    assert counts(by_mail, Kind.INTERACTIONS) == (1, 0, 0, 0)


def test_records_in_the_trash_are_not_made_again(desk: Desk) -> None:
    text = "Customer ID,Company name\nA1,Aurora\n"
    desk.bring(text)
    ((account_id,),) = desk.rows("SELECT id FROM account")
    with desk.portfolio.unit_of_work("Delete") as work:
        accounts.delete_account(work, str(account_id))
    plan = imports.import_files(desk.portfolio, [desk.file(text)])
    assert plan.is_empty
    assert "in the trash" in reasons(plan)[0]


def test_salesforce_identifiers_of_15_and_18_characters_are_one(desk: Desk) -> None:
    desk.bring("Id,IsDeleted,Name,BillingCity\n001x0000002xLCVAA2,false,Aurora,Oslo\n")
    plan = desk.bring("Id,IsDeleted,Name,BillingCity\n001x0000002xLCV,false,Aurora,Oslo\n")
    assert counts(plan, Kind.ACCOUNTS) == (0, 0, 1, 0)


def test_the_same_file_twice_in_one_import(desk: Desk) -> None:
    text = "Order ID,Company,Order Date,Amount\n1,Aurora,2026-01-02,10\n"
    plan = desk.bring(text, text)
    assert counts(plan, Kind.REVENUE) == (1, 0, 1, 0)


def test_two_tables_about_one_new_account_complete_each_other(desk: Desk) -> None:
    plan = desk.bring("Company name,City\nAurora,Oslo\n", "Company name,Industry\nAurora,Food\n")
    assert counts(plan, Kind.ACCOUNTS) == (1, 1, 0, 0)
    assert desk.rows("SELECT city, industry FROM account") == [("Oslo", "Food")]


def test_rejected_rows_are_written_with_reasons_and_without_formulas(
    desk: Desk, tmp_path: Path
) -> None:
    plan = desk.bring(
        "Customer ID,Company name,Phone\nA,,@SUM(1)\nB,Aurora,1,too many\nC,,=1+1\nD,Fine,-5\n"
    )
    target = tmp_path / "rejected.csv"
    assert imports.write_rejects(plan, target) == 3
    with target.open(encoding="utf-8-sig", newline="") as file:
        header, *lines = csv.reader(file)
    assert header == ["File", "Line", "Reason", "Customer ID", "Company name", "Phone", ""]
    assert [line[1] for line in lines] == ["2", "3", "4"]
    assert all(line[2] for line in lines)
    assert lines[0][5] == "'@SUM(1)"
    assert lines[1][3:] == ["B", "Aurora", "1", "too many"]
    assert lines[2][5] == "'=1+1"
    with pytest.raises(UserError, match="could not be saved"):
        imports.write_rejects(plan, tmp_path / "missing" / "x.csv")


def test_dry_run_and_cancel_change_nothing(desk: Desk) -> None:
    path = desk.file("Customer ID,Company name\nA1,Aurora\n")
    plan = imports.import_files(desk.portfolio, [path], dry_run=True)
    assert counts(plan, Kind.ACCOUNTS) == (1, 0, 0, 0)
    with pytest.raises(CancelledError):
        imports.import_files(desk.portfolio, [path], progress=TaskProgress(cancelled=lambda: True))
    assert desk.portfolio.history() == []


def test_unrecognised_files_name_their_columns(desk: Desk) -> None:
    with pytest.raises(UserError, match="first, second"):
        imports.load_sources([desk.file("first,second\nx,y\n")])
    (source,) = imports.load_sources([desk.file("first,second\nx,y\n")], Kind.REVENUE)
    with desk.portfolio.reading() as db:
        plan = imports.plan_import(db, [source])
    assert counts(plan, Kind.REVENUE) == (0, 0, 0, 1)
    assert "No column is chosen" in reasons(plan)[0]


def test_result_as_json(desk: Desk) -> None:
    shape = desk.bring("Customer ID,Company name\nA1,Aurora\n").counts.to_json()
    assert list(shape) == ["accounts", "people", "opportunities", "revenue", "interactions"]
    assert shape["accounts"] == {"new": 1, "changed": 0, "unchanged": 0, "rejected": 0}


def test_a_batch_is_remembered_for_each_table(desk: Desk) -> None:
    desk.bring("Customer ID,Company name\nA1,Aurora\n")
    ((name, kind, counted),) = desk.rows("SELECT file_name, kind, counts FROM import_batch")
    assert (name, kind) == ("file1.csv", "accounts")
    assert '"new": 1' in str(counted)
    assert dt.date(2026, 11, 20).isoformat() in str(desk.rows("SELECT at FROM import_batch"))


def test_tiers_are_understood_in_words_and_as_they_are_stored(desk: Desk) -> None:
    desk.bring(
        "Customer ID,Company name,Tier\n"
        "1,A,Key\n2,B,emerging\n3,C,Regular account\n4,D,KEY-ACCOUNT\n5,E,Emerging key account\n"
        "6,F,watched\n7,G,\n"
    )
    assert desk.rows("SELECT tier FROM account ORDER BY number") == [
        ("key",),
        ("emerging",),
        ("regular",),
        ("key",),
        ("emerging",),
        ("watched",),
        ("regular",),
    ]


def test_other_words_for_a_tier_are_told_and_change_nothing(desk: Desk) -> None:
    desk.bring("Customer ID,Company name,Tier\n1,A,Key\n")
    plan = desk.bring("Customer ID,Company name,Account tier\n1,A,Gold\n2,B,Silver\n")
    assert counts(plan, Kind.ACCOUNTS) == (1, 0, 1, 0)
    assert desk.rows("SELECT tier FROM account ORDER BY number") == [("key",), ("regular",)]
    assert any("“Gold”, “Silver”" in note for note in plan.tables[0].notes)
