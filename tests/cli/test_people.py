"""People in and out on the command line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Ask, Run

CARDS = """BEGIN:VCARD
VERSION:3.0
FN:=1+1
TEL;TYPE=WORK:+39 02 1234
ORG:Aurora Foods
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Elena Rossi
ORG:Aurora Foods
END:VCARD
"""


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Path:
    run("create")
    source = tmp_path / "phone.vcf"
    source.write_text(CARDS, "utf-8")
    run("people", "import", source, "--create-accounts")
    return tmp_path


def test_contacts_need_an_account(ask: Ask, run: Run, tmp_path: Path) -> None:
    run("create")
    source = tmp_path / "phone.vcf"
    source.write_text(CARDS, "utf-8")
    answer = ask("people", "import", source)
    assert answer["people"]["rejected"] == 2
    assert "Aurora Foods" in answer["rejected"][0]["reason"]
    assert "no account" in run("people", "import", source, "--account", "X", code=1).stderr
    assert ask("people", "import", source, "--create-accounts", "--dry-run")["people"]["new"] == 2
    assert ask("people") == []
    told = run("people", "import", source).stdout
    assert "phone.vcf:1: =1+1: No account" in told


def test_tables_come_back_unchanged(ask: Ask, run: Run, filled: Path) -> None:
    run("people", "import", filled / "phone.vcf")
    target = filled / "people.csv"
    answer = ask("people", "export", "--format", "csv", "-o", target)
    assert answer == {
        "files": [str(target), str(filled / "people-ties.csv")], "people": 2, "ties": 0,
    }  # fmt: skip
    rows = list(csv.reader(io.StringIO(target.read_text("utf-8-sig"))))
    assert [row[3] for row in rows] == ["Name", "'=1+1", "Elena Rossi"]
    assert rows[1][9] == "'+39 02 1234"
    before = len(ask("history"))
    again = ask("people", "import", target)
    assert again["people"] == {"new": 0, "changed": 0, "unchanged": 2, "rejected": 0}
    assert len(ask("history")) == before


def test_contacts_come_back_unchanged(ask: Ask, run: Run, filled: Path) -> None:
    target = filled / "out.vcf"
    told = run("people", "export", "--vcard-version", "2.1", "-o", target).stdout
    assert "2 people" in told
    again = ask("people", "import", target)
    assert again["people"]["unchanged"] == 2


def test_a_list_without_accounts_goes_to_the_chosen_one(ask: Ask, filled: Path) -> None:
    source = filled / "list.csv"
    source.write_text("Full Name,Email\nAna Pop,ana@x.example\n", "utf-8")
    assert ask("people", "import", source, "--account", "Aurora Foods")["people"]["new"] == 1
    assert [row["account_name"] for row in ask("people")] == ["Aurora Foods"] * 3


def test_nothing_is_written_over_the_portfolio(run: Run, filled: Path) -> None:
    run("people", "export", "-o", filled / "p.kam", code=1)
    run("people", "export", "--format", "csv", "-o", filled / "none" / "p.csv", code=1)


def test_merging_tells_what_changed(ask: Ask, run: Run, filled: Path) -> None:
    first, second = (row["id"] for row in ask("people"))
    assert "one person now" in run("people", "merge", first, second).stdout
    assert [row["id"] for row in ask("people")] == [first]
    assert "Merge" in ask("undo")["undone"]
    assert len(ask("people")) == 2
    run("people", "merge", first, first, code=1)
