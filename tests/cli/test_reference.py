"""The JSON examples of the guide have the shapes the commands answer with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ask, Run
from tests.support.documents import GUIDE, code_blocks, sections

REFERENCE = sections((GUIDE / "command-line.md").read_text("utf-8"), 3)
BY_NAME = {"opportunity_value", "revenue", "groups", "certainty"}
"""Members that hold values by currency, group or field: which there are is up to the data."""


def example(command: str) -> Any:
    """What the guide shows as the answer of a command."""
    (block,) = code_blocks(REFERENCE[command], "json")
    return json.loads(block)


def shape(value: Any) -> Any:
    """The names of all members, however deep; a list has the shape of its first entry."""
    if isinstance(value, dict):
        return {name: None if name in BY_NAME else shape(each) for name, each in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return None


@pytest.fixture
def sample(run: Run) -> None:
    run("sample")


def _same(answer: Any, command: str) -> None:
    assert shape(answer) == shape(example(command))


def test_making(ask: Ask, tmp_path: Path) -> None:
    _same(ask("create"), "create")
    _same(ask("sample", tmp_path / "sample.kam"), "sample")


def test_importing_and_taking_back(ask: Ask, run: Run, tmp_path: Path) -> None:
    run("create")
    source = tmp_path / "accounts.csv"
    source.write_text("Account Name,City\nAurora Foods,Milan\n", "utf-8")
    answer = ask("import", source)
    _same(answer, "import")
    assert answer["accounts"]["new"] == 1
    backup = ask("backup", "--folder", tmp_path / "kept")
    _same(backup, "backup")
    _same(ask("history"), "history")
    assert ask("history", "--limit", "1")[0]["origin"] == "import"
    _same(ask("undo"), "undo")
    _same(ask("redo"), "redo")
    ask("undo")
    _same(ask("restore", backup["file"]), "restore")
    _same(ask("check"), "check")


@pytest.mark.usefixtures("sample")
def test_looking(ask: Ask, tmp_path: Path) -> None:
    _same(ask("accounts", "--totals"), "accounts")
    _same(ask("people"), "people")
    _same(ask("show", "Aurora Foods"), "show")
    _same(ask("search", "aur bak"), "search")
    _same(ask("handout", "brief", "Aurora Foods", "-o", tmp_path / "brief.pdf"), "handout brief")
    told = ask("map", "Aurora Foods")
    told["ties"] = told["ties"][:1]
    _same(told, "map")
    target = tmp_path / "promises.pdf"
    _same(ask("handout", "promises", "Aurora Foods", "-o", target), "handout promises")
    _same(ask("analyse", "coverage", "Aurora Foods"), "analyse coverage")


@pytest.mark.usefixtures("sample")
def test_people_in_and_out(ask: Ask, tmp_path: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:{}\nORG:{}\nEND:VCARD\n"
    source = tmp_path / "phone.vcf"
    source.write_text(
        card.format("Tom Lee\nEMAIL:a@x.example", "Aurora Foods") + card.format("Tim", "Nowhere")
    )
    answer = ask("people", "import", source)
    _same(answer, "people import")
    assert (answer["people"]["new"], answer["rejected"][0]["number"]) == (1, 2)
    _same(ask("people", "export", "-o", tmp_path / "out.vcf"), "people export")
    source.write_text(card.format("Tom Lée\nEMAIL:t@x.example", "Aurora Foods"))
    ask("people", "import", source)
    (pair,) = ask("people", "doubles")
    _same([pair], "people doubles")
    merged = ask("people", "merge", pair["first"]["id"], pair["second"]["id"])
    assert set(merged) == set(example("people merge"))
    assert ask("people", "doubles") == []


MAIL = (
    "From: {}\r\nTo: me@us.example\r\nMessage-ID: <{}@x>\r\n"
    "Date: Tue, 3 Nov 2026 10:00:00 +0100\r\nSubject: Samples\r\n\r\nThey arrived.\r\n"
)


@pytest.mark.usefixtures("sample")
def test_meetings_and_touches(ask: Ask, tmp_path: Path) -> None:
    _same(ask("meetings"), "meetings")
    _same(ask("brief", "next", "-o", tmp_path / "brief.pdf"), "brief")
    _same(ask("log", "Aurora Foods", "call", "Asked about the pilot"), "log")
    calendar = tmp_path / "out.ics"
    _same(ask("calendar", "export", "-o", calendar, "--past"), "calendar export")
    text = calendar.read_text("utf-8").replace("BEGIN:VEVENT", "BEGIN:VEVENT\r\nX-NOTHING:1")
    source = tmp_path / "in.ics"
    event = "BEGIN:VEVENT\r\nUID:d\r\nSUMMARY:Dentist\r\nDTSTART:20261201T100000Z\r\nEND:VEVENT"
    source.write_text(text.replace("END:VCALENDAR", f"{event}\r\nEND:VCALENDAR"), "utf-8")
    answer = ask("calendar", "import", source)
    _same(answer, "calendar import")
    assert answer["left_out"][0]["title"] == "Dentist"
    known, unknown = tmp_path / "known.eml", tmp_path / "unknown.eml"
    known.write_text(MAIL.format("a@aurora-foods.example", 1), "utf-8", newline="")
    unknown.write_text(MAIL.format("b@nowhere.example", 2), "utf-8", newline="")
    answer = ask("email", "import", known, unknown, "--dry-run")
    _same(answer, "email import")


def test_trying(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    from kam_desktop.cli import self_test

    result = self_test.CheckResult("encryption", "")
    monkeypatch.setattr(self_test, "run_self_test", lambda: [result])
    _same(ask("self-test"), "self-test")


def test_every_example_was_compared() -> None:
    with_example = {name for name, text in REFERENCE.items() if code_blocks(text, "json")}
    compared = {
        *("create", "sample", "import", "backup", "history", "undo", "redo", "restore", "check"),
        *("people import", "people export", "people doubles", "people merge"),
        *("accounts", "people", "show", "search", "handout brief", "handout promises", "self-test"),
        *("map", "analyse coverage", "meetings", "brief", "log"),
        *("calendar import", "calendar export", "email import"),
    }
    assert with_example == compared
