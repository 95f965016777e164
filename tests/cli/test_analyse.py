"""``analyse coverage``: what it answers, for people and for programs, now and in the past."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Ask, Run


@pytest.fixture(autouse=True)
def sample(run: Run) -> None:
    run("sample")


def test_the_promised_members_are_there(ask: Ask) -> None:
    answer = ask("analyse", "coverage", "aurora foods")
    promised = {
        *("coverage", "fragility", "threads", "missing_roles"),
        *("articulation_points", "betweenness"),
    }
    assert promised <= set(answer)
    assert 0 < answer["coverage"] <= 1
    assert 0 < answer["fragility"] <= 1
    assert answer["hangs_on"]["name"]
    assert answer["threads"]["count"] == len(answer["threads"]["people"])
    values = [each["value"] for each in answer["betweenness"]]
    assert values == sorted(values, reverse=True)
    assert {each["side"] for each in answer["betweenness"]} == {"ours", "theirs"}


def test_the_text_says_the_same(ask: Ask, run: Run) -> None:
    answer = ask("analyse", "coverage", "Aurora Foods")
    text = run("analyse", "coverage", "Aurora Foods").stdout
    assert f"{round(answer['coverage'] * 100)}%" in text
    assert answer["hangs_on"]["name"] in text
    for point in answer["articulation_points"]:
        assert point["name"] in text or point["name"] == "You"


def test_nobody_of_that_name_and_no_day_of_that_name(run: Run) -> None:
    assert "no account" in run("analyse", "coverage", "Nobody", code=1).stderr
    run("analyse", "coverage", "Aurora Foods", "--at", "soon", code=1)
    run("analyse", "coverage", "Aurora Foods", "--at", "1999-01-01", code=1)
