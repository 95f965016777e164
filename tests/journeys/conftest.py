"""The whole program in a folder of its own, with a clock that stands still."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QDialog

from kam_desktop.services.opening import Secrets
from kam_desktop.services.sample import create_sample_portfolio
from kam_desktop.tour.stage import NOW
from tests.conftest import StillClock
from tests.journeys.desk import PASSPHRASE, Desk


@pytest.fixture(scope="session")
def made_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; tests work on copies."""
    path = tmp_path_factory.mktemp("sample") / "Sample portfolio.kam"
    secrets = Secrets(PASSPHRASE)
    create_sample_portfolio(path, secrets=secrets, clock=StillClock(NOW)).close()
    return path


@pytest.fixture
def sample(made_sample: Path, tmp_path: Path) -> Path:
    """The sample portfolio, locked with `PASSPHRASE`."""
    folder = tmp_path / "sample"
    shutil.copytree(made_sample.parent, folder)
    return folder / made_sample.name


@pytest.fixture
def desk(
    qapp: QApplication, tmp_path: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    monkeypatch.setenv("KAM_DESKTOP_HOME", str(tmp_path))
    monkeypatch.delenv("KAM_DESKTOP_PASSPHRASE", raising=False)
    monkeypatch.delenv("KAM_DESKTOP_PORTFOLIO", raising=False)
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings")
    )
    made = Desk(qapp, tmp_path, clock)

    def note_that_it_leaves(*_application: object) -> None:
        # A real quit would end every event loop of the test run for good.
        made.left += 1

    def refuse(*_arguments: object) -> int:
        raise AssertionError("exec() must not be called; use open() and signals")

    monkeypatch.setattr(QApplication, "quit", note_that_it_leaves)
    monkeypatch.setattr(QDialog, "exec", refuse)
    yield made
    made.take_down()
