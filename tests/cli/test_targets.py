"""What a command writes never takes the place of the portfolio or of what it reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask, Run

ROWS = "Account Name;City\nAurora Foods;Milan\n;Graz\n"


@pytest.fixture
def accounts(run: Run, tmp_path: Path) -> Path:
    file = tmp_path / "accounts.csv"
    file.write_text(ROWS, "utf-8")
    run("create")
    return file


@pytest.mark.parametrize("name", ["p.kam", "p.kam.keys", "p.kam-wal", "accounts.csv", "no/x.csv"])
def test_rejected_rows_overwrite_neither_portfolio_nor_source(
    ask: Ask, run: Run, accounts: Path, tmp_path: Path, name: str
) -> None:
    refused = run("import", accounts, "--rejects", tmp_path / name, code=1)
    assert "Nothing was changed" in refused.stderr
    assert ask("accounts") == []
    assert accounts.read_text("utf-8") == ROWS


@pytest.mark.parametrize("name", ["p.kam", "p.kam.keys"])
def test_a_handout_does_not_overwrite_the_portfolio(
    ask: Ask, run: Run, accounts: Path, tmp_path: Path, name: str
) -> None:
    run("import", accounts)
    refused = run("handout", "brief", "Aurora Foods", "-o", tmp_path / name, code=1)
    assert "would be overwritten" in refused.stderr
    assert [each["name"] for each in ask("accounts")] == ["Aurora Foods"]


def test_a_link_to_the_portfolio_is_the_portfolio(
    ask: Ask, run: Run, accounts: Path, tmp_path: Path
) -> None:
    link = tmp_path / "rejects.csv"
    link.symlink_to(tmp_path / "p.kam")
    run("import", accounts, "--rejects", link, code=1)
    assert ask("accounts") == []


def test_an_empty_name_of_a_portfolio_is_none(run: Run) -> None:
    assert "Say which portfolio" in run("--portfolio", "", "accounts", code=1).stderr
