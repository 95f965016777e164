"""Exports of real CRMs give the figures their publishers' data is known to have."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from kam_desktop.services import imports
from kam_desktop.services.errors import UserError
from kam_desktop.services.exchange.columns import recognise
from kam_desktop.services.exchange.fields import Kind
from kam_desktop.services.exchange.plans import Fate, ImportPlan
from kam_desktop.services.exchange.reading import read_tables
from kam_desktop.services.storage.portfolio import Portfolio

DERIVED = "crm/northwind-derived/northwind_"
DATA_LOADER = "crm/salesforce-dataloader"


def bring(portfolio: Portfolio, *paths: Path) -> ImportPlan:
    """Import, and once more to see that nothing is left to change and nothing is recorded."""
    plan = imports.import_files(portfolio, paths)
    before = len(portfolio.history())
    again = imports.import_files(portfolio, paths)
    assert again.is_empty
    assert again.counts.total(Fate.REJECTED) == plan.counts.total(Fate.REJECTED)
    assert len(portfolio.history()) == before
    return plan


def rows(portfolio: Portfolio, sql: str) -> list[tuple[object, ...]]:
    with portfolio.reading() as db:
        return db.rows(sql)


def test_data_loader_accounts_and_deals(portfolio: Portfolio, shared_data: Path) -> None:
    folder = shared_data / DATA_LOADER
    # Given the wrong way round on purpose: accounts have to come first all the same.
    plan = bring(portfolio, folder / "opportunityData.csv", folder / "accountData.csv")
    assert plan.counts.to_json() == {
        "accounts": {"new": 423, "changed": 0, "unchanged": 0, "rejected": 0},
        "people": {"new": 0, "changed": 0, "unchanged": 0, "rejected": 0},
        "opportunities": {"new": 38, "changed": 0, "unchanged": 0, "rejected": 0},
        "revenue": {"new": 0, "changed": 0, "unchanged": 0, "rejected": 0},
        "interactions": {"new": 0, "changed": 0, "unchanged": 0, "rejected": 0},
    }
    assert plan.label == "Import of 423 accounts and 38 opportunities"
    assert {one.table.encoding for one in plan.tables} == {"Windows-1252", "UTF-8"}
    assert rows(portfolio, "SELECT count(*), count(DISTINCT name) FROM account") == [(423, 422)]
    assert rows(
        portfolio,
        "SELECT count(*), sum(value_minor), count(DISTINCT account_id), min(close_on),"
        " max(close_on) FROM opportunity",
    ) == [(38, 627_000_000, 7, "2005-11-09", "2006-06-06")]
    stages = dict(rows(portfolio, "SELECT stage, count(*) FROM opportunity GROUP BY stage"))
    assert stages == {
        "Prospecting": 9,
        "Closed Won": 8,
        "Value Proposition": 8,
        "Negotiation/Review": 4,
        "Id. Decision Makers": 4,
        "Proposal/Price Quote": 4,
        "Needs Analysis": 1,
    }
    assert rows(portfolio, "SELECT count(*) FROM opportunity WHERE state = 'won'") == [(8,)]
    portfolio.undo()
    assert rows(portfolio, "SELECT count(*) FROM account") == [(0,)]


def test_deals_alone_are_rejected(portfolio: Portfolio, shared_data: Path) -> None:
    plan = bring(portfolio, shared_data / DATA_LOADER / "opportunityData.csv")
    assert plan.counts.of(Kind.OPPORTUNITIES, Fate.REJECTED) == 38
    assert portfolio.history() == []


CUSTOMERS = (
    "customers_repaired.csv",
    "kunden_excel-de_cp1252.csv",
    "customers_excel-unicode-text_utf16le.txt",
    "zoho_accounts.csv",
    "dynamics_accounts.xlsx",
)


@pytest.mark.parametrize("customers", CUSTOMERS)
def test_northwind_customers(portfolio: Portfolio, shared_data: Path, customers: str) -> None:
    plan = bring(portfolio, shared_data / (DERIVED + customers))
    assert plan.counts.of(Kind.ACCOUNTS, Fate.NEW) == 91
    assert plan.counts.total(Fate.REJECTED) == 0
    assert rows(portfolio, "SELECT city FROM account WHERE name = 'Alfreds Futterkiste'") == [
        ("Berlin",)
    ]


def test_all_shapes_are_the_same_91_accounts(portfolio: Portfolio, shared_data: Path) -> None:
    for customers in CUSTOMERS:
        bring(portfolio, shared_data / (DERIVED + customers))
    bring(portfolio, shared_data / (DERIVED + "pipedrive_people.csv"))
    assert rows(portfolio, "SELECT count(*) FROM account") == [(91,)]
    assert rows(portfolio, "SELECT count(*) FROM person") == [(91,)]
    assert dict(
        rows(
            portfolio,
            "SELECT system, count(*) FROM external_ref WHERE record_kind = 'account'"
            " GROUP BY system",
        )
    ) == {"crm": 91, "zoho": 91, "dynamics": 91}


@pytest.mark.parametrize(
    ("customers", "orders"),
    [
        ("customers_repaired.csv", "orders_repaired_with_amount.csv"),
        ("kunden_excel-de_cp1252.csv", "auftraege_excel-de_cp1252.csv"),
    ],
)
def test_northwind_revenue(
    portfolio: Portfolio, shared_data: Path, customers: str, orders: str
) -> None:
    plan = bring(portfolio, shared_data / (DERIVED + orders), shared_data / (DERIVED + customers))
    assert plan.counts.of(Kind.REVENUE, Fate.NEW) == 830
    assert rows(
        portfolio,
        "SELECT count(*), count(DISTINCT account_id), sum(amount_minor), min(starts_on),"
        " max(starts_on) FROM revenue_entry",
    ) == [(830, 89, 126_579_301, "1996-07-04", "1998-05-06")]
    by_year = dict(
        rows(
            portfolio,
            "SELECT substr(starts_on, 1, 4), sum(amount_minor) FROM revenue_entry GROUP BY 1",
        )
    )
    expected = {"1996": "208083.98", "1997": "617085.18", "1998": "440623.85"}
    for year, amount in expected.items():
        # The figures by year are exact ones; the files hold orders rounded to cents.
        assert abs(Decimal(by_year[year]) / 100 - Decimal(amount)) <= Decimal("0.10")
    totals = rows(
        portfolio,
        "SELECT a.number, sum(r.amount_minor) AS total FROM revenue_entry r"
        " JOIN account a ON a.id = r.account_id GROUP BY a.id ORDER BY total DESC",
    )
    assert [number for number, _total in totals[:3]] == ["QUICK", "ERNSH", "SAVEA"]
    assert [total for _number, total in totals[:3]] == [11_027_732, 10_487_497, 10_436_196]
    share = sum(int(total) for _number, total in totals[:18]) / 126_579_301
    assert round(share * 100, 2) == 60.06


def test_german_and_english_orders_are_the_same(portfolio: Portfolio, shared_data: Path) -> None:
    bring(portfolio, shared_data / (DERIVED + "customers_repaired.csv"))
    bring(portfolio, shared_data / (DERIVED + "auftraege_excel-de_cp1252.csv"))
    plan = bring(portfolio, shared_data / (DERIVED + "orders_repaired_with_amount.csv"))
    assert plan.counts.of(Kind.REVENUE, Fate.UNCHANGED) == 830


def test_pipedrive_makes_the_organisations_it_names(
    portfolio: Portfolio, shared_data: Path
) -> None:
    plan = bring(
        portfolio,
        shared_data / (DERIVED + "pipedrive_deals.csv"),
        shared_data / (DERIVED + "pipedrive_people.csv"),
    )
    assert plan.counts.of(Kind.ACCOUNTS, Fate.NEW) == 91
    assert plan.counts.of(Kind.PEOPLE, Fate.NEW) == 91
    assert plan.counts.of(Kind.OPPORTUNITIES, Fate.NEW) == 830
    assert rows(
        portfolio,
        "SELECT count(*), count(person_id), sum(value_minor), min(currency), min(state), max(state)"
        " FROM opportunity",
    ) == [(830, 830, 126_579_301, "USD", "won", "won")]


def test_broken_customers_are_rejected_and_not_guessed(
    portfolio: Portfolio, shared_data: Path, tmp_path: Path
) -> None:
    plan = bring(portfolio, shared_data / "crm/northwind/customers.csv")
    assert plan.counts.of(Kind.ACCOUNTS, Fate.NEW) == 67
    assert plan.counts.of(Kind.ACCOUNTS, Fate.REJECTED) == 24
    assert all("12 cells" in row.reason for _table, row in plan.rejected())
    assert imports.write_rejects(plan, tmp_path / "rejected.csv") == 24
    assert rows(portfolio, "SELECT count(*) FROM account WHERE region = 'NULL'") == [(0,)]


def test_error_file_of_the_data_loader_reads_like_its_source(
    portfolio: Portfolio, shared_data: Path
) -> None:
    folder = shared_data / DATA_LOADER
    bring(portfolio, folder / "accountData.csv", folder / "opportunityData.csv")
    (source,) = imports.load_sources([folder / "error0413060133.csv"])
    assert source.mapping.columns[source.table.header.index("ERROR")] == ""


def test_header_rows_of_known_exports_are_recognised(shared_data: Path) -> None:
    facts = json.loads((shared_data / "crm/header-facts/headers.json").read_text("utf-8"))
    expected = {
        "Account": Kind.ACCOUNTS, "Companies": Kind.ACCOUNTS, "res.partner": Kind.ACCOUNTS,
        "Contacts": Kind.PEOPLE, "People": Kind.PEOPLE, "CSV": Kind.PEOPLE, "report": Kind.PEOPLE,
        "any": Kind.PEOPLE, "Deals": Kind.OPPORTUNITIES, "Notes": Kind.INTERACTIONS,
        "Activities": Kind.INTERACTIONS, "Accounts": Kind.ACCOUNTS,
    }  # fmt: skip
    for source in facts["sources"]:
        mapping = recognise(source["headers"])
        assert mapping is not None, source["object"]
        assert mapping.kind is expected[source["object"].split()[0]], source["object"]
        fragment = "newer address" in source["object"]
        assert fragment or not mapping.missing(), source["object"]


def _tabular(shared_data: Path) -> list[Path]:
    folders = ("csv", "xlsx", "xlsx/hostile", "crm")
    return [
        path
        for folder in folders
        for path in sorted((shared_data / folder).rglob("*"))
        if path.is_file() and path.suffix != ".json"
    ]


REFUSED = {
    "empty.csv": "is empty",
    "password.xls": "protected with a password",
    "protected_passtika.xlsx": "protected with a password",
    "poc-xmlbomb.xlsx": "damaged",
    "xlsx-corrupted.xlsx": "damaged",
    "duplicate-filename.xlsx": "no visible sheet",
    "clusterfuzz-testcase-minimized-POIXSSFFuzzer-4828727001088000.xlsx": "damaged",
    "clusterfuzz-testcase-minimized-XLSX2CSVFuzzer-5636439151607808.xlsx": "damaged",
}


def test_every_file_is_read_or_refused_with_a_reason(shared_data: Path) -> None:
    files = set(_tabular(shared_data))
    assert len(files) > 70
    for path in files:
        if path.name in REFUSED:
            with pytest.raises(UserError, match=REFUSED[path.name]):
                read_tables(path)
        else:
            assert all(table.header for table in read_tables(path)), path.name


def test_hidden_sheets_are_named_and_not_read(shared_data: Path) -> None:
    (table,) = read_tables(shared_data / "xlsx/TwoSheetsOneHidden.xlsx")
    assert table.name.endswith("› Sheet2")
    assert "Sheet1" in table.notes[0]


def test_naughty_strings_survive_as_names(
    portfolio: Portfolio, shared_data: Path, tmp_path: Path
) -> None:
    import csv

    lines = (shared_data / "names/blns.txt").read_text("utf-8").splitlines()
    names = [line for line in lines if line.strip() and not line.startswith("#")]
    path = tmp_path / "naughty.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Customer ID", "Company name"])
        writer.writerows([f"K{number}", name] for number, name in enumerate(names))
    plan = bring(portfolio, path)
    assert plan.counts.of(Kind.ACCOUNTS, Fate.NEW) >= len(names) - 20
    stored = {name for (name,) in rows(portfolio, "SELECT name FROM account")}
    assert "<script>alert(0)</script>" in stored
    assert "表ポあA鷗ŒéＢ逍Üßªąñ丂㐀𠀀" in stored
