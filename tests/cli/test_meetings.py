"""Meetings, briefs and touches from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ask, Run

HERO = "Aurora Foods"


@pytest.fixture(autouse=True)
def sample(run: Run) -> None:
    run("sample")


def account(ask: Ask, name: str = HERO) -> str:
    return next(row["id"] for row in ask("accounts") if row["name"] == name)


def people_named(ask: Ask, name: str) -> list[dict[str, Any]]:
    return [row for row in ask("people") if row["name"] == name]


def test_the_next_meeting_comes_first_with_what_is_missing(ask: Ask) -> None:
    rows = ask("meetings")
    assert [row["starts_at"] for row in rows] == sorted(row["starts_at"] for row in rows)
    first = rows[0]
    assert len(first["missing"]) == first["preparation"]["open"] > 0
    assert sum(item["late"] for item in first["missing"]) == first["preparation"]["late"]
    assert ask("meetings", "--limit", "2") == rows[:2]
    of_one = ask("meetings", "--account", first["account"]["name"])
    assert of_one[0] == first
    assert {row["account"]["id"] for row in of_one} == {first["account"]["id"]}


def test_past_meetings_the_last_one_first(ask: Ask) -> None:
    rows = ask("meetings", "--past")
    assert rows
    starts = [row["starts_at"] for row in rows]
    assert starts == sorted(starts, reverse=True)
    assert all(row["days_left"] <= 0 for row in rows)


def test_meetings_for_people_to_read(run: Run) -> None:
    lines = run("meetings").stdout.splitlines()
    assert lines[0].split()[0] == "When"
    assert any(HERO in line for line in lines)


def test_the_brief_of_the_next_meeting_of_all_and_of_an_account(ask: Ask, tmp_path: Path) -> None:
    first = ask("meetings")[0]
    for word in ("next", first["id"], first["account"]["name"]):
        target = tmp_path / "brief.pdf"
        answer = ask("brief", word, "-o", target)
        assert (answer["meeting"], answer["account"]) == (first["id"], first["account"]["id"])
        assert target.read_bytes().startswith(b"%PDF-")
        target.unlink()


def test_a_brief_without_a_meeting_says_so(ask: Ask, run: Run, tmp_path: Path) -> None:
    planned = {row["account"]["id"] for row in ask("meetings", "--limit", "1000")}
    without = next(row["name"] for row in ask("accounts") if row["id"] not in planned)
    target = tmp_path / "brief.pdf"
    result = run("brief", without, "-o", target, code=1)
    assert f"No meeting with {without} is planned." in result.stderr
    run("brief", "nobody at all", "-o", target, code=1)
    assert not target.exists()


def test_a_touch_with_a_person(ask: Ask) -> None:
    (person,) = people_named(ask, "Simone Galli")
    answer = ask("log", "Simone Galli", "visit", "Walked the line", "--at", "2026-11-03T10:30")
    assert (answer["person"], answer["kind"]) == (person["id"], "visit")
    assert ask("history", "--limit", "1")[0]["label"] == "Log a touch"
    again = ask("log", person["id"], "call", "Called")
    assert again["person"] == person["id"]
    assert people_named(ask, "Simone Galli")[0]["last_touch"] == again["at"]


def test_a_touch_with_an_account_as_a_whole(ask: Ask) -> None:
    answer = ask("log", HERO, "event", "Fair", "--at", "2026-11-03")
    assert (answer["account"], answer["person"]) == (account(ask), None)
    # A day in another spelling is its noon as well.
    assert ask("log", HERO, "event", "Fair", "--at", "20261103")["at"] == answer["at"]


@pytest.mark.parametrize(
    ("who", "more", "message"),
    [
        ("Francesca Marini", (), "fits several"),
        ("Aurora", (), "fits several accounts"),
        ("Nobody Anywhere", (), "neither a person nor an account"),
        (HERO, ("--at", "2040-01-01"), "still to come"),
        (HERO, ("--at", "yesterday"), "is not a time"),
        (HERO, ("--at", "0001-01-01"), "is too far from now"),
        (HERO, ("--at", "9999-12-31T23:59-12:00"), "is too far from now"),
        (HERO, ("--with", "Nobody"), "Nobody of ours"),
    ],
)
def test_what_is_not_clear_is_refused(
    ask: Ask, run: Run, who: str, more: tuple[str, ...], message: str
) -> None:
    before = ask("history")
    result = run("log", who, "call", "x", *more, code=1)
    assert message in result.stderr
    assert ask("history") == before


def test_a_kind_there_is_not_is_a_wrong_use(run: Run) -> None:
    run("log", HERO, "telepathy", "x", code=2)
