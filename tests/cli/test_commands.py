"""The whole path on the command line, its JSON shapes and its exit codes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Ask, Run

ACCOUNTS = "Account Name;City;Country\nAurora Foods;Milan;Italy\nBorealis AG;Graz;Austria\n"
DEALS = "Deal Name;Account Name;Amount;Currency;Stage\nPilot;Aurora Foods;1200,50;EUR;Proposal\n"
FATES = {"new", "changed", "unchanged", "rejected"}
KINDS = {"accounts", "people", "opportunities", "revenue", "interactions"}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    accounts, deals = tmp_path / "accounts.csv", tmp_path / "deals.csv"
    accounts.write_text(ACCOUNTS, "utf-8")
    deals.write_text(DEALS, "utf-8")
    return accounts, deals


@pytest.fixture
def filled(run: Run, files: tuple[Path, Path]) -> None:
    run("create", "--title", "Test")
    run("import", *files)


def test_create_tells_the_recovery_key_and_never_overwrites(ask: Ask, run: Run) -> None:
    made = ask("create")
    assert set(made) == {"portfolio", "recovery_key"}
    assert len(made["recovery_key"]) > 30
    refused = run("create", code=3)
    assert "already" in refused.stderr
    assert ask("accounts") == []


def test_import_answers_counts_and_changes_nothing_the_second_time(
    ask: Ask, run: Run, files: tuple[Path, Path]
) -> None:
    run("create")
    assert ask("import", *files, "--dry-run")["accounts"]["new"] == 2
    assert ask("accounts") == []
    counts = ask("import", *files)
    assert set(counts) == KINDS
    assert all(set(each) == FATES for each in counts.values())
    assert (counts["accounts"]["new"], counts["opportunities"]["new"]) == (2, 1)
    steps = len(ask("history"))
    again = ask("import", *files)
    assert (again["accounts"]["unchanged"], again["opportunities"]["unchanged"]) == (2, 1)
    assert len(ask("history")) == steps


@pytest.mark.usefixtures("filled")
def test_accounts_with_totals(ask: Ask) -> None:
    aurora, borealis = ask("accounts", "--totals")
    assert {"id", "name", "tier", "parent"} <= set(aurora)
    assert aurora["opportunities"] == 1
    assert aurora["opportunity_value"] == {"EUR": "1200.50"}
    assert borealis["opportunity_value"] == {}
    assert aurora["revenue"] == {}


@pytest.mark.usefixtures("filled")
def test_show_and_search(ask: Ask, run: Run) -> None:
    sheet = ask("show", "aurora foods")
    assert sheet["opportunities"][0]["value"] == "1200.50"
    assert sheet["health"]["band"]
    assert "Pilot" in run("show", "Aurora Foods").stdout
    assert [hit["title"] for hit in ask("search", "bor")] == ["Borealis AG"]
    assert "no account" in run("show", "Nobody", code=1).stderr
    assert "error" in ask("show", "Nobody", code=1)


@pytest.mark.usefixtures("filled")
def test_undo_and_redo_across_runs(ask: Ask, run: Run) -> None:
    assert ask("undo")["undone"].startswith("Import of 2 accounts")
    assert ask("accounts") == []
    assert "nothing to undo" in run("undo", code=1).stderr
    ask("redo")
    assert len(ask("accounts")) == 2


@pytest.mark.usefixtures("filled")
def test_backup_and_restore(ask: Ask, tmp_path: Path) -> None:
    made = ask("backup", "--folder", tmp_path / "kept")
    ask("undo")
    shown = ask("restore", made["file"], "--dry-run")
    assert not shown["restored"]
    assert {"table": "account", "now": 0, "after": 2} in shown["tables"]
    assert ask("accounts") == []
    assert Path(ask("restore", made["file"])["kept_aside"]).exists()
    assert len(ask("accounts")) == 2


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("kind", ["brief", "promises"])
def test_a_handout_is_a_pdf(ask: Ask, tmp_path: Path, kind: str) -> None:
    target = tmp_path / f"{kind}.pdf"
    ask("handout", kind, "Aurora Foods", "-o", target)
    assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("filled")
def test_check_finds_a_flipped_bit(ask: Ask, tmp_path: Path) -> None:
    assert ask("check") == {"ok": True, "problems": []}
    path = tmp_path / "p.kam"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert not ask("check", code=4)["ok"]


def test_trouble_with_the_file_is_exit_code_3(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no portfolio" in run("accounts", code=3).stderr
    run("create")
    monkeypatch.setenv("KAM_DESKTOP_PASSPHRASE", "another one altogether")
    run("accounts", code=3)
    monkeypatch.setenv("KAM_DESKTOP_PASSPHRASE", "long enough for a test")
    (tmp_path / "p.kam").write_bytes(b"")
    assert "empty" in run("accounts", code=3).stderr


def test_the_recovery_key_opens_without_the_passphrase(
    ask: Ask, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    recovery = ask("create")["recovery_key"]
    monkeypatch.delenv("KAM_DESKTOP_PASSPHRASE")
    monkeypatch.setenv("KAM_DESKTOP_RECOVERY_KEY", recovery)
    assert ask("accounts") == []
    monkeypatch.setenv(
        "KAM_DESKTOP_RECOVERY_KEY", ("B" if recovery[0] == "A" else "A") + recovery[1:]
    )
    assert run("accounts", code=3).stderr


def test_cancelling_says_so_and_leaves_nothing_behind(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cancelled(_portfolio: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kam_desktop.services.sample.making.fill_with_sample", cancelled)
    assert "Cancelled" in run("sample", code=130).stderr
    assert [path.name for path in tmp_path.glob("p.kam*")] == ["p.kam.lock"]


def test_the_version_is_told_from_the_source_tree(run: Run) -> None:
    assert "0.1.0" in run("--version").stdout


def test_a_mistyped_recovery_key_ends_like_a_wrong_one(
    ask: Ask, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("create")
    monkeypatch.delenv("KAM_DESKTOP_PASSPHRASE", raising=False)
    monkeypatch.setenv("KAM_DESKTOP_RECOVERY_KEY", "4PX7G")
    assert "40 characters" in run("accounts", code=3).stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
@pytest.mark.parametrize("arguments", [("accounts",), ("accounts", "--json"), ("--help",)])
def test_an_answer_that_cannot_be_written_is_said(ask: Ask, arguments: tuple[str, ...]) -> None:
    made = Path(ask("create")["portfolio"])
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kam_desktop", "--portfolio", made, *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr.startswith("The answer could not be written: ")
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
