"""The program is killed while notes are typed: at most the last second of typing is gone."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kam_desktop.models.vocabulary import MeetingType
from kam_desktop.services.accounts import add_account
from kam_desktop.services.meetings import add_meeting
from kam_desktop.services.opening import Secrets, create_portfolio, open_portfolio
from kam_desktop.services.zones import LocalTime
from tests.journeys.desk import PASSPHRASE
from tests.journeys.note_taker import SENTENCE

ROOT = Path(__file__).resolve().parents[2]
MOST_LOST = 1.5
"""A second, and what a busy machine takes to carry a save through."""


@pytest.mark.parametrize("characters", [60, 150])
def test_a_kill_costs_at_most_the_last_second(tmp_path: Path, characters: int) -> None:
    path = tmp_path / "Northern.kam"
    opened, _recovery = create_portfolio(path, title="Northern", secrets=Secrets(PASSPHRASE))
    with opened.portfolio.unit_of_work("Plan") as work:
        account = add_account(work, name="Aurora Foods")
        when = LocalTime.of_instant(work.now - dt.timedelta(minutes=5), "Europe/Rome")
        meeting = add_meeting(work, account, MeetingType.SERVICE, when, minutes=24 * 60)
    opened.close()

    typed = type_and_kill(path, characters)

    killed_at = typed[-1][1]
    with open_portfolio(path, Secrets(PASSPHRASE)) as again:
        assert again.notices == ()
        with again.portfolio.reading() as db:
            kept = str(db.value("SELECT capture FROM meeting WHERE id = ?", (meeting,)))
        full = f"{SENTENCE}\n" * (len(kept) // len(SENTENCE) + 2)
        assert full.startswith(kept)
        must_be_there = [length for length, at in typed if at <= killed_at - MOST_LOST]
        assert len(kept) >= max(must_be_there, default=0)
        assert len(kept) > 0
        # However often it was saved, it is one step.
        labels = [each.label for each in again.portfolio.history()]
        assert labels == ["Take notes", "Plan", "Make the portfolio"]


def type_and_kill(path: Path, characters: int) -> list[tuple[int, float]]:
    """How long the text was at what time, up to the kill."""
    environment = {
        **os.environ,
        "KAM_DESKTOP_HOME": str(path.parent),
        "QT_QPA_PLATFORM": "offscreen",
    }
    environment.pop("KAM_DESKTOP_PASSPHRASE", None)
    taker = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.note_taker", str(path)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert taker.stdout is not None
    assert taker.stderr is not None
    typed: list[tuple[int, float]] = []
    with taker, taker.stdout, taker.stderr:
        while not typed or typed[-1][0] < characters:
            line = taker.stdout.readline()
            if not line:
                raise AssertionError(taker.stderr.read())
            length, at = line.split()
            typed.append((int(length), float(at)))
        taker.kill()
        killed_at = time.monotonic()
    return [*typed, (typed[-1][0], killed_at)]
