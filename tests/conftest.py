"""Fixtures every room uses: a portfolio in a temporary file, and a clock that stands still."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from kam_desktop.services import formatting
from kam_desktop.services.storage.engine import connect, make_durable
from kam_desktop.services.storage.portfolio import Portfolio
from kam_desktop.services.storage.schema import create_schema

TEST_KEY = bytes(range(32))

# How fast the machine is never decides whether a test passes; what needs more tries says so itself.
settings.register_profile(
    "any", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any")


class StillClock:
    """A clock that tells the time it was given until it is told to go on."""

    def __init__(self, instant: dt.datetime) -> None:
        self.instant = instant

    def now(self) -> dt.datetime:
        return self.instant

    def today(self) -> dt.date:
        return self.instant.date()

    def go_on(self, **by: float) -> None:
        """Let time pass, e.g. ``minutes=5``."""
        self.instant += dt.timedelta(**by)


@pytest.fixture
def clock() -> StillClock:
    return StillClock(dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC))


def make_empty_portfolio(path: Path) -> None:
    """An encrypted file with the schema and nothing in it, under `TEST_KEY`."""
    path.touch()
    db = connect(path, TEST_KEY)
    make_durable(db)
    create_schema(db)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


@pytest.fixture(scope="session")
def empty_portfolio_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; tests work on copies."""
    path = tmp_path_factory.mktemp("empty") / "empty.kam"
    make_empty_portfolio(path)
    return path


@pytest.fixture(autouse=True)
def region_of_the_test() -> Iterator[None]:
    """How numbers and dates are written is forgotten after each test."""
    before = list(formatting._wanted)
    yield
    formatting._wanted[:] = before
    formatting.region.cache_clear()


@pytest.fixture
def portfolio(tmp_path: Path, empty_portfolio_file: Path, clock: StillClock) -> Iterator[Portfolio]:
    """A new, empty, encrypted portfolio."""
    path = tmp_path / "test.kam"
    shutil.copy(empty_portfolio_file, path)
    opened = Portfolio(path, TEST_KEY, clock=clock, device="test")
    yield opened
    opened.close()
