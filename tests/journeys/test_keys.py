"""No key is taken twice: Qt would run neither of the two commands."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from kam_desktop.services.opening import Secrets, create_portfolio
from kam_desktop.ui.shell.pages import further_pages, page_entries
from kam_desktop.ui.shell.shortcuts import keys_of
from tests.journeys.desk import PASSPHRASE, Desk


@pytest.fixture
def file(desk: Desk) -> Path:
    path = desk.home / "Northern.kam"
    opened, _recovery = create_portfolio(path, title="Northern", secrets=Secrets(PASSPHRASE))
    opened.close()
    return path


def test_every_key_has_one_meaning_on_every_page(desk: Desk, file: Path) -> None:
    driver = desk.start()
    program = driver.program
    assert program.opening is not None
    program.opening.open_path(file, Secrets(PASSPHRASE))
    driver.window_opens()
    twice = []
    for entry in (*page_entries(), *further_pages()):
        driver.go_to(entry.name)
        meanings: dict[str, set[str]] = defaultdict(set)
        for group in driver.window.groups():
            for action in group.actions:
                for key in keys_of(action):
                    meanings[key].add(f"{group.title}: {action.text()}")
        twice += [
            f"{entry.name}: {key} is {' and '.join(sorted(actions))}"
            for key, actions in sorted(meanings.items())
            if len(actions) > 1
        ]
    assert twice == []
