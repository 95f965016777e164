"""What a command writes never takes the place of the portfolio or of what it reads."""

from __future__ import annotations

import json
from pathlib import Path

import click.testing
import pytest

from kam_desktop.cli.main import kam_desktop
from kam_desktop.services.opening import open_portfolio
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


def test_a_backup_of_another_portfolio_needs_force(ask: Ask, run: Run, tmp_path: Path) -> None:
    run("create")
    other = tmp_path / "other.kam"
    run("sample", other)
    made = json.loads(
        click.testing.CliRunner()
        .invoke(kam_desktop, ["--portfolio", str(other), "backup", "--json"])
        .stdout
    )
    assert "another portfolio" in run("restore", made["file"], code=1).stderr
    assert ask("accounts") == []
    run("restore", made["file"], "--force")
    assert len(ask("accounts")) == 12


def test_reading_needs_no_right_to_write(ask: Ask, run: Run, tmp_path: Path) -> None:
    run("create")
    with open_portfolio(tmp_path / "p.kam"):
        assert ask("accounts") == []
        assert ask("search", "x") == []
        assert "is open" in run("undo", code=3).stderr


@pytest.mark.parametrize("option", [("--zone", "Mars/Base"), ("--currency", "euros")])
def test_a_mistyped_zone_or_currency_is_refused_before_importing(
    run: Run, ask: Ask, tmp_path: Path, option: tuple[str, str]
) -> None:
    run("create")
    source = tmp_path / "one.csv"
    source.write_text("Account Name\nAurora\n", "utf-8")
    run("import", source, *option, code=1)
    assert ask("accounts") == []


def test_the_terminal_is_not_told_what_to_do(run: Run, tmp_path: Path) -> None:
    run("create")
    source = tmp_path / "one.csv"
    source.write_text("Account Name,City\nEsc \x1b[31mRED\x07,Rome\n", "utf-8")
    run("import", source)
    shown = run("accounts").stdout
    assert "\x1b" not in shown
    assert "\x07" not in shown
