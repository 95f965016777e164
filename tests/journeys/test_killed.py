"""The program is killed in the middle of typing; what it said was saved is there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kam_desktop.services.accounts import add_account
from kam_desktop.services.opening import Secrets, create_portfolio, open_portfolio
from tests.journeys.desk import PASSPHRASE

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("saves", [1, 7])
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, saves: int) -> None:
    path = tmp_path / "Northern.kam"
    opened, _recovery = create_portfolio(path, title="Northern", secrets=Secrets(PASSPHRASE))
    with opened.portfolio.unit_of_work("Add an account") as work:
        account = add_account(work, name="Aurora Foods")
    opened.close()

    acknowledged = type_and_kill(path, saves)

    with open_portfolio(path, Secrets(PASSPHRASE)) as again:
        assert again.notices == ()
        with again.portfolio.reading() as db:
            phone = db.value("SELECT phone FROM account WHERE id = ?", (account,))
        # One more may have been committed and not told yet.
        assert phone in {str(acknowledged), str(acknowledged + 1)}
        while again.portfolio.next_undo() is not None:
            again.portfolio.undo()
        with again.portfolio.reading() as db:
            assert db.value("SELECT count(*) FROM account WHERE deleted_at IS NULL") == 0


def type_and_kill(path: Path, saves: int) -> int:
    """The last number that was said to be saved."""
    environment = {
        **os.environ,
        "KAM_DESKTOP_HOME": str(path.parent),
        "QT_QPA_PLATFORM": "offscreen",
    }
    environment.pop("KAM_DESKTOP_PASSPHRASE", None)
    typist = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.typist", str(path)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert typist.stdout is not None
    assert typist.stderr is not None
    with typist, typist.stdout, typist.stderr:
        told = -1
        while told < saves - 1:
            line = typist.stdout.readline()
            if not line:
                raise AssertionError(typist.stderr.read())
            told = int(line)
        typist.kill()
    return told
